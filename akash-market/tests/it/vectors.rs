//! Reading golden data.

use akash_market::address::Address;
use akash_market::error::{Code, Error};
use akash_market::escrow::{Deposit, DepositSource};
use akash_sdl::num::{Coin, DecCoin};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The vectors of a file of the top-level `vectors` folder.
pub(crate) fn load(path: &str) -> Vec<Value> {
    load_list(path, "vectors")
}

/// A list in a file of the top-level `vectors` folder.
pub(crate) fn load_list(path: &str, name: &str) -> Vec<Value> {
    let path = format!("{}/../vectors/{path}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
    let file: Value = serde_json::from_str(&text).unwrap();
    file[name].as_array().unwrap().clone()
}

pub(crate) fn parse<T: DeserializeOwned>(value: &Value) -> T {
    serde_json::from_value(value.clone()).unwrap_or_else(|e| panic!("{value}: {e}"))
}

/// Accounts by their names in a vector.
pub(crate) struct Names(BTreeMap<String, Address>);

impl Names {
    pub(crate) fn new(addresses: &Value) -> Self {
        Self(parse(addresses))
    }

    pub(crate) fn get(&self, name: &Value) -> Address {
        let name = name.as_str().unwrap();
        self.0
            .get(name)
            .cloned()
            .unwrap_or_else(|| name.parse().unwrap())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&String, &Address)> {
        self.0.iter()
    }

    pub(crate) fn deposit(amount: &Value, sources: &Value) -> Deposit {
        Deposit {
            amount: parse::<Coin>(amount),
            sources: parse::<Vec<DepositSource>>(sources),
        }
    }
}

pub(crate) fn price(value: &Value) -> DecCoin {
    parse(value)
}

/// An error in the form of the vectors.
pub(crate) fn error(error: &Error) -> Value {
    let Code { codespace, code } = error.code();
    let text = error.to_string();
    match error {
        Error::Panic(_) => {
            json!({"kind": "panic", "message": text.strip_prefix("recovered: ").unwrap()})
        }
        _ => json!({"kind": "error", "codespace": codespace, "code": code, "message": text}),
    }
}
