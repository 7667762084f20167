//! Integration tests, one module a topic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod address;
#[cfg(feature = "certificates")]
mod cert;
mod conformance;
mod convert;
#[cfg(feature = "cosmrs")]
mod cosmrs;
mod devnet;
#[cfg(feature = "http")]
mod endpoints;
#[cfg(feature = "http")]
mod events;
mod golden;
mod json;
mod jwt;
mod local;
mod market;
mod query;
mod record;
#[cfg(feature = "certificates")]
mod replay;
mod report;
mod retry;
mod scenario;
mod secret;
#[cfg(feature = "devnet-server")]
mod server;
mod submit;
#[cfg(feature = "http")]
mod transport;
mod tx;
mod wire;
