//! From the entries of the sources to one price: node x/oracle at the end of a block.

use super::{AggregatedPrice, PriceHealth};
use crate::params::OracleParams;
use crate::time::Timestamp;
use akash_sdl::num::{Dec, Int, NumError};

/// One reported price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// When it was observed.
    pub timestamp: Timestamp,
    /// What it was, in the base denom for one whole unit.
    pub price: Dec,
}

/// What one fresh source says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The latest price, also when its time lies in the future.
    pub latest: Dec,
    /// The time-weighted average; none while all entries lie in the future.
    pub twap: Option<Dec>,
}

/// The time-weighted average price of one source at time `now`; `None` without history.
///
/// `history` runs from newest to oldest and holds nothing after `now`. Each entry counts for the time until the next
/// newer one, the newest until `now`; if that is no time at all, the plain average is taken.
///
/// ```
/// use akash_market::oracle::{Observation, twap};
/// use akash_market::time::Timestamp;
/// use akash_sdl::num::Dec;
/// let at = |second: i64, price: u64| Observation {
///     timestamp: Timestamp::from_secs(second),
///     price: Dec::from(price),
/// };
/// // 1 USD for three seconds, then 2 USD for one
/// let mean = twap(&[at(3, 2), at(0, 1)], Timestamp::from_secs(4))?;
/// assert_eq!(mean, Some("1.25".parse()?));
/// # Ok::<(), akash_sdl::num::NumError>(())
/// ```
///
/// # Errors
/// If a sum leaves the decimal range; the chain would stop there.
pub fn twap(history: &[Observation], now: Timestamp) -> Result<Option<Dec>, NumError> {
    let (mut weighted, mut plain) = (Dec::ZERO, Dec::ZERO);
    let (mut weights, mut count) = (0_i64, 0_i64);
    let mut until = now;
    for entry in history {
        let weight = until.0.saturating_sub(entry.timestamp.0);
        weighted = weighted.add(entry.price.mul_i64(weight)?)?;
        plain = plain.add(entry.price)?;
        weights = weights.saturating_add(weight);
        count = count.saturating_add(1);
        until = entry.timestamp;
    }
    match (count, weights) {
        (0, _) => Ok(None),
        (_, 0) => plain.quo(Dec::from_i64(count)).map(Some),
        _ => weighted.quo(Dec::from_i64(weights)).map(Some),
    }
}

/// The aggregate over the fresh sources; `None` if there is none, or none of them has an average.
///
/// # Errors
/// If a number leaves its range (a deviation beyond 64 bits included); the chain would stop there.
pub fn aggregate(
    denom: &str,
    now: Timestamp,
    sources: &[Spot],
) -> Result<Option<AggregatedPrice>, NumError> {
    let mut averages = Dec::ZERO;
    let mut count = 0_u64;
    for average in sources.iter().filter_map(|s| s.twap) {
        averages = averages.add(average)?;
        count = count.saturating_add(1);
    }
    let mut spots: Vec<Dec> = sources.iter().map(|s| s.latest).collect();
    spots.sort_unstable();
    let (Some(&min_price), Some(&max_price), true) = (spots.first(), spots.last(), count > 0)
    else {
        return Ok(None);
    };
    let spread = max_price.sub(min_price)?.mul_i64(10_000)?.quo(min_price)?;
    Ok(Some(AggregatedPrice {
        denom: denom.to_owned(),
        twap: averages.quo(Dec::from_u64(count))?,
        median_price: median(&spots)?,
        min_price,
        max_price,
        timestamp: now,
        num_sources: u32::try_from(spots.len()).unwrap_or(u32::MAX),
        deviation_bps: to_u64(spread.truncate_int())?,
    }))
}

fn median(sorted: &[Dec]) -> Result<Dec, NumError> {
    let half = sorted.len() / 2;
    let upper = sorted.get(half).copied().unwrap_or_default();
    if sorted.len() % 2 == 1 {
        return Ok(upper);
    }
    let lower = half.checked_sub(1).and_then(|at| sorted.get(at));
    lower
        .copied()
        .unwrap_or_default()
        .add(upper)?
        .quo(Dec::from_u64(2))
}

fn to_u64(value: Int) -> Result<u64, NumError> {
    value.to_u64().ok_or(NumError::OutOfBound {
        op: "deviation",
        limit: "the range is 0 to 2^64 - 1",
    })
}

/// Judges an aggregate; none counts as no sources without deviation. `total_sources` have ever reported.
#[must_use]
pub fn health(
    denom: &str,
    params: &OracleParams,
    total_sources: u32,
    aggregate: Option<&AggregatedPrice>,
) -> PriceHealth {
    let (fresh, deviation) = aggregate.map_or((0, 0), |a| (a.num_sources, a.deviation_bps));
    let has_min_sources = fresh >= params.min_price_sources;
    let deviation_ok = deviation <= params.max_price_deviation_bps;
    let mut failure_reason = Vec::new();
    if !has_min_sources {
        failure_reason.push(format!(
            "insufficient price sources: {fresh} < {}",
            params.min_price_sources
        ));
    }
    if !deviation_ok {
        failure_reason.push(format!(
            "price deviation too high: {deviation}bps > {}bps",
            params.max_price_deviation_bps
        ));
    }
    PriceHealth {
        denom: denom.to_owned(),
        is_healthy: has_min_sources && deviation_ok,
        has_min_sources,
        deviation_ok,
        total_sources,
        total_healthy_sources: fresh,
        failure_reason,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Dec {
        text.parse().unwrap()
    }

    fn spot(latest: &str, twap: Option<&str>) -> Spot {
        Spot {
            latest: dec(latest),
            twap: twap.map(dec),
        }
    }

    #[test]
    fn entries_of_one_moment_are_averaged_plainly() {
        let now = Timestamp::from_secs(10);
        let entry = |price| Observation {
            timestamp: now,
            price: dec(price),
        };
        assert_eq!(twap(&[entry("1"), entry("2")], now), Ok(Some(dec("1.5"))));
        assert_eq!(twap(&[], now), Ok(None));
    }

    #[test]
    fn a_source_with_future_entries_only_counts_as_spot() {
        let now = Timestamp::from_secs(10);
        let all = [spot("1", Some("1")), spot("1.01", None)];
        let price = aggregate("akt", now, &all).unwrap().unwrap();
        assert_eq!((price.num_sources, price.deviation_bps), (2, 100));
        assert_eq!((price.twap, price.median_price), (dec("1"), dec("1.005")));
        assert_eq!(aggregate("akt", now, &[spot("1", None)]), Ok(None));
    }

    #[test]
    fn reasons_are_the_chains_words() {
        let params = OracleParams {
            min_price_sources: 3,
            ..OracleParams::default()
        };
        let price = aggregate(
            "akt",
            Timestamp(0),
            &[spot("1", Some("1")), spot("1.016", Some("1"))],
        );
        let health = health("akt", &params, 4, price.unwrap().as_ref());
        assert_eq!(
            health.failure_reason,
            [
                "insufficient price sources: 2 < 3",
                "price deviation too high: 160bps > 150bps"
            ]
        );
        assert!(!health.is_healthy);
    }

    #[test]
    fn extreme_prices_are_errors() {
        let all = [
            spot("0.000000000000000001", Some("1")),
            spot("1000000", Some("1")),
        ];
        assert!(aggregate("akt", Timestamp(0), &all).is_err());
        let far = [Observation {
            timestamp: Timestamp(0),
            price: Dec::MAX,
        }];
        assert!(twap(&far, Timestamp::from_secs(1)).is_err());
    }
}
