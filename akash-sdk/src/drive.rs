//! Carries a workflow's machine across I/O: reads for it, submits for it, waits for blocks. [`Sender`] does so with single
//! batches.
//!
//! Nothing is spawned: a driver lives as long as the future that is polled, and dropping it stops it. What it was about
//! to spend is in the journal by then.

mod conductor;
mod raise;
mod sender;

pub(crate) use conductor::{Conductor, Machine, Nothing, Outside};
pub use sender::{Sender, Sent};

use crate::chain::{ChainError, Inclusion, Rejection, TxId};
use crate::journal::JournalError;
use akash_market::action::Batch;
use akash_market::time::Block;
use akash_market::workflow::Intent;
use akash_sdl::num::Coin;

/// What a driver shows while it works; `S` is the machine's own kind of step.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Progress<S> {
    /// A transaction was signed and journalled, and is being sent.
    Sending {
        /// Its number in the job.
        intent: Intent,
        /// Identifies it.
        id: TxId,
        /// The most it costs beside what its actions move.
        fee: Vec<Coin>,
        /// What it does.
        batch: Batch,
    },
    /// A transaction stands in a block.
    Included {
        /// Its number in the job.
        intent: Intent,
        /// Where, and what came of it.
        inclusion: Box<Inclusion>,
    },
    /// A transaction was refused before it entered a block.
    Refused {
        /// Its number in the job.
        intent: Intent,
        /// The chain's words.
        rejection: Rejection,
    },
    /// Something failed that will be tried again.
    Retrying {
        /// In words.
        reason: String,
    },
    /// A new block.
    Block(Block),
    /// A step of the machine.
    Step(S),
}

/// Why a driver can't go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DriveError {
    /// The chain can't be used; calling again goes on where it stopped.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The journal can't be used: nothing was sent that isn't in it.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A stored state can't be read.
    #[error("the stored state of job {job} can't be read: {reason}")]
    Checkpoint {
        /// The job.
        job: String,
        /// What is wrong.
        reason: String,
    },
    /// The caller's input is wrong.
    #[error("{0}")]
    Usage(String),
}
