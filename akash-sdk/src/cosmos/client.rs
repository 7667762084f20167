//! Today's chain as a [`Chain`](crate::chain::Chain): the traits in domain types over a [`Transport`] and signers.

mod changes;
mod error;
mod query;
mod submit;

use crate::chain::{Capabilities, ChainError};
use crate::cosmos::discovery::{NodeVersions, Release};
use crate::cosmos::transport::Transport;
use crate::cosmos::tx::GasPrices;
use crate::signer::Signer;
use akash_market::address::Address;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How transactions are made.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TxPolicy {
    /// Price of gas. Default 0.025uakt, what the official tools pay.
    pub gas_prices: GasPrices,
    /// The simulated gas is multiplied by this. Default 1.3.
    pub gas_adjustment: f64,
    /// Blocks for which a transaction stays valid. Default 20, about two minutes.
    pub valid_for_blocks: u32,
}

impl Default for TxPolicy {
    fn default() -> Self {
        Self {
            gas_prices: "0.025uakt".parse().unwrap_or_default(),
            gas_adjustment: 1.3,
            valid_for_blocks: 20,
        }
    }
}

/// A client of an Akash chain: reads, submits and follows it in domain types.
///
/// One client is one serial writer for each of its accounts: it hands out sequence numbers itself and goes on counting
/// when a transaction was taken. Keep one client an account, not several.
///
/// ```
/// use akash_sdk::chain::Query;
/// use akash_sdk::cosmos::Client;
/// use akash_sdk::devnet::Devnet;
///
/// let devnet = Devnet::builder().build()?;
/// let client = Client::connect(devnet.clone());
/// # futures_util::FutureExt::now_or_never(async {
/// let client = client.await?;
/// assert_eq!(client.head().await?.chain_id, "akash-devnet-1");
/// # Ok::<(), akash_sdk::chain::ChainError>(())
/// # }).expect("the embedded network does not wait")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Client {
    transport: Arc<dyn Transport>,
    capabilities: Capabilities,
    signers: Vec<Arc<dyn Signer>>,
    policy: TxPolicy,
    writers: Mutex<BTreeMap<Address, Writer>>,
    versions: Option<NodeVersions>,
}

/// What the client knows of an account it writes for.
#[derive(Debug, Clone, Copy)]
struct Writer {
    number: u64,
    sequence: u64,
}

impl Client {
    /// Connects to a node and asks it which network it belongs to and, where it tells, what it knows: what it does not
    /// know is then refused before it is signed. Without signers the client only reads.
    ///
    /// # Errors
    /// If the node does not answer, or is still catching up with its network.
    pub async fn connect(transport: impl Transport + 'static) -> Result<Self, ChainError> {
        let transport: Arc<dyn Transport> = Arc::new(transport);
        let status = transport.status().await?;
        if status.catching_up {
            return Err(ChainError::Unreachable {
                endpoint: status.chain_id,
                reason: "the node is still catching up; its answers would be old".to_owned(),
            });
        }
        let versions = NodeVersions::discover(&transport).await.ok();
        let mut capabilities = Capabilities::akash(status.chain_id, Duration::from_secs(6));
        let release = versions.as_ref().and_then(NodeVersions::release);
        capabilities.reclamation = release.is_none_or(|release| release >= Release::V2_1);
        Ok(Self {
            transport,
            capabilities,
            signers: Vec::new(),
            policy: TxPolicy::default(),
            writers: Mutex::new(BTreeMap::new()),
            versions,
        })
    }

    /// Adds an account to write for.
    #[must_use]
    pub fn with_signer(mut self, signer: impl Signer + 'static) -> Self {
        self.signers.push(Arc::new(signer));
        self
    }

    /// Sets how transactions are made.
    #[must_use]
    pub fn with_policy(mut self, policy: TxPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// What the node said of its versions when the client connected; none if it did not tell.
    #[must_use]
    pub const fn versions(&self) -> Option<&NodeVersions> {
        self.versions.as_ref()
    }

    fn signer(&self, owner: &Address) -> Result<&Arc<dyn Signer>, ChainError> {
        self.signers
            .iter()
            .find(|signer| signer.address() == owner)
            .ok_or_else(|| {
                ChainError::Usage(format!(
                    "{owner} has to sign, and this client has no key of it"
                ))
            })
    }

    fn known(&self, owner: &Address) -> Option<Writer> {
        self.writers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(owner)
            .copied()
    }

    fn note(&self, owner: &Address, writer: Option<Writer>) {
        let mut writers = self.writers.lock().unwrap_or_else(PoisonError::into_inner);
        match writer {
            Some(writer) => {
                writers.insert(owner.clone(), writer);
            }
            None => {
                writers.remove(owner);
            }
        }
    }
}
