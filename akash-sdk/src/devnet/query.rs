//! Answers queries as a node does: a protobuf request by its method's path, read from the ledger.
//!
//! Methods that are not modelled are answered with the code of an unknown method.

mod bank;
mod chain;
mod market;
mod money;
mod provider;

use super::node::Node;
use crate::cosmos::convert::ConvertError;
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use akash_market::address::Address;
use akash_market::ledger::{Ledger, QueryError};
use akash_market::query::{Entity, Filter, Page};

/// A query's failure as gRPC tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: u32,
    pub(super) message: String,
}

impl Failure {
    fn invalid(message: impl Into<String>) -> Self {
        Self {
            code: 3,
            message: message.into(),
        }
    }

    fn not_found(message: impl Into<String>) -> Self {
        Self {
            code: 5,
            message: message.into(),
        }
    }
}

impl From<ConvertError> for Failure {
    fn from(error: ConvertError) -> Self {
        Self::invalid(error.to_string())
    }
}

impl From<QueryError> for Failure {
    fn from(error: QueryError) -> Self {
        Self::invalid(error.to_string())
    }
}

type Answer = Result<Vec<u8>, Failure>;

/// Answers the method at `path` from the state at `height`, or the newest.
pub(super) fn answer(node: &Node, path: &str, request: &[u8], height: Option<i64>) -> Answer {
    let ledger = node.at(height).map_err(|refused| Failure {
        code: 2,
        message: refused.log,
    })?;
    let query = Query {
        node,
        ledger,
        request,
    };
    let (service, method) = path
        .trim_start_matches('/')
        .split_once('/')
        .unwrap_or_default();
    let answer = match service {
        "akash.deployment.v1beta4.Query" => query.deployment(method),
        "akash.market.v1beta5.Query" => query.market(method),
        "akash.escrow.v1.Query" => query.escrow(method),
        "akash.bme.v1.Query" => query.bme(method),
        "akash.oracle.v2.Query" => query.oracle(method),
        "akash.provider.v1beta4.Query" => query.provider(method),
        "akash.audit.v1.Query" => query.audit(method),
        "akash.cert.v1.Query" => query.certificate(method),
        "cosmos.auth.v1beta1.Query" => query.auth(method),
        "cosmos.bank.v1beta1.Query" => query.bank(method),
        "cosmos.base.node.v1beta1.Service" => query.node(method),
        "cosmos.tx.v1beta1.Service" => query.tx(method),
        _ => {
            return Err(Failure {
                code: 12,
                message: format!("unknown service {service}"),
            });
        }
    };
    answer.unwrap_or_else(|| {
        Err(Failure {
            code: 12,
            message: format!("unknown method {method} for service {service}"),
        })
    })
}

/// One query under way; each method answers `None` if it does not know the method.
struct Query<'n> {
    node: &'n Node,
    ledger: &'n Ledger,
    request: &'n [u8],
}

impl Query<'_> {
    fn read<M: TypeUrl>(&self) -> Result<M, Failure> {
        M::decode(self.request).map_err(|e| Failure::invalid(e.to_string()))
    }

    /// One page of a list, its entities turned into messages by `take`.
    fn page<T>(
        &self,
        filter: &Filter,
        page: Option<&PageRequest>,
        take: impl Fn(Entity) -> Option<T>,
    ) -> Result<(Vec<T>, Option<PageResponse>), Failure> {
        let page = page.cloned().unwrap_or_default();
        let listing = self.ledger.list(
            filter,
            &Page {
                after: (!page.key.is_empty()).then_some(page.key),
                limit: u32::try_from(page.limit).unwrap_or(u32::MAX),
            },
        )?;
        let items: Vec<T> = listing.items.into_iter().filter_map(take).collect();
        let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
        let next_key = listing.next.unwrap_or_default();
        Ok((items, Some(PageResponse { next_key, total })))
    }
}

/// An address in a filter: empty means any.
fn maybe(text: &str, field: &str) -> Result<Option<Address>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse()
        .map(Some)
        .map_err(|e| Failure::invalid(format!("{field}: {e}")))
}

/// A state in a filter: empty means any.
fn state<T: for<'de> serde::Deserialize<'de>>(text: &str) -> Result<Option<T>, Failure> {
    if text.is_empty() {
        return Ok(None);
    }
    serde_json::from_value(serde_json::Value::String(text.to_owned()))
        .map(Some)
        .map_err(|_| Failure::invalid("invalid state value"))
}
