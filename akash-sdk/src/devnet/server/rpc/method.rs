//! What each method answers.

use super::argument::{Arguments, Bytes};
use super::print::{self, base64};
use super::{Outcome, RpcError};
use crate::cosmos::transport::{CheckTx, TxResult};
use crate::cosmos::tx::TxHash;
use crate::devnet::query::Failure;
use crate::devnet::server::backend::Backend;
use crate::devnet::server::chain::{BLOCK_PROTOCOL, MAX_BYTES, MAX_GAS, POWER, timestamp, whole};
use crate::devnet::server::search::Search;
use crate::devnet::server::service::print::{hex, time};
use crate::devnet::server::service::{API_VERSIONS, MODULES, VERSION};
use crate::devnet::server::{CHANNELS, COMETBFT, MONIKER, PEERS};
use prost::Message;
use serde_json::{Value, json};
use std::time::Duration;

/// The methods with the names of their arguments, in the order of a list.
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

/// How long `broadcast_tx_commit` waits for its block.
const COMMIT: Duration = Duration::from_secs(10);
/// Blocks that `blockchain` shows at most.
const SHOWN: i64 = 20;

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
                "broadcast_tx_sync" => Ok(checked(&backend.broadcast(&tx))),
                "broadcast_tx_async" => {
                    let mut told = backend.broadcast(&tx);
                    told.code = 0;
                    told.codespace.clear();
                    told.log.clear();
                    Ok(checked(&told))
                }
                _ => commit_tx(backend, &tx).await,
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
        "status" => status(backend),
        "net_info" => Ok(json!({"listening": true, "listeners": [], "n_peers": "0", "peers": []})),
        "abci_info" => abci_info(backend),
        "akash" => Ok(discovery(backend)),
        "abci_query" => {
            let path = arguments.text(0, "path")?;
            let data = arguments.bytes(1, "data", Bytes::Hex)?;
            let height = arguments.integer(2, "height")?;
            // State is proved for single keys only, which nobody asks for here.
            arguments.flag(3, "prove")?;
            Ok(json!({"response": queried(&abci_query(backend, &path, &data, height))}))
        }
        "genesis" => Ok(json!({"genesis": genesis(backend)})),
        "genesis_chunked" => {
            let chunk = arguments.integer(0, "chunk")?.unwrap_or(0);
            if chunk != 0 {
                return Err(RpcError::internal("there are 1 chunks, the first is 0"));
            }
            let data = base64(genesis(backend).to_string().as_bytes());
            Ok(json!({"chunk": 0, "total": 1, "data": data}))
        }
        "block" | "block_results" | "commit" | "header" | "validators" | "consensus_params" => {
            let height = existing(backend, arguments.integer(0, "height")?)?;
            at_height(backend, method, height, arguments)
        }
        "block_by_hash" | "header_by_hash" => by_hash(backend, method, arguments),
        "blockchain" => blockchain(backend, arguments),
        "tx" => one_tx(backend, arguments),
        "tx_search" => tx_search(backend, arguments),
        "block_search" => block_search(backend, arguments),
        "check_tx" => {
            let tx = arguments.bytes(0, "tx", Bytes::Base64)?;
            let told = backend.devnet.node().recheck(&tx);
            Ok(json!({
                "code": told.code, "data": null, "log": told.log, "info": "", "gas_wanted": "0",
                "gas_used": "0", "events": [], "codespace": told.codespace,
            }))
        }
        "num_unconfirmed_txs" | "unconfirmed_txs" => unconfirmed(backend, method, arguments),
        "subscribe" | "unsubscribe" | "unsubscribe_all" => Err(RpcError::internal(
            "subscriptions need a WebSocket: connect to /websocket",
        )),
        _ => Err(RpcError::method()),
    }
}

fn checked(check: &CheckTx) -> Value {
    json!({
        "code": check.code,
        "data": "",
        "log": check.log,
        "codespace": check.codespace,
        "hash": check.hash.to_string(),
    })
}

/// Hands a transaction in and waits for its block.
async fn commit_tx(backend: &Backend, bytes: &[u8]) -> Answer {
    let mut tips = backend.tips();
    let check = backend.broadcast(bytes);
    let told = json!({
        "code": check.code, "data": null, "log": check.log, "info": "", "gas_wanted": "0",
        "gas_used": "0", "events": [], "codespace": check.codespace,
    });
    let hash = check.hash;
    let answer = |height: i64, result: Value| {
        json!({
            "check_tx": told,
            "tx_result": result,
            "hash": hash.to_string(),
            "height": height.to_string(),
        })
    };
    if check.code != 0 {
        let nothing = json!({
            "code": 0, "data": null, "log": "", "info": "", "gas_wanted": "0", "gas_used": "0",
            "events": [], "codespace": "",
        });
        return Ok(answer(0, nothing));
    }
    let included = async {
        loop {
            if let Some(tx) = backend.tx(&hash) {
                return Some(tx);
            }
            tips.changed().await.ok()?;
        }
    };
    match tokio::time::timeout(COMMIT, included).await {
        Ok(Some(tx)) => Ok(answer(tx.height, print::outcome(&tx))),
        _ => Err(RpcError::internal(
            "timed out waiting for tx to be included in a block",
        )),
    }
}

fn status(backend: &Backend) -> Answer {
    let catching_up = backend.faults().catching_up;
    let node_info = node_info(backend);
    backend.chain(|chain| {
        let (first, last) = chain
            .ends()
            .ok_or_else(|| RpcError::internal("there is no block yet"))?;
        Ok(json!({
            "node_info": node_info,
            "sync_info": {
                "latest_block_hash": hex(&last.id.hash),
                "latest_app_hash": hex(&last.header.app_hash),
                "latest_block_height": last.header.height.to_string(),
                "latest_block_time": time(last.header.time),
                "earliest_block_hash": hex(&first.id.hash),
                "earliest_app_hash": hex(&first.header.app_hash),
                "earliest_block_height": first.header.height.to_string(),
                "earliest_block_time": time(first.header.time),
                "catching_up": catching_up,
            },
            "validator_info": {
                "address": hex(&chain.validator.address),
                "pub_key": public_key(&chain.validator.key_bytes()),
                "voting_power": POWER.to_string(),
            },
        }))
    })
}

fn public_key(key: &[u8]) -> Value {
    json!({"type": "tendermint/PubKeySecp256k1", "value": base64(key)})
}

fn node_info(backend: &Backend) -> Value {
    json!({
        "protocol_version": {"p2p": "8", "block": BLOCK_PROTOCOL.to_string(), "app": "0"},
        "id": backend.node_id(),
        "listen_addr": PEERS,
        "network": backend.devnet.chain_id(),
        "version": COMETBFT,
        "channels": CHANNELS,
        "moniker": MONIKER,
        "other": {"tx_index": "on", "rpc_address": format!("tcp://{}", backend.rpc)},
    })
}

fn abci_info(backend: &Backend) -> Answer {
    let (sealed, _) = backend
        .sealed(None)
        .ok_or_else(|| RpcError::internal("there is no block yet"))?;
    Ok(json!({"response": {
        "data": "akash",
        "version": VERSION,
        "last_block_height": sealed.header.height.to_string(),
        "last_block_app_hash": base64(&sealed.app_hash),
    }}))
}

/// The node's own method, which says what modules it serves.
fn discovery(backend: &Backend) -> Value {
    let modules: Vec<Value> = MODULES
        .iter()
        .map(|(module, version)| json!({"module": module, "version": version}))
        .collect();
    let versions: Vec<Value> = API_VERSIONS
        .iter()
        .map(|version| json!({"api_version": version, "modules": modules, "features": null}))
        .collect();
    json!({
        "client_info": {"api_version": "v1beta3"},
        "supported_versions": versions,
        "chain_id": backend.devnet.chain_id(),
        "node_version": VERSION,
        "min_client_version": "",
    })
}

/// The answer of the application to a query.
#[derive(Debug, Default)]
pub(in super::super) struct Queried {
    pub(in super::super) code: u32,
    pub(in super::super) codespace: String,
    pub(in super::super) log: String,
    pub(in super::super) value: Vec<u8>,
    pub(in super::super) height: i64,
}

/// Asks the application at a path, which is that of a gRPC method.
pub(in super::super) fn abci_query(
    backend: &Backend,
    path: &str,
    data: &[u8],
    height: Option<i64>,
) -> Queried {
    match backend.unary(path, data, height) {
        Ok((value, height)) => Queried {
            value,
            height,
            ..Queried::default()
        },
        Err(failure) => {
            let (code, log) = sdk_error(failure);
            Queried {
                code,
                codespace: "sdk".to_owned(),
                log,
                height: height.unwrap_or(0),
                ..Queried::default()
            }
        }
    }
}

/// A failure as the application tells it outside of gRPC: another code, and its words behind the text.
fn sdk_error(failure: Failure) -> (u32, String) {
    let Failure { code, message } = failure;
    let named = |name: &str| format!("rpc error: code = {name} desc = {message}");
    match code {
        5 => (22, format!("{}: key not found", named("NotFound"))),
        3 => (18, format!("{}: invalid request", named("InvalidArgument"))),
        9 => (
            18,
            format!("{}: invalid request", named("FailedPrecondition")),
        ),
        16 => (4, format!("{}: unauthorized", named("Unauthenticated"))),
        12 => (6, "unknown query path: unknown request".to_owned()),
        _ if message.starts_with("cannot query with height in the future") => {
            (26, format!("{message}: invalid height"))
        }
        _ => (6, format!("{}: unknown request", named("Unknown"))),
    }
}

fn queried(answer: &Queried) -> Value {
    let value = if answer.value.is_empty() {
        Value::Null
    } else {
        base64(&answer.value).into()
    };
    json!({
        "code": answer.code,
        "log": answer.log,
        "info": "",
        "index": "0",
        "key": null,
        "value": value,
        "proofOps": null,
        "height": answer.height.to_string(),
        "codespace": answer.codespace,
    })
}

fn genesis(backend: &Backend) -> Value {
    let (key, address) =
        backend.chain(|chain| (chain.validator.key_bytes(), hex(&chain.validator.address)));
    let begin = backend
        .devnet
        .node()
        .blocks
        .first()
        .map(|block| timestamp(block.time));
    json!({
        "genesis_time": begin.map(time).unwrap_or_default(),
        "chain_id": backend.devnet.chain_id(),
        "initial_height": "1",
        "consensus_params": consensus_params(),
        "validators": [{
            "address": address,
            "pub_key": public_key(&key),
            "power": POWER.to_string(),
            "name": MONIKER,
        }],
        "app_hash": "",
    })
}

fn consensus_params() -> Value {
    json!({
        "block": {"max_bytes": MAX_BYTES.to_string(), "max_gas": MAX_GAS.to_string()},
        "evidence": {
            "max_age_num_blocks": "100000",
            "max_age_duration": "172800000000000",
            "max_bytes": "1048576",
        },
        "validator": {"pub_key_types": ["secp256k1"]},
        "version": {"app": "0"},
        "abci": {"vote_extensions_enable_height": "0"},
    })
}

/// A height that there is a block at; none stands for the newest.
fn existing(backend: &Backend, height: Option<i64>) -> Result<i64, RpcError> {
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

fn at_height(backend: &Backend, method: &str, height: i64, arguments: &Arguments) -> Answer {
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

fn by_hash(backend: &Backend, method: &str, arguments: &Arguments) -> Answer {
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

fn blockchain(backend: &Backend, arguments: &Arguments) -> Answer {
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

fn one_tx(backend: &Backend, arguments: &Arguments) -> Answer {
    let hash = arguments.bytes(0, "hash", Bytes::Base64)?;
    let prove = arguments.flag(1, "prove")?;
    let found = <[u8; 32]>::try_from(hash.as_slice())
        .ok()
        .and_then(|hash| backend.tx(&TxHash(hash)));
    let found =
        found.ok_or_else(|| RpcError::internal(format!("tx ({}) not found", hex(&hash))))?;
    Ok(printed(backend, &found, prove))
}

fn printed(backend: &Backend, tx: &TxResult, prove: bool) -> Value {
    let block = prove
        .then(|| backend.devnet.node().result(tx.height).cloned())
        .flatten();
    print::tx(tx, block.as_ref())
}

/// Where a page begins and how many entries it has, by the arguments `page` and `per_page` at these places.
fn window(arguments: &Arguments, page: usize, total: usize) -> Result<(usize, usize), RpcError> {
    let number = arguments.integer(page, "page")?.unwrap_or(1);
    let size = arguments.integer(page + 1, "per_page")?.unwrap_or(30);
    let size = if size < 1 { 30 } else { size.min(100) };
    let size = usize::try_from(size).unwrap_or(100);
    let pages = total.div_ceil(size).max(1);
    match usize::try_from(number) {
        Ok(number) if (1..=pages).contains(&number) => {
            Ok((number.saturating_sub(1).saturating_mul(size), size))
        }
        _ => Err(RpcError::internal(format!(
            "page should be within [1, {pages}] range, given {number}"
        ))),
    }
}

/// Whether the newest comes first.
fn descending(arguments: &Arguments, place: usize) -> Result<bool, RpcError> {
    match arguments.text(place, "order_by")?.as_str() {
        "" | "asc" => Ok(false),
        "desc" => Ok(true),
        _ => Err(RpcError::internal(
            "expected order_by to be either `asc` or `desc` or empty",
        )),
    }
}

fn parsed(arguments: &Arguments) -> Result<Search, RpcError> {
    let query = arguments.text(0, "query")?;
    query
        .parse()
        .map_err(|error| RpcError::internal(format!("{error}")))
}

fn tx_search(backend: &Backend, arguments: &Arguments) -> Answer {
    let search = parsed(arguments)?;
    let prove = arguments.flag(1, "prove")?;
    let mut found = search.txs(&backend.devnet.node());
    if descending(arguments, 4)? {
        found.reverse();
    }
    let (from, size) = window(arguments, 2, found.len())?;
    let txs: Vec<Value> = found
        .iter()
        .skip(from)
        .take(size)
        .map(|tx| printed(backend, tx, prove))
        .collect();
    Ok(json!({"txs": txs, "total_count": found.len().to_string()}))
}

fn block_search(backend: &Backend, arguments: &Arguments) -> Answer {
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

fn unconfirmed(backend: &Backend, method: &str, arguments: &Arguments) -> Answer {
    let limit = arguments.integer(0, "limit")?.unwrap_or(30).clamp(1, 100);
    let limit = usize::try_from(limit).unwrap_or(100);
    let node = backend.devnet.node();
    let waiting: Vec<&[u8]> = node.waiting().collect();
    let bytes: usize = waiting.iter().map(|tx| tx.len()).sum();
    let shown: Vec<String> = waiting.iter().take(limit).map(|tx| base64(tx)).collect();
    let (n_txs, txs) = if method == "unconfirmed_txs" {
        (shown.len(), Value::from(shown))
    } else {
        (waiting.len(), Value::Null)
    };
    let mut answer = json!({
        "n_txs": n_txs.to_string(),
        "total": waiting.len().to_string(),
        "total_bytes": bytes.to_string(),
    });
    if let Some(members) = answer.as_object_mut() {
        members.insert("txs".to_owned(), txs);
    }
    Ok(answer)
}
