//! Messages of the consensus engine, as block and transaction queries show them.

pub mod abci;
pub mod crypto;
pub mod p2p;
pub mod types;
pub mod version;
