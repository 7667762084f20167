//! Packages `akash.take.*`.

pub mod v1;
