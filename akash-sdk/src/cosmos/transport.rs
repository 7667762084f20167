//! How bytes reach a node of today's chain: bytes in, bytes out, nothing understood on the way.
//!
//! | call | [CometBFT](comet) | [REST](rest) and gRPC | embedded network |
//! |---|---|---|---|
//! | [`Transport::unary`] | `abci_query` | the method itself | its router |
//! | [`Transport::broadcast`] | `broadcast_tx_sync` | `BroadcastTx` | its mempool |
//! | [`Transport::tx`] | `tx` | `GetTx` and its block | its blocks |
//! | [`Transport::block`] | `block` and `block_results` | not supported | its blocks |
//! | [`Transport::blocks`] | subscription, over WebSocket | not supported | not supported |

mod bytes;
pub mod comet;
mod decorate;
mod error;
mod exchange;
#[cfg(feature = "grpc")]
mod grpc;
#[cfg(feature = "http")]
mod http;
mod node;
pub mod rest;
#[cfg(feature = "http")]
mod service;
#[cfg(feature = "http")]
mod tls;

pub use decorate::{Pinned, RateLimited, ReadOnly};
pub use error::TransportError;
pub use exchange::{Answer, Exchange, Request};
#[cfg(feature = "grpc")]
#[cfg_attr(docsrs, doc(cfg(feature = "grpc")))]
pub use grpc::Grpc;
#[cfg(feature = "http")]
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
pub use http::HttpOptions;
#[cfg(feature = "http")]
pub(in crate::cosmos) use http::get;
pub use node::{BlockResult, CheckTx, Event, EventAttribute, NodeStatus, TxResult, Unary};

use crate::cosmos::tx::TxHash;
use crate::cosmos::wire::akash::discovery::v1::GetInfoResponse;
use async_trait::async_trait;
use futures_util::stream::BoxStream;
use prost::Message;
use std::fmt::Debug;

/// New blocks as a node announces them. It ends after its first error: blocks may be missing from there on, and are
/// read with [`Transport::block`].
pub type Blocks = BoxStream<'static, Result<BlockResult, TransportError>>;

/// A connection to a node.
///
/// Who wraps one implements [`Exchange`] instead.
#[async_trait]
pub trait Transport: Debug + Send + Sync {
    /// Asks the query method at `path`, such as `/akash.market.v1beta5.Query/Bids`, for the state at `height` or the newest.
    async fn unary(
        &self,
        path: &str,
        request: Vec<u8>,
        height: Option<i64>,
    ) -> Result<Unary, TransportError>;

    /// Hands a signed transaction to the node's mempool and says what its first check gave.
    async fn broadcast(&self, tx: &[u8]) -> Result<CheckTx, TransportError>;

    /// A transaction that stands in a block; `None` if the node knows of none.
    async fn tx(&self, hash: &TxHash) -> Result<Option<TxResult>, TransportError>;

    /// A block with what its transactions and its own work gave; `None` if the node does not have it.
    async fn block(&self, height: i64) -> Result<Option<BlockResult>, TransportError>;

    /// What the node says of itself.
    async fn status(&self) -> Result<NodeStatus, TransportError>;

    /// What the node says of its versions: an encoded `akash.discovery.v1.Akash`. See
    /// [`NodeVersions`](crate::cosmos::discovery::NodeVersions).
    async fn discovery(&self) -> Result<Vec<u8>, TransportError> {
        let path = "/akash.discovery.v1.Discovery/GetInfo";
        let answer = self.unary(path, Vec::new(), None).await?;
        let info = GetInfoResponse::decode(answer.bytes.as_slice()).map_err(|e| {
            TransportError::Malformed {
                endpoint: path.to_owned(),
                reason: e.to_string(),
            }
        })?;
        Ok(info.info.unwrap_or_default().encode_to_vec())
    }

    /// Subscribes to new blocks, where the way of asking can do that.
    async fn blocks(&self) -> Result<Blocks, TransportError> {
        Err(TransportError::Unsupported {
            endpoint: "this connection".to_owned(),
            what: "a subscription to blocks".to_owned(),
        })
    }

    /// Returns when there is a block above `height`, or when the implementation thinks it time to look.
    async fn wait_for_block(&self, height: i64) -> Result<(), TransportError>;

    /// Makes the call that `request` describes, for what treats all calls alike; see [`Exchange`].
    async fn call(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        Ok(match request {
            Request::Unary {
                path,
                message,
                height,
            } => Answer::Unary(self.unary(&path, message, height).await?),
            Request::Broadcast(tx) => Answer::Broadcast(self.broadcast(&tx).await?),
            Request::Tx(hash) => Answer::Tx(self.tx(&hash).await?),
            Request::Block(height) => Answer::Block(self.block(height).await?),
            Request::Status => Answer::Status(self.status().await?),
            Request::Discovery => Answer::Discovery(self.discovery().await?),
            Request::Blocks => Answer::Blocks(self.blocks().await?),
            Request::WaitForBlock(height) => {
                self.wait_for_block(height).await?;
                Answer::WaitForBlock
            }
        })
    }
}
