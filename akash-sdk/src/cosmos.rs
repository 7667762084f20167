//! The adapter for today's Akash chain: everything that knows protobuf, Cosmos SDK and CometBFT.

pub mod address;
pub mod client;
pub mod convert;
pub mod discovery;
pub mod endpoints;
pub mod events;
#[cfg(feature = "cosmrs")]
#[cfg_attr(docsrs, doc(cfg(feature = "cosmrs")))]
pub mod interop;
pub mod json;
pub mod profile;
pub mod query;
pub mod transport;
pub mod tx;
pub mod wire;

pub use client::{Client, FeePolicy, TxPolicy};
