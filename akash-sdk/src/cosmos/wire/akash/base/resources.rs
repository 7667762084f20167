//! Packages `akash.base.resources.*`.

pub mod v1beta4;
