//! The gRPC ports of simulated providers: their status, which everybody may read.

use super::backend::Backend;
use super::grpc::{self, Reply};
use super::http::{Answer, Dropped, Limits, Serve};
use crate::cosmos::convert::report::report_to_status;
use crate::devnet::Devnet;
use crate::devnet::provider::Populace;
use async_trait::async_trait;
use hyper::Request;
use hyper::body::Incoming;
use prost::Message;

#[derive(Debug)]
pub(super) struct Service {
    pub(super) devnet: Devnet,
    pub(super) populace: Populace,
    pub(super) name: String,
}

#[async_trait]
impl Serve for Service {
    fn faulty(&self) -> Option<&Backend> {
        None
    }

    async fn serve(&self, request: Request<Incoming>, _: Limits) -> Result<Answer, Dropped> {
        if let Some(refusal) = grpc::refused(&request) {
            return Ok(refusal);
        }
        let path = request.uri().path();
        if path != "/akash.provider.v1.ProviderRPC/GetStatus" {
            let message = format!("unknown method {path}");
            return Ok(grpc::ended(Err(grpc::failure(12, message))));
        }
        let look = |ledger: &_| self.populace.report(&self.name, ledger);
        // One that has vanished answers nobody.
        let report = self.devnet.with_ledger(look).ok_or(Dropped)?;
        Ok(grpc::ended(Ok(Reply {
            bytes: report_to_status(&report).encode_to_vec(),
            height: self.devnet.height(),
        })))
    }
}
