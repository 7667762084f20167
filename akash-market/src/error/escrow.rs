//! Errors of node x/escrow.

use super::Code;

/// Errors of escrow accounts and payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum EscrowError {
    /// 1: the id is taken, also by a closed account.
    #[error("account exists")]
    AccountExists,
    /// 2.
    #[error("account closed")]
    AccountClosed,
    /// 3.
    #[error("account not found")]
    AccountNotFound,
    /// 4.
    #[error("account overdrawn")]
    AccountOverdrawn,
    /// 5: the account has no funds in the denom of the rate.
    #[error("invalid denomination")]
    InvalidDenomination,
    /// 6.
    #[error("payment exists")]
    PaymentExists,
    /// 7: the payment is closed or overdrawn.
    #[error("payment closed")]
    PaymentClosed,
    /// 8.
    #[error("payment not found")]
    PaymentNotFound,
    /// 9.
    #[error("payment rate zero")]
    PaymentRateZero,
    /// 16: the deposit is zero or no amount of coins.
    #[error("invalid deposit")]
    InvalidDeposit,
    /// 17: the scopes of a grant are empty or doubled.
    #[error("invalid authz scope")]
    InvalidAuthzScope,
}

impl EscrowError {
    /// The chain's codespace and code.
    #[must_use]
    pub const fn code(self) -> Code {
        let code = match self {
            Self::AccountExists => 1,
            Self::AccountClosed => 2,
            Self::AccountNotFound => 3,
            Self::AccountOverdrawn => 4,
            Self::InvalidDenomination => 5,
            Self::PaymentExists => 6,
            Self::PaymentClosed => 7,
            Self::PaymentNotFound => 8,
            Self::PaymentRateZero => 9,
            Self::InvalidDeposit => 16,
            Self::InvalidAuthzScope => 17,
        };
        Code::new("escrow", code)
    }
}
