//! Lists of deployments, orders, bids and leases. The chain walks them by state, or by the id of an owner or provider, and
//! a page's key says which.

use super::page::{Start, limit, page_of};
use super::{Failure, Query};
use crate::cosmos::convert::Wire;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::{Enum, EnumType};
use akash_market::id::{BidId, Bseq, DeploymentId, Dseq, GroupId, Gseq, OrderId, Oseq};
use akash_market::query::{Entity, Filter, Page};
use serde::Serialize;

/// What such a list holds.
pub(super) trait Listed {
    type State: Copy + PartialEq + Serialize + Wire<Message: Numbered> + 'static;
    type Id: Serialize;
    /// All states, in the order in which they are walked.
    const STATES: &'static [Self::State];

    /// The state and the id of an entity of this kind, the id as [`primary`] writes it.
    fn place(entity: &Entity) -> Option<(Self::State, Vec<u8>)>;

    /// Reads such an id.
    fn id(primary: &mut Primary<'_>) -> Option<Self::Id>;
}

/// How a list is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct List<'r> {
    request: Option<&'r PageRequest>,
    /// Walked by state, then id; else by the id of an owner or provider.
    is_by_state: bool,
    /// What tells the ways apart in a page's key.
    extra: Option<u8>,
    has_state: bool,
}

impl<'r> List<'r> {
    /// Of deployments and orders.
    pub(super) fn of(owner: &str, state: &str, request: Option<&'r PageRequest>) -> Self {
        Self {
            request,
            is_by_state: owner.is_empty(),
            extra: if owner.is_empty() { None } else { Some(1) },
            has_state: !state.is_empty(),
        }
    }

    /// Of bids and leases.
    pub(super) fn of_two(
        owner: &str,
        provider: &str,
        state: &str,
        request: Option<&'r PageRequest>,
    ) -> Self {
        let extra = match (owner.is_empty(), provider.is_empty()) {
            (true, true) => 0,
            (true, false) => 1,
            (false, _) => 2,
        };
        Self {
            request,
            is_by_state: extra == 0,
            extra: Some(extra),
            has_state: !state.is_empty(),
        }
    }

    /// Where a page begins that begins with this entity.
    fn start<L: Listed>(&self, entity: &Entity) -> Option<Start> {
        let (state, primary) = L::place(entity)?;
        let byte = |state: &L::State| state.to_wire().byte();
        let from_here = |known: &&L::State| **known != state;
        let states: Vec<u8> = if self.has_state {
            vec![byte(&state)]
        } else if !self.is_by_state {
            L::STATES.iter().map(byte).collect()
        } else if self.request.is_some_and(|page| page.reverse) {
            let rest = L::STATES.iter().rev().skip_while(from_here);
            rest.map(byte).collect()
        } else {
            L::STATES.iter().skip_while(from_here).map(byte).collect()
        };
        Some(Start {
            // By an owner all states are walked at once.
            prefix: states.first().copied().into_iter().collect(),
            states,
            primary,
            extra: self.extra.into_iter().collect(),
        })
    }

    /// The ledger's cursor at a start. It is the JSON of what the list is sorted by.
    fn cursor<L: Listed>(&self, start: &Start) -> Result<Vec<u8>, Failure> {
        if self.extra.is_some() && start.extra.is_empty() {
            return Err(Failure::invalid("invalid pagination key"));
        }
        let id = L::id(&mut Primary(&start.primary)).ok_or_else(malformed)?;
        let cursor = if self.is_by_state {
            let state = match start.prefix.as_slice() {
                [byte] => L::State::from_wire(&Numbered::of(*byte)).ok(),
                _ => None,
            };
            serde_json::to_vec(&(state.ok_or_else(malformed)?, id))
        } else {
            serde_json::to_vec(&id)
        };
        cursor.map_err(|_| malformed())
    }

    /// One page of those entities that `take` turns into messages.
    pub(super) fn page<L: Listed, T>(
        &self,
        query: &Query<'_>,
        filter: &Filter,
        take: impl Fn(&Entity) -> Option<T>,
    ) -> Result<(Vec<T>, PageResponse), Failure> {
        let request = self.request.cloned().unwrap_or_default();
        if request.offset > 0 && !self.has_state {
            return Err(Failure::invalid(
                "invalid request parameters. if offset is set, filter.state must be provided",
            ));
        }
        let limit = limit(&request);
        let mut after = None;
        if !request.key.is_empty() {
            after = Some(self.cursor::<L>(&Start::decode(&request.key)?)?);
        }
        let mut skip = request.offset;
        let mut items = Vec::new();
        if request.reverse {
            return self.backwards::<L, T>(query, filter, &request, take);
        }
        loop {
            let wanted = limit.saturating_sub(items.len()).saturating_add(1);
            let page = Page {
                after: after.take(),
                limit: u32::try_from(wanted).unwrap_or(u32::MAX),
            };
            let listing = query.ledger.list(filter, &page)?;
            for entity in &listing.items {
                let Some(item) = take(entity) else { continue };
                if skip > 0 {
                    skip = skip.saturating_sub(1);
                } else if items.len() < limit {
                    items.push(item);
                } else {
                    let next = self.start::<L>(entity).map(|start| start.encode());
                    return Ok(page_of(items, next));
                }
            }
            match listing.next {
                Some(next) => after = Some(next),
                None => return Ok(page_of(items, None)),
            }
        }
    }

    /// A page from the end of the list on. The ledger reads forwards only.
    fn backwards<L: Listed, T>(
        &self,
        query: &Query<'_>,
        filter: &Filter,
        request: &PageRequest,
        take: impl Fn(&Entity) -> Option<T>,
    ) -> Result<(Vec<T>, PageResponse), Failure> {
        let page = Page {
            after: None,
            limit: u32::MAX,
        };
        let all = query.ledger.list(filter, &page)?.items;
        let first = Start::decode(&request.key).ok();
        let is_before = |entity: &Entity| {
            let at = self.start::<L>(entity);
            let place = |start: &Start| (start.prefix.clone(), start.primary.clone());
            first
                .as_ref()
                .is_some_and(|first| at.as_ref().map(place) != Some(place(first)))
        };
        let mut rest = all
            .iter()
            .rev()
            .skip_while(|entity| is_before(entity))
            .filter_map(|entity| Some((entity, take(entity)?)))
            .skip(usize::try_from(request.offset).unwrap_or(usize::MAX));
        let items: Vec<T> = rest
            .by_ref()
            .take(limit(request))
            .map(|(_, item)| item)
            .collect();
        let next = rest
            .next()
            .and_then(|(entity, _)| self.start::<L>(entity))
            .map(|start| start.encode());
        Ok(page_of(items, next))
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

    pub(super) fn order(&mut self) -> Option<OrderId> {
        let deployment = self.deployment()?;
        let gseq = Gseq(self.number()?);
        let oseq = Oseq(self.number()?);
        let group = GroupId { deployment, gseq };
        Some(OrderId { group, oseq })
    }

    pub(super) fn bid(&mut self) -> Option<BidId> {
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
