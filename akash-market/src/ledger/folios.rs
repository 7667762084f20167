//! The folios of all deployments, found by id and walked in order, with one journal for all of them.

use super::folio::{
    BidPage, Folio, GroupPage, LIVE, OrderPage, Place, Tallied, bit, count, is_live,
};
use super::key::{Decimal, LOWEST};
use crate::address::Address;
use crate::bid::{Bid, BidState};
use crate::deployment::{Deployment, DeploymentState, Group, GroupState};
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment};
use crate::id::{BidId, Bseq, DeploymentId, Dseq, GroupId, LeaseId, OrderId};
use crate::lease::Lease;
use crate::order::{Order, OrderState};
use crate::store::{Journaled, Slab, Tree};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// Everything that hangs on deployments.
#[derive(Default)]
pub(super) struct Folios {
    /// In the order of ids.
    index: Tree<DeploymentId, Entry>,
    slab: Slab<Folio>,
    bids_by_provider: Tree<Bidder, ()>,
    leases_by_provider: Tree<Bidder, ()>,
    undo: Vec<Undo>,
    /// Length of `undo` at the start of each open bracket.
    marks: Vec<usize>,
    /// Folios whose states may differ from what the index says.
    stale: Vec<u32>,
    /// No deployment has a higher number.
    highest: u64,
    /// The folio that was asked for last: an action asks for the same one again and again.
    last: AtomicU32,
}

/// Where a folio is, and which states occur in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    number: u32,
    states: u16,
}

/// A bid of a provider, in the order of ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Bidder {
    provider: Address,
    order: OrderId,
}

impl Bidder {
    fn new(id: &BidId) -> Self {
        Self {
            provider: id.provider.clone(),
            order: id.order.clone(),
        }
    }

    fn bid(&self) -> BidId {
        self.order.bid(self.provider.clone())
    }
}

/// How to take a change back. Places are those at the time of the change, to which taking back in reverse order leads.
#[derive(Clone)]
enum Undo {
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

impl Clone for Folios {
    /// Brackets are not copied: a clone is taken between batches.
    fn clone(&self) -> Self {
        Self {
            index: self.index.clone(),
            slab: self.slab.clone(),
            bids_by_provider: self.bids_by_provider.clone(),
            leases_by_provider: self.leases_by_provider.clone(),
            undo: self.undo.clone(),
            marks: self.marks.clone(),
            stale: self.stale.clone(),
            highest: self.highest,
            last: AtomicU32::new(self.last.load(Ordering::Relaxed)),
        }
    }
}

/// Reading.
impl Folios {
    #[inline]
    fn number(&self, id: &DeploymentId) -> Option<u32> {
        let last = self.last.load(Ordering::Relaxed);
        if let Some(folio) = self.slab.get(last as usize)
            && folio.id.dseq == id.dseq
            && folio.id.owner == id.owner
        {
            return Some(last);
        }
        let number = self.index.get(id)?.number;
        self.last.store(number, Ordering::Relaxed);
        Some(number)
    }

    #[inline]
    fn at(&self, number: u32) -> Option<&Folio> {
        self.slab.get(number as usize)
    }

    #[inline]
    pub(super) fn folio(&self, id: &DeploymentId) -> Option<&Folio> {
        self.at(self.number(id)?)
    }

    pub(super) fn deployment(&self, id: &DeploymentId) -> Option<&Deployment> {
        self.folio(id)?.deployment.as_ref()
    }

    pub(super) fn group(&self, id: &GroupId) -> Option<&Group> {
        self.folio(&id.deployment)?.group(id.gseq)?.group.as_ref()
    }

    /// A deployment's groups in the order of their numbers.
    pub(super) fn groups_of(&self, id: &DeploymentId) -> impl Iterator<Item = &Group> {
        let groups = self.folio(id).map_or(&[] as &[_], |folio| &folio.groups);
        groups.iter().filter_map(|page| page.group.as_ref())
    }

    pub(super) fn order_page(&self, id: &OrderId) -> Option<&OrderPage> {
        self.folio(&id.group.deployment)?.order(id)
    }

    pub(super) fn order(&self, id: &OrderId) -> Option<&Order> {
        self.order_page(id)?.order.as_ref()
    }

    /// The only order of a group that can be other than closed.
    pub(super) fn last_order(&self, id: &GroupId) -> Option<&Order> {
        let group = self.folio(&id.deployment)?.group(id.gseq)?;
        group
            .orders
            .iter()
            .rev()
            .find_map(|page| page.order.as_ref())
    }

    /// Bids on an order in the order of their providers' texts.
    pub(super) fn bids_on(&self, id: &OrderId) -> impl Iterator<Item = &Bid> {
        let bids = self.order_page(id).map_or(&[] as &[_], |page| &page.bids);
        bids.iter().filter_map(|page| page.bid.as_ref())
    }

    /// How many bids on an order are in a state.
    pub(super) fn count_bids(&self, id: &OrderId, state: BidState) -> u32 {
        self.order_page(id).map_or(0, |page| page.count(state))
    }

    #[inline]
    fn bid_page(&self, id: &BidId) -> Option<&BidPage> {
        self.folio(id.deployment())?.bid(id)
    }

    pub(super) fn bid(&self, id: &BidId) -> Option<&Bid> {
        self.bid_page(id)?.bid.as_ref()
    }

    pub(super) fn lease(&self, id: &LeaseId) -> Option<&Lease> {
        self.bid_page(id.bid())?.lease.as_deref()
    }

    pub(super) fn account(&self, id: &AccountId) -> Option<&Arc<EscrowAccount>> {
        match id {
            AccountId::Bid(id) => self.bid_page(id)?.account.as_ref(),
            AccountId::Deployment(id) => self.folio(id)?.account.as_ref(),
        }
    }

    /// The payment of a lease.
    pub(super) fn payment(&self, lease: &LeaseId) -> Option<&Arc<EscrowPayment>> {
        let folio = self.folio(lease.deployment())?;
        let page = if lease.bid().bseq == Bseq(0) {
            folio.bid(lease.bid())
        } else {
            folio.bid(&unnumbered(lease))
        };
        page?.payment.as_ref()
    }

    /// The owner's folios with live payments whose number's text begins with the text of a deployment's number and is
    /// longer, in the order of these texts.
    pub(super) fn prefixed(&self, id: &DeploymentId) -> Vec<&Folio> {
        let mut found = Vec::new();
        let (mut low, mut high) = (id.dseq.0, id.dseq.0);
        // With one digit more, two more and so on.
        while let Some(next) = low.checked_mul(10).filter(|next| *next != 0) {
            low = next;
            if low > self.highest {
                break;
            }
            high = high.saturating_mul(10).saturating_add(9);
            let from = DeploymentId {
                owner: id.owner.clone(),
                dseq: Dseq(low),
            };
            let mut none = true;
            for (found_id, entry) in self.index.range(from..) {
                if found_id.owner != id.owner {
                    break;
                }
                none = false;
                if found_id.dseq.0 > high {
                    break;
                }
                if entry.states & LIVE != 0 || self.stale.contains(&entry.number) {
                    found.extend(self.at(entry.number));
                }
            }
            if none {
                break;
            }
        }
        found.sort_by_key(|folio| Decimal::new(folio.id.dseq.0));
        found
    }

    /// All folios from an id on, in the order of ids.
    pub(super) fn from(&self, first: DeploymentId) -> impl Iterator<Item = &Folio> {
        self.index
            .range(first..)
            .filter_map(|(_, entry)| self.at(entry.number))
    }

    /// The folios from an id on in which a state occurs, in the order of ids.
    pub(super) fn with<S: Tallied>(
        &self,
        state: S,
        first: DeploymentId,
    ) -> impl Iterator<Item = &Folio> {
        let bit = bit(state);
        self.index
            .range(first..)
            .filter(move |(_, entry)| entry.states & bit != 0)
            .filter_map(|(_, entry)| self.at(entry.number))
    }

    /// All folios in the order of ids.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Folio> {
        self.index
            .iter()
            .filter_map(|(_, entry)| self.at(entry.number))
    }

    /// A provider's bids from an id on.
    pub(super) fn bids_by(
        &self,
        provider: &Address,
        first: OrderId,
    ) -> impl Iterator<Item = BidId> {
        held_by(&self.bids_by_provider, provider, first)
    }

    /// A provider's leases from an id on.
    pub(super) fn leases_by(
        &self,
        provider: &Address,
        first: OrderId,
    ) -> impl Iterator<Item = LeaseId> {
        held_by(&self.leases_by_provider, provider, first).map(LeaseId)
    }
}

fn held_by(
    index: &Tree<Bidder, ()>,
    provider: &Address,
    first: OrderId,
) -> impl Iterator<Item = BidId> {
    let provider = provider.clone();
    let from = Bidder {
        provider: provider.clone(),
        order: first,
    };
    index
        .range(from..)
        .map(|(key, ())| key)
        .take_while(move |key| key.provider == provider)
        .map(Bidder::bid)
}

/// The bid that a payment is kept with: payments know no bid numbers.
fn unnumbered(lease: &LeaseId) -> BidId {
    BidId {
        bseq: Bseq(0),
        ..lease.bid().clone()
    }
}

/// Changing. What has no folio or page gets one.
impl Folios {
    fn at_mut(&mut self, number: u32) -> Option<&mut Folio> {
        self.slab.get_mut(number as usize)
    }

    #[inline]
    fn log(&mut self, undo: Undo) {
        if !self.marks.is_empty() {
            self.undo.push(undo);
        }
    }

    /// Notes that states changed in a folio.
    fn states_changed(&mut self, number: u32) {
        let changed = self.at(number).is_some_and(|f| f.states() != f.indexed);
        if changed && !self.stale.contains(&number) {
            self.stale.push(number);
        }
        if self.marks.is_empty() {
            self.refresh();
        }
    }

    /// Tells the index which states occur.
    fn refresh(&mut self) {
        for number in std::mem::take(&mut self.stale) {
            let is_stale = |folio: &&Folio| folio.states() != folio.indexed;
            if self.at(number).filter(is_stale).is_none() {
                continue;
            }
            if let Some(folio) = self.slab.get_mut(number as usize)
                && let Some(entry) = self.index.get_mut(&folio.id)
            {
                folio.indexed = folio.states();
                entry.states = folio.indexed;
            }
        }
    }

    /// The folio of a deployment, made if there is none.
    fn open(&mut self, id: &DeploymentId) -> u32 {
        if let Some(number) = self.number(id) {
            return number;
        }
        let number = u32::try_from(self.slab.len()).unwrap_or(u32::MAX);
        // Where an owner has other deployments, all share one copy of its address.
        let before = self.index.range(..id).next_back();
        let owner = match before.filter(|(other, _)| other.owner == id.owner) {
            Some((other, _)) => other.owner.clone(),
            None => id.owner.clone(),
        };
        let id = DeploymentId {
            owner,
            dseq: id.dseq,
        };
        self.highest = self.highest.max(id.dseq.0);
        self.slab.push(Folio::new(id.clone()));
        self.index.insert(id, Entry { number, states: 0 });
        self.last.store(number, Ordering::Relaxed);
        self.log(Undo::Folio);
        number
    }

    fn open_group(&mut self, id: &GroupId) -> (u32, usize) {
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
                    orders: Vec::new(),
                };
                folio.groups.insert(at, page);
                self.log(Undo::GroupPage(number, at));
                (number, at)
            }
        }
    }

    fn open_order(&mut self, id: &OrderId) -> (u32, usize, usize) {
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

    fn open_bid(&mut self, id: &BidId) -> (u32, Place) {
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
            page.bids.insert(at, Box::new(bid));
            self.log(Undo::BidPage(number, place));
        }
        (number, place)
    }

    fn group_mut(&mut self, number: u32, group: usize) -> Option<&mut GroupPage> {
        self.at_mut(number)?.groups.get_mut(group)
    }

    fn order_at(&mut self, number: u32, group: usize, order: usize) -> Option<&mut OrderPage> {
        self.group_mut(number, group)?.orders.get_mut(order)
    }

    fn page_mut(&mut self, number: u32, place: Place) -> Option<&mut BidPage> {
        let order = self.order_at(number, place.group, place.order)?;
        order.bids.get_mut(place.bid).map(|page| &mut **page)
    }

    pub(super) fn put_deployment(&mut self, deployment: Deployment) {
        let number = self.open(&deployment.id);
        self.log(Undo::Deployment(number));
        self.swap_deployment(number, Some(deployment));
    }

    fn swap_deployment(&mut self, number: u32, deployment: Option<Deployment>) {
        if let Some(folio) = self.at_mut(number) {
            let state = |d: &Option<Deployment>| d.as_ref().map(|d| d.state);
            let (old, new) = (state(&folio.deployment), state(&deployment));
            folio.tally.moved(old, new);
            folio.deployment = deployment;
            self.states_changed(number);
        }
    }

    pub(super) fn set_deployment_state(&mut self, id: &DeploymentId, state: DeploymentState) {
        if let Some(number) = self.number(id)
            && let Some(old) = self.swap_deployment_state(number, state)
        {
            self.log(Undo::DeploymentState(number, old));
        }
    }

    fn swap_deployment_state(
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

    pub(super) fn set_deployment_hash(&mut self, id: &DeploymentId, hash: Vec<u8>) {
        if let Some(number) = self.number(id)
            && let Some(folio) = self.at_mut(number)
            && let Some(deployment) = &mut folio.deployment
        {
            let old = std::mem::replace(&mut deployment.hash, hash);
            self.log(Undo::DeploymentHash(number, old));
        }
    }

    pub(super) fn put_group(&mut self, group: Group) {
        let (number, at) = self.open_group(&group.id);
        self.log(Undo::Group(number, at));
        if let Some(page) = self.group_mut(number, at) {
            page.group = Some(group);
        }
    }

    pub(super) fn set_group_state(&mut self, id: &GroupId, state: GroupState) {
        if let Some(number) = self.number(&id.deployment)
            && let Some(folio) = self.at_mut(number)
            && let Ok(at) = folio.group_at(id.gseq)
            && let Some(group) = folio.groups.get_mut(at).and_then(|g| g.group.as_mut())
        {
            let old = std::mem::replace(&mut group.state, state);
            self.log(Undo::GroupState(number, at, old));
        }
    }

    pub(super) fn put_order(&mut self, order: Order) {
        let (number, group, at) = self.open_order(&order.id);
        self.log(Undo::Order(number, group, at));
        self.swap_order(number, group, at, Some(order));
    }

    fn swap_order(&mut self, number: u32, group: usize, at: usize, order: Option<Order>) {
        let state = |o: &Option<Order>| o.as_ref().map(|o| o.state);
        let new = state(&order);
        if let Some(page) = self.order_at(number, group, at) {
            let old = state(&page.order);
            page.order = order;
            self.tally(number, old, new);
        }
    }

    pub(super) fn set_order_state(&mut self, id: &OrderId, state: OrderState) {
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

    fn swap_order_state(
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

    fn tally<S: Tallied>(&mut self, number: u32, from: Option<S>, to: Option<S>) {
        if let Some(folio) = self.at_mut(number) {
            folio.tally.moved(from, to);
            self.states_changed(number);
        }
    }

    pub(super) fn put_bid(&mut self, bid: Bid) {
        let (number, place) = self.open_bid(&bid.id);
        self.log(Undo::Bid(number, place));
        self.bids_by_provider.insert(Bidder::new(&bid.id), ());
        self.swap_bid(number, place, Some(bid));
    }

    fn swap_bid(&mut self, number: u32, place: Place, bid: Option<Bid>) -> Option<Bid> {
        let new = bid.as_ref().map(|b| b.state);
        let page = self.page_mut(number, place)?;
        let old = std::mem::replace(&mut page.bid, bid);
        self.bid_moved(number, place, old.as_ref().map(|b| b.state), new);
        old
    }

    pub(super) fn set_bid_state(&mut self, id: &BidId, state: BidState) {
        if let Some(number) = self.number(id.deployment())
            && let Some(place) = self.at(number).and_then(|folio| folio.place(id))
            && let Some(old) = self.swap_bid_state(number, place, state)
        {
            self.log(Undo::BidState(number, place, old));
        }
    }

    fn swap_bid_state(&mut self, number: u32, place: Place, state: BidState) -> Option<BidState> {
        let bid = self.page_mut(number, place)?.bid.as_mut()?;
        let old = std::mem::replace(&mut bid.state, state);
        self.bid_moved(number, place, Some(old), Some(state));
        Some(old)
    }

    fn bid_moved(
        &mut self,
        number: u32,
        place: Place,
        from: Option<BidState>,
        to: Option<BidState>,
    ) {
        if let Some(page) = self.order_at(number, place.group, place.order) {
            count(&mut page.bid_states, from, to);
        }
        self.tally(number, from, to);
    }

    pub(super) fn put_lease(&mut self, lease: Lease) {
        let (number, place) = self.open_bid(lease.id.bid());
        self.leases_by_provider
            .insert(Bidder::new(lease.id.bid()), ());
        self.log(Undo::Lease(number, place, None));
        self.swap_lease(number, place, Some(Box::new(lease)));
    }

    pub(super) fn modify_lease(&mut self, id: &LeaseId, change: impl FnOnce(&mut Lease)) {
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

    fn swap_lease(
        &mut self,
        number: u32,
        place: Place,
        lease: Option<Box<Lease>>,
    ) -> Option<Box<Lease>> {
        let new = lease.as_ref().map(|l| l.state);
        let page = self.page_mut(number, place)?;
        let old = std::mem::replace(&mut page.lease, lease);
        self.tally(number, old.as_ref().map(|l| l.state), new);
        old
    }

    pub(super) fn put_account(&mut self, account: Arc<EscrowAccount>) {
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

    pub(super) fn put_payment(&mut self, payment: Arc<EscrowPayment>) {
        let (number, place) = if payment.id.0.bid().bseq == Bseq(0) {
            self.open_bid(payment.id.0.bid())
        } else {
            self.open_bid(&unnumbered(&payment.id.0))
        };
        let old = self.swap_payment(number, place, Some(payment));
        self.log(Undo::Payment(number, place, old));
    }

    fn swap_payment(
        &mut self,
        number: u32,
        place: Place,
        payment: Option<Arc<EscrowPayment>>,
    ) -> Option<Arc<EscrowPayment>> {
        let after = is_live(payment.as_ref());
        let page = self.page_mut(number, place)?;
        let old = std::mem::replace(&mut page.payment, payment);
        let before = is_live(old.as_ref());
        if before != after
            && let Some(folio) = self.at_mut(number)
        {
            folio.enter_live(place, before, after);
            self.states_changed(number);
        }
        old
    }

    fn take_back(&mut self, undo: Undo) {
        match undo {
            Undo::Folio => {
                let last = self.slab.len().checked_sub(1);
                if let Some(folio) = last.and_then(|number| self.slab.get(number)) {
                    self.index.remove(&folio.id);
                }
                self.slab.pop();
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
                    self.bids_by_provider.remove(&Bidder::new(&bid.id));
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
                    self.leases_by_provider.remove(&Bidder::new(lease.id.bid()));
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

    /// Takes in a folio that was read.
    fn adopt(&mut self, mut folio: Folio) {
        folio.recount();
        let number = u32::try_from(self.slab.len()).unwrap_or(u32::MAX);
        let states = folio.states();
        folio.indexed = states;
        for page in folio.bids() {
            if let Some(bid) = &page.bid {
                self.bids_by_provider.insert(Bidder::new(&bid.id), ());
            }
            if let Some(lease) = &page.lease {
                let key = Bidder::new(lease.id.bid());
                self.leases_by_provider.insert(key, ());
            }
        }
        self.highest = self.highest.max(folio.id.dseq.0);
        self.index
            .insert(folio.id.clone(), Entry { number, states });
        self.slab.push(folio);
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

impl PartialEq for Folios {
    fn eq(&self, other: &Self) -> bool {
        self.index.len() == other.index.len() && self.iter().eq(other.iter())
    }
}

impl fmt::Debug for Folios {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Serialize for Folios {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Folios {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut folios = Self::default();
        for folio in Vec::<Folio>::deserialize(deserializer)? {
            folios.adopt(folio);
        }
        Ok(folios)
    }
}

/// Sorts before every deployment.
pub(super) fn lowest() -> DeploymentId {
    DeploymentId::new(LOWEST.clone(), 0)
}
