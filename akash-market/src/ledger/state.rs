//! Everything a ledger remembers.

use super::key::{ByBytes, PaymentKey, Serial};
use crate::address::Address;
use crate::audit::AuditRecord;
use crate::bank::Bank;
use crate::bid::{Bid, BidState};
use crate::bme::Bme;
use crate::certificate::Certificate;
use crate::deployment::{Deployment, DeploymentState, Group};
use crate::epochs::Epoch;
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment};
use crate::grant::DepositGrant;
use crate::id::{BidId, DeploymentId, GroupId, LeaseId, OrderId};
use crate::lease::{Lease, LeaseState};
use crate::oracle::Oracle;
use crate::order::{Order, OrderState};
use crate::params::Params;
use crate::provider::Provider;
use crate::store::{Slot, Table, journaled};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The tables, in the order of the modules, and the indexes over them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) bank: Bank,
    pub(super) params: Slot<Params>,
    /// By name, which is the order of their turns.
    pub(super) epochs: Table<String, Epoch>,
    pub(super) oracle: Oracle,
    pub(super) bme: Bme,
    pub(super) deployments: Table<DeploymentId, Deployment>,
    pub(super) groups: Table<GroupId, Group>,
    pub(super) orders: Table<OrderId, Order>,
    pub(super) bids: Table<BidId, Bid>,
    pub(super) leases: Table<LeaseId, Lease>,
    pub(super) accounts: Table<AccountId, Arc<EscrowAccount>>,
    pub(super) payments: Table<PaymentKey, Arc<EscrowPayment>>,
    pub(super) providers: Table<ByBytes, Provider>,
    /// By provider, then auditor.
    pub(super) audits: Table<(ByBytes, ByBytes), AuditRecord>,
    pub(super) certificates: Table<(Address, Serial), Certificate>,
    /// By grantee, then granter.
    pub(super) grants: Table<(Address, ByBytes), DepositGrant>,
    /// Payments that are open or overdrawn.
    pub(super) live_payments: Table<PaymentKey, ()>,
    pub(super) deployments_by_state: Table<(DeploymentState, DeploymentId), ()>,
    pub(super) orders_by_state: Table<(OrderState, OrderId), ()>,
    pub(super) bids_by_state: Table<(BidState, BidId), ()>,
    pub(super) bids_by_provider: Table<(Address, BidId), ()>,
    pub(super) leases_by_state: Table<(LeaseState, LeaseId), ()>,
    pub(super) leases_by_provider: Table<(Address, LeaseId), ()>,
}

journaled!(State {
    bank,
    params,
    epochs,
    oracle,
    bme,
    deployments,
    groups,
    orders,
    bids,
    leases,
    accounts,
    payments,
    providers,
    audits,
    certificates,
    grants,
    live_payments,
    deployments_by_state,
    orders_by_state,
    bids_by_state,
    bids_by_provider,
    leases_by_state,
    leases_by_provider,
});

impl State {
    pub(super) fn put_deployment(&mut self, deployment: Deployment) {
        let key = (deployment.state, deployment.id.clone());
        self.deployments_by_state.insert(key, ());
        self.deployments.insert(deployment.id.clone(), deployment);
    }

    pub(super) fn set_deployment_state(&mut self, id: &DeploymentId, state: DeploymentState) {
        let old = self
            .deployments
            .modify(id, |d| std::mem::replace(&mut d.state, state));
        if let Some(old) = old {
            self.deployments_by_state.remove(&(old, id.clone()));
            self.deployments_by_state.insert((state, id.clone()), ());
        }
    }

    pub(super) fn put_order(&mut self, order: Order) {
        self.orders_by_state
            .insert((order.state, order.id.clone()), ());
        self.orders.insert(order.id.clone(), order);
    }

    pub(super) fn set_order_state(&mut self, id: &OrderId, state: OrderState) {
        let old = self
            .orders
            .modify(id, |o| std::mem::replace(&mut o.state, state));
        if let Some(old) = old {
            self.orders_by_state.remove(&(old, id.clone()));
            self.orders_by_state.insert((state, id.clone()), ());
        }
    }

    pub(super) fn put_bid(&mut self, bid: Bid) {
        self.bids_by_state.insert((bid.state, bid.id.clone()), ());
        self.bids_by_provider
            .insert((bid.id.provider.clone(), bid.id.clone()), ());
        self.bids.insert(bid.id.clone(), bid);
    }

    pub(super) fn set_bid_state(&mut self, id: &BidId, state: BidState) {
        let old = self
            .bids
            .modify(id, |b| std::mem::replace(&mut b.state, state));
        if let Some(old) = old {
            self.bids_by_state.remove(&(old, id.clone()));
            self.bids_by_state.insert((state, id.clone()), ());
        }
    }

    pub(super) fn put_lease(&mut self, lease: Lease) {
        self.leases_by_state
            .insert((lease.state, lease.id.clone()), ());
        self.leases_by_provider
            .insert((lease.id.provider().clone(), lease.id.clone()), ());
        self.leases.insert(lease.id.clone(), lease);
    }

    pub(super) fn modify_lease(&mut self, id: &LeaseId, change: impl FnOnce(&mut Lease)) {
        let states = self.leases.modify(id, |lease| {
            let old = lease.state;
            change(lease);
            (old, lease.state)
        });
        if let Some((old, new)) = states
            && old != new
        {
            self.leases_by_state.remove(&(old, id.clone()));
            self.leases_by_state.insert((new, id.clone()), ());
        }
    }
}
