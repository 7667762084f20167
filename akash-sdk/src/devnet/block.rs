//! Transactions enter the mempool, blocks are made of it.

use super::DevnetError;
use super::ante::{Abci, Mode, Paid, Passed, Payment, check, unordered_end};
use super::execute::Done;
use super::node::Node;
use super::pool::{Place, Pooled};
use super::state::State;
use super::{allowance, event, gas};
use crate::cosmos::convert::action::to_any;
use crate::cosmos::transport::{BlockResult, CheckTx, Event, TxResult};
use crate::cosmos::tx::{Draft, SignAs, TxHash, signers};
use crate::cosmos::wire::cosmos::base::abci::v1beta1::TxMsgData;
use crate::cosmos::wire::cosmos::tx::v1beta1::TxBody;
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::action::Action;
use akash_market::id::Height;
use akash_market::oracle::PairId;
use akash_market::time::{Block, Timestamp};
use akash_sdl::num::Denom;
use futures_util::FutureExt;
use prost::Message;
use std::collections::HashMap;
use std::sync::Arc;

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
        if self.pool.contains(&hash) {
            return answer(Abci::sdk(19, "tx already in mempool"));
        }
        match check(self, bytes, self.block, Mode::Check) {
            Err(refused) => answer(refused),
            Ok(passed) => {
                self.verified.insert(hash);
                let place = unordered_end(&passed.tx).map_or(Place::Next, Place::Until);
                let bytes = bytes.to_vec();
                self.pool
                    .push(Pooled { hash, bytes }, passed.signers, place);
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
        let refused = check(self, bytes, self.block, Mode::Check).err();
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
        self.pool.bytes()
    }

    /// Makes the next block of what lies in the mempool.
    pub(super) fn mine(&mut self) -> Result<(), DevnetError> {
        let time = self
            .block
            .time
            .0
            .checked_add(self.block_time.0)
            .ok_or(DevnetError::EndOfTime)?;
        let block = self.next(Timestamp(time))?;
        self.report_price(block);
        self.make(block, &HashMap::new());
        Ok(())
    }

    /// The next block, at this time.
    pub(super) fn next(&self, time: Timestamp) -> Result<Block, DevnetError> {
        let height = self.block.height.0.checked_add(1);
        Ok(Block {
            height: Height(height.ok_or(DevnetError::EndOfTime)?),
            time,
        })
    }

    /// Makes a block of what lies in the mempool. Those transactions of which another node's word is given run out of
    /// gas with it.
    pub(super) fn make(&mut self, block: Block, exhausted: &HashMap<TxHash, String>) {
        if self.block.height.0 > 0 {
            self.history.insert(self.block.height.0, self.state.clone());
        }
        while self.history.len() > self.keep {
            self.history.pop_first();
        }
        let pool = self.pool.take();
        self.state.forget_nonces(block.time);
        let changes = self.state.ledger.begin_block(block);
        self.state.take_in(&changes);
        let mut events: Vec<Event> =
            event::marked(event::of(&changes, false), "mode", "BeginBlock").collect();
        let mut txs = Vec::with_capacity(pool.len());
        for (index, pooled) in pool.into_iter().enumerate() {
            let given = exhausted.get(&pooled.hash).map(String::as_str);
            let index_in_block = u32::try_from(index).unwrap_or(u32::MAX);
            let result = self.deliver(block, pooled, index_in_block, given);
            self.included
                .insert(result.hash, (self.blocks.len(), index));
            txs.push(result);
        }
        let changes = self.state.ledger.end_block(block);
        self.state.take_in(&changes);
        events.extend(event::marked(
            event::of(&changes, false),
            "mode",
            "EndBlock",
        ));
        self.verified.clear();
        self.blocks.push(BlockResult {
            height: block.height.0,
            time: block.time,
            txs,
            events,
        });
        self.block = block;
    }

    fn deliver(
        &mut self,
        block: Block,
        pooled: Pooled,
        index: u32,
        exhausted: Option<&str>,
    ) -> TxResult {
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
        let passed = match check(self, &result.tx, block, Mode::Deliver) {
            Ok(passed) => passed,
            Err(refused) => {
                refuse(&mut result, refused);
                return result;
            }
        };
        result.gas_wanted = passed.tx.fee().gas_limit;
        match self.state.enter(block, &passed) {
            Ok(events) => result.events = events,
            Err(refused) => {
                refuse(&mut result, refused);
                return result;
            }
        }
        if let Some(log) = exhausted {
            refuse(&mut result, Abci::sdk(11, log));
            return result;
        }
        let budget = if self.metered {
            result.gas_wanted.saturating_sub(passed.gas)
        } else {
            u64::MAX
        };
        let messages = &passed.tx.body.messages;
        let ran = self.state.execute(block, messages, &passed.deeds, budget);
        result.gas_used = passed.gas.saturating_add(ran.gas);
        match ran.done {
            Ok(done) => {
                result.data = answers(&done);
                result.events.extend(announced(&passed, done));
            }
            Err(refused) if refused.is_out_of_gas() => {
                let (wanted, used) = (result.gas_wanted, result.gas_used);
                refuse(&mut result, gas::out_of_gas(wanted, used));
            }
            Err(refused) => refuse(&mut result, refused),
        }
        result
    }

    /// Runs a transaction without keeping what it does, and says what gas it takes.
    pub(super) fn simulate(&self, bytes: &[u8]) -> Result<Simulated, Abci> {
        let passed = check(self, bytes, self.block, Mode::Simulate)?;
        let mut state = self.state.clone();
        let mut events = state.enter(self.block, &passed)?;
        let ran = state.execute(
            self.block,
            &passed.tx.body.messages,
            &passed.deeds,
            u64::MAX,
        );
        let done = ran.done?;
        let data = answers(&done);
        let answers = done.answers.clone();
        events.extend(announced(&passed, done));
        Ok(Simulated {
            gas_used: passed.gas.saturating_add(ran.gas),
            data,
            answers,
            events,
        })
    }

    /// Has the price feed report before each block, so that the oracle stays fresh.
    fn report_price(&mut self, block: Block) {
        let (Some(price), Some(account)) = (self.feed.price, self.feed.account.clone()) else {
            return;
        };
        let action = Action::AddPrice {
            signer: account.address().clone(),
            pair: PairId::akt_usd(),
            price,
            timestamp: block.time,
        };
        let Some(known) = self.state.accounts.get(account.address()) else {
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

/// What a simulation gave.
pub(super) struct Simulated {
    pub(super) gas_used: u64,
    pub(super) data: Vec<u8>,
    pub(super) answers: Vec<Any>,
    pub(super) events: Vec<Event>,
}

impl State {
    /// What every transaction that passed does, whatever becomes of its messages: it pays, and takes its place in the
    /// sequences of its signers.
    fn enter(&mut self, block: Block, passed: &Passed) -> Result<Vec<Event>, Abci> {
        let mut events = Vec::new();
        let Payment { fee, from, granted } = &passed.payment;
        if let Some(Paid {
            granter,
            grantee,
            then,
        }) = granted
        {
            let key = (granter.clone(), grantee.clone());
            let allowances = Arc::make_mut(&mut self.allowances);
            let told = |kind| event::allowance(kind, granter, grantee);
            match then {
                allowance::Use::Update(left) => {
                    allowances.insert(key, left.clone());
                    events.extend([told("use_feegrant"), told("update_feegrant")]);
                }
                allowance::Use::Remove => {
                    allowances.remove(&key);
                    events.extend([told("revoke_feegrant"), told("use_feegrant")]);
                }
            }
        }
        let changes = self
            .ledger
            .charge_fee(block, from, fee)
            .map_err(|error| Abci::sdk(5, error.to_string()))?;
        self.take_in(&changes);
        events.extend(event::of(&changes, true));
        events.push(event::fee(&event::printed(fee), from));
        let end = unordered_end(&passed.tx);
        for (index, signer) in passed.signers.iter().enumerate() {
            let sequence = passed.tx.auth_info.signer_infos.get(index);
            let sequence = sequence.map_or(0, |info| info.sequence);
            let signature = passed.tx.signatures.get(index);
            let signature = signature.map(Vec::as_slice).unwrap_or_default();
            if end.is_none() {
                events.push(event::signer(signer, sequence));
            }
            events.push(event::signature(signature));
            self.modify_account(signer, |account| {
                account.key = account.key.or_else(|| passed.tx.public_key(index).ok());
                if end.is_none() {
                    account.sequence = account.sequence.saturating_add(1);
                }
            });
            if let Some(end) = end {
                Arc::make_mut(&mut self.nonces).insert((end, signer.clone()));
            }
        }
        Ok(events)
    }
}

fn refuse(result: &mut TxResult, refused: Abci) {
    result.code = refused.code;
    result.codespace = refused.codespace;
    result.log = refused.log;
}

fn answers(done: &Done) -> Vec<u8> {
    TxMsgData {
        msg_responses: done.answers.clone(),
        ..TxMsgData::default()
    }
    .encode_to_vec()
}

/// The events of the messages, each with the number of its message.
fn announced(passed: &Passed, done: Done) -> Vec<Event> {
    let mut all = Vec::new();
    for (index, (message, events)) in passed.tx.body.messages.iter().zip(done.events).enumerate() {
        let body = TxBody {
            messages: vec![message.clone()],
            ..TxBody::default()
        };
        let signers = signers(&body, None).unwrap_or_default();
        let mut told = Vec::with_capacity(events.len().saturating_add(1));
        told.extend(
            signers
                .first()
                .map(|signer| event::message(&message.type_url, signer)),
        );
        told.extend(events);
        all.extend(event::marked(told, "msg_index", &index.to_string()));
    }
    all
}
