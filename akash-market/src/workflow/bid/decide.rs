//! The decision about one order.

use super::{BidPlan, Decline};
use crate::bid::ResourceOffer;
use crate::id::Height;
use crate::inventory::screening::Screener;
use crate::inventory::{Inventory, ReserveError};
use crate::matching::{BidPriceError, check_bid_price};
use crate::order::Order;
use crate::pricing::{PriceRequest, PricingStrategy};
use akash_sdl::num::DecCoin;

/// What a provider decides with; its state is no part of the machine's.
pub struct Desk<'a> {
    /// Its attributes, audits and wishes.
    pub screener: &'a Screener,
    /// Its capacity.
    pub inventory: &'a mut dyn Inventory,
    /// What it asks.
    pub pricing: &'a dyn PricingStrategy,
}

impl std::fmt::Debug for Desk<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").finish_non_exhaustive()
    }
}

/// What a bid says.
pub(super) struct Quote {
    pub(super) price: DecCoin,
    pub(super) offer: Vec<ResourceOffer>,
}

/// Screens, reserves and prices, in the reference's order. What was reserved is given back when it ends in no bid.
pub(super) fn quote(
    order: &Order,
    plan: &BidPlan,
    desk: &mut Desk<'_>,
    height: Height,
) -> Result<Quote, Box<Decline>> {
    let reasons = desk.screener.reasons(&order.spec);
    if let Some(first) = reasons.first() {
        return Err(Box::new(Decline::Screening {
            check: first.check(),
            reasons: reasons.iter().map(ToString::to_string).collect(),
        }));
    }
    if let Some(wanted) = order.reclamation_min_window
        && plan
            .reclamation_window
            .is_none_or(|offered| offered < wanted)
    {
        return Err(Box::new(Decline::Reclamation {
            wanted,
            offered: plan.reclamation_window,
        }));
    }
    let offer = reserve(order, desk)?;
    match price(order, &offer, desk, height) {
        Ok(price) => Ok(Quote { price, offer }),
        Err(decline) => {
            desk.inventory.release(&order.id);
            Err(decline)
        }
    }
}

/// Takes what the order needs, unless it is taken already.
pub(super) fn reserve(
    order: &Order,
    desk: &mut Desk<'_>,
) -> Result<Vec<ResourceOffer>, Box<Decline>> {
    if let Some(reservation) = desk.inventory.reservation(&order.id) {
        return Ok(reservation.offer());
    }
    let error: ReserveError = match desk.inventory.reserve(&order.id, &order.spec) {
        Ok(reservation) => return Ok(reservation.offer()),
        Err(error) => error,
    };
    let nodes = desk.inventory.explain(&order.spec);
    Err(Box::new(Decline::NoRoom {
        reason: error.to_string(),
        nodes: nodes.map_or_else(Vec::new, |shortage| {
            let nodes = shortage.nodes.into_iter();
            nodes.map(|n| (n.node, n.why.to_string())).collect()
        }),
    }))
}

fn price(
    order: &Order,
    offer: &[ResourceOffer],
    desk: &Desk<'_>,
    height: Height,
) -> Result<DecCoin, Box<Decline>> {
    let no_price = |error: crate::pricing::PricingError| {
        Box::new(Decline::NoPrice {
            reason: error.to_string(),
        })
    };
    let mut request = PriceRequest::new(order.id.owner(), &order.spec).with_allocated(offer);
    request.height = Some(height);
    let limit = request.max_price().map_err(no_price)?;
    let price = desk.pricing.price(&request).map_err(no_price)?;
    match check_bid_price(&limit, &price) {
        Ok(()) => Ok(price),
        Err(BidPriceError::TooHigh { .. }) => Err(Box::new(Decline::TooDear { price, limit })),
        Err(BidPriceError::OtherDenom { .. }) => {
            Err(Box::new(Decline::OtherDenom { price, limit }))
        }
    }
}
