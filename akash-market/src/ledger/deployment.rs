//! Deployments and groups (node x/deployment).

use super::folio::{GroupPlace, Holder};
use super::{Ledger, Quirk};
use crate::change::Change;
use crate::deployment::{Deployment, DeploymentState, Group, GroupState};
use crate::error::{DeploymentError, Error};
use crate::escrow::{AccountId, Deposit};
use crate::grant::GrantScope;
use crate::id::{DeploymentId, GroupId};
use crate::matching;
use crate::time::Nanos;
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{Coin, Denom};
use std::sync::Arc;

impl Ledger {
    pub(super) fn create_deployment(
        &mut self,
        id: &DeploymentId,
        groups: &[GroupSpec],
        hash: &[u8],
        deposit: &Deposit,
        reclamation: Option<Nanos>,
    ) -> Result<(), Error> {
        if self.state.folios.deployment(id).is_some() {
            return Err(DeploymentError::Exists.into());
        }
        self.check_deposit(&deposit.amount)?;
        self.check_reclamation(reclamation)?;
        matching::validate_groups(groups).map_err(DeploymentError::in_groups)?;
        matching::check_settlement_denom(groups, &Denom::UACT)?;
        let drawn = self.draw(
            &id.owner,
            GrantScope::Deployment,
            deposit,
            DeploymentError::InvalidDeposit,
        )?;
        let id = &self.state.folios.kept(id);
        self.state.folios.put_deployment(Deployment {
            id: id.clone(),
            state: DeploymentState::Active,
            hash: hash.to_vec(),
            created_at: self.block.height,
            reclamation_min_window: reclamation,
        });
        let specs: Vec<Arc<GroupSpec>> = groups.iter().cloned().map(Arc::new).collect();
        self.changes.push(Change::DeploymentCreated {
            id: id.clone(),
            hash: hash.to_vec(),
            groups: specs.clone(),
            reclamation_min_window: reclamation,
        });
        for (gseq, spec) in (1..).zip(specs) {
            let group = Group {
                id: id.group(gseq),
                state: GroupState::Open,
                spec,
                created_at: self.block.height,
            };
            self.state.folios.put_group(group.clone());
            self.create_order(&group, reclamation)?;
        }
        let account = AccountId::Deployment(id.clone());
        let holder = self.state.folios.open_holder(&account);
        self.account_create(holder, account, id.owner.clone(), drawn)
    }

    fn check_deposit(&self, amount: &Coin) -> Result<(), Error> {
        let minimums = &self.params().deployment.min_deposits;
        let Some(minimum) = minimums.iter().find(|m| m.denom() == amount.denom()) else {
            return Err(DeploymentError::UnsupportedDepositDenom {
                denom: amount.denom().clone(),
            }
            .into());
        };
        if amount.amount() < minimum.amount() {
            return Err(DeploymentError::DepositTooLow {
                amount: Box::new(amount.amount()),
                minimum: Box::new(minimum.clone()),
            }
            .into());
        }
        if *amount.denom() == Denom::UAKT {
            return Err(DeploymentError::InvalidDeposit.into());
        }
        Ok(())
    }

    fn check_reclamation(&self, window: Option<Nanos>) -> Result<(), Error> {
        let params = &self.params().market;
        let context = match window {
            Some(w) if w < params.min_reclamation_window => "min_window below governance minimum",
            Some(w) if w > params.max_reclamation_window => "min_window above governance maximum",
            _ => return Ok(()),
        };
        Err(DeploymentError::InvalidReclamation {
            context: context.into(),
        }
        .into())
    }

    pub(super) fn update_deployment(
        &mut self,
        id: &DeploymentId,
        hash: &[u8],
    ) -> Result<(), Error> {
        let (number, deployment) = self.active_deployment(id)?;
        if deployment.hash == hash {
            return Err(DeploymentError::InvalidHash.into());
        }
        self.state.folios.set_deployment_hash(number, hash.to_vec());
        self.changes.push(Change::DeploymentUpdated {
            id: id.clone(),
            hash: hash.to_vec(),
        });
        Ok(())
    }

    /// Closes the escrow account; the rest follows from that.
    pub(super) fn close_deployment(&mut self, id: &DeploymentId) -> Result<(), Error> {
        let (number, _) = self.active_deployment(id)?;
        self.account_close(Holder::Deployment(number))
    }

    /// A deployment and the number of its folio.
    fn active_deployment(&self, id: &DeploymentId) -> Result<(u32, &Deployment), Error> {
        let folios = &self.state.folios;
        let found = folios.number(id).and_then(|number| {
            let deployment = folios.at(number)?.deployment.as_ref();
            Some((number, deployment?))
        });
        match found {
            None => Err(DeploymentError::NotFound.into()),
            Some((_, d)) if d.state == DeploymentState::Closed => {
                Err(DeploymentError::Closed.into())
            }
            Some(found) => Ok(found),
        }
    }

    pub(super) fn close_group(&mut self, id: &GroupId) -> Result<(), Error> {
        let (place, group) = self.group(id)?;
        match group.state {
            GroupState::Closed => return Err(DeploymentError::GroupClosed.into()),
            GroupState::Open | GroupState::Paused | GroupState::InsufficientFunds => {}
        }
        self.end_group(place, GroupState::Closed);
        self.close_orders_of(place)
    }

    pub(super) fn pause_group(&mut self, id: &GroupId) -> Result<(), Error> {
        let (place, group) = self.group(id)?;
        match group.state {
            GroupState::Closed => return Err(DeploymentError::GroupClosed.into()),
            GroupState::Paused => return Err(DeploymentError::GroupPaused.into()),
            GroupState::Open | GroupState::InsufficientFunds => {}
        }
        self.set_paused(place);
        self.close_orders_of(place)
    }

    pub(super) fn start_group(&mut self, id: &GroupId) -> Result<(), Error> {
        let (place, group) = self.group(id)?;
        match group.state {
            GroupState::Closed => return Err(DeploymentError::GroupClosed.into()),
            GroupState::Open => return Err(DeploymentError::GroupOpen.into()),
            GroupState::Paused | GroupState::InsufficientFunds => {}
        }
        let Some(deployment) = self.state.folios.deployment(&id.deployment) else {
            return Err(DeploymentError::NotFound.into());
        };
        if deployment.state == DeploymentState::Closed
            && !self.rules.has(Quirk::ClosedDeploymentRestarts)
        {
            return Err(DeploymentError::Closed.into());
        }
        let reclamation = deployment.reclamation_min_window;
        let group = group.clone();
        self.state.folios.set_group_state(place, GroupState::Open);
        self.changes.push(Change::GroupStarted { id: id.clone() });
        self.create_order(&group, reclamation)
    }

    fn group(&self, id: &GroupId) -> Result<(GroupPlace, &Group), Error> {
        let found = self.state.folios.find_group(id);
        let found = found.and_then(|(place, page)| Some((place, page.group.as_ref()?)));
        found.ok_or_else(|| DeploymentError::GroupNotFound.into())
    }

    pub(super) fn set_paused(&mut self, place: GroupPlace) {
        if let Some(id) = self.set_group_state(place, GroupState::Paused) {
            self.changes.push(Change::GroupPaused { id });
        }
    }

    /// Closed, or out of funds: the chain has one event for both.
    pub(super) fn end_group(&mut self, place: GroupPlace, state: GroupState) {
        if let Some(id) = self.set_group_state(place, state) {
            self.changes.push(Change::GroupClosed {
                id,
                insufficient_funds: state == GroupState::InsufficientFunds,
            });
        }
    }

    /// Tells which group it is.
    fn set_group_state(&mut self, place: GroupPlace, state: GroupState) -> Option<GroupId> {
        self.state.folios.set_group_state(place, state);
        let group = self.state.folios.group_at(place)?;
        Some(group.id.clone())
    }
}
