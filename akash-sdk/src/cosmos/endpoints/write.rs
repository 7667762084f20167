//! Sending a transaction without ever sending it twice to effect.
//!
//! The same bytes have the same hash and the same sequence, so that sending them again can't do anything twice; what
//! must not happen is that a caller signs anew while the first is still on its way. So a lost answer stays in doubt
//! until the transaction is found.

use super::Inner;
use super::read::verdict;
use crate::cosmos::transport::{CheckTx, TransportError};
use crate::cosmos::tx::TxHash;
use futures_util::future::join_all;

impl Inner {
    pub(super) async fn broadcast(&self, tx: &[u8]) -> Result<CheckTx, TransportError> {
        let hash = TxHash::of(tx);
        let mut causes: Vec<Option<TransportError>> = vec![None; self.nodes.len()];
        let mut doubt: Option<TransportError> = None;
        let mut full: Option<CheckTx> = None;
        if self.health_unknown() {
            self.survey().await;
        }
        let (candidates, _, barred) = self.candidates(&[]);
        for (at, error) in barred {
            if let Some(cause) = causes.get_mut(at) {
                *cause = Some(error);
            }
        }
        // Those that rest are better than none.
        let resting = (0..self.nodes.len())
            .filter(|at| causes.get(*at).is_some_and(Option::is_none))
            .filter(|at| !candidates.contains(at));
        let order: Vec<usize> = candidates.iter().copied().chain(resting).collect();
        for at in order {
            let Some(node) = self.node(at) else { continue };
            let sent = self.attempt(node, node.transport.broadcast(tx)).await;
            let error = match sent {
                Ok(checked) => match (checked.codespace.as_str(), checked.code) {
                    (_, 0) | ("sdk", 19) => return Ok(checked),
                    ("sdk", 20) => {
                        full = Some(checked);
                        continue;
                    }
                    // After a lost answer a refusal may be due to the transaction itself: it may be in a block by now.
                    _ => match doubt {
                        None => return Ok(checked),
                        Some(doubt) if self.is_anywhere(&hash).await => {
                            return Ok(found(hash, &doubt));
                        }
                        Some(doubt) => return Err(doubt),
                    },
                },
                Err(error) => error,
            };
            if error.was_not_sent() {
                if let Some(cause) = causes.get_mut(at) {
                    *cause = Some(error);
                }
                continue;
            }
            if self.is_anywhere(&hash).await {
                return Ok(found(hash, &error));
            }
            doubt.get_or_insert(error);
        }
        match (doubt, full) {
            (Some(doubt), _) => Err(doubt),
            (None, Some(full)) => Ok(full),
            (None, None) => Err(verdict(causes)),
        }
    }

    fn health_unknown(&self) -> bool {
        self.checked
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .is_none()
    }

    /// Whether any endpoint knows of the transaction in a block.
    async fn is_anywhere(&self, hash: &TxHash) -> bool {
        let (candidates, ..) = self.candidates(&[]);
        let asked = candidates.into_iter().filter_map(|at| self.node(at));
        let found = join_all(asked.map(|node| {
            let looked = node.transport.tx(hash);
            self.within(node, self.policy.check, looked)
        }))
        .await;
        found.iter().any(|found| matches!(found, Ok(Some(_))))
    }
}

fn found(hash: TxHash, lost: &TransportError) -> CheckTx {
    CheckTx {
        hash,
        codespace: String::new(),
        code: 0,
        log: format!("it stands in a block although the answer was lost: {lost}"),
    }
}
