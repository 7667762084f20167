//! What all four listeners share: the network, the blocks as a node shows them, who waits for what.

use super::ServerError;
use super::chain::{Chain, Sealed};
use super::faults::Faults;
use super::service::{self, print::hex};
use crate::cosmos::transport::{BlockResult, CheckTx, TxResult};
use crate::cosmos::tx::TxHash;
use crate::devnet::Devnet;
use crate::devnet::query::{self, Failure};
use akash_market::time::{Block, Timestamp};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, watch};

/// Where the network stands: how often it was set back, and its newest height.
pub(super) type Tip = (u64, i64);

/// The network as the listeners see it.
#[derive(Debug)]
pub(super) struct Backend {
    pub(super) devnet: Devnet,
    pub(super) rpc: SocketAddr,
    chain: Mutex<Chain>,
    tip: watch::Receiver<Tip>,
    /// Wakes the clock when a transaction has come.
    pub(super) came: Notify,
    pub(super) faults: Mutex<Faults>,
    /// By how many nanoseconds blocks are ahead of the clock on the wall.
    pub(super) ahead: Mutex<i64>,
    closing: watch::Sender<bool>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Backend {
    pub(super) fn new(devnet: Devnet, rpc: SocketAddr) -> Result<Arc<Self>, ServerError> {
        let (announce, tip) = watch::channel(devnet.tip());
        devnet.listen(Box::new(move |tip| announce.send(tip).is_ok()));
        Ok(Arc::new(Self {
            devnet,
            rpc,
            chain: Mutex::new(Chain::new()?),
            tip,
            came: Notify::new(),
            faults: Mutex::default(),
            ahead: Mutex::new(0),
            closing: watch::Sender::new(false),
        }))
    }

    /// Tells those who wait that it is over.
    pub(super) fn close(&self) {
        self.closing.send_replace(true);
    }

    pub(super) fn closing(&self) -> watch::Receiver<bool> {
        self.closing.subscribe()
    }

    /// Tells when there is another block.
    pub(super) fn tips(&self) -> watch::Receiver<Tip> {
        self.tip.clone()
    }

    pub(super) fn faults(&self) -> MutexGuard<'_, Faults> {
        lock(&self.faults)
    }

    /// Identifies the node among its peers, of which there are none.
    pub(super) fn node_id(&self) -> String {
        self.chain(|chain| hex(&chain.validator.address).to_lowercase())
    }

    pub(super) fn block(&self) -> Block {
        self.devnet.block()
    }

    /// Looks at the chain of blocks, brought up to the newest.
    pub(super) fn chain<T>(&self, look: impl FnOnce(&Chain) -> T) -> T {
        let mut chain = lock(&self.chain);
        let era = self.devnet.tip().0;
        chain.follow(&self.devnet.node(), era);
        look(&chain)
    }

    /// A block with its results; none or 0 stands for the newest.
    pub(super) fn sealed(&self, height: Option<i64>) -> Option<(Sealed, BlockResult)> {
        let height = height
            .filter(|h| *h != 0)
            .unwrap_or_else(|| self.block().height.0);
        let sealed = self.chain(|chain| chain.at(height).cloned())?;
        let result = self.devnet.node().result(height).cloned()?;
        Some((sealed, result))
    }

    /// Time of the block at this height.
    pub(super) fn time(&self, height: i64) -> Timestamp {
        self.devnet
            .node()
            .result(height)
            .map_or(Timestamp(0), |block| block.time)
    }

    /// Hands a transaction to the mempool.
    pub(super) fn broadcast(&self, tx: &[u8]) -> CheckTx {
        let checked = self.devnet.node().broadcast(tx);
        if checked.code == 0 {
            self.came.notify_one();
        }
        checked
    }

    pub(super) fn tx(&self, hash: &TxHash) -> Option<TxResult> {
        self.devnet.node().tx(hash).cloned()
    }

    /// Answers a query method: those of the node around the application here, the others from the ledger. Gives the
    /// height that was read, too.
    pub(super) fn unary(
        &self,
        path: &str,
        request: &[u8],
        height: Option<i64>,
    ) -> Result<(Vec<u8>, i64), Failure> {
        let height = height.filter(|h| *h != 0);
        if let Some(answer) = service::answer(self, path, request) {
            return answer.map(|bytes| (bytes, height.unwrap_or_else(|| self.block().height.0)));
        }
        let node = self.devnet.node();
        let read = height.unwrap_or(node.block.height.0);
        query::answer(&node, path, request, height).map(|bytes| (bytes, read))
    }
}
