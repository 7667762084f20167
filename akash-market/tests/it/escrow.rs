//! The escrow by itself against runs of the reference's own keeper.

use crate::vectors::{self, Names};
use akash_market::address::Address;
use akash_market::bme::MintStatus;
use akash_market::change::Change;
use akash_market::escrow::{AccountId, EscrowState, PaymentId};
use akash_market::grant::DepositGrant;
use akash_market::id::Height;
use akash_market::ledger::{EscrowOperation, Fallback, Genesis, Ledger};
use akash_market::query::{Entity, Filter, Key, Page};
use akash_market::time::{Block, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeMap;

struct Run {
    names: Names,
    grants: bool,
    ledger: Ledger,
    /// Ids in the order of their texts.
    accounts: BTreeMap<String, AccountId>,
    payments: BTreeMap<String, PaymentId>,
}

impl Run {
    fn new(setup: &Value) -> Self {
        let names = Names::new(&setup["addresses"]);
        let mut genesis = Genesis::default();
        for entry in setup["balances"].as_array().unwrap() {
            for coin in entry["coins"].as_array().unwrap() {
                genesis = genesis.balance(names.get(&entry["account"]), vectors::parse(coin));
            }
        }
        let grants = setup["grants"].as_array().unwrap();
        for grant in grants {
            genesis.grants.push(DepositGrant {
                granter: names.get(&grant["granter"]),
                grantee: names.get(&grant["grantee"]),
                scopes: vectors::parse(&grant["scopes"]),
                spend_limits: vectors::parse(&grant["spend_limits"]),
                expires: None,
            });
        }
        let mut run = Self {
            names,
            grants: !grants.is_empty(),
            ledger: Ledger::new(genesis).unwrap(),
            accounts: BTreeMap::new(),
            payments: BTreeMap::new(),
        };
        run.set_env(&setup["env"]);
        run
    }

    fn set_env(&mut self, env: &Value) {
        let status: MintStatus = vectors::parse(&env["mint_status"]);
        let akt_price = env["akt_price"].as_str().map(|p| p.parse().unwrap());
        self.ledger
            .pin_fallback(Some(Fallback { status, akt_price }));
    }

    fn account_id(&mut self, step: &Value) -> AccountId {
        let text = format!(
            "{}/{}",
            step["scope"].as_str().unwrap(),
            step["xid"].as_str().unwrap()
        );
        let id: AccountId = text.parse().unwrap();
        assert_eq!(id.to_string(), text);
        self.accounts.insert(text, id.clone());
        id
    }

    fn payment_id(&mut self, step: &Value) -> PaymentId {
        let text = format!(
            "{}/{}",
            step["xid"].as_str().unwrap(),
            step["payment"].as_str().unwrap()
        );
        let id = PaymentId(text.parse().unwrap());
        self.payments.insert(text, id.clone());
        id
    }

    fn operation(&mut self, step: &Value) -> EscrowOperation {
        match step["op"].as_str().unwrap() {
            "account_create" => EscrowOperation::Create {
                id: self.account_id(step),
                owner: self.names.get(&step["signer"]),
                deposit: step
                    .get("amount")
                    .map(|amount| Names::deposit(amount, &step["sources"])),
            },
            "account_deposit" => EscrowOperation::Deposit {
                id: self.account_id(step),
                signer: self.names.get(&step["signer"]),
                deposit: Names::deposit(&step["amount"], &step["sources"]),
            },
            "account_settle" => EscrowOperation::Settle {
                id: self.account_id(step),
            },
            "account_close" => EscrowOperation::Close {
                id: self.account_id(step),
            },
            "payment_create" => EscrowOperation::CreatePayment {
                id: self.payment_id(step),
                owner: self.names.get(&step["owner"]),
                rate: vectors::price(&step["rate"]),
            },
            "payment_withdraw" => EscrowOperation::Withdraw {
                id: self.payment_id(step),
            },
            "payment_close" => EscrowOperation::ClosePayment {
                id: self.payment_id(step),
            },
            other => panic!("{other}"),
        }
    }

    /// The step as the ledger answers it, in the form of the vectors.
    fn step(&mut self, step: &Value) -> Value {
        let mut answer = step.clone();
        let fields = answer.as_object_mut().unwrap();
        for output in ["error", "hooks", "returned", "state"] {
            fields.remove(output);
        }
        if step["op"] == "set_env" {
            self.set_env(&step["env"]);
            return answer;
        }
        let operation = self.operation(step);
        let height = step["height"].as_i64().unwrap();
        let block = Block {
            height: Height(height),
            time: Timestamp::from_secs(1_700_000_000 + 6 * height),
        };
        let before = self.ledger.hash();
        match self.ledger.escrow(block, &operation) {
            Ok(result) => {
                let hooks: Vec<String> = result.changes.iter().filter_map(hook).collect();
                if !hooks.is_empty() {
                    answer["hooks"] = json!(hooks);
                }
                if matches!(operation, EscrowOperation::Settle { .. }) {
                    answer["returned"] = json!(result.overdrawn);
                }
            }
            Err(error) => {
                assert_eq!(self.ledger.hash(), before, "a refusal left a trace");
                answer["error"] = vectors::error(&error);
            }
        }
        answer
    }

    fn state(&self) -> Value {
        let accounts: Vec<Value> = self
            .accounts
            .values()
            .filter_map(|id| self.read(&Key::EscrowAccount(id.clone())))
            .collect();
        let payments: Vec<Value> = self
            .payments
            .values()
            .filter_map(|id| self.read(&Key::EscrowPayment(id.clone())))
            .map(|mut payment| {
                let id = format!("deployment/{}", payment["id"].as_str().unwrap());
                payment["id"] = json!(id);
                payment
            })
            .collect();
        let mut state = json!({
            "accounts": accounts,
            "payments": payments,
            "balances": balances(&self.ledger, &self.names),
        });
        if self.grants {
            state["grants"] = self.read_grants();
        }
        state
    }

    fn read(&self, key: &Key) -> Option<Value> {
        match self.ledger.get(key)? {
            Entity::EscrowAccount(account) => Some(serde_json::to_value(account).unwrap()),
            Entity::EscrowPayment(payment) => Some(serde_json::to_value(payment).unwrap()),
            other => panic!("{other:?}"),
        }
    }

    fn read_grants(&self) -> Value {
        let mut grants = Vec::new();
        for (name, address) in self.names.iter() {
            let filter = Filter::Grants {
                grantee: address.clone(),
            };
            for entity in self.ledger.list(&filter, &Page::default()).unwrap().items {
                let Entity::Grant(grant) = entity else {
                    panic!("{entity:?}")
                };
                grants.push(json!({
                    "granter": self.name_of(&grant.granter),
                    "grantee": name,
                    "scopes": grant.scopes,
                    "spend_limits": grant.spend_limits,
                }));
            }
        }
        grants.sort_by_key(|g| g["granter"].to_string());
        json!(grants)
    }

    fn name_of(&self, address: &Address) -> &str {
        let found = self.names.iter().find(|(_, a)| *a == address);
        found.unwrap().0
    }
}

/// Balances of all named accounts and of the escrow module.
pub(crate) fn balances(ledger: &Ledger, names: &Names) -> Value {
    let coins = |address: &Address| -> Vec<Value> {
        let coins = ledger.bank().coins(address);
        coins.map(|c| serde_json::to_value(c).unwrap()).collect()
    };
    let mut all: Vec<Value> = names
        .iter()
        .map(|(name, address)| json!({"account": name, "coins": coins(address)}))
        .collect();
    all.push(json!({"account": "module:escrow", "coins": coins(&ledger.modules().escrow)}));
    json!(all)
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

#[test]
fn every_step_equals_the_reference() {
    let mut steps = 0;
    for vector in vectors::load("escrow/escrow.json") {
        let name = vector["name"].as_str().unwrap();
        let mut run = Run::new(&vector["setup"]);
        let mut shown = None;
        for (index, step) in vector["steps"].as_array().unwrap().iter().enumerate() {
            let mut answer = run.step(step);
            if let Some(state) = step.get("state") {
                shown = Some(state.clone());
            }
            let found = run.state();
            if let Some(expected) = &shown {
                assert_eq!(&found, expected, "{name}, state after step {index}: {step}");
            }
            if let Some(state) = step.get("state") {
                answer["state"] = state.clone();
            }
            assert_eq!(&answer, step, "{name}, step {index}");
            run.ledger.invariants().unwrap();
            steps += 1;
        }
    }
    assert!(steps > 1_500, "{steps}");
}
