//! A durable record of what was about to be spent, kept before anything is sent.
//!
//! An entry names a job, the number of its transaction (its intent) and the prepared transaction. Whoever restarts asks
//! the chain what became of it instead of making a second one. Entries hold ids, hashes and signed transactions, never
//! manifests with their environment variables.

mod file;
mod memory;

pub use file::FileJournal;
pub use memory::MemoryJournal;

use crate::chain::{Prepared, Rejection};
use akash_market::workflow::Intent;
use akash_sdl::num::Coin;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::fmt::{self, Debug};
use std::sync::Arc;

/// Names a job, such as `deploy/akash1…/12`; choose one name for one job for ever.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct JobId(pub String);

impl fmt::Display for JobId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What the next transaction of an intent gets more than the one that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raise {
    /// The least work it is allowed, in the chain's unit (gas), if the last one ran out of it.
    pub min_gas: Option<u64>,
    /// The least its fee is, if that of the last one was too small.
    pub min_fee: Option<Coin>,
    /// The last refusal.
    pub because: Rejection,
}

/// One line of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Entry {
    /// This transaction is about to be sent; a later one with the same intent replaces it.
    Prepared {
        /// The job.
        job: JobId,
        /// The number of the transaction in the job.
        intent: Intent,
        /// The transaction.
        prepared: Prepared,
    },
    /// The outcome of this transaction is known and was taken in.
    Resolved {
        /// The job.
        job: JobId,
        /// The number of the transaction in the job.
        intent: Intent,
    },
    /// The last transaction of this intent was refused and will never be done; the next one is made with more. Nothing is
    /// raised twice.
    Raised {
        /// The job.
        job: JobId,
        /// The number of the transaction in the job.
        intent: Intent,
        /// With what the next one is made.
        raise: Raise,
    },
    /// The state of a job's machine after a step; a later one replaces it.
    Checkpoint {
        /// The job.
        job: JobId,
        /// The machine as JSON.
        state: serde_json::Value,
    },
}

/// Why a journal can't be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JournalError {
    /// Another process has it open.
    #[error("the journal {path} is in use by another process; two writers could pay twice")]
    Locked {
        /// Where it is.
        path: String,
    },
    /// The file can't be read or written.
    #[error("the journal {path} can't be used: {source}")]
    Io {
        /// Where it is.
        path: String,
        /// What happened.
        source: std::io::Error,
    },
    /// A line in the middle of the file is damaged.
    #[error("line {line} of the journal {path} is damaged: {reason}; restore it or move it away")]
    Damaged {
        /// Where it is.
        path: String,
        /// Which line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// It was written by a newer version.
    #[error("the journal {path} has schema {found}; this version knows {known}")]
    Schema {
        /// Where it is.
        path: String,
        /// What it has.
        found: u32,
        /// What is known.
        known: u32,
    },
    /// An entry can't be put into words.
    #[error("an entry could not be encoded: {0}")]
    Encode(#[from] serde_json::Error),
}

/// Keeps entries so that they survive whatever the implementation promises.
#[async_trait]
pub trait Journal: Debug + Send + Sync {
    /// Appends an entry; when this returns it is as durable as it gets.
    async fn append(&self, entry: &Entry) -> Result<(), JournalError>;

    /// All entries of a job, oldest first.
    async fn entries(&self, job: &JobId) -> Result<Vec<Entry>, JournalError>;
}

macro_rules! forward {
    ($($ty:ty),*) => {$(
        #[async_trait]
        impl<T: Journal + ?Sized> Journal for $ty {
            async fn append(&self, entry: &Entry) -> Result<(), JournalError> {
                (**self).append(entry).await
            }
            async fn entries(&self, job: &JobId) -> Result<Vec<Entry>, JournalError> {
                (**self).entries(job).await
            }
        }
    )*};
}

forward!(&T, Box<T>, Arc<T>);

impl Entry {
    /// The job it belongs to.
    #[must_use]
    pub const fn job(&self) -> &JobId {
        match self {
            Self::Prepared { job, .. }
            | Self::Resolved { job, .. }
            | Self::Raised { job, .. }
            | Self::Checkpoint { job, .. } => job,
        }
    }
}
