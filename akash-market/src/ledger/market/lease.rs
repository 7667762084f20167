//! Leases: making, paying and ending them.

use super::super::folio::{Holder, OrderPlace};
use super::super::{Ledger, Quirk};
use crate::bid::BidState;
use crate::change::Change;
use crate::deployment::GroupState;
use crate::error::{Error, MarketError};
use crate::escrow::PaymentId;
use crate::id::{BidId, Height, LeaseId};
use crate::lease::{CloseReason, Lease, LeaseState, Reclamation};
use crate::order::OrderState;

impl Ledger {
    pub(in super::super) fn create_lease(&mut self, id: &BidId) -> Result<(), Error> {
        let folios = &self.state.folios;
        let found = folios.find_bid(id);
        let found = found.and_then(|(place, page)| Some((place, page.bid.as_ref()?)));
        let Some((place, bid)) = found else {
            return Err(MarketError::BidNotFound.into());
        };
        if bid.state != BidState::Open {
            return Err(MarketError::BidNotOpen.into());
        }
        let Some(order) = folios
            .order_at(place.order)
            .and_then(|page| page.order.as_ref())
        else {
            return Err(MarketError::OrderNotFound.into());
        };
        match order.state {
            OrderState::Open => {}
            OrderState::Active | OrderState::Closed => {
                return Err(MarketError::OrderNotOpen.into());
            }
        }
        match folios.group_at(place.order.group).map(|group| group.state) {
            None => return Err(MarketError::GroupNotFound.into()),
            Some(GroupState::Open) => {}
            Some(GroupState::Paused | GroupState::InsufficientFunds | GroupState::Closed) => {
                return Err(MarketError::GroupNotOpen.into());
            }
        }
        let (price, window) = (bid.price.clone(), bid.reclamation_window);
        let lease = bid.id.lease();
        let payee = lease.provider().clone();
        self.payment_create(place, PaymentId(lease.clone()), payee, price.clone())?;
        self.state.folios.put_lease(
            place,
            Lease {
                id: lease.clone(),
                state: LeaseState::Active,
                price: price.clone(),
                created_at: self.block.height,
                closed_on: Height(0),
                reason: CloseReason::INVALID,
                reclamation: window.map(|window| Reclamation {
                    window,
                    started_at: Height(0),
                    deadline: 0,
                    reason: CloseReason::INVALID,
                }),
            },
        );
        self.changes.push(Change::LeaseCreated { id: lease, price });
        self.state
            .folios
            .set_order_state(place.order, OrderState::Active);
        self.state.folios.set_bid_state(place, BidState::Active);
        self.release_losers(place.order)
    }

    /// Returns the deposits of the other open bids: of the first one, or of all.
    fn release_losers(&mut self, order: OrderPlace) -> Result<(), Error> {
        let mut losers = self.state.folios.bids_in(order, BidState::Open);
        if self.rules.has(Quirk::OnlyFirstLoserReleased) {
            losers.truncate(1);
        }
        for place in losers {
            self.state.folios.set_bid_state(place, BidState::Lost);
            let page = self.state.folios.bid_at(place);
            let lost = page.and_then(|page| page.bid.as_ref());
            let told = lost.map(|bid| Change::BidLost { id: bid.id.clone() });
            self.changes.extend(told);
            self.account_close(Holder::Bid(place))?;
        }
        Ok(())
    }

    pub(in super::super) fn close_lease(&mut self, id: &LeaseId) -> Result<(), Error> {
        let folios = &self.state.folios;
        let found = folios.find_order(id.order());
        match found.and_then(|(_, page)| Some(page.order.as_ref()?.state)) {
            None => return Err(MarketError::OrderNotFound.into()),
            Some(OrderState::Active) => {}
            Some(OrderState::Open | OrderState::Closed) => {
                return Err(MarketError::OrderClosed.into());
            }
        }
        let found = folios.find_bid(id.bid());
        let found = found.and_then(|(place, page)| Some((place, page, page.bid.as_ref()?)));
        let Some((place, page, bid)) = found else {
            return Err(MarketError::BidNotFound.into());
        };
        match bid.state {
            BidState::Active => {}
            BidState::Open | BidState::Lost | BidState::Closed => {
                return Err(MarketError::BidNotActive.into());
            }
        }
        match page.lease.as_ref().map(|lease| lease.state) {
            None => return Err(MarketError::LeaseNotFound.into()),
            Some(LeaseState::Active | LeaseState::Reclaiming) => {}
            Some(LeaseState::Closed | LeaseState::InsufficientFunds) => {
                return Err(MarketError::OrderClosed.into());
            }
        }
        self.end_lease(place, LeaseState::Closed, CloseReason::OWNER);
        self.end_bid(place)?;
        self.end_order(place.order);
        self.payment_close(place)?;
        self.reopen(place.order)
    }

    /// Puts the group of an order into the auction again, if it is still open.
    fn reopen(&mut self, place: OrderPlace) -> Result<(), Error> {
        let Some(group) = self.state.folios.group_at(place.group) else {
            return Err(MarketError::GroupNotFound.into());
        };
        if group.state != GroupState::Open {
            return Ok(());
        }
        let group = group.clone();
        let order = self.state.folios.order_at(place);
        let order = order.and_then(|page| page.order.as_ref());
        self.create_order(&group, order.and_then(|order| order.reclamation_min_window))
    }

    pub(in super::super) fn withdraw_lease(&mut self, id: &LeaseId) -> Result<(), Error> {
        let found = self.state.folios.find_bid(id.bid());
        match found.filter(|(_, page)| page.lease.is_some()) {
            Some((place, _)) => self.payment_withdraw(place),
            None => Err(MarketError::UnknownLease.into()),
        }
    }

    pub(in super::super) fn start_reclaim(
        &mut self,
        id: &LeaseId,
        reason: CloseReason,
    ) -> Result<(), Error> {
        let found = self.state.folios.find_bid(id.bid());
        let found = found.and_then(|(place, page)| Some((place, page.lease.as_ref()?)));
        let Some((place, lease)) = found else {
            return Err(MarketError::UnknownLease.into());
        };
        if lease.state != LeaseState::Active {
            return Err(MarketError::LeaseNotActive.into());
        }
        let Some(notice) = &lease.reclamation else {
            return Err(MarketError::NotReclaimable.into());
        };
        if notice.started_at != Height(0) {
            return Err(MarketError::AlreadyReclaiming.into());
        }
        let deadline = self.block.time.plus(notice.window).unix_secs();
        let notice = Reclamation {
            window: notice.window,
            started_at: self.block.height,
            deadline,
            reason,
        };
        self.state.folios.modify_lease(place, |lease| {
            lease.state = LeaseState::Reclaiming;
            lease.reclamation = Some(notice);
        });
        self.changes.push(Change::LeaseReclaimStarted {
            id: id.clone(),
            reason,
            deadline,
        });
        Ok(())
    }
}
