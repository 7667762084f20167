use super::bytes;
use crate::cosmos::tx::TxHash;
use akash_market::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The answer to a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unary {
    /// The response message.
    #[serde(with = "bytes")]
    pub bytes: Vec<u8>,
    /// Height of the state it was read from; 0 if the node did not say.
    pub height: i64,
}

/// What the first check of a transaction gave; code 0 means that it lies in the mempool, not that it is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckTx {
    /// The transaction.
    pub hash: TxHash,
    /// Module whose code it is; empty when the code is 0.
    pub codespace: String,
    /// 0 if it was taken.
    pub code: u32,
    /// The node's words.
    pub log: String,
}

/// One attribute of an event; values of typed events are JSON texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventAttribute {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// An event as a block carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its type; full message name for typed events.
    pub kind: String,
    /// Its attributes in order.
    pub attributes: Vec<EventAttribute>,
}

/// A transaction in a block with what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TxResult {
    /// The transaction.
    pub hash: TxHash,
    /// Height of the block.
    pub height: i64,
    /// Its number in the block, from 0.
    pub index: u32,
    /// Its bytes.
    #[serde(with = "bytes")]
    pub tx: Vec<u8>,
    /// 0 if it was done.
    pub code: u32,
    /// Module whose code it is; empty when the code is 0.
    pub codespace: String,
    /// The node's words.
    pub log: String,
    /// Encoded answers of its messages.
    #[serde(with = "bytes")]
    pub data: Vec<u8>,
    /// Gas it was allowed.
    pub gas_wanted: u64,
    /// Gas it used.
    pub gas_used: u64,
    /// Its events in order.
    pub events: Vec<Event>,
}

/// A block with what it did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockResult {
    /// Its height.
    pub height: i64,
    /// Time of its header.
    pub time: Timestamp,
    /// Its transactions in order.
    pub txs: Vec<TxResult>,
    /// Events of its own work; an attribute `mode` says whether at its begin or end.
    pub events: Vec<Event>,
}

/// What a node says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodeStatus {
    /// The network it belongs to.
    pub chain_id: String,
    /// Its newest block.
    pub height: i64,
    /// Time of that block.
    pub time: Timestamp,
    /// Whether it is still behind the network; its answers are then old.
    pub catching_up: bool,
}
