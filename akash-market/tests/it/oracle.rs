//! Golden scenarios of node x/oracle: after every step errors, events and the whole state are equal.

use crate::{rfc3339, vectors};
use akash_market::address::Address;
use akash_market::change::Change;
use akash_market::error::Error;
use akash_market::id::Height;
use akash_market::oracle::{AggregatedPrice, Oracle, OracleEnv, PairId, PriceSource};
use akash_market::params::OracleParams;
use akash_market::store::Journaled;
use akash_market::time::{Block, Nanos, Timestamp};
use akash_sdl::num::{Dec, Denom};
use proptest::prelude::*;
use serde_json::{Value, json};

fn params(value: &Value, address: impl Fn(&str) -> Address) -> OracleParams {
    let nanos = |name: &str| Nanos(value[name].as_i64().unwrap());
    OracleParams {
        sources: value["sources"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| address(s.as_str().unwrap()))
            .collect(),
        min_price_sources: serde_json::from_value(value["min_price_sources"].clone()).unwrap(),
        max_price_staleness_period: nanos("max_price_staleness_period_ns"),
        max_price_deviation_bps: value["max_price_deviation_bps"].as_u64().unwrap(),
        twap_window: nanos("twap_window_ns"),
        price_retention: nanos("price_retention_ns"),
        prune_epoch: value["prune_epoch"].as_str().unwrap().to_owned(),
        max_prune_per_epoch: value["max_prune_per_epoch"].as_i64().unwrap(),
        max_future_time_drift: nanos("max_future_time_drift_ns"),
    }
}

fn pair_json(pair: &PairId) -> Value {
    json!({"denom": pair.denom, "base_denom": pair.base_denom})
}

/// The chain's event for a change; none for what the chain stores silently.
fn event(change: &Change) -> Option<Value> {
    let (name, attributes) = match change {
        Change::PriceReported {
            source,
            pair,
            price,
            timestamp,
        } => (
            "EventPriceData",
            json!({"source": source, "id": pair_json(pair), "price": price,
                "timestamp": rfc3339::format(*timestamp)}),
        ),
        Change::PriceStaled { pair, last_height } => (
            "EventPriceStaled",
            json!({"id": pair_json(pair), "last_height": last_height.to_string()}),
        ),
        Change::PriceRecovered { pair, height } => (
            "EventPriceRecovered",
            json!({"id": pair_json(pair), "height": height.to_string()}),
        ),
        Change::PriceAggregated { price } => {
            let mut body = aggregate(price);
            body["deviation_bps"] = json!(price.deviation_bps.to_string());
            body["timestamp"] = json!(rfc3339::format(price.timestamp));
            body.as_object_mut().unwrap().remove("timestamp_ns");
            ("EventAggregatedPrice", json!({"price": body}))
        }
        _ => return None,
    };
    Some(json!({"type": format!("akash.oracle.v2.{name}"), "attributes": attributes}))
}

fn aggregate(price: &AggregatedPrice) -> Value {
    json!({"denom": price.denom, "twap": price.twap, "median_price": price.median_price,
        "min_price": price.min_price, "max_price": price.max_price,
        "timestamp_ns": price.timestamp.0, "num_sources": price.num_sources,
        "deviation_bps": price.deviation_bps})
}

fn state(oracle: &Oracle) -> Value {
    let pair = PairId::akt_usd();
    let mut state = json!({
        "aggregated": oracle.aggregated(&pair).map(aggregate),
        "health": oracle.health(&pair).map(|h| json!({
            "is_healthy": h.is_healthy, "has_min_sources": h.has_min_sources,
            "deviation_ok": h.deviation_ok, "total_sources": h.total_sources,
            "total_healthy_sources": h.total_healthy_sources,
            "failure_reason": h.failure_reason,
        })),
        "stored_prices": oracle.entries().map(|e| json!([
            e.source, e.pair.denom, e.pair.base_denom, e.timestamp.0, e.sequence, e.price,
        ])).collect::<Vec<_>>(),
    });
    for denom in [Denom::ACT, Denom::AKT, Denom::UACT, Denom::UAKT] {
        state[format!("price:{denom}")] = match oracle.price(&denom) {
            Ok(price) => json!(price),
            Err(error) => {
                let code = error.code();
                json!({"error": format!("{}/{}", code.codespace, code.code)})
            }
        };
    }
    state
}

fn play(vector: &Value) {
    let address = |name: &str| -> Address {
        let text = vector["addresses"][name].as_str().unwrap_or(name);
        text.parse().unwrap()
    };
    let mut in_force = params(&vector["params"], address);
    let mut oracle = Oracle::new(&in_force);
    let mut block = Block::default();
    let mut expected_state = None;
    for (at, step) in vector["steps"].as_array().unwrap().iter().enumerate() {
        let place = format!("{} step {at}: {}", vector["name"], step["op"]);
        let time = Timestamp(step["time_ns"].as_i64().unwrap());
        if time != block.time {
            block = Block {
                height: Height(block.height.0 + 1),
                time,
            };
        }
        let text = |field: &str| step[field].as_str().unwrap();
        let mut changes = Vec::new();
        let mut env = OracleEnv {
            block,
            params: &in_force,
            changes: &mut changes,
        };
        let result = match text("op") {
            "add_price" => {
                let pair = PairId {
                    denom: text("denom").to_owned(),
                    base_denom: text("base_denom").to_owned(),
                };
                let price: Dec = text("price").parse().unwrap();
                let timestamp = Timestamp(step["timestamp_ns"].as_i64().unwrap());
                let source = address(text("source"));
                oracle.add_price(&source, &pair, price, timestamp, &mut env)
            }
            "set_params" => {
                let params = params(&step["params"], address);
                let valid = params.validate(Some("akash")).map_err(Error::from);
                valid.map(|()| {
                    oracle.params_changed(&params);
                    in_force = params;
                })
            }
            "end_block" => oracle.end_block(&mut env),
            "epoch_end" => {
                oracle.epoch_ended(text("epoch"), &env);
                Ok(())
            }
            other => panic!("unknown op {other}"),
        };
        match (&result, &step["error"]) {
            (Ok(()), Value::Null) => {}
            (Err(error), expected) => assert_eq!(&vectors::error(error), expected, "{place}"),
            (Ok(()), expected) => panic!("{place}: accepted instead of {expected}"),
        }
        let events: Vec<_> = changes.iter().filter_map(event).collect();
        let expected = step.get("events").cloned().unwrap_or_else(|| json!([]));
        assert_eq!(json!(events), expected, "{place}: events");
        if step.get("state").is_some() {
            expected_state = step.get("state").cloned();
        }
        // Entries show in the next recorded state only.
        if let Some(expected) = expected_state
            .as_ref()
            .filter(|_| text("op") != "add_price")
        {
            assert_eq!(state(&oracle), *expected, "{place}: state");
        }
    }
}

#[test]
fn golden_scenarios() {
    let text = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../vectors/oracle/oracle.json"
    ))
    .unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(json!(vectors.len()), file["count"]);
    vectors.iter().for_each(play);
}

fn source(n: usize) -> Address {
    format!("source{n}").parse().unwrap()
}

fn second(n: i64) -> Block {
    Block {
        height: Height(n),
        time: Timestamp::from_secs(1_000 + n),
    }
}

/// A chain with an oracle and nothing else.
#[derive(Clone)]
struct World {
    oracle: Oracle,
    params: OracleParams,
    changes: Vec<Change>,
}

impl World {
    fn new(params: OracleParams) -> Self {
        Self {
            oracle: Oracle::new(&params),
            params,
            changes: Vec::new(),
        }
    }

    fn with<R>(
        &mut self,
        block: Block,
        run: impl FnOnce(&mut Oracle, &mut OracleEnv<'_>) -> R,
    ) -> R {
        let mut env = OracleEnv {
            block,
            params: &self.params,
            changes: &mut self.changes,
        };
        run(&mut self.oracle, &mut env)
    }

    /// One source per price, each reporting at the block's time.
    fn report(&mut self, block: Block, prices: &[&str]) {
        for (n, price) in prices.iter().enumerate() {
            let (pair, price) = (PairId::akt_usd(), price.parse().unwrap());
            self.with(block, |oracle, env| {
                oracle.add_price(&source(n), &pair, price, block.time, env)
            })
            .unwrap();
        }
    }

    fn end_block(&mut self, block: Block) {
        self.with(block, Oracle::end_block).unwrap();
    }
}

/// The table of a price's health in the documentation of `Oracle`, every cell of it.
#[test]
fn every_way_of_a_price() {
    let params = OracleParams {
        sources: vec![source(0), source(1)],
        min_price_sources: 2,
        ..OracleParams::default()
    };
    let good: &[&str] = &["1", "1.01"];
    for (before, now, expected) in [
        (&[][..], &[][..], &[][..]),
        (&[], good, &["recovered", "aggregated"]),
        (&[], &["1"], &["staled"]),
        (&[], &["1", "1.02"], &["staled"]),
        (good, good, &["aggregated"]),
        (good, &["1", "1.02"], &["staled"]),
        (&["1"], good, &["recovered", "aggregated"]),
        (&["1"], &["1"], &[]),
    ] {
        let mut world = World::new(params.clone());
        world.report(second(1), before);
        world.end_block(second(1));
        world.report(second(2), now);
        world.changes.clear();
        world.end_block(second(2));
        let names: Vec<_> = world
            .changes
            .iter()
            .filter_map(|change| match change {
                Change::PriceRecovered { .. } => Some("recovered"),
                Change::PriceStaled { .. } => Some("staled"),
                Change::PriceAggregated { .. } => Some("aggregated"),
                _ => None,
            })
            .collect();
        assert_eq!(names, expected, "{before:?} then {now:?}");
        let readable = world.oracle.price(&Denom::AKT).is_ok();
        assert_eq!(readable, names.contains(&"aggregated"));
    }
    // With all sources gone the last price stays.
    let mut world = World::new(params);
    world.report(second(1), good);
    world.end_block(second(1));
    world.params = OracleParams::default();
    world.oracle.params_changed(&world.params);
    world.end_block(second(1_000));
    assert!(world.oracle.price(&Denom::AKT).is_ok());
}

/// Entries of a source that is no longer listed stay until it is listed and has reported again.
#[test]
fn only_sources_with_a_latest_price_are_pruned() {
    let day = Nanos::from_secs(86_400);
    let both = OracleParams {
        sources: vec![source(0), source(1)],
        ..OracleParams::default()
    };
    let mut world = World::new(both.clone());
    world.report(second(1), &["1", "1"]);
    world.params.sources.pop();
    world.oracle.params_changed(&world.params);
    let hour = |world: &mut World, block: Block| {
        world.with(block, |oracle, env| oracle.epoch_ended("hour", env));
        world.oracle.entries().map(|e| e.source).collect::<Vec<_>>()
    };
    let later = |n| Block {
        height: Height(n),
        time: second(n).time.plus(day),
    };
    assert_eq!(hour(&mut world, later(2)), [2]);
    world.params = both.clone();
    world.oracle.params_changed(&both);
    assert_eq!(hour(&mut world, later(3)), [2]);
    world.report(later(3), &["1", "1"]);
    assert_eq!(hour(&mut world, later(3)), [1, 2]);
    assert_eq!(world.oracle.entries().count(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Averages and medians lie between the extremes, only listed sources count, and a bracket takes everything back.
    #[test]
    fn prices_stay_between_their_extremes(
        reports in proptest::collection::vec((0..4usize, 1..1_000_000u32, -8..8i64), 1..60),
        window in 1..60i64,
        staleness in 1..60i64,
    ) {
        let mut world = World::new(OracleParams {
            sources: (0..3).map(source).collect(),
            twap_window: Nanos::from_secs(window),
            max_price_staleness_period: Nanos::from_secs(staleness),
            max_price_deviation_bps: u64::MAX,
            ..OracleParams::default()
        });
        let pair = PairId::akt_usd();
        // Of all that was ever reported: a later entry may take an earlier one's place, and the last good average stays.
        let (mut low, mut high) = (Dec::MAX, Dec::ZERO);
        for (height, (from, price, drift)) in (1..).zip(reports) {
            let block = second(height * 3);
            let time = block.time.plus(Nanos::from_secs(drift));
            let report = |world: &mut World| {
                world.with(block, |oracle, env| {
                    oracle.add_price(&source(from), &pair, Dec::from(price), time, env)
                })
            };
            let before = world.oracle.clone();
            world.oracle.begin();
            let accepted = report(&mut world).is_ok();
            prop_assert!(!accepted || from < 3);
            prop_assert!(accepted || world.oracle == before);
            world.end_block(block);
            world.oracle.rollback();
            prop_assert!(world.oracle == before);

            prop_assert_eq!(report(&mut world).is_ok(), accepted);
            world.end_block(block);
            let oracle = &world.oracle;
            if accepted {
                (low, high) = (low.min(Dec::from(price)), high.max(Dec::from(price)));
            }
            if let (Some(p), Some(h)) = (oracle.aggregated(&pair), oracle.health(&pair)) {
                prop_assert!(p.min_price <= p.median_price && p.median_price <= p.max_price);
                // An older aggregate may be of entries that were overwritten since.
                prop_assert!(p.timestamp != block.time || low <= p.twap && p.twap <= high);
                prop_assert!(h.total_healthy_sources <= h.total_sources);
                prop_assert_eq!(oracle.price(&Denom::UAKT).is_ok(), h.is_healthy);
            }
        }
    }
}

/// Each trigger at the end of a block in each state of the pair's health.
#[test]
fn health_walks_its_table() {
    const SOURCES: [&str; 2] = ["one", "two"];
    let listed = OracleParams {
        sources: SOURCES.map(|s| s.parse().unwrap()).to_vec(),
        min_price_sources: 2,
        ..OracleParams::default()
    };
    // Prices of the two sources a minute on, and whether they are still listed.
    type Trigger = ([Option<&'static str>; 2], bool);
    let agree: Trigger = ([Some("1"), Some("1.01")], true);
    let apart: Trigger = ([Some("1"), Some("1.02")], true);
    let few: Trigger = ([Some("1"), None], true);
    let silent: Trigger = ([None, None], true);
    let unlisted: Trigger = ([None, None], false);
    let act = |oracle: &mut Oracle, minute: i64, (prices, is_listed): Trigger| {
        let params = if is_listed {
            listed.clone()
        } else {
            OracleParams::default()
        };
        if !is_listed {
            oracle.params_changed(&params);
        }
        let mut changes = Vec::new();
        let mut env = OracleEnv {
            block: Block {
                height: Height(minute),
                time: Timestamp::from_secs(60 * minute),
            },
            params: &params,
            changes: &mut changes,
        };
        for (source, price) in SOURCES.iter().zip(prices) {
            if let Some(price) = price {
                let (price, time) = (price.parse().unwrap(), env.block.time);
                let source = source.parse().unwrap();
                oracle
                    .add_price(&source, &PairId::akt_usd(), price, time, &mut env)
                    .unwrap();
            }
        }
        oracle.end_block(&mut env).unwrap();
        let told = changes.iter().filter_map(|change| match change {
            Change::PriceStaled { .. } => Some("staled"),
            Change::PriceRecovered { .. } => Some("recovered"),
            Change::PriceAggregated { .. } => Some("aggregated"),
            _ => None,
        });
        told.collect::<Vec<_>>()
    };
    let state = |oracle: &Oracle| oracle.health(&PairId::akt_usd()).map(|h| h.is_healthy);
    let (good, bad) = (Some(true), Some(false));
    type Row = (Option<bool>, &'static [&'static str]);
    // agree, apart, few, silent, unlisted
    let table: [(Option<bool>, Option<Trigger>, [Row; 5]); 3] = [
        (
            None,
            None,
            [
                (good, &["recovered", "aggregated"]),
                (bad, &["staled"]),
                (bad, &["staled"]),
                (None, &[]),
                (None, &[]),
            ],
        ),
        (
            good,
            Some(agree),
            [
                (good, &["aggregated"]),
                (bad, &["staled"]),
                (bad, &["staled"]),
                (bad, &["staled"]),
                (good, &[]),
            ],
        ),
        (
            bad,
            Some(apart),
            [
                (good, &["recovered", "aggregated"]),
                (bad, &[]),
                (bad, &[]),
                (bad, &[]),
                (bad, &[]),
            ],
        ),
    ];
    for (before, way, row) in table {
        for (at, (trigger, (after, events))) in [agree, apart, few, silent, unlisted]
            .into_iter()
            .zip(row)
            .enumerate()
        {
            let mut oracle = Oracle::new(&listed);
            if let Some(way) = way {
                act(&mut oracle, 1, way);
            }
            assert_eq!(state(&oracle), before);
            let told = act(&mut oracle, 2, trigger);
            assert_eq!(
                (state(&oracle), &told[..]),
                (after, events),
                "{before:?} trigger {at}"
            );
            // Other modules read the price exactly while it is healthy.
            assert_eq!(oracle.price(&Denom::UAKT).is_ok(), after == good);
        }
    }
}
