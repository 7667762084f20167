//! The journal: how changes are taken back.

use super::super::folio::{BidPlace, GroupPlace, Holder, OrderPlace};
use super::{Bidder, Folios, hash};
use crate::bid::BidState;
use crate::deployment::{DeploymentState, GroupState};
use crate::escrow::{EscrowAccount, EscrowPayment};
use crate::lease::Lease;
use crate::order::OrderState;
use crate::store::Journaled;
use std::sync::Arc;

/// How to take a change back. Places are those at the time of the change, to which taking back in reverse order leads.
#[derive(Clone)]
pub(super) enum Undo {
    Folio,
    GroupPage(GroupPlace),
    OrderPage(OrderPlace),
    BidPage(BidPlace),
    Deployment(u32),
    DeploymentState(u32, DeploymentState),
    DeploymentHash(u32, Vec<u8>),
    Group(GroupPlace),
    GroupState(GroupPlace, GroupState),
    Order(OrderPlace),
    OrderState(OrderPlace, OrderState),
    Bid(BidPlace),
    BidState(BidPlace, BidState),
    Lease(BidPlace, Option<Box<Lease>>),
    Account(Holder, Option<Arc<EscrowAccount>>),
    Payment(BidPlace, Option<Arc<EscrowPayment>>),
}

impl Folios {
    fn take_back(&mut self, undo: Undo) {
        match undo {
            Undo::Folio => {
                let last = u32::try_from(self.slab.len()).unwrap_or_default();
                let last = last.saturating_sub(1);
                if let Some(folio) = self.at(last) {
                    let id = folio.id.clone();
                    self.index.remove(&id);
                    self.hashes.remove(hash(&id), last);
                }
                self.slab.pop();
                self.states.pop();
            }
            Undo::GroupPage(place) => {
                if let Some(folio) = self.at_mut(place.folio) {
                    folio.groups.remove(place.at);
                }
            }
            Undo::OrderPage(place) => {
                if let Some(page) = self.group_mut(place.group) {
                    page.orders.remove(place.at);
                }
            }
            Undo::BidPage(place) => {
                if let Some(page) = self.order_mut(place.order) {
                    page.bids.remove(place.at);
                }
            }
            Undo::Deployment(number) => self.swap_deployment(number, None),
            Undo::DeploymentState(number, state) => {
                self.swap_deployment_state(number, state);
            }
            Undo::DeploymentHash(number, hash) => {
                if let Some(deployment) = self.at_mut(number).and_then(|f| f.deployment.as_mut()) {
                    deployment.hash = hash;
                }
            }
            Undo::Group(place) => {
                if let Some(page) = self.group_mut(place) {
                    page.group = None;
                }
            }
            Undo::GroupState(place, state) => {
                if let Some(group) = self.group_mut(place).and_then(|p| p.group.as_mut()) {
                    group.state = state;
                }
            }
            Undo::Order(place) => self.swap_order(place, None),
            Undo::OrderState(place, state) => {
                self.swap_order_state(place, state);
            }
            Undo::Bid(place) => {
                if let Some(bid) = self.swap_bid(place, None) {
                    self.bids_by_provider.take_back(&Bidder::new(&bid.id));
                }
            }
            Undo::BidState(place, state) => {
                self.swap_bid_state(place, state);
            }
            Undo::Lease(place, old) => {
                let is_new = old.is_none();
                if let Some(lease) = self.swap_lease(place, old)
                    && is_new
                {
                    self.leases_by_provider
                        .take_back(&Bidder::new(lease.id.bid()));
                }
            }
            Undo::Account(holder, old) => {
                if let Some(slot) = self.account_mut(holder) {
                    *slot = old;
                }
            }
            Undo::Payment(place, old) => {
                self.swap_payment(place, old);
            }
        }
    }
}

impl Journaled for Folios {
    fn begin(&mut self) {
        self.marks.push(self.undo.len());
    }

    fn commit(&mut self) {
        self.marks.pop();
        if self.marks.is_empty() {
            self.undo.clear();
            self.refresh();
            self.settle();
        }
    }

    fn rollback(&mut self) {
        let mark = self.marks.last().copied().unwrap_or_default();
        while self.undo.len() > mark
            && let Some(undo) = self.undo.pop()
        {
            self.take_back(undo);
        }
        self.marks.pop();
        if self.marks.is_empty() {
            self.refresh();
        }
    }
}
