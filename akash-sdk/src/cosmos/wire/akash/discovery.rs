//! Packages `akash.discovery.*`.

pub mod v1;
