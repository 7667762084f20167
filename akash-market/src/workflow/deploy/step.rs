use crate::auction::Ranking;
use crate::bid::Bid;
use crate::id::{DeploymentId, Dseq, LeaseId, OrderId};
use crate::lease::CloseReason;
use crate::time::Block;
use crate::workflow::Refusal;
use serde::{Deserialize, Serialize};

/// Progress of a deployment, to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeployStep {
    /// The deployment is open and its orders are in the auction.
    Opened {
        /// Which.
        id: DeploymentId,
        /// In which block.
        block: Block,
    },
    /// A bid came in.
    BidSeen {
        /// The bid.
        bid: Box<Bid>,
    },
    /// The policy chose.
    Chosen {
        /// The bid.
        bid: Box<Bid>,
        /// Name of the policy.
        policy: String,
        /// What it made of all bids of the order.
        ranking: Ranking,
    },
    /// A chosen bid was gone when the lease was made; the others are looked at again.
    BidGone {
        /// The chain's words.
        refusal: Refusal,
    },
    /// All leases are made.
    Leased {
        /// Which.
        leases: Vec<LeaseId>,
        /// In which block.
        block: Block,
    },
    /// A provider took the manifest.
    ManifestAccepted {
        /// Of which lease.
        lease: LeaseId,
    },
    /// A provider did not answer; it is asked again.
    ProviderSilent {
        /// Of which lease.
        lease: LeaseId,
        /// What happened.
        reason: String,
    },
    /// How the workload is.
    Status {
        /// Of which lease.
        lease: LeaseId,
        /// Whether all replicas run.
        ready: bool,
        /// In words.
        summary: String,
    },
    /// It failed; the deployment is being closed so that the deposits go back.
    Closing {
        /// Why.
        failure: Box<DeployFailure>,
    },
    /// The deployment is closed.
    Closed {
        /// In which block.
        block: Block,
    },
}

/// Why a deployment failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "failure", rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeployFailure {
    /// Some order has no bid that the policy would take.
    #[error(
        "no acceptable bid for every group after {waited_blocks} blocks{}",
        explain(orders)
    )]
    NoBids {
        /// How long was waited.
        waited_blocks: i64,
        /// The orders without a choice, with what the policy made of their bids.
        orders: Vec<(OrderId, Ranking)>,
    },
    /// The chain refused.
    #[error("the chain refused to {doing}: {refusal}")]
    Refused {
        /// What was to be done.
        doing: String,
        /// The chain's words.
        refusal: Refusal,
    },
    /// The number is in use by another deployment of this owner.
    #[error("deployment {id} exists and is another one; choose a number that was never used")]
    NumberTaken {
        /// The id.
        id: DeploymentId,
    },
    /// The chain would settle it together with other deployments of the owner, because it takes one number for the
    /// beginning of another (see [`Quirk::DseqPrefixCollision`](crate::ledger::Quirk::DseqPrefixCollision)). Nothing was
    /// sent.
    #[error(
        "deployment {id} would be charged together with the owner's open number{} {}: the chain takes one for the \
         beginning of the other; choose another one, such as {free}",
        if collides.len() == 1 { "" } else { "s" },
        collides.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    )]
    NumberCollides {
        /// The id.
        id: DeploymentId,
        /// The owner's open deployments it collides with.
        collides: Vec<Dseq>,
        /// The next number that collides with none.
        free: Dseq,
    },
    /// The provider refused the manifest.
    #[error("provider {} refused: {reason}", .lease.provider())]
    GatewayRefused {
        /// Of which lease.
        lease: LeaseId,
        /// Its words.
        reason: String,
    },
    /// The provider does not answer any more.
    #[error("provider {} does not answer: {reason}; choose another one", .lease.provider())]
    ProviderGone {
        /// Of which lease.
        lease: LeaseId,
        /// What happened.
        reason: String,
    },
    /// The workload does not run.
    #[error("the workload at provider {} does not become ready: {summary}", .lease.provider())]
    NotReady {
        /// Of which lease.
        lease: LeaseId,
        /// Its last state.
        summary: String,
    },
    /// The lease ended before the workload ran.
    #[error("the lease with provider {} ended early (reason {})", .lease.provider(), .reason.0)]
    LeaseEnded {
        /// Which.
        lease: LeaseId,
        /// Why.
        reason: CloseReason,
    },
    /// The user wanted it to stop.
    #[error("cancelled")]
    Cancelled,
    /// Closing after a failure was refused: the deployment is still open and still costs.
    #[error("{after}; and deployment {id} could not be closed: {refusal}; close it by hand")]
    NotClosed {
        /// Which.
        id: DeploymentId,
        /// The chain's words.
        refusal: Refusal,
        /// Why it was to be closed.
        after: Box<Self>,
    },
}

fn explain(orders: &[(OrderId, Ranking)]) -> String {
    let mut text = String::new();
    for (order, ranking) in orders {
        text.push_str(&format!("; group {}: ", order.group.gseq));
        if ranking.rejected.is_empty() {
            text.push_str("nobody bid (raise the price, or ask for less or more common hardware)");
        }
        for (i, rejected) in ranking.rejected.iter().enumerate() {
            let sep = if i == 0 { "" } else { ", " };
            text.push_str(&format!(
                "{sep}{} {}",
                rejected.id.provider, rejected.reason
            ));
        }
    }
    text
}
