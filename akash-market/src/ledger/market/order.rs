//! Orders: opened for a group, closed with all that hangs on them.

use super::super::Ledger;
use super::super::folio::{BidPlace, GroupPlace, Holder, OrderPlace};
use crate::bid::BidState;
use crate::change::Change;
use crate::deployment::Group;
use crate::error::{Error, MarketError};
use crate::id::Oseq;
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
        let before = self.state.folios.find_group(&group.id);
        let last = before.and_then(|(place, _)| self.state.folios.last_order(place));
        let oseq = match last.map(|(_, order)| order) {
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

    /// Closes what is left of a group's auction and lease on the owner's wish.
    pub(in super::super) fn close_orders_of(&mut self, group: GroupPlace) -> Result<(), Error> {
        self.end_order_of(group, LeaseState::Closed, CloseReason::OWNER)
    }

    /// Closes a group's open or active order with its open bids, and with the active bid and lease.
    pub(super) fn end_order_of(
        &mut self,
        group: GroupPlace,
        state: LeaseState,
        reason: CloseReason,
    ) -> Result<(), Error> {
        let Some((place, before)) = self
            .state
            .folios
            .last_order(group)
            .filter(|(_, order)| order.state != OrderState::Closed)
            .map(|(place, order)| (place, order.state))
        else {
            return Ok(());
        };
        self.end_order(place);
        for bid in self.state.folios.bids_in(place, BidState::Open) {
            self.end_bid(bid)?;
        }
        if before == OrderState::Active {
            for bid in self.state.folios.bids_in(place, BidState::Active) {
                self.end_bid(bid)?;
                self.end_lease(bid, state, reason);
                self.close_payment_of(bid)?;
            }
        }
        Ok(())
    }

    pub(super) fn end_order(&mut self, place: OrderPlace) {
        let order = self.state.folios.order_at(place);
        let order = order.and_then(|page| page.order.as_ref());
        if let Some(order) = order.filter(|order| order.state != OrderState::Closed) {
            let id = order.id.clone();
            self.changes.push(Change::OrderClosed { id });
            self.state.folios.set_order_state(place, OrderState::Closed);
        }
    }

    /// Closes an open or active bid and returns its deposit.
    pub(super) fn end_bid(&mut self, place: BidPlace) -> Result<(), Error> {
        let bid = self.state.folios.bid_at(place);
        let Some(bid) = bid.and_then(|page| page.bid.as_ref()) else {
            return Ok(());
        };
        let id = match bid.state {
            BidState::Open | BidState::Active => bid.id.clone(),
            BidState::Lost | BidState::Closed => return Ok(()),
        };
        self.state.folios.set_bid_state(place, BidState::Closed);
        unless_panic(self.account_close(Holder::Bid(place)))?;
        self.changes.push(Change::BidClosed { id });
        Ok(())
    }

    /// Ends a lease that runs.
    pub(super) fn end_lease(&mut self, place: BidPlace, state: LeaseState, reason: CloseReason) {
        let page = self.state.folios.bid_at(place);
        let Some(lease) = page.and_then(|page| page.lease.as_ref()) else {
            return;
        };
        let id = match lease.state {
            LeaseState::Active | LeaseState::Reclaiming => lease.id.clone(),
            LeaseState::Closed | LeaseState::InsufficientFunds => return,
        };
        let height = self.block.height;
        self.state.folios.modify_lease(place, |lease| {
            lease.state = state;
            lease.closed_on = height;
            lease.reason = reason;
        });
        self.changes.push(Change::LeaseClosed {
            id,
            reason,
            insufficient_funds: state == LeaseState::InsufficientFunds,
        });
    }

    /// Closes the payment of a lease that ended; why it may not close is of no interest.
    pub(super) fn close_payment_of(&mut self, place: BidPlace) -> Result<(), Error> {
        unless_panic(self.payment_close(place))
    }
}

/// The chain drops errors of the escrow here, but a panic it can't drop.
fn unless_panic(result: Result<(), Error>) -> Result<(), Error> {
    match result {
        Err(error @ Error::Panic(_)) => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
