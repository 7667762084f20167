//! Prices per block, hour and month.

use crate::time::Nanos;
use akash_sdl::num::{Dec, DecCoin, Denom, NumError};
use std::fmt;

const HOUR: i64 = 3_600_000_000_000;
/// 30.437 days, the month that every tool of the network reckons with.
const MONTH: i64 = 2_629_756_800_000_000;

/// How long a block takes. There is no single truth: the network drifts, and its tools have different figures built
/// in, 2.9 % apart. Measure it as (time of the latest block − time of a block n earlier) / n, or take a named one.
///
/// ```
/// use akash_market::cost::BlockTime;
/// let price = "100000uact".parse()?;
/// let hour = BlockTime::CONSOLE_API.per_hour(&price)?;
/// assert_eq!(hour.to_string(), "60000000.000000000000000000uact"); // 60 USD
/// assert_eq!(BlockTime::CONSOLE_API.per_block_from_hour(&hour)?, price);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlockTime(i64);

/// Why a price cannot be turned into another.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RateError {
    /// The denom has no dollar value of its own.
    #[error("{0} has no price in US dollars here; uact and uakt have")]
    UnknownDenom(Denom),
    /// A number left its range.
    #[error(transparent)]
    Number(#[from] NumError),
}

impl BlockTime {
    /// 6 s: the Console's API for GPU prices, trials and notifications.
    pub const CONSOLE_API: Self = Self(6_000_000_000);
    /// 6.098 s: the price that Console shows to tenants and providers. Also the default.
    pub const CONSOLE_DISPLAY: Self = Self(6_098_000_000);
    /// 6.117 s: the provider console's lease times and the provider price script.
    pub const PROVIDER_CONSOLE: Self = Self(6_117_000_000);
    /// 6.174 s: the Console's indexer.
    pub const CONSOLE_INDEXER: Self = Self(6_174_000_000);
    /// 6.5 s: a constant in the node that nothing else uses.
    pub const NODE: Self = Self(6_500_000_000);

    /// A measured block time; `None` unless it is above zero.
    #[must_use]
    pub const fn new(duration: Nanos) -> Option<Self> {
        if duration.0 > 0 {
            Some(Self(duration.0))
        } else {
            None
        }
    }

    /// The mean over `blocks` blocks that took `elapsed`; `None` unless both are above zero.
    #[must_use]
    pub const fn measured(elapsed: Nanos, blocks: i64) -> Option<Self> {
        if blocks > 0 {
            Self::new(Nanos(elapsed.0 / blocks))
        } else {
            None
        }
    }

    /// The duration.
    #[must_use]
    pub const fn duration(self) -> Nanos {
        Nanos(self.0)
    }

    /// Blocks in an hour.
    ///
    /// # Errors
    /// Never for a real block time; the arithmetic is checked.
    pub fn blocks_per_hour(self) -> Result<Dec, NumError> {
        scale(Dec::ONE, HOUR, self.0)
    }

    /// Blocks in a month of 30.437 days.
    ///
    /// # Errors
    /// Never for a real block time; the arithmetic is checked.
    pub fn blocks_per_month(self) -> Result<Dec, NumError> {
        scale(Dec::ONE, MONTH, self.0)
    }

    /// The price of an hour for a price per block, rounded half to even at 18 decimals.
    ///
    /// # Errors
    /// If the result is out of range.
    pub fn per_hour(self, per_block: &DecCoin) -> Result<DecCoin, NumError> {
        scale_coin(per_block, HOUR, self.0)
    }

    /// The price of a month of 30.437 days for a price per block.
    ///
    /// # Errors
    /// If the result is out of range.
    pub fn per_month(self, per_block: &DecCoin) -> Result<DecCoin, NumError> {
        scale_coin(per_block, MONTH, self.0)
    }

    /// The price per block for a price of an hour.
    ///
    /// # Errors
    /// If the result is out of range.
    pub fn per_block_from_hour(self, per_hour: &DecCoin) -> Result<DecCoin, NumError> {
        scale_coin(per_hour, self.0, HOUR)
    }

    /// The price per block for a price of a month of 30.437 days.
    ///
    /// # Errors
    /// If the result is out of range.
    pub fn per_block_from_month(self, per_month: &DecCoin) -> Result<DecCoin, NumError> {
        scale_coin(per_month, self.0, MONTH)
    }

    /// US dollars an hour for a price per block; `akt_price` in US dollars for one AKT values a price in uakt.
    ///
    /// # Errors
    /// [`RateError::UnknownDenom`] for denoms other than uact and uakt; [`RateError::Number`] out of range.
    pub fn usd_per_hour(self, per_block: &DecCoin, akt_price: Dec) -> Result<Dec, RateError> {
        usd(&self.per_hour(per_block)?, akt_price)
    }

    /// US dollars a month of 30.437 days for a price per block.
    ///
    /// # Errors
    /// As [`usd_per_hour`](Self::usd_per_hour).
    pub fn usd_per_month(self, per_block: &DecCoin, akt_price: Dec) -> Result<Dec, RateError> {
        usd(&self.per_month(per_block)?, akt_price)
    }
}

impl Default for BlockTime {
    fn default() -> Self {
        Self::CONSOLE_DISPLAY
    }
}

/// Seconds with their unit, as in `6.098 s`.
impl fmt::Display for BlockTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, nanos) = (self.0 / 1_000_000_000, self.0 % 1_000_000_000);
        let digits = format!("{nanos:09}");
        match digits.trim_end_matches('0') {
            "" => write!(f, "{seconds} s"),
            fraction => write!(f, "{seconds}.{fraction} s"),
        }
    }
}

fn scale(amount: Dec, times: i64, over: i64) -> Result<Dec, NumError> {
    amount.mul_i64(times)?.quo(Dec::from_i64(over))
}

fn scale_coin(coin: &DecCoin, times: i64, over: i64) -> Result<DecCoin, NumError> {
    DecCoin::new(coin.denom().clone(), scale(coin.amount(), times, over)?)
}

fn usd(coin: &DecCoin, akt_price: Dec) -> Result<Dec, RateError> {
    let units = coin.amount().quo(Dec::from_u64(1_000_000))?;
    if *coin.denom() == Denom::UACT {
        Ok(units)
    } else if *coin.denom() == Denom::UAKT {
        Ok(units.mul(akt_price)?)
    } else {
        Err(RateError::UnknownDenom(coin.denom().clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_figures_are_the_tools() {
        for (time, text, hour, month) in [
            (BlockTime::CONSOLE_API, "6 s", "600.000", "438292.800"),
            (BlockTime::CONSOLE_DISPLAY, "6.098 s", "590.357", "431249.0"),
            (
                BlockTime::PROVIDER_CONSOLE,
                "6.117 s",
                "588.523",
                "429909.56",
            ),
            (
                BlockTime::CONSOLE_INDEXER,
                "6.174 s",
                "583.090",
                "425940.52",
            ),
            (BlockTime::NODE, "6.5 s", "553.846", "404577.96"),
        ] {
            assert_eq!(time.to_string(), text);
            let (hours, months) = (
                time.blocks_per_hour().unwrap(),
                time.blocks_per_month().unwrap(),
            );
            assert!(hours.to_string().starts_with(hour), "{hours}");
            assert!(months.to_string().starts_with(month), "{months}");
        }
    }

    #[test]
    fn a_block_time_is_above_zero() {
        assert_eq!(BlockTime::new(Nanos(0)), None);
        assert_eq!(BlockTime::new(Nanos(-1)), None);
        assert_eq!(BlockTime::measured(Nanos(10), 0), None);
        assert_eq!(
            BlockTime::measured(Nanos::from_secs(60), 10),
            Some(BlockTime::CONSOLE_API)
        );
    }

    #[test]
    fn dollars() {
        let price: DecCoin = "100000uakt".parse().unwrap();
        let usd = BlockTime::CONSOLE_API
            .usd_per_hour(&price, "1.5".parse().unwrap())
            .unwrap();
        assert_eq!(usd, Dec::from_u64(90));
        let other: DecCoin = "1uatom".parse().unwrap();
        assert!(
            BlockTime::NODE
                .usd_per_month(&other, Dec::ONE)
                .is_err_and(|e| matches!(e, RateError::UnknownDenom(_)))
        );
    }
}
