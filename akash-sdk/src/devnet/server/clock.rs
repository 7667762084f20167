//! Makes blocks while time passes.

use super::backend::Backend;
use akash_market::time::Nanos;
use std::sync::{Arc, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::time::{Instant, sleep_until};

/// When blocks are made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    pub(super) interval: Option<Duration>,
    pub(super) after_tx: Option<Duration>,
    pub(super) wall_clock: bool,
}

/// Shortest time between two blocks.
const LEAST: i64 = 1_000_000;
/// A moment that does not come.
const NEVER: Duration = Duration::from_secs(86_400 * 365);

/// Runs until it is dropped, or the network's time is used up.
pub(super) async fn run(backend: Arc<Backend>, pace: Pace) {
    let every = pace.interval.unwrap_or(NEVER);
    let mut due = Instant::now() + every;
    loop {
        tokio::select! {
            () = sleep_until(due) => {}
            () = backend.came.notified(), if pace.after_tx.is_some() => {
                let soon = Instant::now() + pace.after_tx.unwrap_or_default();
                sleep_until(soon.min(due)).await;
            }
        }
        due = Instant::now() + every;
        if backend.faults().halted {
            continue;
        }
        if pace.wall_clock {
            set_time(&backend);
        }
        let height = backend.block().height.0;
        if backend.devnet.advance_past(height).await.is_err() {
            return;
        }
    }
}

/// Lets the next block carry the time of the clock on the wall, at least a little after the last one.
fn set_time(backend: &Backend) {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let now = i64::try_from(now.as_nanos()).unwrap_or(i64::MAX);
    let ahead = *backend.ahead.lock().unwrap_or_else(PoisonError::into_inner);
    let last = backend.block().time.0;
    let step = now.saturating_add(ahead).saturating_sub(last).max(LEAST);
    backend.devnet.set_block_time(Nanos(step));
}
