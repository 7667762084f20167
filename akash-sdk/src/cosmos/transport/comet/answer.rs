//! Reading what a node answers to JSON-RPC calls.
//!
//! Each function takes the whole answer as it came and gives the result or a [`TransportError`]; nothing a node can
//! send makes them panic, and they take no more memory than a small multiple of the answer.

use super::scalar::{Base64, Number, Time, or_default};
use crate::cosmos::json::{self, Unknown};
use crate::cosmos::transport::{
    BlockResult, CheckTx, Event, EventAttribute, NodeStatus, TransportError, TxResult, Unary,
};
use crate::cosmos::tx::TxHash;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// An answer: a result or an error.
#[derive(Deserialize)]
struct Envelope<T> {
    #[serde(default = "none")]
    result: Option<T>,
    #[serde(default)]
    error: Option<Refusal>,
}

fn none<T>() -> Option<T> {
    None
}

/// The error object of JSON-RPC.
#[derive(Debug, Deserialize)]
pub(super) struct Refusal {
    #[serde(default)]
    code: i64,
    #[serde(default)]
    message: String,
    #[serde(default, deserialize_with = "or_default")]
    data: String,
}

impl Refusal {
    fn text(&self) -> String {
        if self.data.is_empty() {
            self.message.clone()
        } else {
            format!("{}: {}", self.message, self.data)
        }
    }

    fn into_error(self, method: &str) -> TransportError {
        TransportError::Rpc {
            method: method.to_owned(),
            code: self.code,
            message: self.text(),
        }
    }
}

/// The id of a JSON-RPC message, to find out what it answers.
#[derive(Deserialize)]
#[cfg(feature = "websocket")]
struct Addressed {
    #[serde(default)]
    id: Option<i64>,
}

/// The id of a message; `None` if it has none or is no message.
#[cfg(feature = "websocket")]
pub(super) fn id(message: &[u8]) -> Option<i64> {
    serde_json::from_slice::<Addressed>(message).ok()?.id
}

fn malformed(endpoint: &str, reason: &dyn std::fmt::Display) -> TransportError {
    TransportError::Malformed {
        endpoint: endpoint.to_owned(),
        reason: reason.to_string(),
    }
}

fn open<T: DeserializeOwned>(
    endpoint: &str,
    answer: &[u8],
) -> Result<Result<T, Refusal>, TransportError> {
    let envelope: Envelope<T> =
        serde_json::from_slice(answer).map_err(|e| malformed(endpoint, &e))?;
    match envelope {
        Envelope {
            error: Some(error), ..
        } => Ok(Err(error)),
        Envelope {
            result: Some(result),
            ..
        } => Ok(Ok(result)),
        Envelope { .. } => Err(malformed(endpoint, &"it has neither a result nor an error")),
    }
}

/// The result of `method`, or the error the node gave.
fn result<T: DeserializeOwned>(
    endpoint: &str,
    method: &str,
    answer: &[u8],
) -> Result<T, TransportError> {
    open(endpoint, answer)?.map_err(|refusal| refusal.into_error(method))
}

/// Whether these bytes are an answer of JSON-RPC at all.
#[must_use]
pub fn is_answer(answer: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Version {
        jsonrpc: String,
    }
    serde_json::from_slice::<Version>(answer).is_ok_and(|version| version.jsonrpc == "2.0")
}

#[derive(Deserialize)]
struct AbciQuery {
    response: AbciResponse,
}

#[derive(Deserialize)]
struct AbciResponse {
    /// Always said: a missing one must not pass for success.
    code: Number<u32>,
    #[serde(default)]
    log: String,
    #[serde(default)]
    value: Base64,
    #[serde(default)]
    height: Number<i64>,
    #[serde(default)]
    codespace: String,
}

/// Answer of `abci_query` for the query method `path` at `height` (0: newest).
///
/// # Errors
/// The node's refusal as [`TransportError::Query`] or [`TransportError::Height`], or what is wrong with the answer.
pub fn abci_query(
    endpoint: &str,
    path: &str,
    height: i64,
    answer: &[u8],
) -> Result<Unary, TransportError> {
    let response = result::<AbciQuery>(endpoint, "abci_query", answer)?.response;
    if response.code.0 != 0 {
        return Err(query_refusal(
            path,
            height,
            &response.codespace,
            response.code.0,
            &response.log,
        ));
    }
    Ok(Unary {
        bytes: response.value.0,
        height: response.height.0,
    })
}

/// The error of a query that came through ABCI: codespace, code and log, from which the gRPC code has to be found.
fn query_refusal(path: &str, height: i64, codespace: &str, code: u32, log: &str) -> TransportError {
    if (codespace == "sdk" && code == 26) || is_height_refusal(log) {
        return TransportError::Height {
            height,
            message: log.to_owned(),
        };
    }
    let said = log
        .split_once("rpc error: code = ")
        .and_then(|(_, rest)| rest.split_once(" desc = "))
        .and_then(|(name, message)| Some((grpc_code(name)?, message)));
    let (code, message) = match (said, codespace, code) {
        (Some((code, message)), ..) => (code, message),
        (None, "sdk", 6) if log.starts_with("unknown query path") => (12, log),
        (None, "sdk", 18) => (3, log),
        (None, "sdk", 4) => (16, log),
        (None, "sdk", 22) => (5, log),
        (None, ..) => (2, log),
    };
    // The node wraps the words once more in the error it maps the code to.
    let message = [
        ": key not found",
        ": invalid request",
        ": unauthorized",
        ": unknown request",
    ]
    .iter()
    .find_map(|suffix| message.strip_suffix(suffix))
    .filter(|_| said.is_some())
    .unwrap_or(message);
    TransportError::Query {
        path: path.to_owned(),
        code,
        message: message.to_owned(),
    }
}

/// Whether a node's words say that it has no state at the height asked for.
pub(in crate::cosmos::transport) fn is_height_refusal(text: &str) -> bool {
    text.contains("cannot query with height in the future")
        || text.contains("failed to load state at height")
}

/// The number of a gRPC code from its name.
fn grpc_code(name: &str) -> Option<u32> {
    const NAMES: [&str; 17] = [
        "OK",
        "Canceled",
        "Unknown",
        "InvalidArgument",
        "DeadlineExceeded",
        "NotFound",
        "AlreadyExists",
        "PermissionDenied",
        "ResourceExhausted",
        "FailedPrecondition",
        "Aborted",
        "OutOfRange",
        "Unimplemented",
        "Internal",
        "Unavailable",
        "DataLoss",
        "Unauthenticated",
    ];
    (0..)
        .zip(NAMES)
        .find_map(|(code, known)| (known == name).then_some(code))
}

#[derive(Deserialize)]
struct BroadcastTx {
    /// Always said: a missing one must not pass for success.
    code: Number<u32>,
    #[serde(default)]
    log: String,
    #[serde(default)]
    codespace: String,
}

/// Answer of `broadcast_tx_sync` for the transaction with this hash.
///
/// What the node's mempool refuses with an error instead of a code (already there, full, too large) becomes the code
/// that the node's other interfaces give: 19, 20 and 21 of codespace `sdk`.
///
/// # Errors
/// The node's refusal, or what is wrong with the answer.
pub fn broadcast(endpoint: &str, hash: TxHash, answer: &[u8]) -> Result<CheckTx, TransportError> {
    match open::<BroadcastTx>(endpoint, answer)? {
        Ok(checked) => Ok(CheckTx {
            hash,
            codespace: checked.codespace,
            code: checked.code.0,
            log: checked.log,
        }),
        Err(refusal) => {
            let text = refusal.text().to_lowercase();
            let code = if text.contains("tx already exists in cache") {
                19
            } else if text.contains("mempool is full") {
                20
            } else if text.contains("tx too large") {
                21
            } else {
                return Err(refusal.into_error("broadcast_tx_sync"));
            };
            Ok(CheckTx {
                hash,
                codespace: "sdk".to_owned(),
                code,
                log: refusal.text(),
            })
        }
    }
}

#[derive(Deserialize)]
struct Attribute {
    key: String,
    #[serde(default, deserialize_with = "or_default")]
    value: String,
}

#[derive(Deserialize)]
struct AbciEvent {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default, deserialize_with = "or_default")]
    attributes: Vec<Attribute>,
}

impl From<AbciEvent> for Event {
    fn from(event: AbciEvent) -> Self {
        Self {
            kind: event.kind,
            attributes: event
                .attributes
                .into_iter()
                .map(|attribute| EventAttribute {
                    key: attribute.key,
                    value: attribute.value,
                })
                .collect(),
        }
    }
}

fn events(events: Vec<AbciEvent>) -> Vec<Event> {
    events.into_iter().map(Event::from).collect()
}

#[derive(Deserialize)]
struct ExecTx {
    #[serde(default)]
    code: Number<u32>,
    #[serde(default)]
    codespace: String,
    #[serde(default)]
    log: String,
    #[serde(default)]
    data: Base64,
    #[serde(default)]
    gas_wanted: Number<i64>,
    #[serde(default)]
    gas_used: Number<i64>,
    #[serde(default, deserialize_with = "or_default")]
    events: Vec<AbciEvent>,
}

impl ExecTx {
    fn into_result(self, tx: Vec<u8>, height: i64, index: u32) -> TxResult {
        TxResult {
            hash: TxHash::of(&tx),
            height,
            index,
            tx,
            code: self.code.0,
            codespace: self.codespace,
            log: self.log,
            data: self.data.0,
            gas_wanted: u64::try_from(self.gas_wanted.0).unwrap_or_default(),
            gas_used: u64::try_from(self.gas_used.0).unwrap_or_default(),
            events: events(self.events),
        }
    }
}

#[derive(Deserialize)]
struct FoundTx {
    height: Number<i64>,
    #[serde(default)]
    index: Number<u32>,
    tx: Base64,
    tx_result: ExecTx,
}

impl FoundTx {
    fn into_result(self) -> TxResult {
        self.tx_result
            .into_result(self.tx.0, self.height.0, self.index.0)
    }
}

/// Answer of `tx` for the transaction with this hash; `None` if the node knows of none.
///
/// # Errors
/// The node's refusal, or what is wrong with the answer; also if it is about another transaction.
pub fn tx(
    endpoint: &str,
    hash: &TxHash,
    answer: &[u8],
) -> Result<Option<TxResult>, TransportError> {
    match open::<FoundTx>(endpoint, answer)? {
        Ok(found) => {
            let found = found.into_result();
            if found.hash == *hash {
                Ok(Some(found))
            } else {
                Err(malformed(
                    endpoint,
                    &format!("asked for {hash}, it tells of {}", found.hash),
                ))
            }
        }
        Err(refusal) if refusal.data.ends_with("not found") => Ok(None),
        Err(refusal) => Err(refusal.into_error("tx")),
    }
}

/// Transactions found by their events, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TxSearch {
    /// Those of the page asked for.
    pub txs: Vec<TxResult>,
    /// Number of all that were found.
    pub total: u64,
}

/// Answer of `tx_search`.
///
/// # Errors
/// The node's refusal, or what is wrong with the answer.
pub fn tx_search(endpoint: &str, answer: &[u8]) -> Result<TxSearch, TransportError> {
    #[derive(Deserialize)]
    struct Search {
        #[serde(default, deserialize_with = "or_default")]
        txs: Vec<FoundTx>,
        total_count: Number<u64>,
    }
    let search = result::<Search>(endpoint, "tx_search", answer)?;
    Ok(TxSearch {
        txs: search.txs.into_iter().map(FoundTx::into_result).collect(),
        total: search.total_count.0,
    })
}

#[derive(Deserialize)]
struct BlockAnswer {
    #[serde(default)]
    block: Option<Block>,
}

#[derive(Deserialize)]
struct Block {
    header: Header,
    #[serde(default)]
    data: BlockData,
}

#[derive(Deserialize)]
struct Header {
    chain_id: String,
    height: Number<i64>,
    time: Time,
}

#[derive(Deserialize, Default)]
struct BlockData {
    #[serde(default, deserialize_with = "or_default")]
    txs: Vec<Base64>,
}

/// A block's header data and transactions, without what came of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawBlock {
    /// Chain id of its network.
    pub chain_id: String,
    /// Its height.
    pub height: i64,
    /// Time of its header.
    pub time: akash_market::time::Timestamp,
    /// Its transactions in order.
    pub txs: Vec<Vec<u8>>,
}

impl From<Block> for RawBlock {
    fn from(block: Block) -> Self {
        Self {
            chain_id: block.header.chain_id,
            height: block.header.height.0,
            time: block.header.time.0,
            txs: block.data.txs.into_iter().map(|tx| tx.0).collect(),
        }
    }
}

/// Answer of `block`; `None` if the node has none at that height, not yet or not any more.
///
/// # Errors
/// The node's refusal, or what is wrong with the answer.
pub fn block(endpoint: &str, answer: &[u8]) -> Result<Option<RawBlock>, TransportError> {
    match open::<BlockAnswer>(endpoint, answer)? {
        Ok(answer) => Ok(answer.block.map(RawBlock::from)),
        Err(refusal) if is_absent_block(&refusal) => Ok(None),
        Err(refusal) => Err(refusal.into_error("block")),
    }
}

/// `height 9 must be less than or equal to the current blockchain height 5`, `height 1 is not available, lowest
/// height is 3`.
fn is_absent_block(refusal: &Refusal) -> bool {
    let text = refusal.text();
    text.contains("must be less than or equal to the current blockchain height")
        || text.contains("is not available, lowest height is")
}

/// What the work of a block gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockWork {
    height: i64,
    txs: Vec<ExecResult>,
    events: Vec<Event>,
}

/// What came of one transaction, without its bytes.
type ExecResult = TxResult;

#[derive(Deserialize)]
struct BlockResults {
    #[serde(default)]
    height: Number<i64>,
    #[serde(default, deserialize_with = "or_default")]
    txs_results: Vec<ExecTx>,
    #[serde(default, deserialize_with = "or_default")]
    finalize_block_events: Vec<AbciEvent>,
}

/// Answer of `block_results`; `None` if the node has not kept them, or not made them yet.
///
/// # Errors
/// The node's refusal, or what is wrong with the answer.
pub fn block_results(endpoint: &str, answer: &[u8]) -> Result<Option<BlockWork>, TransportError> {
    match open::<BlockResults>(endpoint, answer)? {
        Ok(results) => Ok(Some(work(results))),
        Err(refusal)
            if is_absent_block(&refusal)
                || refusal.text().contains("could not find results for height") =>
        {
            Ok(None)
        }
        Err(refusal) => Err(refusal.into_error("block_results")),
    }
}

fn work(results: BlockResults) -> BlockWork {
    let height = results.height.0;
    BlockWork {
        height,
        txs: (0..)
            .zip(results.txs_results)
            .map(|(index, result)| result.into_result(Vec::new(), height, index))
            .collect(),
        events: events(results.finalize_block_events),
    }
}

/// A block together with what its work gave.
///
/// # Errors
/// If they belong to different blocks.
pub fn join(
    endpoint: &str,
    block: RawBlock,
    work: BlockWork,
) -> Result<BlockResult, TransportError> {
    if work.height != block.height || work.txs.len() != block.txs.len() {
        return Err(malformed(
            endpoint,
            &format!(
                "block {} with {} transactions and results of block {} with {} don't belong together",
                block.height,
                block.txs.len(),
                work.height,
                work.txs.len()
            ),
        ));
    }
    Ok(BlockResult {
        height: block.height,
        time: block.time,
        txs: block
            .txs
            .into_iter()
            .zip(work.txs)
            .map(|(tx, result)| TxResult {
                hash: TxHash::of(&tx),
                tx,
                ..result
            })
            .collect(),
        events: work.events,
    })
}

/// Answer of `status`.
///
/// # Errors
/// The node's refusal, or what is wrong with the answer.
pub fn status(endpoint: &str, answer: &[u8]) -> Result<NodeStatus, TransportError> {
    #[derive(Deserialize)]
    struct Status {
        node_info: NodeInfo,
        sync_info: SyncInfo,
    }
    #[derive(Deserialize)]
    struct NodeInfo {
        network: String,
    }
    #[derive(Deserialize)]
    struct SyncInfo {
        latest_block_height: Number<i64>,
        latest_block_time: Time,
        catching_up: bool,
    }
    let status = result::<Status>(endpoint, "status", answer)?;
    Ok(NodeStatus {
        chain_id: status.node_info.network,
        height: status.sync_info.latest_block_height.0,
        time: status.sync_info.latest_block_time.0,
        catching_up: status.sync_info.catching_up,
    })
}

/// Answer of `akash`, by which a node of this chain tells its versions, as an encoded `akash.discovery.v1.Akash`.
///
/// # Errors
/// The node's refusal, or what is wrong with the answer.
pub fn discovery(endpoint: &str, answer: &[u8]) -> Result<Vec<u8>, TransportError> {
    let value: serde_json::Value = result(endpoint, "akash", answer)?;
    json::from_json_with("akash.discovery.v1.Akash", &value, Unknown::Skip)
        .map_err(|e| malformed(endpoint, &e))
}

/// A message of a subscription to new blocks; `None` if it is the acknowledgement, which carries nothing.
///
/// # Errors
/// The node's refusal, or what is wrong with the message.
pub fn new_block(endpoint: &str, message: &[u8]) -> Result<Option<BlockResult>, TransportError> {
    #[derive(Deserialize)]
    struct Notice {
        #[serde(default)]
        data: Option<Data>,
    }
    #[derive(Deserialize)]
    struct Data {
        value: Value,
    }
    #[derive(Deserialize)]
    struct Value {
        block: Block,
        #[serde(default)]
        result_finalize_block: Finalized,
    }
    #[derive(Deserialize, Default)]
    struct Finalized {
        #[serde(default, deserialize_with = "or_default")]
        events: Vec<AbciEvent>,
        #[serde(default, deserialize_with = "or_default")]
        tx_results: Vec<ExecTx>,
    }
    let Some(data) = result::<Notice>(endpoint, "subscribe", message)?.data else {
        return Ok(None);
    };
    let block = RawBlock::from(data.value.block);
    let work = work(BlockResults {
        height: Number(block.height),
        txs_results: data.value.result_finalize_block.tx_results,
        finalize_block_events: data.value.result_finalize_block.events,
    });
    join(endpoint, block, work).map(Some)
}

/// A message of a subscription to transactions; `None` if it is the acknowledgement, which carries nothing.
///
/// # Errors
/// The node's refusal, or what is wrong with the message.
pub fn new_tx(endpoint: &str, message: &[u8]) -> Result<Option<TxResult>, TransportError> {
    #[derive(Deserialize)]
    struct Notice {
        #[serde(default)]
        data: Option<Data>,
    }
    #[derive(Deserialize)]
    struct Data {
        value: Value,
    }
    #[derive(Deserialize)]
    struct Value {
        #[serde(rename = "TxResult")]
        found: Found,
    }
    #[derive(Deserialize)]
    struct Found {
        height: Number<i64>,
        #[serde(default)]
        index: Number<u32>,
        tx: Base64,
        result: ExecTx,
    }
    let Some(data) = result::<Notice>(endpoint, "subscribe", message)?.data else {
        return Ok(None);
    };
    let found = data.value.found;
    Ok(Some(found.result.into_result(
        found.tx.0,
        found.height.0,
        found.index.0,
    )))
}

/// Whether the node accepted a subscription.
///
/// # Errors
/// The node's refusal, or what is wrong with the message.
#[cfg(feature = "websocket")]
pub(super) fn acknowledged(endpoint: &str, message: &[u8]) -> Result<(), TransportError> {
    result::<serde::de::IgnoredAny>(endpoint, "subscribe", message).map(|_| ())
}

#[cfg(test)]
mod tests;
