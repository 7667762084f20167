//! The one error of the module.

use super::Denom;

/// Why a number, a denom or a coin could not be read or computed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NumError {
    /// The text is not a number, denom or coin of the wanted kind, or names one out of range.
    #[error("{text:?} is not a valid {expected}: {reason}")]
    Invalid {
        /// What was wanted, e.g. "decimal".
        expected: &'static str,
        /// The text given; a very long one is cut and ends in `…`.
        text: Box<str>,
        /// What would be right.
        reason: &'static str,
    },
    /// The result lies outside the range of its type; on the chain the transaction fails.
    #[error("the result of {op} is out of range: {limit}")]
    Overflow {
        /// The operation, e.g. "mul".
        op: &'static str,
        /// The range it had to stay in.
        limit: &'static str,
    },
    /// The divisor is zero.
    #[error("{op} by zero: the divisor must not be zero")]
    DivisionByZero {
        /// The operation, e.g. "quo".
        op: &'static str,
    },
    /// The value does not fit the wanted integer type, or a root left the decimal range.
    #[error("the value of {op} does not fit: {limit}")]
    OutOfBound {
        /// The operation, e.g. "to_u64".
        op: &'static str,
        /// The range it had to stay in.
        limit: &'static str,
    },
    /// Two amounts of different denoms were combined.
    #[error("cannot combine {left} with {right}: both amounts must have the same denom")]
    DenomMismatch {
        /// The denom on the left side.
        left: Denom,
        /// The denom on the right side.
        right: Denom,
    },
    /// A coin would become negative; coins hold zero or more.
    #[error("the amount of {denom} would become negative: a coin holds zero or more")]
    Negative {
        /// The denom of that coin.
        denom: Denom,
    },
    /// The same denom stands twice in a set of coins.
    #[error("the denom {denom} appears more than once: give each denom one amount")]
    DuplicateDenom {
        /// The denom given twice.
        denom: Denom,
    },
    /// The two denoms are not units of one currency.
    #[error("{from} cannot be converted to {to}: no fixed ratio joins them")]
    NotConvertible {
        /// The denom given.
        from: Denom,
        /// The denom wanted.
        to: Denom,
    },
    /// The conversion would drop digits.
    #[error("the amount of {from} is not exact in {to}: it has too many decimals")]
    Inexact {
        /// The denom given.
        from: Denom,
        /// The denom wanted.
        to: Denom,
    },
}

/// Longest text an error repeats, in bytes.
const TEXT_LIMIT: usize = 100;

impl NumError {
    #[cold]
    pub(super) fn invalid(expected: &'static str, text: &str, reason: &'static str) -> Self {
        let text = match text.char_indices().find(|(at, _)| *at >= TEXT_LIMIT) {
            Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()).into(),
            None => text.into(),
        };
        Self::Invalid {
            expected,
            text,
            reason,
        }
    }

    #[cold]
    pub(super) const fn dec_overflow(op: &'static str) -> Self {
        Self::Overflow {
            op,
            limit: "a decimal is below 2^256 in magnitude",
        }
    }

    #[cold]
    pub(super) const fn int_overflow(op: &'static str) -> Self {
        Self::Overflow {
            op,
            limit: "an integer is below 2^256 in magnitude",
        }
    }
}
