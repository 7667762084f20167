//! Integration tests against golden vectors.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod attribute;
mod catalog;
mod compare;
mod config;
mod lint;
mod requirement;
mod sizing;
mod tables;
mod vectors;
