//! Places where the chain's handlers panic.

use crate::escrow::PaymentId;
use akash_sdl::num::{Denom, NumError};

/// What a handler of the chain panics about. The transaction fails with `undefined` 111222 and pays its fee.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Panic {
    /// A bid is priced in another denom than its order.
    #[error("invalid coin denominations; {left}, {right}")]
    CoinDenoms {
        /// The order's.
        left: Denom,
        /// The bid's.
        right: Denom,
    },
    /// Two payments of one account have different denoms, or not that of its first fund.
    #[error("coin denom different: {left} {right}")]
    DecCoinDenoms {
        /// The first fund's.
        left: Denom,
        /// The payment's.
        right: Denom,
    },
    /// An offer names a resource unit twice.
    #[error("runtime error: invalid memory address or nil pointer dereference")]
    NilDereference,
    /// An amount does not fit 64 bits.
    #[error("Int64() out of bound")]
    Int64OutOfBound,
    /// An account without any funds is settled.
    #[error("runtime error: index out of range [0] with length 0")]
    IndexOutOfRange,
    /// A payment is withdrawn in a block in which its account was settled before.
    #[error("couldn't find payment aid:<scope:deployment xid:\"{}\" > xid:\"{}\"", id.0.deployment(), xid(id))]
    PaymentNotFound {
        /// Which one.
        id: Box<PaymentId>,
    },
    /// A result leaves its range.
    #[error("{0}")]
    Arithmetic(Box<NumError>),
}

fn xid(id: &PaymentId) -> String {
    let order = id.0.order();
    format!("{}/{}/{}", order.group.gseq, order.oseq, id.0.provider())
}
