//! Blocks: by height, by hash, many at once.

use super::Answer;
use super::node::{consensus_params, public_key};
use super::search::{descending, parsed, window};
use crate::devnet::server::backend::Backend;
use crate::devnet::server::chain::{POWER, whole};
use crate::devnet::server::rpc::RpcError;
use crate::devnet::server::rpc::argument::{Arguments, Bytes};
use crate::devnet::server::rpc::print::{self, base64};
use crate::devnet::server::service::print::hex;
use prost::Message;
use serde_json::{Value, json};

/// Blocks that `blockchain` shows at most.
const SHOWN: i64 = 20;

/// A height that there is a block at; none stands for the newest.
pub(super) fn existing(backend: &Backend, height: Option<i64>) -> Result<i64, RpcError> {
    let newest = backend.block().height.0;
    match height {
        None | Some(0) => Ok(newest),
        Some(height) if height < 0 => Err(RpcError::internal(format!(
            "height must be greater than 0, but got {height}"
        ))),
        Some(height) if height > newest => Err(RpcError::internal(format!(
            "height {height} must be less than or equal to the current blockchain height {newest}"
        ))),
        Some(height) => Ok(height),
    }
}

pub(super) fn at_height(
    backend: &Backend,
    method: &str,
    height: i64,
    arguments: &Arguments,
) -> Answer {
    let (sealed, result) = backend
        .sealed(Some(height))
        .ok_or_else(|| RpcError::internal(format!("could not find block at height {height}")))?;
    Ok(match method {
        "block" => {
            json!({"block_id": print::id(&sealed.id), "block": print::block(&sealed, &result)})
        }
        "header" => json!({"header": print::header(&sealed.header)}),
        "block_results" => {
            let txs: Vec<Value> = result.txs.iter().map(print::outcome).collect();
            let txs = if txs.is_empty() {
                Value::Null
            } else {
                txs.into()
            };
            json!({
                "height": height.to_string(),
                "txs_results": txs,
                "finalize_block_events": print::events(&result.events),
                "validator_updates": null,
                "consensus_param_updates": null,
                "app_hash": base64(&sealed.app_hash),
            })
        }
        "commit" => {
            // The next block carries the votes; before there is one, those that were seen are shown.
            let next = height
                .checked_add(1)
                .and_then(|next| backend.sealed(Some(next)));
            let canonical = next.is_some();
            let votes = next.map_or_else(
                || backend.chain(|chain| chain.votes(&sealed, sealed.header.time)),
                |(next, _)| next.last_commit,
            );
            json!({
                "signed_header": {
                    "header": print::header(&sealed.header),
                    "commit": print::commit(&votes),
                },
                "canonical": canonical,
            })
        }
        "validators" => {
            let (from, _) = window(arguments, 1, 1)?;
            if from != 0 {
                return Err(RpcError::internal("page should be within [1, 1] range"));
            }
            let (key, address) =
                backend.chain(|chain| (chain.validator.key_bytes(), hex(&chain.validator.address)));
            json!({
                "block_height": height.to_string(),
                "validators": [{
                    "address": address,
                    "pub_key": public_key(&key),
                    "voting_power": POWER.to_string(),
                    "proposer_priority": "0",
                }],
                "count": "1",
                "total": "1",
            })
        }
        _ => json!({"block_height": height.to_string(), "consensus_params": consensus_params()}),
    })
}

pub(super) fn by_hash(backend: &Backend, method: &str, arguments: &Arguments) -> Answer {
    let hash = arguments.bytes(0, "hash", Bytes::Base64)?;
    let found = backend.chain(|chain| chain.by_hash(&hash).map(|block| block.header.height));
    match (found, method) {
        (Some(height), "block_by_hash") => at_height(backend, "block", height, arguments),
        (Some(height), _) => at_height(backend, "header", height, arguments),
        (None, "block_by_hash") => {
            Ok(json!({"block_id": print::id(&Default::default()), "block": null}))
        }
        (None, _) => Ok(json!({"header": null})),
    }
}

pub(super) fn blockchain(backend: &Backend, arguments: &Arguments) -> Answer {
    let newest = backend.block().height.0;
    let least = arguments.integer(0, "minHeight")?.unwrap_or(0);
    let most = arguments.integer(1, "maxHeight")?.unwrap_or(0);
    if least < 0 || most < 0 {
        return Err(RpcError::internal("heights must be non-negative"));
    }
    let most = if most == 0 { newest } else { most.min(newest) };
    let least = least.max(1).max(most.saturating_sub(SHOWN - 1));
    if least > most {
        return Err(RpcError::internal(format!(
            "invalid request: min height {least} can't be greater than max height {most}"
        )));
    }
    let metas: Vec<Value> = (least..=most)
        .rev()
        .filter_map(|height| backend.sealed(Some(height)))
        .map(|(sealed, result)| {
            let size = whole(&sealed.header, &sealed.last_commit, &result).encoded_len();
            json!({
                "block_id": print::id(&sealed.id),
                "block_size": size.to_string(),
                "header": print::header(&sealed.header),
                "num_txs": result.txs.len().to_string(),
            })
        })
        .collect();
    Ok(json!({"last_height": newest.to_string(), "block_metas": metas}))
}

pub(super) fn block_search(backend: &Backend, arguments: &Arguments) -> Answer {
    let search = parsed(arguments)?;
    let mut found = search.blocks(&backend.devnet.node());
    if descending(arguments, 3)? {
        found.reverse();
    }
    let (from, size) = window(arguments, 1, found.len())?;
    let blocks = found
        .iter()
        .skip(from)
        .take(size)
        .map(|height| at_height(backend, "block", *height, &Arguments::None))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"blocks": blocks, "total_count": found.len().to_string()}))
}
