//! Time as programs measure it: what waits asks a clock, so that tests need not wait.

use async_trait::async_trait;
use std::fmt::Debug;
use std::sync::Arc;
use std::time::Duration;

/// Measures time and lets it pass.
#[async_trait]
pub trait Clock: Debug + Send + Sync {
    /// Time since a moment that stays the same as long as the clock lives; never goes back.
    fn now(&self) -> Duration;

    /// Returns when this much time has passed.
    async fn sleep(&self, span: Duration);
}

macro_rules! forward {
    ($($ty:ty),*) => {$(
        #[async_trait]
        impl<T: Clock + ?Sized> Clock for $ty {
            fn now(&self) -> Duration {
                (**self).now()
            }
            async fn sleep(&self, span: Duration) {
                (**self).sleep(span).await;
            }
        }
    )*};
}

forward!(&T, Box<T>, Arc<T>);

/// The machine's clock, with the timer of the tokio runtime.
///
/// Under `tokio::time::pause` it follows the paused time.
///
/// ```
/// use akash_sdk::clock::{Clock, SystemClock};
/// use std::time::Duration;
///
/// let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
/// runtime.block_on(async {
///     let clock = SystemClock::new();
///     let before = clock.now();
///     clock.sleep(Duration::from_millis(5)).await;
///     assert!(clock.now() >= before + Duration::from_millis(5));
/// });
/// # Ok::<(), std::io::Error>(())
/// ```
#[cfg(feature = "http")]
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
#[derive(Debug, Clone, Copy)]
pub struct SystemClock {
    start: tokio::time::Instant,
}

#[cfg(feature = "http")]
impl SystemClock {
    /// A clock that starts now.
    #[must_use]
    pub fn new() -> Self {
        Self {
            start: tokio::time::Instant::now(),
        }
    }
}

#[cfg(feature = "http")]
impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(feature = "http")]
#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> Duration {
        self.start.elapsed()
    }

    async fn sleep(&self, span: Duration) {
        tokio::time::sleep(span).await;
    }
}
