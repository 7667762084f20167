//! The adapter for today's Akash chain: everything that knows protobuf, Cosmos SDK and CometBFT.

pub mod convert;
pub mod json;
pub mod transport;
pub mod wire;
