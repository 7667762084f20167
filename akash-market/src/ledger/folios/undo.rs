//! The journal: how changes are taken back.

use super::super::folio::Place;
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
    GroupPage(u32, usize),
    OrderPage(u32, usize, usize),
    BidPage(u32, Place),
    Deployment(u32),
    DeploymentState(u32, DeploymentState),
    DeploymentHash(u32, Vec<u8>),
    Group(u32, usize),
    GroupState(u32, usize, GroupState),
    Order(u32, usize, usize),
    OrderState(u32, usize, usize, OrderState),
    Bid(u32, Place),
    BidState(u32, Place, BidState),
    Lease(u32, Place, Option<Box<Lease>>),
    Account(u32, Option<Arc<EscrowAccount>>),
    BidAccount(u32, Place, Option<Arc<EscrowAccount>>),
    Payment(u32, Place, Option<Arc<EscrowPayment>>),
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
            Undo::GroupPage(number, at) => {
                if let Some(folio) = self.at_mut(number) {
                    folio.groups.remove(at);
                }
            }
            Undo::OrderPage(number, group, at) => {
                if let Some(page) = self.group_mut(number, group) {
                    page.orders.remove(at);
                }
            }
            Undo::BidPage(number, place) => {
                if let Some(page) = self.order_at(number, place.group, place.order) {
                    page.bids.remove(place.bid);
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
            Undo::Group(number, at) => {
                if let Some(page) = self.group_mut(number, at) {
                    page.group = None;
                }
            }
            Undo::GroupState(number, at, state) => {
                if let Some(group) = self.group_mut(number, at).and_then(|p| p.group.as_mut()) {
                    group.state = state;
                }
            }
            Undo::Order(number, group, at) => self.swap_order(number, group, at, None),
            Undo::OrderState(number, group, at, state) => {
                self.swap_order_state(number, group, at, state);
            }
            Undo::Bid(number, place) => {
                if let Some(bid) = self.swap_bid(number, place, None) {
                    self.bids_by_provider.take_back(&Bidder::new(&bid.id));
                }
            }
            Undo::BidState(number, place, state) => {
                self.swap_bid_state(number, place, state);
            }
            Undo::Lease(number, place, old) => {
                let is_new = old.is_none();
                if let Some(lease) = self.swap_lease(number, place, old)
                    && is_new
                {
                    self.leases_by_provider
                        .take_back(&Bidder::new(lease.id.bid()));
                }
            }
            Undo::Account(number, old) => {
                if let Some(folio) = self.at_mut(number) {
                    folio.account = old;
                }
            }
            Undo::BidAccount(number, place, old) => {
                if let Some(page) = self.page_mut(number, place) {
                    page.account = old;
                }
            }
            Undo::Payment(number, place, old) => {
                self.swap_payment(number, place, old);
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
