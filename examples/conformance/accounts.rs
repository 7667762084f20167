//! Accounts by the names that a scenario gives them.

use super::Failure;
use super::field::{Fields, only};
use akash_market::address::Address;
use akash_market::escrow::Deposit;
use akash_market::ledger::{Genesis, Ledger};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Clone)]
pub(super) struct Accounts(BTreeMap<String, Address>);

impl Accounts {
    /// Those of the member `addresses`.
    pub(super) fn of(vector: &Value) -> Result<Self, Failure> {
        Ok(Self(vector.read("addresses")?))
    }

    /// The account that a member names, by its name or by its address.
    pub(super) fn named(&self, value: &Value, member: &str) -> Result<Address, Failure> {
        self.get(value.text(member)?)
    }

    pub(super) fn get(&self, name: &str) -> Result<Address, Failure> {
        match self.0.get(name) {
            Some(address) => Ok(address.clone()),
            None => Ok(name.parse()?),
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Address)> {
        self.0.iter()
    }

    pub(super) fn name_of(&self, address: &Address) -> String {
        let found = self.0.iter().find(|(_, known)| *known == address);
        found.map_or_else(|| address.to_string(), |(name, _)| name.clone())
    }

    /// A genesis with the member `balances`.
    pub(super) fn genesis(&self, vector: &Value) -> Result<Genesis, Failure> {
        let mut genesis = Genesis::default();
        for entry in vector.list("balances") {
            only(entry, &[&["account", "coins"]])?;
            for coin in entry.list("coins") {
                let owner = self.named(entry, "account")?;
                genesis = genesis.balance(owner, Deserialize::deserialize(coin)?);
            }
        }
        Ok(genesis)
    }

    /// Balances of all named accounts and of the escrow module.
    pub(super) fn balances(&self, ledger: &Ledger) -> Value {
        let escrow = ("module:escrow", &ledger.modules().escrow);
        let named = self.iter().map(|(name, address)| (name.as_str(), address));
        let balances = named.chain([escrow]).map(|(name, address)| {
            let coins: Vec<_> = ledger.bank().coins(address).collect();
            json!({"account": name, "coins": coins})
        });
        balances.collect()
    }
}

/// A deposit of an amount in one member, taken from the member `sources`.
pub(super) fn deposit(step: &Value, amount: &str) -> Result<Deposit, Failure> {
    let sources = step.read::<Option<_>>("sources")?;
    Ok(Deposit {
        amount: step.read(amount)?,
        sources: sources.unwrap_or_default(),
    })
}
