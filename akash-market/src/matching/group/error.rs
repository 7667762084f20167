//! Why the chain refuses groups.

use super::limit;
use crate::error::{Code, DeploymentError, Error, Panic};
use crate::matching::AttributeError;
use akash_sdl::num::{DecCoin, Denom, NumError};
use std::fmt;

/// What a limit is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quantity {
    /// Milli-CPU.
    Cpu,
    /// GPUs.
    Gpu,
    /// Bytes of memory.
    Memory,
    /// Bytes of a volume.
    Storage,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cpu => "milli-CPU",
            Self::Gpu => "GPUs",
            Self::Memory => "bytes of memory",
            Self::Storage => "bytes of storage",
        })
    }
}

/// The part of a resource unit that carries attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// CPU.
    Cpu,
    /// GPU.
    Gpu,
    /// Memory.
    Memory,
    /// One of the volumes.
    Storage,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cpu => "CPU",
            Self::Gpu => "GPU",
            Self::Memory => "memory",
            Self::Storage => "storage",
        })
    }
}

/// Why the chain refuses a group or a list of groups.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GroupError {
    /// A deployment without groups.
    #[error("a deployment needs at least one group")]
    NoGroups,
    /// A group without a name.
    #[error("a group has an empty name: give it one that is unique in the deployment")]
    EmptyName,
    /// A unit numbered 0.
    #[error("group {group:?} has a resource unit with id 0: ids start at 1")]
    ZeroId {
        /// Name of the group.
        group: String,
    },
    /// Two units with one number.
    #[error("group {group:?} has two resource units with id {id}: ids must be unique")]
    DuplicateId {
        /// Name of the group.
        group: String,
        /// The id.
        id: u32,
    },
    /// One replica asks for too little or too much.
    #[error("resource unit {unit} asks for {value} {quantity}: one replica takes {min} to {max}")]
    Unit {
        /// Id of the unit.
        unit: u32,
        /// Of what.
        quantity: Quantity,
        /// What it asks for.
        value: u64,
        /// Least allowed.
        min: u64,
        /// Most allowed.
        max: u64,
    },
    /// GPU attributes without GPUs.
    #[error(
        "resource unit {unit} names GPU attributes but asks for 0 GPUs: ask for at least one or drop them"
    )]
    GpuAttributesWithoutUnits {
        /// Id of the unit.
        unit: u32,
    },
    /// A unit's attributes are refused. The chain loses their code.
    #[error("the {part} attributes of resource unit {unit} are refused: {source}")]
    Attributes {
        /// Id of the unit.
        unit: u32,
        /// Which of its parts.
        part: Part,
        /// What is wrong.
        source: AttributeError,
    },
    /// A unit without volumes in a transaction.
    #[error("resource unit {unit} has no volumes: give it at least one")]
    NoVolumes {
        /// Id of the unit.
        unit: u32,
    },
    /// All replicas together ask for nothing or too much.
    #[error(
        "group {group:?} asks for {value} {quantity} in all replicas together: the limit is {max}, and zero CPU or memory is refused"
    )]
    Total {
        /// Name of the group.
        group: String,
        /// Of what.
        quantity: Quantity,
        /// Sum over units of value × count.
        value: u128,
        /// Most allowed.
        max: u128,
    },
    /// A price above the limit.
    #[error(
        "resource unit {unit} of group {group:?} pays up to {price}: at most 10000000 is allowed"
    )]
    UnitPrice {
        /// Name of the group.
        group: String,
        /// Id of the unit.
        unit: u32,
        /// Its price.
        price: DecCoin,
    },
    /// Two denoms inside a group.
    #[error("group {group:?} is priced in {other} and in {first}: use one denom")]
    UnitDenoms {
        /// Name of the group.
        group: String,
        /// Denom of the first unit.
        first: Denom,
        /// The other one.
        other: Denom,
    },
    /// Two denoms inside a group whose price the chain adds up before it has looked at the units: its handler would
    /// crash.
    #[error("the price of group {group:?} can't be summed up: {first} and {other}; use one denom")]
    PriceSum {
        /// Name of the group.
        group: String,
        /// Denom of the first unit.
        first: Denom,
        /// The other one.
        other: Denom,
    },
    /// A price that the chain can't hold when it adds it up before it has looked at the units: its handler would crash.
    #[error("the price of group {group:?} can't be summed up: {source}")]
    PriceRange {
        /// Name of the group.
        group: String,
        /// Which number left its range.
        source: NumError,
    },
    /// A group without resource units after one with them, so without a denom.
    #[error(
        "group {group:?} has no resource units, and so no price in {first}: give it at least one"
    )]
    NoUnits {
        /// Name of the group.
        group: String,
        /// Denom of the groups before it.
        first: Denom,
    },
    /// Two groups with one name.
    #[error("two groups are called {name:?}: names must be unique in a deployment")]
    DuplicateName {
        /// The name.
        name: String,
    },
    /// Groups priced in different denoms.
    #[error("groups are priced in {first} and in {other}: use one denom for the deployment")]
    GroupDenoms {
        /// Denom of the first group.
        first: Denom,
        /// The other one.
        other: Denom,
    },
    /// The deposit is in another denom than the groups.
    #[error("the deposit is in {deposit}, group {group:?} is priced in {price}: use one denom")]
    DepositDenom {
        /// Denom of the deposit.
        deposit: Denom,
        /// Name of the group.
        group: String,
        /// Denom of its price.
        price: Denom,
    },
    /// The groups are priced in a denom in which the chain doesn't settle.
    #[error("the deployment is priced in {denom}: new deployments are priced in {accepted}")]
    SettlementDenom {
        /// Denom of the groups.
        denom: Denom,
        /// What the chain takes.
        accepted: Denom,
    },
}

impl GroupError {
    /// Why the price of a group can't be summed up.
    pub(super) fn price_sum(group: &str, source: NumError) -> Self {
        let group = group.to_owned();
        match source {
            NumError::DenomMismatch { left, right } => Self::PriceSum {
                group,
                first: left,
                other: right,
            },
            source => Self::PriceRange { group, source },
        }
    }

    /// Codespace and code of the chain's answer. Most errors here lose theirs on the way and arrive as `undefined` 1.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::NoGroups => Code::new("deployment", 7),
            Self::DuplicateName { .. } => Code::new("deployment", 25),
            Self::GroupDenoms { .. } | Self::NoUnits { .. } | Self::SettlementDenom { .. } => {
                Code::new("deployment", 24)
            }
            Self::DepositDenom { .. } => Code::new("deployment", 20),
            Self::PriceSum { .. } | Self::PriceRange { .. } => Code::PANIC,
            Self::EmptyName
            | Self::ZeroId { .. }
            | Self::DuplicateId { .. }
            | Self::Unit { .. }
            | Self::GpuAttributesWithoutUnits { .. }
            | Self::Attributes { .. }
            | Self::NoVolumes { .. }
            | Self::Total { .. }
            | Self::UnitPrice { .. }
            | Self::UnitDenoms { .. } => Code::LOST,
        }
    }
}

impl GroupError {
    /// The text that the chain logs, which is all a client can tell lost codes apart by.
    #[must_use]
    pub fn chain_text(&self) -> String {
        match self {
            Self::NoGroups => "Invalid groups".to_owned(),
            Self::EmptyName => "empty group spec name denomination".to_owned(),
            Self::ZeroId { .. } => "error: invalid resources ID (> 0 fails)".to_owned(),
            Self::DuplicateId { id, .. } => format!("duplicate resources ID ({id}) within group"),
            Self::Unit {
                quantity,
                value,
                min,
                max,
                ..
            } => {
                // The chain prints the lower bound for storage only.
                let low = if *quantity == Quantity::Storage {
                    min
                } else {
                    max
                };
                let name = quantity.chain_name();
                format!("error: invalid unit {name} ({max} > {value} > {low} fails)")
            }
            Self::GpuAttributesWithoutUnits { .. } => {
                "error: invalid GPU state. attributes cannot be present if units == 0".to_owned()
            }
            Self::Attributes { part, source, .. } => {
                let part = match part {
                    Part::Memory => "Memory",
                    Part::Storage => "Storage",
                    Part::Cpu => "CPU",
                    Part::Gpu => "GPU",
                };
                format!("error: invalid {part} attributes: {}", source.chain_text())
            }
            Self::NoVolumes { .. } => "error: invalid unit storage, cannot be nil".to_owned(),
            Self::Total {
                quantity,
                value,
                max,
                ..
            } => {
                let name = quantity.chain_name();
                format!("invalid total {name} ({max} > {value} > 0 fails)")
            }
            Self::UnitPrice { group, price, .. } => {
                let max = limit::UNIT_PRICE;
                format!("group {group}: error: invalid unit price ({max} > {price} fails)")
            }
            Self::UnitDenoms { first, other, .. } => {
                format!("multi-denonimation group: ({other} == {first} fails)")
            }
            Self::PriceSum { first, other, .. } => {
                format!("coin denom different: {first} {other}")
            }
            Self::PriceRange { source, .. } => source.to_string(),
            Self::DuplicateName { .. }
            | Self::GroupDenoms { .. }
            | Self::NoUnits { .. }
            | Self::DepositDenom { .. }
            | Self::SettlementDenom { .. } => DeploymentError::from(self.clone()).to_string(),
        }
    }
}

impl Quantity {
    const fn chain_name(self) -> &'static str {
        match self {
            Self::Cpu => "CPU",
            Self::Gpu => "GPU",
            Self::Memory => "memory",
            Self::Storage => "storage",
        }
    }
}

impl From<GroupError> for DeploymentError {
    fn from(error: GroupError) -> Self {
        match error {
            GroupError::NoGroups => Self::InvalidGroups,
            GroupError::DuplicateName { name } => Self::DuplicateGroupName { name },
            GroupError::GroupDenoms { first, other } => Self::InvalidPrice {
                context: format!("inconsistent group denomination: {first} != {other}").into(),
            },
            GroupError::NoUnits { first, .. } => Self::InvalidPrice {
                context: format!("inconsistent group denomination: {first} != ").into(),
            },
            GroupError::SettlementDenom { denom, .. } => Self::InvalidPrice {
                context: format!("unsupported denomination {denom}").into(),
            },
            GroupError::DepositDenom { deposit, price, .. } => Self::DepositDenom {
                found: deposit,
                expected: price,
            },
            other => Self::InvalidGroup {
                reason: other.chain_text().into(),
            },
        }
    }
}

impl From<GroupError> for Error {
    fn from(error: GroupError) -> Self {
        match error {
            GroupError::PriceSum { first, other, .. } => Self::Panic(Panic::DecCoinDenoms {
                left: first,
                right: other,
            }),
            GroupError::PriceRange { source, .. } => source.into(),
            other => Self::Deployment(other.into()),
        }
    }
}
