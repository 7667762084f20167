//! Packages `cosmos.auth.*`.

pub mod v1beta1;
