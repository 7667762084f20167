//! The mempool: transactions that wait for a block, in the order in which they came.

use crate::cosmos::tx::TxHash;
use akash_market::address::Address;
use akash_market::time::Timestamp;
use std::collections::{HashMap, HashSet};

/// A transaction that waits.
#[derive(Debug, Clone)]
pub(super) struct Pooled {
    pub(super) hash: TxHash,
    pub(super) bytes: Vec<u8>,
}

/// What takes a transaction's place among those of its signer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A sequence.
    Next,
    /// The end of its time, for those without one.
    Until(Timestamp),
}

/// All that wait. Those of many accounts are as quickly told apart as those of few.
#[derive(Debug, Clone, Default)]
pub(super) struct Pool {
    waiting: Vec<Pooled>,
    known: HashSet<TxHash>,
    /// Sequences taken by account.
    taken: HashMap<Address, u64>,
    unordered: HashSet<(Timestamp, Address)>,
}

impl Pool {
    /// Transactions that are all there is in a block, whoever signed them.
    pub(super) fn of(waiting: Vec<Pooled>) -> Self {
        Self {
            waiting,
            ..Self::default()
        }
    }

    pub(super) fn push(&mut self, tx: Pooled, signers: Vec<Address>, place: Place) {
        self.known.insert(tx.hash);
        self.waiting.push(tx);
        for signer in signers {
            match place {
                Place::Next => {
                    let taken = self.taken.entry(signer).or_default();
                    *taken = taken.saturating_add(1);
                }
                Place::Until(end) => {
                    self.unordered.insert((end, signer));
                }
            }
        }
    }

    pub(super) fn contains(&self, hash: &TxHash) -> bool {
        self.known.contains(hash)
    }

    /// How many sequences of an account are taken.
    pub(super) fn taken(&self, owner: &Address) -> u64 {
        self.taken.get(owner).copied().unwrap_or_default()
    }

    /// Whether an account has a transaction without a sequence until then.
    pub(super) fn has_unordered(&self, end: Timestamp, owner: &Address) -> bool {
        self.unordered.contains(&(end, owner.clone()))
    }

    /// The bytes of all.
    #[cfg(feature = "devnet-server")]
    pub(super) fn bytes(&self) -> impl Iterator<Item = &[u8]> {
        self.waiting.iter().map(|tx| tx.bytes.as_slice())
    }

    /// All of them; nothing waits any more.
    pub(super) fn take(&mut self) -> Vec<Pooled> {
        std::mem::take(self).waiting
    }
}
