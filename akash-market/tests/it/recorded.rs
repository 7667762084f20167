//! The recorded run of a real node, as far as epochs, oracle and burn-mint equilibrium go: every block's events, the
//! code of every transaction to them and every answer to a query.

use crate::rfc3339;
use akash_market::address::Address;
use akash_market::bank::{Bank, Modules};
use akash_market::bme::{Bme, BmeEnv, MintStatus, Record, RecordState};
use akash_market::change::Change;
use akash_market::epochs::Epoch;
use akash_market::error::{Error, SdkError};
use akash_market::id::Height;
use akash_market::oracle::{AggregatedPrice, Oracle, OracleEnv, PairId};
use akash_market::params::{BmeParams, OracleParams};
use akash_market::time::{Block, Nanos, Timestamp};
use akash_sdl::num::{Coin, Dec, Denom};
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

/// The three modules with a bank.
struct World {
    modules: Modules,
    bank: Bank,
    epochs: Vec<Epoch>,
    oracle: Oracle,
    bme: Bme,
    oracle_params: OracleParams,
    bme_params: BmeParams,
    block: Block,
    changes: Vec<Change>,
}

impl World {
    fn genesis(genesis: &Value) -> Self {
        let mut bme = genesis["params"]["bme"].clone();
        bme["min_epoch_blocks"] = json!(number(&bme["min_epoch_blocks"]));
        let bme_params: BmeParams = serde_json::from_value(bme).unwrap();
        let oracle = &genesis["params"]["oracle"];
        let seconds = |name: &str| Nanos::from_secs(number(&oracle[name]));
        let oracle_params = OracleParams {
            sources: serde_json::from_value(oracle["sources"].clone()).unwrap(),
            min_price_sources: u32::try_from(number(&oracle["min_price_sources"])).unwrap(),
            max_price_staleness_period: seconds("max_price_staleness_period"),
            max_price_deviation_bps: u64::try_from(number(&oracle["max_price_deviation_bps"]))
                .unwrap(),
            twap_window: seconds("twap_window"),
            price_retention: seconds("price_retention"),
            prune_epoch: text(&oracle["prune_epoch"]).to_owned(),
            max_prune_per_epoch: number(&oracle["max_prune_per_epoch"]),
            max_future_time_drift: seconds("max_future_time_drift"),
        };
        let time = rfc3339::parse(text(&genesis["genesis_time"]));
        let mut bank = Bank::default();
        for list in ["accounts", "module_accounts"] {
            for account in genesis[list].as_array().unwrap() {
                let owner: Address = text(&account["address"]).parse().unwrap();
                for (denom, amount) in account["balances"].as_object().unwrap() {
                    let coin: Coin = format!("{}{denom}", text(amount)).parse().unwrap();
                    bank.mint(&owner, &coin, &mut Vec::new()).unwrap();
                }
            }
        }
        let named: Vec<&str> = genesis["epochs"]
            .as_array()
            .unwrap()
            .iter()
            .map(|e| text(&e["id"]))
            .collect();
        let epochs = Epoch::genesis(time);
        assert!(epochs.iter().map(|e| e.identifier.as_str()).eq(named));
        Self {
            modules: Modules::new("akash").unwrap(),
            bank,
            epochs,
            oracle: Oracle::new(&oracle_params),
            bme: Bme::new(&bme_params),
            oracle_params,
            bme_params,
            block: Block::default(),
            changes: Vec::new(),
        }
    }

    fn oracle<R>(&mut self, run: impl FnOnce(&mut Oracle, &mut OracleEnv<'_>) -> R) -> R {
        let mut env = OracleEnv {
            block: self.block,
            params: &self.oracle_params,
            changes: &mut self.changes,
        };
        run(&mut self.oracle, &mut env)
    }

    fn bme<R>(&mut self, run: impl FnOnce(&mut Bme, &mut BmeEnv<'_>) -> R) -> R {
        let mut env = BmeEnv {
            block: self.block,
            params: &self.bme_params,
            modules: &self.modules,
            prices: &self.oracle,
            bank: &mut self.bank,
            changes: &mut self.changes,
        };
        run(&mut self.bme, &mut env)
    }

    fn begin_block(&mut self) {
        for at in 0..self.epochs.len() {
            let Some(step) = self.epochs[at].advance(self.block) else {
                continue;
            };
            if let Some(ended) = step.ended {
                self.changes.push(ended);
                let identifier = self.epochs[at].identifier.clone();
                self.oracle(|oracle, env| oracle.epoch_ended(&identifier, env));
            }
            self.changes.push(step.started);
        }
    }

    /// `None` for messages to other modules.
    fn message(&mut self, message: &Value) -> Option<Result<(), Error>> {
        let (_, name) = text(&message["@type"]).rsplit_once("/akash.")?;
        let who = |field: &str| -> Address { text(&message[field]).parse().unwrap() };
        let burn = |this: &mut Self, to_denom: &str| {
            let (owner, to) = (who("owner"), who("to"));
            let coin: Coin = serde_json::from_value(message["coins_to_burn"].clone()).unwrap();
            let denom = Denom::new(to_denom).unwrap();
            this.bme(|bme, env| bme.request(&owner, &to, &coin, &denom, env))
                .map(|_| ())
        };
        Some(match name {
            "bme.v1.MsgMintACT" => burn(self, "uact"),
            "bme.v1.MsgBurnACT" => burn(self, "uakt"),
            "bme.v1.MsgBurnMint" => burn(self, text(&message["denom_to_mint"])),
            "bme.v1.MsgFundVault" => {
                let amount: Coin = serde_json::from_value(message["amount"].clone()).unwrap();
                let (authority, source) = (who("authority"), who("source"));
                self.bme(|bme, env| bme.fund_vault(&authority, &amount, &source, env))
            }
            "oracle.v2.MsgUpdateParams" => Err(SdkError::NotGovernance {
                expected: self.modules.gov.clone(),
                got: who("authority"),
            }
            .into()),
            "oracle.v2.MsgAddPriceEntry" => {
                let pair: PairId = serde_json::from_value(message["id"].clone()).unwrap();
                let price: Dec = text(&message["price"]).parse().unwrap();
                let time = rfc3339::parse(text(&message["timestamp"]));
                let signer = who("signer");
                self.oracle(|oracle, env| oracle.add_price(&signer, &pair, price, time, env))
            }
            _ => return None,
        })
    }
}

fn quoted(value: impl ToString) -> Value {
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

/// The answer to a query, or `None` where the chain answers an error.
fn answer(world: &World, method: &str, request: &Value) -> Option<Value> {
    let vault = &world.modules.bme;
    Some(match method {
        "/akash.bme.v1.Query/Status" => {
            let report = world
                .bme
                .report(&world.bme_params, &world.bank, vault, &world.oracle)
                .ok()?;
            let mut answer = serde_json::to_value(&report).unwrap();
            answer["status"] = json!(status(report.status));
            answer
        }
        "/akash.bme.v1.Query/VaultState" => {
            json!({"vault_state": world.bme.vault(&world.bank, vault)})
        }
        "/akash.bme.v1.Query/LedgerRecords" => {
            let filter = |name: &str| request["filters"][name].as_str().unwrap_or_default();
            let limit = request["pagination"]["limit"]
                .as_str()
                .map_or(100, |l| l.parse().unwrap());
            let records: Vec<Value> = world
                .bme
                .records()
                .map(|r| record(&r))
                .filter(|r| {
                    ["source", "denom", "to_denom"]
                        .iter()
                        .all(|name| filter(name).is_empty() || filter(name) == r["id"][name])
                })
                .take(limit)
                .collect();
            json!({"records": records})
        }
        "/akash.oracle.v2.Query/Prices" => {
            let prices = world.oracle.entries().rev().map(|e| {
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
            json!({"aggregated_price": aggregate(world.oracle.aggregated(&pair)?),
                "price_health": world.oracle.health(&pair)?})
        }
        "/akash.epochs.v1beta1.Query/EpochInfos" => {
            let epochs = world.epochs.iter().map(|e| {
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
    let mut world = World::genesis(&read("genesis.json"));
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
    for block in read("blocks.json").as_array().unwrap() {
        let height = number(&block["height"]);
        let time: Timestamp = rfc3339::parse(text(&block["time"]));
        world.block = Block {
            height: Height(height),
            time,
        };
        let told = |world: &mut World| -> Vec<_> {
            let changes = std::mem::take(&mut world.changes);
            changes.iter().filter_map(event).collect()
        };
        world.begin_block();
        assert_eq!(
            told(&mut world),
            recorded_events(block, "BeginBlock"),
            "begin {height}"
        );
        for hash in block["txs"].as_array().unwrap() {
            let row = &files[text(hash)];
            for message in read(text(&row["file"]))["messages"].as_array().unwrap() {
                if let Some(result) = world.message(message) {
                    let code = result.map_or_else(|e| e.code().code, |()| 0);
                    assert_eq!(json!(code), row["code"], "{row}");
                    judged += 1;
                }
            }
        }
        world.changes.clear();
        world.bme(Bme::end_block).unwrap();
        world.oracle(Oracle::end_block).unwrap();
        assert_eq!(
            told(&mut world),
            recorded_events(block, "EndBlock"),
            "end {height}"
        );
        for row in queries.iter().filter(|q| q["height"] == height) {
            let method = text(&row["method"]);
            let mine = ["bme", "oracle", "epochs"]
                .iter()
                .any(|m| method.contains(&format!(".{m}.")));
            if !mine || !asked.iter().any(|m| method.ends_with(m)) {
                continue;
            }
            let query = read(text(&row["file"]));
            let mut expected = query["rest_json"].clone();
            let found = answer(&world, method, &query["request_json"]);
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
}
