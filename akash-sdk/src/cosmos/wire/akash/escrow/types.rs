//! Packages `akash.escrow.types.*`.

pub mod v1;
