//! Today's chain as a [`Chain`](crate::chain::Chain): the traits in domain types over a [`Transport`] and signers.

mod changes;
mod error;
mod fee;
mod figures;
mod policy;
mod query;
mod submit;
mod writer;

pub use policy::{FeePolicy, TxPolicy};

use crate::chain::{Capabilities, ChainError};
use crate::cosmos::discovery::{NodeVersions, Release};
use crate::cosmos::transport::Transport;
use crate::signer::Signer;
use akash_market::address::Address;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use writer::Writers;

/// A client of an Akash chain: reads, submits and follows it in domain types.
///
/// One client is one serial writer for each of its accounts: it hands out sequence numbers itself, goes on counting
/// when a transaction was taken, and lets drivers of one account wait for each other ([`Submit::turn`]) while
/// those of others go on. Keep one client an account, not several. Should another writer come in between all the same,
/// it goes on from the number that the node names.
///
/// [`Submit::turn`]: crate::chain::Submit::turn
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
    /// Who acts for whom: granter and grantee.
    authorities: BTreeMap<Address, Address>,
    writers: Writers,
    versions: Option<NodeVersions>,
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
            authorities: BTreeMap::new(),
            writers: Writers::default(),
            versions,
        })
    }

    /// Adds an account to write for.
    #[must_use]
    pub fn with_signer(mut self, signer: impl Signer + 'static) -> Self {
        self.signers.push(Arc::new(signer));
        self
    }

    /// Does what `granter` would have to sign with the key of `grantee`, whom `granter` has authorized on chain
    /// (cosmos-sdk x/authz): each action is wrapped in a `MsgExec`. The key must be one of this client's signers.
    #[must_use]
    pub fn acting_for(mut self, granter: Address, grantee: Address) -> Self {
        self.authorities.insert(granter, grantee);
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

    /// Who signs what `owner` has to sign.
    fn signs_for<'a>(&'a self, owner: &'a Address) -> &'a Address {
        if self.signers.iter().any(|signer| signer.address() == owner) {
            return owner;
        }
        self.authorities.get(owner).unwrap_or(owner)
    }
}
