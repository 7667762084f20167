use super::{GatewayAnswer, GatewayRequest, Line, RecordError, VERSION};
use crate::cosmos::transport::{Answer, BlockResult, Blocks, Exchange, Request, TransportError};
use crate::gateway::{Credentials, Gateway, GatewayError, Gateways, LeaseStatus, LogLine};
use akash_market::address::Address;
use akash_market::id::{DeploymentId, LeaseId};
use akash_market::provider::Provider;
use akash_sdl::manifest::Manifest;
use async_trait::async_trait;
use futures_util::stream::{self, StreamExt};
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::fmt::Debug;
use std::io::BufRead;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A record that is played back: each answer once, to the same request, in the order in which such requests were
/// answered.
#[derive(Debug, Clone)]
pub struct Replay {
    script: Arc<Mutex<Script>>,
}

/// What is left of a record, by request.
#[derive(Debug, Default)]
struct Script {
    node: BTreeMap<String, VecDeque<Result<Answer<u64>, TransportError>>>,
    blocks: BTreeMap<u64, Vec<Result<BlockResult, TransportError>>>,
    gateways: BTreeMap<String, VecDeque<Result<GatewayAnswer, GatewayError>>>,
}

impl Replay {
    /// Reads a record.
    ///
    /// # Errors
    /// If it can't be read or is no record.
    pub fn read(record: impl BufRead) -> Result<Self, RecordError> {
        let mut script = Script::default();
        let mut begun = false;
        for (line, text) in (1..).zip(record.lines()) {
            let refused = |e: serde_json::Error| RecordError::Line {
                line,
                reason: e.to_string(),
            };
            match serde_json::from_str(&text?).map_err(refused)? {
                Line::Record { version: VERSION } if !begun => begun = true,
                _ if !begun => return Err(RecordError::Version),
                Line::Node { request, answer } => {
                    let answers = script.node.entry(key(&request)).or_default();
                    answers.push_back(answer);
                }
                Line::Block { of, told } => script.blocks.entry(of).or_default().push(told),
                Line::Gateway { request, answer } => {
                    let answers = script.gateways.entry(key(&request)).or_default();
                    answers.push_back(answer);
                }
                Line::Removed { .. } => {}
                Line::Record { .. } => return Err(RecordError::Version),
            }
        }
        if !begun {
            return Err(RecordError::Version);
        }
        Ok(Self {
            script: Arc::new(Mutex::new(script)),
        })
    }

    /// The node of the record.
    #[must_use]
    pub fn transport(&self) -> ReplayedTransport {
        ReplayedTransport(self.clone())
    }

    /// The providers of the record.
    #[must_use]
    pub fn gateways(&self) -> ReplayedGateways {
        ReplayedGateways(self.clone())
    }

    /// How many answers nobody has asked for yet; 0 at the end of a program that did the same as the recorded one.
    #[must_use]
    pub fn unasked(&self) -> usize {
        let script = self.script();
        let node: usize = script.node.values().map(VecDeque::len).sum();
        let gateways: usize = script.gateways.values().map(VecDeque::len).sum();
        node.saturating_add(gateways)
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next answer of a provider to this.
    fn provider(&self, request: &GatewayRequest) -> Result<GatewayAnswer, GatewayError> {
        let recorded = self
            .script()
            .gateways
            .get_mut(&key(request))
            .and_then(VecDeque::pop_front);
        recorded.unwrap_or_else(|| Err(unrecorded(request)))
    }
}

/// Requests are the same if they read the same.
fn key(request: &(impl Serialize + Debug)) -> String {
    serde_json::to_string(request).unwrap_or_else(|_| format!("{request:?}"))
}

fn unrecorded(request: &GatewayRequest) -> GatewayError {
    GatewayError::Unrecorded { what: key(request) }
}

/// The node of a record. See [`Replay::transport`].
#[derive(Debug, Clone)]
pub struct ReplayedTransport(Replay);

#[async_trait]
impl Exchange for ReplayedTransport {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        let what = key(&request);
        let mut script = self.0.script();
        let recorded = script.node.get_mut(&what).and_then(VecDeque::pop_front);
        let Some(answer) = recorded else {
            return Err(TransportError::Unrecorded { what });
        };
        Ok(answer?.map_blocks(|number| {
            let told = script.blocks.remove(&number).unwrap_or_default();
            let end = TransportError::Unrecorded {
                what: "what a subscription told further".to_owned(),
            };
            let ended = told.iter().any(Result::is_err);
            let end = (!ended).then_some(Err(end));
            let blocks: Blocks = stream::iter(told.into_iter().chain(end)).boxed();
            blocks
        }))
    }
}

/// The providers of a record. See [`Replay::gateways`].
#[derive(Debug, Clone)]
pub struct ReplayedGateways(Replay);

#[async_trait]
impl Gateways for ReplayedGateways {
    async fn open(
        &self,
        provider: &Provider,
        _: &Credentials,
    ) -> Result<Box<dyn Gateway>, GatewayError> {
        let provider = provider.owner.clone();
        self.0.provider(&GatewayRequest::Open {
            provider: provider.clone(),
        })?;
        Ok(Box::new(Replayed {
            replay: self.0.clone(),
            provider,
        }))
    }
}

/// A provider of a record.
#[derive(Debug)]
struct Replayed {
    replay: Replay,
    provider: Address,
}

#[async_trait]
impl Gateway for Replayed {
    async fn send_manifest(
        &self,
        deployment: &DeploymentId,
        manifest: &Manifest,
    ) -> Result<(), GatewayError> {
        let request = GatewayRequest::SendManifest {
            provider: self.provider.clone(),
            deployment: deployment.clone(),
            version: manifest.version().to_string(),
        };
        self.replay.provider(&request).map(|_| ())
    }

    async fn status(&self, lease: &LeaseId) -> Result<LeaseStatus, GatewayError> {
        let request = GatewayRequest::Status {
            provider: self.provider.clone(),
            lease: lease.clone(),
        };
        match self.replay.provider(&request)? {
            GatewayAnswer::Status(status) => Ok(status),
            _ => Err(unrecorded(&request)),
        }
    }

    async fn logs(
        &self,
        lease: &LeaseId,
        service: Option<&str>,
        tail: usize,
    ) -> Result<Vec<LogLine>, GatewayError> {
        let request = GatewayRequest::Logs {
            provider: self.provider.clone(),
            lease: lease.clone(),
            service: service.map(ToOwned::to_owned),
            tail,
        };
        match self.replay.provider(&request)? {
            GatewayAnswer::Logs(lines) => Ok(lines),
            _ => Err(unrecorded(&request)),
        }
    }
}
