//! Packages `akash.base.deposit.*`.

pub mod v1;
