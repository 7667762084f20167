//! Packages `cosmos.vesting.*`.

pub mod v1beta1;
