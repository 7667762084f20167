//! Golden scenarios of node x/bme: after every step errors, events and the whole state are equal.

mod machine;
mod property;

use crate::vectors;
use akash_market::address::Address;
use akash_market::bank::{Bank, Modules};
use akash_market::bme::{
    Bme, BmeEnv, CancelReason, CoinPrice, ExecutedRecord, MintStatus, Record, RecordId,
    RecordState, denom_to_mint,
};
use akash_market::change::Change;
use akash_market::error::{Error, OracleError};
use akash_market::id::Height;
use akash_market::oracle::PriceSource;
use akash_market::params::BmeParams;
use akash_market::time::{Block, Timestamp};
use akash_sdl::num::{Coin, Dec, Denom};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A price of AKT that the test sets.
struct Feed(Option<Dec>);

impl PriceSource for Feed {
    fn price(&self, denom: &Denom) -> Result<Dec, Error> {
        if *denom == Denom::UACT {
            return Ok(Dec::ONE);
        }
        self.0.ok_or_else(|| OracleError::PriceStalled.into())
    }
}

/// The equilibrium with a bank, and nothing else of a chain.
struct World {
    modules: Modules,
    bank: Bank,
    bme: Bme,
    params: BmeParams,
    feed: Feed,
    height: i64,
    changes: Vec<Change>,
}

impl World {
    fn new(params: BmeParams, akt_price: Option<Dec>) -> Self {
        Self {
            modules: Modules::new("akash").unwrap(),
            bank: Bank::default(),
            bme: Bme::new(&params),
            params,
            feed: Feed(akt_price),
            height: 1,
            changes: Vec::new(),
        }
    }

    fn with<R>(&mut self, run: impl FnOnce(&mut Bme, &mut BmeEnv<'_>) -> R) -> R {
        let mut env = BmeEnv {
            block: Block {
                height: Height(self.height),
                time: Timestamp::from_secs(self.height),
            },
            params: &self.params,
            modules: &self.modules,
            prices: &self.feed,
            bank: &mut self.bank,
            changes: &mut self.changes,
        };
        run(&mut self.bme, &mut env)
    }

    fn end_block(&mut self) {
        self.with(|bme, env| bme.end_block(env)).unwrap();
        self.height += 1;
    }

    fn give(&mut self, to: &Address, coins: &Value) {
        for coin in coins.as_array().unwrap() {
            let coin: Coin = serde_json::from_value(coin.clone()).unwrap();
            self.bank.mint(to, &coin, &mut Vec::new()).unwrap();
        }
    }

    fn state(&self, accounts: &[(String, Address)]) -> Value {
        let vault = &self.modules.bme;
        let report = self.bme.vault(&self.bank, vault);
        let supply = [Denom::UACT, Denom::UAKT]
            .map(|denom| Coin::from_int(denom.clone(), self.bank.supply(&denom)).unwrap());
        let mut state = json!({
            "height": self.height,
            "status": status(self.bme.status()),
            "previous_status": status(self.bme.previous_status()),
            "epoch_height_diff": self.bme.epoch_height_diff(),
            "next_mint_epoch": self.bme.next_mint_epoch().0,
            "next_burn_epoch": self.bme.next_burn_epoch().0,
            "vault": self.bank.coins(vault).collect::<Vec<_>>(),
            "supply": supply,
            "total_burned": report.total_burned,
            "total_minted": report.total_minted,
            "remint_credits": report.remint_credits,
            "balances": accounts.iter().map(|(name, address)| json!({
                "account": name,
                "coins": self.bank.coins(address).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "records": self.bme.records().map(|r| record(&r)).collect::<Vec<_>>(),
        });
        match self.bme.collateral_ratio(&self.bank, vault, &self.feed) {
            Ok(ratio) => state["collateral_ratio"] = json!(ratio),
            Err(error) => state["collateral_ratio_error"] = json!(error.to_string()),
        }
        state
    }
}

fn status(status: MintStatus) -> String {
    let name = serde_json::to_value(status).unwrap();
    format!("mint_status_{}", name.as_str().unwrap())
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

fn id_json(id: &RecordId) -> Value {
    json!({"denom": id.denom, "to_denom": id.to_denom, "source": id.source,
        "height": id.height.to_string(), "sequence": id.sequence.to_string()})
}

/// The chain's event for a change; none for what the chain has no bme event for.
fn event(change: &Change, height: Option<i64>) -> Option<Value> {
    let (name, mut attributes) = match change {
        Change::MintStatusChanged {
            previous,
            current,
            collateral_ratio,
        } => (
            "EventMintStatusChange",
            json!({"previous_status": status(*previous), "new_status": status(*current),
                "collateral_ratio": collateral_ratio}),
        ),
        Change::VaultFunded {
            amount,
            source,
            new_vault_balance,
        } => (
            "EventVaultFunded",
            json!({"amount": amount, "source": source, "new_vault_balance": new_vault_balance}),
        ),
        Change::BurnMintSettled { record: settled } => {
            let body = record(settled)["record"].clone();
            match settled.state {
                RecordState::Executed(_) => ("EventLedgerRecordExecuted", body),
                _ => ("EventLedgerRecordCanceled", body),
            }
        }
        _ => return None,
    };
    if let Change::BurnMintSettled { record } = change {
        attributes["id"] = id_json(&record.id);
    }
    if let Some(height) = height {
        attributes["_height"] = json!(height);
    }
    Some(json!({"type": format!("akash.bme.v1.{name}"), "attributes": attributes}))
}

fn play(vector: &Value) {
    let setup = &vector["setup"];
    let price = |v: &Value| v.as_str().map(|text| text.parse().unwrap());
    let params: BmeParams = serde_json::from_value(setup["params"].clone()).unwrap();
    let mut world = World::new(params, price(&setup["akt_price"]));
    let names: BTreeMap<String, Address> =
        serde_json::from_value(setup["addresses"].clone()).unwrap();
    let mut accounts = Vec::new();
    for entry in setup["balances"].as_array().unwrap() {
        let name = entry["account"].as_str().unwrap();
        world.give(&names[name], &entry["coins"]);
        accounts.push((name.to_owned(), names[name].clone()));
    }
    let vault = world.modules.bme.clone();
    world.give(&vault, &setup["vault"]);

    let mut expected_state = None;
    for (at, step) in vector["steps"].as_array().unwrap().iter().enumerate() {
        let place = format!("{} step {at}: {}", vector["name"], step["op"]);
        world.changes.clear();
        let who = |field: &str| -> Address {
            match step[field].as_str().unwrap() {
                "gov" => world.modules.gov.clone(),
                name => names
                    .get(name)
                    .cloned()
                    .unwrap_or_else(|| name.parse().unwrap()),
            }
        };
        let coin = || -> Coin { serde_json::from_value(step["coin"].clone()).unwrap() };
        let mut events = Vec::new();
        let result: Result<Option<RecordId>, Error> = match step["op"].as_str().unwrap() {
            "set_price" => {
                world.feed = Feed(price(&step["akt_price"]));
                Ok(None)
            }
            "set_params" => {
                let params: BmeParams = serde_json::from_value(step["params"].clone()).unwrap();
                params.validate().map_err(Error::from).map(|()| {
                    world.params = params;
                    None
                })
            }
            "end_blocks" => {
                for _ in 0..step["blocks"].as_u64().unwrap() {
                    let height = world.height;
                    world.end_block();
                    events.extend(
                        world
                            .changes
                            .drain(..)
                            .filter_map(|c| event(&c, Some(height))),
                    );
                }
                Ok(None)
            }
            "fund_vault" => {
                let (authority, source, amount) = (who("to"), who("owner"), coin());
                world
                    .with(|bme, env| bme.fund_vault(&authority, &amount, &source, env))
                    .map(|()| None)
            }
            op => {
                let (owner, to, burn) = (who("owner"), who("to"), coin());
                let denom = match op {
                    "mint_act" => Ok(Denom::UACT),
                    "burn_act" => Ok(Denom::UAKT),
                    "burn_mint" => denom_to_mint(step["denom_to_mint"].as_str().unwrap()),
                    other => panic!("unknown op {other}"),
                };
                denom.map_err(Error::from).and_then(|denom| {
                    world
                        .with(|bme, env| bme.request(&owner, &to, &burn, &denom, env))
                        .map(Some)
                })
            }
        };
        match (&result, &step["error"]) {
            (Ok(id), Value::Null) => {
                let id = id.as_ref().map(ToString::to_string);
                assert_eq!(json!(id), step["record_id"], "{place}");
            }
            (Err(error), expected) => assert_eq!(&vectors::error(error), expected, "{place}"),
            (Ok(_), expected) => panic!("{place}: accepted instead of {expected}"),
        }
        events.extend(world.changes.iter().filter_map(|c| event(c, None)));
        let expected = step.get("events").cloned().unwrap_or_else(|| json!([]));
        assert_eq!(json!(events), expected, "{place}: events");
        if let Some(state) = step.get("state") {
            expected_state = Some(state.clone());
        }
        // Settings by the test itself show in the next recorded state only.
        let op = step["op"].as_str().unwrap();
        if let Some(expected) = expected_state.as_ref().filter(|_| !op.starts_with("set_")) {
            let state = world.state(&accounts);
            for (key, value) in expected.as_object().unwrap() {
                // A refused request leaves all as it was but for the price that was set before.
                if step["error"].is_null() || !key.starts_with("collateral_ratio") {
                    assert_eq!(state[key], *value, "{place}: {key}");
                }
            }
        }
    }
}

#[test]
fn golden_scenarios() {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../vectors/bme/bme.json"
    ))
    .unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(json!(vectors.len()), file["count"]);
    vectors.iter().for_each(play);
}

/// An account of the network by name.
fn account(name: &str) -> Address {
    Modules::address("akash", name).unwrap()
}

/// A world with a full vault, healthy from the end of block 1 on.
fn healthy(params: BmeParams) -> (World, Address) {
    let mut world = World::new(params, Some(Dec::ONE));
    let (owner, vault) = (account("owner"), world.modules.bme.clone());
    for coin in [Coin::uakt(1_000_000_000), Coin::uact(100_000_000)] {
        world.bank.mint(&owner, &coin, &mut Vec::new()).unwrap();
    }
    let full = Coin::uakt(1_000_000_000);
    world.bank.mint(&vault, &full, &mut Vec::new()).unwrap();
    world.end_block();
    assert_eq!(world.bme.status(), MintStatus::Healthy);
    (world, owner)
}

fn request(world: &mut World, owner: &Address, coin: &Coin) -> Result<RecordId, Error> {
    let to = if *coin.denom() == Denom::UAKT {
        Denom::UACT
    } else {
        Denom::UAKT
    };
    world.with(|bme, env| bme.request(owner, owner, coin, &to, env))
}

/// The table of a request's life in the documentation of `Bme`.
#[test]
fn every_way_of_a_request() {
    let (mut world, owner) = healthy(BmeParams::default());
    let executed = request(&mut world, &owner, &Coin::uakt(10_000_000)).unwrap();
    let small = request(&mut world, &owner, &Coin::uakt(9_999_999)).unwrap();
    let state = |world: &World, id: &RecordId| world.bme.record(id).unwrap().state;
    assert!(matches!(
        state(&world, &executed),
        RecordState::Pending { attempts: 0, .. }
    ));
    while world.height <= 11 {
        world.end_block();
    }
    assert!(matches!(
        state(&world, &executed),
        RecordState::Executed(record) if *record == ExecutedRecord {
            burned_from: owner.clone(),
            minted_to: owner.clone(),
            burner: "bme".to_owned(),
            minter: "bme".to_owned(),
            burned: None,
            minted: Some(CoinPrice { coin: Coin::uact(10_000_000), price: Dec::ONE }),
            spread: Coin::uact(25_000),
            remint_credit_issued: None,
            remint_credit_accrued: Some(CoinPrice { coin: Coin::uakt(10_000_000), price: Dec::ONE }),
        }
    ));
    assert!(matches!(
        state(&world, &small),
        RecordState::Canceled {
            reason: CancelReason::MinimumMint,
            ..
        }
    ));

    // A burn whose epochs find no price three times is given up.
    let burn = request(&mut world, &owner, &Coin::uact(1_000)).unwrap();
    let held = world.bank.coin(&owner, &Denom::UACT);
    world.feed = Feed(None);
    for (height, attempts) in [(20, 1), (30, 2)] {
        while world.height <= height {
            world.end_block();
        }
        assert!(
            matches!(state(&world, &burn), RecordState::Pending { attempts: a, .. } if a == attempts)
        );
    }
    while world.height <= 40 {
        world.end_block();
    }
    assert!(matches!(
        state(&world, &burn),
        RecordState::Canceled {
            reason: CancelReason::MaxAttempts,
            ..
        }
    ));
    assert_eq!(
        world.bank.coin(&owner, &Denom::UACT),
        held.add(&Coin::uact(1_000)).unwrap()
    );
}

/// The table of statuses, with what each lets through.
#[test]
fn every_status_and_what_it_allows() {
    let rows = [
        (Some("1.1"), MintStatus::Healthy, true, true),
        (Some("0.94"), MintStatus::Warning, true, true),
        (Some("0.9"), MintStatus::HaltCr, false, true),
        (Some("0"), MintStatus::HaltOracle, false, false),
        (None, MintStatus::HaltOracle, false, false),
    ];
    for (from, ..) in rows {
        for (price, status, mints, burns) in rows {
            let (mut world, owner) = healthy(BmeParams::default());
            // 1000 AKT in the vault stand against 1000 ACT.
            let more = Coin::uact(900_000_000);
            world.bank.mint(&owner, &more, &mut Vec::new()).unwrap();
            for price in [from, price] {
                world.feed = Feed(price.map(|p| p.parse().unwrap()));
                world.end_block();
            }
            assert_eq!(world.bme.status(), status);
            let mint = request(&mut world, &owner, &Coin::uakt(10_000_000));
            assert_eq!(mint.is_ok(), mints, "{price:?}");
            let burn = request(&mut world, &owner, &Coin::uact(10_000_000));
            assert_eq!(burn.is_ok(), burns, "{price:?}");
        }
    }
}

#[test]
fn an_unknown_source_cannot_fund_the_vault() {
    let (mut world, owner) = healthy(BmeParams::default());
    let (gov, escrow) = (world.modules.gov.clone(), world.modules.escrow.clone());
    let mut fund = |source: &Address, amount: u128| {
        let result = world.with(|bme, env| bme.fund_vault(&gov, &Coin::uakt(amount), source, env));
        result.map_err(|e| (e.code().codespace, e.code().code))
    };
    assert_eq!(fund(&account("nobody"), 1), Err(("bme", 10)));
    assert_eq!(fund(&escrow, 1), Err(("bme", 10)));
    assert_eq!(fund(&owner, 10_000_000_000), Err(("sdk", 5)));
    assert_eq!(fund(&owner, 5), Ok(()));
}
