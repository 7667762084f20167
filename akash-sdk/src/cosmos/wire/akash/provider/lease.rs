//! Packages `akash.provider.lease.*`.

pub mod v1;
