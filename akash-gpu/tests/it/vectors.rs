//! Reading `vectors/gpu.json`.

use serde_json::Value;

/// The cases of one kind.
pub(crate) fn cases(kind: &str) -> Vec<Value> {
    let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/gpu.json"));
    let mut all: Value = serde_json::from_str(text).unwrap();
    let cases = all[kind].as_array_mut().unwrap();
    assert!(!cases.is_empty());
    std::mem::take(cases)
}

/// A list of texts.
pub(crate) fn texts(value: &Value) -> Vec<&str> {
    value
        .as_array()
        .map(|list| list.iter().map(|v| v.as_str().unwrap()).collect())
        .unwrap_or_default()
}
