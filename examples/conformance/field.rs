//! Reading the members of JSON objects, with an error that names the member.

use super::Failure;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt::Display;
use std::str::FromStr;

/// Members of an object by name.
pub(super) trait Fields {
    /// The member, or `null`.
    fn at(&self, name: &str) -> &Value;

    /// A text that must be there.
    fn text(&self, name: &str) -> Result<&str, Failure>;

    /// A list; absent and `null` mean empty.
    fn list(&self, name: &str) -> &[Value];

    /// A value that a type reads from JSON.
    fn read<T: DeserializeOwned>(&self, name: &str) -> Result<T, Failure>;

    /// A value that a type reads from text.
    fn parse<T: FromStr<Err: Display>>(&self, name: &str) -> Result<T, Failure> {
        let text = self.text(name)?;
        text.parse()
            .map_err(|error| format!("`{name}`: {error}").into())
    }

    /// A count, as a number or as text; absent and `null` mean zero.
    fn count<T: TryFrom<u64>>(&self, name: &str) -> Result<T, Failure> {
        let value = self.at(name);
        let number = match value {
            Value::Null => Some(0),
            Value::String(text) => text.parse().ok(),
            value => value.as_u64(),
        };
        number
            .and_then(|number| T::try_from(number).ok())
            .ok_or_else(|| format!("`{name}` is {value} and must be a count that fits").into())
    }

    /// An optional text: absent, `null` and empty are the same.
    fn some_text(&self, name: &str) -> Option<&str> {
        self.at(name).as_str().filter(|text| !text.is_empty())
    }
}

impl Fields for Value {
    fn at(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&Self::Null)
    }

    fn text(&self, name: &str) -> Result<&str, Failure> {
        let value = self.at(name);
        value
            .as_str()
            .ok_or_else(|| format!("`{name}` is {value} and must be a text").into())
    }

    fn list(&self, name: &str) -> &[Value] {
        self.at(name).as_array().map_or(&[], Vec::as_slice)
    }

    fn read<T: DeserializeOwned>(&self, name: &str) -> Result<T, Failure> {
        T::deserialize(self.at(name)).map_err(|error| format!("`{name}`: {error}").into())
    }
}

/// The cases of a file, in a member of it that must be a list.
pub(super) fn vectors<'a>(file: &'a Value, name: &str) -> Result<&'a [Value], Failure> {
    let list = file.at(name).as_array();
    Ok(list.ok_or_else(|| format!("this is no vector file of the kind: `{name}` is missing"))?)
}

/// What a case expects: those of its members that are results. `None` if it has none of them.
pub(super) fn expected(case: &Value, names: &[&str]) -> Option<Value> {
    let members: Map<String, Value> = names
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), case.get(name)?.clone())))
        .collect();
    (!members.is_empty()).then_some(Value::Object(members))
}

/// Refuses an object with members that the format does not have: their meaning would be lost. A `note` may stand anywhere.
pub(super) fn only(value: &Value, names: &[&[&str]]) -> Result<(), Failure> {
    let members = value.as_object().into_iter().flat_map(Map::keys);
    for member in members.filter(|member| *member != "note") {
        if !names.iter().any(|list| list.contains(&member.as_str())) {
            let known = names.concat().join(", ");
            return Err(format!("the format has no member `{member}` here, only {known}").into());
        }
    }
    Ok(())
}

/// The members of a JSON object that were given, without those that are `null`.
pub(super) fn present<const N: usize>(members: [(&str, Value); N]) -> Value {
    let given = members.into_iter().filter(|(_, value)| !value.is_null());
    given
        .map(|(name, value)| (name.to_owned(), value))
        .collect::<Map<_, _>>()
        .into()
}
