//! The folios of all deployments, found by id and walked in order, with one journal for all of them.

mod change;
mod undo;

use super::folio::{BidPage, Folio, LIVE, OrderPage, Tallied, bit};
use super::key::{Decimal, LOWEST};
use crate::address::Address;
use crate::bid::Bid;
use crate::deployment::{Deployment, Group};
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment};
use crate::id::{BidId, Bseq, DeploymentId, Dseq, GroupId, LeaseId, OrderId};
use crate::lease::Lease;
use crate::order::Order;
use crate::store::{self, Finder, Pages, Runs, Slab, Tree};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
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
    #[inline]
    fn number(&self, id: &DeploymentId) -> Option<u32> {
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
    fn at(&self, number: u32) -> Option<&Folio> {
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
            for (found_id, number) in self.index.range(from..) {
                if found_id.owner != id.owner {
                    break;
                }
                none = false;
                if found_id.dseq.0 > high {
                    break;
                }
                if self.states_of(*number) & LIVE != 0 || self.stale.contains(number) {
                    found.extend(self.at(*number));
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

fn hash(id: &DeploymentId) -> u32 {
    store::hash(id.owner.words().into_iter().chain([id.dseq.0]))
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

/// The bid that a payment is kept with: payments know no bid numbers.
fn unnumbered(lease: &LeaseId) -> BidId {
    BidId {
        bseq: Bseq(0),
        ..lease.bid().clone()
    }
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
