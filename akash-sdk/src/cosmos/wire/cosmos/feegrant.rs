//! Packages `cosmos.feegrant.*`.

pub mod v1beta1;
