//! Ways around the chain's faults.

use crate::escrow::AccountId;
use crate::id::{BidId, DeploymentId, Dseq, LeaseId};
use crate::time::Timestamp;
use akash_sdl::num::DecCoin;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What to do instead, or besides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "advice", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Advice {
    /// Withdraw what these leases have earned, in an earlier block. For a tenant: make all leases of a deployment in
    /// one batch.
    WithdrawFirst {
        /// The leases that lose what they have earned.
        leases: Vec<LeaseId>,
    },
    /// These bids stay open with their deposits: their providers have to close them.
    CloseBids {
        /// The bids.
        bids: Vec<BidId>,
    },
    /// This deployment was, or will be, settled before in the same block: send the action in another one.
    AnotherBlock {
        /// The deployment; none if no single one can be named.
        deployment: Option<DeploymentId>,
    },
    /// The number is a decimal prefix of another one of the owner's, or has one as prefix: take another.
    ChooseDseq {
        /// The owner's open deployments it collides with.
        collides: Vec<Dseq>,
        /// The next number that collides with none.
        free: Dseq,
    },
    /// These deployments of one owner are settled together: end one of them before the other is settled.
    KeepApart {
        /// The deployments.
        deployments: Vec<DeploymentId>,
    },
    /// Agree on a whole number of units a block, and withdraw seldom: each settlement drops the fraction.
    WholeRate {
        /// The rates with fractions.
        rates: Vec<DecCoin>,
    },
    /// The limit of bids is not kept to: a bid too many may pass, and closed ones may count.
    LimitIsLoose {
        /// The parameter `order_max_bids`.
        limit: u32,
    },
    /// The deployment is closed and no lease can follow: open a new one.
    NewDeployment {
        /// The closed one.
        closed: DeploymentId,
    },
    /// The chain's handler aborts on this input: mend it before sending.
    MendInput,
    /// While minting is halted AKT pays a debt once, and then nothing settles until somebody deposits uact here.
    DepositAct {
        /// The account; none if no single one can be named.
        account: Option<AccountId>,
    },
    /// The chain deletes a deposit grant when an earlier one between the same two was to end: grant again afterwards.
    GrantAgain {
        /// When the grant is deleted; none if that is past.
        after: Option<Timestamp>,
    },
    /// A grant that paid for a deposit ends in this very block, in which the deposit can't be returned: send the action in
    /// a later one.
    AfterGrant,
}

fn list<T: fmt::Display>(items: &[T]) -> String {
    let texts: Vec<String> = items.iter().map(ToString::to_string).collect();
    texts.join(", ")
}

impl fmt::Display for Advice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WithdrawFirst { leases } => write!(
                f,
                "withdraw first, in an earlier block, or make all leases of the deployment in one batch: {} would lose \
                 what was earned since the last settlement",
                list(leases)
            ),
            Self::CloseBids { bids } => write!(
                f,
                "their providers must close these bids themselves to get the deposits back: {}",
                list(bids)
            ),
            Self::AnotherBlock { deployment } => match deployment {
                Some(id) => write!(
                    f,
                    "settle deployment {id} only once in a block: send this in another one"
                ),
                None => f.write_str(
                    "settle a deployment only once in a block: send this in another one",
                ),
            },
            Self::ChooseDseq { collides, free } => write!(
                f,
                "choose another dseq, such as {free}: this one and {} would be settled together",
                list(collides)
            ),
            Self::KeepApart { deployments } => write!(
                f,
                "end one of these deployments, which are settled together: {}",
                list(deployments)
            ),
            Self::WholeRate { rates } => write!(
                f,
                "agree on a whole rate: each settlement drops the fraction of {}",
                list(rates)
            ),
            Self::LimitIsLoose { limit } => write!(
                f,
                "don't count on the limit of {limit} bids: one more passes, and closed ones count"
            ),
            Self::NewDeployment { closed } => {
                write!(
                    f,
                    "open a new deployment: {closed} is closed and no lease can follow"
                )
            }
            Self::MendInput => f.write_str("mend the input: the chain's handler aborts on it"),
            Self::DepositAct { account } => match account {
                Some(id) => write!(
                    f,
                    "deposit uact to {id}: after AKT has paid a debt nothing settles there"
                ),
                None => f.write_str("deposit uact: after AKT has paid a debt nothing settles"),
            },
            Self::GrantAgain { after } => match after {
                Some(end) => write!(
                    f,
                    "grant again after {end}, when an earlier grant was to end: the chain deletes this one then"
                ),
                None => f.write_str(
                    "grant again: the chain deleted the grant when an earlier one was to end",
                ),
            },
            Self::AfterGrant => f.write_str(
                "send this in a later block: a grant that paid for a deposit ends in this one, and can't take it back",
            ),
        }
    }
}
