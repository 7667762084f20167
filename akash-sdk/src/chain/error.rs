use akash_market::id::Height;
use akash_market::time::Nanos;
use akash_sdl::num::Coin;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A refusal by the chain: an action was judged and not done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// Module whose code it is, such as `market`; `undefined` where the chain lost it.
    pub codespace: String,
    /// Number of the error in that codespace; never 0.
    pub code: u32,
    /// The chain's words.
    pub log: String,
    /// Whether it was refused before it entered a block, so that no fee was paid.
    pub before_block: bool,
}

impl Rejection {
    /// Whether it ran out of the work that it was allowed (cosmos-sdk `sdk` 11). In a block, its fee was paid and nothing
    /// of it was done, so that it may be made anew with [`SubmitOptions::min_gas`](super::SubmitOptions::min_gas).
    #[must_use]
    pub fn is_out_of_gas(&self) -> bool {
        self.codespace == "sdk" && self.code == 11
    }

    /// The fees of which one would have been enough, if too little was offered (cosmos-sdk `sdk` 13); none for all other
    /// refusals.
    #[must_use]
    pub fn required_fee(&self) -> Vec<Coin> {
        if self.codespace != "sdk" || self.code != 13 {
            return Vec::new();
        }
        let required = self.log.split_once("required: ").map(|(_, rest)| rest);
        let coins = required.and_then(|rest| rest.split([':', ' ']).next());
        let coins = coins.unwrap_or_default().split(',');
        coins.filter_map(|coin| coin.parse().ok()).collect()
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            codespace,
            code,
            log,
            ..
        } = self;
        write!(f, "{log} ({codespace} {code})")
    }
}

/// Why a chain did not answer as asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChainError {
    /// The chain judged the action and refused.
    #[error("the chain refused: {0}")]
    Rejected(Rejection),
    /// No answer, or none that could be used.
    #[error("no usable answer from {endpoint}: {reason}")]
    Unreachable {
        /// Who was asked.
        endpoint: String,
        /// What happened.
        reason: String,
    },
    /// A transaction was sent and no answer came: it may have happened. Ask with `resolve`, don't send anew.
    #[error(
        "transaction {id} was sent but its outcome is unknown: {reason}; ask for it before trying again"
    )]
    Unknown {
        /// The transaction.
        id: String,
        /// What happened.
        reason: String,
    },
    /// Another transaction of this account came in between.
    #[error("account sequence mismatch: the chain expects {expected}, {got} was signed")]
    SequenceMismatch {
        /// What the chain expects.
        expected: u64,
        /// What was signed.
        got: u64,
    },
    /// The state at this height isn't there.
    #[error("height {height} can't be read: {reason}")]
    HeightUnavailable {
        /// The height asked for.
        height: Height,
        /// Why.
        reason: String,
    },
    /// The answer was not understood.
    #[error("the answer could not be understood: {what}")]
    Malformed {
        /// What was wrong with it.
        what: String,
    },
    /// This chain has no such thing.
    #[error("this chain does not support {what}")]
    Unsupported {
        /// What was asked for.
        what: String,
    },
    /// Nothing came in time.
    #[error("no answer within {after:?}")]
    Timeout {
        /// How long was waited.
        after: Nanos,
    },
    /// The caller asked for something that can't be.
    #[error("{0}")]
    Usage(String),
    /// The fee would be more than is allowed; nothing was signed.
    #[error("the fee would be {fee}, above the cap {cap}")]
    FeeAboveCap {
        /// What would have to be paid.
        fee: Coin,
        /// The most that may be.
        cap: Coin,
    },
    /// Signing failed.
    #[error("signing failed: {0}")]
    Signer(String),
}

impl ChainError {
    /// Whether the same call may succeed if it is made again.
    #[must_use]
    pub const fn is_retryable(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::SequenceMismatch { .. }
                | Self::HeightUnavailable { .. }
                | Self::Timeout { .. }
        )
    }

    /// Whether the action may have happened although this is an error.
    #[must_use]
    pub const fn may_have_happened(&self) -> bool {
        matches!(self, Self::Unknown { .. })
    }

    /// Codespace and code, if the chain gave them.
    #[must_use]
    pub fn code(&self) -> Option<(&str, u32)> {
        match self {
            Self::Rejected(r) => Some((&r.codespace, r.code)),
            _ => None,
        }
    }

    /// Whether the chain answered with this codespace and code.
    #[must_use]
    pub fn is_code(&self, codespace: &str, code: u32) -> bool {
        self.code() == Some((codespace, code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rejection(codespace: &str, code: u32, log: &str) -> Rejection {
        Rejection {
            codespace: codespace.to_owned(),
            code,
            log: log.to_owned(),
            before_block: true,
        }
    }

    #[test]
    fn a_node_names_the_fee_that_it_takes() {
        let required = |log: &str| rejection("sdk", 13, log).required_fee();
        assert_eq!(
            required("insufficient fees; got: 1uakt required: 500uakt: insufficient fee"),
            [Coin::uakt(500)]
        );
        assert_eq!(
            required("insufficient fees; got:  required: 7uact,500uakt: insufficient fee"),
            [Coin::uact(7), Coin::uakt(500)]
        );
        for log in [
            "",
            "required: ",
            "required: lots: insufficient fee",
            "required: -5uakt",
        ] {
            assert_eq!(required(log), [], "{log}");
        }
        let other = rejection("market", 13, "required: 500uakt");
        assert_eq!(other.required_fee(), []);
        assert!(rejection("sdk", 11, "").is_out_of_gas());
        assert!(!rejection("market", 11, "").is_out_of_gas());
    }
}
