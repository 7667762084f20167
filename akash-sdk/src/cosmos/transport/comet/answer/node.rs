//! The node itself, and that it took a subscription.

use super::envelope::{malformed, result};
use crate::cosmos::json::{self, Unknown};
use crate::cosmos::transport::comet::scalar::{Number, Time};
use crate::cosmos::transport::{NodeStatus, TransportError};
use serde::Deserialize;

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

/// Whether the node accepted a subscription.
///
/// # Errors
/// The node's refusal, or what is wrong with the message.
#[cfg(feature = "websocket")]
pub(in super::super) fn acknowledged(endpoint: &str, message: &[u8]) -> Result<(), TransportError> {
    result::<serde::de::IgnoredAny>(endpoint, "subscribe", message).map(|_| ())
}
