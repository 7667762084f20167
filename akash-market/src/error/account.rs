//! Errors of the layers under the market's modules: cosmos-sdk's common rules and its bank.

use super::Code;
use crate::address::Address;
use crate::time::Timestamp;
use akash_sdl::num::{Coin, Denom};

/// Errors of cosmos-sdk's common rules, of governance and of chain-sdk's base types.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SdkError {
    /// `sdk` 3: a sequence number of an id is 0.
    #[error("{context}: invalid sequence")]
    InvalidSequence {
        /// Which one.
        context: Box<str>,
    },
    /// `sdk` 4.
    #[error("{context}: unauthorized")]
    Unauthorized {
        /// Who and what.
        context: Box<str>,
    },
    /// `sdk` 5.
    #[error("{context}: insufficient funds")]
    InsufficientFunds {
        /// What there is and what was needed.
        context: Box<str>,
    },
    /// `sdk` 7.
    #[error("{context}: invalid address")]
    InvalidAddress {
        /// Which one.
        context: Box<str>,
    },
    /// `undefined` 1: a text that should be an address is none.
    #[error("{reason}")]
    MalformedAddress {
        /// What is wrong with it, in the node's words.
        reason: Box<str>,
    },
    /// `sdk` 10.
    #[error("{context}: invalid coins")]
    InvalidCoins {
        /// Which ones.
        context: Box<str>,
    },
    /// `sdk` 18.
    #[error("{context}: invalid request")]
    InvalidRequest {
        /// What is wrong with it.
        context: Box<str>,
    },
    /// `sdk` 36: parts of an id exclude each other.
    #[error("{context}: conflict")]
    Conflict {
        /// Which.
        context: Box<str>,
    },
    /// `gov` 13: only governance may do this.
    #[error(
        "invalid authority; expected {expected}, got {got}: expected gov account as only signer for proposal message"
    )]
    NotGovernance {
        /// The governance account.
        expected: Address,
        /// Who tried.
        got: Address,
    },
    /// `akash` 1.
    #[error("attributes cannot have duplicate keys")]
    DuplicateAttributes,
    /// `akash` 2.
    #[error("attribute key does not match regexp")]
    InvalidAttributeKey,
    /// `akash` 4.
    #[error("{context}: invalid deposit source")]
    InvalidDepositSource {
        /// What is wrong with the sources.
        context: Box<str>,
    },
    /// `authz` 2: there is no such grant.
    #[error("{context}: authorization not found")]
    AuthorizationNotFound {
        /// Which one.
        context: Box<str>,
    },
    /// `authz` 3.
    #[error(
        "expiration must be after the current block time ({now}), got {end}: expiration time of authorization should be more than current time"
    )]
    AuthorizationExpired {
        /// Time of the block.
        now: Timestamp,
        /// When it was to end.
        end: Timestamp,
    },
    /// `authz` 7.
    #[error("grantee and granter should be different")]
    GranteeIsGranter,
}

impl SdkError {
    /// The chain's codespace and code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::InvalidSequence { .. } => Code::new("sdk", 3),
            Self::Unauthorized { .. } => Code::new("sdk", 4),
            Self::InsufficientFunds { .. } => Code::new("sdk", 5),
            Self::InvalidAddress { .. } => Code::new("sdk", 7),
            Self::MalformedAddress { .. } => Code::LOST,
            Self::InvalidCoins { .. } => Code::new("sdk", 10),
            Self::InvalidRequest { .. } => Code::new("sdk", 18),
            Self::Conflict { .. } => Code::new("sdk", 36),
            Self::NotGovernance { .. } => Code::new("gov", 13),
            Self::DuplicateAttributes => Code::new("akash", 1),
            Self::InvalidAttributeKey => Code::new("akash", 2),
            Self::InvalidDepositSource { .. } => Code::new("akash", 4),
            Self::AuthorizationNotFound { .. } => Code::new("authz", 2),
            Self::AuthorizationExpired { .. } => Code::new("authz", 3),
            Self::GranteeIsGranter => Code::new("authz", 7),
        }
    }
}

/// Errors of the bank.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BankError {
    /// `sdk` 5: the account holds less than it should pay.
    #[error("spendable balance {spendable} is smaller than {needed}: insufficient funds")]
    InsufficientFunds {
        /// What it holds.
        spendable: Box<Coin>,
        /// What it should pay.
        needed: Box<Coin>,
    },
    /// `bank` 5: coins of this denom can't be sent between accounts.
    #[error("{denom} transfers are currently disabled: send transactions are disabled")]
    SendDisabled {
        /// The denom.
        denom: Denom,
    },
    /// `sdk` 4: the receiver is a module that takes no transfers.
    #[error("{address} is not allowed to receive funds: unauthorized")]
    BlockedAddress {
        /// The receiver.
        address: Address,
    },
}

impl BankError {
    /// The chain's codespace and code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::InsufficientFunds { .. } => Code::new("sdk", 5),
            Self::SendDisabled { .. } => Code::new("bank", 5),
            Self::BlockedAddress { .. } => Code::new("sdk", 4),
        }
    }
}
