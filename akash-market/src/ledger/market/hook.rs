//! What the end of an escrow account or payment does to deployments, orders, bids and leases (node x/market/hooks).

use super::super::Ledger;
use crate::bid::BidState;
use crate::change::Change;
use crate::deployment::{DeploymentState, GroupState};
use crate::error::Error;
use crate::escrow::{AccountId, EscrowState, PaymentId};
use crate::id::GroupId;
use crate::lease::{CloseReason, LeaseState};

impl Ledger {
    /// An account was stored as closed or overdrawn. A deployment's ends with all it has; a bid's means nothing here.
    pub(in super::super) fn account_ended(
        &mut self,
        id: &AccountId,
        state: EscrowState,
    ) -> Result<(), Error> {
        let AccountId::Deployment(id) = id else {
            return Ok(());
        };
        let active = self
            .state
            .folios
            .deployment(id)
            .is_some_and(|d| d.state == DeploymentState::Active);
        if !active {
            return Ok(());
        }
        let (group_state, lease_state, reason) = if state == EscrowState::Overdrawn {
            (
                GroupState::InsufficientFunds,
                LeaseState::InsufficientFunds,
                CloseReason::INSUFFICIENT_FUNDS,
            )
        } else {
            (GroupState::Closed, LeaseState::Closed, CloseReason::OWNER)
        };
        self.state
            .folios
            .set_deployment_state(id, DeploymentState::Closed);
        self.changes
            .push(Change::DeploymentClosed { id: id.clone() });
        let groups: Vec<(GroupId, GroupState)> = self
            .groups_of(id)
            .map(|group| (group.id.clone(), group.state))
            .collect();
        for (group, state) in groups {
            if state != GroupState::Closed {
                self.end_group(&group, group_state);
            }
            self.end_order_of(&group, lease_state, reason)?;
        }
        Ok(())
    }

    /// A payment was stored as closed or overdrawn. If its lease still runs, it ends with order and bid.
    pub(in super::super) fn payment_ended(
        &mut self,
        id: &PaymentId,
        state: EscrowState,
    ) -> Result<(), Error> {
        let lease = &id.0;
        let active = self
            .state
            .folios
            .bid(lease.bid())
            .is_some_and(|bid| bid.state == BidState::Active);
        if !active {
            return Ok(());
        }
        self.end_order(lease.order());
        self.end_bid(lease.bid())?;
        if state == EscrowState::Overdrawn {
            let reason = CloseReason::INSUFFICIENT_FUNDS;
            self.end_lease(lease, LeaseState::InsufficientFunds, reason);
        } else {
            self.end_lease(lease, LeaseState::Closed, CloseReason::UNSPECIFIED);
        }
        Ok(())
    }
}
