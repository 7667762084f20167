use crate::id::{BidId, LeaseId, OrderId};
use crate::inventory::screening::Check;
use crate::lease::{CloseReason, LeaseState};
use crate::time::{Block, Nanos};
use crate::workflow::Refusal;
use akash_sdl::num::{Coin, DecCoin};
use serde::{Deserialize, Serialize};

/// Progress of a provider, to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum BidStep {
    /// It does not bid on an order.
    Declined {
        /// Which.
        order: OrderId,
        /// Why.
        reason: Decline,
    },
    /// Its bid stands.
    Bid {
        /// Which.
        bid: BidId,
        /// Price of the order for one block.
        price: DecCoin,
        /// Since when.
        block: Block,
    },
    /// A bid of its own that was placed before was found again.
    Resumed {
        /// Which.
        bid: BidId,
        /// Price of the order for one block.
        price: DecCoin,
    },
    /// It has the lease; the resources stay reserved and a manifest is expected.
    Won {
        /// Which.
        lease: LeaseId,
        /// What it earns each block.
        price: DecCoin,
    },
    /// Another provider has the lease; the resources are free again.
    Lost {
        /// Its own bid.
        bid: BidId,
        /// Whether the chain left the bid open, so that it has to be closed for its deposit (today's chain refunds one
        /// loser only).
        stuck: bool,
    },
    /// The order ended without a lease; the resources are free again.
    OrderGone {
        /// Its own bid.
        bid: BidId,
    },
    /// Its bid is closed and the deposit is back.
    Closed {
        /// Which.
        bid: BidId,
        /// Why it was closed.
        why: Withdrawal,
        /// In which block.
        block: Block,
    },
    /// The chain did not let it close its bid.
    NotClosed {
        /// Which.
        bid: BidId,
        /// The chain's words.
        refusal: Refusal,
    },
    /// Another order of the lease's deployment has bids. A lease there would take what was earned since the last
    /// settlement, so that it is withdrawn first.
    AtRisk {
        /// Whose earnings.
        lease: LeaseId,
        /// The other order.
        sibling: OrderId,
    },
    /// Earnings were paid out.
    Withdrawn {
        /// Of which lease.
        lease: LeaseId,
        /// How much, take and fees deducted.
        amount: Coin,
        /// In which block.
        block: Block,
    },
    /// The chain did not pay out now; it is tried again.
    WithdrawalPostponed {
        /// Of which lease.
        lease: LeaseId,
        /// The chain's words.
        refusal: Refusal,
    },
    /// A lease ended; the resources are free again.
    LeaseEnded {
        /// Which.
        lease: LeaseId,
        /// How it stands now.
        state: LeaseState,
        /// Why.
        reason: CloseReason,
    },
}

/// Why a bid is closed by its provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Withdrawal {
    /// The order is taken or gone, and the chain left the bid open.
    Stuck,
    /// The tenant did not choose in time.
    Timeout,
    /// The resources that were offered are no longer there.
    NoRoom,
    /// The provider leaves the market.
    Leaving,
}

/// Why a provider does not bid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "decline", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Decline {
    /// It does not match the order, or does not want it.
    #[error("{}", .reasons.join("; "))]
    Screening {
        /// The first check that failed.
        check: Check,
        /// Everything that stands against it, in words; never empty.
        reasons: Vec<String>,
    },
    /// The tenant asks for a longer notice of reclamation than it gives (AEP-82).
    #[error(
        "the tenant asks for {} s notice of a reclamation, {}",
        .wanted.0 / 1_000_000_000,
        offered.map_or_else(|| "none is offered".to_owned(), |o| format!("{} s are offered", o.0 / 1_000_000_000))
    )]
    Reclamation {
        /// What the order asks for.
        wanted: Nanos,
        /// What the provider offers, if it does.
        offered: Option<Nanos>,
    },
    /// It has no room.
    #[error("no room: {reason}{}", .nodes.first().map_or_else(String::new, |(node, why)| format!(" ({node}: {why})")))]
    NoRoom {
        /// In words.
        reason: String,
        /// Each node with the reason why it does not take the next replica.
        nodes: Vec<(String, String)>,
    },
    /// It has no price for the order.
    #[error("no price: {reason}")]
    NoPrice {
        /// In words.
        reason: String,
    },
    /// Its price is above what the tenant pays.
    #[error("its price {price} is above the tenant's limit {limit}")]
    TooDear {
        /// What it would ask for one block.
        price: DecCoin,
        /// The most the tenant pays for one block.
        limit: DecCoin,
    },
    /// Its price is in another denom than the order.
    #[error("it asks for {}, the tenant pays in {}", .price.denom(), .limit.denom())]
    OtherDenom {
        /// What it would ask for one block.
        price: DecCoin,
        /// The most the tenant pays for one block.
        limit: DecCoin,
    },
    /// The deployment is closed or out of funds, so that no lease can follow.
    #[error("the order's deployment is not active, so that no lease can follow")]
    NotActive,
    /// The chain refused the bid.
    #[error("the chain refused the bid: {refusal}")]
    Refused {
        /// The chain's words.
        refusal: Refusal,
    },
}
