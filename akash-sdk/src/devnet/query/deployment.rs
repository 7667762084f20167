use super::list::{List, Listed, Primary, primary};
use super::market::{number, state};
use super::{Answer, Failure, Query, maybe, owned};
use crate::cosmos::convert::{Wire, to_wires};
use crate::cosmos::wire::akash::deployment::v1beta4 as deployment;
use crate::cosmos::wire::akash::escrow::types::v1 as escrow;
use akash_market::deployment::{Deployment, DeploymentState};
use akash_market::escrow::AccountId;
use akash_market::id::{DeploymentId, GroupId};
use akash_market::query::{Entity, Filter, Key};
use prost::Message;

impl Listed for Deployment {
    type State = DeploymentState;
    type Id = DeploymentId;
    const STATES: &'static [DeploymentState] = &[DeploymentState::Active, DeploymentState::Closed];

    fn place(entity: &Entity) -> Option<(DeploymentState, Vec<u8>)> {
        match entity {
            Entity::Deployment { deployment, .. } => {
                let id = &deployment.id;
                Some((
                    deployment.state,
                    primary(&id.owner.as_str(), id.dseq.0, &[]),
                ))
            }
            _ => None,
        }
    }

    fn id(primary: &mut Primary<'_>) -> Option<DeploymentId> {
        primary.deployment()
    }
}

impl Query<'_> {
    pub(super) fn deployment(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Deployment" => self.one_deployment(),
            "Deployments" => self.deployments(),
            "Group" => self.group(),
            "Params" => Ok(deployment::QueryParamsResponse {
                params: self.ledger.params().deployment.to_wire(),
            }
            .encode_to_vec()),
            _ => return None,
        })
    }

    fn embedded(&self, entity: &Entity) -> Option<deployment::QueryDeploymentResponse> {
        let Entity::Deployment { deployment, groups } = entity else {
            return None;
        };
        Some(deployment::QueryDeploymentResponse {
            escrow_account: self.account(&AccountId::Deployment(deployment.id.clone())),
            deployment: deployment.to_wire(),
            groups: to_wires(groups),
        })
    }

    pub(super) fn account(&self, id: &AccountId) -> escrow::Account {
        match self.ledger.get(&Key::EscrowAccount(id.clone())) {
            Some(Entity::EscrowAccount(account)) => account.to_wire(),
            _ => escrow::Account::default(),
        }
    }

    fn one_deployment(&self) -> Answer {
        let request: deployment::QueryDeploymentRequest = self.read()?;
        owned(&request.id.owner)?;
        let id = DeploymentId::from_wire(&request.id)?;
        self.ledger
            .get(&Key::Deployment(id))
            .and_then(|entity| self.embedded(&entity))
            .map(|answer| answer.encode_to_vec())
            .ok_or_else(|| Failure::chain("deployment", 4))
    }

    fn deployments(&self) -> Answer {
        let request: deployment::QueryDeploymentsRequest = self.read()?;
        let wanted = &request.filters;
        let filter = Filter::Deployments {
            owner: maybe(&wanted.owner)?,
            dseq: number(wanted.dseq),
            state: state(&wanted.state)?,
        };
        let page = request.pagination.as_ref();
        let list = List::of(&wanted.owner, &wanted.state, page);
        let (deployments, pagination) =
            list.page::<Deployment, _>(self, &filter, |entity| self.embedded(entity))?;
        Ok(deployment::QueryDeploymentsResponse {
            deployments,
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    fn group(&self) -> Answer {
        let request: deployment::QueryGroupRequest = self.read()?;
        owned(&request.id.owner)?;
        let id = GroupId::from_wire(&request.id)?;
        match self.ledger.get(&Key::Group(id)) {
            Some(Entity::Group(group)) => Ok(deployment::QueryGroupResponse {
                group: group.to_wire(),
            }
            .encode_to_vec()),
            _ => Err(Failure::chain("deployment", 14)),
        }
    }
}
