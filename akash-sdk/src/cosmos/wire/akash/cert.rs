//! Packages `akash.cert.*`.

pub mod v1;
