//! Transports against servers that answer what a real node answered, or misbehave.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod comet;
#[cfg(all(feature = "devnet-server", feature = "websocket"))]
mod cutter;
#[cfg(all(feature = "devnet-server", feature = "websocket"))]
mod follow;
mod hostile;
mod meta;
mod recorded;
mod rest;
#[cfg(feature = "devnet-server")]
mod served;
mod server;
#[cfg(feature = "websocket")]
mod socket;
