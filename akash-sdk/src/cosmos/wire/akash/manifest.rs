//! Packages `akash.manifest.*`.

pub mod v2beta3;
