//! Packages `akash.base.*`.

pub mod attributes;
pub mod deposit;
pub mod offchain;
pub mod resources;
