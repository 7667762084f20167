//! Packages `cosmos.base.*`.

pub mod abci;
pub mod node;
pub mod query;
pub mod tendermint;
pub mod v1beta1;
