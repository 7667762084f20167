//! Packages `akash.escrow.id.*`.

pub mod v1;
