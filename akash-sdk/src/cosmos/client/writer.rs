//! The accounts a client writes for: their numbers, and whose turn it is.

use crate::chain::Turn;
use akash_market::address::Address;
use futures_util::lock;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What is known of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Writer {
    pub(super) number: u64,
    /// Of its next transaction.
    pub(super) sequence: u64,
}

#[derive(Debug, Default)]
pub(super) struct Writers {
    known: Mutex<BTreeMap<Address, Writer>>,
    lanes: Mutex<BTreeMap<Address, Arc<lock::Mutex<()>>>>,
    unordered: AtomicU64,
}

impl Writers {
    fn all(&self) -> MutexGuard<'_, BTreeMap<Address, Writer>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn known(&self, owner: &Address) -> Option<Writer> {
        self.all().get(owner).copied()
    }

    pub(super) fn note(&self, owner: &Address, writer: Writer) {
        self.all().insert(owner.clone(), writer);
    }

    /// Notes that a transaction with this sequence was taken.
    pub(super) fn taken(&self, owner: &Address, sequence: u64) {
        if let Some(writer) = self.all().get_mut(owner) {
            writer.sequence = writer.sequence.max(sequence.saturating_add(1));
        }
    }

    /// Notes that the node expects another sequence than was signed.
    pub(super) fn mistaken(&self, owners: &[&Address], expected: u64, got: u64) {
        let mut all = self.all();
        match owners {
            // Another writer was faster: its transaction may not be in a block yet, so that the account's state does not
            // tell.
            [owner] if expected > got => {
                if let Some(writer) = all.get_mut(*owner) {
                    writer.sequence = expected;
                }
            }
            // An earlier transaction of ours is lost, or the node lags behind, or it may be any of several: what the
            // account's state says decides.
            owners => {
                for owner in owners {
                    all.remove(*owner);
                }
            }
        }
    }

    /// A number that no other unordered transaction of this client has had.
    pub(super) fn unordered(&self) -> u64 {
        self.unordered.fetch_add(1, Ordering::Relaxed)
    }

    /// Waits for the turn of all these accounts; in their order, so that no two wait for each other.
    pub(super) async fn turn(&self, owners: BTreeSet<&Address>) -> Turn {
        let lanes: Vec<Arc<lock::Mutex<()>>> = {
            let mut all = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
            let lane = |owner: &&Address| Arc::clone(all.entry((*owner).clone()).or_default());
            owners.iter().map(lane).collect()
        };
        let mut guards = Vec::with_capacity(lanes.len());
        for lane in lanes {
            guards.push(lane.lock_owned().await);
        }
        Turn::holding(guards)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn account(byte: u8) -> Address {
        Address::bech32("akash", &[byte; 20]).unwrap()
    }

    #[test]
    fn sequences_go_on_from_what_the_chain_expects() {
        let (a, b) = (account(1), account(2));
        let writers = Writers::default();
        let at = |sequence| Writer {
            number: 7,
            sequence,
        };
        writers.note(&a, at(3));
        writers.taken(&a, 3);
        assert_eq!(writers.known(&a), Some(at(4)));
        // An answer that comes late does not set it back.
        writers.taken(&a, 1);
        assert_eq!(writers.known(&a), Some(at(4)));
        writers.mistaken(&[&a], 9, 4);
        assert_eq!(writers.known(&a), Some(at(9)));
        writers.mistaken(&[&a], 5, 9);
        assert_eq!(writers.known(&a), None);
        writers.note(&a, at(1));
        writers.note(&b, at(1));
        writers.mistaken(&[&a, &b], 9, 1);
        assert_eq!((writers.known(&a), writers.known(&b)), (None, None));
    }

    #[test]
    fn who_shares_an_account_waits() {
        let (a, b, c) = (account(1), account(2), account(3));
        let writers = Writers::default();
        let first = writers.turn([&a, &b].into()).now_or_never();
        assert!(first.is_some());
        assert!(writers.turn([&b].into()).now_or_never().is_none());
        assert!(writers.turn([&c].into()).now_or_never().is_some());
        drop(first);
        assert!(writers.turn([&b].into()).now_or_never().is_some());
    }
}
