use super::{Entry, JobId, Journal, JournalError};
use async_trait::async_trait;
use std::sync::{Mutex, PoisonError};

/// A journal that lasts as long as the process: for tests, simulations and the embedded network.
#[derive(Debug, Default)]
pub struct MemoryJournal(Mutex<Vec<Entry>>);

#[async_trait]
impl Journal for MemoryJournal {
    async fn append(&self, entry: &Entry) -> Result<(), JournalError> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(entry.clone());
        Ok(())
    }

    async fn entries(&self, job: &JobId) -> Result<Vec<Entry>, JournalError> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(entries
            .iter()
            .filter(|entry| entry.job() == job)
            .cloned()
            .collect())
    }
}
