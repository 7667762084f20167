//! Packages `cosmos.base.tendermint.*`.

pub mod v1beta1;
