//! Messages of the chain's own modules.

pub mod audit;
pub mod base;
pub mod bme;
pub mod cert;
pub mod deployment;
pub mod discovery;
pub mod downtimedetector;
pub mod epochs;
pub mod escrow;
pub mod inventory;
pub mod manifest;
pub mod market;
pub mod oracle;
pub mod provider;
pub mod take;
pub mod wasm;
