//! The recorded run of a real node, as far as epochs, oracle and burn-mint equilibrium go: every block's events, the
//! code of every transaction to them and every answer to a query.

use crate::rfc3339;
use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::bme::{MintStatus, Record, RecordState};
use akash_market::change::Change;
use akash_market::id::Height;
use akash_market::ledger::{Genesis, Ledger};
use akash_market::oracle::{AggregatedPrice, PairId};
use akash_market::params::{OracleParams, Params, ParamsChange};
use akash_market::query::{Entity, Filter, Key, Page};
use akash_market::time::{Block, Nanos};
use akash_sdl::num::{Coin, Denom};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn read(file: &str) -> Value {
    let path = format!("{}/../vectors/chain/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn number(value: &Value) -> i64 {
    let of_text = |t: &str| t.trim_end_matches('s').parse().unwrap();
    value.as_i64().unwrap_or_else(|| of_text(text(value)))
}

/// The ledger of the recorded genesis, without its staking and governance.
fn genesis(recorded: &Value) -> Ledger {
    let mut bme = recorded["params"]["bme"].clone();
    bme["min_epoch_blocks"] = json!(number(&bme["min_epoch_blocks"]));
    let oracle = &recorded["params"]["oracle"];
    let seconds = |name: &str| Nanos::from_secs(number(&oracle[name]));
    let params = Params {
        bme: serde_json::from_value(bme).unwrap(),
        oracle: OracleParams {
            sources: serde_json::from_value(oracle["sources"].clone()).unwrap(),
            min_price_sources: u32::try_from(number(&oracle["min_price_sources"])).unwrap(),
            max_price_staleness_period: seconds("max_price_staleness_period"),
            max_price_deviation_bps: number(&oracle["max_price_deviation_bps"]).unsigned_abs(),
            twap_window: seconds("twap_window"),
            price_retention: seconds("price_retention"),
            prune_epoch: text(&oracle["prune_epoch"]).to_owned(),
            max_prune_per_epoch: number(&oracle["max_prune_per_epoch"]),
            max_future_time_drift: seconds("max_future_time_drift"),
        },
        ..Params::default()
    };
    let mut genesis = Genesis::default().params(params);
    for list in ["accounts", "module_accounts"] {
        for account in recorded[list].as_array().unwrap() {
            let owner: Address = text(&account["address"]).parse().unwrap();
            for (denom, amount) in account["balances"].as_object().unwrap() {
                let coin: Coin = format!("{}{denom}", text(amount)).parse().unwrap();
                genesis = genesis.balance(owner.clone(), coin);
            }
        }
    }
    let named = recorded["epochs"].as_array().unwrap();
    assert!(
        genesis
            .epochs
            .iter()
            .map(|e| e.identifier.as_str())
            .eq(named.iter().map(|e| text(&e["id"])))
    );
    Ledger::new(genesis).unwrap()
}

/// `None` for messages to other modules.
fn action(message: &Value) -> Option<Action> {
    let (_, name) = text(&message["@type"]).rsplit_once("/akash.")?;
    let who = |field: &str| -> Address { text(&message[field]).parse().unwrap() };
    let burn = |to_denom: &str| Action::BurnMint {
        owner: who("owner"),
        to: who("to"),
        coins_to_burn: serde_json::from_value(message["coins_to_burn"].clone()).unwrap(),
        denom_to_mint: Denom::new(to_denom).unwrap(),
    };
    Some(match name {
        "bme.v1.MsgMintACT" => burn("uact"),
        "bme.v1.MsgBurnACT" => burn("uakt"),
        "bme.v1.MsgBurnMint" => burn(text(&message["denom_to_mint"])),
        "bme.v1.MsgFundVault" => Action::FundVault {
            authority: who("authority"),
            amount: serde_json::from_value(message["amount"].clone()).unwrap(),
            source: who("source"),
        },
        "oracle.v2.MsgUpdateParams" => Action::UpdateParams {
            authority: who("authority"),
            params: Box::new(ParamsChange::Oracle(OracleParams::default())),
        },
        "oracle.v2.MsgAddPriceEntry" => Action::AddPrice {
            signer: who("signer"),
            pair: serde_json::from_value(message["id"].clone()).unwrap(),
            price: text(&message["price"]).parse().unwrap(),
            timestamp: rfc3339::parse(text(&message["timestamp"])),
        },
        _ => return None,
    })
}

fn quoted(value: impl std::fmt::Display + Copy) -> Value {
    json!(value.to_string())
}

fn status(status: MintStatus) -> String {
    let name = serde_json::to_value(status).unwrap();
    format!("mint_status_{}", text(&name))
}

fn aggregate(price: &AggregatedPrice) -> Value {
    json!({"denom": price.denom, "twap": price.twap, "median_price": price.median_price,
        "min_price": price.min_price, "max_price": price.max_price,
        "timestamp": rfc3339::format(price.timestamp), "num_sources": price.num_sources,
        "deviation_bps": quoted(price.deviation_bps)})
}

/// A record as the query answers: id, status, and the record under its status.
fn record(record: &Record) -> Value {
    let id = &record.id;
    let mut answer = json!({"id": {"denom": id.denom, "to_denom": id.to_denom,
        "source": id.source, "height": quoted(id.height), "sequence": quoted(id.sequence)}});
    let mut body = serde_json::to_value(&record.state).unwrap();
    let body = body.as_object_mut().unwrap();
    let status = body.remove("status").unwrap();
    if let Some(reason) = body.remove("reason") {
        body.insert("cancel_reason".to_owned(), reason);
    }
    answer["status"] = json!(format!("ledger_record_status_{}", text(&status)));
    answer[format!("{}_record", text(&status))] = json!(body);
    answer
}

/// The chain's event for a change in a block's begin or end.
fn event(change: &Change) -> Option<(String, Value)> {
    let (name, attributes) = match change {
        Change::EpochStarted {
            number, start_time, ..
        } => (
            "epochs.v1beta1.EventEpochStart",
            json!({"epoch_number": quoted(number), "epoch_start_time": quoted(start_time)}),
        ),
        Change::EpochEnded { number, .. } => (
            "epochs.v1beta1.EventEpochEnd",
            json!({"epoch_number": quoted(number)}),
        ),
        Change::PriceAggregated { price } => (
            "oracle.v2.EventAggregatedPrice",
            json!({"price": aggregate(price)}),
        ),
        Change::PriceRecovered { pair, height } => (
            "oracle.v2.EventPriceRecovered",
            json!({"id": pair, "height": quoted(height)}),
        ),
        Change::PriceStaled { pair, last_height } => (
            "oracle.v2.EventPriceStaled",
            json!({"id": pair, "last_height": quoted(last_height)}),
        ),
        Change::MintStatusChanged {
            previous,
            current,
            collateral_ratio,
        } => (
            "bme.v1.EventMintStatusChange",
            json!({"previous_status": status(*previous), "new_status": status(*current),
                "collateral_ratio": collateral_ratio}),
        ),
        Change::BurnMintSettled { record: settled } => {
            let answer = record(settled);
            let (name, key) = match settled.state {
                RecordState::Executed(_) => ("Executed", "executed_record"),
                _ => ("Canceled", "canceled_record"),
            };
            let mut attributes = answer[key].clone();
            attributes["id"] = answer["id"].clone();
            return Some((format!("akash.bme.v1.EventLedgerRecord{name}"), attributes));
        }
        _ => return None,
    };
    Some((format!("akash.{name}"), attributes))
}

/// What a begin or end of a block is recorded to have told.
fn recorded_events(block: &Value, mode: &str) -> Vec<(String, Value)> {
    let mut events = Vec::new();
    for event in block["events"].as_array().unwrap() {
        let mut attributes: BTreeMap<&str, &str> = event["attributes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| (text(&pair[0]), text(&pair[1])))
            .collect();
        if attributes.remove("mode") == Some(mode) {
            let attributes: BTreeMap<_, Value> = attributes
                .into_iter()
                .map(|(key, value)| (key, serde_json::from_str(value).unwrap()))
                .collect();
            events.push((text(&event["type"]).to_owned(), json!(attributes)));
        }
    }
    events
}

fn records(ledger: &Ledger, request: &Value) -> Vec<Value> {
    let filter = |name: &str| request["filters"][name].as_str().unwrap_or_default();
    let mut page = Page {
        after: None,
        // Pages of two, to see that they fit together.
        limit: 2,
    };
    let by_source = Filter::BurnMints {
        source: filter("source").parse().ok(),
    };
    let mut found = Vec::new();
    loop {
        let listing = ledger.list(&by_source, &page).unwrap();
        found.extend(listing.items.into_iter().map(|item| match item {
            Entity::BurnMint(found) => {
                assert_eq!(
                    ledger.get(&Key::BurnMint(found.id.clone())),
                    Some(Entity::BurnMint(found.clone()))
                );
                record(&found)
            }
            other => panic!("{other:?} is no request"),
        }));
        page.after = listing.next;
        if page.after.is_none() {
            break;
        }
    }
    let limit = request["pagination"]["limit"]
        .as_str()
        .map_or(100, |l| l.parse().unwrap());
    found.retain(|r| {
        ["denom", "to_denom"]
            .iter()
            .all(|name| filter(name).is_empty() || filter(name) == r["id"][name])
    });
    found.truncate(limit);
    found
}

/// The answer to a query, or `None` where the chain answers an error.
fn answer(ledger: &Ledger, method: &str, request: &Value) -> Option<Value> {
    Some(match method {
        "/akash.bme.v1.Query/Status" => {
            let Entity::BmeStatus(report) = ledger.get(&Key::BmeStatus)? else {
                panic!("no status")
            };
            let mut answer = serde_json::to_value(&report).unwrap();
            answer["status"] = json!(status(report.status));
            answer
        }
        "/akash.bme.v1.Query/VaultState" => match ledger.get(&Key::Vault)? {
            Entity::Vault(vault) => json!({"vault_state": vault}),
            other => panic!("{other:?} is no vault"),
        },
        "/akash.bme.v1.Query/LedgerRecords" => json!({"records": records(ledger, request)}),
        "/akash.oracle.v2.Query/Prices" => {
            let prices = ledger.oracle().entries().rev().map(|e| {
                json!({"id": {"source": e.source, "denom": e.pair.denom,
                    "base_denom": e.pair.base_denom, "timestamp": rfc3339::format(e.timestamp),
                    "sequence": quoted(e.sequence)}, "state": {"price": e.price}})
            });
            json!({"prices": prices.collect::<Vec<_>>()})
        }
        "/akash.oracle.v2.Query/AggregatedPrice" => {
            let pair = PairId {
                denom: text(&request["denom"]).to_owned(),
                base_denom: PairId::USD.to_owned(),
            };
            match ledger.get(&Key::Price(pair))? {
                Entity::Price { price, health } => {
                    json!({"aggregated_price": aggregate(&price?), "price_health": health?})
                }
                other => panic!("{other:?} is no price"),
            }
        }
        "/akash.epochs.v1beta1.Query/EpochInfos" => {
            let epochs = ledger.epochs().map(|e| {
                json!({"id": e.identifier, "start_time": rfc3339::format(e.start_time),
                    "duration": format!("{}s", e.duration.0 / 1_000_000_000),
                    "current_epoch": quoted(e.current_epoch),
                    "current_epoch_start_time": rfc3339::format(e.current_epoch_start_time),
                    "epoch_counting_started": e.epoch_counting_started,
                    "current_epoch_start_height": quoted(e.current_epoch_start_height)})
            });
            json!({"epochs": epochs.collect::<Vec<_>>()})
        }
        other => panic!("{other} is not answered here"),
    })
}

#[test]
fn every_block_of_the_recorded_run() {
    let mut ledger = genesis(&read("genesis.json"));
    let mut files = BTreeMap::new();
    for row in read("tx-index.json").as_array().unwrap() {
        files.insert(text(&row["tx_hash"]).to_owned(), row.clone());
    }
    let asked = [
        "Status",
        "VaultState",
        "LedgerRecords",
        "Prices",
        "AggregatedPrice",
        "EpochInfos",
    ];
    let queries: Vec<Value> = read("query-index.json").as_array().unwrap().clone();
    let (mut judged, mut answered) = (0, 0);
    for recorded in read("blocks.json").as_array().unwrap() {
        let height = number(&recorded["height"]);
        let block = Block {
            height: Height(height),
            time: rfc3339::parse(text(&recorded["time"])),
        };
        let told = |changes: Vec<Change>| changes.iter().filter_map(event).collect::<Vec<_>>();
        let begun = told(ledger.begin_block(block));
        assert_eq!(begun, recorded_events(recorded, "BeginBlock"), "{height}");
        for hash in recorded["txs"].as_array().unwrap() {
            let row = &files[text(hash)];
            for message in read(text(&row["file"]))["messages"].as_array().unwrap() {
                let Some(action) = action(message) else {
                    continue;
                };
                let before = ledger.hash();
                let code = match ledger.apply(block, &Batch::from(action)) {
                    Ok(_) => json!(["", 0]),
                    Err(refused) => {
                        assert!(!refused.stateless, "{row}");
                        assert_eq!(ledger.hash(), before);
                        json!([refused.error.code().codespace, refused.error.code().code])
                    }
                };
                assert_eq!(code, json!([row["codespace"], row["code"]]), "{row}");
                judged += 1;
            }
        }
        let ended = told(ledger.end_block(block));
        assert_eq!(ended, recorded_events(recorded, "EndBlock"), "{height}");
        ledger.invariants().unwrap();
        for row in queries.iter().filter(|q| q["height"] == height) {
            let method = text(&row["method"]);
            let modules = [".bme.", ".oracle.", ".epochs."];
            if !modules.iter().any(|m| method.contains(m))
                || !asked.iter().any(|m| method.ends_with(m))
            {
                continue;
            }
            let query = read(text(&row["file"]));
            let mut expected = query["rest_json"].clone();
            let found = answer(&ledger, method, &query["request_json"]);
            if row["rest_status"] == 200 {
                expected.as_object_mut().unwrap().remove("pagination");
                assert_eq!(found, Some(expected), "{row}");
            } else {
                assert_eq!(found, None, "{row}");
            }
            answered += 1;
        }
    }
    assert_eq!((judged, answered), (23, 32));
    // Refused for its form alone, before any block.
    let other = read("tx-index.json").as_array().unwrap().clone();
    let other = other
        .iter()
        .find(|r| r["name"] == "bme-mint-other-to")
        .unwrap();
    let action = action(&read(text(&other["file"]))["messages"][0]).unwrap();
    let error = ledger.validate_basic(&action).unwrap_err();
    assert_eq!(json!(error.code().code), other["code"]);
}
