//! Messages of the Cosmos SDK modules a market client meets.

pub mod auth;
pub mod authz;
pub mod bank;
pub mod base;
pub mod crypto;
pub mod distribution;
pub mod feegrant;
pub mod gov;
pub mod mint;
pub mod slashing;
pub mod staking;
pub mod tx;
pub mod upgrade;
pub mod vesting;
