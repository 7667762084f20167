//! Packages `akash.audit.*`.

pub mod v1;
