//! Named stretches of time that the chain counts (node x/epochs); at their ends other modules do their chores.
//!
//! | state | at the begin of a block | becomes |
//! |---|---|---|
//! | not started | `start_time` is zero | as below, with the block time as `start_time` |
//! | not started | block time before `start_time` | not started |
//! | not started | otherwise | number 1, from `start_time`; [`Change::EpochStarted`] |
//! | number n | block time up to start + duration | number n |
//! | number n | block time after start + duration | number n + 1, from start + duration; [`Change::EpochEnded`], the chores, [`Change::EpochStarted`] |
//!
//! At most one epoch passes in a block: after a pause the count catches up block by block.

use crate::change::Change;
use crate::id::Height;
use crate::time::{Block, Nanos, Timestamp};
use serde::{Deserialize, Serialize};

/// One epoch and where its count stands.
///
/// ```
/// use akash_market::epochs::Epoch;
/// use akash_market::id::Height;
/// use akash_market::time::{Block, Nanos, Timestamp};
/// let block = |height, second| Block {
///     height: Height(height),
///     time: Timestamp::from_secs(second),
/// };
/// let mut minute = Epoch::new("minute", Timestamp::from_secs(1_000), Nanos::from_secs(60));
/// assert!(minute.advance(block(1, 1_005)).is_some_and(|step| step.ended.is_none()));
/// assert!(minute.advance(block(2, 1_060)).is_none());
/// assert!(minute.advance(block(3, 1_061)).is_some_and(|step| step.ended.is_some()));
/// assert_eq!(minute.current_epoch, 2);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Epoch {
    /// Name, such as `hour`.
    pub identifier: String,
    /// When the first one starts; zero stands for the time of the first block, which is that of the genesis.
    pub start_time: Timestamp,
    /// How long one lasts.
    pub duration: Nanos,
    /// Number of the current one, from 1; 0 before the first.
    pub current_epoch: i64,
    /// Nominal start of the current one.
    pub current_epoch_start_time: Timestamp,
    /// Whether the first one has started.
    pub epoch_counting_started: bool,
    /// Height at which the current one was entered.
    pub current_epoch_start_height: Height,
}

/// What the begin of a block did to an epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpochStep {
    /// The end of the last one, if there was one.
    pub ended: Option<Change>,
    /// The start of the next.
    pub started: Change,
}

impl Epoch {
    /// An epoch that has not started.
    #[must_use]
    pub fn new(identifier: &str, start_time: Timestamp, duration: Nanos) -> Self {
        Self {
            identifier: identifier.to_owned(),
            start_time,
            duration,
            current_epoch: 0,
            current_epoch_start_time: Timestamp::default(),
            epoch_counting_started: false,
            current_epoch_start_height: Height::default(),
        }
    }

    /// The chain's genesis list in the order in which it is worked off: day, hour, minute, week, from the first block
    /// on.
    #[must_use]
    pub fn genesis() -> Vec<Self> {
        [
            ("day", 86_400),
            ("hour", 3_600),
            ("minute", 60),
            ("week", 604_800),
        ]
        .map(|(name, seconds)| Self::new(name, Timestamp::default(), Nanos::from_secs(seconds)))
        .to_vec()
    }

    /// Enters the next epoch if its time has come.
    pub fn advance(&mut self, block: Block) -> Option<EpochStep> {
        let ended = if self.epoch_counting_started {
            let end = self.current_epoch_start_time.plus(self.duration);
            if block.time <= end {
                return None;
            }
            let ended = Change::EpochEnded {
                identifier: self.identifier.clone(),
                number: self.current_epoch,
            };
            self.current_epoch = self.current_epoch.saturating_add(1);
            self.current_epoch_start_time = end;
            Some(ended)
        } else {
            if self.start_time == Timestamp::default() {
                self.start_time = block.time;
            }
            if block.time < self.start_time {
                return None;
            }
            self.epoch_counting_started = true;
            self.current_epoch = 1;
            self.current_epoch_start_time = self.start_time;
            None
        };
        self.current_epoch_start_height = block.height;
        Some(EpochStep {
            ended,
            started: Change::EpochStarted {
                identifier: self.identifier.clone(),
                number: self.current_epoch,
                start_time: self.current_epoch_start_time.unix_secs(),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(height: i64, second: i64) -> Block {
        Block {
            height: Height(height),
            time: Timestamp::from_secs(second),
        }
    }

    #[test]
    fn the_whole_table() {
        let mut epoch = Epoch::new("minute", Timestamp::from_secs(100), Nanos::from_secs(60));
        assert_eq!(epoch.advance(block(1, 99)), None);
        let first = epoch.advance(block(2, 130)).unwrap();
        assert_eq!(first.ended, None);
        assert_eq!(epoch.current_epoch_start_time, Timestamp::from_secs(100));
        assert_eq!(epoch.advance(block(3, 160)), None);
        let second = epoch.advance(block(4, 161)).unwrap();
        assert_eq!(
            second.started,
            Change::EpochStarted {
                identifier: "minute".to_owned(),
                number: 2,
                start_time: 160
            }
        );
        assert!(matches!(
            second.ended,
            Some(Change::EpochEnded { number: 1, .. })
        ));
        assert_eq!(epoch.current_epoch_start_height, Height(4));
    }

    #[test]
    fn a_late_chain_catches_up_block_by_block() {
        let mut hour = Epoch::new("hour", Timestamp::default(), Nanos::from_secs(3_600));
        hour.advance(block(1, 50));
        for (height, number) in [(2, 2), (3, 3), (4, 3)] {
            hour.advance(block(height, 7_251));
            assert_eq!(hour.current_epoch, number);
        }
        assert_eq!(hour.current_epoch_start_height, Height(3));
        assert_eq!(hour.current_epoch_start_time, Timestamp::from_secs(7_250));
    }
}
