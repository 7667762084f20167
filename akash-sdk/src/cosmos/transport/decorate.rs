//! Transports that wrap another one.

use super::{BlockResult, Blocks, CheckTx, NodeStatus, Transport, TransportError, TxResult, Unary};
use crate::clock::Clock;
use crate::cosmos::endpoints::{Bucket, Rate};
use crate::cosmos::tx::TxHash;
use async_trait::async_trait;
use std::sync::{Arc, Mutex, PoisonError};

/// Reads the state of one height: a sequence of requests that belong together.
///
/// ```
/// use akash_sdk::cosmos::transport::{Pinned, Transport};
/// use akash_sdk::devnet::Devnet;
///
/// # futures_util::FutureExt::now_or_never(async {
/// let devnet = Devnet::builder().build()?;
/// let pinned = Pinned::newest(devnet.clone()).await?;
/// let params = pinned.unary("/akash.market.v1beta5.Query/Params", Vec::new(), None).await?;
/// assert_eq!(params.height, pinned.height());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).expect("the embedded network does not wait")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pinned<T> {
    inner: T,
    height: i64,
}

impl<T: Transport> Pinned<T> {
    /// Reads the state at this height where a request names none.
    pub const fn at(inner: T, height: i64) -> Self {
        Self { inner, height }
    }

    /// Reads the state at the newest height there is now.
    ///
    /// # Errors
    /// If the node does not say its status.
    pub async fn newest(inner: T) -> Result<Self, TransportError> {
        let height = inner.status().await?.height;
        Ok(Self { inner, height })
    }

    /// The height.
    pub const fn height(&self) -> i64 {
        self.height
    }
}

/// Only reads: a transaction is refused before anything is sent.
#[derive(Debug, Clone)]
pub struct ReadOnly<T>(pub T);

/// Keeps to a rate of requests; what is too much waits.
#[derive(Debug, Clone)]
pub struct RateLimited<T> {
    inner: T,
    clock: Arc<dyn Clock>,
    bucket: Arc<Mutex<Bucket>>,
}

impl<T: Transport> RateLimited<T> {
    /// Lets this many requests pass. Clones share the limit.
    pub fn new(inner: T, rate: Rate, clock: impl Clock + 'static) -> Self {
        Self {
            inner,
            clock: Arc::new(clock),
            bucket: Arc::new(Mutex::new(Bucket::new(rate))),
        }
    }

    async fn turn(&self) {
        let wait = {
            let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
            bucket.take(self.clock.now())
        };
        if !wait.is_zero() {
            self.clock.sleep(wait).await;
        }
    }
}

#[async_trait]
impl<T: Transport> Transport for Pinned<T> {
    async fn unary(
        &self,
        path: &str,
        request: Vec<u8>,
        height: Option<i64>,
    ) -> Result<Unary, TransportError> {
        let height = height.unwrap_or(self.height);
        self.inner.unary(path, request, Some(height)).await
    }

    async fn broadcast(&self, tx: &[u8]) -> Result<CheckTx, TransportError> {
        self.inner.broadcast(tx).await
    }

    async fn tx(&self, hash: &TxHash) -> Result<Option<TxResult>, TransportError> {
        self.inner.tx(hash).await
    }

    async fn block(&self, height: i64) -> Result<Option<BlockResult>, TransportError> {
        self.inner.block(height).await
    }

    async fn status(&self) -> Result<NodeStatus, TransportError> {
        self.inner.status().await
    }

    async fn discovery(&self) -> Result<Vec<u8>, TransportError> {
        self.inner.discovery().await
    }

    async fn blocks(&self) -> Result<Blocks, TransportError> {
        self.inner.blocks().await
    }

    async fn wait_for_block(&self, height: i64) -> Result<(), TransportError> {
        self.inner.wait_for_block(height).await
    }
}

#[async_trait]
impl<T: Transport> Transport for ReadOnly<T> {
    async fn unary(
        &self,
        path: &str,
        request: Vec<u8>,
        height: Option<i64>,
    ) -> Result<Unary, TransportError> {
        // A transaction may also be sent as a query.
        if path == "/cosmos.tx.v1beta1.Service/BroadcastTx" {
            return Err(TransportError::ReadOnly);
        }
        self.0.unary(path, request, height).await
    }

    async fn broadcast(&self, _tx: &[u8]) -> Result<CheckTx, TransportError> {
        Err(TransportError::ReadOnly)
    }

    async fn tx(&self, hash: &TxHash) -> Result<Option<TxResult>, TransportError> {
        self.0.tx(hash).await
    }

    async fn block(&self, height: i64) -> Result<Option<BlockResult>, TransportError> {
        self.0.block(height).await
    }

    async fn status(&self) -> Result<NodeStatus, TransportError> {
        self.0.status().await
    }

    async fn discovery(&self) -> Result<Vec<u8>, TransportError> {
        self.0.discovery().await
    }

    async fn blocks(&self) -> Result<Blocks, TransportError> {
        self.0.blocks().await
    }

    async fn wait_for_block(&self, height: i64) -> Result<(), TransportError> {
        self.0.wait_for_block(height).await
    }
}

#[async_trait]
impl<T: Transport> Transport for RateLimited<T> {
    async fn unary(
        &self,
        path: &str,
        request: Vec<u8>,
        height: Option<i64>,
    ) -> Result<Unary, TransportError> {
        self.turn().await;
        self.inner.unary(path, request, height).await
    }

    async fn broadcast(&self, tx: &[u8]) -> Result<CheckTx, TransportError> {
        self.turn().await;
        self.inner.broadcast(tx).await
    }

    async fn tx(&self, hash: &TxHash) -> Result<Option<TxResult>, TransportError> {
        self.turn().await;
        self.inner.tx(hash).await
    }

    async fn block(&self, height: i64) -> Result<Option<BlockResult>, TransportError> {
        self.turn().await;
        self.inner.block(height).await
    }

    async fn status(&self) -> Result<NodeStatus, TransportError> {
        self.turn().await;
        self.inner.status().await
    }

    async fn discovery(&self) -> Result<Vec<u8>, TransportError> {
        self.turn().await;
        self.inner.discovery().await
    }

    async fn blocks(&self) -> Result<Blocks, TransportError> {
        self.turn().await;
        self.inner.blocks().await
    }

    async fn wait_for_block(&self, height: i64) -> Result<(), TransportError> {
        self.inner.wait_for_block(height).await
    }
}
