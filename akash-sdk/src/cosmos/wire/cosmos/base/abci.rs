//! Packages `cosmos.base.abci.*`.

pub mod v1beta1;
