use super::{answer, url};
use crate::cosmos::transport::http::{Answer, Http, HttpOptions};
use crate::cosmos::transport::{
    BlockResult, CheckTx, NodeStatus, Transport, TransportError, TxResult, Unary, service,
};
use crate::cosmos::tx::TxHash;
use crate::cosmos::wire::cosmos::base::abci::v1beta1::TxResponse;
use crate::cosmos::wire::service::Verb;
use async_trait::async_trait;
use prost::Message;
use reqwest::Method;
use serde_json::Value;

/// A node's REST gateway.
///
/// ```no_run
/// use akash_sdk::cosmos::Client;
/// use akash_sdk::cosmos::transport::rest::Rest;
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let node = Rest::new("https://api.sandbox-2.aksh.pw:443")?;
/// let client = Client::connect(node).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Rest {
    http: Http,
}

impl Rest {
    /// A gateway at this address, such as `https://api.example:443`. Nothing is sent yet.
    ///
    /// # Errors
    /// If it is no address of HTTP.
    pub fn new(address: &str) -> Result<Self, TransportError> {
        Self::with_options(address, HttpOptions::default())
    }

    /// Like [`Rest::new`], with bounds and trust of the caller's.
    ///
    /// # Errors
    /// If it is no address of HTTP, or a header or certificate of the options can't be used.
    pub fn with_options(address: &str, options: HttpOptions) -> Result<Self, TransportError> {
        Ok(Self {
            http: Http::new(address, options)?,
        })
    }

    async fn ask(
        &self,
        request: &url::Request,
        height: Option<i64>,
    ) -> Result<Answer, TransportError> {
        let method = match request.verb {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
        };
        let text = height.map(|height| height.to_string());
        let mut headers = vec![("accept", "application/json")];
        if let Some(height) = &text {
            headers.push(("x-cosmos-block-height", height));
        }
        let body = request.body.clone().map(String::into_bytes);
        if body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        let url = self.http.below(&request.path);
        let answer = self.http.send(method, &url, &headers, body).await?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        Err(answer::refusal(request.rpc.path, height, &answer.body)
            .unwrap_or_else(|| self.http.status(&answer)))
    }
}

#[async_trait]
impl Transport for Rest {
    async fn unary(
        &self,
        path: &str,
        request: Vec<u8>,
        height: Option<i64>,
    ) -> Result<Unary, TransportError> {
        let request = url::request(path, &request)?;
        let answer = self.ask(&request, height).await?;
        let read = answer
            .headers
            .get("grpc-metadata-x-cosmos-block-height")
            .and_then(|height| height.to_str().ok()?.parse().ok());
        Ok(Unary {
            bytes: answer::message(self.http.endpoint(), request.rpc, &answer.body)?,
            height: read.or(height).unwrap_or_default(),
        })
    }

    async fn broadcast(&self, tx: &[u8]) -> Result<CheckTx, TransportError> {
        service::broadcast(self, tx).await
    }

    async fn tx(&self, hash: &TxHash) -> Result<Option<TxResult>, TransportError> {
        let request = url::request("/cosmos.tx.v1beta1.Service/GetTx", &service::get_tx(hash))?;
        let answer = match self.ask(&request, None).await {
            Ok(answer) => answer,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        };
        // The transaction itself is read from its block: here it is decoded, perhaps with messages unknown to us.
        let mut value = answer::value(self.http.endpoint(), &answer.body)?;
        let mut found = value
            .get_mut("tx_response")
            .map(Value::take)
            .unwrap_or_default();
        if let Some(members) = found.as_object_mut() {
            members.remove("tx");
        }
        let name = "cosmos.base.abci.v1beta1.TxResponse";
        let bytes = answer::transcode(self.http.endpoint(), name, &found)?;
        let found = TxResponse::decode(bytes.as_slice()).map_err(|e| self.http.malformed(&e))?;
        service::tx_result(self, self.http.endpoint(), hash, found)
            .await
            .map(Some)
    }

    async fn block(&self, _height: i64) -> Result<Option<BlockResult>, TransportError> {
        Err(TransportError::Unsupported {
            endpoint: self.http.endpoint().to_owned(),
            what: "the results of a block".to_owned(),
        })
    }

    async fn status(&self) -> Result<NodeStatus, TransportError> {
        service::status(self, self.http.endpoint()).await
    }

    async fn wait_for_block(&self, _height: i64) -> Result<(), TransportError> {
        tokio::time::sleep(self.http.options().poll).await;
        Ok(())
    }
}
