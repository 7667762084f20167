//! The whole market in one process: an embedded network that signs, checks and answers as a node does.
//!
//! The ledger of `akash-market` is the market; this adds what a node adds: decoding of real transactions, signatures,
//! sequences, fees, gas, a mempool and blocks, events in the chain's form and protobuf queries, all behind
//! [`Transport`](crate::cosmos::transport::Transport). So one client stack is exercised everywhere, and what works here
//! is byte for byte what goes to mainnet.
//!
//! Time is virtual: a block is made when somebody waits for one, and simulated providers are brought to rest after each,
//! in a fixed order. The same calls give the same chain, whatever the machine.
//!
//! ```
//! use akash_sdk::devnet::Devnet;
//!
//! let devnet = Devnet::builder().build()?;
//! let before = devnet.height();
//! devnet.mine(3)?;
//! assert_eq!(devnet.height(), before + 3);
//! # Ok::<(), akash_sdk::devnet::DevnetError>(())
//! ```
//!
//! What it does not model (staking, governance, contracts) is answered as a node answers an unknown route.

mod account;
mod address;
mod allowance;
mod ante;
mod authority;
mod block;
mod build;
mod deposit_grant;
mod error;
mod event;
mod execute;
mod gas;
mod gateway;
mod genesis;
mod handle;
mod message;
mod node;
mod pool;
pub mod provider;
mod query;
mod replay;
#[cfg(feature = "devnet-server")]
#[cfg_attr(docsrs, doc(cfg(feature = "devnet-server")))]
pub mod server;
mod state;
mod transport;
mod workload;

pub use account::{DevAccount, PHRASE};
pub use build::DevnetBuilder;
pub use error::DevnetError;
pub use gateway::DevGateways;
pub use genesis::{DevnetGenesis, GenesisAccount};
pub use handle::{Devnet, Inhabitant};
pub use replay::RecordedBlock;
