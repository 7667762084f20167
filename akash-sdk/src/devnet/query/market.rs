use super::list::{List, Listed, Primary, primary};
use super::{Answer, Failure, Query, maybe, owned};
use crate::cosmos::convert::Wire;
use crate::cosmos::wire::akash::escrow::types::v1 as escrow;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use akash_market::bid::{Bid, BidState};
use akash_market::escrow::{AccountId, PaymentId};
use akash_market::id::{BidId, DeploymentId, Dseq, LeaseId, OrderId};
use akash_market::lease::{Lease, LeaseState};
use akash_market::order::{Order, OrderState};
use akash_market::query::{Entity, Filter, Key};
use prost::Message;
use serde::de::DeserializeOwned;

pub(super) fn number(dseq: u64) -> Option<Dseq> {
    (dseq != 0).then_some(Dseq(dseq))
}

/// A state in a filter: empty means any.
pub(super) fn state<T: DeserializeOwned>(text: &str) -> Result<Option<T>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .map(Some)
        .map_err(|_| Failure::invalid("invalid state value"))
}

fn order_key(id: &OrderId) -> Vec<u8> {
    let DeploymentId { owner, dseq } = &id.group.deployment;
    primary(&owner.as_str(), dseq.0, &[id.group.gseq.0, id.oseq.0])
}

fn bid_key(id: &BidId) -> Vec<u8> {
    let mut key = order_key(&id.order);
    key.extend(id.provider.as_str().as_bytes());
    key.push(0);
    key.extend(id.bseq.0.to_be_bytes());
    key
}

impl Listed for Order {
    type State = OrderState;
    type Id = OrderId;
    const STATES: &'static [OrderState] =
        &[OrderState::Open, OrderState::Active, OrderState::Closed];

    fn place(entity: &Entity) -> Option<(OrderState, Vec<u8>)> {
        match entity {
            Entity::Order(order) => Some((order.state, order_key(&order.id))),
            _ => None,
        }
    }

    fn id(primary: &mut Primary<'_>) -> Option<OrderId> {
        primary.order()
    }
}

impl Listed for Bid {
    type State = BidState;
    type Id = BidId;
    const STATES: &'static [BidState] = &[
        BidState::Open,
        BidState::Active,
        BidState::Lost,
        BidState::Closed,
    ];

    fn place(entity: &Entity) -> Option<(BidState, Vec<u8>)> {
        match entity {
            Entity::Bid(bid) => Some((bid.state, bid_key(&bid.id))),
            _ => None,
        }
    }

    fn id(primary: &mut Primary<'_>) -> Option<BidId> {
        primary.bid()
    }
}

impl Listed for Lease {
    type State = LeaseState;
    type Id = LeaseId;
    const STATES: &'static [LeaseState] = &[
        LeaseState::Active,
        LeaseState::InsufficientFunds,
        LeaseState::Closed,
        LeaseState::Reclaiming,
    ];

    fn place(entity: &Entity) -> Option<(LeaseState, Vec<u8>)> {
        match entity {
            Entity::Lease(lease) => Some((lease.state, bid_key(lease.id.bid()))),
            _ => None,
        }
    }

    fn id(primary: &mut Primary<'_>) -> Option<LeaseId> {
        primary.bid().map(|id| id.lease())
    }
}

impl Query<'_> {
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
        owned(&request.id.owner)?;
        let id = OrderId::from_wire(&request.id)?;
        match self.ledger.get(&Key::Order(id)) {
            Some(Entity::Order(order)) => Ok(market::QueryOrderResponse {
                order: order.to_wire(),
            }
            .encode_to_vec()),
            _ => Err(Failure::chain("market", 15)),
        }
    }

    fn orders(&self) -> Answer {
        let request: market::QueryOrdersRequest = self.read()?;
        let wanted = &request.filters;
        let filter = Filter::Orders {
            owner: maybe(&wanted.owner)?,
            dseq: number(wanted.dseq),
            state: state(&wanted.state)?,
        };
        let page = request.pagination.as_ref();
        let list = List::of(&wanted.owner, &wanted.state, page);
        let (orders, pagination) = list.page::<Order, _>(self, &filter, |entity| match entity {
            Entity::Order(order)
                if fits(wanted.gseq, order.id.group.gseq.0)
                    && fits(wanted.oseq, order.id.oseq.0) =>
            {
                Some(order.to_wire())
            }
            _ => None,
        })?;
        Ok(market::QueryOrdersResponse {
            orders,
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    fn with_account(&self, entity: &Entity) -> Option<market::QueryBidResponse> {
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
        owned(&request.id.owner)?;
        let id = BidId::from_wire(&request.id)?;
        self.ledger
            .get(&Key::Bid(id))
            .and_then(|entity| self.with_account(&entity))
            .map(|answer| answer.encode_to_vec())
            .ok_or_else(|| Failure::chain("market", 18))
    }

    fn bids(&self) -> Answer {
        let request: market::QueryBidsRequest = self.read()?;
        let wanted = &request.filters;
        let filter = Filter::Bids {
            owner: maybe(&wanted.owner)?,
            dseq: number(wanted.dseq),
            provider: maybe(&wanted.provider)?,
            state: state(&wanted.state)?,
        };
        let page = request.pagination.as_ref();
        let list = List::of_two(&wanted.owner, &wanted.provider, &wanted.state, page);
        let (bids, pagination) = list.page::<Bid, _>(self, &filter, |entity| match entity {
            Entity::Bid(bid)
                if fits(wanted.gseq, bid.id.order.group.gseq.0)
                    && fits(wanted.oseq, bid.id.order.oseq.0)
                    && fits(wanted.bseq, bid.id.bseq.0) =>
            {
                self.with_account(entity)
            }
            _ => None,
        })?;
        Ok(market::QueryBidsResponse {
            bids,
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    fn with_payment(&self, entity: &Entity) -> Option<market::QueryLeaseResponse> {
        let Entity::Lease(lease) = entity else {
            return None;
        };
        let key = Key::EscrowPayment(PaymentId(lease.id.clone()));
        let escrow_payment = match self.ledger.get(&key) {
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
        owned(&request.id.owner)?;
        let id = LeaseId::from_wire(&request.id)?;
        self.ledger
            .get(&Key::Lease(id))
            .and_then(|entity| self.with_payment(&entity))
            .map(|answer| answer.encode_to_vec())
            .ok_or_else(|| Failure::chain("market", 20))
    }

    fn leases(&self) -> Answer {
        let request: market::QueryLeasesRequest = self.read()?;
        let wanted = &request.filters;
        let filter = Filter::Leases {
            owner: maybe(&wanted.owner)?,
            dseq: number(wanted.dseq),
            provider: maybe(&wanted.provider)?,
            state: state(&wanted.state)?,
        };
        let page = request.pagination.as_ref();
        let list = List::of_two(&wanted.owner, &wanted.provider, &wanted.state, page);
        let (leases, pagination) = list.page::<Lease, _>(self, &filter, |entity| match entity {
            Entity::Lease(lease)
                if fits(wanted.gseq, lease.id.bid().order.group.gseq.0)
                    && fits(wanted.oseq, lease.id.bid().order.oseq.0)
                    && fits(wanted.bseq, lease.id.bid().bseq.0) =>
            {
                self.with_payment(entity)
            }
            _ => None,
        })?;
        Ok(market::QueryLeasesResponse {
            leases,
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }
}

/// A number in a filter: 0 means any.
const fn fits(wanted: u32, found: u32) -> bool {
    wanted == 0 || wanted == found
}
