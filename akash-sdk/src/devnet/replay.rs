//! Repeating what another node did: the same transactions in the same blocks.

use super::DevnetError;
use super::handle::Devnet;
use super::pool::{Pool, Pooled};
use crate::cosmos::transport::{BlockResult, CheckTx};
use crate::cosmos::tx::TxHash;
use akash_market::time::Timestamp;
use std::collections::HashMap;

/// A block as another node made it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordedBlock {
    /// Time of its header.
    pub time: Timestamp,
    /// The bytes of its transactions in order.
    pub txs: Vec<Vec<u8>>,
    /// Those that ran out of gas, with the other node's log. They pay their fee and do nothing.
    pub exhausted: HashMap<TxHash, String>,
}

impl Devnet {
    /// Hands a transaction to the mempool, as [`broadcast`](crate::cosmos::transport::Transport::broadcast) does.
    #[must_use]
    pub fn submit(&self, tx: &[u8]) -> CheckTx {
        self.node().broadcast(tx)
    }

    /// Makes the next block as another node made it: at its time, of its transactions whatever the mempool holds, and
    /// without a price report of its own. The mempool is empty afterwards.
    ///
    /// # Errors
    /// If the height would leave its range.
    pub fn replay(&self, recorded: &RecordedBlock) -> Result<BlockResult, DevnetError> {
        let mut node = self.node();
        let block = node.next(recorded.time)?;
        let txs = recorded.txs.iter().map(|bytes| Pooled {
            hash: TxHash::of(bytes),
            bytes: bytes.clone(),
        });
        node.pool = Pool::of(txs.collect());
        node.make(block, &recorded.exhausted);
        let made = node.result(block.height.0).cloned();
        drop(node);
        self.announce();
        made.ok_or(DevnetError::EndOfTime)
    }
}
