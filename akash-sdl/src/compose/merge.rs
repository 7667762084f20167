//! Laying one value of a compose file over another.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{Item, Value};

/// Keys whose whole value is replaced.
const REPLACED: [&str; 4] = ["command", "entrypoint", "test", "extends"];

/// Keys that are a map or a list of `NAME=value`.
const MAPS: [&str; 4] = ["environment", "labels", "annotations", "extra_hosts"];

/// A value with another one of the same key laid over it, as the Compose Specification merges services
/// and files: maps by key, lists one behind the other.
pub(super) fn merge(key: &str, base: &Item, over: &Item) -> Item {
    if REPLACED.contains(&key) {
        return over.clone();
    }
    let value = match (&base.value, &over.value) {
        (_, Value::Null) => return base.clone(),
        (Value::Map(base), Value::Map(over)) => maps(base, over),
        (Value::List(items), Value::List(more)) => lists(key, items, more),
        (Value::List(items), Value::Map(over)) if MAPS.contains(&key) => maps(&pairs(items), over),
        (Value::Map(base), Value::List(items)) if MAPS.contains(&key) => maps(base, &pairs(items)),
        (Value::List(items), Value::Map(over)) if key == "depends_on" => maps(&names(items), over),
        (Value::Map(base), Value::List(items)) if key == "depends_on" => maps(base, &names(items)),
        _ => return over.clone(),
    };
    Item {
        span: over.span,
        value,
    }
}

fn maps(base: &[(String, Item)], over: &[(String, Item)]) -> Value {
    let mut merged: Vec<(String, Item)> = base.to_vec();
    let names = base.iter().enumerate();
    let index: BTreeMap<&str, usize> = names.map(|(at, (name, _))| (name.as_str(), at)).collect();
    for (name, item) in over {
        let known = index.get(name.as_str()).copied();
        match known.and_then(|at| merged.get_mut(at)) {
            Some((_, known)) => *known = merge(name, known, item),
            None => merged.push((name.clone(), item.clone())),
        }
    }
    Value::Map(merged)
}

/// Both lists without texts that are there already. A volume takes the place of one with its target.
fn lists(key: &str, items: &[Item], more: &[Item]) -> Value {
    let identity = |item: &'_ Item| match (key, &item.value) {
        ("volumes", _) => target(item),
        (_, Value::Text(text)) => Some(text.clone()),
        (_, Value::Null | Value::List(_) | Value::Map(_)) => None,
    };
    let over: BTreeSet<String> = more.iter().filter_map(identity).collect();
    let kept = items
        .iter()
        .filter(|item| identity(item).is_none_or(|known| !over.contains(&known)));
    Value::List(kept.chain(more).cloned().collect())
}

/// Where a volume of a service is mounted.
fn target(volume: &Item) -> Option<String> {
    let text = match &volume.value {
        Value::Text(text) => text.split(':').nth(1).unwrap_or(text),
        Value::Map(pairs) => match &pairs.iter().find(|(name, _)| name == "target")?.1.value {
            Value::Text(text) => text,
            Value::Null | Value::List(_) | Value::Map(_) => return None,
        },
        Value::Null | Value::List(_) => return None,
    };
    Some(text.to_owned())
}

/// `NAME=value` texts as a map.
fn pairs(items: &[Item]) -> Vec<(String, Item)> {
    items
        .iter()
        .filter_map(|item| match &item.value {
            Value::Text(text) => {
                let (name, value) = match text.split_once('=') {
                    Some((name, value)) => (name, Value::Text(value.to_owned())),
                    None => (text.as_str(), Value::Null),
                };
                let span = item.span;
                Some((name.to_owned(), Item { span, value }))
            }
            Value::Null | Value::List(_) | Value::Map(_) => None,
        })
        .collect()
}

/// Names as a map of nothing.
fn names(items: &[Item]) -> Vec<(String, Item)> {
    items
        .iter()
        .filter_map(|item| match &item.value {
            Value::Text(text) => Some((
                text.clone(),
                Item {
                    span: item.span,
                    value: Value::Map(Vec::new()),
                },
            )),
            Value::Null | Value::List(_) | Value::Map(_) => None,
        })
        .collect()
}
