//! Bids (node x/market).

use crate::id::{BidId, Height};
use crate::time::Nanos;
use akash_sdl::num::DecCoin;
use akash_sdl::resource::Resources;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Life of a bid.
///
/// | bid | trigger | becomes |
/// |---|---|---|
/// | – | create | open |
/// | open | its lease is made | active |
/// | open | another bid wins (the first such only, see [`Quirk::OnlyFirstLoserReleased`](crate::ledger::Quirk::OnlyFirstLoserReleased)) | lost |
/// | open, active | close, or its order ends with group or deployment | closed |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BidState {
    /// Waits for the tenant's choice.
    Open,
    /// Won; its lease exists.
    Active,
    /// Another bid won.
    Lost,
    /// Ended.
    Closed,
}

/// The part of a bid that says which resources would serve one unit of the order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResourceOffer {
    /// The resources; their id names the unit.
    pub resources: Resources,
    /// How many replicas; must equal the unit's count.
    pub count: u32,
}

/// A provider's price for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bid {
    /// Order and provider.
    pub id: BidId,
    /// Where it stands.
    pub state: BidState,
    /// Price of the whole order for one block.
    pub price: DecCoin,
    /// Height of its creation.
    pub created_at: Height,
    /// What would serve the order; may be empty.
    pub resources_offer: Arc<[ResourceOffer]>,
    /// Notice the provider gives before it takes the resources back, if it may (AEP-82).
    pub reclamation_window: Option<Nanos>,
}
