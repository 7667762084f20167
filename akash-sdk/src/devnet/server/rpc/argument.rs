//! Arguments of a call, in the three forms in which they come.

use super::RpcError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

/// The arguments of a call.
#[derive(Debug, Clone)]
pub(super) enum Arguments {
    None,
    /// Behind the question mark of an address: numbers bare or quoted, texts quoted, bytes as `0x…` or quoted.
    Address(Vec<(String, String)>),
    Named(Map<String, Value>),
    Listed(Vec<Value>),
}

/// How bytes are written in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bytes {
    Hex,
    Base64,
}

enum Given<'a> {
    Address(&'a str),
    Json(&'a Value),
}

fn wrong(name: &str, wanted: &str) -> RpcError {
    RpcError::parameters(format!(
        "error converting param {name}: {wanted} was expected"
    ))
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes()
        .chunks(2)
        .map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            if !pair.bytes().all(|digit| digit.is_ascii_hexdigit()) {
                return None;
            }
            u8::from_str_radix(pair, 16).ok()
        })
        .collect()
}

/// The text in a quoted value.
fn quoted(text: &str) -> Option<String> {
    if text.starts_with('"') {
        serde_json::from_str(text).ok()
    } else {
        None
    }
}

impl Arguments {
    /// The argument of this name, or at this place.
    fn given(&self, place: usize, name: &str) -> Option<Given<'_>> {
        match self {
            Self::None => None,
            Self::Address(pairs) => pairs
                .iter()
                .find(|(key, value)| key == name && !value.is_empty())
                .map(|(_, value)| Given::Address(value)),
            Self::Named(members) => members
                .get(name)
                .filter(|value| !value.is_null())
                .map(Given::Json),
            Self::Listed(list) => list
                .get(place)
                .filter(|value| !value.is_null())
                .map(Given::Json),
        }
    }

    /// An integer.
    pub(super) fn integer(&self, place: usize, name: &str) -> Result<Option<i64>, RpcError> {
        let text = match self.given(place, name) {
            None => return Ok(None),
            Some(Given::Address(text)) => quoted(text).unwrap_or_else(|| text.to_owned()),
            Some(Given::Json(Value::String(text))) => text.clone(),
            Some(Given::Json(Value::Number(number))) => number.to_string(),
            Some(Given::Json(_)) => return Err(wrong(name, "an integer")),
        };
        text.parse()
            .map(Some)
            .map_err(|_| wrong(name, "an integer of 64 bits"))
    }

    pub(super) fn flag(&self, place: usize, name: &str) -> Result<bool, RpcError> {
        match self.given(place, name) {
            None => Ok(false),
            Some(Given::Address("true") | Given::Json(Value::Bool(true))) => Ok(true),
            Some(Given::Address("false") | Given::Json(Value::Bool(false))) => Ok(false),
            Some(_) => Err(wrong(name, "true or false")),
        }
    }

    /// A text; an absent one is empty.
    pub(super) fn text(&self, place: usize, name: &str) -> Result<String, RpcError> {
        match self.given(place, name) {
            None => Ok(String::new()),
            Some(Given::Address(text)) => {
                quoted(text).ok_or_else(|| wrong(name, "a text in double quotes"))
            }
            Some(Given::Json(Value::String(text))) => Ok(text.clone()),
            Some(Given::Json(_)) => Err(wrong(name, "a text")),
        }
    }

    /// Bytes; absent ones are empty.
    pub(super) fn bytes(&self, place: usize, name: &str, form: Bytes) -> Result<Vec<u8>, RpcError> {
        match self.given(place, name) {
            None => Ok(Vec::new()),
            Some(Given::Address(text)) => match text.strip_prefix("0x") {
                Some(digits) => from_hex(digits).ok_or_else(|| wrong(name, "0x and hex digits")),
                None => match (quoted(text), form) {
                    (Some(text), Bytes::Base64) => Ok(text.into_bytes()),
                    (Some(text), Bytes::Hex) => {
                        from_hex(&text).ok_or_else(|| wrong(name, "hex digits"))
                    }
                    (None, _) => from_hex(text).ok_or_else(|| wrong(name, "0x and hex digits")),
                },
            },
            Some(Given::Json(Value::String(text))) => match form {
                Bytes::Base64 => STANDARD.decode(text).map_err(|_| wrong(name, "base64")),
                Bytes::Hex => {
                    let digits = text.strip_prefix("0x").unwrap_or(text);
                    from_hex(digits).ok_or_else(|| wrong(name, "hex digits"))
                }
            },
            Some(Given::Json(_)) => Err(wrong(name, "bytes as text")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn all_forms_are_read() {
        let address = |value: &str| Arguments::Address(vec![("x".to_owned(), value.to_owned())]);
        let listed = |value: Value| Arguments::Listed(vec![value]);
        for arguments in [
            address("7"),
            address("\"7\""),
            listed(json!(7)),
            listed(json!("7")),
        ] {
            assert_eq!(arguments.integer(0, "x"), Ok(Some(7)), "{arguments:?}");
        }
        for (arguments, form) in [
            (address("0x6869"), Bytes::Hex),
            (address("0x6869"), Bytes::Base64),
            (address("\"hi\""), Bytes::Base64),
            (listed(json!("6869")), Bytes::Hex),
            (listed(json!("aGk=")), Bytes::Base64),
        ] {
            assert_eq!(
                arguments.bytes(0, "x", form),
                Ok(b"hi".to_vec()),
                "{arguments:?}"
            );
        }
        assert_eq!(address("\"a b\"").text(0, "x"), Ok("a b".to_owned()));
        assert_eq!(address("true").flag(0, "x"), Ok(true));
        assert_eq!(Arguments::None.integer(0, "x"), Ok(None));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let listed = |value: Value| Arguments::Listed(vec![value]);
        assert!(listed(json!([])).integer(0, "x").is_err());
        assert!(listed(json!("1.5")).integer(0, "x").is_err());
        assert!(listed(json!("zz")).bytes(0, "x", Bytes::Hex).is_err());
        assert!(listed(json!("+1")).bytes(0, "x", Bytes::Hex).is_err());
        assert!(listed(json!("a")).bytes(0, "x", Bytes::Base64).is_err());
        assert!(listed(json!(1)).text(0, "x").is_err());
        assert!(listed(json!("true")).flag(0, "x").is_err());
    }
}
