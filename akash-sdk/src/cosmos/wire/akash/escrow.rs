//! Packages `akash.escrow.*`.

pub mod id;
pub mod types;
pub mod v1;
