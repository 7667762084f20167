//! Orders (node x/market): one auction of one group.

use crate::id::{Height, OrderId};
use crate::time::Nanos;
use akash_sdl::group::GroupSpec;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Life of an order.
///
/// | order | trigger | becomes |
/// |---|---|---|
/// | – | its group is created, started, or its lease is closed by the owner | open |
/// | open | a lease is made | active |
/// | open, active | lease or bid closes, group pauses or closes, deployment ends | closed |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderState {
    /// Takes bids.
    Open,
    /// A lease was made from it.
    Active,
    /// Ended.
    Closed,
}

/// What providers bid on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Group and number.
    pub id: OrderId,
    /// Where it stands.
    pub state: OrderState,
    /// What is asked for; shared with the group and its other orders.
    pub spec: Arc<GroupSpec>,
    /// Height of its creation.
    pub created_at: Height,
    /// Shortest notice of a reclamation that bids must offer, if any is asked for (AEP-82).
    pub reclamation_min_window: Option<Nanos>,
}
