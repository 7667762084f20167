use super::page::{List, Start};
use super::{Answer, Failure, Query, maybe, owned};
use crate::cosmos::convert::Wire;
use crate::cosmos::wire::akash::escrow::types::v1 as escrow;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use crate::cosmos::wire::cosmos::base::query::v1beta1::PageRequest;
use crate::cosmos::wire::{Enum, EnumType};
use akash_market::bid::BidState;
use akash_market::escrow::{AccountId, PaymentId};
use akash_market::id::{BidId, Bseq, DeploymentId, Dseq, GroupId, Gseq, LeaseId, OrderId, Oseq};
use akash_market::lease::LeaseState;
use akash_market::order::OrderState;
use akash_market::query::{Entity, Filter, Key};
use prost::Message;
use serde::Serialize;
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

/// How a list of the market is walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Path {
    /// By state, then id; else by the id of an owner or provider.
    is_by_state: bool,
    /// What tells the ways apart in a page's key.
    extra: Option<u8>,
    has_state: bool,
    is_reverse: bool,
}

impl Path {
    /// Of deployments and orders.
    pub(super) fn of(owner: &str, state: &str, page: Option<&PageRequest>) -> Self {
        Self {
            is_by_state: owner.is_empty(),
            extra: if owner.is_empty() { None } else { Some(1) },
            has_state: !state.is_empty(),
            is_reverse: page.is_some_and(|page| page.reverse),
        }
    }

    /// Of bids and leases.
    fn of_two(owner: &str, provider: &str, state: &str, page: Option<&PageRequest>) -> Self {
        let extra = match (owner.is_empty(), provider.is_empty()) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => 2,
        };
        Self {
            is_by_state: extra == 0,
            extra: Some(extra),
            has_state: !state.is_empty(),
            is_reverse: page.is_some_and(|page| page.reverse),
        }
    }

    /// Where a page begins that begins with this id in this state.
    pub(super) fn start<S>(self, state: S, all: &[S], primary: Vec<u8>) -> Start
    where
        S: Copy + PartialEq + Wire,
        S::Message: Numbered,
    {
        let byte = |state: &S| state.to_wire().byte();
        let states: Vec<u8> = if self.has_state {
            vec![byte(&state)]
        } else if !self.is_by_state {
            all.iter().map(byte).collect()
        } else if self.is_reverse {
            let from_here = all.iter().rev().skip_while(|known| **known != state);
            from_here.map(byte).collect()
        } else {
            let from_here = all.iter().skip_while(|known| **known != state);
            from_here.map(byte).collect()
        };
        Start {
            // By an owner all states are walked at once.
            prefix: states.first().copied().into_iter().collect(),
            states,
            primary,
            extra: self.extra.into_iter().collect(),
        }
    }

    /// The ledger's cursor at this start. It is the JSON of what the list is sorted by.
    pub(super) fn cursor<S, I>(self, start: &Start, id: Option<I>) -> Result<Vec<u8>, Failure>
    where
        S: Wire + Serialize,
        S::Message: Numbered,
        I: Serialize,
    {
        if self.extra.is_some() && start.extra.is_empty() {
            return Err(Failure::invalid("invalid pagination key"));
        }
        let id = id.ok_or_else(malformed)?;
        let state = match start.prefix.as_slice() {
            [byte] => S::from_wire(&S::Message::of(*byte)).ok(),
            _ => None,
        };
        let cursor = if self.is_by_state {
            serde_json::to_vec(&(state.ok_or_else(malformed)?, id))
        } else {
            serde_json::to_vec(&id)
        };
        cursor.map_err(|_| malformed())
    }
}

/// A page's key that names no item.
fn malformed() -> Failure {
    Failure {
        code: 13,
        message:
            "collections: encoding error: not a valid non terminal buffer, no instances of the \
                  string delimiter \0 found"
                .to_owned(),
    }
}

/// States by their numbers.
pub(super) trait Numbered {
    fn byte(&self) -> u8;
    fn of(byte: u8) -> Self;
}

impl<W: EnumType> Numbered for Enum<W> {
    fn byte(&self) -> u8 {
        u8::try_from(self.number()).unwrap_or_default()
    }

    fn of(byte: u8) -> Self {
        Self::from_number(i32::from(byte))
    }
}

/// An id as the chain's stores sort it: texts end with a zero, numbers have their highest byte first.
pub(super) fn primary(owner: &str, dseq: u64, numbers: &[u32]) -> Vec<u8> {
    let mut key = owner.as_bytes().to_vec();
    key.push(0);
    key.extend(dseq.to_be_bytes());
    for number in numbers {
        key.extend(number.to_be_bytes());
    }
    key
}

/// Reads such an id.
pub(super) struct Primary<'k>(pub(super) &'k [u8]);

impl Primary<'_> {
    fn text<T: std::str::FromStr>(&mut self) -> Option<T> {
        let end = self.0.iter().position(|byte| *byte == 0)?;
        let (text, rest) = self.0.split_at_checked(end)?;
        self.0 = rest.get(1..)?;
        std::str::from_utf8(text).ok()?.parse().ok()
    }

    fn number(&mut self) -> Option<u32> {
        let (bytes, rest) = self.0.split_first_chunk::<4>()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*bytes))
    }

    pub(super) fn deployment(&mut self) -> Option<DeploymentId> {
        let owner = self.text()?;
        let (bytes, rest) = self.0.split_first_chunk::<8>()?;
        self.0 = rest;
        let dseq = Dseq(u64::from_be_bytes(*bytes));
        Some(DeploymentId { owner, dseq })
    }

    fn order(&mut self) -> Option<OrderId> {
        let deployment = self.deployment()?;
        let gseq = Gseq(self.number()?);
        let oseq = Oseq(self.number()?);
        let group = GroupId { deployment, gseq };
        Some(OrderId { group, oseq })
    }

    fn bid(&mut self) -> Option<BidId> {
        let order = self.order()?;
        let provider = self.text()?;
        let bseq = Bseq(self.number()?);
        Some(BidId {
            order,
            provider,
            bseq,
        })
    }
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

const ORDERS: [OrderState; 3] = [OrderState::Open, OrderState::Active, OrderState::Closed];
const BIDS: [BidState; 4] = [
    BidState::Open,
    BidState::Active,
    BidState::Lost,
    BidState::Closed,
];
const LEASES: [LeaseState; 4] = [
    LeaseState::Active,
    LeaseState::InsufficientFunds,
    LeaseState::Closed,
    LeaseState::Reclaiming,
];

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
        let path = Path::of(&wanted.owner, &wanted.state, request.pagination.as_ref());
        let list = List {
            request: request.pagination.as_ref(),
            has_state: !wanted.state.is_empty(),
            start: |entity: &Entity| match entity {
                Entity::Order(order) => {
                    Some(path.start(order.state, &ORDERS, order_key(&order.id)))
                }
                _ => None,
            },
            begin: |start: &Start| {
                path.cursor::<OrderState, _>(start, Primary(&start.primary).order())
            },
        };
        let (orders, pagination) = list.page(self, &filter, |entity| match entity {
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
        let path = Path::of_two(&wanted.owner, &wanted.provider, &wanted.state, page);
        let list = List {
            request: request.pagination.as_ref(),
            has_state: !wanted.state.is_empty(),
            start: |entity: &Entity| match entity {
                Entity::Bid(bid) => Some(path.start(bid.state, &BIDS, bid_key(&bid.id))),
                _ => None,
            },
            begin: |start: &Start| path.cursor::<BidState, _>(start, Primary(&start.primary).bid()),
        };
        let (bids, pagination) = list.page(self, &filter, |entity| match entity {
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
        let path = Path::of_two(&wanted.owner, &wanted.provider, &wanted.state, page);
        let list = List {
            request: request.pagination.as_ref(),
            has_state: !wanted.state.is_empty(),
            start: |entity: &Entity| match entity {
                Entity::Lease(lease) => {
                    Some(path.start(lease.state, &LEASES, bid_key(lease.id.bid())))
                }
                _ => None,
            },
            begin: |start: &Start| {
                let id = Primary(&start.primary).bid();
                path.cursor::<LeaseState, _>(start, id.map(|id| id.lease()))
            },
        };
        let (leases, pagination) = list.page(self, &filter, |entity| match entity {
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
