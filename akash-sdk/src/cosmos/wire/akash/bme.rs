//! Packages `akash.bme.*`.

pub mod v1;
