//! The stream of events over a node that fails, forgets, repeats and drops.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use crate::golden::{json, json_files, unhex};
use akash_market::time::Timestamp;
use akash_sdk::chain::Cursor;
use akash_sdk::clock::SystemClock;
use akash_sdk::cosmos::convert::event::{from_any, to_any};
use akash_sdk::cosmos::events::{EventStream, Patience, Streamed, decode};
use akash_sdk::cosmos::transport::{
    BlockResult, Blocks, CheckTx, Event, EventAttribute, NodeStatus, Transport, TransportError,
    TxResult, Unary,
};
use akash_sdk::cosmos::tx::TxHash;
use akash_sdk::cosmos::wire::google::protobuf::Any;
use async_trait::async_trait;
use futures_util::stream::{self, StreamExt};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A chain of blocks with a few events each, whose head moves on with every look at it.
#[derive(Debug)]
struct Chain {
    end: i64,
    lowest: i64,
    subscribes: bool,
    state: Mutex<(i64, u64)>,
    /// Of 8 calls this many fail.
    faults: u64,
}

fn event(height: i64, number: i64, mode: Option<&str>) -> Event {
    let mut attributes = vec![EventAttribute {
        key: "number".to_owned(),
        value: format!("{height}/{number}"),
    }];
    attributes.extend(mode.map(|mode| EventAttribute {
        key: "mode".to_owned(),
        value: mode.to_owned(),
    }));
    Event {
        kind: "test".to_owned(),
        attributes,
    }
}

fn block(height: i64) -> BlockResult {
    let txs = (0..height % 3).map(|index| TxResult {
        hash: TxHash::of(&[u8::try_from(index).unwrap()]),
        height,
        index: u32::try_from(index).unwrap(),
        tx: Vec::new(),
        code: u32::from(index == 1),
        codespace: String::new(),
        log: String::new(),
        data: Vec::new(),
        gas_wanted: 0,
        gas_used: 0,
        events: vec![event(height, 1 + index, None)],
    });
    BlockResult {
        height,
        time: Timestamp(height),
        txs: txs.collect(),
        // In the block's own list the end stands before the beginning, to prove that they are sorted.
        events: vec![
            event(height, 9, Some("EndBlock")),
            event(height, 0, Some("BeginBlock")),
        ],
    }
}

fn expected(height: i64) -> Vec<String> {
    let inner = (0..height % 3).map(|index| format!("{height}/{}", 1 + index));
    let mut all = vec![format!("{height}/0")];
    all.extend(inner);
    all.push(format!("{height}/9"));
    all
}

impl Chain {
    /// A number below 8 that depends on the seed and how often it was asked for.
    fn dice(&self) -> u64 {
        let mut state = self.state.lock().unwrap();
        state.1 = state
            .1
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state.1 >> 40) % 8
    }

    fn may_fail(&self) -> Result<(), TransportError> {
        if self.dice() < self.faults {
            return Err(TransportError::Unreachable {
                endpoint: "chain".to_owned(),
                reason: "on purpose".to_owned(),
            });
        }
        Ok(())
    }
}

#[async_trait]
impl Transport for Chain {
    async fn unary(&self, _: &str, _: Vec<u8>, _: Option<i64>) -> Result<Unary, TransportError> {
        panic!("events need no query")
    }

    async fn broadcast(&self, _: &[u8]) -> Result<CheckTx, TransportError> {
        panic!("events send nothing")
    }

    async fn tx(&self, _: &TxHash) -> Result<Option<TxResult>, TransportError> {
        panic!("events look nothing up")
    }

    async fn block(&self, height: i64) -> Result<Option<BlockResult>, TransportError> {
        self.may_fail()?;
        let head = self.state.lock().unwrap().0;
        Ok((self.lowest <= height && height <= head).then(|| block(height)))
    }

    async fn status(&self) -> Result<NodeStatus, TransportError> {
        self.may_fail()?;
        let step = i64::try_from(self.dice() / 3).unwrap();
        let mut state = self.state.lock().unwrap();
        state.0 = (state.0 + step).min(self.end);
        Ok(NodeStatus {
            chain_id: "c".to_owned(),
            height: state.0,
            time: Timestamp(state.0),
            catching_up: false,
        })
    }

    async fn blocks(&self) -> Result<Blocks, TransportError> {
        if !self.subscribes {
            return Err(TransportError::Unsupported {
                endpoint: "chain".to_owned(),
                what: "a subscription".to_owned(),
            });
        }
        self.may_fail()?;
        // Announces old blocks again, leaves some out, and breaks off.
        let mut items = Vec::new();
        let mut state = self.state.lock().unwrap().0;
        for _ in 0..self.dice() {
            state = match self.dice() {
                0 | 1 => state - 1,
                2 => state + 2,
                _ => state + 1,
            }
            .clamp(1, self.end);
            items.push(Ok(block(state)));
        }
        if self.dice() < 4 {
            items.push(Err(TransportError::Unreachable {
                endpoint: "chain".to_owned(),
                reason: "broken".to_owned(),
            }));
        }
        let head = items.iter().flatten().map(|block| block.height).max();
        let mut now = self.state.lock().unwrap();
        now.0 = now.0.max(head.unwrap_or_default());
        Ok(stream::iter(items).boxed())
    }

    async fn wait_for_block(&self, _: i64) -> Result<(), TransportError> {
        self.may_fail()
    }
}

/// Everything from a cursor on until the end of the chain: events, and gaps as `from-to`.
async fn follow(chain: &Arc<Chain>, mut after: Cursor, stop_after: usize) -> (Vec<String>, Cursor) {
    let mut events = EventStream::new(Arc::clone(chain), SystemClock::new(), after);
    let mut seen = Vec::new();
    loop {
        let item = match events.next().await {
            Ok(item) => item,
            Err(error) => {
                assert!(error.is_retryable());
                continue;
            }
        };
        assert!(events.cursor() > after, "the cursor only grows");
        after = events.cursor();
        match item {
            Streamed::Event(event) => {
                assert_eq!(event.cursor, after);
                assert_eq!(event.block.height.0, after.height);
                seen.push(event.raw.attributes[0].value.clone());
            }
            Streamed::Gap { from, to } => seen.push(format!("{from}-{to}")),
            Streamed::Block(block) if block.height.0 == chain.end => return (seen, after),
            Streamed::Block(_) => {}
        }
        if seen.len() == stop_after {
            return (seen, after);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_event_comes_once_and_in_order(
        seed in any::<u64>(),
        faults in 0..5_u64,
        subscribes in any::<bool>(),
        lowest in 1..8_i64,
        stop in 1..40_usize,
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        runtime.block_on(async {
            let chain = Arc::new(Chain {
                end: 20,
                lowest,
                subscribes,
                state: Mutex::new((lowest, seed)),
                faults,
            });
            let mut wanted = Vec::new();
            if lowest > 1 {
                wanted.push(format!("1-{}", lowest - 1));
            }
            wanted.extend((lowest..=chain.end).flat_map(expected));
            // Stopped anywhere, and resumed from the stored cursor by another stream.
            let (mut seen, cursor) = follow(&chain, Cursor::START, stop).await;
            if cursor < Cursor::after_block(chain.end) {
                seen.extend(follow(&chain, cursor, usize::MAX).await.0);
            }
            assert_eq!(seen, wanted);
        });
    }
}

#[tokio::test(start_paused = true)]
async fn a_node_that_stays_away_is_told_of() {
    let chain = Arc::new(Chain {
        end: 20,
        lowest: 1,
        subscribes: false,
        state: Mutex::new((1, 0)),
        faults: 8,
    });
    let begun = tokio::time::Instant::now();
    let mut events = EventStream::new(chain, SystemClock::new(), Cursor::START)
        .with_patience(Patience::default());
    assert!(events.next().await.is_err());
    let waited = begun.elapsed();
    assert!(
        waited > Duration::from_secs(20) && waited < Duration::from_secs(60),
        "{waited:?}"
    );
}

#[test]
fn every_recorded_typed_event_is_understood() {
    let mut changes = 0;
    for value in json("chain/blocks.json").as_array().unwrap() {
        for recorded in value["events"].as_array().unwrap() {
            let attributes = recorded["attributes"].as_array().unwrap().iter();
            let event = Event {
                kind: recorded["type"].as_str().unwrap().to_owned(),
                attributes: attributes
                    .map(|pair| EventAttribute {
                        key: pair[0].as_str().unwrap().to_owned(),
                        value: pair[1].as_str().unwrap().to_owned(),
                    })
                    .collect(),
            };
            changes += usize::from(decode(&event).unwrap().is_some());
        }
    }
    assert!(changes > 300, "{changes}");
}

/// Every typed event of the chain's modules is a change, and written back it is the same event; those of an older oracle are
/// today's then. Only what a contract was not allowed to do is none.
#[test]
fn every_typed_event_is_a_change() {
    let mut missing = BTreeSet::new();
    let mut found = BTreeSet::new();
    for (_, file) in json_files("wire") {
        for vector in file["vectors"].as_array().unwrap() {
            let kind = vector["type"].as_str().unwrap();
            if !kind.starts_with("akash.") || !kind.contains(".Event") {
                continue;
            }
            missing.insert(kind.to_owned());
            let any = Any {
                type_url: format!("/{kind}"),
                value: unhex(vector["hex"].as_str().unwrap()),
            };
            // Some vectors have values that mean nothing, such as words in place of addresses.
            let Ok(change) = from_any(&any) else { continue };
            if kind == "akash.wasm.v1.EventMsgBlocked" {
                assert_eq!(change, None);
                missing.remove(kind);
                continue;
            }
            let change = change.unwrap_or_else(|| panic!("{kind} is no change"));
            let written = to_any(&change).unwrap();
            if kind.starts_with("akash.oracle.v1.") {
                assert_eq!(written.type_url, any.type_url.replace(".v1.", ".v2."));
                assert_eq!(from_any(&written), Ok(Some(change)));
            } else {
                assert_eq!(written, any);
            }
            found.insert(kind.to_owned());
        }
    }
    missing.retain(|kind| !found.contains(kind));
    assert!(missing.is_empty(), "never a change: {missing:?}");
    assert!(found.len() >= 30, "{found:?}");
}
