//! Bids: placing and withdrawing them.

use super::super::folio::{Holder, OrderPage};
use super::super::{Ledger, Quirk};
use crate::bid::{Bid, BidState, ResourceOffer};
use crate::change::Change;
use crate::error::{Error, MarketError};
use crate::escrow::{AccountId, Deposit, DepositSource};
use crate::grant::GrantScope;
use crate::id::BidId;
use crate::lease::{CloseReason, LeaseState};
use crate::matching;
use crate::order::{Order, OrderState};
use crate::provider::Provider;
use crate::time::Nanos;
use akash_sdl::num::DecCoin;
use std::sync::Arc;

impl Ledger {
    pub(in super::super) fn create_bid(
        &mut self,
        id: &BidId,
        price: &DecCoin,
        deposit: &Deposit,
        offer: &Arc<[ResourceOffer]>,
        window: Option<Nanos>,
    ) -> Result<(), Error> {
        self.check_bid_deposit(deposit)?;
        let found = self.state.folios.find_order(&id.order);
        self.check_bid_count(found.map(|(_, page)| page))?;
        if id.bseq.0 != 0 {
            return Err(MarketError::InvalidBid.into());
        }
        let found = found.and_then(|(place, page)| Some((place, page, page.order.as_ref()?)));
        let Some((place, page, order)) = found else {
            return Err(MarketError::OrderNotFound.into());
        };
        match order.state {
            OrderState::Open => {}
            OrderState::Active => return Err(MarketError::OrderActive.into()),
            OrderState::Closed => return Err(MarketError::OrderClosed.into()),
        }
        self.check_price(order, price)?;
        self.check_offer(order, offer)?;
        let provider = self.check_provider(id, order)?;
        // What is stored shares the addresses of what is stored already.
        let kept = order.id.bid(provider.owner.clone());
        let asked = order.reclamation_min_window;
        let known = page.bid_at(&id.provider, id.bseq).ok();
        let known = known.and_then(|at| page.bids.get(at)?.bid.as_ref());
        let exists = known.is_some();
        let drawn = self.draw(
            &id.provider,
            GrantScope::Bid,
            deposit,
            MarketError::InvalidDeposit,
        )?;
        self.check_window(asked, window)?;
        if exists {
            return Err(MarketError::BidExists.into());
        }
        let bid = Bid {
            id: kept.clone(),
            state: BidState::Open,
            price: price.clone(),
            created_at: self.block.height,
            resources_offer: Arc::clone(offer),
            reclamation_window: window,
        };
        let holder = Holder::Bid(self.state.folios.put_bid(place, bid));
        self.changes.push(Change::BidCreated {
            id: kept.clone(),
            price: price.clone(),
        });
        let owner = kept.provider.clone();
        self.account_create(holder, AccountId::Bid(kept), owner, drawn)
    }

    fn check_bid_deposit(&self, deposit: &Deposit) -> Result<(), Error> {
        let amount = &deposit.amount;
        let minimums = &self.params().market.bid_min_deposits;
        let Some(minimum) = minimums
            .iter()
            .find(|m| m.denom() == amount.denom() && !m.is_zero())
        else {
            return Err(MarketError::DepositDenom {
                denom: amount.denom().clone(),
            }
            .into());
        };
        if amount.amount() < minimum.amount() {
            let sources: Vec<&str> = deposit
                .sources
                .iter()
                .map(|source| match source {
                    DepositSource::Balance => "balance",
                    DepositSource::Grant => "grant",
                })
                .collect();
            return Err(MarketError::DepositTooLow {
                minimum: Box::new(minimum.clone()),
                amount: Box::new(amount.clone()),
                sources: sources.join(" ").into(),
            }
            .into());
        }
        Ok(())
    }

    fn check_bid_count(&self, page: Option<&OrderPage>) -> Result<(), Error> {
        let limit = self.params().market.order_max_bids;
        let count = |state| page.map_or(0, |page| page.count(state));
        let taken = count(BidState::Open).saturating_add(count(BidState::Active));
        let full = if self.rules.has(Quirk::BidLimitOffByOne) {
            taken.saturating_add(count(BidState::Closed)) > limit
        } else {
            taken >= limit
        };
        if full {
            return Err(MarketError::TooManyBids { limit }.into());
        }
        Ok(())
    }

    fn check_price(&self, order: &Order, price: &DecCoin) -> Result<(), Error> {
        let limit = matching::order_price(&order.spec).map_err(|_| MarketError::BidInvalidPrice)?;
        matching::check_bid_price(&limit, price).map_err(|e| self.refusal(e.intended(), e))
    }

    fn check_offer(&self, order: &Order, offer: &[ResourceOffer]) -> Result<(), Error> {
        match matching::offer_fits(&order.spec, offer) {
            Ok(true) => Ok(()),
            Ok(false) => Err(MarketError::CapabilitiesMismatch.into()),
            Err(e) => Err(self.refusal(e.intended(), e)),
        }
    }

    /// Which of two answers to an input that makes the chain's handler panic.
    fn refusal(&self, intended: MarketError, chain: impl Into<Error>) -> Error {
        if self.rules.has(Quirk::HandlerPanics) {
            chain.into()
        } else {
            intended.into()
        }
    }

    fn check_provider(&self, id: &BidId, order: &Order) -> Result<&Provider, Error> {
        let Some(provider) = self.provider(&id.provider) else {
            return Err(MarketError::UnknownProvider.into());
        };
        let own = &provider.attributes;
        let requirements = &order.spec.requirements;
        let meets = if requirements.signed_by.is_empty() {
            matching::meets_requirements(requirements, own, &[])
        } else {
            let audits: Vec<_> = self.audits_of(&id.provider).cloned().collect();
            matching::meets_requirements(requirements, own, &audits)
        };
        if !meets {
            return Err(MarketError::AttributeMismatch.into());
        }
        if !matching::meets_capabilities(&order.spec, own) {
            return Err(MarketError::CapabilitiesMismatch.into());
        }
        Ok(provider)
    }

    fn check_window(&self, asked: Option<Nanos>, offered: Option<Nanos>) -> Result<(), Error> {
        let params = &self.params().market;
        let bounds = params.min_reclamation_window..=params.max_reclamation_window;
        let error = match (asked, offered) {
            (Some(_), None) => MarketError::ReclamationRequired,
            (Some(asked), Some(offered)) if offered < asked => {
                MarketError::ReclamationWindowTooShort
            }
            (_, Some(offered)) if !bounds.contains(&offered) => {
                MarketError::ReclamationWindowInvalid
            }
            _ => return Ok(()),
        };
        Err(error.into())
    }

    pub(in super::super) fn close_bid(
        &mut self,
        id: &BidId,
        reason: CloseReason,
    ) -> Result<(), Error> {
        let found = self.state.folios.find_bid(id);
        let found = found.and_then(|(place, page)| Some((place, page, page.bid.as_ref()?)));
        let Some((place, page, bid)) = found else {
            return Err(MarketError::UnknownBid.into());
        };
        let order = self.state.folios.order_at(place.order);
        if order.and_then(|page| page.order.as_ref()).is_none() {
            return Err(MarketError::UnknownOrderForBid.into());
        }
        if bid.state == BidState::Open {
            return self.end_bid(place);
        }
        let Some(lease) = &page.lease else {
            return Err(MarketError::UnknownLeaseForBid.into());
        };
        match (lease.state, &lease.reclamation) {
            (LeaseState::Active, Some(_)) => {
                return Err(MarketError::ReclamationNotStarted.into());
            }
            (LeaseState::Reclaiming, Some(notice))
                if self.block.time.unix_secs() < notice.deadline =>
            {
                return Err(MarketError::ReclamationWindowNotElapsed.into());
            }
            (LeaseState::Active | LeaseState::Reclaiming, _) => {}
            (LeaseState::Closed | LeaseState::InsufficientFunds, _) => {
                return Err(MarketError::LeaseNotActive.into());
            }
        }
        if bid.state != BidState::Active {
            return Err(MarketError::BidNotActive.into());
        }
        self.set_paused(place.order.group);
        self.end_lease(place, LeaseState::Closed, reason);
        self.end_bid(place)?;
        self.end_order(place.order);
        self.close_payment_of(place)
    }
}
