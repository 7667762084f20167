//! The reference's default strategy: so much for each unit of everything.

mod flags;

pub use flags::{FlagError, parse_storage_flag};

use super::rate::{Big, Rate, Sum, power};
use super::{PriceRequest, PricingError, PricingStrategy, charged_class};
use crate::inventory::leased_ips;
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{Dec, DecCoin};
use std::collections::BTreeMap;

/// What [`Scale`] charges for one block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rates {
    /// For one milli-CPU.
    pub cpu: Rate,
    /// For one MiB of memory.
    pub memory: Rate,
    /// For one MiB of storage, by class; `ephemeral` is that of all volumes that don't persist.
    pub storage: BTreeMap<String, Rate>,
    /// For one endpoint of any kind, leased IPs included, whatever the number of replicas.
    pub endpoint: Rate,
    /// For one leased IP.
    pub ip: Rate,
}

/// Why [`Rates`] can't be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScaleError {
    /// Everything would be free.
    #[error("at least one bid price must be a non-zero number")]
    AllZero,
    /// A rate below zero.
    #[error("scale price cannot be negative")]
    Negative,
}

/// The strategy `scale`: a sum of quantities times rates, exact. GPUs are free, quantities are those of the group and
/// not the committed ones.
///
/// The exact price must have at most 18 fractional digits. A byte count that is no round number of MiB can make it
/// longer, and then there is no price: nothing is rounded.
///
/// ```
/// use akash_market::pricing::{Rates, Scale, ScaleError};
///
/// assert_eq!(Scale::new(Rates::default()).unwrap_err(), ScaleError::AllZero);
/// assert!(Scale::new(Rates { cpu: "0.004".parse()?, ..Rates::default() }).is_ok());
/// # Ok::<(), akash_market::pricing::RateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scale {
    rates: Rates,
}

const MIB: u64 = 1 << 20;

impl Scale {
    /// Checks the rates as the reference does at its start.
    ///
    /// # Errors
    /// CPU, memory, endpoint and IP all zero while storage has no or a zero rate; then any negative rate.
    pub fn new(rates: Rates) -> Result<Self, ScaleError> {
        let plain = [rates.cpu, rates.memory, rates.endpoint, rates.ip];
        let free_storage = rates.storage.is_empty() || rates.storage.values().any(Rate::is_zero);
        if plain.iter().all(Rate::is_zero) && free_storage {
            return Err(ScaleError::AllZero);
        }
        if plain
            .iter()
            .chain(rates.storage.values())
            .any(Rate::is_negative)
        {
            return Err(ScaleError::Negative);
        }
        Ok(Self { rates })
    }

    /// The rates.
    #[must_use]
    pub const fn rates(&self) -> &Rates {
        &self.rates
    }

    fn amount(&self, group: &GroupSpec) -> Result<Dec, PricingError> {
        let (mut cpu, mut memory, mut endpoints) = (0_u128, 0_u128, 0_u128);
        let mut storage: BTreeMap<&str, u128> = BTreeMap::new();
        for unit in &group.resources {
            let resources = &unit.resources;
            let times = |value: u64| u128::from(value).saturating_mul(unit.count.into());
            cpu = cpu.saturating_add(times(resources.cpu.units.0));
            memory = memory.saturating_add(times(resources.memory.quantity.0));
            endpoints = endpoints.saturating_add(resources.endpoints.len() as u128);
            for volume in &resources.storage {
                let total = storage.entry(charged_class(volume)).or_default();
                *total = total.saturating_add(times(volume.quantity.0));
            }
        }
        let ips = u128::from(leased_ips(&group.resources));
        let mut terms = vec![
            (Sum::whole(cpu), self.rates.cpu),
            (mebibytes(memory), self.rates.memory),
            (Sum::whole(endpoints), self.rates.endpoint),
            (Sum::whole(ips), self.rates.ip),
        ];
        for (class, bytes) in storage {
            let Some(rate) = self.rates.storage.get(class) else {
                return Err(PricingError::NoStorageRate {
                    class: class.to_owned(),
                });
            };
            terms.push((mebibytes(bytes), *rate));
        }
        let mut total = Sum::default();
        for (quantity, rate) in terms {
            let term = quantity.mul(rate.magnitude());
            total = term
                .and_then(|term| total.add(term))
                .ok_or(PricingError::OutOfRange)?;
        }
        to_dec(total)
    }
}

impl PricingStrategy for Scale {
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        let denom = request.max_price()?.denom().clone();
        Ok(DecCoin::new(denom, self.amount(request.group)?)?)
    }
}

/// Bytes in MiB, rounded half away from zero at 16 decimals.
fn mebibytes(bytes: u128) -> Sum {
    // 2^128 × 10^16 is far below 2^512.
    let scaled = Big::from(bytes).wrapping_mul(Big::from(10_000_000_000_000_000_u64));
    let digits = scaled.wrapping_add(Big::from(MIB / 2)) >> 20;
    Sum {
        digits,
        exponent: -16,
    }
}

fn to_dec(total: Sum) -> Result<Dec, PricingError> {
    if total.digits.is_zero() {
        return Err(PricingError::Zero);
    }
    let Some(scaled) = total.scaled_18() else {
        return Err(PricingError::TooPrecise {
            value: Rate::from(total).to_string(),
        });
    };
    let scaled = scaled.map_err(|()| PricingError::OutOfRange)?;
    let dec = match u128::try_from(scaled)
        .ok()
        .and_then(|raw| i128::try_from(raw).ok())
    {
        Some(raw) => Dec::from_raw_i128(raw),
        None => Dec::from_scaled_str(&scaled.to_string()).map_err(|_| PricingError::OutOfRange)?,
    };
    // 10^18 units of the denom, times 10^18.
    if power(36).is_some_and(|limit| scaled > limit) {
        return Err(PricingError::Invalid {
            value: dec.to_string(),
        });
    }
    Ok(dec)
}
