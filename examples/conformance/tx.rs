//! Transactions, and what they need: keys, addresses, fees, the node's decoder, typed events.

mod address;
mod sign;

use super::field::{Fields, expected};
use super::{Case, Failure, Work, hex};
use akash_sdk::cosmos::json::{event_attributes, to_json};
use akash_sdk::cosmos::tx::GasPrices;
use akash_sdk::cosmos::wire::strict::check_tx;
use serde_json::{Value, json};

/// The files differ in what they have.
pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    if file.get("transactions").is_some() {
        return Ok(file.list("transactions").iter().map(sign::case).collect());
    }
    if let Some(list) = file.at("vectors").as_array() {
        return list
            .iter()
            .enumerate()
            .map(|(index, case)| other(index, case))
            .collect();
    }
    if file.get("addresses").is_some() {
        return address::cases(file);
    }
    Err("a file of transactions, addresses, fees, decoding or events is wanted".into())
}

fn other(index: usize, case: &Value) -> Result<Case, Failure> {
    if case.get("gas_prices").is_some() {
        let name = format!("fees/{index}");
        return Ok(Case::of(
            name,
            expected(case, &["fees", "accepted", "parsed"]),
            Fees::read(case),
        ));
    }
    if case.get("type").is_some() {
        let name = format!("{}/{}", case.text("type")?, case.text("case")?);
        let expected = expected(case, &["event_type", "attributes", "json"]);
        return Ok(Case::of(name, expected, Event::read(case)));
    }
    let bytes = case.text("hex").and_then(hex::bytes).map(Transaction);
    Ok(Case::of(
        case.at("name").clone(),
        expected(case, &["accepted"]),
        bytes,
    ))
}

/// What gas costs; without an amount of gas, whether the prices can be read.
struct Fees {
    prices: String,
    gas: Option<u64>,
}

impl Fees {
    fn read(case: &Value) -> Result<Self, Failure> {
        Ok(Self {
            prices: case.text("gas_prices")?.to_owned(),
            gas: case.read("gas")?,
        })
    }
}

impl Work for Fees {
    fn output(&self) -> Result<Value, Failure> {
        let prices = self.prices.parse::<GasPrices>();
        let Some(gas) = self.gas else {
            return Ok(match prices {
                Ok(prices) => json!({"accepted": true, "parsed": prices.to_string()}),
                Err(_) => json!({"accepted": false}),
            });
        };
        let fees = prices?.fee(gas)?;
        Ok(json!({"fees": fees.iter().map(ToString::to_string).collect::<Vec<_>>()}))
    }
}

/// Bytes that may be a transaction.
struct Transaction(Vec<u8>);

impl Work for Transaction {
    fn output(&self) -> Result<Value, Failure> {
        Ok(json!({"accepted": check_tx(&self.0).is_ok()}))
    }
}

/// A typed event in bytes.
struct Event {
    type_name: String,
    bytes: Vec<u8>,
    is_empty: bool,
}

impl Event {
    fn read(case: &Value) -> Result<Self, Failure> {
        Ok(Self {
            type_name: case.text("type")?.to_owned(),
            bytes: hex::bytes(case.text("hex")?)?,
            is_empty: case.text("case")? == "empty",
        })
    }
}

impl Work for Event {
    fn output(&self) -> Result<Value, Failure> {
        let attributes = event_attributes(&self.type_name, &self.bytes)?;
        let attributes: Vec<_> = attributes
            .into_iter()
            .map(|(key, value)| json!({"key": key, "value": value}))
            .collect();
        Ok(json!({
            "event_type": self.type_name,
            "attributes": attributes,
            "json": to_json(&self.type_name, &self.bytes)?,
        }))
    }

    /// A decimal that was never set is `0` in the reference's memory; in bytes it is zero, and zero
    /// has its decimals.
    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        if !self.is_empty {
            return expected == output;
        }
        let unset = |value: &Value| value.to_string().replace("0.000000000000000000", "0");
        unset(expected) == unset(output)
    }
}
