//! The escrow by itself: accounts, payments, settlement.

use super::accounts::{Accounts, deposit};
use super::field::{Fields, only, vectors};
use super::step::{self, World};
use super::{Case, Failure};
use akash_market::bme::MintStatus;
use akash_market::change::Change;
use akash_market::error::Error;
use akash_market::escrow::{AccountId, EscrowState, PaymentId};
use akash_market::grant::DepositGrant;
use akash_market::id::Height;
use akash_market::ledger::{EscrowOperation, EscrowResult, Fallback, Ledger};
use akash_market::query::{Entity, Filter, Key, Page};
use akash_market::time::{Block, Timestamp};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    Ok(step::cases::<Escrow>(vectors(file, "vectors")?))
}

#[derive(Clone)]
struct Escrow {
    accounts: Accounts,
    has_grants: bool,
    ledger: Ledger,
    /// Objects that were named so far, in the order of their texts.
    named: BTreeMap<String, AccountId>,
    payments: BTreeMap<String, PaymentId>,
}

enum Step {
    /// What the escrow sees of the rest of the chain.
    Surroundings(Fallback),
    Operation(Block, EscrowOperation),
}

enum Done {
    Nothing,
    Settled(Result<EscrowResult, Error>),
    Operated(Result<EscrowResult, Error>),
}

impl World for Escrow {
    const RESULTS: &'static [&'static str] = &["error", "hooks", "returned", "state"];
    const INPUTS: &'static [&'static str] = &[
        "height", "op", "scope", "xid", "signer", "amount", "sources", "payment", "owner", "rate",
        "env",
    ];
    type Step = Step;
    type Done = Done;

    fn new(vector: &Value) -> Result<Self, Failure> {
        only(vector, &[&["name", "category", "setup", "steps"]])?;
        let setup = vector.at("setup");
        only(setup, &[&["addresses", "balances", "grants", "env"]])?;
        let accounts = Accounts::of(setup)?;
        let mut genesis = accounts.genesis(setup)?;
        for grant in setup.list("grants") {
            only(grant, &[&["granter", "grantee", "scopes", "spend_limits"]])?;
            genesis.grants.push(DepositGrant {
                granter: accounts.named(grant, "granter")?,
                grantee: accounts.named(grant, "grantee")?,
                scopes: grant.read("scopes")?,
                spend_limits: grant.read("spend_limits")?,
                expires: None,
            });
        }
        let has_grants = !genesis.grants.is_empty();
        let mut ledger = Ledger::new(genesis)?;
        ledger.pin_fallback(Some(surroundings(setup.at("env"))?));
        Ok(Self {
            accounts,
            has_grants,
            ledger,
            named: BTreeMap::new(),
            payments: BTreeMap::new(),
        })
    }

    fn read(&self, step: &Value) -> Result<Step, Failure> {
        let op = step.text("op")?;
        if op == "set_env" {
            return Ok(Step::Surroundings(surroundings(step.at("env"))?));
        }
        let id = || -> Result<AccountId, Failure> {
            Ok(format!("{}/{}", step.text("scope")?, step.text("xid")?).parse()?)
        };
        let payment = || -> Result<PaymentId, Failure> {
            let text = format!("{}/{}", step.text("xid")?, step.text("payment")?);
            Ok(PaymentId(text.parse()?))
        };
        let has_deposit = step.get("amount").is_some();
        let operation = match op {
            "account_create" => EscrowOperation::Create {
                id: id()?,
                owner: self.accounts.named(step, "signer")?,
                deposit: has_deposit.then(|| deposit(step, "amount")).transpose()?,
            },
            "account_deposit" => EscrowOperation::Deposit {
                id: id()?,
                signer: self.accounts.named(step, "signer")?,
                deposit: deposit(step, "amount")?,
            },
            "account_settle" => EscrowOperation::Settle { id: id()? },
            "account_close" => EscrowOperation::Close { id: id()? },
            "payment_create" => EscrowOperation::CreatePayment {
                id: payment()?,
                owner: self.accounts.named(step, "owner")?,
                rate: step.read("rate")?,
            },
            "payment_withdraw" => EscrowOperation::Withdraw { id: payment()? },
            "payment_close" => EscrowOperation::ClosePayment { id: payment()? },
            other => return Err(format!("there is no operation `{other}`").into()),
        };
        let height = step.read("height")?;
        let block = Block {
            height: Height(height),
            time: Timestamp::from_secs(6_i64.saturating_mul(height)),
        };
        Ok(Step::Operation(block, operation))
    }

    fn take(&mut self, step: &Step) -> Result<Done, Failure> {
        let (block, operation) = match step {
            Step::Surroundings(surroundings) => {
                self.ledger.pin_fallback(Some(*surroundings));
                return Ok(Done::Nothing);
            }
            Step::Operation(block, operation) => (*block, operation),
        };
        self.remember(operation);
        let result = self.ledger.escrow(block, operation);
        Ok(match operation {
            EscrowOperation::Settle { .. } => Done::Settled(result),
            _ => Done::Operated(result),
        })
    }

    fn tell(&self, done: &Done) -> Result<Map<String, Value>, Failure> {
        let mut told = Map::new();
        let (Done::Settled(result) | Done::Operated(result)) = done else {
            return Ok(told);
        };
        match result {
            Ok(result) => {
                let hooks: Vec<String> = result.changes.iter().filter_map(hook).collect();
                if !hooks.is_empty() {
                    told.insert("hooks".to_owned(), json!(hooks));
                }
                if let Done::Settled(_) = done {
                    told.insert("returned".to_owned(), json!(result.overdrawn));
                }
            }
            Err(error) => {
                told.insert("error".to_owned(), step::refusal(error));
            }
        }
        Ok(told)
    }

    fn state(&self) -> Result<Value, Failure> {
        let accounts = self.named.values().cloned().map(Key::EscrowAccount);
        let payments = self.payments.values().cloned().map(Key::EscrowPayment);
        let stored = |key: Key| self.ledger.get(&key).map(|entity| written(&entity));
        let mut state = json!({
            "accounts": accounts.filter_map(stored).collect::<Result<Vec<_>, _>>()?,
            "payments": payments.filter_map(stored).collect::<Result<Vec<_>, _>>()?,
            "balances": self.accounts.balances(&self.ledger),
        });
        if let (true, Some(members)) = (self.has_grants, state.as_object_mut()) {
            members.insert("grants".to_owned(), self.grants()?);
        }
        Ok(state)
    }

    fn is_looked_at(step: &Step) -> bool {
        matches!(step, Step::Operation(..))
    }
}

impl Escrow {
    fn remember(&mut self, operation: &EscrowOperation) {
        match operation {
            EscrowOperation::Create { id, .. }
            | EscrowOperation::Deposit { id, .. }
            | EscrowOperation::Settle { id }
            | EscrowOperation::Close { id } => {
                self.named
                    .entry(id.to_string())
                    .or_insert_with(|| id.clone());
            }
            EscrowOperation::CreatePayment { id, .. }
            | EscrowOperation::Withdraw { id }
            | EscrowOperation::ClosePayment { id } => {
                self.payments
                    .entry(id.to_string())
                    .or_insert_with(|| id.clone());
            }
            _ => {}
        }
    }

    fn grants(&self) -> Result<Value, Failure> {
        let mut grants = Vec::new();
        for (name, address) in self.accounts.iter() {
            let filter = Filter::Grants {
                grantee: address.clone(),
            };
            for entity in self.ledger.list(&filter, &Page::default())?.items {
                if let Entity::Grant(grant) = entity {
                    grants.push(json!({
                        "granter": self.accounts.name_of(&grant.granter),
                        "grantee": name,
                        "scopes": grant.scopes,
                        "spend_limits": grant.spend_limits,
                    }));
                }
            }
        }
        grants.sort_by_key(|grant| grant.at("granter").to_string());
        Ok(grants.into())
    }
}

fn surroundings(env: &Value) -> Result<Fallback, Failure> {
    only(env, &[&["mint_status", "akt_price"]])?;
    let price = env.some_text("akt_price").map(str::parse);
    Ok(Fallback {
        status: env.read::<MintStatus>("mint_status")?,
        akt_price: price.transpose()?,
    })
}

/// An account or a payment in the form of the vectors, which name the scope of payments too.
fn written(entity: &Entity) -> Result<Value, Failure> {
    match entity {
        Entity::EscrowAccount(account) => Ok(serde_json::to_value(account)?),
        Entity::EscrowPayment(payment) => {
            let mut value = serde_json::to_value(payment)?;
            let scoped = format!("deployment/{}", value.text("id")?);
            if let Some(id) = value.get_mut("id") {
                *id = scoped.into();
            }
            Ok(value)
        }
        other => Err(format!("{other:?} is no object of the escrow").into()),
    }
}

/// The chain's hooks run where an ended account or payment is stored.
fn hook(change: &Change) -> Option<String> {
    let text = |state: EscrowState| match state {
        EscrowState::Open => None,
        EscrowState::Closed => Some("closed"),
        EscrowState::Overdrawn => Some("overdrawn"),
    };
    match change {
        Change::EscrowAccountStored { account } => {
            Some(format!("account:{}:{}", account.id, text(account.state)?))
        }
        Change::EscrowPaymentStored { payment } => {
            Some(format!("payment:{}:{}", payment.id, text(payment.state)?))
        }
        _ => None,
    }
}
