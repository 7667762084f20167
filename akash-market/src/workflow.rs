//! The decisions of every longer job as state machines without I/O.
//!
//! A machine is stepped with what was learnt ([`Input`]) and answers what to do ([`Effect`]). It neither waits nor
//! talks to anybody, so that a simulation, a test that dies at every step, and a live driver run the same brain. Its
//! state is plain data: store it after each step and go on from there.
//!
//! | machine | job |
//! |---|---|
//! | [`deploy`] | open a deployment, choose bids, lease, hand over the manifest, wait until it runs |
//! | [`bid`] | a provider's side: bid on orders, keep what it wins, give back what it loses, withdraw what it earns |
//! | [`fund`] | turn AKT into ACT and wait until it is there |
//!
//! # How a driver runs a machine
//! 1. Step it with [`Input::Start`], also after a restart.
//! 2. Carry out each effect and step it with the answer. A [`Effect::Submit`] is journalled under its intent before it is
//!    sent; when the same intent comes again (after a restart it does), its outcome is asked for instead.
//! 3. When nothing is left to do, wait for the next block and step it with [`Input::Block`].

pub mod bid;
pub mod deploy;
pub mod fund;

use crate::action::{Batch, Outcome};
use crate::id::LeaseId;
use crate::query::{Entity, Filter, Key};
use crate::time::Block;
use serde::{Deserialize, Serialize};

/// Numbers the transactions of one run of a machine, from 1.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Intent(pub u32);

/// What came of a transaction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "settled", rename_all = "snake_case")]
pub enum Settled {
    /// Done, in this block.
    Done {
        /// The block.
        block: Block,
        /// One an action.
        outcomes: Vec<Outcome>,
    },
    /// Judged and not done.
    Refused(Refusal),
    /// It never entered a block and never will.
    NeverLanded,
}

/// A refusal by the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Module whose code it is.
    pub codespace: String,
    /// Number of the error in it.
    pub code: u32,
    /// The chain's words.
    pub log: String,
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} {})", self.log, self.codespace, self.code)
    }
}

impl Refusal {
    /// Whether it is this code of this codespace.
    #[must_use]
    pub fn is(&self, codespace: &str, code: u32) -> bool {
        self.codespace == codespace && self.code == code
    }
}

/// What a provider's gateway answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum GatewayAnswer {
    /// The manifest was taken.
    Accepted,
    /// State of the workload.
    Status {
        /// Whether every service has all its replicas.
        ready: bool,
        /// In words, such as `web 1/2`.
        summary: String,
    },
    /// Refused; asking again won't help.
    Refused {
        /// The provider's words.
        reason: String,
    },
    /// No answer, or one that asks for patience.
    Unavailable {
        /// What happened.
        reason: String,
    },
}

/// What a machine is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "input", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Input {
    /// Begin, or go on after a restart.
    Start,
    /// A new block.
    Block(Block),
    /// The answer to [`Effect::Read`].
    Read {
        /// What was read.
        key: Key,
        /// What was there, if anything.
        entity: Option<Box<Entity>>,
    },
    /// The answer to [`Effect::List`]: the whole list.
    Listed {
        /// What was asked for.
        filter: Filter,
        /// What was there.
        items: Vec<Entity>,
    },
    /// The answer to [`Effect::Submit`].
    Settled {
        /// Which.
        intent: Intent,
        /// What came of it.
        settled: Settled,
    },
    /// The answer to [`Effect::SendManifest`] or [`Effect::ReadStatus`].
    Gateway {
        /// Of which lease.
        lease: LeaseId,
        /// The answer.
        answer: GatewayAnswer,
    },
    /// The user wants to stop: undo what can be undone.
    Cancel,
}

/// What a machine wants done; `S` is the machine's own kind of step for showing progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect<S> {
    /// Read one object.
    Read(Key),
    /// Read a whole list.
    List(Filter),
    /// Make sure that this batch was submitted once, and say what came of it.
    Submit {
        /// Under this number.
        intent: Intent,
        /// The actions.
        batch: Batch,
    },
    /// Hand the manifest to the lease's provider.
    SendManifest(LeaseId),
    /// Ask the lease's provider how the workload is.
    ReadStatus(LeaseId),
    /// Progress, to be shown.
    Report(S),
}
