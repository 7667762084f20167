//! The YAML reader against what yaml.v3 v3.0.1 makes of the same texts.

use akash_sdl::yaml::{self, Value};
use serde_json::{Map, Value as Json, json};

/// The value as the golden data writes it.
fn golden(value: &Value<'_>) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => json!(value),
        Value::Int(value) => json!(value),
        Value::Uint(value) => json!(value),
        Value::Float(value) if value.is_nan() => json!("NaN"),
        Value::Float(value) if value.is_infinite() => {
            json!(if *value > 0.0 { "+Inf" } else { "-Inf" })
        }
        Value::Float(value) => json!(value),
        Value::Str(text) => json!(text),
        Value::Timestamp(time) => json!(format!("TIME {time}")),
        Value::Binary(bytes) => json!(bytes.utf8_chunks().fold(String::new(), |text, chunk| {
            text + chunk.valid() + &"\u{FFFD}".repeat(chunk.invalid().len())
        })),
        Value::Seq(items) => items.iter().map(golden).collect(),
        Value::Map(entries) => {
            let texts = entries.iter().all(|(key, _)| matches!(key, Value::Str(_)));
            let key = |key: &Value<'_>| match key {
                Value::Str(text) if texts => text.to_string(),
                Value::Str(text) => format!("string:{text}"),
                Value::Null => "<nil>:<nil>".to_owned(),
                Value::Bool(value) => format!("bool:{value}"),
                Value::Int(value) => format!("int:{value}"),
                Value::Uint(value) => format!("uint64:{value}"),
                Value::Float(value) => format!("float64:{value}"),
                Value::Timestamp(time) => format!("time.Time:{time}"),
                other => format!("{other:?}"),
            };
            Json::Object(
                entries
                    .iter()
                    .map(|(k, v)| (key(k), golden(v)))
                    .collect::<Map<_, _>>(),
            )
        }
    }
}

/// Numbers compare as numbers.
fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

fn check(file: &str, name: &str) -> usize {
    let path = format!("{}/../vectors/yaml/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    let cases = std::fs::read_to_string(path).unwrap();
    for line in cases.lines() {
        let case: Json = serde_json::from_str(line).unwrap();
        let text = match case["yaml"].as_str() {
            Some(text) => text.as_bytes().to_vec(),
            None => bytes_of(case["yaml_base64"].as_str().unwrap()),
        };
        let tree = yaml::parse(&text);
        let found = tree
            .as_ref()
            .map_err(Clone::clone)
            .and_then(yaml::Tree::to_value);
        let equal = match &found {
            Ok(value) => case["ok"] == true && same(&golden(value), &case["value"]),
            Err(_) => case["ok"] == false,
        };
        if !equal {
            wrong.push(format!("{}: expected {case}\nfound {found:?}", case[name]));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(5)].join("\n\n")
    );
    cases.lines().count()
}

/// The bytes of a base64 text, by way of a `!!binary` value.
fn bytes_of(base64: &str) -> Vec<u8> {
    let text = format!("!!binary {base64}");
    let tree = yaml::parse(text.as_bytes()).unwrap();
    tree.root().decode_bytes().unwrap().unwrap().into_owned()
}

#[test]
fn hand_written_cases() {
    assert_eq!(check("yaml_v3_probes.jsonl", "name"), 101);
}

#[test]
fn mutated_documents() {
    assert_eq!(check("yaml_v3_mutated.jsonl", "id"), 3000);
}
