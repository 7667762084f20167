//! The price of an order and the price of a bid.

use crate::error::{Code, Error, MarketError, Panic};
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{Dec, DecCoin, Denom, Int, NumError};

/// Why a group has no price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PriceError {
    /// The group has no resource units.
    #[error("group {group:?} has no resource units and so no price: give it at least one")]
    Empty {
        /// Name of the group.
        group: String,
    },
    /// Units are priced in different denoms, or the sum leaves the range.
    #[error("the price of group {group:?} can't be summed up: {source}")]
    Sum {
        /// Name of the group.
        group: String,
        /// What went wrong.
        source: NumError,
    },
}

/// The most a tenant pays for a whole group and block: Σ unit price × count, exact.
///
/// # Errors
/// When there is no unit, two denoms, or the sum leaves the decimal range; the chain refuses such a group earlier.
///
/// ```
/// # use akash_sdl::group::{GroupSpec, ResourceUnit};
/// # use akash_sdl::resource::Resources;
/// # let unit = ResourceUnit { resources: Resources::default(), count: 3, price: "1.5uact".parse()? };
/// # let group = GroupSpec { name: "g".into(), requirements: Default::default(), resources: vec![unit] };
/// use akash_market::matching::order_price;
/// assert_eq!(order_price(&group)?, "4.5uact".parse()?); // one unit of three replicas at 1.5
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn order_price(group: &GroupSpec) -> Result<DecCoin, PriceError> {
    let sum = |source| PriceError::Sum {
        group: group.name.clone(),
        source,
    };
    let mut total: Option<DecCoin> = None;
    for unit in &group.resources {
        let amount = unit
            .price
            .amount()
            .mul_int(Int::from(unit.count))
            .map_err(sum)?;
        let full = DecCoin::new(unit.price.denom().clone(), amount).map_err(sum)?;
        total = Some(match total {
            None => full,
            Some(total) => total.add(&full).map_err(sum)?,
        });
    }
    total.ok_or_else(|| PriceError::Empty {
        group: group.name.clone(),
    })
}

/// Why a bid's price is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BidPriceError {
    /// Above what the order pays.
    #[error(
        "the bid's price {bid} {denom} is above the order's maximum {order} {denom}: bid at most that"
    )]
    TooHigh {
        /// The bid's price.
        bid: Dec,
        /// The order's maximum.
        order: Dec,
        /// Denom of both.
        denom: Denom,
    },
    /// In another denom than the order. The chain's handler crashes on it.
    #[error("the bid is priced in {bid}, the order in {order}: bid in the order's denom")]
    OtherDenom {
        /// The bid's denom.
        bid: Denom,
        /// The order's denom.
        order: Denom,
    },
}

impl BidPriceError {
    /// Codespace and code of the chain's answer.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::TooHigh { .. } => Code::new("market", 22),
            Self::OtherDenom { .. } => Code::PANIC,
        }
    }

    /// The refusal that the rules intend: a crash becomes an ordinary one, market 22.
    #[must_use]
    pub const fn intended(&self) -> MarketError {
        MarketError::BidInvalidPrice
    }
}

/// The chain's answer; see [`BidPriceError::intended`] for the other.
impl From<BidPriceError> for Error {
    fn from(error: BidPriceError) -> Self {
        match error {
            BidPriceError::TooHigh { .. } => Self::Market(error.intended()),
            BidPriceError::OtherDenom { bid, order } => Self::Panic(Panic::CoinDenoms {
                left: order,
                right: bid,
            }),
        }
    }
}

/// Checks a bid's price against the order's as the bid handler does: same denom, at most equal. Zero passes here; the
/// stateless check before it refuses zero with market 19.
///
/// # Errors
/// Why the price is refused.
pub fn check_bid_price(order: &DecCoin, bid: &DecCoin) -> Result<(), BidPriceError> {
    if order.denom() != bid.denom() {
        return Err(BidPriceError::OtherDenom {
            bid: bid.denom().clone(),
            order: order.denom().clone(),
        });
    }
    if order.amount() < bid.amount() {
        return Err(BidPriceError::TooHigh {
            bid: bid.amount(),
            order: order.amount(),
            denom: bid.denom().clone(),
        });
    }
    Ok(())
}
