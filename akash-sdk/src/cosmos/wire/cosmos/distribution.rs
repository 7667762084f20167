//! Packages `cosmos.distribution.*`.

pub mod v1beta1;
