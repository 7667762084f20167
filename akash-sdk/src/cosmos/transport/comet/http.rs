use super::answer::{self, RawBlock, TxSearch};
use super::call::{self, Call};
use crate::cosmos::transport::http::{Http, HttpOptions};
use crate::cosmos::transport::{Answer, Exchange, Request, TransportError};
use async_trait::async_trait;
use serde_json::Value;
use std::time::Duration;

/// A node's CometBFT JSON-RPC over HTTP.
///
/// ```no_run
/// use akash_sdk::cosmos::Client;
/// use akash_sdk::cosmos::transport::comet::Comet;
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let node = Comet::new("https://rpc.sandbox-2.aksh.pw:443")?;
/// let client = Client::connect(node).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Comet {
    http: Http,
}

impl Comet {
    /// A node at this address, such as `https://rpc.example:443/akash`. Nothing is sent yet.
    ///
    /// # Errors
    /// If it is no address of HTTP.
    pub fn new(address: &str) -> Result<Self, TransportError> {
        Self::with_options(address, HttpOptions::default())
    }

    /// Like [`Comet::new`], with bounds and trust of the caller's.
    ///
    /// # Errors
    /// If it is no address of HTTP, or a header or certificate of the options can't be used.
    pub fn with_options(address: &str, options: HttpOptions) -> Result<Self, TransportError> {
        Ok(Self {
            http: Http::new(address, options)?,
        })
    }

    /// Transactions by their events, such as `akash.market.v1.EventLeaseCreated.id EXISTS`, oldest first; pages count
    /// from 1 and hold at most 100.
    ///
    /// # Errors
    /// See [`TransportError`].
    pub async fn tx_search(
        &self,
        query: &str,
        page: u32,
        per_page: u32,
    ) -> Result<TxSearch, TransportError> {
        call::tx_search(self, query, page, per_page).await
    }

    /// A block's transactions without what came of them; `None` if the node does not have it.
    ///
    /// # Errors
    /// See [`TransportError`].
    pub async fn raw_block(&self, height: i64) -> Result<Option<RawBlock>, TransportError> {
        call::raw_block(self, height).await
    }
}

#[async_trait]
impl Call for Comet {
    fn endpoint(&self) -> &str {
        self.http.endpoint()
    }

    fn poll(&self) -> Duration {
        self.http.options().poll
    }

    async fn call(&self, method: &'static str, params: Value) -> Result<Vec<u8>, TransportError> {
        let request = call::request(1, method, &params);
        let answer = self.http.post(&self.http.below(""), request).await?;
        // A node refuses with status 500 and an answer; a server in front of it with a status of its own.
        if answer.status.is_success() || answer::is_answer(&answer.body) {
            Ok(answer.body)
        } else {
            Err(self.http.status(&answer))
        }
    }
}

#[async_trait]
impl Exchange for Comet {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        call::answer(self, request).await
    }
}
