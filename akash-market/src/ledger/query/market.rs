//! Lists of deployments, orders, bids, leases and payments.

use super::super::Ledger;
use super::super::key::{LOWEST, PaymentKey};
use super::{QueryError, cursor};
use crate::address::Address;
use crate::bid::BidState;
use crate::deployment::{Deployment, DeploymentState};
use crate::escrow::EscrowPayment;
use crate::id::{BidId, Bseq, DeploymentId, Dseq, LeaseId, OrderId};
use crate::lease::LeaseState;
use crate::order::OrderState;
use crate::query::{Entity, Listing, Page};
use crate::store::Table;
use serde::Serialize;

const DEPLOYMENT_STATES: &[DeploymentState] = &[DeploymentState::Active, DeploymentState::Closed];
const ORDER_STATES: &[OrderState] = &[OrderState::Open, OrderState::Active, OrderState::Closed];
const BID_STATES: &[BidState] = &[
    BidState::Open,
    BidState::Active,
    BidState::Lost,
    BidState::Closed,
];
const LEASE_STATES: &[LeaseState] = &[
    LeaseState::Active,
    LeaseState::InsufficientFunds,
    LeaseState::Closed,
    LeaseState::Reclaiming,
];

/// The first id an owner, or one deployment of it, can have.
fn first_order(owner: &Address, dseq: Option<Dseq>) -> OrderId {
    DeploymentId::new(owner.clone(), dseq.map_or(0, |d| d.0))
        .group(0)
        .order(0)
}

fn first_bid(owner: &Address, dseq: Option<Dseq>) -> BidId {
    BidId {
        order: first_order(owner, dseq),
        provider: LOWEST.clone(),
        bseq: Bseq(0),
    }
}

/// Walks an index by state from a cursor on: the wanted states in order, ids inside.
fn walk_states<'a, S, I>(
    index: &'a Table<(S, I), ()>,
    all: &'static [S],
    wanted: Option<S>,
    from: Option<(S, I)>,
    lowest: I,
) -> impl Iterator<Item = (S, &'a I)>
where
    S: Ord + Copy + 'static,
    I: Ord + Clone,
{
    let skip = from.as_ref().map(|(state, _)| *state);
    all.iter()
        .copied()
        .filter(move |state| wanted.is_none_or(|w| w == *state))
        .filter(move |state| skip.is_none_or(|first| *state >= first))
        .flat_map(move |state| {
            let first = match &from {
                Some((s, id)) if *s == state => id.clone(),
                _ => lowest.clone(),
            };
            index
                .range((state, first)..)
                .take_while(move |((s, _), ())| *s == state)
                .map(move |((_, id), ())| (state, id))
        })
}

impl Ledger {
    pub(super) fn deployment_entity(&self, deployment: &Deployment) -> Entity {
        Entity::Deployment {
            groups: self.groups_of(&deployment.id).cloned().collect(),
            deployment: deployment.clone(),
        }
    }

    pub(super) fn list_deployments(
        &self,
        owner: Option<&Address>,
        dseq: Option<Dseq>,
        state: Option<DeploymentState>,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let matches = |d: &Deployment| {
            dseq.is_none_or(|n| d.id.dseq == n) && state.is_none_or(|s| d.state == s)
        };
        let table = &self.state.deployments;
        let Some(owner) = owner else {
            let lowest = DeploymentId::new(LOWEST.clone(), 0);
            let index = &self.state.deployments_by_state;
            let walk = walk_states(index, DEPLOYMENT_STATES, state, cursor(page)?, lowest)
                .filter_map(|(state, id)| Some(((state, id), table.get(id)?)))
                .filter(|(_, d)| matches(d))
                .map(|(at, d)| (at, self.deployment_entity(d)));
            return Ok(self.cut(page, walk));
        };
        let first = cursor(page)?
            .unwrap_or_else(|| DeploymentId::new(owner.clone(), dseq.map_or(0, |d| d.0)));
        let walk = table
            .range(first..)
            .take_while(|(id, _)| id.owner == *owner && dseq.is_none_or(|n| id.dseq == n))
            .filter(|(_, d)| matches(d))
            .map(|(id, d)| (id, self.deployment_entity(d)));
        Ok(self.cut(page, walk))
    }

    pub(super) fn list_orders(
        &self,
        owner: Option<&Address>,
        dseq: Option<Dseq>,
        state: Option<OrderState>,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let table = &self.state.orders;
        let is_dseq = |id: &OrderId| dseq.is_none_or(|n| id.group.deployment.dseq == n);
        let Some(owner) = owner else {
            let index = &self.state.orders_by_state;
            let lowest = first_order(&LOWEST, None);
            let walk = walk_states(index, ORDER_STATES, state, cursor(page)?, lowest)
                .filter(|(_, id)| is_dseq(id))
                .filter_map(|(state, id)| {
                    Some(((state, id), Entity::Order(table.get(id)?.clone())))
                });
            return Ok(self.cut(page, walk));
        };
        let first = cursor(page)?.unwrap_or_else(|| first_order(owner, dseq));
        let walk = table
            .range(first..)
            .take_while(|(id, _)| id.owner() == owner && is_dseq(id))
            .filter(|(_, order)| state.is_none_or(|s| order.state == s))
            .map(|(id, order)| (id, Entity::Order(order.clone())));
        Ok(self.cut(page, walk))
    }

    pub(super) fn list_bids(
        &self,
        owner: Option<&Address>,
        dseq: Option<Dseq>,
        provider: Option<&Address>,
        state: Option<BidState>,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let table = &self.state.bids;
        let is_dseq = |id: &BidId| dseq.is_none_or(|n| id.deployment().dseq == n);
        let is_state = |found: BidState| state.is_none_or(|s| found == s);
        if let Some(owner) = owner {
            let first = cursor(page)?.unwrap_or_else(|| first_bid(owner, dseq));
            let walk = table
                .range(first..)
                .take_while(|(id, _)| id.owner() == owner && is_dseq(id))
                .filter(|(id, bid)| {
                    provider.is_none_or(|p| id.provider == *p) && is_state(bid.state)
                })
                .map(|(id, bid)| (id, Entity::Bid(bid.clone())));
            return Ok(self.cut(page, walk));
        }
        if let Some(provider) = provider {
            let first = cursor(page)?.unwrap_or_else(|| first_bid(&LOWEST, None));
            let walk = of_provider(&self.state.bids_by_provider, provider, first)
                .filter(|id| is_dseq(id))
                .filter_map(|id| Some((id, table.get(id)?)))
                .filter(|(_, bid)| is_state(bid.state))
                .map(|(id, bid)| (id, Entity::Bid(bid.clone())));
            return Ok(self.cut(page, walk));
        }
        let index = &self.state.bids_by_state;
        let lowest = first_bid(&LOWEST, None);
        let walk = walk_states(index, BID_STATES, state, cursor(page)?, lowest)
            .filter(|(_, id)| is_dseq(id))
            .filter_map(|(state, id)| Some(((state, id), Entity::Bid(table.get(id)?.clone()))));
        Ok(self.cut(page, walk))
    }

    pub(super) fn list_leases(
        &self,
        owner: Option<&Address>,
        dseq: Option<Dseq>,
        provider: Option<&Address>,
        state: Option<LeaseState>,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let table = &self.state.leases;
        let is_dseq = |id: &LeaseId| dseq.is_none_or(|n| id.deployment().dseq == n);
        let is_state = |found: LeaseState| state.is_none_or(|s| found == s);
        if let Some(owner) = owner {
            let first = cursor(page)?.unwrap_or_else(|| first_bid(owner, dseq).lease());
            let walk = table
                .range(first..)
                .take_while(|(id, _)| id.owner() == owner && is_dseq(id))
                .filter(|(id, lease)| {
                    provider.is_none_or(|p| id.provider() == p) && is_state(lease.state)
                })
                .map(|(id, lease)| (id, Entity::Lease(lease.clone())));
            return Ok(self.cut(page, walk));
        }
        if let Some(provider) = provider {
            let first = cursor(page)?.unwrap_or_else(|| first_bid(&LOWEST, None).lease());
            let walk = of_provider(&self.state.leases_by_provider, provider, first)
                .filter(|id| is_dseq(id))
                .filter_map(|id| Some((id, table.get(id)?)))
                .filter(|(_, lease)| is_state(lease.state))
                .map(|(id, lease)| (id, Entity::Lease(lease.clone())));
            return Ok(self.cut(page, walk));
        }
        let index = &self.state.leases_by_state;
        let lowest = first_bid(&LOWEST, None).lease();
        let walk = walk_states(index, LEASE_STATES, state, cursor(page)?, lowest)
            .filter(|(_, id)| is_dseq(id))
            .filter_map(|(state, id)| Some(((state, id), Entity::Lease(table.get(id)?.clone()))));
        Ok(self.cut(page, walk))
    }

    pub(super) fn list_payments(
        &self,
        deployment: &DeploymentId,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let lowest = PaymentKey::first_of(deployment);
        let first = cursor(page)?.unwrap_or_else(|| lowest.clone());
        let walk = self
            .state
            .payments
            .range(first..)
            .take_while(move |(key, _)| key.owner == lowest.owner && key.dseq == lowest.dseq)
            .map(|(key, payment)| (key, Entity::EscrowPayment(EscrowPayment::clone(payment))));
        Ok(self.cut(page, walk))
    }
}

/// Walks an index by provider from an id on.
fn of_provider<'a, I: Ord + Clone + Serialize>(
    index: &'a Table<(Address, I), ()>,
    provider: &'a Address,
    first: I,
) -> impl Iterator<Item = &'a I> {
    index
        .range((provider.clone(), first)..)
        .take_while(move |((p, _), ())| p == provider)
        .map(|((_, id), ())| id)
}
