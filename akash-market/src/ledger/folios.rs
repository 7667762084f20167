//! The folios of all deployments, found by id and walked in order, with one journal for all of them.

mod change;
mod undo;

use super::folio::{
    BidPage, BidPlace, Folio, GroupPage, GroupPlace, Holder, LIVE, OrderPage, OrderPlace, Tallied,
    bit,
};
use super::key::{Decimal, LOWEST};
use crate::address::Address;
use crate::bid::{Bid, BidState};
use crate::deployment::{Deployment, Group};
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment};
use crate::id::{BidId, Bseq, DeploymentId, Dseq, GroupId, LeaseId, OrderId};
use crate::lease::Lease;
use crate::order::Order;
use crate::store::{self, Finder, Pages, Runs, Slab, Tree};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smallvec::SmallVec;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use undo::Undo;

/// Everything that hangs on deployments.
#[derive(Default)]
pub(super) struct Folios {
    /// Numbers of folios in the order of ids.
    index: Tree<DeploymentId, u32>,
    /// By a hash of the id, which is faster than the index.
    hashes: Finder,
    slab: Slab<Folio>,
    /// Which states occur in each folio, so that walks need not look into all of them.
    states: Pages<u16, 256>,
    bids_by_provider: Runs<Bidder>,
    leases_by_provider: Runs<Bidder>,
    undo: Vec<Undo>,
    /// Length of `undo` at the start of each open bracket.
    marks: Vec<usize>,
    /// Folios whose states may differ from what is noted.
    stale: Vec<u32>,
    /// No deployment has a higher number.
    highest: u64,
    /// The folio that was asked for last: an action asks for the same one again and again.
    last: AtomicU32,
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

impl Clone for Folios {
    /// Brackets are not copied: a clone is taken between batches.
    fn clone(&self) -> Self {
        Self {
            index: self.index.clone(),
            hashes: self.hashes.clone(),
            slab: self.slab.clone(),
            states: self.states.clone(),
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
    /// The number of a deployment's folio.
    #[inline]
    pub(super) fn number(&self, id: &DeploymentId) -> Option<u32> {
        let last = self.last.load(Ordering::Relaxed);
        if let Some(folio) = self.slab.get(last as usize)
            && folio.id.dseq == id.dseq
            && folio.id.owner == id.owner
        {
            return Some(last);
        }
        let is_it = |number| self.at(number).is_some_and(|folio| folio.id == *id);
        let number = self.hashes.find(hash(id), is_it)?;
        self.last.store(number, Ordering::Relaxed);
        Some(number)
    }

    #[inline]
    pub(super) fn at(&self, number: u32) -> Option<&Folio> {
        self.slab.get(number as usize)
    }

    /// The states that occur in a folio, as noted at the end of the last batch.
    fn states_of(&self, number: u32) -> u16 {
        self.states.get(number).copied().unwrap_or_default()
    }

    #[inline]
    pub(super) fn folio(&self, id: &DeploymentId) -> Option<&Folio> {
        self.at(self.number(id)?)
    }

    pub(super) fn deployment(&self, id: &DeploymentId) -> Option<&Deployment> {
        self.folio(id)?.deployment.as_ref()
    }

    #[inline]
    pub(super) fn find_group(&self, id: &GroupId) -> Option<(GroupPlace, &GroupPage)> {
        let folio = self.number(&id.deployment)?;
        let found = self.at(folio)?;
        let at = found.group_at(id.gseq).ok()?;
        Some((GroupPlace { folio, at }, found.groups.get(at)?))
    }

    pub(super) fn group_at(&self, place: GroupPlace) -> Option<&Group> {
        let page = self.at(place.folio)?.groups.get(place.at)?;
        page.group.as_ref()
    }

    pub(super) fn group(&self, id: &GroupId) -> Option<&Group> {
        self.find_group(id)?.1.group.as_ref()
    }

    #[inline]
    pub(super) fn find_order(&self, id: &OrderId) -> Option<(OrderPlace, &OrderPage)> {
        let (group, page) = self.find_group(&id.group)?;
        let at = page.order_at(id.oseq).ok()?;
        Some((OrderPlace { group, at }, page.orders.get(at)?))
    }

    pub(super) fn order(&self, id: &OrderId) -> Option<&Order> {
        self.find_order(id)?.1.order.as_ref()
    }

    #[inline]
    pub(super) fn order_at(&self, place: OrderPlace) -> Option<&OrderPage> {
        self.at(place.group.folio)?.order_at(place)
    }

    /// The only order of a group that can be other than closed.
    pub(super) fn last_order(&self, group: GroupPlace) -> Option<(OrderPlace, &Order)> {
        let page = self.at(group.folio)?.groups.get(group.at)?;
        let mut orders = page.orders.iter().enumerate().rev();
        orders.find_map(|(at, page)| Some((OrderPlace { group, at }, page.order.as_ref()?)))
    }

    /// Where the bids of an order are that are in a state, in the order of their providers' texts.
    pub(super) fn bids_in(&self, order: OrderPlace, state: BidState) -> SmallVec<[BidPlace; 4]> {
        let bids = self.order_at(order).map_or(&[] as &[_], |page| &page.bids);
        let bids = bids.iter().enumerate();
        bids.filter(|(_, page)| page.bid.as_ref().is_some_and(|bid| bid.state == state))
            .map(|(at, _)| BidPlace { order, at })
            .collect()
    }

    #[inline]
    pub(super) fn find_bid(&self, id: &BidId) -> Option<(BidPlace, &BidPage)> {
        let (order, page) = self.find_order(&id.order)?;
        let at = page.bid_at(&id.provider, id.bseq).ok()?;
        Some((BidPlace { order, at }, page.bids.get(at)?))
    }

    pub(super) fn bid(&self, id: &BidId) -> Option<&Bid> {
        self.find_bid(id)?.1.bid.as_ref()
    }

    #[inline]
    pub(super) fn bid_at(&self, place: BidPlace) -> Option<&BidPage> {
        self.at(place.order.group.folio)?.bid_at(place)
    }

    pub(super) fn lease(&self, id: &LeaseId) -> Option<&Lease> {
        self.find_bid(id.bid())?.1.lease.as_deref()
    }

    /// Where an account is kept, if its folio and page are there.
    pub(super) fn holder(&self, id: &AccountId) -> Option<Holder> {
        match id {
            AccountId::Bid(id) => Some(Holder::Bid(self.find_bid(id)?.0)),
            AccountId::Deployment(id) => Some(Holder::Deployment(self.number(id)?)),
        }
    }

    #[inline]
    pub(super) fn account_at(&self, holder: Holder) -> Option<&Arc<EscrowAccount>> {
        match holder {
            Holder::Bid(place) => self.bid_at(place)?.account.as_ref(),
            Holder::Deployment(number) => self.at(number)?.account.as_ref(),
        }
    }

    pub(super) fn account(&self, id: &AccountId) -> Option<&Arc<EscrowAccount>> {
        self.account_at(self.holder(id)?)
    }

    /// Where the payment of a lease is kept, if there is such a page: payments know no bid numbers.
    pub(super) fn payment_place(&self, lease: &LeaseId) -> Option<BidPlace> {
        let (order, page) = self.find_order(lease.order())?;
        let at = page.bid_at(lease.provider(), Bseq(0)).ok()?;
        Some(BidPlace { order, at })
    }

    /// The payment of a lease.
    pub(super) fn payment(&self, lease: &LeaseId) -> Option<&Arc<EscrowPayment>> {
        let place = self.payment_place(lease)?;
        self.bid_at(place)?.payment.as_ref()
    }

    /// The owner's folios with live payments whose deployment's number has a text that begins with the text of a
    /// deployment's number and is longer, in the order of these texts; with the folios' own numbers.
    pub(super) fn prefixed(&self, id: &DeploymentId) -> Vec<(u32, &Folio)> {
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
            for (found_id, number) in self.index.range(from..) {
                if found_id.owner != id.owner {
                    break;
                }
                none = false;
                if found_id.dseq.0 > high {
                    break;
                }
                if self.states_of(*number) & LIVE != 0 || self.stale.contains(number) {
                    found.extend(self.at(*number).map(|folio| (*number, folio)));
                }
            }
            if none {
                break;
            }
        }
        found.sort_by_key(|(_, folio)| Decimal::new(folio.id.dseq.0));
        found
    }

    /// All folios from an id on, in the order of ids.
    pub(super) fn from(&self, first: DeploymentId) -> impl Iterator<Item = &Folio> {
        self.index
            .range(first..)
            .filter_map(|(_, number)| self.at(*number))
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
            .filter(move |(_, number)| self.states_of(**number) & bit != 0)
            .filter_map(|(_, number)| self.at(*number))
    }

    /// All folios in the order of ids.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Folio> {
        self.index.iter().filter_map(|(_, number)| self.at(*number))
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

#[inline]
fn hash(id: &DeploymentId) -> u32 {
    let [first, second, third] = id.owner.words();
    store::hash([first, second, third, id.dseq.0])
}

fn held_by(
    index: &Runs<Bidder>,
    provider: &Address,
    first: OrderId,
) -> impl Iterator<Item = BidId> {
    let provider = provider.clone();
    let from = Bidder {
        provider: provider.clone(),
        order: first,
    };
    index
        .from(&from)
        .take_while(move |key| key.provider == provider)
        .map(Bidder::bid)
}

impl Folios {
    /// What was done so far can't be taken back any more.
    fn settle(&mut self) {
        self.bids_by_provider.settle();
        self.leases_by_provider.settle();
    }

    /// Takes in a folio that was read.
    fn adopt(&mut self, mut folio: Folio) {
        folio.recount();
        let number = u32::try_from(self.slab.len()).unwrap_or(u32::MAX);
        let states = folio.states();
        for page in folio.bids() {
            if let Some(bid) = &page.bid {
                self.bids_by_provider.insert(Bidder::new(&bid.id));
            }
            if let Some(lease) = &page.lease {
                let key = Bidder::new(lease.id.bid());
                self.leases_by_provider.insert(key);
            }
        }
        self.highest = self.highest.max(folio.id.dseq.0);
        self.enter(folio.id.clone(), number, states);
        self.slab.push(folio);
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
        folios.settle();
        Ok(folios)
    }
}

/// Sorts before every deployment.
pub(super) fn lowest() -> DeploymentId {
    DeploymentId::new(LOWEST.clone(), 0)
}
