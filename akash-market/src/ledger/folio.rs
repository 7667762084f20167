//! All that hangs on one deployment, in one place: groups, orders, bids, leases, escrow.
//!
//! The escrow can also be used without a market around it, so every part may be there without the one it belongs to.

use super::key::Decimal;
use crate::address::Address;
use crate::bid::{Bid, BidState};
use crate::deployment::{Deployment, DeploymentState, Group};
use crate::escrow::{EscrowAccount, EscrowPayment, EscrowState};
use crate::id::{Bseq, DeploymentId, Gseq, Oseq};
use crate::lease::{Lease, LeaseState};
use crate::order::{Order, OrderState};
use serde::{Deserialize, Serialize, Serializer};
use smallvec::SmallVec;
use std::ops::{Deref, DerefMut};
use std::sync::Arc;

/// A deployment's page in the ledger. Most have one group with one order and one lease, which are kept in place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Folio {
    pub(super) id: DeploymentId,
    pub(super) deployment: Option<Deployment>,
    pub(super) account: Option<Arc<EscrowAccount>>,
    /// By number.
    pub(super) groups: SmallVec<[GroupPage; 1]>,
    /// Payments that are open or overdrawn, in the order of their keys' texts.
    #[serde(skip)]
    pub(super) live: SmallVec<[Live; 1]>,
    #[serde(skip)]
    pub(super) tally: Tally,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct GroupPage {
    pub(super) gseq: Gseq,
    pub(super) group: Option<Group>,
    /// By number.
    pub(super) orders: SmallVec<[OrderPage; 1]>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct OrderPage {
    pub(super) oseq: Oseq,
    pub(super) order: Option<Order>,
    /// By provider's text.
    pub(super) bids: SmallVec<[Placed; 4]>,
    /// How many bids are in each state.
    #[serde(skip)]
    pub(super) bid_states: [u32; 4],
}

/// A bid's page with what it is found by, so that a search needs to look at few pages. Boxed, so that putting one in
/// moves little.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "BidPage")]
pub(super) struct Placed {
    /// [`Address::mark`] of the provider.
    mark: u64,
    page: Box<BidPage>,
}

impl From<BidPage> for Placed {
    fn from(page: BidPage) -> Self {
        Self {
            mark: page.provider.mark(),
            page: Box::new(page),
        }
    }
}

impl Serialize for Placed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.page.serialize(serializer)
    }
}

impl Deref for Placed {
    type Target = BidPage;

    fn deref(&self) -> &BidPage {
        &self.page
    }
}

impl DerefMut for Placed {
    fn deref_mut(&mut self) -> &mut BidPage {
        &mut self.page
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct BidPage {
    pub(super) provider: Address,
    pub(super) bseq: Bseq,
    pub(super) bid: Option<Bid>,
    pub(super) account: Option<Arc<EscrowAccount>>,
    pub(super) lease: Option<Box<Lease>>,
    pub(super) payment: Option<Arc<EscrowPayment>>,
}

/// Where a group's page stands. Like all places it is found once for an action and holds until the next page is put in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct GroupPlace {
    /// The folio's number.
    pub(super) folio: u32,
    pub(super) at: usize,
}

/// Where an order's page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OrderPlace {
    pub(super) group: GroupPlace,
    pub(super) at: usize,
}

/// Where a bid's page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BidPlace {
    pub(super) order: OrderPlace,
    pub(super) at: usize,
}

impl BidPlace {
    /// Where the deployment's account is kept.
    pub(super) const fn deployment(self) -> Holder {
        Holder::Deployment(self.order.group.folio)
    }
}

/// Where an escrow account is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holder {
    /// A deployment's, in the folio with this number.
    Deployment(u32),
    /// A bid's.
    Bid(BidPlace),
}

/// A payment that a settlement may have to see.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Live {
    pub(super) gseq: Gseq,
    pub(super) oseq: Oseq,
    pub(super) provider: Address,
}

impl Live {
    fn key(&self) -> (Decimal, Decimal, &Address) {
        let number = |n: u32| Decimal::new(n.into());
        (number(self.gseq.0), number(self.oseq.0), &self.provider)
    }
}

/// How many objects of a folio are in each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Tally([u32; 13]);

/// A kind of object and its state.
pub(super) trait Tallied: Copy {
    /// Which counter it is.
    fn slot(self) -> usize;
}

macro_rules! tallied {
    ($first:literal, $state:ty) => {
        impl Tallied for $state {
            fn slot(self) -> usize {
                $first + self as usize
            }
        }
    };
}

tallied!(0, DeploymentState);
tallied!(2, OrderState);
tallied!(5, BidState);
tallied!(9, LeaseState);

impl Tally {
    /// An object went from one state to another, came or went.
    #[inline]
    pub(super) fn moved<S: Tallied>(&mut self, from: Option<S>, to: Option<S>) {
        if let Some(count) = from.and_then(|state| self.0.get_mut(state.slot())) {
            *count = count.saturating_sub(1);
        }
        if let Some(count) = to.and_then(|state| self.0.get_mut(state.slot())) {
            *count = count.saturating_add(1);
        }
    }

    /// A bit for every counter that is not zero.
    #[inline]
    fn mask(&self) -> u16 {
        self.0.iter().enumerate().fold(0, |mask, (slot, count)| {
            mask | u16::from(*count != 0) << slot
        })
    }
}

/// The bit in [`Folio::states`] that tells of payments in [`Folio::live`].
pub(super) const LIVE: u16 = 1 << 13;

/// The bit of a state in [`Folio::states`].
pub(super) fn bit<S: Tallied>(state: S) -> u16 {
    1 << state.slot()
}

impl Folio {
    pub(super) const fn new(id: DeploymentId) -> Self {
        Self {
            id,
            deployment: None,
            account: None,
            groups: SmallVec::new_const(),
            live: SmallVec::new_const(),
            tally: Tally([0; 13]),
        }
    }

    /// Which states occur, a bit for each.
    pub(super) fn states(&self) -> u16 {
        let live = if self.live.is_empty() { 0 } else { LIVE };
        self.tally.mask() | live
    }

    /// Groups are numbered from 1 without gaps, but for those of escrow accounts without a market.
    #[inline]
    pub(super) fn group_at(&self, gseq: Gseq) -> Result<usize, usize> {
        find(&self.groups, gseq.0, |page| page.gseq.0)
    }

    pub(super) fn order_at(&self, place: OrderPlace) -> Option<&OrderPage> {
        self.groups.get(place.group.at)?.orders.get(place.at)
    }

    #[inline]
    pub(super) fn bid_at(&self, place: BidPlace) -> Option<&BidPage> {
        let bids = &self.order_at(place.order)?.bids;
        bids.get(place.at).map(|placed| &**placed)
    }

    /// The counts, and the order at a place.
    #[inline]
    pub(super) fn order_mut(&mut self, place: OrderPlace) -> Option<(&mut Tally, &mut OrderPage)> {
        let group = self.groups.get_mut(place.group.at)?;
        Some((&mut self.tally, group.orders.get_mut(place.at)?))
    }

    pub(super) fn orders(&self) -> impl Iterator<Item = &OrderPage> {
        self.groups.iter().flat_map(|group| &group.orders)
    }

    /// All bid pages in the order of their ids.
    pub(super) fn bids(&self) -> impl Iterator<Item = &BidPage> {
        self.orders()
            .flat_map(|order| order.bids.iter().map(|placed| &**placed))
    }

    /// All payments in the order of their ids.
    pub(super) fn payments(&self) -> impl Iterator<Item = &Arc<EscrowPayment>> {
        self.bids().filter_map(|page| page.payment.as_ref())
    }

    /// The payments that a settlement may have to see, in the order of their keys' texts. The folio has this number.
    pub(super) fn live_payments(
        &self,
        number: u32,
    ) -> impl Iterator<Item = (BidPlace, &EscrowPayment)> {
        self.live.iter().filter_map(move |live| {
            let at = self.group_at(live.gseq).ok()?;
            let group = GroupPlace { folio: number, at };
            let page = self.groups.get(at)?;
            let at = page.order_at(live.oseq).ok()?;
            let order = OrderPlace { group, at };
            let page = page.orders.get(at)?;
            let at = page.bid_at(&live.provider, Bseq(0)).ok()?;
            let payment = page.bids.get(at)?.payment.as_deref()?;
            Some((BidPlace { order, at }, payment))
        })
    }

    /// Enters or strikes out a payment by its state before and after.
    pub(super) fn enter_live(&mut self, place: BidPlace, before: bool, after: bool) {
        if before == after {
            return;
        }
        let Some(group) = self.groups.get(place.order.group.at) else {
            return;
        };
        let Some(order) = group.orders.get(place.order.at) else {
            return;
        };
        let Some(bid) = order.bids.get(place.at) else {
            return;
        };
        let live = Live {
            gseq: group.gseq,
            oseq: order.oseq,
            provider: bid.provider.clone(),
        };
        match self.live.binary_search_by(|l| l.key().cmp(&live.key())) {
            Ok(at) if before => {
                self.live.remove(at);
            }
            Err(at) if after => self.live.insert(at, live),
            Ok(_) | Err(_) => {}
        }
    }

    /// Counts everything anew, for a folio that was read.
    pub(super) fn recount(&mut self) {
        let mut tally = Tally::default();
        let mut live: SmallVec<[Live; 1]> = SmallVec::new();
        tally.moved(None, self.deployment.as_ref().map(|d| d.state));
        for group in &mut self.groups {
            for page in &mut group.orders {
                tally.moved(None, page.order.as_ref().map(|o| o.state));
                page.bid_states = [0; 4];
                for bid in &page.bids {
                    let state = bid.bid.as_ref().map(|b| b.state);
                    tally.moved(None, state);
                    tally.moved(None, bid.lease.as_ref().map(|l| l.state));
                    count(&mut page.bid_states, None, state);
                    if bid.payment.as_deref().is_some_and(is_live) {
                        live.push(Live {
                            gseq: group.gseq,
                            oseq: page.oseq,
                            provider: bid.provider.clone(),
                        });
                    }
                }
            }
        }
        live.sort_by(|a, b| a.key().cmp(&b.key()));
        self.tally = tally;
        self.live = live;
    }
}

/// Whether a payment takes part in settlements.
pub(super) fn is_live(payment: &EscrowPayment) -> bool {
    payment.state != EscrowState::Closed
}

/// Keeps an order's count of its bids.
pub(super) fn count(counts: &mut [u32; 4], from: Option<BidState>, to: Option<BidState>) {
    if let Some(count) = from.and_then(|state| counts.get_mut(state as usize)) {
        *count = count.saturating_sub(1);
    }
    if let Some(count) = to.and_then(|state| counts.get_mut(state as usize)) {
        *count = count.saturating_add(1);
    }
}

impl GroupPage {
    #[inline]
    pub(super) fn order_at(&self, oseq: Oseq) -> Result<usize, usize> {
        find(&self.orders, oseq.0, |page| page.oseq.0)
    }
}

impl OrderPage {
    #[inline]
    pub(super) fn bid_at(&self, provider: &Address, bseq: Bseq) -> Result<usize, usize> {
        let mark = provider.mark();
        let is_it = |placed: &Placed| {
            placed.mark == mark && placed.bseq == bseq && placed.provider == *provider
        };
        // Most orders have few bids.
        if let Some(at) = self.bids.iter().take(16).position(is_it) {
            return Ok(at);
        }
        self.bids.binary_search_by(|placed| {
            if placed.mark != mark && placed.mark != 0 && mark != 0 {
                return placed.mark.cmp(&mark);
            }
            let page = &placed.page;
            page.provider.cmp(provider).then(page.bseq.cmp(&bseq))
        })
    }

    /// How many bids are in a state.
    pub(super) fn count(&self, state: BidState) -> u32 {
        self.bid_states.get(state as usize).copied().unwrap_or(0)
    }
}

/// Finds a number among sorted ones that are most likely 1, 2, 3 and so on.
#[inline]
fn find<T>(pages: &[T], number: u32, of: impl Fn(&T) -> u32) -> Result<usize, usize> {
    if let Ok(next) = usize::try_from(number)
        && let Some(guess) = next.checked_sub(1)
        && pages.get(guess).is_some_and(|page| of(page) == number)
    {
        return Ok(guess);
    }
    pages.binary_search_by_key(&number, of)
}
