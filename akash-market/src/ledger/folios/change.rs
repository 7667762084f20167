//! What batches do to folios.

use super::super::folio::{
    BidPage, BidPlace, Folio, GroupPage, GroupPlace, Holder, OrderPage, OrderPlace, count, is_live,
};
use super::undo::Undo;
use super::{Bidder, Folios, hash};
use crate::address::Address;
use crate::bid::{Bid, BidState};
use crate::deployment::{Deployment, DeploymentState, Group, GroupState};
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment, EscrowState};
use crate::id::{Bseq, DeploymentId, GroupId, LeaseId, OrderId};
use crate::lease::Lease;
use crate::order::{Order, OrderState};
use smallvec::SmallVec;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Changing. What has no folio or page gets one.
impl Folios {
    #[inline]
    pub(super) fn at_mut(&mut self, number: u32) -> Option<&mut Folio> {
        self.slab.get_mut(number as usize)
    }

    #[inline]
    pub(super) fn log(&mut self, undo: Undo) {
        if !self.marks.is_empty() {
            self.undo.push(undo);
        }
    }

    /// Notes that states changed in a folio.
    pub(super) fn states_changed(&mut self, number: u32) {
        if self.marks.is_empty() {
            self.note_states(number);
        } else if !self.stale.contains(&number) {
            self.stale.push(number);
        }
    }

    /// Notes which states occur where they changed.
    pub(super) fn refresh(&mut self) {
        while let Some(number) = self.stale.pop() {
            self.note_states(number);
        }
    }

    fn note_states(&mut self, number: u32) {
        if let Some(states) = self.at(number).map(Folio::states)
            && self.states.get(number) != Some(&states)
            && let Some(noted) = self.states.get_mut(number)
        {
            *noted = states;
        }
    }

    /// The id as it is kept: where an owner has other deployments, all share one copy of its address, unless that is one
    /// that shares nothing anyway.
    pub(in super::super) fn kept(&self, id: &DeploymentId) -> DeploymentId {
        if id.owner.mark() != 0 {
            return id.clone();
        }
        let before = self.index.range(..id).next_back();
        let known = before.filter(|(other, _)| other.owner == id.owner);
        DeploymentId {
            owner: known.map_or(&id.owner, |(other, _)| &other.owner).clone(),
            dseq: id.dseq,
        }
    }

    /// The folio of a deployment, made if there is none.
    pub(super) fn open(&mut self, id: &DeploymentId) -> u32 {
        if let Some(number) = self.number(id) {
            return number;
        }
        let number = u32::try_from(self.slab.len()).unwrap_or(u32::MAX);
        let id = id.clone();
        self.highest = self.highest.max(id.dseq.0);
        self.slab.push(Folio::new(id.clone()));
        self.enter(id, number, 0);
        self.last.store(number, Ordering::Relaxed);
        self.log(Undo::Folio);
        number
    }

    pub(super) fn enter(&mut self, id: DeploymentId, number: u32, states: u16) {
        self.hashes.insert(hash(&id), number);
        self.index.insert(id, number);
        self.states.push(states);
    }

    pub(super) fn open_group(&mut self, id: &GroupId) -> GroupPlace {
        let folio = self.open(&id.deployment);
        let mut place = GroupPlace { folio, at: 0 };
        if let Some(found) = self.at_mut(folio) {
            match found.group_at(id.gseq) {
                Ok(at) => place.at = at,
                Err(at) => {
                    place.at = at;
                    let page = GroupPage {
                        gseq: id.gseq,
                        group: None,
                        orders: SmallVec::new(),
                    };
                    found.groups.insert(at, page);
                    self.log(Undo::GroupPage(place));
                }
            }
        }
        place
    }

    pub(super) fn open_order(&mut self, id: &OrderId) -> OrderPlace {
        let group = self.open_group(&id.group);
        let mut place = OrderPlace { group, at: 0 };
        if let Some(page) = self.group_mut(group) {
            match page.order_at(id.oseq) {
                Ok(at) => place.at = at,
                Err(at) => {
                    place.at = at;
                    let order = OrderPage {
                        oseq: id.oseq,
                        order: None,
                        bids: SmallVec::new(),
                        bid_states: [0; 4],
                    };
                    page.orders.insert(at, order);
                    self.log(Undo::OrderPage(place));
                }
            }
        }
        place
    }

    /// The page of a provider's bid on the order at a place.
    pub(super) fn open_bid(
        &mut self,
        order: OrderPlace,
        provider: &Address,
        bseq: Bseq,
    ) -> BidPlace {
        let mut place = BidPlace { order, at: 0 };
        if let Some(page) = self.order_mut(order) {
            match page.bid_at(provider, bseq) {
                Ok(at) => place.at = at,
                Err(at) => {
                    place.at = at;
                    let bid = BidPage {
                        provider: provider.clone(),
                        bseq,
                        bid: None,
                        account: None,
                        lease: None,
                        payment: None,
                    };
                    page.bids.insert(at, bid.into());
                    self.log(Undo::BidPage(place));
                }
            }
        }
        place
    }

    /// Where an account is kept or is to be kept.
    pub(in super::super) fn open_holder(&mut self, id: &AccountId) -> Holder {
        match id {
            AccountId::Deployment(id) => Holder::Deployment(self.open(id)),
            AccountId::Bid(id) => {
                let order = self.open_order(&id.order);
                Holder::Bid(self.open_bid(order, &id.provider, id.bseq))
            }
        }
    }

    /// Where the payment of a lease is kept or is to be kept.
    pub(in super::super) fn open_payment(&mut self, lease: &LeaseId) -> BidPlace {
        let order = self.open_order(lease.order());
        self.open_bid(order, lease.provider(), Bseq(0))
    }

    pub(super) fn group_mut(&mut self, place: GroupPlace) -> Option<&mut GroupPage> {
        self.at_mut(place.folio)?.groups.get_mut(place.at)
    }

    pub(super) fn order_mut(&mut self, place: OrderPlace) -> Option<&mut OrderPage> {
        self.group_mut(place.group)?.orders.get_mut(place.at)
    }

    pub(super) fn bid_mut(&mut self, place: BidPlace) -> Option<&mut BidPage> {
        let page = self.order_mut(place.order)?.bids.get_mut(place.at)?;
        Some(&mut **page)
    }

    pub(in super::super) fn put_deployment(&mut self, deployment: Deployment) {
        let number = self.open(&deployment.id);
        self.log(Undo::Deployment(number));
        self.swap_deployment(number, Some(deployment));
    }

    pub(super) fn swap_deployment(&mut self, number: u32, deployment: Option<Deployment>) {
        if let Some(folio) = self.at_mut(number) {
            let state = |d: &Option<Deployment>| d.as_ref().map(|d| d.state);
            let (old, new) = (state(&folio.deployment), state(&deployment));
            folio.tally.moved(old, new);
            folio.deployment = deployment;
            self.states_changed(number);
        }
    }

    pub(in super::super) fn set_deployment_state(&mut self, number: u32, state: DeploymentState) {
        if let Some(old) = self.swap_deployment_state(number, state) {
            self.log(Undo::DeploymentState(number, old));
        }
    }

    pub(super) fn swap_deployment_state(
        &mut self,
        number: u32,
        state: DeploymentState,
    ) -> Option<DeploymentState> {
        let folio = self.at_mut(number)?;
        let deployment = folio.deployment.as_mut()?;
        let old = std::mem::replace(&mut deployment.state, state);
        folio.tally.moved(Some(old), Some(state));
        self.states_changed(number);
        Some(old)
    }

    pub(in super::super) fn set_deployment_hash(&mut self, number: u32, hash: Vec<u8>) {
        if let Some(deployment) = self.at_mut(number).and_then(|f| f.deployment.as_mut()) {
            let old = std::mem::replace(&mut deployment.hash, hash);
            self.log(Undo::DeploymentHash(number, old));
        }
    }

    pub(in super::super) fn put_group(&mut self, group: Group) {
        let place = self.open_group(&group.id);
        self.log(Undo::Group(place));
        if let Some(page) = self.group_mut(place) {
            page.group = Some(group);
        }
    }

    pub(in super::super) fn set_group_state(&mut self, place: GroupPlace, state: GroupState) {
        if let Some(group) = self.group_mut(place).and_then(|page| page.group.as_mut()) {
            let old = std::mem::replace(&mut group.state, state);
            self.log(Undo::GroupState(place, old));
        }
    }

    pub(in super::super) fn put_order(&mut self, order: Order) {
        let place = self.open_order(&order.id);
        self.log(Undo::Order(place));
        self.swap_order(place, Some(order));
    }

    pub(super) fn swap_order(&mut self, place: OrderPlace, order: Option<Order>) {
        let number = place.group.folio;
        let state = |o: &Option<Order>| o.as_ref().map(|o| o.state);
        let new = state(&order);
        if let Some((tally, page)) = self.at_mut(number).and_then(|f| f.order_mut(place)) {
            tally.moved(state(&page.order), new);
            page.order = order;
            self.states_changed(number);
        }
    }

    pub(in super::super) fn set_order_state(&mut self, place: OrderPlace, state: OrderState) {
        if let Some(old) = self.swap_order_state(place, state) {
            self.log(Undo::OrderState(place, old));
        }
    }

    pub(super) fn swap_order_state(
        &mut self,
        place: OrderPlace,
        state: OrderState,
    ) -> Option<OrderState> {
        let number = place.group.folio;
        let (tally, page) = self.at_mut(number)?.order_mut(place)?;
        let old = std::mem::replace(&mut page.order.as_mut()?.state, state);
        tally.moved(Some(old), Some(state));
        self.states_changed(number);
        Some(old)
    }

    /// Puts a bid on the order at a place.
    pub(in super::super) fn put_bid(&mut self, order: OrderPlace, bid: Bid) -> BidPlace {
        let place = self.open_bid(order, &bid.id.provider, bid.id.bseq);
        self.log(Undo::Bid(place));
        self.bids_by_provider.insert(Bidder::new(&bid.id));
        self.swap_bid(place, Some(bid));
        place
    }

    pub(super) fn swap_bid(&mut self, place: BidPlace, bid: Option<Bid>) -> Option<Bid> {
        let number = place.order.group.folio;
        let new = bid.as_ref().map(|b| b.state);
        let (tally, order) = self.at_mut(number)?.order_mut(place.order)?;
        let page = order.bids.get_mut(place.at)?;
        let old = std::mem::replace(&mut page.bid, bid);
        let before = old.as_ref().map(|b| b.state);
        count(&mut order.bid_states, before, new);
        tally.moved(before, new);
        self.states_changed(number);
        old
    }

    pub(in super::super) fn set_bid_state(&mut self, place: BidPlace, state: BidState) {
        if let Some(old) = self.swap_bid_state(place, state) {
            self.log(Undo::BidState(place, old));
        }
    }

    pub(super) fn swap_bid_state(&mut self, place: BidPlace, state: BidState) -> Option<BidState> {
        let number = place.order.group.folio;
        let (tally, order) = self.at_mut(number)?.order_mut(place.order)?;
        let bid = order.bids.get_mut(place.at)?.bid.as_mut()?;
        let old = std::mem::replace(&mut bid.state, state);
        count(&mut order.bid_states, Some(old), Some(state));
        tally.moved(Some(old), Some(state));
        self.states_changed(number);
        Some(old)
    }

    pub(in super::super) fn put_lease(&mut self, place: BidPlace, lease: Lease) {
        self.leases_by_provider.insert(Bidder::new(lease.id.bid()));
        self.log(Undo::Lease(place, None));
        self.swap_lease(place, Some(Box::new(lease)));
    }

    pub(in super::super) fn modify_lease(
        &mut self,
        place: BidPlace,
        change: impl FnOnce(&mut Lease),
    ) {
        if let Some(lease) = self.bid_mut(place).and_then(|page| page.lease.as_deref()) {
            let mut lease = Box::new(lease.clone());
            change(&mut lease);
            let old = self.swap_lease(place, Some(lease));
            self.log(Undo::Lease(place, old));
        }
    }

    pub(super) fn swap_lease(
        &mut self,
        place: BidPlace,
        lease: Option<Box<Lease>>,
    ) -> Option<Box<Lease>> {
        let number = place.order.group.folio;
        let new = lease.as_ref().map(|l| l.state);
        let (tally, order) = self.at_mut(number)?.order_mut(place.order)?;
        let old = std::mem::replace(&mut order.bids.get_mut(place.at)?.lease, lease);
        tally.moved(old.as_ref().map(|l| l.state), new);
        self.states_changed(number);
        old
    }

    /// Hands an account out for changes.
    pub(in super::super) fn lend_account(&mut self, holder: Holder) -> Option<Arc<EscrowAccount>> {
        self.account_mut(holder)?.as_mut().map(lend)
    }

    pub(in super::super) fn put_account(&mut self, holder: Holder, account: Arc<EscrowAccount>) {
        if let Some(slot) = self.account_mut(holder) {
            let old = slot.replace(account);
            self.log(Undo::Account(holder, old));
        }
    }

    /// Forgets an account that is stored in another state than this one.
    pub(in super::super) fn drop_account(&mut self, holder: Holder, state: EscrowState) {
        if let Some(slot) = self.account_mut(holder)
            && slot.as_ref().is_some_and(|account| account.state != state)
        {
            let old = slot.take();
            self.log(Undo::Account(holder, old));
        }
    }

    pub(super) fn account_mut(
        &mut self,
        holder: Holder,
    ) -> Option<&mut Option<Arc<EscrowAccount>>> {
        match holder {
            Holder::Deployment(number) => Some(&mut self.at_mut(number)?.account),
            Holder::Bid(place) => Some(&mut self.bid_mut(place)?.account),
        }
    }

    /// Hands a payment out for changes.
    pub(in super::super) fn lend_payment(&mut self, place: BidPlace) -> Option<Arc<EscrowPayment>> {
        self.bid_mut(place)?.payment.as_mut().map(lend)
    }

    pub(in super::super) fn put_payment(&mut self, place: BidPlace, payment: Arc<EscrowPayment>) {
        let old = self.swap_payment(place, Some(payment));
        self.log(Undo::Payment(place, old));
    }

    pub(super) fn swap_payment(
        &mut self,
        place: BidPlace,
        payment: Option<Arc<EscrowPayment>>,
    ) -> Option<Arc<EscrowPayment>> {
        let number = place.order.group.folio;
        let after = payment.as_deref().is_some_and(is_live);
        let folio = self.at_mut(number)?;
        let (_, order) = folio.order_mut(place.order)?;
        let old = std::mem::replace(&mut order.bids.get_mut(place.at)?.payment, payment);
        let before = old.as_deref().is_some_and(is_live);
        if before != after {
            folio.enter_live(place, before, after);
            self.states_changed(number);
        }
        old
    }
}

/// Hands out for changes what is kept, and leaves a copy in its place until it is put back, or for good if it never is.
/// So what is changed stays where it is in memory; else every change would move it to wherever memory was free. What
/// others see too is shared, and copied when it changes.
fn lend<T: Clone>(kept: &mut Arc<T>) -> Arc<T> {
    match Arc::get_mut(kept).map(|value| Arc::new(value.clone())) {
        Some(copy) => std::mem::replace(kept, copy),
        None => Arc::clone(kept),
    }
}
