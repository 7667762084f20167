//! Packages `cosmos.staking.*`.

pub mod v1beta1;
