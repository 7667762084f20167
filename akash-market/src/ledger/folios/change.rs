//! What batches do to folios.

use super::super::folio::{BidPage, Folio, GroupPage, OrderPage, Place, Tallied, count, is_live};
use super::undo::Undo;
use super::{Bidder, Folios, hash, unnumbered};
use crate::bid::{Bid, BidState};
use crate::deployment::{Deployment, DeploymentState, Group, GroupState};
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment};
use crate::id::{BidId, Bseq, DeploymentId, GroupId, LeaseId, OrderId};
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

    /// The id as it is kept: where an owner has other deployments, all share one copy of its address.
    pub(in super::super) fn kept(&self, id: &DeploymentId) -> DeploymentId {
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

    pub(super) fn open_group(&mut self, id: &GroupId) -> (u32, usize) {
        let number = self.open(&id.deployment);
        let Some(folio) = self.at_mut(number) else {
            return (number, 0);
        };
        match folio.group_at(id.gseq) {
            Ok(at) => (number, at),
            Err(at) => {
                let page = GroupPage {
                    gseq: id.gseq,
                    group: None,
                    orders: SmallVec::new(),
                };
                folio.groups.insert(at, page);
                self.log(Undo::GroupPage(number, at));
                (number, at)
            }
        }
    }

    pub(super) fn open_order(&mut self, id: &OrderId) -> (u32, usize, usize) {
        let (number, group) = self.open_group(&id.group);
        let Some(page) = self.at_mut(number).and_then(|f| f.groups.get_mut(group)) else {
            return (number, group, 0);
        };
        match page.order_at(id.oseq) {
            Ok(at) => (number, group, at),
            Err(at) => {
                let order = OrderPage {
                    oseq: id.oseq,
                    order: None,
                    bids: Vec::new(),
                    bid_states: [0; 4],
                };
                page.orders.insert(at, order);
                self.log(Undo::OrderPage(number, group, at));
                (number, group, at)
            }
        }
    }

    pub(super) fn open_bid(&mut self, id: &BidId) -> (u32, Place) {
        if let Some(number) = self.number(id.deployment())
            && let Some(place) = self.at(number).and_then(|folio| folio.place(id))
        {
            return (number, place);
        }
        let (number, group, order) = self.open_order(&id.order);
        let mut place = Place {
            group,
            order,
            bid: 0,
        };
        if let Some(page) = self.order_at(number, group, order)
            && let Err(at) = page.bid_at(&id.provider, id.bseq)
        {
            let bid = BidPage {
                provider: id.provider.clone(),
                bseq: id.bseq,
                bid: None,
                account: None,
                lease: None,
                payment: None,
            };
            place.bid = at;
            page.bids.insert(at, bid.into());
            self.log(Undo::BidPage(number, place));
        }
        (number, place)
    }

    pub(super) fn group_mut(&mut self, number: u32, group: usize) -> Option<&mut GroupPage> {
        self.at_mut(number)?.groups.get_mut(group)
    }

    pub(super) fn order_at(
        &mut self,
        number: u32,
        group: usize,
        order: usize,
    ) -> Option<&mut OrderPage> {
        self.group_mut(number, group)?.orders.get_mut(order)
    }

    pub(super) fn page_mut(&mut self, number: u32, place: Place) -> Option<&mut BidPage> {
        let order = self.order_at(number, place.group, place.order)?;
        order.bids.get_mut(place.bid).map(|page| &mut **page)
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

    pub(in super::super) fn set_deployment_state(
        &mut self,
        id: &DeploymentId,
        state: DeploymentState,
    ) {
        if let Some(number) = self.number(id)
            && let Some(old) = self.swap_deployment_state(number, state)
        {
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

    pub(in super::super) fn set_deployment_hash(&mut self, id: &DeploymentId, hash: Vec<u8>) {
        if let Some(number) = self.number(id)
            && let Some(folio) = self.at_mut(number)
            && let Some(deployment) = &mut folio.deployment
        {
            let old = std::mem::replace(&mut deployment.hash, hash);
            self.log(Undo::DeploymentHash(number, old));
        }
    }

    pub(in super::super) fn put_group(&mut self, group: Group) {
        let (number, at) = self.open_group(&group.id);
        self.log(Undo::Group(number, at));
        if let Some(page) = self.group_mut(number, at) {
            page.group = Some(group);
        }
    }

    pub(in super::super) fn set_group_state(&mut self, id: &GroupId, state: GroupState) {
        if let Some(number) = self.number(&id.deployment)
            && let Some(folio) = self.at_mut(number)
            && let Ok(at) = folio.group_at(id.gseq)
            && let Some(group) = folio.groups.get_mut(at).and_then(|g| g.group.as_mut())
        {
            let old = std::mem::replace(&mut group.state, state);
            self.log(Undo::GroupState(number, at, old));
        }
    }

    pub(in super::super) fn put_order(&mut self, order: Order) {
        let (number, group, at) = self.open_order(&order.id);
        self.log(Undo::Order(number, group, at));
        self.swap_order(number, group, at, Some(order));
    }

    pub(super) fn swap_order(
        &mut self,
        number: u32,
        group: usize,
        at: usize,
        order: Option<Order>,
    ) {
        let state = |o: &Option<Order>| o.as_ref().map(|o| o.state);
        let new = state(&order);
        if let Some(page) = self.order_at(number, group, at) {
            let old = state(&page.order);
            page.order = order;
            self.tally(number, old, new);
        }
    }

    pub(in super::super) fn set_order_state(&mut self, id: &OrderId, state: OrderState) {
        if let Some(number) = self.number(&id.group.deployment)
            && let Some(folio) = self.at(number)
            && let Ok(group) = folio.group_at(id.group.gseq)
            && let Some(page) = folio.groups.get(group)
            && let Ok(at) = page.order_at(id.oseq)
            && let Some(old) = self.swap_order_state(number, group, at, state)
        {
            self.log(Undo::OrderState(number, group, at, old));
        }
    }

    pub(super) fn swap_order_state(
        &mut self,
        number: u32,
        group: usize,
        at: usize,
        state: OrderState,
    ) -> Option<OrderState> {
        let order = self.order_at(number, group, at)?.order.as_mut()?;
        let old = std::mem::replace(&mut order.state, state);
        self.tally(number, Some(old), Some(state));
        Some(old)
    }

    pub(super) fn tally<S: Tallied>(&mut self, number: u32, from: Option<S>, to: Option<S>) {
        if let Some(folio) = self.at_mut(number) {
            folio.tally.moved(from, to);
            self.states_changed(number);
        }
    }

    pub(in super::super) fn put_bid(&mut self, bid: Bid) {
        let (number, place) = self.open_bid(&bid.id);
        self.log(Undo::Bid(number, place));
        self.bids_by_provider.insert(Bidder::new(&bid.id));
        self.swap_bid(number, place, Some(bid));
    }

    pub(super) fn swap_bid(&mut self, number: u32, place: Place, bid: Option<Bid>) -> Option<Bid> {
        let new = bid.as_ref().map(|b| b.state);
        let (tally, order) = self.at_mut(number)?.order_mut(place)?;
        let page = order.bids.get_mut(place.bid)?;
        let old = std::mem::replace(&mut page.bid, bid);
        let before = old.as_ref().map(|b| b.state);
        count(&mut order.bid_states, before, new);
        tally.moved(before, new);
        self.states_changed(number);
        old
    }

    pub(in super::super) fn set_bid_state(&mut self, id: &BidId, state: BidState) {
        if let Some(number) = self.number(id.deployment())
            && let Some(place) = self.at(number).and_then(|folio| folio.place(id))
            && let Some(old) = self.swap_bid_state(number, place, state)
        {
            self.log(Undo::BidState(number, place, old));
        }
    }

    pub(super) fn swap_bid_state(
        &mut self,
        number: u32,
        place: Place,
        state: BidState,
    ) -> Option<BidState> {
        let (tally, order) = self.at_mut(number)?.order_mut(place)?;
        let bid = order.bids.get_mut(place.bid)?.bid.as_mut()?;
        let old = std::mem::replace(&mut bid.state, state);
        count(&mut order.bid_states, Some(old), Some(state));
        tally.moved(Some(old), Some(state));
        self.states_changed(number);
        Some(old)
    }

    pub(in super::super) fn put_lease(&mut self, lease: Lease) {
        let (number, place) = self.open_bid(lease.id.bid());
        self.leases_by_provider.insert(Bidder::new(lease.id.bid()));
        self.log(Undo::Lease(number, place, None));
        self.swap_lease(number, place, Some(Box::new(lease)));
    }

    pub(in super::super) fn modify_lease(&mut self, id: &LeaseId, change: impl FnOnce(&mut Lease)) {
        if let Some(number) = self.number(id.deployment())
            && let Some(place) = self.at(number).and_then(|folio| folio.place(id.bid()))
            && let Some(lease) = self
                .page_mut(number, place)
                .and_then(|p| p.lease.as_deref_mut())
        {
            let old = Box::new(lease.clone());
            change(lease);
            let (from, to) = (old.state, lease.state);
            self.tally(number, Some(from), Some(to));
            self.log(Undo::Lease(number, place, Some(old)));
        }
    }

    pub(super) fn swap_lease(
        &mut self,
        number: u32,
        place: Place,
        lease: Option<Box<Lease>>,
    ) -> Option<Box<Lease>> {
        let new = lease.as_ref().map(|l| l.state);
        let (tally, order) = self.at_mut(number)?.order_mut(place)?;
        let old = std::mem::replace(&mut order.bids.get_mut(place.bid)?.lease, lease);
        tally.moved(old.as_ref().map(|l| l.state), new);
        self.states_changed(number);
        old
    }

    pub(in super::super) fn put_account(&mut self, account: Arc<EscrowAccount>) {
        match &account.id {
            AccountId::Deployment(id) => {
                let number = self.open(id);
                if let Some(folio) = self.at_mut(number) {
                    let old = folio.account.replace(account);
                    self.log(Undo::Account(number, old));
                }
            }
            AccountId::Bid(id) => {
                let (number, place) = self.open_bid(id);
                if let Some(page) = self.page_mut(number, place) {
                    let old = page.account.replace(account);
                    self.log(Undo::BidAccount(number, place, old));
                }
            }
        }
    }

    pub(in super::super) fn put_payment(&mut self, payment: Arc<EscrowPayment>) {
        let (number, place) = if payment.id.0.bid().bseq == Bseq(0) {
            self.open_bid(payment.id.0.bid())
        } else {
            self.open_bid(&unnumbered(&payment.id.0))
        };
        let old = self.swap_payment(number, place, Some(payment));
        self.log(Undo::Payment(number, place, old));
    }

    pub(super) fn swap_payment(
        &mut self,
        number: u32,
        place: Place,
        payment: Option<Arc<EscrowPayment>>,
    ) -> Option<Arc<EscrowPayment>> {
        let after = is_live(payment.as_ref());
        let folio = self.at_mut(number)?;
        let (_, order) = folio.order_mut(place)?;
        let old = std::mem::replace(&mut order.bids.get_mut(place.bid)?.payment, payment);
        let before = is_live(old.as_ref());
        if before != after {
            folio.enter_live(place, before, after);
            self.states_changed(number);
        }
        old
    }
}
