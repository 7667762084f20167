//! CometBFT's JSON-RPC: what a node of today's chain speaks on port 26657.
//!
//! [`Comet`] asks over HTTP, [`CometSocket`] over WebSocket with subscriptions. What both understand is in
//! [`answer`]: pure reading of what a node sent, with no I/O.
//!
//! | call | method |
//! |---|---|
//! | queries | `abci_query` with the gRPC path, request in hexadecimal digits, height |
//! | broadcast | `broadcast_tx_sync` |
//! | look-up by hash | `tx`; by events: `tx_search` |
//! | blocks | `block` and `block_results` |
//! | status | `status`; of the chain's own release: `akash` |
//!
//! The node writes 64-bit numbers as text, bytes as base64 and hashes in hexadecimal digits. It refuses with an
//! error object, for "not found" too: the texts are told apart in [`answer`], in one place.

pub mod answer;
#[cfg(feature = "http")]
mod call;
#[cfg(feature = "http")]
mod http;
mod scalar;
#[cfg(feature = "websocket")]
mod socket;

#[cfg(feature = "http")]
#[cfg_attr(docsrs, doc(cfg(feature = "http")))]
pub use http::Comet;
#[cfg(feature = "websocket")]
#[cfg_attr(docsrs, doc(cfg(feature = "websocket")))]
pub use socket::{CometSocket, SocketOptions};
