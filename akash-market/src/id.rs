//! Identifiers of the market's objects. Texts and byte orders are the chain's (node x/market, x/deployment).

use crate::address::{Address, AddressError};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

macro_rules! sequence {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                text.parse().map(Self).map_err(|_| IdError::Number { text: text.to_owned() })
            }
        }
    };
}

sequence! {
    /// Number of a deployment among its owner's, chosen by the owner; valid from 1.
    Dseq(u64)
}
sequence! {
    /// Number of a group in its deployment, from 1.
    Gseq(u32)
}
sequence! {
    /// Number of an order of its group, from 1.
    Oseq(u32)
}
sequence! {
    /// Number of a bid of one provider on one order; 0 today.
    Bseq(u32)
}
sequence! {
    /// Height of a block.
    Height(i64)
}

/// Why a text is no identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IdError {
    /// The number of parts is wrong.
    #[error("{text:?} has {found} parts; {form} was expected")]
    Parts {
        /// What was given.
        text: String,
        /// How many parts it has.
        found: usize,
        /// The expected form.
        form: &'static str,
    },
    /// A sequence is no number or out of range.
    #[error("{text:?} is not a sequence number; a whole decimal number was expected")]
    Number {
        /// The offending part.
        text: String,
    },
    /// An address is wrong.
    #[error(transparent)]
    Address(#[from] AddressError),
}

/// A deployment: `owner/dseq`.
///
/// ```
/// use akash_market::id::DeploymentId;
/// let id: DeploymentId = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0/12".parse()?;
/// assert_eq!(id.dseq.0, 12);
/// assert_eq!(id.group(1).order(1).to_string(), format!("{id}/1/1"));
/// # Ok::<(), akash_market::id::IdError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeploymentId {
    /// The tenant.
    pub owner: Address,
    /// Its number.
    pub dseq: Dseq,
}

/// A group of a deployment: `owner/dseq/gseq`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId {
    /// The deployment.
    pub deployment: DeploymentId,
    /// The group's number in it.
    pub gseq: Gseq,
}

/// An order of a group: `owner/dseq/gseq/oseq`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId {
    /// The group.
    pub group: GroupId,
    /// The order's number in it.
    pub oseq: Oseq,
}

/// A bid on an order: `owner/dseq/gseq/oseq/provider` (the bid sequence is never printed).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BidId {
    /// The order.
    pub order: OrderId,
    /// The bidder.
    pub provider: Address,
    /// Number of the bid; 0 today.
    pub bseq: Bseq,
}

/// A lease; it has the parts and the text of the bid that won.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeaseId(pub BidId);

impl DeploymentId {
    /// Makes an id from its parts.
    #[must_use]
    pub const fn new(owner: Address, dseq: u64) -> Self {
        Self {
            owner,
            dseq: Dseq(dseq),
        }
    }

    /// The id of one of its groups.
    #[must_use]
    pub fn group(&self, gseq: u32) -> GroupId {
        GroupId {
            deployment: self.clone(),
            gseq: Gseq(gseq),
        }
    }
}

impl GroupId {
    /// The tenant.
    #[must_use]
    pub const fn owner(&self) -> &Address {
        &self.deployment.owner
    }

    /// The id of one of its orders.
    #[must_use]
    pub fn order(&self, oseq: u32) -> OrderId {
        OrderId {
            group: self.clone(),
            oseq: Oseq(oseq),
        }
    }
}

impl OrderId {
    /// The tenant.
    #[must_use]
    pub const fn owner(&self) -> &Address {
        &self.group.deployment.owner
    }

    /// The id of a provider's bid on it.
    #[must_use]
    pub fn bid(&self, provider: Address) -> BidId {
        BidId {
            order: self.clone(),
            provider,
            bseq: Bseq(0),
        }
    }
}

impl BidId {
    /// The tenant.
    #[must_use]
    pub const fn owner(&self) -> &Address {
        &self.order.group.deployment.owner
    }

    /// The deployment bid on.
    #[must_use]
    pub const fn deployment(&self) -> &DeploymentId {
        &self.order.group.deployment
    }

    /// The id of the lease this bid would win.
    #[must_use]
    pub fn lease(&self) -> LeaseId {
        LeaseId(self.clone())
    }
}

impl LeaseId {
    /// The id of the bid that won.
    #[must_use]
    pub const fn bid(&self) -> &BidId {
        &self.0
    }

    /// The order it serves.
    #[must_use]
    pub const fn order(&self) -> &OrderId {
        &self.0.order
    }

    /// The deployment it belongs to.
    #[must_use]
    pub const fn deployment(&self) -> &DeploymentId {
        self.0.deployment()
    }

    /// The tenant.
    #[must_use]
    pub const fn owner(&self) -> &Address {
        self.0.owner()
    }

    /// The provider.
    #[must_use]
    pub const fn provider(&self) -> &Address {
        &self.0.provider
    }
}

fn parts<'t, const N: usize>(text: &'t str, form: &'static str) -> Result<[&'t str; N], IdError> {
    let found: Vec<&str> = text.split('/').collect();
    <[&str; N]>::try_from(found.as_slice()).map_err(|_| IdError::Parts {
        text: text.to_owned(),
        found: found.len(),
        form,
    })
}

impl fmt::Display for DeploymentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.dseq)
    }
}

impl fmt::Display for GroupId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.deployment, self.gseq)
    }
}

impl fmt::Display for OrderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.group, self.oseq)
    }
}

impl fmt::Display for BidId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.order, self.provider)
    }
}

impl fmt::Display for LeaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for DeploymentId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let [owner, dseq] = parts(text, "owner/dseq")?;
        Ok(Self {
            owner: owner.parse()?,
            dseq: dseq.parse()?,
        })
    }
}

impl FromStr for GroupId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let [owner, dseq, gseq] = parts(text, "owner/dseq/gseq")?;
        Ok(Self {
            deployment: DeploymentId {
                owner: owner.parse()?,
                dseq: dseq.parse()?,
            },
            gseq: gseq.parse()?,
        })
    }
}

impl FromStr for OrderId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let [owner, dseq, gseq, oseq] = parts(text, "owner/dseq/gseq/oseq")?;
        let deployment = DeploymentId {
            owner: owner.parse()?,
            dseq: dseq.parse()?,
        };
        Ok(Self {
            group: GroupId {
                deployment,
                gseq: gseq.parse()?,
            },
            oseq: oseq.parse()?,
        })
    }
}

impl FromStr for BidId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let [owner, dseq, gseq, oseq, provider] = parts(text, "owner/dseq/gseq/oseq/provider")?;
        let deployment = DeploymentId {
            owner: owner.parse()?,
            dseq: dseq.parse()?,
        };
        let group = GroupId {
            deployment,
            gseq: gseq.parse()?,
        };
        let order = OrderId {
            group,
            oseq: oseq.parse()?,
        };
        Ok(Self {
            order,
            provider: provider.parse()?,
            bseq: Bseq(0),
        })
    }
}

impl FromStr for LeaseId {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        text.parse().map(Self)
    }
}

macro_rules! serde_as_text {
    ($($name:ident),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

serde_as_text!(DeploymentId, GroupId, OrderId, BidId, LeaseId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_back() {
        let a = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0";
        let text = format!("{a}/7/1/2/{a}");
        let id: LeaseId = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        assert!(format!("{a}/7/1").parse::<OrderId>().is_err());
        assert!(format!("{a}/x").parse::<DeploymentId>().is_err());
        assert!(
            format!("{a}/18446744073709551616")
                .parse::<DeploymentId>()
                .is_err()
        );
    }
}
