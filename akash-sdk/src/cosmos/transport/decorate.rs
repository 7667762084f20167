//! Transports that wrap another one.

use super::{Answer, Exchange, Request, Transport, TransportError};
use crate::clock::Clock;
use crate::cosmos::endpoints::{Bucket, Rate};
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
impl<T: Transport> Exchange for Pinned<T> {
    async fn exchange(&self, mut request: Request<'_>) -> Result<Answer, TransportError> {
        if let Request::Unary { height, .. } = &mut request {
            height.get_or_insert(self.height);
        }
        self.inner.call(request).await
    }
}

#[async_trait]
impl<T: Transport> Exchange for ReadOnly<T> {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        let sends = match &request {
            Request::Broadcast(_) => true,
            // A transaction may also be sent as a query.
            Request::Unary { path, .. } => path == "/cosmos.tx.v1beta1.Service/BroadcastTx",
            _ => false,
        };
        if sends {
            return Err(TransportError::ReadOnly);
        }
        self.0.call(request).await
    }
}

#[async_trait]
impl<T: Transport> Exchange for RateLimited<T> {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        if !matches!(request, Request::WaitForBlock(_)) {
            self.turn().await;
        }
        self.inner.call(request).await
    }
}
