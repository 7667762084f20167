//! Query parameters as the JSON of a request.

use super::invalid;
use crate::cosmos::wire::{self, Descriptor, FieldDescriptor, Kind, Shape};
use crate::devnet::query::Failure;
use crate::devnet::server::http::parameters;
use serde_json::{Map, Value};

/// Deepest path of a parameter.
const DEPTH: usize = 16;

/// The request message that the parameters describe. Like the gateway, it passes over those it does not know.
pub(super) fn from_parameters(message: &str, query: &str) -> Result<Value, Failure> {
    let mut request = Value::Object(Map::new());
    for (name, value) in parameters(query) {
        set(&mut request, message, &name, &value)?;
    }
    Ok(request)
}

/// Sets the field at a path such as `pagination.limit`.
pub(super) fn set(
    request: &mut Value,
    message: &str,
    path: &str,
    text: &str,
) -> Result<(), Failure> {
    let Some(mut descriptor) = wire::descriptor(message) else {
        return Ok(());
    };
    let mut place = request;
    let mut names = path.split('.').take(DEPTH).peekable();
    while let Some(name) = names.next() {
        let Some(field) = find(descriptor, name) else {
            return Ok(());
        };
        let (kind, many) = match field.shape {
            Shape::Scalar(kind)
            | Shape::Always(kind)
            | Shape::Optional(kind)
            | Shape::Member(kind) => (kind, false),
            Shape::Many(kind) => (kind, true),
            Shape::Map(_) | Shape::OneOf(_) => return Ok(()),
        };
        let Some(members) = place.as_object_mut() else {
            return Ok(());
        };
        if names.peek().is_some() {
            let Kind::Message(inner) = kind else {
                return Err(invalid(format!("invalid path: {path:?} is not a message")));
            };
            if many {
                return Err(invalid(format!("unexpected repeated field in {path:?}")));
            }
            descriptor = inner();
            place = members
                .entry(field.name)
                .or_insert_with(|| Value::Object(Map::new()));
            continue;
        }
        let value = scalar(kind, text)
            .ok_or_else(|| invalid(format!("parsing field {name:?}: invalid value {text:?}")))?;
        if many {
            let list = members
                .entry(field.name)
                .or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(items) = list {
                items.push(value);
            }
        } else {
            members.insert(field.name.to_owned(), value);
        }
        return Ok(());
    }
    Ok(())
}

/// The field with this proto name or lowerCamel name; members of a choice count.
fn find(descriptor: &Descriptor, name: &str) -> Option<&'static FieldDescriptor> {
    descriptor
        .fields
        .iter()
        .find_map(|field| match field.shape {
            Shape::OneOf(members) => members.iter().find(|member| is(member.name, name)),
            _ => is(field.name, name).then_some(field),
        })
}

fn is(field: &str, name: &str) -> bool {
    field == name || camel(field) == name
}

fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut upper = false;
    for letter in name.chars() {
        match letter {
            '_' => upper = true,
            _ if upper => {
                out.push(letter.to_ascii_uppercase());
                upper = false;
            }
            _ => out.push(letter),
        }
    }
    out
}

fn scalar(kind: Kind, text: &str) -> Option<Value> {
    let value = Value::String(text.to_owned());
    match kind {
        // As Go reads a boolean.
        Kind::Bool => match text {
            "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(Value::Bool(true)),
            "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(Value::Bool(false)),
            _ => None,
        },
        // A plus sign that was not escaped has become a space; the URL's own alphabet is taken, too.
        Kind::Bytes => {
            let plain: String = text
                .chars()
                .map(|letter| match letter {
                    ' ' | '-' => '+',
                    '_' => '/',
                    other => other,
                })
                .collect();
            let missing = (4 - plain.len() % 4) % 4;
            Some(Value::String(plain + "=".repeat(missing).as_str()))
        }
        Kind::Enum(_) => Some(text.parse::<i32>().map_or(value, Value::from)),
        Kind::Message(_) => None,
        Kind::Int32
        | Kind::Int64
        | Kind::Uint32
        | Kind::Uint64
        | Kind::Text
        | Kind::Int
        | Kind::Dec
        | Kind::Time
        | Kind::Duration => Some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const BIDS: &str = "akash.market.v1beta5.QueryBidsRequest";

    #[test]
    fn parameters_become_a_request() {
        assert_eq!(
            from_parameters(
                BIDS,
                "filters.owner=a%20b&filters.dseq=7&pagination.limit=5&pagination.countTotal=true\
                 &pagination.key=_-8&no.such=1&x",
            ),
            Ok(json!({
                "filters": {"owner": "a b", "dseq": "7"},
                "pagination": {"limit": "5", "count_total": true, "key": "/+8="},
            }))
        );
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for query in [
            "pagination.countTotal=maybe",
            "filters=1",
            "filters.owner.x=1",
        ] {
            assert_eq!(from_parameters(BIDS, query).unwrap_err().code, 3, "{query}");
        }
    }
}
