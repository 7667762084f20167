use super::DevnetError;
use super::account::DevAccount;
use super::build::DevnetBuilder;
use super::node::Node;
use akash_market::action::{Action, Batch};
use akash_market::ledger::{Ledger, Refused, Rules};
use akash_market::time::{Block, Nanos};
use akash_sdl::num::{Dec, Denom, Int};
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Something that lives on the embedded network, such as a simulated provider.
#[async_trait]
pub trait Inhabitant: std::fmt::Debug + Send {
    /// Does all that it can do without waiting for another block. What goes wrong is its own to tell.
    async fn settle(&mut self);
}

/// A running embedded network. Clones are handles to the same one.
///
/// It is a [`Transport`](crate::cosmos::transport::Transport), so that the whole client stack works on it, and it has
/// controls that no real network has: blocks on demand, time travel, prices, snapshots.
#[derive(Debug, Clone)]
pub struct Devnet {
    shared: Arc<Shared>,
}

/// How often the network was set back, and its newest height.
pub(super) type Tip = (u64, i64);

/// Told of new blocks until it answers no.
pub(super) struct Listener(pub(super) Box<dyn Fn(Tip) -> bool + Send + Sync>);

impl std::fmt::Debug for Listener {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Listener")
    }
}

#[derive(Debug)]
struct Shared {
    node: Mutex<Node>,
    accounts: Vec<DevAccount>,
    snapshots: Mutex<Vec<Node>>,
    /// How often the network was set back.
    era: AtomicU64,
    /// Who wants to know of new blocks.
    listeners: Mutex<Vec<Listener>>,
    /// Who lives on the network. Held while a block is made and its consequences are worked off, so that waiters don't
    /// make one each.
    inhabitants: futures_util::lock::Mutex<Vec<Box<dyn Inhabitant>>>,
}

impl Devnet {
    /// Describes a network with defaults that serve an example or a test.
    #[must_use]
    pub fn builder() -> DevnetBuilder {
        DevnetBuilder::new()
    }

    pub(super) fn new(node: Node, accounts: Vec<DevAccount>) -> Self {
        Self {
            shared: Arc::new(Shared {
                node: Mutex::new(node),
                accounts,
                snapshots: Mutex::new(Vec::new()),
                era: AtomicU64::new(0),
                listeners: Mutex::default(),
                inhabitants: futures_util::lock::Mutex::new(Vec::new()),
            }),
        }
    }

    pub(super) fn node(&self) -> MutexGuard<'_, Node> {
        self.shared
            .node
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The funded accounts with their keys.
    #[must_use]
    pub fn accounts(&self) -> &[DevAccount] {
        &self.shared.accounts
    }

    /// The funded account of this name.
    #[must_use]
    pub fn account(&self, name: &str) -> Option<&DevAccount> {
        self.shared
            .accounts
            .iter()
            .find(|account| account.name == name)
    }

    /// Identifies the network in signatures.
    #[must_use]
    pub fn chain_id(&self) -> String {
        self.node().chain_id.clone()
    }

    /// The newest block.
    #[must_use]
    pub fn block(&self) -> Block {
        self.node().block
    }

    /// Height of the newest block.
    #[must_use]
    pub fn height(&self) -> i64 {
        self.block().height.0
    }

    /// Makes this many blocks; simulated providers are not stepped.
    ///
    /// # Errors
    /// If height or time would leave their range.
    pub fn mine(&self, blocks: u32) -> Result<(), DevnetError> {
        let mut node = self.node();
        let mined = (0..blocks).try_for_each(|_| node.mine());
        drop(node);
        self.announce();
        mined
    }

    /// Where the network stands.
    pub(super) fn tip(&self) -> Tip {
        // Read under the lock under which it changes, so that both belong together.
        let node = self.node();
        (self.shared.era.load(Ordering::Relaxed), node.block.height.0)
    }

    pub(super) fn announce(&self) {
        let mut listeners = self
            .shared
            .listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if !listeners.is_empty() {
            let tip = self.tip();
            listeners.retain(|listener| (listener.0)(tip));
        }
    }

    /// Has `listener` told of new blocks.
    #[cfg(feature = "devnet-server")]
    pub(super) fn listen(&self, listener: Box<dyn Fn(Tip) -> bool + Send + Sync>) {
        self.shared
            .listeners
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Listener(listener));
    }

    /// Makes a block if there is none above `height`, and brings everything that lives on the network to rest.
    ///
    /// # Errors
    /// If height or time would leave their range.
    pub async fn advance_past(&self, height: i64) -> Result<(), DevnetError> {
        let mut inhabitants = self.shared.inhabitants.lock().await;
        if self.height() > height {
            return Ok(());
        }
        self.mine(1)?;
        for inhabitant in inhabitants.iter_mut() {
            inhabitant.settle().await;
        }
        Ok(())
    }

    /// Lets something live on the network: it is brought to rest after each block, after those that came before it.
    pub async fn inhabit(&self, inhabitant: Box<dyn Inhabitant>) {
        self.shared.inhabitants.lock().await.push(inhabitant);
    }

    /// Lets this much time pass before the next block.
    pub fn advance_time(&self, by: Nanos) {
        let mut node = self.node();
        node.block.time = node.block.time.plus(by);
    }

    /// Sets the time between two blocks from now on.
    pub fn set_block_time(&self, block_time: Nanos) {
        self.node().block_time = block_time;
    }

    /// Sets the AKT price in US dollars that is reported from now on; `None` stops the reports, so that the price goes
    /// stale.
    pub fn set_akt_price(&self, price: Option<Dec>) {
        self.node().feed.price = price;
    }

    /// Does what a proposal of governance decided, in the newest block: nobody signs it. The authority in it is
    /// [`Modules::gov`](akash_market::bank::Modules::gov). It leaves no events.
    ///
    /// # Errors
    /// If the ledger refuses it; then nothing has changed.
    pub fn govern(&self, action: Action) -> Result<(), Refused> {
        let mut node = self.node();
        let block = node.block;
        let done = node.state.ledger.apply(block, &Batch::from(action))?;
        node.state.take_in(&done.changes);
        drop(node);
        Ok(())
    }

    /// Puts other rules in force.
    pub fn set_rules(&self, rules: Rules) {
        self.node().state.ledger.set_rules(rules);
    }

    /// A look at the ledger as it is now.
    pub fn with_ledger<T>(&self, look: impl FnOnce(&Ledger) -> T) -> T {
        look(&self.node().state.ledger)
    }

    /// What came into being less what was burned since the network began, by denom.
    #[must_use]
    pub fn issued(&self) -> BTreeMap<Denom, Int> {
        self.node().state.issued.clone()
    }

    /// Remembers the whole state and gives a number to return to it.
    #[must_use]
    pub fn snapshot(&self) -> u64 {
        let node = self.node().clone();
        let mut snapshots = self
            .shared
            .snapshots
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        snapshots.push(node);
        u64::try_from(snapshots.len()).unwrap_or(u64::MAX)
    }

    /// Returns to a remembered state. Simulated providers keep what they know.
    ///
    /// # Errors
    /// If there is no such snapshot.
    pub fn revert(&self, snapshot: u64) -> Result<(), DevnetError> {
        let index = usize::try_from(snapshot)
            .unwrap_or(usize::MAX)
            .wrapping_sub(1);
        let snapshots = self
            .shared
            .snapshots
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let node = snapshots
            .get(index)
            .ok_or(DevnetError::NoSuchSnapshot(snapshot))?
            .clone();
        drop(snapshots);
        let mut current = self.node();
        *current = node;
        self.shared.era.fetch_add(1, Ordering::Relaxed);
        drop(current);
        self.announce();
        Ok(())
    }
}
