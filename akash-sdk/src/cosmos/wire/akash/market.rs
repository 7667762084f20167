//! Packages `akash.market.*`.

pub mod v1;
pub mod v1beta5;
