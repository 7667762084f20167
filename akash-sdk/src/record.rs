//! Traffic with a chain's node and with provider gateways, written down and played back.
//!
//! A [`Recording`] wraps a [`Transport`] and a [`Gateways`] and writes every request with its answer as a line of JSON; a
//! [`Replay`] of those lines stands in their place, offline. The same program gets the same answers, and one that asks
//! something else gets a typed error.
//!
//! What is secret is not in the record: credentials and manifests are left out altogether (a manifest is told by its
//! version hash, which is public), lines of logs unless they are asked for, and texts are searched for the values of
//! the manifests' environment (of 4 characters or more) and registry passwords, for tokens, authorization headers,
//! passwords in addresses, mnemonics, private keys and whatever [`Recording::hide`] was told of. An answer with a secret
//! inside its bytes is left out.
//!
//! ```
//! use akash_sdk::cosmos::transport::{Transport, TransportError};
//! use akash_sdk::devnet::Devnet;
//! use akash_sdk::record::{Recording, Replay};
//! use std::{fs::File, io::BufReader};
//!
//! # futures_util::FutureExt::now_or_never(async {
//! let path = std::env::temp_dir().join(format!("akash-record-{}.jsonl", std::process::id()));
//! let recording = Recording::new(File::create(&path)?);
//! let node = recording.transport(Devnet::builder().build()?);
//! let told = node.status().await?;
//! recording.finish()?;
//!
//! let replay = Replay::read(BufReader::new(File::open(&path)?))?;
//! let node = replay.transport();
//! assert_eq!(node.status().await?, told);
//! assert!(matches!(node.block(1).await, Err(TransportError::Unrecorded { .. })));
//! # std::fs::remove_file(&path)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).expect("the embedded network does not wait")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod gateway;
mod replay;
mod scrub;
mod transport;

pub use gateway::RecordedGateways;
pub use replay::{Replay, ReplayedGateways, ReplayedTransport};
pub use transport::RecordedTransport;

use crate::cosmos::transport::{Answer, BlockResult, Request, Transport, TransportError};
use crate::gateway::{GatewayError, Gateways, LeaseStatus, LogLine};
use akash_market::address::Address;
use akash_market::id::{DeploymentId, LeaseId};
use akash_sdl::manifest::Manifest;
use scrub::{REMOVED, Scrubber};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Version of the form of a record.
const VERSION: u32 = 1;
/// Values of an environment shorter than this are no secrets, and stand everywhere.
const SHORTEST_SECRET: usize = 4;

/// A line of a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line<'a> {
    /// The first one.
    Record { version: u32 },
    /// A call to a node. A subscription is answered with its number.
    Node {
        request: Request<'a>,
        answer: Result<Answer<u64>, TransportError>,
    },
    /// What a subscription told.
    Block {
        of: u64,
        told: Result<BlockResult, TransportError>,
    },
    /// A call to a provider.
    Gateway {
        request: GatewayRequest,
        answer: Result<GatewayAnswer, GatewayError>,
    },
    /// Something that was left out because a secret stood in it.
    Removed { line: u64 },
}

/// A call to a provider, without what is secret in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum GatewayRequest {
    Open {
        provider: Address,
    },
    SendManifest {
        provider: Address,
        deployment: DeploymentId,
        version: String,
    },
    Status {
        provider: Address,
        lease: LeaseId,
    },
    Logs {
        provider: Address,
        lease: LeaseId,
        service: Option<String>,
        tail: usize,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum GatewayAnswer {
    Open,
    SendManifest,
    Status(LeaseStatus),
    Logs(Vec<LogLine>),
}

/// Why a record was not written or can't be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// Writing or reading failed.
    #[error("the record can't be written or read: {0}")]
    Io(#[from] std::io::Error),
    /// A line is none of a record.
    #[error("line {line} of the record can't be read: {reason}")]
    Line {
        /// Which one, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// It does not begin as a record, or as one of another version.
    #[error("the record does not begin with its version, {VERSION}")]
    Version,
    /// A line could not be put into words.
    #[error("a line of the record could not be encoded: {0}")]
    Encode(#[from] serde_json::Error),
}

/// Writes traffic down. Clones write the same record.
///
/// A record that can't be written does not change what the program gets: it ends there, and
/// [`Recording::finish`] says why.
#[derive(Clone)]
pub struct Recording {
    state: Arc<Mutex<State>>,
}

struct State {
    sink: Box<dyn Write + Send>,
    scrubber: Scrubber,
    keeps_logs: bool,
    lines: u64,
    subscriptions: u64,
    problem: Option<RecordError>,
}

impl Recording {
    /// Begins a record in `sink`, a file for example.
    pub fn new(sink: impl Write + Send + 'static) -> Self {
        let recording = Self {
            state: Arc::new(Mutex::new(State {
                sink: Box::new(sink),
                scrubber: Scrubber::default(),
                keeps_logs: false,
                lines: 0,
                subscriptions: 0,
                problem: None,
            })),
        };
        recording.write(&Line::Record { version: VERSION });
        recording
    }

    /// Removes this text wherever it stands from now on, such as the key of a paid endpoint.
    pub fn hide(&self, secret: &str) {
        self.state().scrubber.hide(secret);
    }

    /// Keeps what services write to their logs, which is left out otherwise: it may hold what only its author knows to be
    /// secret.
    pub fn keep_logs(&self) {
        self.state().keeps_logs = true;
    }

    /// Writes down what is asked of a node.
    pub fn transport<T: Transport>(&self, inner: T) -> RecordedTransport<T> {
        RecordedTransport::new(inner, self.clone())
    }

    /// Writes down what is asked of providers.
    pub fn gateways<G: Gateways>(&self, inner: G) -> RecordedGateways<G> {
        RecordedGateways::new(inner, self.clone())
    }

    /// Sees to it that all is written so far.
    ///
    /// # Errors
    /// If something could not be written, now or before; it is told once.
    pub fn finish(&self) -> Result<(), RecordError> {
        let mut state = self.state();
        match state.problem.take() {
            Some(problem) => Err(problem),
            None => Ok(state.sink.flush()?),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, line: &Line<'_>) {
        let mut state = self.state();
        state.lines = state.lines.saturating_add(1);
        if state.problem.is_none()
            && let Err(problem) = state.put(line)
        {
            state.problem = Some(problem);
        }
    }

    /// A number for a new subscription.
    fn subscription(&self) -> u64 {
        let mut state = self.state();
        state.subscriptions = state.subscriptions.saturating_add(1);
        state.subscriptions
    }

    /// Learns the secrets of a manifest.
    fn learn(&self, manifest: &Manifest) {
        let mut state = self.state();
        for service in manifest.groups.iter().flat_map(|group| &group.services) {
            for variable in service.env.as_slice() {
                let value = variable.split_once('=').map_or("", |(_, value)| value);
                if value.len() >= SHORTEST_SECRET {
                    state.scrubber.hide(value);
                }
            }
            if let Some(credentials) = &service.credentials {
                state.scrubber.hide(&credentials.password);
            }
        }
    }

    /// Lines of a log as they may be written down.
    fn log(&self, mut lines: Vec<LogLine>) -> Vec<LogLine> {
        if !self.state().keeps_logs {
            for line in &mut lines {
                REMOVED.clone_into(&mut line.message);
            }
        }
        lines
    }
}

impl State {
    fn put(&mut self, line: &Line<'_>) -> Result<(), RecordError> {
        let mut value = serde_json::to_value(line)?;
        // A secret in bytes can't be taken out, nor one whose place needs a form.
        if !self.scrubber.value(&mut value) || Line::deserialize(&value).is_err() {
            value = serde_json::to_value(Line::Removed { line: self.lines })?;
        }
        let mut text = value.to_string();
        text.push('\n');
        Ok(self.sink.write_all(text.as_bytes())?)
    }
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recording")
            .field("lines", &self.state().lines)
            .finish_non_exhaustive()
    }
}
