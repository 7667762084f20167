use super::DevnetError;
use super::account::{Account, DevAccount};
use super::handle::Devnet;
use super::node::{Feed, Node};
use super::state::State;
use crate::cosmos::tx::{GasPriceError, GasPrices};
use akash_market::address::Address;
use akash_market::id::Height;
use akash_market::ledger::{Genesis, Ledger, Rules};
use akash_market::params::Params;
use akash_market::time::{Block, Nanos, Timestamp};
use akash_sdl::num::{Coin, Dec};
use std::collections::BTreeMap;

/// 2026-01-01T00:00:00Z: the network begins there, so that every run gives the same chain.
const BEGIN: Timestamp = Timestamp::from_secs(1_767_225_600);

/// Describes an embedded network before it starts.
///
/// | setting | default |
/// |---|---|
/// | chain id | `akash-devnet-1` |
/// | time of a block | 6 s |
/// | minimum gas price | 0.0025uakt |
/// | AKT price | 1.25 USD, reported before each block |
/// | vault of the burn-mint equilibrium | 1,000,000 AKT |
/// | accounts | `tenant`, `tenant2`, `auditor`, `oracle`, with 1,000,000 AKT each |
/// | rules | the chain's, faults included |
#[derive(Debug, Clone)]
pub struct DevnetBuilder {
    chain_id: String,
    block_time: Nanos,
    gas_price: Option<Dec>,
    price: Option<Dec>,
    vault: Coin,
    rules: Rules,
    params: Params,
    accounts: Vec<(String, Vec<Coin>)>,
    keep: usize,
}

impl DevnetBuilder {
    pub(super) fn new() -> Self {
        let rich = vec![Coin::uakt(1_000_000_000_000)];
        Self {
            chain_id: "akash-devnet-1".to_owned(),
            block_time: Nanos::from_secs(6),
            gas_price: Dec::with_precision(25, 4),
            price: Dec::with_precision(125, 2),
            vault: Coin::uakt(1_000_000_000_000),
            rules: Rules::chain(),
            params: Params::default(),
            accounts: ["tenant", "tenant2", "auditor", "oracle"]
                .map(|name| (name.to_owned(), rich.clone()))
                .to_vec(),
            keep: 64,
        }
    }

    /// Names the network.
    #[must_use]
    pub fn chain_id(mut self, chain_id: impl Into<String>) -> Self {
        self.chain_id = chain_id.into();
        self
    }

    /// Sets the time between two blocks.
    #[must_use]
    pub const fn block_time(mut self, block_time: Nanos) -> Self {
        self.block_time = block_time;
        self
    }

    /// Sets the AKT price that is reported before each block; `None` reports nothing.
    #[must_use]
    pub const fn akt_price(mut self, price: Option<Dec>) -> Self {
        self.price = price;
        self
    }

    /// Sets what the vault of the burn-mint equilibrium holds.
    #[must_use]
    pub fn vault(mut self, vault: Coin) -> Self {
        self.vault = vault;
        self
    }

    /// Puts other rules in force.
    #[must_use]
    pub const fn rules(mut self, rules: Rules) -> Self {
        self.rules = rules;
        self
    }

    /// Sets the modules' parameters; the price feed's account is added to the oracle's sources.
    #[must_use]
    pub fn params(mut self, params: Params) -> Self {
        self.params = params;
        self
    }

    /// Adds a funded account. Its key is the next of the network's wallet.
    #[must_use]
    pub fn account(mut self, name: impl Into<String>, coins: Vec<Coin>) -> Self {
        self.accounts.push((name.into(), coins));
        self
    }

    /// Gives more coins to the account of this name, if there is one.
    #[must_use]
    pub fn fund(mut self, name: &str, coins: Vec<Coin>) -> Self {
        if let Some((_, held)) = self.accounts.iter_mut().find(|(known, _)| known == name) {
            held.extend(coins);
        }
        self
    }

    /// Keeps the state of this many past blocks for reads at a height. Default 64.
    #[must_use]
    pub const fn keep_blocks(mut self, blocks: usize) -> Self {
        self.keep = blocks;
        self
    }

    /// Starts the network and makes its first blocks, so that there is a price and ACT can be minted.
    ///
    /// # Errors
    /// If the genesis contradicts itself.
    pub fn build(self) -> Result<Devnet, DevnetError> {
        let block = Block {
            height: Height(0),
            time: BEGIN,
        };
        let funded = self
            .accounts
            .iter()
            .zip(0..)
            .map(|((name, coins), index)| Ok((DevAccount::derive(name, index)?, coins.clone())))
            .collect::<Result<Vec<_>, DevnetError>>()?;
        let prices = self
            .gas_price
            .map_or_else(String::new, |price| format!("{price}uakt"));
        let gas_prices: GasPrices = prices
            .parse()
            .map_err(|e: GasPriceError| DevnetError::Usage(e.to_string()))?;
        let feed = funded
            .iter()
            .find(|(account, _)| account.name == "oracle")
            .map(|(account, _)| account.clone())
            .ok_or_else(|| DevnetError::Usage("there is no account `oracle`".to_owned()))?;
        let mut params = self.params;
        if !params.oracle.sources.contains(feed.address()) {
            params.oracle.sources.push(feed.address().clone());
        }
        let mut genesis = Genesis {
            block,
            rules: self.rules,
            params,
            vault: vec![self.vault],
            ..Genesis::default()
        };
        let mut accounts: BTreeMap<Address, Account> = BTreeMap::new();
        for ((account, coins), number) in funded.iter().zip(0..) {
            let state = Account {
                number,
                ..Account::default()
            };
            accounts.insert(account.address().clone(), state);
            for coin in coins {
                genesis = genesis.balance(account.address().clone(), coin.clone());
            }
        }
        let state = State::new(Ledger::new(genesis)?, accounts);
        let feed = Feed {
            account: Some(feed),
            price: self.price,
        };
        let node = Node {
            block_time: self.block_time,
            keep: self.keep,
            ..Node::new(self.chain_id, state, gas_prices, block, feed)
        };
        let accounts = funded.into_iter().map(|(account, _)| account).collect();
        let devnet = Devnet::new(node, accounts);
        // A price reported in one block opens minting in the next but one.
        devnet.mine(3)?;
        Ok(devnet)
    }
}
