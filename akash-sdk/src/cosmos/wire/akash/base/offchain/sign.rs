//! Packages `akash.base.offchain.sign.*`.

pub mod v1;
