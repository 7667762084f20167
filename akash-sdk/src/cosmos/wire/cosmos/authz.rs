//! Packages `cosmos.authz.*`.

pub mod v1beta1;
