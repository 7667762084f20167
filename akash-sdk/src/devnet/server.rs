//! The embedded network as a network: other programs, in any language, take part over the ports of a node.
//!
//! It listens on loopback as a node does: CometBFT JSON-RPC (GET, POST, batches, WebSocket with subscriptions and the
//! node's discovery method), gRPC, and the REST gateway. All three read the same state and give the same bytes as
//! [`Devnet`] does in the process. Clients need no change: the published TypeScript SDK
//! (`@akashnetwork/chain-sdk`) queries, simulates, signs and broadcasts against it.
//!
//! ```
//! use akash_sdk::devnet::Devnet;
//! use akash_sdk::devnet::server::Server;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # runtime.block_on(async {
//! let devnet = Devnet::builder().build()?;
//! let server = Server::builder(devnet.clone()).start().await?;
//! println!("JSON-RPC on {}, gRPC on {}", server.endpoints().rpc, server.endpoints().grpc);
//! // It serves until it is dropped.
//! drop(server);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Time
//!
//! Blocks are made every second and shortly after a transaction came; [`ServerBuilder`] changes both. Their time is that
//! of the clock on the wall, or the network's virtual time.
//!
//! # What a client sees
//!
//! | JSON-RPC | |
//! |---|---|
//! | state | `abci_query` `abci_info` `akash` |
//! | transactions | `broadcast_tx_sync` `broadcast_tx_async` `broadcast_tx_commit` `check_tx` `tx` `tx_search` `unconfirmed_txs` `num_unconfirmed_txs` |
//! | blocks | `block` `block_by_hash` `block_results` `block_search` `blockchain` `header` `header_by_hash` `commit` `validators` `consensus_params` `genesis` `genesis_chunked` |
//! | node | `status` `health` `net_info` |
//! | over WebSocket | all of them, and `subscribe` `unsubscribe` `unsubscribe_all` to `NewBlock`, `NewBlockHeader`, `NewBlockEvents`, `Tx` |
//!
//! gRPC and REST serve what the embedded network answers, and around it `cosmos.tx.v1beta1.Service`,
//! `cosmos.base.tendermint.v1beta1.Service` and `akash.discovery.v1.Discovery`. A height is asked for with the header
//! `x-cosmos-block-height`. What the network does not model (staking, governance, contracts) is answered as a node
//! answers an unknown route: gRPC code 12, HTTP 501, ABCI code 6.
//!
//! Block ids, Merkle roots and votes are computed as CometBFT 0.38 does; the one validator has a secp256k1 key that
//! everybody knows. The state hash is no root of a tree but a digest of all results, so that single keys can't be proved.
//!
//! # Controls
//!
//! On a port of their own, JSON over HTTP; `POST` with `content-type: application/json`:
//!
//! | request | body | what it does |
//! |---|---|---|
//! | `GET /status` | | chain id, newest block, accounts, endpoints |
//! | `POST /mine` | `{"blocks": 5}` | makes blocks; providers that live on the network act after each |
//! | `POST /time` | `{"advance_seconds": 3600}` | lets time pass before the next block |
//! | `POST /price` | `{"akt_usd": "1.25"}` | the AKT price that is reported from now on; `null` stops the reports |
//! | `POST /snapshot` | | remembers the state, answers `{"snapshot": 1}` |
//! | `POST /revert` | `{"snapshot": 1}` | returns to it |
//! | `GET /faults` | | what goes wrong on purpose |
//! | `POST /faults` | [`Faults`] | lets it go wrong from now on; `{}` mends everything |
//!
//! # Limits
//!
//! Request bodies, the time they may take, connections, batches, subscriptions and messages to slow readers are bounded.
//! There is no TLS and no access control: it is made for the machine it runs on.

mod backend;
mod chain;
mod clock;
mod config;
mod control;
mod error;
mod faults;
mod grpc;
mod http;
mod provider;
mod rest;
mod rpc;
mod search;
mod service;

pub use config::ServerBuilder;
pub use error::ServerError;
pub use faults::Faults;

use super::Devnet;
use backend::Backend;
use std::sync::Arc;
use tokio::task::JoinSet;

/// The version of CometBFT whose interface is spoken.
const COMETBFT: &str = "0.38.21";
/// Where peers would be listened for. There are none, but clients insist on an address.
const PEERS: &str = "tcp://127.0.0.1:0";
/// What is spoken with peers, as a node says it; clients insist on that, too.
const CHANNELS: &str = "40202122233038606100";
/// What the node calls itself.
const MONIKER: &str = "devnet";

/// Where a served network can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Endpoints {
    /// CometBFT JSON-RPC.
    pub rpc: String,
    /// The same over WebSocket.
    pub websocket: String,
    /// gRPC without TLS.
    pub grpc: String,
    /// REST gateway.
    pub rest: String,
    /// The controls.
    pub control: String,
    /// Simulated providers that were given to [`ServerBuilder::providers`]: the address of the gateway as the chain knows
    /// it, and where `akash.provider.v1.ProviderRPC/GetStatus` is answered over gRPC without TLS.
    pub providers: Vec<(String, String)>,
}

/// A network that is served. It is as long as this lives: dropping it closes all connections.
#[derive(Debug)]
pub struct Server {
    devnet: Devnet,
    endpoints: Endpoints,
    backend: Arc<Backend>,
    tasks: JoinSet<()>,
}

impl Server {
    /// Describes how to serve a network.
    #[must_use]
    pub const fn builder(devnet: Devnet) -> ServerBuilder {
        ServerBuilder::new(devnet)
    }

    fn new(
        devnet: Devnet,
        endpoints: Endpoints,
        backend: Arc<Backend>,
        tasks: JoinSet<()>,
    ) -> Self {
        Self {
            devnet,
            endpoints,
            backend,
            tasks,
        }
    }

    /// Where it can be reached.
    #[must_use]
    pub const fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// The network that is served.
    #[must_use]
    pub const fn devnet(&self) -> &Devnet {
        &self.devnet
    }

    /// Lets things go wrong from now on.
    pub fn set_faults(&self, faults: Faults) {
        *self.backend.faults() = faults;
        self.backend.came.notify_one();
    }

    /// Serves until the network's time is used up, which takes centuries.
    pub async fn run(mut self) {
        self.tasks.join_next().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.backend.close();
    }
}
