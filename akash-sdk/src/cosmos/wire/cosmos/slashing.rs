//! Packages `cosmos.slashing.*`.

pub mod v1beta1;
