use super::policy::{BidPolicy, Reason, Score, Verdict};
use crate::address::Address;
use crate::audit::AuditRecord;
use crate::bid::{Bid, BidState};
use crate::id::{BidId, OrderId};
use crate::order::Order;
use crate::provider::Provider;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All that is known of the bids of some orders and of who made them.
///
/// ```
/// use akash_market::auction::{BidBook, Cheapest};
/// let mut book = BidBook::default();
/// // book.order(order); book.bid(bid); book.provider(provider);
/// assert!(book.orders().next().is_none());
/// # let _ = Cheapest;
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidBook {
    orders: Vec<Order>,
    bids: Vec<Bid>,
    providers: Vec<Provider>,
    audits: Vec<(Address, Vec<AuditRecord>)>,
}

/// One bid with everything a policy may look at.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'b> {
    /// The order bid on.
    pub order: &'b Order,
    /// The bid.
    pub bid: &'b Bid,
    /// Who bids, if the record was read.
    pub provider: Option<&'b Provider>,
    /// What auditors say of the bidder, as far as read.
    pub audits: &'b [AuditRecord],
}

/// A bid that a policy would take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranked {
    /// The bid.
    pub bid: Bid,
    /// Its score; lower is better.
    pub score: Score,
}

/// A bid that a policy leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// The bid.
    pub id: BidId,
    /// Why.
    pub reason: Reason,
}

/// What a policy makes of the open bids of an order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ranking {
    /// Those it would take, best first; equal scores by bid id.
    pub accepted: Vec<Ranked>,
    /// Those it leaves.
    pub rejected: Vec<Rejected>,
}

impl Ranking {
    /// The best bid.
    #[must_use]
    pub fn best(&self) -> Option<&Bid> {
        self.accepted.first().map(|ranked| &ranked.bid)
    }
}

impl BidBook {
    /// Notes an order, or its new state.
    pub fn order(&mut self, order: Order) {
        put(&mut self.orders, order, |a, b| a.id == b.id);
    }

    /// Notes a bid, or its new state; says whether it was new.
    pub fn bid(&mut self, bid: Bid) -> bool {
        put(&mut self.bids, bid, |a, b| a.id == b.id)
    }

    /// Notes a provider's record.
    pub fn provider(&mut self, provider: Provider) {
        put(&mut self.providers, provider, |a, b| a.owner == b.owner);
    }

    /// Notes what auditors say of a provider; replaces what was noted before.
    pub fn audits(&mut self, owner: Address, records: Vec<AuditRecord>) {
        put(&mut self.audits, (owner, records), |a, b| a.0 == b.0);
    }

    /// The noted orders.
    pub fn orders(&self) -> impl Iterator<Item = &Order> {
        self.orders.iter()
    }

    /// The noted bids of an order, in the order in which they were noted.
    pub fn bids(&self, order: &OrderId) -> impl Iterator<Item = &Bid> {
        self.bids.iter().filter(move |bid| bid.id.order == *order)
    }

    /// Bidders whose record was not read yet.
    #[must_use]
    pub fn unknown_bidders(&self) -> Vec<Address> {
        let mut unknown: Vec<Address> = self
            .bids
            .iter()
            .map(|bid| &bid.id.provider)
            .filter(|owner| !self.audits.iter().any(|(known, _)| known == *owner))
            .cloned()
            .collect();
        unknown.sort();
        unknown.dedup();
        unknown
    }

    /// Asks `policy` about every open bid of `order`.
    #[must_use]
    pub fn rank(&self, order: &OrderId, policy: &dyn BidPolicy) -> Ranking {
        let mut ranking = Ranking::default();
        let Some(order) = self.orders.iter().find(|noted| noted.id == *order) else {
            return ranking;
        };
        for bid in self
            .bids(&order.id)
            .filter(|bid| bid.state == BidState::Open)
        {
            match policy.judge(&self.candidate(order, bid)) {
                Verdict::Take(score) => ranking.accepted.push(Ranked {
                    bid: bid.clone(),
                    score,
                }),
                Verdict::Leave(reason) => {
                    ranking.rejected.push(Rejected {
                        id: bid.id.clone(),
                        reason,
                    });
                }
            }
        }
        ranking
            .accepted
            .sort_by(|a, b| a.score.cmp(&b.score).then_with(|| a.bid.id.cmp(&b.bid.id)));
        ranking
    }

    fn candidate<'b>(&'b self, order: &'b Order, bid: &'b Bid) -> Candidate<'b> {
        let owner = &bid.id.provider;
        Candidate {
            order,
            bid,
            provider: self.providers.iter().find(|known| known.owner == *owner),
            audits: self
                .audits
                .iter()
                .find(|(known, _)| known == owner)
                .map_or(&[], |(_, records)| records.as_slice()),
        }
    }

    /// The best bid of each order, or the orders for which no bid would be taken.
    ///
    /// # Errors
    /// The rankings of the orders without a choice.
    pub fn choose(
        &self,
        policy: &dyn BidPolicy,
    ) -> Result<BTreeMap<OrderId, Bid>, Vec<(OrderId, Ranking)>> {
        let mut chosen = BTreeMap::new();
        let mut missing = Vec::new();
        for order in &self.orders {
            let ranking = self.rank(&order.id, policy);
            match ranking.best() {
                Some(bid) => {
                    chosen.insert(order.id.clone(), bid.clone());
                }
                None => missing.push((order.id.clone(), ranking)),
            }
        }
        if missing.is_empty() {
            Ok(chosen)
        } else {
            Err(missing)
        }
    }
}

/// Replaces the element that `same` finds, or adds it; says whether it was added.
fn put<T>(list: &mut Vec<T>, item: T, same: impl Fn(&T, &T) -> bool) -> bool {
    if let Some(known) = list.iter_mut().find(|known| same(known, &item)) {
        *known = item;
        false
    } else {
        list.push(item);
        true
    }
}
