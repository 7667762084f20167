//! The circuit breaker: collateral ratio, status, length of epochs (node x/bme).

use super::MintStatus;
use crate::params::BmeParams;
use akash_sdl::num::{Dec, Int, NumError};

/// Longest epoch that the back-off leads to, in blocks.
const LONGEST_EPOCH: u64 = 14_400;

/// Value of `vault` uakt at `akt_price` over the uact outstanding at `act_price`, in US dollars for one.
///
/// `vault` leaves out what waits to be converted; `supply` is all uact there is, the modules' own included. Without
/// any uact the result is the plain value of the vault.
///
/// # Errors
/// If a price is zero or a number leaves the decimal range.
pub fn collateral_ratio(
    vault: Int,
    supply: Int,
    akt_price: Dec,
    act_price: Dec,
) -> Result<Dec, NumError> {
    let value = Dec::from_int(vault).mul(akt_price.quo(act_price)?)?;
    if supply.is_zero() {
        return Ok(value);
    }
    value.quo(Dec::from_int(supply))
}

/// A ratio in basis points, rounded down; the highest 32-bit value when it is more.
///
/// # Errors
/// If it is more than 64 bits hold; the chain would stop there.
pub fn ratio_bps(ratio: Dec) -> Result<u32, NumError> {
    let bps = ratio.mul_i64(10_000)?.truncate_i64()?;
    Ok(u32::try_from(bps.max(0)).unwrap_or(u32::MAX))
}

/// The status that a collateral ratio leads to.
///
/// | ratio in basis points | status |
/// |---|---|
/// | above warn | healthy |
/// | above halt, up to warn | warning |
/// | up to halt | halt for collateral |
#[must_use]
pub const fn status_at(bps: u32, params: &BmeParams) -> MintStatus {
    if bps > params.circuit_breaker_warn_threshold {
        MintStatus::Healthy
    } else if bps > params.circuit_breaker_halt_threshold {
        MintStatus::Warning
    } else {
        MintStatus::HaltCr
    }
}

/// Blocks between two runs of the mint queue at a collateral ratio: they grow by `epoch_blocks_backoff_percent` for
/// every ten basis points below the warn threshold, up to 14,400.
///
/// # Errors
/// If the power leaves the decimal range, which takes extreme parameters; the chain would stop there.
pub fn epoch_blocks(bps: u32, params: &BmeParams) -> Result<i64, NumError> {
    let shortest = params.min_epoch_blocks;
    let steps = params.circuit_breaker_warn_threshold.saturating_sub(bps) / 10;
    if steps == 0 || params.epoch_blocks_backoff_percent == 0 {
        return Ok(shortest);
    }
    let percent = u64::from(params.epoch_blocks_backoff_percent).saturating_add(100);
    let base = Dec::from_u64(percent).quo(Dec::from_u64(100))?;
    let blocks = Dec::from_i64(shortest)
        .mul(base.power(u64::from(steps))?)?
        .min(Dec::from_u64(LONGEST_EPOCH));
    Ok(blocks.truncate_i64()?.max(shortest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn epochs_grow_below_the_warn_threshold() {
        let params = BmeParams::default();
        for (bps, blocks) in [
            (9_500, 10),
            (9_491, 10),
            (9_490, 11),
            (9_091, 452),
            (9_090, 497),
            (0, 14_400),
        ] {
            assert_eq!(epoch_blocks(bps, &params), Ok(blocks), "{bps}");
        }
    }

    #[test]
    fn the_longest_epoch_does_not_shorten_a_longer_minimum() {
        let params = BmeParams {
            min_epoch_blocks: 20_000,
            ..BmeParams::default()
        };
        assert_eq!(epoch_blocks(9_000, &params), Ok(20_000));
        assert_eq!(epoch_blocks(9_600, &params), Ok(20_000));
    }

    #[test]
    fn extreme_parameters_are_errors() {
        let params = BmeParams {
            epoch_blocks_backoff_percent: 100,
            ..BmeParams::default()
        };
        assert!(epoch_blocks(0, &params).is_err());
        assert!(ratio_bps(Dec::MAX).is_err());
        assert_eq!(ratio_bps(Dec::from_u64(1_000_000)), Ok(u32::MAX));
    }

    #[test]
    fn thresholds_belong_to_the_worse_status() {
        let params = BmeParams::default();
        for (bps, status) in [
            (9_501, MintStatus::Healthy),
            (9_500, MintStatus::Warning),
            (9_001, MintStatus::Warning),
            (9_000, MintStatus::HaltCr),
            (0, MintStatus::HaltCr),
        ] {
            assert_eq!(status_at(bps, &params), status, "{bps}");
        }
    }
}
