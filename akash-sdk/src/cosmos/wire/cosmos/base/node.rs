//! Packages `cosmos.base.node.*`.

pub mod v1beta1;
