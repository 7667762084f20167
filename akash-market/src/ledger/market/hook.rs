//! What the end of an escrow account or payment does to deployments, orders, bids and leases (node x/market/hooks).

use super::super::Ledger;
use super::super::folio::{BidPlace, GroupPlace};
use crate::bid::BidState;
use crate::change::Change;
use crate::deployment::{DeploymentState, GroupState};
use crate::error::Error;
use crate::escrow::EscrowState;
use crate::lease::{CloseReason, LeaseState};

impl Ledger {
    /// The account of the deployment in a folio was stored as closed or overdrawn: the deployment ends with all it has.
    pub(in super::super) fn account_ended(
        &mut self,
        folio: u32,
        state: EscrowState,
    ) -> Result<(), Error> {
        let found = self.state.folios.at(folio);
        let Some((id, groups)) = found.and_then(|found| {
            let deployment = found.deployment.as_ref();
            let active = deployment.filter(|d| d.state == DeploymentState::Active)?;
            Some((active.id.clone(), found.groups.len()))
        }) else {
            return Ok(());
        };
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
            .set_deployment_state(folio, DeploymentState::Closed);
        self.changes.push(Change::DeploymentClosed { id });
        for at in 0..groups {
            let place = GroupPlace { folio, at };
            let Some(group) = self.state.folios.group_at(place) else {
                continue;
            };
            if group.state != GroupState::Closed {
                self.end_group(place, group_state);
            }
            self.end_order_of(place, lease_state, reason)?;
        }
        Ok(())
    }

    /// A payment was stored as closed or overdrawn. If its lease still runs, it ends with order and bid.
    pub(in super::super) fn payment_ended(
        &mut self,
        place: BidPlace,
        state: EscrowState,
    ) -> Result<(), Error> {
        let bid = self.state.folios.bid_at(place);
        let bid = bid.and_then(|page| page.bid.as_ref());
        if bid.is_none_or(|bid| bid.state != BidState::Active) {
            return Ok(());
        }
        self.end_order(place.order);
        self.end_bid(place)?;
        if state == EscrowState::Overdrawn {
            let reason = CloseReason::INSUFFICIENT_FUNDS;
            self.end_lease(place, LeaseState::InsufficientFunds, reason);
        } else {
            self.end_lease(place, LeaseState::Closed, CloseReason::UNSPECIFIED);
        }
        Ok(())
    }
}
