//! What each method answers.

mod block;
mod node;
mod query;
mod search;
mod tx;

pub(in crate::devnet::server) use query::abci_query;

use super::argument::{Arguments, Bytes};
use super::print::base64;
use super::{Outcome, RpcError};
use crate::devnet::server::backend::Backend;
use serde_json::{Value, json};

pub(super) const METHODS: [(&str, &[&str]); 30] = [
    ("abci_info", &[]),
    ("abci_query", &["path", "data", "height", "prove"]),
    ("akash", &[]),
    ("block", &["height"]),
    ("block_by_hash", &["hash"]),
    ("block_results", &["height"]),
    ("block_search", &["query", "page", "per_page", "order_by"]),
    ("blockchain", &["minHeight", "maxHeight"]),
    ("broadcast_tx_async", &["tx"]),
    ("broadcast_tx_commit", &["tx"]),
    ("broadcast_tx_sync", &["tx"]),
    ("check_tx", &["tx"]),
    ("commit", &["height"]),
    ("consensus_params", &["height"]),
    ("genesis", &[]),
    ("genesis_chunked", &["chunk"]),
    ("header", &["height"]),
    ("header_by_hash", &["hash"]),
    ("health", &[]),
    ("net_info", &[]),
    ("num_unconfirmed_txs", &[]),
    ("status", &[]),
    ("subscribe", &["query"]),
    ("tx", &["hash", "prove"]),
    (
        "tx_search",
        &["query", "prove", "page", "per_page", "order_by"],
    ),
    ("unconfirmed_txs", &["limit"]),
    ("unsubscribe", &["query"]),
    ("unsubscribe_all", &[]),
    ("validators", &["height", "page", "per_page"]),
    ("websocket", &[]),
];

type Answer = Result<Value, RpcError>;

/// Calls a method.
pub(super) async fn call(backend: &Backend, method: &str, arguments: &Arguments) -> Outcome {
    match method {
        "broadcast_tx_sync" | "broadcast_tx_async" | "broadcast_tx_commit" => {
            let tx = match arguments.bytes(0, "tx", Bytes::Base64) {
                Ok(tx) => tx,
                Err(error) => return Outcome::Done(Err(error)),
            };
            let lost = backend.faults().loses_broadcast();
            let answer = match method {
                "broadcast_tx_sync" => Ok(tx::checked(&backend.broadcast(&tx))),
                "broadcast_tx_async" => {
                    let mut told = backend.broadcast(&tx);
                    told.code = 0;
                    told.codespace.clear();
                    told.log.clear();
                    Ok(tx::checked(&told))
                }
                _ => tx::commit_tx(backend, &tx).await,
            };
            if lost {
                Outcome::Lost
            } else {
                Outcome::Done(answer)
            }
        }
        _ => Outcome::Done(answer(backend, method, arguments)),
    }
}

fn answer(backend: &Backend, method: &str, arguments: &Arguments) -> Answer {
    match method {
        "health" => Ok(json!({})),
        "status" => node::status(backend),
        "net_info" => Ok(json!({"listening": true, "listeners": [], "n_peers": "0", "peers": []})),
        "abci_info" => node::abci_info(backend),
        "akash" => Ok(node::discovery(backend)),
        "abci_query" => {
            let path = arguments.text(0, "path")?;
            let data = arguments.bytes(1, "data", Bytes::Hex)?;
            let height = arguments.integer(2, "height")?;
            // State is proved for single keys only, which nobody asks for here.
            arguments.flag(3, "prove")?;
            Ok(json!({"response": query::queried(&abci_query(backend, &path, &data, height))}))
        }
        "genesis" => Ok(json!({"genesis": node::genesis(backend)})),
        "genesis_chunked" => {
            let chunk = arguments.integer(0, "chunk")?.unwrap_or(0);
            if chunk != 0 {
                return Err(RpcError::internal("there are 1 chunks, the first is 0"));
            }
            let data = base64(node::genesis(backend).to_string().as_bytes());
            Ok(json!({"chunk": 0, "total": 1, "data": data}))
        }
        "block" | "block_results" | "commit" | "header" | "validators" | "consensus_params" => {
            let height = block::existing(backend, arguments.integer(0, "height")?)?;
            block::at_height(backend, method, height, arguments)
        }
        "block_by_hash" | "header_by_hash" => block::by_hash(backend, method, arguments),
        "blockchain" => block::blockchain(backend, arguments),
        "tx" => tx::one_tx(backend, arguments),
        "tx_search" => tx::tx_search(backend, arguments),
        "block_search" => block::block_search(backend, arguments),
        "check_tx" => {
            let tx = arguments.bytes(0, "tx", Bytes::Base64)?;
            let told = backend.devnet.node().recheck(&tx);
            Ok(json!({
                "code": told.code, "data": null, "log": told.log, "info": "", "gas_wanted": "0",
                "gas_used": "0", "events": [], "codespace": told.codespace,
            }))
        }
        "num_unconfirmed_txs" | "unconfirmed_txs" => tx::unconfirmed(backend, method, arguments),
        "subscribe" | "unsubscribe" | "unsubscribe_all" => Err(RpcError::internal(
            "subscriptions need a WebSocket: connect to /websocket",
        )),
        _ => Err(RpcError::method()),
    }
}
