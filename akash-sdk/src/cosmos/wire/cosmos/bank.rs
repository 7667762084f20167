//! Packages `cosmos.bank.*`.

pub mod v1beta1;
