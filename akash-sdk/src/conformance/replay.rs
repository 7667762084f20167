//! Repeats a recorded run of a real node on the embedded network and compares what comes of it.
//!
//! A recording is a directory with `genesis.json` (the state before the first block in a compact form), `blocks.json`
//! (time, transactions and events of each block), `tx/` and `query/` (one file each, in the order in which they were
//! made). [`Recording::read`] reads it, [`Recording::replay`] answers a [`Compared`] for each block, transaction and
//! query: what was recorded, and what the embedded network answers, in the same shape.
//!
//! Compared are verdict, codespace, code, log, data and events of transactions, the market's own events of blocks, and
//! the answers to all queries of the market's modules, `auth`, `bank`, `authz` and `feegrant`, byte for byte. Not
//! compared is what belongs to the node that was recorded: gas figures, and answers about itself. What ran out of gas
//! there does so here. Numbers in logs may differ, since a recording does not tell at which moment a transaction was
//! refused.

mod genesis;
mod outcome;

use crate::cosmos::transport::Transport;
use crate::cosmos::tx::TxHash;
use crate::cosmos::wire::Timestamp as WireTimestamp;
use crate::cosmos::wire::cosmos::tx::v1beta1::SimulateResponse;
use crate::devnet::{Devnet, RecordedBlock};
use futures_util::FutureExt;
use prost::Message;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Why a recording can't be replayed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordingError {
    /// A file can't be read.
    #[error("{}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// A file is no JSON.
    #[error("{}: {error}", path.display())]
    Json {
        /// Which.
        path: PathBuf,
        /// Why.
        error: serde_json::Error,
    },
    /// A part of it has another form than it must.
    #[error("{place}: {problem}")]
    Form {
        /// Where.
        place: String,
        /// What is wrong.
        problem: String,
    },
}

fn form(place: impl Into<String>, problem: &dyn std::fmt::Display) -> RecordingError {
    RecordingError::Form {
        place: place.into(),
        problem: problem.to_string(),
    }
}

/// One block, transaction or query: what was recorded and what the embedded network answers.
#[derive(Debug, Clone, PartialEq)]
pub struct Compared {
    /// `block/`, `tx/` or `query/`, and its height or the name of its file.
    pub name: String,
    /// What was recorded.
    pub expected: Value,
    /// What the embedded network answers, in the same shape.
    pub found: Value,
    /// Gas figures of a transaction that entered a block. They are not compared.
    pub gas: Vec<Gas>,
}

/// A gas figure of the recorded node and the embedded network's model of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gas {
    /// What was measured.
    pub kind: GasKind,
    /// The recorded node's figure.
    pub recorded: u64,
    /// The embedded network's.
    pub modelled: u64,
}

/// What a gas figure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GasKind {
    /// What the transaction used in its block.
    Used,
    /// What a simulation without a fee said.
    Simulated,
    /// What a simulation with a fee said.
    SimulatedWithFee,
}

impl Compared {
    /// Whether both say the same; of logs, whether they are of the same class.
    #[must_use]
    pub fn agrees(&self) -> bool {
        Self::same(&self.expected, &self.found)
    }

    /// Whether an answer is what was recorded.
    #[must_use]
    pub fn same(expected: &Value, found: &Value) -> bool {
        outcome::classed(expected) == outcome::classed(found)
    }
}

#[derive(Debug)]
struct File {
    name: String,
    content: Value,
}

/// A transaction's file with its bytes.
#[derive(Debug)]
struct Tx {
    file: File,
    bytes: Vec<u8>,
    hash: TxHash,
}

/// A recorded run.
#[derive(Debug)]
pub struct Recording {
    genesis: Value,
    blocks: Vec<Value>,
    txs: Vec<Tx>,
    queries: Vec<File>,
}

impl Recording {
    /// Reads a directory.
    ///
    /// # Errors
    /// If a file is missing or damaged.
    pub fn read(directory: &Path) -> Result<Self, RecordingError> {
        let blocks = read_json(&directory.join("blocks.json"))?;
        let txs = read_all(&directory.join("tx"))?.into_iter().map(|file| {
            let bytes = file.content.get("tx_raw_hex").and_then(unhex);
            let bytes = bytes.ok_or_else(|| form(&file.name, &"`tx_raw_hex` is missing"))?;
            let hash = TxHash::of(&bytes);
            Ok(Tx { file, bytes, hash })
        });
        Ok(Self {
            genesis: read_json(&directory.join("genesis.json"))?,
            blocks: match blocks {
                Value::Array(blocks) => blocks,
                _ => return Err(form("blocks.json", &"a list was expected")),
            },
            txs: txs.collect::<Result<_, _>>()?,
            queries: read_all(&directory.join("query"))?,
        })
    }

    /// The embedded network at the recording's beginning.
    ///
    /// # Errors
    /// If the genesis is damaged or contradicts itself.
    pub fn begin(&self) -> Result<Devnet, RecordingError> {
        let keep_blocks = self.blocks.len().saturating_add(1);
        genesis::devnet(&self.genesis, keep_blocks)
    }

    /// Repeats the run.
    ///
    /// # Errors
    /// If the recording is damaged. What differs is no error.
    pub fn replay(&self) -> Result<Vec<Compared>, RecordingError> {
        let devnet = self.begin()?;
        let mut run = Run {
            recording: self,
            devnet: &devnet,
            next: 0,
            judged: HashSet::new(),
            found: HashMap::new(),
            gas: HashMap::new(),
            compared: Vec::new(),
        };
        run.refused()?;
        for block in &self.blocks {
            run.block(block)?;
            run.refused()?;
        }
        run.queries()?;
        Ok(run.compared)
    }
}

/// A run under way.
struct Run<'r> {
    recording: &'r Recording,
    devnet: &'r Devnet,
    /// First transaction in the order of the files that was not looked at.
    next: usize,
    judged: HashSet<TxHash>,
    /// What the first check said.
    found: HashMap<TxHash, Value>,
    gas: HashMap<TxHash, Vec<Gas>>,
    compared: Vec<Compared>,
}

impl Run<'_> {
    fn judge(&self, tx: &Tx) -> Value {
        let answer = self.devnet.submit(&tx.bytes);
        json!({
            "codespace": answer.codespace,
            "code": answer.code,
            "log": answer.log,
        })
    }

    /// Repeats the simulations that preceded a transaction.
    fn simulate(&self, tx: &Tx) -> Vec<Gas> {
        let one = |(name, kind)| {
            let simulated = tx.file.content.get(name)?;
            let recorded = simulated.get("gas_used")?.as_u64()?;
            let request = unhex(simulated.get("request_hex")?)?;
            let path = "/cosmos.tx.v1beta1.Service/Simulate";
            let answer = self
                .devnet
                .unary(path, request, None)
                .now_or_never()?
                .ok()?;
            let answer = SimulateResponse::decode(answer.bytes.as_slice()).ok()?;
            Some(Gas {
                kind,
                recorded,
                modelled: answer.gas_info?.gas_used,
            })
        };
        [
            ("simulate", GasKind::Simulated),
            ("simulate_with_fee", GasKind::SimulatedWithFee),
        ]
        .into_iter()
        .filter_map(one)
        .collect()
    }

    /// Judges the transactions that never entered a block and come next.
    fn refused(&mut self) -> Result<(), RecordingError> {
        while let Some(tx) = self.recording.txs.get(self.next) {
            let entered = tx.file.content.get("result").is_some_and(Value::is_object);
            if entered && !self.judged.contains(&tx.hash) {
                return Ok(());
            }
            self.next = self.next.saturating_add(1);
            if entered {
                continue;
            }
            let expected = outcome::check(&tx.file.content)?;
            let given = expected.get("codespace") == Some(&json!("sdk"))
                && expected.get("code") == Some(&json!(11));
            // Gas figures are the recorded node's own.
            let found = if given {
                expected.clone()
            } else {
                self.judge(tx)
            };
            self.compared.push(Compared {
                name: format!("tx/{}", tx.file.name),
                expected: json!({ "check_tx": expected }),
                found: json!({ "check_tx": found }),
                gas: Vec::new(),
            });
        }
        Ok(())
    }

    fn block(&mut self, block: &Value) -> Result<(), RecordingError> {
        let height = block.get("height").and_then(Value::as_i64);
        let height = height.ok_or_else(|| form("blocks.json", &"a block without `height`"))?;
        let place = format!("block/{height}");
        let time = block.get("time").and_then(Value::as_str);
        let time: WireTimestamp = time
            .unwrap_or_default()
            .parse()
            .map_err(|e| form(&place, &e))?;
        let time =
            crate::cosmos::convert::time::timestamp(time, "time").map_err(|e| form(&place, &e))?;
        let mut recorded = RecordedBlock {
            time,
            ..RecordedBlock::default()
        };
        let mut entered = Vec::new();
        for hash in block
            .get("txs")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let hash: TxHash = hash
                .as_str()
                .unwrap_or_default()
                .parse()
                .map_err(|e| form(&place, &e))?;
            let tx = self.recording.txs.iter().find(|tx| tx.hash == hash);
            let tx = tx.ok_or_else(|| form(&place, &format!("there is no file of {hash}")))?;
            let gas = self.simulate(tx);
            self.gas.insert(hash, gas);
            let found = self.judge(tx);
            self.found.insert(hash, found);
            if let Some(log) = outcome::exhausted(&tx.file.content) {
                recorded.exhausted.insert(hash, log);
            }
            recorded.txs.push(tx.bytes.clone());
            self.judged.insert(hash);
            entered.push(tx);
        }
        let made = self
            .devnet
            .replay(&recorded)
            .map_err(|e| form(&place, &e))?;
        self.compared.push(Compared {
            name: place,
            expected: outcome::recorded_block(block),
            found: outcome::block(&made),
            gas: Vec::new(),
        });
        for (tx, result) in entered.into_iter().zip(&made.txs) {
            if !recorded.exhausted.contains_key(&tx.hash)
                && let Some(used) = outcome::gas_used(&tx.file.content)
            {
                self.gas.entry(tx.hash).or_default().push(Gas {
                    kind: GasKind::Used,
                    recorded: used,
                    modelled: result.gas_used,
                });
            }
            let check = self.found.remove(&tx.hash).unwrap_or_default();
            self.compared.push(Compared {
                name: format!("tx/{}", tx.file.name),
                expected: outcome::recorded_tx(&tx.file.content)?,
                found: outcome::tx(&check, result),
                gas: self.gas.remove(&tx.hash).unwrap_or_default(),
            });
        }
        Ok(())
    }

    fn queries(&mut self) -> Result<(), RecordingError> {
        for file in &self.recording.queries {
            let place = format!("query/{}", file.name);
            let method = file.content.get("method").and_then(Value::as_str);
            let method = method.ok_or_else(|| form(&place, &"`method` is missing"))?;
            if !outcome::is_compared(method) {
                continue;
            }
            let request = file.content.get("request_hex").and_then(unhex);
            let request = request.ok_or_else(|| form(&place, &"`request_hex` is missing"))?;
            let height = file.content.get("height").and_then(Value::as_i64);
            let answer = self.devnet.unary(method, request, height);
            let answer = answer
                .now_or_never()
                .ok_or_else(|| form(&place, &"the embedded network did not answer at once"))?;
            self.compared.push(Compared {
                name: place,
                expected: outcome::recorded_answer(&file.content),
                found: outcome::answer(answer),
                gas: Vec::new(),
            });
        }
        Ok(())
    }
}

fn read_json(path: &Path) -> Result<Value, RecordingError> {
    let text = std::fs::read(path).map_err(|error| RecordingError::File {
        path: path.to_owned(),
        error,
    })?;
    serde_json::from_slice(&text).map_err(|error| RecordingError::Json {
        path: path.to_owned(),
        error,
    })
}

/// The files of a directory in the order of their names.
fn read_all(directory: &Path) -> Result<Vec<File>, RecordingError> {
    let failed = |error| RecordingError::File {
        path: directory.to_owned(),
        error,
    };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            paths.push(path);
        }
    }
    paths.sort();
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap_or_default();
        Ok(File {
            name: name.to_string_lossy().into_owned(),
            content: read_json(&path)?,
        })
    };
    paths.into_iter().map(read).collect()
}

fn unhex(value: &Value) -> Option<Vec<u8>> {
    let text = value.as_str()?;
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if !rest.is_empty() {
        return None;
    }
    pairs
        .iter()
        .map(|[high, low]| {
            let value = digit(high)?.checked_mul(16)?.checked_add(digit(low)?)?;
            u8::try_from(value).ok()
        })
        .collect()
}
