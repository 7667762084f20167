//! What messages do: answers and events, or a refusal after which nothing of them remains.

use super::ante::Abci;
use super::authority::{self, Authority};
use super::gas::Meter;
use super::message::Deed;
use super::state::State;
use super::{allowance, event};
use crate::cosmos::convert::action::outcome_to_any;
use crate::cosmos::json::print_second;
use crate::cosmos::transport::Event;
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::akash::escrow::v1::MsgAccountDeposit;
use crate::cosmos::wire::cosmos::authz::v1beta1::{EventGrant, EventRevoke, MsgExecResponse};
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::action::{Action, Batch, Outcome};
use akash_market::address::Address;
use akash_market::ledger::Refused;
use akash_market::time::Block;
use akash_sdl::num::Coin;
use std::sync::Arc;

/// What the messages of a transaction came to, and the gas they took.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) gas: u64,
    pub(super) done: Result<Done, Abci>,
}

/// Answers and events of the messages of a transaction.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) answers: Vec<Any>,
    /// Of each message, without the one that announces it.
    pub(super) events: Vec<Vec<Event>>,
}

impl State {
    /// Does all of it or nothing; nothing also if it takes more gas than `budget`.
    pub(super) fn execute(
        &mut self,
        block: Block,
        messages: &[Any],
        deeds: &[Deed],
        budget: u64,
    ) -> Ran {
        let mut meter = Meter::new(budget, self.fresh());
        let actions: Option<Vec<Action>> = deeds
            .iter()
            .map(|deed| match deed {
                Deed::Act(action) => Some((**action).clone()),
                _ => None,
            })
            .collect();
        if let Some(actions) = actions {
            let done = self
                .act(block, messages, actions, &mut meter)
                .map_err(|(index, refused)| failed(index, refused));
            return Ran {
                gas: meter.used,
                done,
            };
        }
        // The ledger brackets its own actions; what else there is needs a copy to return to.
        let before = self.clone();
        let mut done = Done::default();
        for (index, (message, deed)) in messages.iter().zip(deeds).enumerate() {
            match self.perform(block, message, deed, &mut meter) {
                Ok((answer, events)) => {
                    done.answers.push(answer);
                    done.events.push(events);
                }
                Err(refused) => {
                    *self = before;
                    return Ran {
                        gas: meter.used,
                        done: Err(failed(index, refused)),
                    };
                }
            }
        }
        Ran {
            gas: meter.used,
            done: Ok(done),
        }
    }

    fn act(
        &mut self,
        block: Block,
        messages: &[Any],
        actions: Vec<Action>,
        meter: &mut Meter,
    ) -> Result<Done, (usize, Abci)> {
        let batch = Batch::new(actions);
        let accounts = &self.accounts;
        let judged = self.ledger.apply_if(block, &batch, |ledger, applied| {
            meter.count(ledger, accounts, &batch.actions, applied)
        });
        let applied = match judged {
            Ok(Ok(applied)) => applied,
            Ok(Err(exhausted)) => return Err((0, exhausted)),
            Err(refused) => {
                self.count_until(block, &batch, &refused, meter)
                    .map_err(|exhausted| (0, exhausted))?;
                let mut told = told(&refused);
                if let Some(Action::RevokeDepositGrant { granter, grantee }) =
                    batch.actions.get(refused.index)
                    && told.codespace == "authz"
                    && told.code == 2
                {
                    told = no_grant(granter, grantee, MsgAccountDeposit::TYPE_URL);
                }
                return Err((refused.index, told));
            }
        };
        self.take_in(&applied.changes);
        let mut done = Done::default();
        let mut from = 0;
        for (index, ((message, action), outcome)) in messages
            .iter()
            .zip(&batch.actions)
            .zip(&applied.outcomes)
            .enumerate()
        {
            let all = applied.changes.len();
            let to = applied.ends.get(index).copied().unwrap_or(all);
            let changes = applied.changes.get(from..to).unwrap_or_default();
            from = to;
            if let Action::GrantDeposit { grantee, .. } = action {
                self.add_account(grantee);
            }
            let at_once = matches!(action, Action::Send { .. });
            done.events.push(event::of(changes, at_once));
            done.answers
                .push(outcome_to_any(&message.type_url, outcome));
        }
        Ok(done)
    }

    /// Counts what was done before an action was refused, and the refusal.
    fn count_until(
        &self,
        block: Block,
        batch: &Batch,
        refused: &Refused,
        meter: &mut Meter,
    ) -> Result<(), Abci> {
        let (before, rest) = batch
            .actions
            .split_at(refused.index.min(batch.actions.len()));
        if !before.is_empty() {
            let done = Batch::new(before.to_vec());
            let judged = self
                .ledger
                .clone()
                .apply_if(block, &done, |ledger, applied| {
                    meter.count(ledger, &self.accounts, before, applied)
                });
            if let Ok(Err(exhausted)) = judged {
                return Err(exhausted);
            }
        }
        if let Some(action) = rest.first() {
            meter.count_refused(&self.ledger, action, &refused.error);
        }
        Ok(())
    }

    fn perform(
        &mut self,
        block: Block,
        message: &Any,
        deed: &Deed,
        meter: &mut Meter,
    ) -> Result<(Any, Vec<Event>), Abci> {
        let nothing = || outcome_to_any(&message.type_url, &Outcome::Done);
        let known = self.accounts.len();
        let events = match deed {
            Deed::Act(action) => {
                let one = std::slice::from_ref(message);
                let mut done = self
                    .act(block, one, vec![(**action).clone()], meter)
                    .map_err(|(_, refused)| refused)?;
                let answer = done.answers.pop().unwrap_or_else(nothing);
                return Ok((answer, done.events.pop().unwrap_or_default()));
            }
            Deed::MultiSend { from, coins, to } => {
                self.multi_send(block, from, coins, to, meter)?
            }
            Deed::GrantAllowance {
                granter,
                grantee,
                allowance,
            } => {
                let key = (granter.clone(), grantee.clone());
                allowance::check(allowance, Some(block.time))?;
                if self.allowances.contains_key(&key) {
                    return Err(Abci::sdk(
                        18,
                        "fee allowance already exists: invalid request",
                    ));
                }
                self.add_account(grantee);
                let begun = allowance::begun(allowance, block.time);
                Arc::make_mut(&mut self.allowances).insert(key, begun);
                vec![event::allowance("set_feegrant", granter, grantee)]
            }
            Deed::RevokeAllowance { granter, grantee } => {
                let key = (granter.clone(), grantee.clone());
                if Arc::make_mut(&mut self.allowances).remove(&key).is_none() {
                    return Err(Abci::sdk(38, "fee-grant not found: not found"));
                }
                vec![event::allowance("revoke_feegrant", granter, grantee)]
            }
            Deed::Authorize {
                granter,
                grantee,
                authorization,
                expires,
            } => {
                let message_type = authority::message_type(authorization)?;
                if let Some(end) = expires.filter(|end| *end <= block.time) {
                    let [now, end] = [block.time, end].map(|time| print_second(time.unix_secs()));
                    return Err(Abci {
                        codespace: "authz".to_owned(),
                        code: 3,
                        log: format!(
                            "expiration must be after the current block time ({now}Z), got {end}Z: \
                             expiration time of authorization should be more than current time"
                        ),
                    });
                }
                self.add_account(grantee);
                let key = (grantee.clone(), granter.clone(), message_type.clone());
                let authority = Authority {
                    authorization: authorization.clone(),
                    expires: *expires,
                };
                Arc::make_mut(&mut self.authorities).insert(key, authority);
                granted(granter, grantee, message_type)
            }
            Deed::Unauthorize {
                granter,
                grantee,
                message_type,
            } => self.unauthorize(granter, grantee, message_type)?,
            Deed::Refused(refused) => return Err(refused.clone()),
            Deed::Exec { grantee, messages } => return self.exec(block, grantee, messages, meter),
        };
        let made = self.accounts.len().saturating_sub(known);
        meter.count_other(deed, made)?;
        Ok((nothing(), events))
    }

    fn multi_send(
        &mut self,
        block: Block,
        from: &Address,
        coins: &[Coin],
        to: &[(Address, Vec<Coin>)],
        meter: &mut Meter,
    ) -> Result<Vec<Event>, Abci> {
        let sends = to.iter().map(|(to, coins)| Action::Send {
            from: from.clone(),
            to: to.clone(),
            coins: coins.clone(),
        });
        let batch = Batch::new(sends.collect());
        let applied = self.ledger.apply(block, &batch).map_err(|refused| {
            if let Some(action) = batch.actions.get(refused.index) {
                meter.count_refused(&self.ledger, action, &refused.error);
            }
            told(&refused)
        })?;
        self.take_in(&applied.changes);
        let mut events = vec![event::sender(from), event::spent(from, coins)];
        for (to, coins) in to {
            events.extend([event::received(to, coins), event::output(from, to, coins)]);
        }
        Ok(events)
    }

    fn unauthorize(
        &mut self,
        granter: &Address,
        grantee: &Address,
        message_type: &str,
    ) -> Result<Vec<Event>, Abci> {
        let key = (grantee.clone(), granter.clone(), message_type.to_owned());
        if Arc::make_mut(&mut self.authorities).remove(&key).is_none() {
            return Err(no_grant(granter, grantee, message_type));
        }
        Ok(revoked(granter, grantee, message_type.to_owned()))
    }

    /// Does messages for others: each signer must have authorized the grantee.
    fn exec(
        &mut self,
        block: Block,
        grantee: &Address,
        messages: &[(Any, Address, Deed)],
        meter: &mut Meter,
    ) -> Result<(Any, Vec<Event>), Abci> {
        let mut results = Vec::new();
        let mut all = Vec::new();
        for (index, (message, signer, deed)) in messages.iter().enumerate() {
            if signer != grantee {
                all.extend(self.use_authority(block, signer, grantee, message, deed, meter)?);
            }
            let (answer, events) = self.perform(block, message, deed, meter)?;
            results.push(answer.value);
            all.extend(events.into_iter().map(|mut one| {
                one.attributes
                    .push(event::attribute("authz_msg_index", index.to_string()));
                one
            }));
        }
        Ok((MsgExecResponse { results }.to_any(), all))
    }

    fn use_authority(
        &mut self,
        block: Block,
        granter: &Address,
        grantee: &Address,
        message: &Any,
        deed: &Deed,
        meter: &mut Meter,
    ) -> Result<Vec<Event>, Abci> {
        if let Deed::Act(action) = deed
            && let Action::Deposit { id, deposit, .. } = &**action
        {
            return self.use_deposit_grant(block, granter, grantee, id, &deposit.amount);
        }
        let key = (grantee.clone(), granter.clone(), message.type_url.clone());
        let missing = |code, text: &str| Abci {
            codespace: "authz".to_owned(),
            code,
            log: text.to_owned(),
        };
        let found = self.authorities.get(&key).ok_or_else(|| {
            missing(
                2,
                &format!(
                    "failed to get grant with given granter: {granter}, grantee: {grantee} & \
                     msgType: {} : authorization not found",
                    message.type_url
                ),
            )
        })?;
        if found.expires.is_some_and(|end| end < block.time) {
            return Err(missing(6, "authorization expired"));
        }
        let used = authority::accept(&found.authorization, message)?;
        meter.count_use(&used)?;
        match used {
            authority::Use::Keep => Ok(Vec::new()),
            authority::Use::Update(authorization) => {
                let expires = found.expires;
                let left = Authority {
                    authorization,
                    expires,
                };
                Arc::make_mut(&mut self.authorities).insert(key, left);
                Ok(Vec::new())
            }
            authority::Use::Remove => self.unauthorize(granter, grantee, &message.type_url),
        }
    }
}

/// How the log of a handler's panic begins.
const RECOVERED: &str = "recovered: ";

/// A refusal of a message as a node words it.
fn failed(index: usize, refused: Abci) -> Abci {
    if refused.is_out_of_gas() {
        return refused;
    }
    if refused.log.starts_with(RECOVERED) {
        // A node shows where its handler panicked.
        let log = format!("{}\nstack:\n<omitted>: panic", refused.log);
        return Abci { log, ..refused };
    }
    Abci {
        log: format!(
            "failed to execute message; message index: {index}: {}",
            refused.log
        ),
        ..refused
    }
}

/// A revocation of what was not granted. The node's log shows the key of its store.
fn no_grant(granter: &Address, grantee: &Address, message_type: &str) -> Abci {
    let mut key = vec![1];
    for part in [&granter.bytes(), &grantee.bytes(), message_type.as_bytes()] {
        key.push(u8::try_from(part.len()).unwrap_or(u8::MAX));
        key.extend(part);
    }
    let key = super::ante::raw(&key);
    Abci {
        codespace: "authz".to_owned(),
        code: 2,
        log: format!("failed to delete grant with key {key}: authorization not found"),
    }
}

pub(super) fn told(refused: &Refused) -> Abci {
    let code = refused.error.code();
    Abci {
        codespace: code.codespace.to_owned(),
        code: code.code,
        log: refused.error.to_string(),
    }
}

fn granted(granter: &Address, grantee: &Address, msg_type_url: String) -> Vec<Event> {
    let event = EventGrant {
        msg_type_url,
        granter: granter.to_string(),
        grantee: grantee.to_string(),
    };
    event::of_message(&event.to_any()).into_iter().collect()
}

fn revoked(granter: &Address, grantee: &Address, msg_type_url: String) -> Vec<Event> {
    let event = EventRevoke {
        msg_type_url,
        granter: granter.to_string(),
        grantee: grantee.to_string(),
    };
    event::of_message(&event.to_any()).into_iter().collect()
}
