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

/// Every public type can be shared between threads.
#[test]
fn types_are_send_and_sync() {
    fn shared<T: Send + Sync>() {}
    shared::<akash_gpu::Catalog>();
    shared::<akash_gpu::GpuKey>();
    shared::<akash_gpu::Requirement>();
    shared::<akash_gpu::Guarantee<'_>>();
    shared::<akash_gpu::lint::Finding>();
    shared::<akash_gpu::sizing::Inference<'_>>();
    shared::<akash_gpu::sizing::Training<'_>>();
    shared::<akash_gpu::sizing::ConfigError>();
    shared::<akash_gpu::compare::PriceTable>();
}
