//! Answers queries as a node does: a protobuf request by its method's path, read from the state at a height.
//!
//! Methods that are not modelled are answered with the code of an unknown method.

mod auth;
mod bank;
mod certificate;
mod chain;
mod deployment;
mod escrow;
mod grant;
mod list;
mod market;
mod money;
mod oracle;
mod page;
mod provider;

use super::address;
use super::node::Node;
use super::state::State;
use crate::cosmos::convert::ConvertError;
use crate::cosmos::wire::{TypeUrl, error};
use akash_market::address::{Address, AddressError};
use akash_market::ledger::{Ledger, QueryError};

/// A query's failure as gRPC tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: u32,
    pub(super) message: String,
}

impl Failure {
    fn unknown(message: impl Into<String>) -> Self {
        Self {
            code: 2,
            message: message.into(),
        }
    }

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

    /// A registered error of the chain, as its status names it.
    fn chain(codespace: &str, code: u32) -> Self {
        let known = error::lookup(codespace, code);
        let text = known.map_or("unknown error", |known| known.message);
        Self {
            code: known.map_or(2, |known| u32::from(known.grpc.number())),
            message: format!("codespace {codespace} code {code}: {text}"),
        }
    }
}

impl From<ConvertError> for Failure {
    fn from(error: ConvertError) -> Self {
        Self::invalid(error.to_string())
    }
}

impl From<QueryError> for Failure {
    fn from(_: QueryError) -> Self {
        Self::invalid("invalid pagination key")
    }
}

type Answer = Result<Vec<u8>, Failure>;

/// Answers the method at `path` from the state at `height`, or the newest.
pub(super) fn answer(node: &Node, path: &str, request: &[u8], height: Option<i64>) -> Answer {
    let state = node.at(height).map_err(|refused| Failure {
        code: 2,
        message: refused.log,
    })?;
    let query = Query {
        node,
        state,
        ledger: &state.ledger,
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
        "akash.epochs.v1beta1.Query" => query.epochs(method),
        "akash.provider.v1beta4.Query" => query.provider(method),
        "akash.audit.v1.Query" => query.audit(method),
        "akash.cert.v1.Query" => query.certificate(method),
        "cosmos.auth.v1beta1.Query" => query.auth(method),
        "cosmos.authz.v1beta1.Query" => query.authz(method),
        "cosmos.bank.v1beta1.Query" => query.bank(method),
        "cosmos.base.node.v1beta1.Service" => query.node(method),
        "cosmos.feegrant.v1beta1.Query" => query.feegrant(method),
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
    state: &'n State,
    ledger: &'n Ledger,
    request: &'n [u8],
}

impl Query<'_> {
    fn read<M: TypeUrl>(&self) -> Result<M, Failure> {
        M::decode(self.request).map_err(|e| Failure::invalid(e.to_string()))
    }
}

/// An address that must be there.
fn account(text: &str) -> Result<Address, Failure> {
    address::read(text).map_err(Failure::invalid)
}

/// An address in a filter: empty means any.
fn maybe(text: &str) -> Result<Option<Address>, Failure> {
    // What is no address fits nothing.
    let address = (!text.is_empty()).then(|| text.parse());
    address
        .transpose()
        .map_err(|e: AddressError| Failure::invalid(e.to_string()))
}

/// Whether the owner in an id can be one.
fn owned(owner: &str) -> Result<(), Failure> {
    match address::read(owner) {
        Ok(_) => Ok(()),
        Err(_) => Err(Failure::invalid("invalid owner address")),
    }
}
