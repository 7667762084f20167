//! Packages `akash.epochs.*`.

pub mod v1beta1;
