//! Packages `akash.base.offchain.*`.

pub mod sign;
