//! Time as the chain counts it: blocks, and nanoseconds of Unix time.

mod date;

pub use date::Date;

use crate::id::Height;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A point in time in nanoseconds since 1970-01-01T00:00:00Z.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The point `seconds` after 1970-01-01T00:00:00Z; stays at the end of the range if that is passed.
    #[must_use]
    pub const fn from_secs(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000_000))
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn unix_secs(self) -> i64 {
        self.0.div_euclid(1_000_000_000)
    }

    /// This point moved by `by`; stays at the end of the range if that is passed.
    #[must_use]
    pub const fn plus(self, by: Nanos) -> Self {
        Self(self.0.saturating_add(by.0))
    }
}

/// As RFC 3339 writes it in UTC, in whole seconds: `2026-01-01T00:00:00Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.unix_secs().rem_euclid(86_400);
        let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}Z", self.date())
    }
}

/// A length of time in nanoseconds; negative values occur only in input that is then refused.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Nanos(pub i64);

impl Nanos {
    /// `seconds` as nanoseconds; stays at the end of the range if that is passed.
    #[must_use]
    pub const fn from_secs(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1_000_000_000))
    }
}

/// As the chain's language prints it: `1h0m0s`, `1.5s`, `250ms`, `0s`.
///
/// ```
/// use akash_market::time::Nanos;
/// assert_eq!(Nanos::from_secs(86_400).to_string(), "24h0m0s");
/// assert_eq!(Nanos(-1_500_000_000).to_string(), "-1.5s");
/// assert_eq!(Nanos(2_500).to_string(), "2.5µs");
/// ```
impl fmt::Display for Nanos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = self.0.unsigned_abs();
        let fraction = |unit: u64| {
            let digits = unit.ilog10() as usize;
            let rest = format!("{:0digits$}", all % unit);
            let rest = rest.trim_end_matches('0');
            let point = if rest.is_empty() { "" } else { "." };
            format!("{point}{rest}")
        };
        if self.0 < 0 {
            f.write_str("-")?;
        }
        match all {
            0 => f.write_str("0s"),
            1..1_000 => write!(f, "{all}ns"),
            1_000..1_000_000 => write!(f, "{}{}µs", all / 1_000, fraction(1_000)),
            1_000_000..1_000_000_000 => {
                write!(f, "{}{}ms", all / 1_000_000, fraction(1_000_000))
            }
            _ => {
                let seconds = all / 1_000_000_000;
                if seconds >= 3_600 {
                    write!(f, "{}h", seconds / 3_600)?;
                }
                if seconds >= 60 {
                    write!(f, "{}m", seconds / 60 % 60)?;
                }
                write!(f, "{}{}s", seconds % 60, fraction(1_000_000_000))
            }
        }
    }
}

/// The block in which something happens: its height and its header's time.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Block {
    /// Height, from 1.
    pub height: Height,
    /// Time of the block's header.
    pub time: Timestamp,
}
