//! Packages `akash.inventory.*`.

pub mod v1;
