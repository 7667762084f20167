use super::{Answer, Failure, Query, maybe, state};
use crate::cosmos::convert::{Wire, to_wires};
use crate::cosmos::wire::akash::deployment::v1beta4 as deployment;
use crate::cosmos::wire::akash::escrow::types::v1 as escrow;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use akash_market::escrow::{AccountId, PaymentId};
use akash_market::id::{BidId, DeploymentId, Dseq, GroupId, LeaseId, OrderId};
use akash_market::query::{Entity, Filter, Key};
use prost::Message;

fn number(dseq: u64) -> Option<Dseq> {
    (dseq != 0).then_some(Dseq(dseq))
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

    fn embedded(&self, entity: Entity) -> Option<deployment::QueryDeploymentResponse> {
        let Entity::Deployment { deployment, groups } = entity else {
            return None;
        };
        Some(deployment::QueryDeploymentResponse {
            escrow_account: self.account(&AccountId::Deployment(deployment.id.clone())),
            deployment: deployment.to_wire(),
            groups: to_wires(&groups),
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
        let id = DeploymentId::from_wire(&request.id)?;
        self.ledger
            .get(&Key::Deployment(id))
            .and_then(|entity| self.embedded(entity))
            .map(|answer| answer.encode_to_vec())
            .ok_or_else(|| Failure::not_found("Deployment not found"))
    }

    fn deployments(&self) -> Answer {
        let request: deployment::QueryDeploymentsRequest = self.read()?;
        let filter = Filter::Deployments {
            owner: maybe(&request.filters.owner, "owner")?,
            dseq: number(request.filters.dseq),
            state: state(&request.filters.state)?,
        };
        let (deployments, pagination) =
            self.page(&filter, request.pagination.as_ref(), |entity| {
                self.embedded(entity)
            })?;
        Ok(deployment::QueryDeploymentsResponse {
            deployments,
            pagination,
        }
        .encode_to_vec())
    }

    fn group(&self) -> Answer {
        let request: deployment::QueryGroupRequest = self.read()?;
        match self
            .ledger
            .get(&Key::Group(GroupId::from_wire(&request.id)?))
        {
            Some(Entity::Group(group)) => Ok(deployment::QueryGroupResponse {
                group: group.to_wire(),
            }
            .encode_to_vec()),
            _ => Err(Failure::not_found("Group not found")),
        }
    }

    pub(super) fn market(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "Order" => self.order(),
            "Orders" => self.orders(),
            "Bid" => self.bid(),
            "Bids" => self.bids(),
            "Lease" => self.lease(),
            "Leases" => self.leases(),
            "Params" => Ok(market::QueryParamsResponse {
                params: self.ledger.params().market.to_wire(),
            }
            .encode_to_vec()),
            _ => return None,
        })
    }

    fn order(&self) -> Answer {
        let request: market::QueryOrderRequest = self.read()?;
        match self
            .ledger
            .get(&Key::Order(OrderId::from_wire(&request.id)?))
        {
            Some(Entity::Order(order)) => Ok(market::QueryOrderResponse {
                order: order.to_wire(),
            }
            .encode_to_vec()),
            _ => Err(Failure::not_found("invalid order: order not found")),
        }
    }

    fn orders(&self) -> Answer {
        let request: market::QueryOrdersRequest = self.read()?;
        let wanted = &request.filters;
        let filter = Filter::Orders {
            owner: maybe(&wanted.owner, "owner")?,
            dseq: number(wanted.dseq),
            state: state(&wanted.state)?,
        };
        let (orders, pagination) =
            self.page(
                &filter,
                request.pagination.as_ref(),
                |entity| match entity {
                    Entity::Order(order)
                        if fits(wanted.gseq, order.id.group.gseq.0)
                            && fits(wanted.oseq, order.id.oseq.0) =>
                    {
                        Some(order.to_wire())
                    }
                    _ => None,
                },
            )?;
        Ok(market::QueryOrdersResponse { orders, pagination }.encode_to_vec())
    }

    fn with_account(&self, entity: Entity) -> Option<market::QueryBidResponse> {
        let Entity::Bid(bid) = entity else {
            return None;
        };
        let escrow_account = self.account(&AccountId::Bid(bid.id.clone()));
        Some(market::QueryBidResponse {
            bid: bid.to_wire(),
            escrow_account,
        })
    }

    fn bid(&self) -> Answer {
        let request: market::QueryBidRequest = self.read()?;
        self.ledger
            .get(&Key::Bid(BidId::from_wire(&request.id)?))
            .and_then(|entity| self.with_account(entity))
            .map(|answer| answer.encode_to_vec())
            .ok_or_else(|| Failure::not_found("invalid bid: bid not found"))
    }

    fn bids(&self) -> Answer {
        let request: market::QueryBidsRequest = self.read()?;
        let wanted = &request.filters;
        let filter = Filter::Bids {
            owner: maybe(&wanted.owner, "owner")?,
            dseq: number(wanted.dseq),
            provider: maybe(&wanted.provider, "provider")?,
            state: state(&wanted.state)?,
        };
        let (bids, pagination) = self.page(&filter, request.pagination.as_ref(), |entity| {
            self.with_account(entity).filter(|answer| {
                let id = &answer.bid.id;
                fits(wanted.gseq, id.gseq) && fits(wanted.oseq, id.oseq)
            })
        })?;
        Ok(market::QueryBidsResponse { bids, pagination }.encode_to_vec())
    }

    fn with_payment(&self, entity: Entity) -> Option<market::QueryLeaseResponse> {
        let Entity::Lease(lease) = entity else {
            return None;
        };
        let escrow_payment = match self
            .ledger
            .get(&Key::EscrowPayment(PaymentId(lease.id.clone())))
        {
            Some(Entity::EscrowPayment(payment)) => payment.to_wire(),
            _ => escrow::Payment::default(),
        };
        Some(market::QueryLeaseResponse {
            lease: lease.to_wire(),
            escrow_payment,
        })
    }

    fn lease(&self) -> Answer {
        let request: market::QueryLeaseRequest = self.read()?;
        self.ledger
            .get(&Key::Lease(LeaseId::from_wire(&request.id)?))
            .and_then(|entity| self.with_payment(entity))
            .map(|answer| answer.encode_to_vec())
            .ok_or_else(|| Failure::not_found("invalid lease: lease not found"))
    }

    fn leases(&self) -> Answer {
        let request: market::QueryLeasesRequest = self.read()?;
        let wanted = &request.filters;
        let filter = Filter::Leases {
            owner: maybe(&wanted.owner, "owner")?,
            dseq: number(wanted.dseq),
            provider: maybe(&wanted.provider, "provider")?,
            state: state(&wanted.state)?,
        };
        let (leases, pagination) = self.page(&filter, request.pagination.as_ref(), |entity| {
            self.with_payment(entity).filter(|answer| {
                let id = &answer.lease.id;
                fits(wanted.gseq, id.gseq) && fits(wanted.oseq, id.oseq)
            })
        })?;
        Ok(market::QueryLeasesResponse { leases, pagination }.encode_to_vec())
    }
}

/// A number in a filter: 0 means any.
const fn fits(wanted: u32, found: u32) -> bool {
    wanted == 0 || wanted == found
}
