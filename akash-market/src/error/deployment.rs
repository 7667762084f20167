//! Errors of node x/deployment.

use super::Code;
use crate::matching::GroupError;
use akash_sdl::num::{Coin, Denom, Int};

/// Errors of deployments and groups.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DeploymentError {
    /// 3: the id is taken, also by a closed deployment.
    #[error("Deployment exists")]
    Exists,
    /// 4.
    #[error("Deployment not found")]
    NotFound,
    /// 5.
    #[error("Deployment closed")]
    Closed,
    /// 7: there is no group.
    #[error("Invalid groups")]
    InvalidGroups,
    /// 7: the groups don't go together; the chain wraps the reason.
    #[error("{reason}: Invalid groups")]
    GroupsRefused {
        /// Why.
        reason: Box<str>,
    },
    /// 9.
    #[error("Invalid: empty hash")]
    EmptyHash,
    /// 10: the hash has not 32 bytes, or is the one it should replace.
    #[error("Invalid: deployment hash")]
    InvalidHash,
    /// 14.
    #[error("Group not found")]
    GroupNotFound,
    /// 15.
    #[error("Group already closed")]
    GroupClosed,
    /// 16.
    #[error("Group open")]
    GroupOpen,
    /// 17.
    #[error("Group paused")]
    GroupPaused,
    /// 20: the deposit's denom is not the expected one.
    #[error("Mismatched denominations ({found} != {expected}): Deposit invalid")]
    DepositDenom {
        /// The denom of the deposit, or of the other side.
        found: Denom,
        /// What it should have been.
        expected: Denom,
    },
    /// 20: the deposit is below the minimum.
    #[error("Deposit too low - {amount} < {minimum}: Deposit invalid")]
    DepositTooLow {
        /// What was given.
        amount: Box<Int>,
        /// The least that is taken.
        minimum: Box<Coin>,
    },
    /// 20: the deposit is in `uakt`, which can only be added later.
    #[error("Deposit invalid")]
    InvalidDeposit,
    /// 24: a group is priced in another denom than `uact`, or the groups in different ones.
    #[error("{context}: invalid price")]
    InvalidPrice {
        /// Which one.
        context: Box<str>,
    },
    /// 25.
    #[error("duplicate deployment group name {name}: duplicate group name")]
    DuplicateGroupName {
        /// The name.
        name: String,
    },
    /// 26.
    #[error("{context}: invalid reclamation configuration")]
    InvalidReclamation {
        /// What is wrong.
        context: Box<str>,
    },
    /// The code 20 is lost: deployments can't be funded with this denom.
    #[error("Deposit invalid: Invalid deposit denomination {denom}")]
    UnsupportedDepositDenom {
        /// The denom.
        denom: Denom,
    },
    /// The code is lost: a group breaks a rule (chain-sdk deployment/v1beta4).
    #[error("{reason}")]
    InvalidGroup {
        /// Which rule.
        reason: Box<str>,
    },
}

impl DeploymentError {
    /// The same as the handler of a new deployment answers: what is wrong among its groups loses its own code.
    pub(crate) fn in_groups(error: GroupError) -> Self {
        Self::GroupsRefused {
            reason: Self::from(error).to_string().into(),
        }
    }

    /// The chain's codespace and code.
    #[must_use]
    pub const fn code(&self) -> Code {
        let code = match self {
            Self::Exists => 3,
            Self::NotFound => 4,
            Self::Closed => 5,
            Self::InvalidGroups | Self::GroupsRefused { .. } => 7,
            Self::EmptyHash => 9,
            Self::InvalidHash => 10,
            Self::GroupNotFound => 14,
            Self::GroupClosed => 15,
            Self::GroupOpen => 16,
            Self::GroupPaused => 17,
            Self::DepositDenom { .. } | Self::DepositTooLow { .. } | Self::InvalidDeposit => 20,
            Self::InvalidPrice { .. } => 24,
            Self::DuplicateGroupName { .. } => 25,
            Self::InvalidReclamation { .. } => 26,
            Self::UnsupportedDepositDenom { .. } | Self::InvalidGroup { .. } => return Code::LOST,
        };
        Code::new("deployment", code)
    }
}
