//! The price oracle by itself.

use super::field::{Fields, only, vectors};
use super::step::{self, World};
use super::{Case, Failure};
use akash_market::address::{Address, complaint};
use akash_market::change::Change;
use akash_market::error::{Error, SdkError};
use akash_market::id::Height;
use akash_market::oracle::{AggregatedPrice, Oracle, OracleEnv, PairId, PriceSource as _};
use akash_market::params::OracleParams;
use akash_market::time::{Block, Nanos, Timestamp};
use akash_sdl::num::{Dec, Denom};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    Ok(step::cases::<Prices>(vectors(file, "vectors")?))
}

#[derive(Clone)]
struct Prices {
    addresses: BTreeMap<String, Address>,
    oracle: Oracle,
    params: OracleParams,
    block: Block,
}

struct Step {
    time: Timestamp,
    op: Op,
}

enum Op {
    Report {
        source: Address,
        pair: PairId,
        price: Dec,
        timestamp: Timestamp,
    },
    Params(OracleParams),
    EndBlock,
    EndEpoch(String),
}

struct Done {
    result: Result<(), Error>,
    changes: Vec<Change>,
}

impl World for Prices {
    const RESULTS: &'static [&'static str] = &["error", "events", "state"];
    const INPUTS: &'static [&'static str] = &[
        "time_ns",
        "op",
        "source",
        "denom",
        "base_denom",
        "price",
        "timestamp_ns",
        "params",
        "epoch",
    ];
    type Step = Step;
    type Done = Done;

    fn new(vector: &Value) -> Result<Self, Failure> {
        only(
            vector,
            &[&["name", "category", "addresses", "params", "steps"]],
        )?;
        let addresses = vector.read("addresses")?;
        let params = params(vector.at("params"), &addresses)?;
        Ok(Self {
            oracle: Oracle::new(&params),
            params,
            addresses,
            block: Block::default(),
        })
    }

    fn read(&self, step: &Value) -> Result<Step, Failure> {
        let op = match step.text("op")? {
            "add_price" => Op::Report {
                source: address(step.text("source")?, &self.addresses)?,
                pair: PairId {
                    denom: step.text("denom")?.to_owned(),
                    base_denom: step.text("base_denom")?.to_owned(),
                },
                price: step.parse("price")?,
                timestamp: Timestamp(step.read("timestamp_ns")?),
            },
            "set_params" => Op::Params(params(step.at("params"), &self.addresses)?),
            "end_block" => Op::EndBlock,
            "epoch_end" => Op::EndEpoch(step.text("epoch")?.to_owned()),
            other => return Err(format!("there is no operation `{other}`").into()),
        };
        Ok(Step {
            time: Timestamp(step.read("time_ns")?),
            op,
        })
    }

    /// Every new time is a new block.
    fn take(&mut self, step: &Step) -> Result<Done, Failure> {
        if step.time != self.block.time {
            self.block = Block {
                height: Height(self.block.height.0.saturating_add(1)),
                time: step.time,
            };
        }
        let mut changes = Vec::new();
        let mut env = OracleEnv {
            block: self.block,
            params: &self.params,
            changes: &mut changes,
        };
        let result = match &step.op {
            Op::Report {
                source,
                pair,
                price,
                timestamp,
            } => match source.prefix() {
                Some(_) => self
                    .oracle
                    .add_price(source, pair, *price, *timestamp, &mut env),
                None => Err(SdkError::MalformedAddress {
                    reason: complaint("akash", &source.as_str()).into(),
                }
                .into()),
            },
            Op::Params(params) => match params.validate(Some("akash")) {
                Ok(()) => {
                    self.oracle.params_changed(params);
                    self.params = params.clone();
                    Ok(())
                }
                Err(error) => Err(error.into()),
            },
            Op::EndBlock => self.oracle.end_block(&mut env),
            Op::EndEpoch(epoch) => {
                self.oracle.epoch_ended(epoch, &env);
                Ok(())
            }
        };
        Ok(Done { result, changes })
    }

    fn tell(&self, done: &Done) -> Result<Map<String, Value>, Failure> {
        let mut told = Map::new();
        if let Err(error) = &done.result {
            told.insert("error".to_owned(), step::refusal(error));
        }
        let events = step::events(&done.changes)?;
        if !events.is_empty() {
            told.insert("events".to_owned(), events.into());
        }
        Ok(told)
    }

    fn state(&self) -> Result<Value, Failure> {
        let pair = PairId::akt_usd();
        let mut state = Map::new();
        let aggregated = self.oracle.aggregated(&pair).map(aggregate);
        state.insert("aggregated".to_owned(), json!(aggregated));
        let health = self.oracle.health(&pair).map(|health| {
            json!({
                "is_healthy": health.is_healthy,
                "has_min_sources": health.has_min_sources,
                "deviation_ok": health.deviation_ok,
                "total_sources": health.total_sources,
                "total_healthy_sources": health.total_healthy_sources,
                "failure_reason": health.failure_reason,
            })
        });
        state.insert("health".to_owned(), json!(health));
        let stored = self.oracle.entries().map(|entry| {
            let PairId { denom, base_denom } = &entry.pair;
            json!([
                entry.source,
                denom,
                base_denom,
                entry.timestamp.0,
                entry.sequence,
                entry.price
            ])
        });
        state.insert("stored_prices".to_owned(), stored.collect());
        for denom in [Denom::ACT, Denom::AKT, Denom::UACT, Denom::UAKT] {
            let price = match self.oracle.price(&denom) {
                Ok(price) => json!(price),
                Err(error) => {
                    let code = error.code();
                    json!({"error": format!("{}/{}", code.codespace, code.code)})
                }
            };
            state.insert(format!("price:{denom}"), price);
        }
        Ok(state.into())
    }

    /// Entries and settings show in the next state only.
    fn is_looked_at(step: &Step) -> bool {
        matches!(step.op, Op::EndBlock | Op::EndEpoch(_))
    }
}

fn address(name: &str, known: &BTreeMap<String, Address>) -> Result<Address, Failure> {
    match known.get(name) {
        Some(address) => Ok(address.clone()),
        None => Ok(name.parse()?),
    }
}

const PARAMS: &[&str] = &[
    "sources",
    "min_price_sources",
    "max_price_staleness_period_ns",
    "max_price_deviation_bps",
    "twap_window_ns",
    "price_retention_ns",
    "prune_epoch",
    "max_prune_per_epoch",
    "max_future_time_drift_ns",
];

fn params(value: &Value, known: &BTreeMap<String, Address>) -> Result<OracleParams, Failure> {
    only(value, &[PARAMS])?;
    let nanos = |name: &str| -> Result<Nanos, Failure> { Ok(Nanos(value.read(name)?)) };
    let sources: Vec<String> = value.read::<Option<_>>("sources")?.unwrap_or_default();
    Ok(OracleParams {
        sources: sources
            .iter()
            .map(|name| address(name, known))
            .collect::<Result<_, _>>()?,
        min_price_sources: value.read("min_price_sources")?,
        max_price_staleness_period: nanos("max_price_staleness_period_ns")?,
        max_price_deviation_bps: value.read("max_price_deviation_bps")?,
        twap_window: nanos("twap_window_ns")?,
        price_retention: nanos("price_retention_ns")?,
        prune_epoch: value.read("prune_epoch")?,
        max_prune_per_epoch: value.read("max_prune_per_epoch")?,
        max_future_time_drift: nanos("max_future_time_drift_ns")?,
    })
}

fn aggregate(price: &AggregatedPrice) -> Value {
    json!({
        "denom": price.denom,
        "twap": price.twap,
        "median_price": price.median_price,
        "min_price": price.min_price,
        "max_price": price.max_price,
        "timestamp_ns": price.timestamp.0,
        "num_sources": price.num_sources,
        "deviation_bps": price.deviation_bps,
    })
}
