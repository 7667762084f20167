//! Whether the chain accepts a group spec (chain-sdk `go/node/deployment/v1beta4`).

mod error;

pub use error::{GroupError, Part, Quantity};

use super::attribute::validate_attributes;
use super::price::{PriceError, order_price};
use akash_sdl::group::{GroupSpec, ResourceUnit};
use akash_sdl::num::{Coin, Dec, Denom};
use std::collections::BTreeSet;

/// The limits that the chain enforces on groups. The number of replicas, of units and of groups has none of its own.
pub mod limit {
    use std::ops::RangeInclusive;

    /// Milli-CPU of one replica.
    pub const UNIT_CPU: RangeInclusive<u64> = 10..=384_000;
    /// GPUs of one replica.
    pub const UNIT_GPU: RangeInclusive<u64> = 0..=24;
    /// Bytes of memory of one replica: 1 MiB to 2 TiB.
    pub const UNIT_MEMORY: RangeInclusive<u64> = 1 << 20..=2 << 40;
    /// Bytes of one volume: 5 MiB to 32 TiB. The sum over a group is not limited.
    pub const VOLUME: RangeInclusive<u64> = 5 << 20..=32 << 40;
    /// Milli-CPU of a whole group; more than zero.
    pub const GROUP_CPU: u128 = 19_200_000;
    /// GPUs of a whole group.
    pub const GROUP_GPU: u128 = 1_200;
    /// Bytes of memory of a whole group, 100 TiB; more than zero.
    pub const GROUP_MEMORY: u128 = 100 << 40;
    /// Price of one replica for one block, in units of the denom, inclusive.
    pub const UNIT_PRICE: u64 = 10_000_000;
}

/// Checks a group as the chain does, stateless: name, units, totals, prices. Placement attributes are not checked, here
/// as there; what [`DecCoin`](akash_sdl::num::DecCoin) can't hold (no denom, negative) can't get here.
///
/// # Errors
/// The first rule broken, in the chain's order.
///
/// ```
/// use akash_market::matching::{GroupError, validate_group};
/// # use akash_sdl::group::GroupSpec;
/// # let group = GroupSpec { name: String::new(), requirements: Default::default(), resources: Vec::new() };
/// let error = validate_group(&group).unwrap_err();
/// assert_eq!(error, GroupError::EmptyName);
/// assert_eq!(error.code(), akash_market::error::Code::LOST);
/// ```
pub fn validate_group(group: &GroupSpec) -> Result<(), GroupError> {
    check(group, false)
}

/// As [`validate_group`], for a group in a transaction: there an empty list of volumes is none, which is refused.
pub(crate) fn validate_sent_group(group: &GroupSpec) -> Result<(), GroupError> {
    check(group, true)
}

fn check(group: &GroupSpec, needs_volumes: bool) -> Result<(), GroupError> {
    if group.name.is_empty() {
        return Err(GroupError::EmptyName);
    }
    let mut ids = BTreeSet::new();
    let (mut cpu, mut gpu, mut memory) = (0_u128, 0_u128, 0_u128);
    for unit in &group.resources {
        let resources = &unit.resources;
        validate_unit(group, unit, needs_volumes)?;
        if !ids.insert(resources.id) {
            return Err(GroupError::DuplicateId {
                group: group.name.clone(),
                id: resources.id,
            });
        }
        let times = |value: u64| u128::from(value).saturating_mul(unit.count.into());
        cpu = cpu.saturating_add(times(resources.cpu.units.0));
        gpu = gpu.saturating_add(times(resources.gpu.units));
        memory = memory.saturating_add(times(resources.memory.quantity.0));
    }
    let total = |quantity, value, max, zero_allowed: bool| {
        if value > max || (value == 0 && !zero_allowed) {
            return Err(GroupError::Total {
                group: group.name.clone(),
                quantity,
                value,
                max,
            });
        }
        Ok(())
    };
    total(Quantity::Cpu, cpu, limit::GROUP_CPU, false)?;
    total(Quantity::Gpu, gpu, limit::GROUP_GPU, true)?;
    total(Quantity::Memory, memory, limit::GROUP_MEMORY, false)?;
    validate_prices(group)
}

fn validate_unit(
    group: &GroupSpec,
    unit: &ResourceUnit,
    needs_volumes: bool,
) -> Result<(), GroupError> {
    let resources = &unit.resources;
    let id = resources.id;
    if id == 0 {
        return Err(GroupError::ZeroId {
            group: group.name.clone(),
        });
    }
    let within = |quantity, value: u64, range: std::ops::RangeInclusive<u64>| {
        if range.contains(&value) {
            return Ok(());
        }
        Err(GroupError::Unit {
            unit: id,
            quantity,
            value,
            min: *range.start(),
            max: *range.end(),
        })
    };
    let attributes = |part, attributes: &[_]| {
        validate_attributes(attributes).map_err(|source| GroupError::Attributes {
            unit: id,
            part,
            source,
        })
    };
    within(Quantity::Cpu, resources.cpu.units.0, limit::UNIT_CPU)?;
    attributes(Part::Cpu, &resources.cpu.attributes)?;
    within(Quantity::Gpu, resources.gpu.units, limit::UNIT_GPU)?;
    if resources.gpu.units == 0 && !resources.gpu.attributes.is_empty() {
        return Err(GroupError::GpuAttributesWithoutUnits { unit: id });
    }
    attributes(Part::Gpu, &resources.gpu.attributes)?;
    within(
        Quantity::Memory,
        resources.memory.quantity.0,
        limit::UNIT_MEMORY,
    )?;
    attributes(Part::Memory, &resources.memory.attributes)?;
    if needs_volumes && resources.storage.is_empty() {
        return Err(GroupError::NoVolumes { unit: id });
    }
    for volume in &resources.storage {
        within(Quantity::Storage, volume.quantity.0, limit::VOLUME)?;
        attributes(Part::Storage, &volume.attributes)?;
    }
    Ok(())
}

fn validate_prices(group: &GroupSpec) -> Result<(), GroupError> {
    let mut first: Option<&Denom> = None;
    for unit in &group.resources {
        if unit.price.amount() > Dec::from_u64(limit::UNIT_PRICE) {
            return Err(GroupError::UnitPrice {
                group: group.name.clone(),
                unit: unit.resources.id,
                price: unit.price.clone(),
            });
        }
        let denom = unit.price.denom();
        let first = *first.get_or_insert(denom);
        if first != denom {
            return Err(GroupError::UnitDenoms {
                group: group.name.clone(),
                first: first.clone(),
                other: denom.clone(),
            });
        }
    }
    Ok(())
}

/// Checks the groups of a new deployment: at least one, and of each in turn that it has the denom of the first, is
/// valid, and has a name of its own. Groups that were not checked one by one before can make the chain stumble over
/// their price.
///
/// # Errors
/// The first rule broken.
pub fn validate_groups(groups: &[GroupSpec]) -> Result<(), GroupError> {
    if groups.is_empty() {
        return Err(GroupError::NoGroups);
    }
    let mut names = BTreeSet::new();
    let mut first: Option<&Denom> = None;
    for group in groups {
        // The chain adds up the price before it looks at anything else.
        if let Err(PriceError::Sum { source, .. }) = order_price(group) {
            return Err(GroupError::price_sum(&group.name, source));
        }
        match (first, denom_of(group)) {
            (Some(first), None) => {
                return Err(GroupError::NoUnits {
                    group: group.name.clone(),
                    first: first.clone(),
                });
            }
            (Some(first), Some(other)) if first != other => {
                return Err(GroupError::GroupDenoms {
                    first: first.clone(),
                    other: other.clone(),
                });
            }
            (first_so_far, denom) => first = first_so_far.or(denom),
        }
        validate_group(group)?;
        if !names.insert(&group.name) {
            return Err(GroupError::DuplicateName {
                name: group.name.clone(),
            });
        }
    }
    Ok(())
}

/// Denom of a group's price: that of its first unit.
fn denom_of(group: &GroupSpec) -> Option<&Denom> {
    group.resources.first().map(|u| u.price.denom())
}

/// Checks that every group is priced in the denom of the deposit. A deposit of zero is not looked at.
///
/// # Errors
/// [`GroupError::DepositDenom`].
pub fn check_deposit_denom(groups: &[GroupSpec], deposit: &Coin) -> Result<(), GroupError> {
    if deposit.is_zero() {
        return Ok(());
    }
    for group in groups {
        if let Some(price) = denom_of(group)
            && price != deposit.denom()
        {
            return Err(GroupError::DepositDenom {
                deposit: deposit.denom().clone(),
                group: group.name.clone(),
                price: price.clone(),
            });
        }
    }
    Ok(())
}

/// Checks that the first group is priced in the denom in which leases are settled, `uact` on the chain.
///
/// # Errors
/// [`GroupError::SettlementDenom`].
pub fn check_settlement_denom(groups: &[GroupSpec], accepted: &Denom) -> Result<(), GroupError> {
    match groups.first().and_then(denom_of) {
        Some(denom) if denom != accepted => Err(GroupError::SettlementDenom {
            denom: denom.clone(),
            accepted: accepted.clone(),
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use akash_sdl::group::PlacementRequirements;
    use akash_sdl::resource::{Bytes, Cpu, Memory, MilliCpu, Resources, Storage};

    /// A unit of so many thousandths of a CPU with volumes of these sizes.
    fn unit(id: u32, cpu: u64, volumes: &[u64]) -> ResourceUnit {
        let storage = volumes.iter().map(|size| Storage {
            name: "default".to_owned(),
            quantity: Bytes(*size),
            attributes: Vec::new(),
        });
        ResourceUnit {
            resources: Resources {
                id,
                cpu: Cpu {
                    units: MilliCpu(cpu),
                    attributes: Vec::new(),
                },
                memory: Memory {
                    quantity: Bytes(1 << 20),
                    attributes: Vec::new(),
                },
                storage: storage.collect(),
                ..Resources::default()
            },
            count: 1,
            price: "1uact".parse().unwrap(),
        }
    }

    #[test]
    fn sent_units_without_volumes_are_refused_in_their_turn() {
        const NONE: &str = "error: invalid unit storage, cannot be nil";
        let log = |name: &str, units: Vec<ResourceUnit>| {
            let group = GroupSpec {
                name: name.to_owned(),
                requirements: PlacementRequirements::default(),
                resources: units,
            };
            let refused = validate_sent_group(&group).err();
            refused
                .map(|refused| refused.chain_text())
                .unwrap_or_default()
        };
        let (fine, huge) = (5 << 20, u64::MAX);
        assert_eq!(log("g", vec![unit(1, 100, &[fine])]), "");
        assert_eq!(log("g", vec![unit(1, 100, &[])]), NONE);
        assert!(log("", vec![unit(1, 100, &[])]).starts_with("empty group spec name"));
        // Earlier mistakes come first: of the unit itself, and of one before it.
        let slow = "error: invalid unit CPU (384000 > 1 > 384000 fails)";
        assert_eq!(log("g", vec![unit(1, 1, &[])]), slow);
        assert_eq!(log("g", vec![unit(1, 1, &[fine]), unit(2, 100, &[])]), slow);
        let large = log("g", vec![unit(1, 100, &[huge]), unit(2, 100, &[])]);
        assert!(large.contains(&huge.to_string()), "{large}");
        // Later ones do not: of the next unit, and of both together.
        assert_eq!(log("g", vec![unit(1, 100, &[]), unit(2, 1, &[fine])]), NONE);
        assert_eq!(
            log("g", vec![unit(1, 100, &[]), unit(1, 100, &[huge])]),
            NONE
        );
    }
}
