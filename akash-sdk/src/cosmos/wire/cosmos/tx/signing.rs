//! Packages `cosmos.tx.signing.*`.

pub mod v1beta1;
