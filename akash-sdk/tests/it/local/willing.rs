//! A provider's gateway without a provider.

use akash_market::id::{DeploymentId, LeaseId};
use akash_market::provider::Provider;
use akash_sdk::gateway::{
    Credentials, Gateway, GatewayError, Gateways, LeaseStatus, LogLine, ServiceStatus,
};
use akash_sdl::manifest::Manifest;
use async_trait::async_trait;
use std::sync::{Arc, Mutex};

/// A provider that runs whatever it is handed.
#[derive(Debug, Default, Clone)]
pub(crate) struct Willing(pub(crate) Arc<Mutex<Vec<DeploymentId>>>);

#[async_trait]
impl Gateways for Willing {
    async fn open(&self, _: &Provider, _: &Credentials) -> Result<Box<dyn Gateway>, GatewayError> {
        Ok(Box::new(self.clone()))
    }
}

#[async_trait]
impl Gateway for Willing {
    async fn send_manifest(&self, id: &DeploymentId, _: &Manifest) -> Result<(), GatewayError> {
        self.0.lock().unwrap().push(id.clone());
        Ok(())
    }

    async fn status(&self, lease: &LeaseId) -> Result<LeaseStatus, GatewayError> {
        let mut status = LeaseStatus::default();
        if self.0.lock().unwrap().contains(lease.deployment()) {
            let web = ServiceStatus {
                name: "web".to_owned(),
                available: 1,
                total: 1,
                uris: Vec::new(),
            };
            status.services.insert("web".to_owned(), web);
        }
        Ok(status)
    }

    async fn logs(
        &self,
        _: &LeaseId,
        _: Option<&str>,
        _: usize,
    ) -> Result<Vec<LogLine>, GatewayError> {
        Ok(Vec::new())
    }
}
