//! Reading what a node answers to JSON-RPC calls.
//!
//! Each function takes the whole answer as it came and gives the result or a [`TransportError`]; nothing a node can
//! send makes them panic, and they take no more memory than a small multiple of the answer.
//!
//! [`TransportError`]: crate::cosmos::transport::TransportError

mod block;
mod envelope;
mod node;
mod query;
mod tx;

pub use block::{BlockWork, RawBlock, block, block_results, join, new_block};
#[cfg(feature = "websocket")]
pub(super) use envelope::id;
pub use envelope::is_answer;
#[cfg(feature = "websocket")]
pub(super) use node::acknowledged;
pub use node::{discovery, status};
pub use query::abci_query;
pub(in crate::cosmos::transport) use query::is_height_refusal;
pub use tx::{TxSearch, broadcast, new_tx, tx, tx_search};

#[cfg(test)]
mod tests;
