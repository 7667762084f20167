//! The beginning of a market.

use super::key::ByBytes;
use super::rules::Rules;
use super::state::State;
use super::{Ledger, validate};
use crate::address::{Address, AddressError};
use crate::audit::AuditRecord;
use crate::bank::Modules;
use crate::bme::Bme;
use crate::epochs::Epoch;
use crate::error::Error;
use crate::grant::DepositGrant;
use crate::oracle::Oracle;
use crate::params::Params;
use crate::provider::Provider;
use crate::store::{Lazy, Slot};
use crate::time::Block;
use akash_sdl::num::{Coin, Denom};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a market begins with: balances, parameters, providers, rules.
///
/// The default is an empty market with the chain's default parameters and rules, addresses that begin with `akash`,
/// and `uact` that accounts can't send to each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Genesis {
    /// Bech32 prefix of all addresses.
    pub prefix: String,
    /// The rules in force.
    pub rules: Rules,
    /// The block before the first.
    pub block: Block,
    /// Parameters of all modules.
    pub params: Params,
    /// Epochs that are counted; none of them need have started.
    pub epochs: Vec<Epoch>,
    /// Who holds what; several entries for one account add up.
    pub balances: Vec<(Address, Coin)>,
    /// What the vault of the burn-mint equilibrium holds. Without it nothing can be minted.
    pub vault: Vec<Coin>,
    /// Denoms that accounts can't send to each other.
    pub send_disabled: Vec<Denom>,
    /// Registered providers.
    pub providers: Vec<Provider>,
    /// Audit records.
    pub audits: Vec<AuditRecord>,
    /// Deposit grants.
    pub grants: Vec<DepositGrant>,
}

impl Default for Genesis {
    fn default() -> Self {
        Self {
            prefix: "akash".to_owned(),
            rules: Rules::chain(),
            block: Block::default(),
            params: Params::default(),
            epochs: Epoch::genesis(),
            balances: Vec::new(),
            vault: Vec::new(),
            send_disabled: vec![Denom::UACT],
            providers: Vec::new(),
            audits: Vec::new(),
            grants: Vec::new(),
        }
    }
}

/// Why a genesis can't be the beginning of a market.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GenesisError {
    /// The prefix is no bech32 prefix.
    #[error("no module accounts can be made: {0}")]
    Prefix(#[from] AddressError),
    /// Parameters break a rule.
    #[error("the parameters break a rule: {0}")]
    Params(#[source] Error),
    /// A balance can't be added to the supply.
    #[error("the balance of {owner} can't be added to the supply: {error}")]
    Balance {
        /// Whose.
        owner: Box<Address>,
        /// Why.
        #[source]
        error: Error,
    },
    /// A provider's record breaks a rule.
    #[error("the record of provider {owner} breaks a rule: {error}")]
    Provider {
        /// Whose.
        owner: Box<Address>,
        /// Why.
        #[source]
        error: Error,
    },
}

impl Genesis {
    /// Adds to an account's balance.
    #[must_use]
    pub fn balance(mut self, owner: Address, coin: Coin) -> Self {
        self.balances.push((owner, coin));
        self
    }

    /// Registers a provider.
    #[must_use]
    pub fn provider(mut self, provider: Provider) -> Self {
        self.providers.push(provider);
        self
    }

    /// Puts rules in force.
    #[must_use]
    pub const fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Sets parameters.
    #[must_use]
    pub fn params(mut self, params: Params) -> Self {
        self.params = params;
        self
    }

    pub(super) fn build(self) -> Result<Ledger, GenesisError> {
        self.params
            .validate(Some(&self.prefix))
            .map_err(|error| GenesisError::Params(error.into()))?;
        let modules = Modules::new(&self.prefix)?;
        let mut state = State {
            epochs: Lazy::new(
                self.epochs
                    .into_iter()
                    .map(|epoch| (epoch.identifier.clone(), epoch))
                    .collect(),
            ),
            oracle: Lazy::new(Oracle::new(&self.params.oracle)),
            bme: Lazy::new(Bme::new(&self.params.bme)),
            params: Lazy::new(Slot::new(self.params)),
            ..State::default()
        };
        let vault = self
            .vault
            .into_iter()
            .map(|coin| (modules.bme.clone(), coin));
        for (owner, coin) in self.balances.into_iter().chain(vault) {
            state
                .bank
                .mint(&owner, &coin, &mut Vec::new())
                .map_err(|error| GenesisError::Balance {
                    owner: Box::new(owner),
                    error,
                })?;
        }
        for denom in self.send_disabled {
            state.bank.set_send_enabled(denom, false);
        }
        for provider in self.providers {
            validate::provider(&provider.host_uri, &provider.attributes, &provider.info).map_err(
                |error| GenesisError::Provider {
                    owner: Box::new(provider.owner.clone()),
                    error,
                },
            )?;
            state
                .providers
                .insert(ByBytes::new(provider.owner.clone()), Arc::new(provider));
        }
        for record in self.audits {
            let key = (
                ByBytes::new(record.owner.clone()),
                ByBytes::new(record.auditor.clone()),
            );
            state.audits.insert(key, record);
        }
        let mut ledger = Ledger {
            rules: self.rules,
            modules,
            block: self.block,
            state,
            fallback: None,
            changes: Vec::new(),
        };
        for grant in self.grants {
            ledger.put_grant(grant);
        }
        Ok(ledger)
    }
}
