//! YAML texts: accepted or not, and the value read.

use super::field::{Fields, expected};
use super::{Case, Failure, Work};
use akash_sdl::yaml::{self, Value as Yaml};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use std::hint::black_box;

pub(super) fn cases(lines: &str) -> Result<Vec<Case>, Failure> {
    lines
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let case: Value = serde_json::from_str(line)?;
            let text = match case.at("yaml") {
                Value::Null => STANDARD.decode(case.text("yaml_base64")?)?,
                _ => case.text("yaml")?.as_bytes().to_vec(),
            };
            let name = case.get("name").unwrap_or(case.at("id")).clone();
            // The wording of an error is no matter of agreement.
            Ok(Case::new(
                name,
                expected(&case, &["ok", "value"]),
                Text(text),
            ))
        })
        .collect()
}

struct Text(Vec<u8>);

impl Work for Text {
    fn output(&self) -> Result<Value, Failure> {
        let tree = yaml::parse(&self.0);
        let value = tree
            .as_ref()
            .map_err(Clone::clone)
            .and_then(yaml::Tree::to_value);
        Ok(match value {
            Ok(value) => json!({"ok": true, "value": golden(&value)}),
            Err(error) => json!({"ok": false, "error": error.to_string()}),
        })
    }

    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        expected.at("ok") == output.at("ok") && same(expected.at("value"), output.at("value"))
    }

    fn exercise(&self) -> Result<usize, Failure> {
        if let Ok(tree) = yaml::parse(&self.0) {
            // A value that cannot be made is a result too.
            let _value = black_box(tree.to_value());
        }
        Ok(1)
    }
}

/// The value in JSON, with the spelling of the vectors for what JSON lacks.
fn golden(value: &Yaml<'_>) -> Value {
    match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => json!(value),
        Yaml::Int(value) => json!(value),
        Yaml::Uint(value) => json!(value),
        Yaml::Float(value) if value.is_nan() => json!("NaN"),
        Yaml::Float(value) if value.is_infinite() => {
            json!(if *value > 0.0 { "+Inf" } else { "-Inf" })
        }
        Yaml::Float(value) => json!(value),
        Yaml::Str(text) => json!(text),
        Yaml::Timestamp(time) => json!(format!("TIME {time}")),
        // One replacement character a byte, as Go prints text that is not UTF-8.
        Yaml::Binary(bytes) => json!(bytes.utf8_chunks().fold(String::new(), |text, chunk| {
            text + chunk.valid() + &"\u{FFFD}".repeat(chunk.invalid().len())
        })),
        Yaml::Seq(items) => items.iter().map(golden).collect(),
        Yaml::Map(entries) => {
            let plain = entries.iter().all(|(key, _)| matches!(key, Yaml::Str(_)));
            let members = entries.iter().map(|(key, value)| {
                let key = match key {
                    Yaml::Str(text) if plain => text.to_string(),
                    key => typed(key),
                };
                (key, golden(value))
            });
            members.collect::<Map<_, _>>().into()
        }
    }
}

/// A key of a mapping in which not all keys are texts.
fn typed(key: &Yaml<'_>) -> String {
    match key {
        Yaml::Str(text) => format!("string:{text}"),
        Yaml::Null => "<nil>:<nil>".to_owned(),
        Yaml::Bool(value) => format!("bool:{value}"),
        Yaml::Int(value) => format!("int:{value}"),
        Yaml::Uint(value) => format!("uint64:{value}"),
        Yaml::Float(value) => format!("float64:{value}"),
        Yaml::Timestamp(time) => format!("time.Time:{time}"),
        other => format!("{other:?}"),
    }
}

/// Numbers compare as numbers, whether written as integers or not.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter()
                    .all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}
