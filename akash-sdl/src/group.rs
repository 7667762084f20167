//! Group specs: what is auctioned, one order a group.

use crate::attribute::Attributes;
use crate::num::DecCoin;
use crate::resource::Resources;
use serde::{Deserialize, Serialize};

/// Auditors whose signature a provider must carry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SignedBy {
    /// Every one of these must have signed the provider's attributes.
    pub all_of: Vec<String>,
    /// At least one of these must have, unless the list is empty.
    pub any_of: Vec<String>,
}

impl SignedBy {
    /// Whether no auditor is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all_of.is_empty() && self.any_of.is_empty()
    }
}

/// Where a group may be placed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PlacementRequirements {
    /// Auditors asked for.
    pub signed_by: SignedBy,
    /// Attributes a provider must have, sorted by key.
    pub attributes: Attributes,
}

/// A number of equal replicas and the most the tenant pays for one of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResourceUnit {
    /// What one replica needs.
    #[serde(rename = "resource")]
    pub resources: Resources,
    /// How many replicas.
    pub count: u32,
    /// Highest price of one replica for one block.
    pub price: DecCoin,
}

/// One group of a deployment: its placement and its resource units.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct GroupSpec {
    /// Name of the placement; unique in the deployment.
    pub name: String,
    /// Where it may be placed.
    pub requirements: PlacementRequirements,
    /// What it needs.
    pub resources: Vec<ResourceUnit>,
}
