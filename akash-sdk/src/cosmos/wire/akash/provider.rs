//! Packages `akash.provider.*`.

pub mod lease;
pub mod v1;
pub mod v1beta4;
