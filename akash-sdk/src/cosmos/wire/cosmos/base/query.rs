//! Packages `cosmos.base.query.*`.

pub mod v1beta1;
