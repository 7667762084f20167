//! Integration tests of the crate, one module a topic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod address;
mod bme;
mod cost;
mod equilibrium;
mod escrow;
mod index;
mod inventory;
mod ledger;
mod market;
mod matching;
mod metrics;
mod oracle;
mod placement;
mod pricing;
mod provider_json;
mod random;
mod recorded;
mod rfc3339;
mod scenario;
mod vectors;
