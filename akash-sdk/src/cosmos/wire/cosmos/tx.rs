//! Packages `cosmos.tx.*`.

pub mod signing;
pub mod v1beta1;
