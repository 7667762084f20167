//! Transactions enter the mempool, blocks are made of it.

use super::DevnetError;
use super::ante::{Abci, Mode, Passed, check};
use super::node::{Node, Pooled};
use super::{event, gas};
use crate::cosmos::convert::action::{outcome_to_any, to_any};
use crate::cosmos::transport::{BlockResult, CheckTx, Event, TxResult};
use crate::cosmos::tx::{Draft, SignAs, TxHash};
use crate::cosmos::wire::cosmos::base::abci::v1beta1::TxMsgData;
use akash_market::action::Action;
use akash_market::id::Height;
use akash_market::ledger::{Applied, Refused};
use akash_market::oracle::PairId;
use akash_market::time::Block;
use akash_sdl::num::Denom;
use futures_util::FutureExt;
use prost::Message;

/// Gas with which the price feed's transactions are sent.
const FEED_GAS: u64 = 200_000;

impl Node {
    /// Takes a transaction into the mempool, if it passes the node's first checks.
    pub(super) fn broadcast(&mut self, bytes: &[u8]) -> CheckTx {
        let hash = TxHash::of(bytes);
        let answer = |refused: Abci| CheckTx {
            hash,
            codespace: refused.codespace,
            code: refused.code,
            log: refused.log,
        };
        if self.pool.iter().any(|pooled| pooled.hash == hash) {
            return answer(Abci::sdk(19, "tx already in mempool"));
        }
        match check(self, bytes, Mode::Check) {
            Err(refused) => answer(refused),
            Ok(passed) => {
                self.verified.insert(hash);
                let signers = passed.signers;
                self.pool.push(Pooled {
                    hash,
                    bytes: bytes.to_vec(),
                    signers,
                });
                CheckTx {
                    hash,
                    codespace: String::new(),
                    code: 0,
                    log: String::new(),
                }
            }
        }
    }

    /// What the first check of a transaction gives, without taking it in.
    #[cfg(feature = "devnet-server")]
    pub(super) fn recheck(&self, bytes: &[u8]) -> CheckTx {
        let refused = check(self, bytes, Mode::Check).err();
        let (codespace, code, log) =
            refused.map_or_else(Default::default, |r| (r.codespace, r.code, r.log));
        CheckTx {
            hash: TxHash::of(bytes),
            codespace,
            code,
            log,
        }
    }

    /// The transactions in the mempool.
    #[cfg(feature = "devnet-server")]
    pub(super) fn waiting(&self) -> impl Iterator<Item = &[u8]> {
        self.pool.iter().map(|pooled| pooled.bytes.as_slice())
    }

    /// Makes the next block of what lies in the mempool.
    pub(super) fn mine(&mut self) -> Result<(), DevnetError> {
        let before = self.block;
        let height = before
            .height
            .0
            .checked_add(1)
            .ok_or(DevnetError::EndOfTime)?;
        let time = before
            .time
            .0
            .checked_add(self.block_time.0)
            .ok_or(DevnetError::EndOfTime)?;
        let block = Block {
            height: Height(height),
            time: akash_market::time::Timestamp(time),
        };
        self.report_price(block);
        self.history.insert(before.height.0, self.ledger.clone());
        while self.history.len() > self.keep {
            self.history.pop_first();
        }
        let pool = std::mem::take(&mut self.pool);
        let changes = self.ledger.begin_block(block);
        self.take_in(&changes);
        let mut events = event::typed(&changes, "mode", "BeginBlock");
        let mut txs = Vec::with_capacity(pool.len());
        for (index, pooled) in pool.into_iter().enumerate() {
            let result = self.deliver(block, pooled, u32::try_from(index).unwrap_or(u32::MAX));
            self.included
                .insert(result.hash, (self.blocks.len(), index));
            txs.push(result);
        }
        let changes = self.ledger.end_block(block);
        self.take_in(&changes);
        events.extend(event::typed(&changes, "mode", "EndBlock"));
        self.verified.clear();
        self.blocks.push(BlockResult {
            height,
            time: block.time,
            txs,
            events,
        });
        self.block = block;
        Ok(())
    }

    fn deliver(&mut self, block: Block, pooled: Pooled, index: u32) -> TxResult {
        let mut result = TxResult {
            hash: pooled.hash,
            height: block.height.0,
            index,
            tx: pooled.bytes,
            code: 0,
            codespace: String::new(),
            log: String::new(),
            data: Vec::new(),
            gas_wanted: 0,
            gas_used: 0,
            events: Vec::new(),
        };
        let refuse = |result: &mut TxResult, refused: Abci| {
            result.code = refused.code;
            result.codespace = refused.codespace;
            result.log = refused.log;
        };
        let passed = match check(self, &result.tx, Mode::Deliver) {
            Ok(passed) => passed,
            Err(refused) => {
                refuse(&mut result, refused);
                return result;
            }
        };
        result.gas_wanted = passed.tx.fee().gas_limit;
        result.gas_used = gas::used(result.tx.len(), &passed.tx.body.messages, passed.first);
        match self.ledger.charge_fee(block, &passed.payer, &passed.fee) {
            Ok(changes) => self.take_in(&changes),
            Err(error) => {
                refuse(&mut result, Abci::sdk(5, error.to_string()));
                return result;
            }
        }
        self.advance(&passed);
        let fee: Vec<String> = passed.fee.iter().map(ToString::to_string).collect();
        result
            .events
            .push(event::fee(&fee.join(","), passed.payer.as_str()));
        if result.gas_used > result.gas_wanted {
            let (wanted, used) = (result.gas_wanted, result.gas_used);
            refuse(
                &mut result,
                Abci::sdk(
                    11,
                    format!(
                        "out of gas in location: WriteFlat; gasWanted: {wanted}, gasUsed: {used}: out of gas"
                    ),
                ),
            );
            return result;
        }
        match self.ledger.apply(block, &passed.batch) {
            Ok(applied) => {
                self.take_in(&applied.changes);
                result.data = answers(&passed, &applied);
                result.events.extend(announced(&passed, &applied));
            }
            Err(refused) => refuse(&mut result, told(&refused)),
        }
        result
    }

    /// What every transaction that passed does, whatever becomes of its messages.
    fn advance(&mut self, passed: &Passed) {
        for (index, signer) in passed.signers.iter().enumerate() {
            let key = passed.tx.public_key(index).ok();
            if let Some(account) = self.accounts.get_mut(signer) {
                account.sequence = account.sequence.saturating_add(1);
                account.key = account.key.or(key);
            }
        }
    }

    /// Runs a transaction without keeping what it does, and says what gas it takes.
    pub(super) fn simulate(&self, bytes: &[u8]) -> Result<(u64, Vec<u8>), Abci> {
        let passed = check(self, bytes, Mode::Simulate)?;
        let applied = self
            .ledger
            .clone()
            .apply(self.block, &passed.batch)
            .map_err(|e| told(&e))?;
        // A real signature makes the transaction longer by its bytes and their lengths.
        let signatures = passed.signers.len().saturating_mul(64);
        let bytes = bytes.len().saturating_add(signatures);
        Ok((
            gas::used(bytes, &passed.tx.body.messages, passed.first),
            answers(&passed, &applied),
        ))
    }

    /// Has the price feed report before each block, so that the oracle stays fresh.
    fn report_price(&mut self, block: Block) {
        let (Some(price), account) = (self.feed.price, self.feed.account.clone()) else {
            return;
        };
        let action = Action::AddPrice {
            signer: account.address().clone(),
            pair: PairId::akt_usd(),
            price,
            timestamp: block.time,
        };
        let Some(known) = self.accounts.get(account.address()) else {
            return;
        };
        let sequence = self.pending_sequence(account.address(), known);
        let sign_as = SignAs::new(&account.signer, known.number, sequence);
        let mut draft = Draft::new(vec![to_any(&action)]);
        draft.gas_limit = FEED_GAS;
        draft.fee = self.gas_prices.fee(FEED_GAS).unwrap_or_default();
        draft.fee.retain(|coin| *coin.denom() == Denom::UAKT);
        // A key in memory signs without waiting.
        let signed = draft.sign_direct(&self.chain_id, &[sign_as]).now_or_never();
        if let Some(Ok(signed)) = signed {
            self.broadcast(signed.bytes());
        }
    }
}

/// A refusal of the ledger as a node words it.
fn told(refused: &Refused) -> Abci {
    let code = refused.error.code();
    let log = if refused.stateless {
        refused.error.to_string()
    } else {
        format!(
            "failed to execute message; message index: {}: {}",
            refused.index, refused.error
        )
    };
    Abci {
        codespace: code.codespace.to_owned(),
        code: code.code,
        log,
    }
}

fn answers(passed: &Passed, applied: &Applied) -> Vec<u8> {
    let msg_responses = passed
        .tx
        .body
        .messages
        .iter()
        .zip(&applied.outcomes)
        .map(|(message, outcome)| outcome_to_any(&message.type_url, outcome))
        .collect();
    TxMsgData {
        msg_responses,
        ..TxMsgData::default()
    }
    .encode_to_vec()
}

/// The events of the messages, each with the number of its message.
fn announced(passed: &Passed, applied: &Applied) -> Vec<Event> {
    let mut events = Vec::new();
    let mut from = 0;
    for (index, message) in passed.tx.body.messages.iter().enumerate() {
        let sender = passed
            .batch
            .actions
            .get(index)
            .map_or("", |action| action.signer().as_str());
        events.push(event::message(&message.type_url, sender, index));
        let to = applied
            .ends
            .get(index)
            .copied()
            .unwrap_or(applied.changes.len());
        let changes = applied.changes.get(from..to).unwrap_or_default();
        events.extend(event::typed(changes, "msg_index", &index.to_string()));
        from = to;
    }
    events
}
