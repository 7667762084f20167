//! Deployments and their groups (node x/deployment).

use crate::id::{DeploymentId, GroupId, Height};
use crate::time::Nanos;
use akash_sdl::group::GroupSpec;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Life of a deployment. It is created active and never reopens.
///
/// | deployment | trigger | becomes |
/// |---|---|---|
/// | – | create | active |
/// | active | close, or its escrow account ends | closed |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeploymentState {
    /// Running or waiting for bids.
    Active,
    /// Ended; the id can't be used again.
    Closed,
}

/// What a tenant opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deployment {
    /// Owner and number.
    pub id: DeploymentId,
    /// Active or closed.
    pub state: DeploymentState,
    /// Version hash of the manifest, 32 bytes.
    pub hash: Vec<u8>,
    /// Height of its creation.
    pub created_at: Height,
    /// Shortest notice of a reclamation that bids must offer, if the tenant asks for one (AEP-82).
    pub reclamation_min_window: Option<Nanos>,
}

/// Life of a group.
///
/// | group | trigger | becomes |
/// |---|---|---|
/// | – | its deployment is created | open |
/// | open, insufficient funds | pause | paused |
/// | open | its provider closes the bid | paused |
/// | paused, insufficient funds | start | open, with a new order |
/// | all but closed | close, or close of the deployment | closed |
/// | all but closed | its escrow account runs dry | insufficient funds |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupState {
    /// In the auction or leased.
    Open,
    /// Taken out of the auction by the tenant, or because a provider gave up its lease.
    Paused,
    /// The deployment's escrow account ran dry.
    InsufficientFunds,
    /// Ended.
    Closed,
}

/// A group of a deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Deployment and number.
    pub id: GroupId,
    /// Where it stands.
    pub state: GroupState,
    /// What it asks for; shared with its orders.
    pub spec: Arc<GroupSpec>,
    /// Height of its creation.
    pub created_at: Height,
}
