//! What a local chain is made of, and how it makes a block.

use crate::chain::{
    At, Capabilities, ChainError, Inclusion, Prepared, Rejection, SubmitOptions, TxId, Validity,
};
use akash_market::action::Batch;
use akash_market::address::Address;
use akash_market::change::Change;
use akash_market::id::Height;
use akash_market::ledger::{Ledger, Refused};
use akash_market::time::{Block, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Blocks for which a transaction stays valid if nobody says otherwise.
const VALID_FOR: u32 = 20;

/// What others do in a block, by the state before it.
pub(super) type Others = Box<dyn FnMut(&Ledger, Block) -> Vec<Batch> + Send>;

/// The payload of a transaction: all that its id stands for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Payload {
    chain_id: String,
    /// Tells equal batches apart.
    number: u64,
    pub(super) last: Height,
    memo: String,
    pub(super) batch: Batch,
}

impl Payload {
    /// Reads a transaction and makes sure that it is what its id stands for.
    pub(super) fn of(prepared: &Prepared, chain_id: &str) -> Result<Self, ChainError> {
        let id = &prepared.id;
        let foreign =
            |what: &str| ChainError::Usage(format!("{id} is no transaction of {chain_id}: {what}"));
        if identify(&prepared.payload) != *id {
            return Err(foreign("its id is not the hash of its payload"));
        }
        let payload: Self =
            serde_json::from_slice(&prepared.payload).map_err(|e| foreign(&e.to_string()))?;
        if payload.chain_id == chain_id {
            Ok(payload)
        } else {
            Err(foreign(&format!("it was made for {}", payload.chain_id)))
        }
    }
}

/// The SHA-256 of a payload in capital hex digits.
fn identify(payload: &[u8]) -> TxId {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(payload) {
        // Writing into a string can't fail.
        let _ = write!(text, "{byte:02X}");
    }
    TxId(text)
}

/// A block that was made here.
#[derive(Debug)]
pub(super) struct Past {
    pub(super) block: Block,
    pub(super) changes: Vec<Change>,
}

pub(super) struct State {
    pub(super) ledger: Ledger,
    pub(super) capabilities: Capabilities,
    pub(super) accounts: Vec<Address>,
    pub(super) others: Option<Others>,
    /// Sent and not yet in a block, in the order of sending.
    pub(super) pool: Vec<(TxId, Batch)>,
    pub(super) included: BTreeMap<TxId, Inclusion>,
    /// All blocks made here, one height after the other.
    pub(super) blocks: Vec<Past>,
    /// Ledgers after recent blocks, without the newest.
    history: BTreeMap<Height, Ledger>,
    pub(super) keep: usize,
    prepared: u64,
}

impl State {
    pub(super) const fn new(ledger: Ledger, capabilities: Capabilities) -> Self {
        Self {
            ledger,
            capabilities,
            accounts: Vec::new(),
            others: None,
            pool: Vec::new(),
            included: BTreeMap::new(),
            blocks: Vec::new(),
            history: BTreeMap::new(),
            keep: 16,
            prepared: 0,
        }
    }

    pub(super) const fn height(&self) -> i64 {
        self.ledger.block().height.0
    }

    /// The state that a reader asks for.
    pub(super) fn at(&self, at: At) -> Result<&Ledger, ChainError> {
        let newest = self.ledger.block().height;
        let (height, past) = match at {
            At::Latest => return Ok(&self.ledger),
            At::AtLeast(height) if height <= newest => return Ok(&self.ledger),
            At::Exactly(height) if height == newest => return Ok(&self.ledger),
            At::AtLeast(height) => (height, None),
            At::Exactly(height) => (height, self.history.get(&height)),
        };
        past.ok_or_else(|| ChainError::HeightUnavailable {
            height,
            reason: if height > newest {
                format!("the newest block is {newest}")
            } else {
                format!("of the past, only {} blocks are kept", self.keep)
            },
        })
    }

    /// Makes sure that there is something to do and that this chain may do it.
    fn permitted(&self, batch: &Batch) -> Result<Address, ChainError> {
        let signers = batch.signers();
        if let Some(stranger) = signers.iter().find(|s| !self.accounts.contains(s)) {
            return Err(ChainError::Usage(format!(
                "{stranger} has to sign, and this chain does not act for it"
            )));
        }
        signers
            .first()
            .map(|payer| (*payer).clone())
            .ok_or_else(|| ChainError::Usage("a batch needs at least one action".to_owned()))
    }

    /// Tries a batch on a copy of the state and says who would pay for it.
    pub(super) fn attempt(&self, batch: &Batch) -> Result<Address, ChainError> {
        let payer = self.permitted(batch)?;
        match self.ledger.clone().apply(self.ledger.block(), batch) {
            Ok(_) => Ok(payer),
            Err(refused) => Err(ChainError::Rejected(rejection(&refused, true))),
        }
    }

    pub(super) fn prepare(
        &mut self,
        batch: &Batch,
        options: &SubmitOptions,
    ) -> Result<Prepared, ChainError> {
        let payer = self.attempt(batch)?;
        self.prepared = self.prepared.saturating_add(1);
        let blocks = options.valid_for_blocks.unwrap_or(VALID_FOR);
        let last = Height(self.height().saturating_add(i64::from(blocks)));
        let payload = serde_json::to_vec(&Payload {
            chain_id: self.capabilities.chain_id.clone(),
            number: self.prepared,
            last,
            memo: options.memo.clone(),
            batch: batch.clone(),
        })
        .map_err(|e| ChainError::Usage(format!("the batch can't be written down: {e}")))?;
        Ok(Prepared {
            id: identify(&payload),
            payer,
            valid_until: Validity::Height(last),
            fee: Vec::new(),
            payload,
        })
    }

    pub(super) fn send(&mut self, prepared: &Prepared) -> Result<(), ChainError> {
        let payload = Payload::of(prepared, &self.capabilities.chain_id)?;
        let known = self.included.contains_key(&prepared.id)
            || self.pool.iter().any(|(id, _)| *id == prepared.id);
        if known {
            return Ok(());
        }
        self.permitted(&payload.batch)?;
        let next = self.height().saturating_add(1);
        if next > payload.last.0 {
            let last = payload.last;
            return Err(ChainError::Rejected(Rejection {
                codespace: "sdk".to_owned(),
                code: 30,
                log: format!("block height: {next}, timeout height: {last}: tx timeout height"),
                before_block: true,
            }));
        }
        self.pool.push((prepared.id.clone(), payload.batch));
        Ok(())
    }

    /// Makes the next block: what others do, then what was sent.
    pub(super) fn mine(&mut self) -> Result<(), ChainError> {
        let before = self.ledger.block();
        let pace = i64::try_from(self.capabilities.block_time.as_nanos()).unwrap_or(i64::MAX);
        let over = || ChainError::Usage("the chain's height or time is at its end".to_owned());
        let block = Block {
            height: Height(before.height.0.checked_add(1).ok_or_else(over)?),
            time: before
                .time
                .0
                .checked_add(pace)
                .map(Timestamp)
                .ok_or_else(over)?,
        };
        self.history.insert(before.height, self.ledger.clone());
        while self.history.len() > self.keep {
            self.history.pop_first();
        }
        let others = match &mut self.others {
            Some(others) => others(&self.ledger, block),
            None => Vec::new(),
        };
        let mut changes = self.ledger.begin_block(block);
        for batch in others {
            if let Ok(applied) = self.ledger.apply(block, &batch) {
                changes.extend(applied.changes);
            }
        }
        for (id, batch) in std::mem::take(&mut self.pool) {
            let (result, done) = match self.ledger.apply(block, &batch) {
                Ok(applied) => (Ok(applied.outcomes), applied.changes),
                Err(refused) => (Err(rejection(&refused, false)), Vec::new()),
            };
            changes.extend(done.iter().cloned());
            let inclusion = Inclusion {
                id: id.clone(),
                block,
                gas_used: 0,
                gas_wanted: 0,
                fee: Vec::new(),
                result,
                changes: done,
            };
            self.included.insert(id, inclusion);
        }
        changes.extend(self.ledger.end_block(block));
        self.blocks.push(Past { block, changes });
        Ok(())
    }
}

fn rejection(refused: &Refused, before_block: bool) -> Rejection {
    let code = refused.error.code();
    Rejection {
        codespace: code.codespace.to_owned(),
        code: code.code,
        log: refused.to_string(),
        before_block,
    }
}
