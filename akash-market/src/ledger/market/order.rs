//! Orders: opened for a group, closed with all that hangs on them.

use super::super::Ledger;
use crate::bid::{Bid, BidState};
use crate::change::Change;
use crate::deployment::Group;
use crate::error::{Error, MarketError};
use crate::escrow::AccountId;
use crate::id::{BidId, GroupId, LeaseId, OrderId, Oseq};
use crate::lease::{CloseReason, LeaseState};
use crate::order::{Order, OrderState};
use crate::time::Nanos;

impl Ledger {
    /// Opens the next order of a group. All its earlier ones must be closed.
    pub(in super::super) fn create_order(
        &mut self,
        group: &Group,
        reclamation: Option<Nanos>,
    ) -> Result<(), Error> {
        let oseq = match self.last_order(&group.id) {
            None => Oseq(1),
            Some(last) if last.state != OrderState::Closed => {
                return Err(MarketError::OrderPending.into());
            }
            Some(last) => Oseq(last.id.oseq.0.saturating_add(1)),
        };
        let id = group.id.order(oseq.0);
        self.state.folios.put_order(Order {
            id: id.clone(),
            state: OrderState::Open,
            spec: group.spec.clone(),
            created_at: self.block.height,
            reclamation_min_window: reclamation,
        });
        self.changes.push(Change::OrderCreated { id });
        Ok(())
    }

    /// The only order of a group that can be other than closed.
    fn last_order(&self, id: &GroupId) -> Option<&Order> {
        self.state.folios.last_order(id)
    }

    /// Bids on an order in the order of their providers' texts.
    pub(in super::super) fn bids_on(&self, id: &OrderId) -> impl Iterator<Item = &Bid> {
        self.state.folios.bids_on(id)
    }

    pub(super) fn bids_in(&self, order: &OrderId, state: BidState) -> Vec<BidId> {
        self.bids_on(order)
            .filter(|bid| bid.state == state)
            .map(|bid| bid.id.clone())
            .collect()
    }

    /// Closes what is left of a group's auction and lease on the owner's wish.
    pub(in super::super) fn close_orders_of(&mut self, group: &GroupId) -> Result<(), Error> {
        self.end_order_of(group, LeaseState::Closed, CloseReason::OWNER)
    }

    /// Closes a group's open or active order with its open bids, and with the active bid and lease.
    pub(super) fn end_order_of(
        &mut self,
        group: &GroupId,
        state: LeaseState,
        reason: CloseReason,
    ) -> Result<(), Error> {
        let Some((order, before)) = self
            .last_order(group)
            .filter(|order| order.state != OrderState::Closed)
            .map(|order| (order.id.clone(), order.state))
        else {
            return Ok(());
        };
        self.end_order(&order);
        for bid in self.bids_in(&order, BidState::Open) {
            self.end_bid(&bid)?;
        }
        if before == OrderState::Active {
            for bid in self.bids_in(&order, BidState::Active) {
                self.end_bid(&bid)?;
                let lease = bid.lease();
                self.end_lease(&lease, state, reason);
                self.close_payment_of(&lease)?;
            }
        }
        Ok(())
    }

    pub(super) fn end_order(&mut self, id: &OrderId) {
        let open = self
            .state
            .folios
            .order(id)
            .is_some_and(|order| order.state != OrderState::Closed);
        if open {
            self.state.folios.set_order_state(id, OrderState::Closed);
            self.changes.push(Change::OrderClosed { id: id.clone() });
        }
    }

    /// Closes an open or active bid and returns its deposit.
    pub(super) fn end_bid(&mut self, id: &BidId) -> Result<(), Error> {
        match self.state.folios.bid(id).map(|bid| bid.state) {
            Some(BidState::Open | BidState::Active) => {}
            Some(BidState::Lost | BidState::Closed) | None => return Ok(()),
        }
        self.state.folios.set_bid_state(id, BidState::Closed);
        unless_panic(self.account_close(&AccountId::Bid(id.clone())))?;
        self.changes.push(Change::BidClosed { id: id.clone() });
        Ok(())
    }

    /// Ends a lease that runs.
    pub(super) fn end_lease(&mut self, id: &LeaseId, state: LeaseState, reason: CloseReason) {
        match self.state.folios.lease(id).map(|lease| lease.state) {
            Some(LeaseState::Active | LeaseState::Reclaiming) => {}
            Some(LeaseState::Closed | LeaseState::InsufficientFunds) | None => return,
        }
        let height = self.block.height;
        self.state.folios.modify_lease(id, |lease| {
            lease.state = state;
            lease.closed_on = height;
            lease.reason = reason;
        });
        self.changes.push(Change::LeaseClosed {
            id: id.clone(),
            reason,
            insufficient_funds: state == LeaseState::InsufficientFunds,
        });
    }

    /// Closes the payment of a lease that ended; why it may not close is of no interest.
    pub(super) fn close_payment_of(&mut self, lease: &LeaseId) -> Result<(), Error> {
        unless_panic(self.payment_close(lease))
    }
}

/// The chain drops errors of the escrow here, but a panic it can't drop.
fn unless_panic(result: Result<(), Error>) -> Result<(), Error> {
    match result {
        Err(error @ Error::Panic(_)) => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
