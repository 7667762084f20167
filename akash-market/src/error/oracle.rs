//! Errors of node x/oracle (v2).

use super::Code;

/// Errors of the price oracle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum OracleError {
    /// 4: there is no price, or it is not healthy.
    #[error("price stalled")]
    PriceStalled,
    /// 4 as well: the price was never evaluated. The text is the chain's.
    #[error(
        "collections: not found: key 'akt/usd' of type \
         github.com/cosmos/gogoproto/akash.oracle.v2.PriceHealth: price stalled"
    )]
    PriceUnknown,
}

impl OracleError {
    /// The chain's codespace and code.
    #[must_use]
    pub const fn code(self) -> Code {
        match self {
            Self::PriceStalled | Self::PriceUnknown => Code::new("oracle.v2", 4),
        }
    }
}
