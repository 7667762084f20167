//! Several nodes used as one: a [`Transport`] over any transports that stays usable while single nodes fail.
//!
//! | call | how it is made |
//! |---|---|
//! | reads | the first endpoint in the given order that is healthy; on failure the next, in rounds with growing rests; with [`EndpointPolicy::hedge_after`] a second one at once when the first is slow |
//! | [`Transport::tx`], [`Transport::block`] | "not there" counts only from an endpoint that has the heights this set has told of, and of a transaction only from several |
//! | [`Transport::broadcast`] | the same bytes to one endpoint after another until one takes them; after a lost answer the hash is looked up on all first, and a refusal is not believed any more |
//!
//! A node's verdict (not found, invalid argument) is an answer and not tried elsewhere. Endpoints of another network
//! and those that are catching up are not asked; those behind the others come last. Nothing runs in the background:
//! the health of all is looked at by a call when it is due.
//!
//! ```
//! use akash_sdk::clock::SystemClock;
//! use akash_sdk::cosmos::Client;
//! use akash_sdk::cosmos::endpoints::Endpoints;
//! use akash_sdk::cosmos::transport::{TransportError, comet::Comet};
//! use akash_sdk::devnet::Devnet;
//!
//! # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
//! let devnet = Devnet::builder().build()?;
//! let endpoints = Endpoints::builder(SystemClock::new())
//!     .chain_id("akash-devnet-1")
//!     .endpoint("gone", Comet::new("http://127.0.0.1:1")?)
//!     .endpoint("devnet", devnet.clone())
//!     .build()?;
//! let client = Client::connect(endpoints).await?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod agreement;
pub mod meta;
mod node;
mod policy;
mod read;
mod write;

pub use agreement::Agreeing;
pub use node::Health;
pub(in crate::cosmos) use policy::Bucket;
pub use policy::{EndpointPolicy, Rate};

use crate::clock::Clock;
use crate::cosmos::transport::{Answer, Exchange, Request, Transport, TransportError};
use async_trait::async_trait;
use node::Node;
use std::sync::atomic::{AtomicI64, AtomicU64};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// An ordered set of endpoints of one network. Cloning gives another handle to the same set.
#[derive(Debug, Clone)]
pub struct Endpoints {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    nodes: Vec<Arc<Node>>,
    policy: EndpointPolicy,
    clock: Arc<dyn Clock>,
    /// As configured, or as the first endpoint that answered said.
    chain_id: Mutex<Option<String>>,
    /// When all were last checked.
    checked: Mutex<Option<Duration>>,
    /// Greatest height told to the caller.
    told: AtomicI64,
    jitter: AtomicU64,
}

/// Collects endpoints.
#[derive(Debug)]
pub struct EndpointsBuilder {
    clock: Arc<dyn Clock>,
    chain_id: Option<String>,
    policy: EndpointPolicy,
    endpoints: Vec<(String, Arc<dyn Transport>)>,
}

impl EndpointsBuilder {
    /// Adds an endpoint; those added first are preferred. The name is for messages.
    #[must_use]
    pub fn endpoint(
        mut self,
        name: impl Into<String>,
        transport: impl Transport + 'static,
    ) -> Self {
        self.endpoints.push((name.into(), Arc::new(transport)));
        self
    }

    /// Sets the network. Without it the network of the first endpoint that answers is taken.
    #[must_use]
    pub fn chain_id(mut self, chain_id: impl Into<String>) -> Self {
        self.chain_id = Some(chain_id.into());
        self
    }

    /// Sets how they are used.
    #[must_use]
    pub fn policy(mut self, policy: EndpointPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Makes the set.
    ///
    /// # Errors
    /// If it is empty.
    pub fn build(self) -> Result<Endpoints, TransportError> {
        if self.endpoints.is_empty() {
            return Err(TransportError::Configuration {
                endpoint: String::new(),
                reason: "a set of endpoints needs at least one".to_owned(),
            });
        }
        let policy = self.policy;
        Ok(Endpoints {
            inner: Arc::new(Inner {
                nodes: self
                    .endpoints
                    .into_iter()
                    .map(|(name, transport)| Arc::new(Node::new(name, transport, &policy)))
                    .collect(),
                jitter: AtomicU64::new(policy.seed),
                policy,
                clock: self.clock,
                chain_id: Mutex::new(self.chain_id),
                checked: Mutex::new(None),
                told: AtomicI64::new(0),
            }),
        })
    }
}

impl Endpoints {
    /// Begins a set; the clock times rests, limits and hedges.
    pub fn builder(clock: impl Clock + 'static) -> EndpointsBuilder {
        EndpointsBuilder {
            clock: Arc::new(clock),
            chain_id: None,
            policy: EndpointPolicy::default(),
            endpoints: Vec::new(),
        }
    }

    /// What is known of each endpoint, in their order. Asks none of them.
    #[must_use]
    pub fn health(&self) -> Vec<Health> {
        let now = self.inner.clock.now();
        self.inner
            .nodes
            .iter()
            .map(|node| node.health(now))
            .collect()
    }

    /// Asks all endpoints for their status now and says what is known of each.
    pub async fn check(&self) -> Vec<Health> {
        self.inner.survey().await;
        self.health()
    }

    /// The same set, whose queries count only if `nodes` endpoints give the same answer at the same height.
    #[must_use]
    pub fn agreeing(&self, nodes: usize) -> Agreeing {
        Agreeing::new(self.clone(), nodes)
    }
}

#[async_trait]
impl Exchange for Endpoints {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        let inner = &self.inner;
        Ok(match &request {
            Request::Broadcast(tx) => Answer::Broadcast(inner.broadcast(tx).await?),
            Request::Tx(hash) => Answer::Tx(inner.look_up(hash).await?),
            Request::Block(height) => Answer::Block(inner.block(*height).await?),
            Request::Status => Answer::Status(inner.status().await?),
            Request::Unary { .. }
            | Request::Discovery
            | Request::Blocks
            | Request::WaitForBlock(_) => {
                inner
                    .read(|node| {
                        let request = request.clone();
                        async move {
                            let answer = node.transport.call(request).await?;
                            if let Answer::Unary(read) = &answer {
                                node.saw(read.height, inner.clock.now());
                            }
                            Ok(answer)
                        }
                    })
                    .await?
            }
        })
    }
}
