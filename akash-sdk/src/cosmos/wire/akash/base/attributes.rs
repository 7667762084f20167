//! Packages `akash.base.attributes.*`.

pub mod v1;
