//! The services of the node around the application: transactions, blocks, what the node is.

pub(super) mod print;
mod tendermint;
mod tx;

use super::backend::Backend;
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::akash::discovery::v1::{
    Akash, ClientInfo, GetInfoResponse, ModuleVersion, VersionInfo,
};
use crate::cosmos::wire::cosmos::base::node::v1beta1::StatusResponse;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::devnet::query::Failure;
use prost::Message;

/// What the node calls its version: the release whose rules it follows.
pub(super) const VERSION: &str = "2.1.0";

/// Versions of the modules that are served.
pub(super) const MODULES: [(&str, &str); 8] = [
    ("audit", "v1"),
    ("bme", "v1"),
    ("cert", "v1"),
    ("deployment", "v1beta4"),
    ("escrow", "v1"),
    ("market", "v1beta5"),
    ("oracle", "v2"),
    ("provider", "v1beta4"),
];
/// Versions of the programming interface that clients may choose from, newest first.
pub(super) const API_VERSIONS: [&str; 2] = ["v1beta4", "v1beta3"];

type Answer = Result<Vec<u8>, Failure>;

fn failure(code: u32, message: impl Into<String>) -> Failure {
    Failure {
        code,
        message: message.into(),
    }
}

fn read<M: TypeUrl>(request: &[u8]) -> Result<M, Failure> {
    M::decode(request).map_err(|e| failure(3, e.to_string()))
}

/// Answers the methods that are known here; `None` for those that belong to the application.
pub(super) fn answer(backend: &Backend, path: &str, request: &[u8]) -> Option<Answer> {
    let (service, method) = path.strip_prefix('/')?.split_once('/')?;
    match service {
        "cosmos.tx.v1beta1.Service" => Some(tx::answer(backend, method, request)),
        "cosmos.base.tendermint.v1beta1.Service" => {
            Some(tendermint::answer(backend, method, request))
        }
        "cosmos.base.node.v1beta1.Service" if method == "Status" => Some(status(backend)),
        "akash.discovery.v1.Discovery" if method == "GetInfo" => Some(Ok(discovery(backend))),
        _ => None,
    }
}

fn unknown(service: &str, method: &str) -> Failure {
    failure(12, format!("unknown method {method} for service {service}"))
}

/// What the node says of itself to clients of the market.
fn discovery(backend: &Backend) -> Vec<u8> {
    let modules = || {
        let version = |(module, version): (&str, &str)| ModuleVersion {
            module: module.to_owned(),
            version: version.to_owned(),
        };
        MODULES.into_iter().map(version).collect()
    };
    let info = Akash {
        client_info: ClientInfo {
            api_version: "v1beta3".to_owned(),
        },
        supported_versions: API_VERSIONS
            .iter()
            .map(|version| VersionInfo {
                api_version: (*version).to_owned(),
                modules: modules(),
                features: Vec::new(),
            })
            .collect(),
        chain_id: backend.devnet.chain_id(),
        node_version: VERSION.to_owned(),
        min_client_version: String::new(),
    };
    GetInfoResponse { info: Some(info) }.encode_to_vec()
}

fn status(backend: &Backend) -> Answer {
    let (sealed, _) = backend
        .sealed(None)
        .ok_or_else(|| failure(5, "there is no block yet"))?;
    Ok(StatusResponse {
        earliest_store_height: 0,
        height: u64::try_from(sealed.header.height).unwrap_or_default(),
        timestamp: Some(sealed.header.time),
        app_hash: sealed.header.app_hash.clone(),
        validator_hash: sealed.header.validators_hash,
    }
    .encode_to_vec())
}

/// One page of a list that lies in memory; keys are positions.
fn paged<T>(
    all: impl ExactSizeIterator<Item = T>,
    page: Option<&PageRequest>,
    usual: u64,
) -> (Vec<T>, PageResponse) {
    let page = page.cloned().unwrap_or_default();
    let total = u64::try_from(all.len()).unwrap_or(u64::MAX);
    let start = <[u8; 8]>::try_from(page.key.as_slice()).map_or(page.offset, u64::from_be_bytes);
    let limit = if page.limit == 0 { usual } else { page.limit };
    let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let items: Vec<T> = all.skip(size(start)).take(size(limit)).collect();
    let end = start.saturating_add(limit);
    let next_key = if end < total {
        end.to_be_bytes().to_vec()
    } else {
        Vec::new()
    };
    (items, PageResponse { next_key, total })
}
