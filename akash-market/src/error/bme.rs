//! Errors of node x/bme.

use super::Code;
use crate::bme::ConversionError;
use akash_sdl::num::Dec;

/// Errors of the burn-mint equilibrium.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BmeError {
    /// 3: a request may only pay its owner.
    #[error("owner and to addresses must match: unauthorized")]
    OwnerIsNotReceiver,
    /// 6: the status forbids this direction.
    #[error("circuit breaker is active")]
    CircuitBreakerActive,
    /// 8.
    #[error("{context}: invalid amount")]
    InvalidAmount {
        /// What is wrong with it.
        context: &'static str,
    },
    /// 9.
    #[error("{context}: invalid denomination")]
    InvalidDenom {
        /// What was expected.
        context: Box<str>,
    },
    /// 10.
    #[error("{context}: invalid address")]
    InvalidAddress {
        /// Which one, and why.
        context: Box<str>,
    },
    /// 12: without prices there is no collateral ratio.
    #[error("oracle prices must be non-zero (AKT={akt}, ACT={act}): oracle price is zero")]
    ZeroPrices {
        /// Price of AKT.
        akt: Dec,
        /// Price of ACT.
        act: Dec,
    },
    /// 12, 16 or 17: the conversion is not possible; a panic if a number left its range.
    #[error(transparent)]
    Conversion(#[from] ConversionError),
}

impl BmeError {
    /// The chain's codespace and code.
    #[must_use]
    pub const fn code(&self) -> Code {
        let code = match self {
            Self::OwnerIsNotReceiver => 3,
            Self::CircuitBreakerActive => 6,
            Self::InvalidAmount { .. } => 8,
            Self::InvalidDenom { .. } => 9,
            Self::InvalidAddress { .. } => 10,
            Self::ZeroPrices { .. } | Self::Conversion(ConversionError::ZeroPrice) => 12,
            Self::Conversion(ConversionError::Epsilon { .. }) => 16,
            Self::Conversion(ConversionError::MinimumMint { .. }) => 17,
            Self::Conversion(ConversionError::Number(_)) => return Code::PANIC,
        };
        Code::new("bme", code)
    }
}
