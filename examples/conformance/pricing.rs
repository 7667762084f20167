//! A provider's pricing strategies, and the scripts that a provider may price with.

mod script;

use super::field::{Fields, expected};
use super::provider_json::group;
use super::{Case, Failure, Work};
use akash_market::address::Address;
use akash_market::pricing::{
    PriceRange, PriceRequest, PricingError, PricingStrategy as _, Rate, Rates, Scale, ScaleError,
};
use akash_sdl::group::GroupSpec;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The files differ in what their cases have.
pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    let list = file
        .as_array()
        .ok_or("a pricing file must be a list of cases")?;
    let case = |case: &Value| {
        let name = case.at("name").clone();
        let has = |member: &str| case.get(member).is_some();
        if has("config") {
            Case::of(name, expected(case, &["expect"]), Scaled::read(case))
        } else if has("flags") {
            let expected = expected(case, &["ok", "storage", "error"]);
            Case::of(name, expected, Flags::read(case))
        } else if has("usd_per_akt") {
            let expected = expected(case, &["exit_code", "stdout", "stderr"]);
            Case::of(name, expected, script::Published::read(case))
        } else if has("price_precision") {
            Case::of(
                name,
                script::Input::expected(case),
                script::Input::read(case),
            )
        } else if has("max_price") {
            let expected = expected(case, &["expect", "order_decision"]);
            Case::of(name, expected, script::Answer::read(case))
        } else {
            Case::of(name, Drawn::expected(case), Drawn::read(case))
        }
    };
    Ok(list.iter().map(case).collect())
}

/// Who asks; no strategy here looks at it.
fn tenant() -> Result<Address, Failure> {
    Ok(Address::bech32("akash", &[7; 20])?)
}

/// Whether two outputs agree but for the text of an error in a member.
fn agrees_without_text(expected: &Value, output: &Value) -> bool {
    let without = |value: &Value| {
        let mut value = value.clone();
        if let Some(expect) = value.get_mut("expect").and_then(Value::as_object_mut) {
            expect.remove("error");
        }
        value
    };
    without(expected) == without(output)
}

/// Prices by a rate for each resource.
struct Scaled {
    rates: Rates,
    group: GroupSpec,
    tenant: Address,
}

fn rate(value: &Value, member: &str) -> Result<Rate, Failure> {
    match value.at(member) {
        Value::Null => Ok(Rate::ZERO),
        _ => value.parse(member),
    }
}

impl Scaled {
    fn read(case: &Value) -> Result<Self, Failure> {
        let config = case.at("config");
        let storage = config.at("storage");
        let classes = storage.as_object().into_iter().flat_map(Map::keys);
        Ok(Self {
            rates: Rates {
                cpu: rate(config, "cpu")?,
                memory: rate(config, "memory")?,
                storage: classes
                    .map(|class| Ok((class.clone(), rate(storage, class)?)))
                    .collect::<Result<_, Failure>>()?,
                endpoint: rate(config, "endpoint")?,
                ip: rate(config, "ip")?,
            },
            group: group(case.at("group"))?,
            tenant: tenant()?,
        })
    }
}

impl Work for Scaled {
    fn output(&self) -> Result<Value, Failure> {
        let failed = |kind: &str, error: &dyn std::fmt::Display| json!({"error_kind": kind, "error": error.to_string()});
        let expect = match Scale::new(self.rates.clone()) {
            Err(error) => match error {
                ScaleError::AllZero => failed("all_scales_zero", &error),
                ScaleError::Negative => failed("scale_negative", &error),
            },
            Ok(scale) => match scale.price(&PriceRequest::new(&self.tenant, &self.group)) {
                Ok(price) => json!({"price": price}),
                Err(error) => {
                    let kind = match error {
                        PricingError::NoStorageRate { .. } => "no_price_for_storage_class",
                        PricingError::TooPrecise { .. } => "precision_exceeded",
                        PricingError::Zero => "bid_zero",
                        PricingError::Invalid { .. } => "bid_quantity_invalid",
                        PricingError::OutOfRange => "other",
                        other => return Err(other.into()),
                    };
                    failed(kind, &error)
                }
            },
        };
        Ok(json!({"expect": expect}))
    }

    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        agrees_without_text(expected, output)
    }
}

/// Rates as the provider's command line takes them.
struct Flags([String; 5]);

impl Flags {
    fn read(case: &Value) -> Result<Self, Failure> {
        let flags = case.at("flags");
        let flag = |name: &str| -> Result<String, Failure> { Ok(flags.text(name)?.to_owned()) };
        Ok(Self([
            flag("cpu")?,
            flag("memory")?,
            flag("storage")?,
            flag("endpoint")?,
            flag("ip")?,
        ]))
    }

    fn scale(&self) -> Result<Scale, String> {
        let [cpu, memory, storage, endpoint, ip] = &self.0;
        let rates = Rates::from_flags(cpu, memory, storage, endpoint, ip);
        let rates = rates.map_err(|error| error.to_string())?;
        Scale::new(rates).map_err(|error| error.to_string())
    }
}

impl Work for Flags {
    fn output(&self) -> Result<Value, Failure> {
        Ok(match self.scale() {
            Ok(scale) => {
                let storage: BTreeMap<_, _> = scale
                    .rates()
                    .storage
                    .iter()
                    .map(|(class, rate)| (class, rate.to_string()))
                    .collect();
                json!({"ok": true, "storage": storage})
            }
            Err(error) => json!({"ok": false, "error": error}),
        })
    }

    /// We say more of an error than the reference, after its words.
    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        let begins = match (expected.some_text("error"), output.some_text("error")) {
            (Some(expected), Some(found)) => found.starts_with(expected),
            (expected, found) => expected.is_none() && found.is_none(),
        };
        begins
            && expected.at("ok") == output.at("ok")
            && expected.at("storage") == output.at("storage")
    }
}

/// A price drawn from a range.
struct Drawn {
    group: GroupSpec,
    tenant: Address,
    /// Numbers that a source of randomness gave.
    draws: Vec<u64>,
}

impl Drawn {
    fn read(case: &Value) -> Result<Self, Failure> {
        let draws = case.list("draws").iter().map(|draw| draw.count("val"));
        Ok(Self {
            group: group(case.at("group"))?,
            tenant: tenant()?,
            draws: draws.collect::<Result<_, _>>()?,
        })
    }

    fn expected(case: &Value) -> Option<Value> {
        let results = ["min", "max", "equal", "fixed", "draw_bound", "draws"];
        let expected = expected(case, &results)?;
        expected.get("min").is_some().then_some(expected)
    }
}

impl Work for Drawn {
    fn output(&self) -> Result<Value, Failure> {
        let range = PriceRange::of(&PriceRequest::new(&self.tenant, &self.group))?;
        let denom = range.price(0)?.denom().clone();
        let bounds =
            [range.min(), range.max()].map(|amount| json!({"denom": denom, "amount": amount}));
        let [min, max] = bounds;
        let Some(bound) = range.draws()? else {
            let fixed = range.price(0)?;
            return Ok(json!({"min": min, "max": max, "equal": true, "fixed": fixed}));
        };
        let draw = |&drawn: &u64| -> Result<Value, Failure> {
            let amount = range.price(drawn)?.amount();
            Ok(json!({"val": drawn.to_string(), "amount": amount}))
        };
        let draws = self.draws.iter().map(draw).collect::<Result<Vec<_>, _>>()?;
        Ok(json!({
            "min": min,
            "max": max,
            "equal": false,
            "draw_bound": bound.to_string(),
            "draws": draws,
        }))
    }
}
