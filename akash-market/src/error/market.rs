//! Errors of node x/market.

use super::Code;
use akash_sdl::num::{Coin, Denom};

/// Errors of orders, bids and leases.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MarketError {
    /// 5: the provider lacks attributes or audits that the order asks for.
    #[error("attribute mismatch")]
    AttributeMismatch,
    /// 6.
    #[error("unknown bid")]
    UnknownBid,
    /// 7.
    #[error("unknown lease")]
    UnknownLease,
    /// 8.
    #[error("unknown lease for bid")]
    UnknownLeaseForBid,
    /// 9.
    #[error("unknown order for bid")]
    UnknownOrderForBid,
    /// 10.
    #[error("lease not active")]
    LeaseNotActive,
    /// 11.
    #[error("bid not active")]
    BidNotActive,
    /// 12.
    #[error("bid not open")]
    BidNotOpen,
    /// 13.
    #[error("bid: order not open")]
    OrderNotOpen,
    /// 15.
    #[error("invalid order: order not found")]
    OrderNotFound,
    /// 16.
    #[error("group not found")]
    GroupNotFound,
    /// 17.
    #[error("group not open")]
    GroupNotOpen,
    /// 18.
    #[error("invalid bid: bid not found")]
    BidNotFound,
    /// 19.
    #[error("invalid bid: zero price")]
    BidZeroPrice,
    /// 20.
    #[error("invalid lease: lease not found")]
    LeaseNotFound,
    /// 21: this provider has bid on this order before.
    #[error("invalid bid: bid exists from provider")]
    BidExists,
    /// 22: the price is invalid or above the order's.
    #[error("bid price is invalid")]
    BidInvalidPrice,
    /// 23.
    #[error("order active")]
    OrderActive,
    /// 24.
    #[error("order closed")]
    OrderClosed,
    /// 30.
    #[error("unknown provider")]
    UnknownProvider,
    /// 31: the bid sequence is not 0.
    #[error("invalid bid")]
    InvalidBid,
    /// 32: the offer or the provider's declared capabilities don't fit the order.
    #[error("capabilities mismatch")]
    CapabilitiesMismatch,
    /// 33.
    #[error("value \"{reason}\" range 10000..19999: invalid lease closed reason")]
    InvalidCloseReason {
        /// What was given.
        reason: i32,
    },
    /// 35.
    #[error("lease does not have reclamation configured")]
    NotReclaimable,
    /// 36.
    #[error("reclamation already in progress")]
    AlreadyReclaiming,
    /// 37.
    #[error("reclamation not started; call MsgLeaseStartReclaim first")]
    ReclamationNotStarted,
    /// 38.
    #[error("reclamation window has not elapsed")]
    ReclamationWindowNotElapsed,
    /// 39.
    #[error("reclamation window outside governance bounds")]
    ReclamationWindowInvalid,
    /// 40.
    #[error("order requires reclamation but bid does not offer it")]
    ReclamationRequired,
    /// 41.
    #[error("reclamation window shorter than order minimum")]
    ReclamationWindowTooShort,
    /// The code 28 is lost: bids can't be secured with this denom.
    #[error("deposit invalid: unsupported denom {denom}")]
    DepositDenom {
        /// The denom.
        denom: Denom,
    },
    /// The code 28 is lost: the deposit is below the minimum.
    #[error("deposit invalid: minimum:{minimum} received:{{{amount} [{sources}]}}")]
    DepositTooLow {
        /// The least that is taken.
        minimum: Box<Coin>,
        /// What was given.
        amount: Box<Coin>,
        /// From where, as the chain prints it.
        sources: Box<str>,
    },
    /// The code 28 is lost: balance and grants together hold less than the deposit.
    #[error("deposit invalid: insufficient balance")]
    DepositUncovered,
    /// 28: the deposit is no amount of coins; only without the quirk of panicking handlers.
    #[error("deposit invalid")]
    InvalidDeposit,
    /// The code 31 is lost.
    #[error("invalid bid: too many existing bids ({limit})")]
    TooManyBids {
        /// The parameter `order_max_bids`.
        limit: u32,
    },
    /// The code 23 is lost: the group has an order that is not closed.
    #[error("order active: create order: active order exists")]
    OrderPending,
}

impl MarketError {
    /// The chain's codespace and code.
    #[must_use]
    pub const fn code(&self) -> Code {
        let code = match self {
            Self::AttributeMismatch => 5,
            Self::UnknownBid => 6,
            Self::UnknownLease => 7,
            Self::UnknownLeaseForBid => 8,
            Self::UnknownOrderForBid => 9,
            Self::LeaseNotActive => 10,
            Self::BidNotActive => 11,
            Self::BidNotOpen => 12,
            Self::OrderNotOpen => 13,
            Self::OrderNotFound => 15,
            Self::GroupNotFound => 16,
            Self::GroupNotOpen => 17,
            Self::BidNotFound => 18,
            Self::BidZeroPrice => 19,
            Self::LeaseNotFound => 20,
            Self::BidExists => 21,
            Self::BidInvalidPrice => 22,
            Self::OrderActive => 23,
            Self::OrderClosed => 24,
            Self::InvalidDeposit => 28,
            Self::UnknownProvider => 30,
            Self::InvalidBid => 31,
            Self::CapabilitiesMismatch => 32,
            Self::InvalidCloseReason { .. } => 33,
            Self::NotReclaimable => 35,
            Self::AlreadyReclaiming => 36,
            Self::ReclamationNotStarted => 37,
            Self::ReclamationWindowNotElapsed => 38,
            Self::ReclamationWindowInvalid => 39,
            Self::ReclamationRequired => 40,
            Self::ReclamationWindowTooShort => 41,
            Self::DepositDenom { .. }
            | Self::DepositTooLow { .. }
            | Self::DepositUncovered
            | Self::TooManyBids { .. }
            | Self::OrderPending => return Code::LOST,
        };
        Code::new("market", code)
    }
}
