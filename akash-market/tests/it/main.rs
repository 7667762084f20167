//! Integration tests of the crate, one module a topic.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod bme;
mod cost;
mod matching;
mod oracle;
mod recorded;
mod rfc3339;
