//! Leases: making, paying and ending them.

use super::super::{Ledger, Quirk};
use crate::bid::BidState;
use crate::change::Change;
use crate::deployment::GroupState;
use crate::error::{Error, MarketError};
use crate::escrow::{AccountId, PaymentId};
use crate::id::{BidId, Height, LeaseId};
use crate::lease::{CloseReason, Lease, LeaseState, Reclamation};
use crate::order::OrderState;

impl Ledger {
    pub(in super::super) fn create_lease(&mut self, id: &BidId) -> Result<(), Error> {
        let Some(bid) = self.state.folios.bid(id) else {
            return Err(MarketError::BidNotFound.into());
        };
        if bid.state != BidState::Open {
            return Err(MarketError::BidNotOpen.into());
        }
        match self.state.folios.order(&id.order).map(|o| o.state) {
            None => return Err(MarketError::OrderNotFound.into()),
            Some(OrderState::Open) => {}
            Some(OrderState::Active | OrderState::Closed) => {
                return Err(MarketError::OrderNotOpen.into());
            }
        }
        match self.state.folios.group(&id.order.group).map(|g| g.state) {
            None => return Err(MarketError::GroupNotFound.into()),
            Some(GroupState::Open) => {}
            Some(GroupState::Paused | GroupState::InsufficientFunds | GroupState::Closed) => {
                return Err(MarketError::GroupNotOpen.into());
            }
        }
        let (price, window) = (bid.price.clone(), bid.reclamation_window);
        let lease = bid.id.lease();
        let payee = lease.provider().clone();
        self.payment_create(PaymentId(lease.clone()), payee, price.clone())?;
        self.state.folios.put_lease(Lease {
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
        });
        self.changes.push(Change::LeaseCreated { id: lease, price });
        self.state
            .folios
            .set_order_state(&id.order, OrderState::Active);
        self.state.folios.set_bid_state(id, BidState::Active);
        self.release_losers(id)
    }

    /// Returns the deposits of the other open bids: of the first one, or of all.
    fn release_losers(&mut self, winner: &BidId) -> Result<(), Error> {
        let mut losers = self.bids_in(&winner.order, BidState::Open);
        if self.rules.has(Quirk::OnlyFirstLoserReleased) {
            losers.truncate(1);
        }
        for id in losers {
            self.state.folios.set_bid_state(&id, BidState::Lost);
            self.changes.push(Change::BidLost { id: id.clone() });
            self.account_close(&AccountId::Bid(id))?;
        }
        Ok(())
    }

    pub(in super::super) fn close_lease(&mut self, id: &LeaseId) -> Result<(), Error> {
        match self.state.folios.order(id.order()).map(|o| o.state) {
            None => return Err(MarketError::OrderNotFound.into()),
            Some(OrderState::Active) => {}
            Some(OrderState::Open | OrderState::Closed) => {
                return Err(MarketError::OrderClosed.into());
            }
        }
        match self.state.folios.bid(id.bid()).map(|b| b.state) {
            None => return Err(MarketError::BidNotFound.into()),
            Some(BidState::Active) => {}
            Some(BidState::Open | BidState::Lost | BidState::Closed) => {
                return Err(MarketError::BidNotActive.into());
            }
        }
        match self.state.folios.lease(id).map(|l| l.state) {
            None => return Err(MarketError::LeaseNotFound.into()),
            Some(LeaseState::Active | LeaseState::Reclaiming) => {}
            Some(LeaseState::Closed | LeaseState::InsufficientFunds) => {
                return Err(MarketError::OrderClosed.into());
            }
        }
        self.end_lease(id, LeaseState::Closed, CloseReason::OWNER);
        self.end_bid(id.bid())?;
        self.end_order(id.order());
        self.payment_close(id)?;
        self.reopen(id)
    }

    /// Puts a group that is still open into the auction again.
    fn reopen(&mut self, id: &LeaseId) -> Result<(), Error> {
        let Some(group) = self.state.folios.group(&id.order().group) else {
            return Err(MarketError::GroupNotFound.into());
        };
        if group.state != GroupState::Open {
            return Ok(());
        }
        let group = group.clone();
        let reclamation = self
            .state
            .folios
            .order(id.order())
            .and_then(|order| order.reclamation_min_window);
        self.create_order(&group, reclamation)
    }

    pub(in super::super) fn withdraw_lease(&mut self, id: &LeaseId) -> Result<(), Error> {
        if self.state.folios.lease(id).is_none() {
            return Err(MarketError::UnknownLease.into());
        }
        self.payment_withdraw(id)
    }

    pub(in super::super) fn start_reclaim(
        &mut self,
        id: &LeaseId,
        reason: CloseReason,
    ) -> Result<(), Error> {
        let Some(lease) = self.state.folios.lease(id) else {
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
        self.state.folios.modify_lease(id, |lease| {
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
