//! Integration tests of the crate, one module a topic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod bme;
mod cost;
mod inventory;
mod matching;
mod oracle;
mod provider_json;
mod recorded;
mod rfc3339;
