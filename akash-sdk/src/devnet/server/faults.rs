//! What goes wrong on purpose.

use serde::{Deserialize, Serialize};
use std::time::Duration;

/// What goes wrong on purpose, so that clients can be tried against it. The default is that nothing does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Every answer comes this many milliseconds late.
    pub delay_ms: u64,
    /// This many requests are answered with 503 before it works again.
    pub refuse: u32,
    /// This many requests end with a closed connection and no answer before it works again.
    pub drop: u32,
    /// This many transactions are taken, but the connection closes before the sender is told.
    pub lose_broadcasts: u32,
    /// The node says of itself that it is behind the network.
    pub catching_up: bool,
    /// No block is made by the clock, as when the network stands still.
    pub halted: bool,
}

/// What is to be done with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Serve,
    Refuse,
    Drop,
}

/// Takes one of what is left.
const fn take(left: &mut u32) -> bool {
    let any = *left > 0;
    *left = left.saturating_sub(1);
    any
}

impl Faults {
    /// Decides about the next request.
    pub(super) const fn next(&mut self) -> (Fate, Duration) {
        let fate = if take(&mut self.refuse) {
            Fate::Refuse
        } else if take(&mut self.drop) {
            Fate::Drop
        } else {
            Fate::Serve
        };
        (fate, Duration::from_millis(self.delay_ms))
    }

    /// Whether the answer to a broadcast gets lost.
    pub(super) const fn loses_broadcast(&mut self) -> bool {
        take(&mut self.lose_broadcasts)
    }
}
