//! A node that does what a test tells it to.

use akash_market::time::Timestamp;
use akash_sdk::cosmos::transport::{
    BlockResult, CheckTx, NodeStatus, Transport, TransportError, TxResult, Unary,
};
use akash_sdk::cosmos::tx::TxHash;
use async_trait::async_trait;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What happens to one call.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Fault {
    Reset,
    Refused,
    Malformed,
    Status(u16),
    RateLimited(u64),
    NotFound,
    Unimplemented,
    Height,
    Hang,
    Slow(Duration),
    MempoolFull,
    Refusal(u32),
}

#[derive(Debug)]
struct State {
    chain: String,
    catching_up: bool,
    height: i64,
    pruned_below: i64,
    says: Vec<u8>,
    included: BTreeSet<TxHash>,
    script: VecDeque<Fault>,
    scripts: BTreeMap<&'static str, VecDeque<Fault>>,
    calls: Vec<&'static str>,
}

#[derive(Debug)]
pub(crate) struct Fake {
    pub(crate) name: &'static str,
    state: Mutex<State>,
}

impl Fake {
    pub(crate) fn new(name: &'static str, height: i64) -> Arc<Self> {
        Arc::new(Self {
            name,
            state: Mutex::new(State {
                chain: "net".to_owned(),
                catching_up: false,
                height,
                pruned_below: 0,
                says: name.as_bytes().to_vec(),
                included: BTreeSet::new(),
                script: VecDeque::new(),
                scripts: BTreeMap::new(),
                calls: Vec::new(),
            }),
        })
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.state.lock().unwrap())
    }

    pub(crate) fn chain(&self, chain: &str) {
        self.with(|state| state.chain = chain.to_owned());
    }

    pub(crate) fn catching_up(&self, catching_up: bool) {
        self.with(|state| state.catching_up = catching_up);
    }

    pub(crate) fn height(&self, height: i64) {
        self.with(|state| state.height = height);
    }

    pub(crate) fn pruned_below(&self, height: i64) {
        self.with(|state| state.pruned_below = height);
    }

    pub(crate) fn says(&self, bytes: &[u8]) {
        self.with(|state| state.says = bytes.to_vec());
    }

    pub(crate) fn include(&self, hash: TxHash) {
        self.with(|state| state.included.insert(hash));
    }

    /// What happens to the next calls of any kind.
    pub(crate) fn script(&self, faults: impl IntoIterator<Item = Fault>) {
        self.with(|state| state.script.extend(faults));
    }

    /// What happens to the next calls of this kind.
    pub(crate) fn script_for(&self, call: &'static str, faults: impl IntoIterator<Item = Fault>) {
        self.with(|state| state.scripts.entry(call).or_default().extend(faults));
    }

    /// How often it was called so.
    pub(crate) fn asked(&self, call: &str) -> usize {
        self.with(|state| state.calls.iter().filter(|made| **made == call).count())
    }

    async fn enter(&self, call: &'static str) -> Result<Option<CheckTx>, TransportError> {
        let fault = self.with(|state| {
            state.calls.push(call);
            let own = state.scripts.get_mut(call).and_then(VecDeque::pop_front);
            own.or_else(|| state.script.pop_front())
        });
        let endpoint = self.name.to_owned();
        let reason = "on purpose".to_owned();
        let query = |code| TransportError::Query {
            path: call.to_owned(),
            code,
            message: "on purpose".to_owned(),
        };
        let refusal = |code| CheckTx {
            hash: TxHash([0; 32]),
            codespace: "sdk".to_owned(),
            code,
            log: self.name.to_owned(),
        };
        Err(match fault {
            None => return Ok(None),
            Some(Fault::Slow(span)) => {
                tokio::time::sleep(span).await;
                return Ok(None);
            }
            Some(Fault::Hang) => std::future::pending().await,
            Some(Fault::MempoolFull) => return Ok(Some(refusal(20))),
            Some(Fault::Refusal(code)) => return Ok(Some(refusal(code))),
            Some(Fault::Reset) => TransportError::Unreachable { endpoint, reason },
            Some(Fault::Refused) => TransportError::NotConnected { endpoint, reason },
            Some(Fault::Malformed) => TransportError::Malformed { endpoint, reason },
            Some(Fault::Status(status)) => TransportError::Status {
                endpoint,
                status,
                retry_after: None,
            },
            Some(Fault::RateLimited(seconds)) => TransportError::RateLimited {
                endpoint,
                retry_after: Some(Duration::from_secs(seconds)),
            },
            Some(Fault::NotFound) => query(5),
            Some(Fault::Unimplemented) => query(12),
            Some(Fault::Height) => TransportError::Height {
                height: 0,
                message: reason,
            },
        })
    }
}

#[async_trait]
impl Transport for Fake {
    async fn unary(
        &self,
        _path: &str,
        _request: Vec<u8>,
        height: Option<i64>,
    ) -> Result<Unary, TransportError> {
        self.enter("unary").await?;
        Ok(self.with(|state| Unary {
            bytes: state.says.clone(),
            height: height.unwrap_or(state.height),
        }))
    }

    async fn broadcast(&self, tx: &[u8]) -> Result<CheckTx, TransportError> {
        let refusal = self.enter("broadcast").await?;
        Ok(refusal.unwrap_or_else(|| CheckTx {
            hash: TxHash::of(tx),
            codespace: String::new(),
            code: 0,
            log: self.name.to_owned(),
        }))
    }

    async fn tx(&self, hash: &TxHash) -> Result<Option<TxResult>, TransportError> {
        self.enter("tx").await?;
        Ok(self.with(|state| {
            state.included.contains(hash).then(|| TxResult {
                hash: *hash,
                height: state.height,
                index: 0,
                tx: Vec::new(),
                code: 0,
                codespace: String::new(),
                log: String::new(),
                data: Vec::new(),
                gas_wanted: 0,
                gas_used: 0,
                events: Vec::new(),
            })
        }))
    }

    async fn block(&self, height: i64) -> Result<Option<BlockResult>, TransportError> {
        self.enter("block").await?;
        Ok(self.with(|state| {
            let kept = state.pruned_below <= height && height <= state.height;
            kept.then(|| BlockResult {
                height,
                time: Timestamp(height),
                txs: Vec::new(),
                events: Vec::new(),
            })
        }))
    }

    async fn status(&self) -> Result<NodeStatus, TransportError> {
        // Scripts of any call leave the check of health alone, unless it hangs.
        let hangs = self.with(|state| {
            let hangs = matches!(state.script.front(), Some(Fault::Hang));
            let first = !state.calls.contains(&"status");
            state.calls.push("status");
            hangs && first
        });
        if hangs {
            self.with(|state| state.script.pop_front());
            std::future::pending::<()>().await;
        }
        Ok(self.with(|state| NodeStatus {
            chain_id: state.chain.clone(),
            height: state.height,
            time: Timestamp(state.height),
            catching_up: state.catching_up,
        }))
    }

    async fn wait_for_block(&self, _height: i64) -> Result<(), TransportError> {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(())
    }
}
