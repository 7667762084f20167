//! A ledger as data.

use super::state::State;
use super::{Fallback, Ledger, Rules};
use crate::bank::Modules;
use crate::time::Block;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io;

/// A ledger at one moment, to be kept and restored. Its JSON is ours and stable within a minor version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    rules: Rules,
    modules: Modules,
    block: Block,
    state: State,
    fallback: Option<Fallback>,
}

impl Ledger {
    /// The ledger as data.
    ///
    /// ```
    /// use akash_market::ledger::{Genesis, Ledger, Snapshot};
    /// let ledger = Ledger::new(Genesis::default())?;
    /// let text = serde_json::to_string(&ledger.snapshot())?;
    /// let again = Ledger::restore(serde_json::from_str::<Snapshot>(&text)?);
    /// assert_eq!(again.hash(), ledger.hash());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            rules: self.rules,
            modules: self.modules.clone(),
            block: self.block,
            state: self.state.clone(),
            fallback: self.fallback,
        }
    }

    /// The ledger of a snapshot.
    #[must_use]
    pub fn restore(snapshot: Snapshot) -> Self {
        Self {
            rules: snapshot.rules,
            modules: snapshot.modules,
            block: snapshot.block,
            state: snapshot.state,
            fallback: snapshot.fallback,
            changes: Vec::new(),
        }
    }

    /// SHA-256 over everything the ledger remembers, the block not counted: equal for equal states.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = Hasher(Sha256::new());
        // Neither the hasher nor the state's plain data can fail.
        let written = serde_json::to_writer(&mut hasher, &self.state);
        debug_assert!(written.is_ok(), "{written:?}");
        hasher.0.finalize().into()
    }
}

struct Hasher(Sha256);

impl io::Write for Hasher {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
