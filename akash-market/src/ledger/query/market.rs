//! Lists of deployments, orders, bids, leases and payments.

use super::super::Ledger;
use super::super::folio::{Folio, Tallied};
use super::super::folios::lowest;
use super::super::key::{LOWEST, PaymentKey};
use super::{QueryError, cursor};
use crate::address::Address;
use crate::bid::{Bid, BidState};
use crate::deployment::DeploymentState;
use crate::escrow::EscrowPayment;
use crate::id::{BidId, DeploymentId, Dseq, LeaseId, OrderId};
use crate::lease::{Lease, LeaseState};
use crate::order::{Order, OrderState};
use crate::query::{Entity, Listing, Page};

/// A kind of object that is listed: where it is found and how its list is ordered.
struct Kind<S: 'static, I, T> {
    /// In the order of the list.
    states: &'static [S],
    /// What a folio has of it, in the order of ids.
    of: for<'a> fn(&'a Folio) -> Box<dyn Iterator<Item = &'a T> + 'a>,
    state: fn(&T) -> S,
    id: fn(&T) -> &I,
    /// Whose folio it is in.
    home: fn(&I) -> &DeploymentId,
}

/// Of those folios that have a deployment.
static DEPLOYMENTS: Kind<DeploymentState, DeploymentId, Folio> = Kind {
    states: &[DeploymentState::Active, DeploymentState::Closed],
    of: |folio| Box::new(std::iter::once(folio).filter(|f| f.deployment.is_some())),
    state: |folio| match &folio.deployment {
        Some(deployment) => deployment.state,
        None => DeploymentState::Closed,
    },
    id: |folio| &folio.id,
    home: |id| id,
};

static ORDERS: Kind<OrderState, OrderId, Order> = Kind {
    states: &[OrderState::Open, OrderState::Active, OrderState::Closed],
    of: |folio| Box::new(folio.orders().filter_map(|page| page.order.as_ref())),
    state: |order| order.state,
    id: |order| &order.id,
    home: |id| &id.group.deployment,
};

static BIDS: Kind<BidState, BidId, Bid> = Kind {
    states: &[
        BidState::Open,
        BidState::Active,
        BidState::Lost,
        BidState::Closed,
    ],
    of: |folio| Box::new(folio.bids().filter_map(|page| page.bid.as_ref())),
    state: |bid| bid.state,
    id: |bid| &bid.id,
    home: BidId::deployment,
};

static LEASES: Kind<LeaseState, LeaseId, Lease> = Kind {
    states: &[
        LeaseState::Active,
        LeaseState::InsufficientFunds,
        LeaseState::Closed,
        LeaseState::Reclaiming,
    ],
    of: |folio| Box::new(folio.bids().filter_map(|page| page.lease.as_deref())),
    state: |lease| lease.state,
    id: |lease| &lease.id,
    home: LeaseId::deployment,
};

/// A deployment with its groups, if the folio has one.
pub(super) fn deployment_entity(folio: &Folio) -> Option<Entity> {
    let groups = folio.groups.iter().filter_map(|page| page.group.clone());
    Some(Entity::Deployment {
        deployment: folio.deployment.clone()?,
        groups: groups.collect(),
    })
}

impl Ledger {
    /// Walks objects by state from a cursor on: the wanted states in order, ids inside.
    fn by_state<S, I, T>(
        &self,
        kind: &'static Kind<S, I, T>,
        wanted: Option<S>,
        from: Option<(S, I)>,
    ) -> impl Iterator<Item = ((S, &I), &T)>
    where
        S: Tallied + Ord + 'static,
        I: Ord + Clone + 'static,
        T: 'static,
    {
        let skip = from.as_ref().map(|(state, _)| *state);
        kind.states
            .iter()
            .copied()
            .filter(move |state| wanted.is_none_or(|w| w == *state))
            .filter(move |state| skip.is_none_or(|first| *state >= first))
            .flat_map(move |state| {
                let first = from.as_ref().filter(|(s, _)| *s == state);
                let first = first.map(|(_, id)| id.clone());
                let begin = first
                    .as_ref()
                    .map_or_else(lowest, |id| (kind.home)(id).clone());
                self.state
                    .folios
                    .with(state, begin)
                    .flat_map(kind.of)
                    .filter(move |object| (kind.state)(object) == state)
                    .map(move |object| ((state, (kind.id)(object)), object))
                    .filter(move |((_, id), _)| first.as_ref().is_none_or(|f| *id >= f))
            })
    }

    /// Walks an owner's objects, or those of one deployment, from a cursor on.
    fn of_owner<'a, S, I, T>(
        &'a self,
        kind: &'static Kind<S, I, T>,
        owner: &'a Address,
        dseq: Option<Dseq>,
        from: Option<I>,
    ) -> impl Iterator<Item = (&'a I, &'a T)>
    where
        I: Ord + 'static,
        T: 'static,
    {
        let first = || DeploymentId::new(owner.clone(), dseq.map_or(0, |d| d.0));
        let begin = from.as_ref().map(|id| (kind.home)(id).clone());
        self.state
            .folios
            .from(begin.unwrap_or_else(first))
            .take_while(move |folio| {
                folio.id.owner == *owner && dseq.is_none_or(|n| folio.id.dseq == n)
            })
            .flat_map(kind.of)
            .map(move |object| ((kind.id)(object), object))
            .filter(move |(id, _)| from.as_ref().is_none_or(|first| *id >= first))
    }

    pub(super) fn list_deployments(
        &self,
        owner: Option<&Address>,
        dseq: Option<Dseq>,
        state: Option<DeploymentState>,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let Some(owner) = owner else {
            let walk = self
                .by_state(&DEPLOYMENTS, state, cursor(page)?)
                .filter(|((_, id), _)| dseq.is_none_or(|n| id.dseq == n))
                .filter_map(|(at, folio)| Some((at, deployment_entity(folio)?)));
            return Ok(self.cut(page, walk));
        };
        let walk = self
            .of_owner(&DEPLOYMENTS, owner, dseq, cursor(page)?)
            .filter(|(_, folio)| state.is_none_or(|s| (DEPLOYMENTS.state)(folio) == s))
            .filter_map(|(id, folio)| Some((id, deployment_entity(folio)?)));
        Ok(self.cut(page, walk))
    }

    pub(super) fn list_orders(
        &self,
        owner: Option<&Address>,
        dseq: Option<Dseq>,
        state: Option<OrderState>,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let Some(owner) = owner else {
            let walk = self
                .by_state(&ORDERS, state, cursor(page)?)
                .filter(|((_, id), _)| dseq.is_none_or(|n| id.group.deployment.dseq == n))
                .map(|(at, order)| (at, Entity::Order(order.clone())));
            return Ok(self.cut(page, walk));
        };
        let walk = self
            .of_owner(&ORDERS, owner, dseq, cursor(page)?)
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
        let is_dseq = |id: &BidId| dseq.is_none_or(|n| id.deployment().dseq == n);
        let is_state = |found: BidState| state.is_none_or(|s| found == s);
        if let Some(owner) = owner {
            let walk = self
                .of_owner(&BIDS, owner, dseq, cursor(page)?)
                .filter(|(id, bid)| {
                    provider.is_none_or(|p| id.provider == *p) && is_state(bid.state)
                })
                .map(|(id, bid)| (id, Entity::Bid(bid.clone())));
            return Ok(self.cut(page, walk));
        }
        if let Some(provider) = provider {
            let first = cursor(page)?.map_or_else(lowest_order, |id: BidId| id.order);
            let walk = self
                .state
                .folios
                .bids_by(provider, first)
                .filter(|id| is_dseq(id))
                .filter_map(|id| Some((self.state.folios.bid(&id)?, id)))
                .filter(|(bid, _)| is_state(bid.state))
                .map(|(bid, id)| (id, Entity::Bid(bid.clone())));
            return Ok(self.cut(page, walk));
        }
        let walk = self
            .by_state(&BIDS, state, cursor(page)?)
            .filter(|((_, id), _)| is_dseq(id))
            .map(|(at, bid)| (at, Entity::Bid(bid.clone())));
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
        let is_dseq = |id: &LeaseId| dseq.is_none_or(|n| id.deployment().dseq == n);
        let is_state = |found: LeaseState| state.is_none_or(|s| found == s);
        if let Some(owner) = owner {
            let walk = self
                .of_owner(&LEASES, owner, dseq, cursor(page)?)
                .filter(|(id, lease)| {
                    provider.is_none_or(|p| id.provider() == p) && is_state(lease.state)
                })
                .map(|(id, lease)| (id, Entity::Lease(lease.clone())));
            return Ok(self.cut(page, walk));
        }
        if let Some(provider) = provider {
            let first = cursor(page)?.map_or_else(lowest_order, |id: LeaseId| id.0.order);
            let walk = self
                .state
                .folios
                .leases_by(provider, first)
                .filter(|id| is_dseq(id))
                .filter_map(|id| Some((self.state.folios.lease(&id)?, id)))
                .filter(|(lease, _)| is_state(lease.state))
                .map(|(lease, id)| (id, Entity::Lease(lease.clone())));
            return Ok(self.cut(page, walk));
        }
        let walk = self
            .by_state(&LEASES, state, cursor(page)?)
            .filter(|((_, id), _)| is_dseq(id))
            .map(|(at, lease)| (at, Entity::Lease(lease.clone())));
        Ok(self.cut(page, walk))
    }

    pub(super) fn list_payments(
        &self,
        deployment: &DeploymentId,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let from: Option<PaymentKey> = cursor(page)?;
        let folio = self.state.folios.folio(deployment);
        let mut payments: Vec<_> = folio
            .into_iter()
            .flat_map(Folio::payments)
            .map(|payment| (PaymentKey::new(&payment.id), payment))
            .filter(|(key, _)| from.as_ref().is_none_or(|first| key >= first))
            .collect();
        payments.sort_by(|(a, _), (b, _)| a.cmp(b));
        let walk = payments
            .iter()
            .map(|(key, payment)| (key, Entity::EscrowPayment(EscrowPayment::clone(payment))));
        Ok(self.cut(page, walk))
    }
}

/// Before all orders.
fn lowest_order() -> OrderId {
    DeploymentId::new(LOWEST.clone(), 0).group(0).order(0)
}
