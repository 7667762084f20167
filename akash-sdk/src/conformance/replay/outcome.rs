//! Outcomes in the shape in which they are recorded, without what belongs to the recorded node.

use super::{RecordingError, form};
use crate::cosmos::transport::{BlockResult, Event, TransportError, TxResult, Unary};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

/// Whether the answers to this method follow from the state alone.
pub(super) fn is_compared(method: &str) -> bool {
    let own = ["/akash.discovery.", "/akash.wasm."];
    let shared = [
        "/akash.",
        "/cosmos.auth.",
        "/cosmos.authz.",
        "/cosmos.bank.",
        "/cosmos.feegrant.",
    ];
    shared.iter().any(|known| method.starts_with(known))
        && !own.iter().any(|known| method.starts_with(known))
}

fn members(value: &Value, names: &[&str]) -> Value {
    let member = |name: &&str| Some(((*name).to_owned(), value.get(*name)?.clone()));
    Value::Object(names.iter().filter_map(member).collect())
}

/// What the first check of a transaction is recorded to have said.
pub(super) fn check(file: &Value) -> Result<Value, RecordingError> {
    let check = file.get("check_tx");
    let check = check.ok_or_else(|| form("tx", &"`check_tx` is missing"))?;
    Ok(members(check, &["codespace", "code", "log"]))
}

/// The log of a transaction that is recorded to have run out of gas.
pub(super) fn exhausted(file: &Value) -> Option<String> {
    let result = file.get("result")?;
    let is_gas = result.get("codespace")? == "sdk" && result.get("code")? == 11;
    is_gas.then(|| text(result.get("log")))
}

/// What a transaction is recorded to have used.
pub(super) fn gas_used(file: &Value) -> Option<u64> {
    let used = number(file.get("result")?.get("gas_used"))?;
    u64::try_from(used).ok()
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

pub(super) fn recorded_tx(file: &Value) -> Result<Value, RecordingError> {
    let result = file.get("result").unwrap_or(&Value::Null);
    let events = result.get("events").and_then(Value::as_array);
    let attributes = |event: &Value| -> Value {
        let all = event.get("attributes").and_then(Value::as_array);
        all.into_iter()
            .flatten()
            .map(|attribute| json!([attribute.get("key"), attribute.get("value")]))
            .collect()
    };
    let events: Vec<Value> = events
        .into_iter()
        .flatten()
        .map(|event| json!({"type": event.get("type"), "attributes": attributes(event)}))
        .collect();
    Ok(json!({
        "check_tx": check(file)?,
        "height": number(file.get("height")),
        "result": {
            "codespace": result.get("codespace"),
            "code": result.get("code"),
            "log": result.get("log"),
            "data": text(result.get("data")),
            "gas_wanted": number(result.get("gas_wanted")),
            "events": events,
        },
    }))
}

fn number(value: Option<&Value>) -> Option<i64> {
    let value = value?;
    value
        .as_i64()
        .or_else(|| value.as_str().and_then(|text| text.parse().ok()))
}

pub(super) fn tx(check: &Value, result: &TxResult) -> Value {
    json!({
        "check_tx": check,
        "height": result.height,
        "result": {
            "codespace": result.codespace,
            "code": result.code,
            "log": result.log,
            "data": STANDARD.encode(&result.data),
            "gas_wanted": result.gas_wanted,
            "events": result.events.iter().map(event).collect::<Vec<_>>(),
        },
    })
}

fn event(event: &Event) -> Value {
    let attributes = event
        .attributes
        .iter()
        .map(|attribute| json!([attribute.key, attribute.value]));
    json!({"type": event.kind, "attributes": attributes.collect::<Vec<_>>()})
}

pub(super) fn recorded_block(block: &Value) -> Value {
    members(block, &["height", "txs", "codes", "events"])
}

pub(super) fn block(block: &BlockResult) -> Value {
    let own = block.events.iter().filter(|e| e.kind.starts_with("akash."));
    json!({
        "height": block.height,
        "txs": block.txs.iter().map(|tx| tx.hash.to_string()).collect::<Vec<_>>(),
        "codes": block.txs.iter().map(|tx| tx.code).collect::<Vec<_>>(),
        "events": own.map(event).collect::<Vec<_>>(),
    })
}

pub(super) fn recorded_answer(file: &Value) -> Value {
    match file.get("grpc_error").filter(|error| error.is_object()) {
        Some(error) => json!({"grpc_error": members(error, &["grpc_code", "message"])}),
        None => json!({"response_hex": text(file.get("response_hex"))}),
    }
}

pub(super) fn answer(answer: Result<Unary, TransportError>) -> Value {
    match answer {
        Ok(answer) => {
            let hex: String = answer.bytes.iter().map(|b| format!("{b:02x}")).collect();
            json!({ "response_hex": hex })
        }
        Err(TransportError::Query { code, message, .. }) => {
            json!({"grpc_error": {"grpc_code": code, "message": message}})
        }
        Err(error) => json!({"grpc_error": {"message": error.to_string()}}),
    }
}

/// The same with logs replaced by their classes.
pub(super) fn classed(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let member = |(name, value): (&String, &Value)| {
                let classed = match (name.as_str(), value) {
                    ("log" | "message", Value::String(log)) => Value::String(class(log)),
                    _ => classed(value),
                };
                (name.clone(), classed)
            };
            Value::Object(members.iter().map(member).collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(classed).collect(),
        other => other.clone(),
    }
}

/// What a log says apart from its numbers and a stack trace.
fn class(log: &str) -> String {
    let words = log.split("\nstack:").next().unwrap_or_default().trim_end();
    let mut class = String::with_capacity(words.len());
    let mut in_number = false;
    // Digits inside of words, such as addresses, stay.
    let mut before = ' ';
    for letter in words.chars() {
        let starts = letter.is_ascii_digit() && !before.is_alphanumeric();
        if letter.is_ascii_digit() && (in_number || starts) {
            if !in_number {
                class.push('#');
            }
            in_number = true;
        } else {
            in_number = false;
            class.push(letter);
        }
        before = letter;
    }
    class
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logs_are_compared_by_class() {
        assert_eq!(
            class("got: 1uakt required: 500uakt"),
            "got: #uakt required: #uakt"
        );
        assert_eq!(class("akash1ab2 is not"), "akash1ab2 is not");
        assert_eq!(class("recovered: x; 1\nstack:\n[…]"), "recovered: x; #");
        let (a, b) = (
            json!([{"log": "height: 3"}]),
            json!([{"log": "height: 14"}]),
        );
        assert_eq!(classed(&a), classed(&b));
    }
}
