//! The Burn-Mint Equilibrium with a bank and a price that the scenario sets.

use super::field::{Fields, only, vectors};
use super::step::{self, World};
use super::{Case, Failure};
use akash_market::address::Address;
use akash_market::bank::{Bank, Modules};
use akash_market::bme::{
    self, Bme, BmeEnv, MintStatus, Record, RecordId, RecordState, denom_to_mint,
};
use akash_market::change::Change;
use akash_market::error::{Error, OracleError};
use akash_market::id::Height;
use akash_market::oracle::PriceSource;
use akash_market::params::BmeParams;
use akash_market::time::{Block, Timestamp};
use akash_sdl::num::{Coin, Dec, Denom};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    Ok(step::cases::<Equilibrium>(vectors(file, "vectors")?))
}

/// The price of AKT in USD; ACT is one dollar.
#[derive(Clone)]
struct Feed(Option<Dec>);

impl Feed {
    /// No price means that it has gone stale.
    fn of(value: &Value) -> Result<Self, Failure> {
        let price = value.some_text("akt_price").map(str::parse);
        Ok(Self(price.transpose()?))
    }
}

impl PriceSource for Feed {
    fn price(&self, denom: &Denom) -> Result<Dec, Error> {
        if *denom == Denom::UACT {
            return Ok(Dec::ONE);
        }
        self.0.ok_or_else(|| OracleError::PriceStalled.into())
    }
}

#[derive(Clone)]
struct Equilibrium {
    addresses: BTreeMap<String, Address>,
    /// Whose balances are told, in order.
    holders: Vec<String>,
    modules: Modules,
    bank: Bank,
    bme: Bme,
    params: BmeParams,
    feed: Feed,
    height: i64,
}

enum Step {
    Price(Feed),
    Params(BmeParams),
    Blocks(u64),
    Fund {
        authority: Address,
        source: Address,
        amount: Coin,
    },
    Request {
        owner: Address,
        to: Address,
        burn: Coin,
        /// What to mint, or why there is no such denom.
        denom: Result<Denom, Error>,
    },
}

struct Done {
    result: Result<Option<RecordId>, Error>,
    /// What happened, with the height if it was told for a block.
    changes: Vec<(Option<i64>, Change)>,
}

impl World for Equilibrium {
    const RESULTS: &'static [&'static str] = &["error", "events", "record_id", "state"];
    const INPUTS: &'static [&'static str] = &[
        "op",
        "owner",
        "to",
        "coin",
        "denom_to_mint",
        "blocks",
        "akt_price",
        "params",
    ];
    type Step = Step;
    type Done = Done;

    fn new(vector: &Value) -> Result<Self, Failure> {
        only(vector, &[&["name", "category", "setup", "steps"]])?;
        let setup = vector.at("setup");
        only(
            setup,
            &[&["addresses", "balances", "vault", "params", "akt_price"]],
        )?;
        let params: BmeParams = setup.read("params")?;
        let mut world = Self {
            addresses: setup.read("addresses")?,
            holders: Vec::new(),
            modules: Modules::new("akash")?,
            bank: Bank::default(),
            bme: Bme::new(&params),
            params,
            feed: Feed::of(setup)?,
            height: 1,
        };
        for entry in setup.list("balances") {
            let holder = world.address(entry, "account")?;
            for coin in entry.read::<Vec<Coin>>("coins")? {
                world.bank.mint(&holder, &coin, &mut Vec::new())?;
            }
            world.holders.push(entry.text("account")?.to_owned());
        }
        for coin in setup.read::<Vec<Coin>>("vault")? {
            let vault = &world.modules.bme;
            world.bank.mint(vault, &coin, &mut Vec::new())?;
        }
        Ok(world)
    }

    fn read(&self, step: &Value) -> Result<Step, Failure> {
        Ok(match step.text("op")? {
            "set_price" => Step::Price(Feed::of(step)?),
            "set_params" => Step::Params(step.read("params")?),
            "end_blocks" => Step::Blocks(step.read("blocks")?),
            "fund_vault" => Step::Fund {
                authority: self.address(step, "to")?,
                source: self.address(step, "owner")?,
                amount: step.read("coin")?,
            },
            op => Step::Request {
                owner: self.address(step, "owner")?,
                to: self.address(step, "to")?,
                burn: step.read("coin")?,
                denom: match op {
                    "mint_act" => Ok(Denom::UACT),
                    "burn_act" => Ok(Denom::UAKT),
                    "burn_mint" => denom_to_mint(step.text("denom_to_mint")?).map_err(Error::from),
                    other => return Err(format!("there is no operation `{other}`").into()),
                },
            },
        })
    }

    fn take(&mut self, step: &Step) -> Result<Done, Failure> {
        let mut done = Done {
            result: Ok(None),
            changes: Vec::new(),
        };
        let mut changes = Vec::new();
        match step {
            Step::Price(feed) => self.feed = feed.clone(),
            Step::Params(params) => match params.validate() {
                Ok(()) => self.params = params.clone(),
                Err(error) => done.result = Err(error.into()),
            },
            Step::Blocks(blocks) => {
                for _ in 0..*blocks {
                    self.with(&mut changes, |bme, env| bme.end_block(env))?;
                    let height = self.height;
                    done.changes
                        .extend(changes.drain(..).map(|change| (Some(height), change)));
                    self.height = height.saturating_add(1);
                }
            }
            Step::Fund {
                authority,
                source,
                amount,
            } => {
                done.result = self
                    .with(&mut changes, |bme, env| {
                        bme.fund_vault(authority, amount, source, env)
                    })
                    .map(|()| None);
            }
            Step::Request {
                owner,
                to,
                burn,
                denom,
            } => {
                // The denom to mint is the last thing that is looked at in the message.
                let form = bme::check_request(owner, to, burn, Some(&self.modules.prefix));
                done.result = form.and_then(|()| denom.clone()).and_then(|denom| {
                    self.with(&mut changes, |bme, env| {
                        bme.request(owner, to, burn, &denom, env)
                    })
                    .map(Some)
                });
            }
        }
        done.changes
            .extend(changes.into_iter().map(|change| (None, change)));
        Ok(done)
    }

    fn tell(&self, done: &Done) -> Result<Map<String, Value>, Failure> {
        let mut told = Map::new();
        match &done.result {
            Ok(None) => {}
            Ok(Some(id)) => {
                told.insert("record_id".to_owned(), json!(id.to_string()));
            }
            Err(error) => {
                told.insert("error".to_owned(), step::refusal(error));
            }
        }
        let mut events = Vec::new();
        for (height, change) in &done.changes {
            for mut event in step::events(std::slice::from_ref(change))? {
                let attributes = event.get_mut("attributes").and_then(Value::as_object_mut);
                if let (Some(height), Some(attributes)) = (height, attributes) {
                    attributes.insert("_height".to_owned(), json!(height));
                }
                events.push(event);
            }
        }
        if !events.is_empty() {
            told.insert("events".to_owned(), events.into());
        }
        Ok(told)
    }

    fn state(&self) -> Result<Value, Failure> {
        let vault = &self.modules.bme;
        let report = self.bme.vault(&self.bank, vault);
        let supply = [Denom::UACT, Denom::UAKT].map(|denom| {
            let amount = self.bank.supply(&denom);
            Coin::from_int(denom, amount)
        });
        let balances = self.holders.iter().map(|name| {
            let holder = self.addresses.get(name);
            let coins = holder.map(|holder| self.bank.coins(holder).collect::<Vec<_>>());
            json!({"account": name, "coins": coins})
        });
        let (ratio, text) = match self.bme.collateral_ratio(&self.bank, vault, &self.feed) {
            Ok(ratio) => ("collateral_ratio", json!(ratio)),
            Err(error) => ("collateral_ratio_error", json!(error.to_string())),
        };
        Ok(json!({
            "height": self.height,
            "status": status(self.bme.status())?,
            "previous_status": status(self.bme.previous_status())?,
            "epoch_height_diff": self.bme.epoch_height_diff(),
            "next_mint_epoch": self.bme.next_mint_epoch().0,
            "next_burn_epoch": self.bme.next_burn_epoch().0,
            "vault": self.bank.coins(vault).collect::<Vec<_>>(),
            "supply": supply.into_iter().collect::<Result<Vec<_>, _>>()?,
            "total_burned": report.total_burned,
            "total_minted": report.total_minted,
            "remint_credits": report.remint_credits,
            "balances": balances.collect::<Vec<_>>(),
            "records": self.bme.records().map(|stored| record(&stored)).collect::<Vec<_>>(),
            ratio: text,
        }))
    }

    /// Settings show in the next state only.
    fn is_looked_at(step: &Step) -> bool {
        !matches!(step, Step::Price(_) | Step::Params(_))
    }
}

impl Equilibrium {
    fn address(&self, value: &Value, member: &str) -> Result<Address, Failure> {
        let name = value.text(member)?;
        match self.addresses.get(name) {
            _ if name == "gov" => Ok(self.modules.gov.clone()),
            Some(address) => Ok(address.clone()),
            None => Ok(name.parse()?),
        }
    }

    fn with<R>(
        &mut self,
        changes: &mut Vec<Change>,
        run: impl FnOnce(&mut Bme, &mut BmeEnv<'_>) -> R,
    ) -> R {
        let mut env = BmeEnv {
            block: Block {
                height: Height(self.height),
                time: Timestamp::from_secs(self.height),
            },
            params: &self.params,
            modules: &self.modules,
            prices: &self.feed,
            bank: &mut self.bank,
            changes,
        };
        run(&mut self.bme, &mut env)
    }
}

fn status(status: MintStatus) -> Result<String, Failure> {
    let name = serde_json::to_value(status)?;
    let name = name.as_str().ok_or("a mint status must have a name")?;
    Ok(format!("mint_status_{name}"))
}

fn record(record: &Record) -> Value {
    let (status, body) = match &record.state {
        RecordState::Pending {
            owner,
            to,
            coins_to_burn,
            denom_to_mint,
            attempts,
        } => (
            "pending",
            json!({"owner": owner, "to": to, "coins_to_burn": coins_to_burn,
                "denom_to_mint": denom_to_mint, "attempts": attempts}),
        ),
        RecordState::Executed(executed) => ("executed", json!(executed)),
        RecordState::Canceled {
            owner,
            to,
            coins_to_burn,
            denom_to_mint,
            reason,
        } => (
            "canceled",
            json!({"owner": owner, "to": to, "coins_to_burn": coins_to_burn,
                "denom_to_mint": denom_to_mint, "cancel_reason": reason}),
        ),
    };
    json!({"id": record.id.to_string(), "status": status, "record": body})
}
