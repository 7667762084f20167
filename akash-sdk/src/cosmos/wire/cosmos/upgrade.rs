//! Packages `cosmos.upgrade.*`.

pub mod v1beta1;
