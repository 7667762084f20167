//! Transactions: taken, found, told of.

use super::envelope::{malformed, open, result, told};
use crate::cosmos::transport::comet::scalar::{Base64, Number, or_default};
use crate::cosmos::transport::{CheckTx, Event, EventAttribute, TransportError, TxResult};
use crate::cosmos::tx::TxHash;
use serde::Deserialize;

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
pub(super) struct AbciEvent {
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

pub(super) fn events(events: Vec<AbciEvent>) -> Vec<Event> {
    events.into_iter().map(Event::from).collect()
}

#[derive(Deserialize)]
pub(super) struct ExecTx {
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
    pub(super) fn into_result(self, tx: Vec<u8>, height: i64, index: u32) -> TxResult {
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

/// A message of a subscription to transactions; `None` if it is the acknowledgement, which carries nothing.
///
/// # Errors
/// The node's refusal, or what is wrong with the message.
pub fn new_tx(endpoint: &str, message: &[u8]) -> Result<Option<TxResult>, TransportError> {
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
    let Some(value) = told::<Value>(endpoint, message)? else {
        return Ok(None);
    };
    let found = value.found;
    Ok(Some(found.result.into_result(
        found.tx.0,
        found.height.0,
        found.index.0,
    )))
}
