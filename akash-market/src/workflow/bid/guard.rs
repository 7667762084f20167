//! Earnings at risk: on today's chain a lease takes from the older leases of its deployment what they have earned since
//! their last settlement.

use super::{Bid, BidStep, Effects, Stage};
use crate::bid::BidState;
use crate::id::{DeploymentId, OrderId};
use crate::query::{Entity, Filter};
use crate::workflow::Effect;
use std::collections::BTreeSet;

impl Bid {
    /// Notes which open orders stand beside its leases, and asks for the bids there where it is time to withdraw.
    pub(super) fn watch(&mut self, open: &BTreeSet<OrderId>) -> Effects {
        let leased: BTreeSet<DeploymentId> = self
            .orders
            .iter()
            .filter(|(_, work)| matches!(work.stage, Stage::Won { .. }))
            .map(|(id, _)| id.group.deployment.clone())
            .collect();
        self.settled.retain(|id, _| leased.contains(id));
        self.siblings = open
            .iter()
            .filter(|id| leased.contains(&id.group.deployment))
            .cloned()
            .collect();
        let at_risk = self.siblings.iter().map(|id| &id.group.deployment);
        let at_risk: BTreeSet<&DeploymentId> = at_risk.collect();
        at_risk
            .into_iter()
            .filter(|id| self.is_time(id))
            .map(|id| {
                Effect::List(Filter::Bids {
                    owner: Some(id.owner.clone()),
                    dseq: Some(id.dseq),
                    provider: None,
                    state: Some(BidState::Open),
                })
            })
            .collect()
    }

    /// Whether the last settlement is long enough ago to pay for another one.
    fn is_time(&self, id: &DeploymentId) -> bool {
        let Some(pause) = self.plan.withdraw_at_risk else {
            return false;
        };
        let last = self.settled.get(id).copied().unwrap_or(i64::MIN);
        let next = last.saturating_add(i64::from(pause.max(1)));
        next <= self.now.height.0 && !self.is_withdrawing(id)
    }

    /// Withdraws if somebody bids on an order beside its leases. One withdrawal settles them all.
    pub(super) fn guard(&mut self, id: &DeploymentId, bids: &[Entity]) -> Effects {
        let sibling = bids.iter().find_map(|item| match item {
            Entity::Bid(bid) => self.siblings.get(&bid.id.order).cloned(),
            _ => None,
        });
        let (Some(sibling), true) = (sibling, self.is_time(id)) else {
            return Vec::new();
        };
        let own = self.orders.iter().find(|(order, work)| {
            order.group.deployment == *id && matches!(work.stage, Stage::Won { .. })
        });
        let Some(order) = own.map(|(order, _)| order.clone()) else {
            return Vec::new();
        };
        let lease = order.bid(self.plan.provider.clone()).lease();
        let withdrawal = self.withdraw(&order);
        vec![
            Effect::Report(BidStep::AtRisk { lease, sibling }),
            withdrawal,
        ]
    }
}
