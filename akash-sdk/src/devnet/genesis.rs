//! Networks that began elsewhere.

use super::DevnetError;
use super::account::Account;
use super::handle::Devnet;
use super::node::{Feed, Node};
use super::state::State;
use crate::cosmos::tx::GasPrices;
use akash_market::address::Address;
use akash_market::ledger::{Genesis, Ledger};
use akash_market::time::Nanos;
use std::collections::BTreeMap;

/// An account that is there from the beginning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GenesisAccount {
    /// Its address.
    pub address: Address,
    /// Its number, which stands in its signatures.
    pub number: u64,
    /// Transactions it has sent already.
    pub sequence: u64,
}

/// How a network begins, in all its parts; [`Devnet::builder`] makes one up instead.
#[derive(Debug, Clone)]
pub struct DevnetGenesis {
    /// Name of the network.
    pub chain_id: String,
    /// Plain accounts. The modules' accounts are numbered after them.
    pub accounts: Vec<GenesisAccount>,
    /// Balances, parameters and records of the market. Its block is the one before the first.
    pub ledger: Genesis,
    /// The node's minimum gas price.
    pub gas_prices: GasPrices,
    /// Time between two blocks where nobody names it.
    pub block_time: Nanos,
    /// Whether transactions are held to their gas limits. A run of another node is repeated without: its word on what
    /// ran out of gas is taken instead.
    pub metered: bool,
    /// How many past blocks' states are kept for reads at a height.
    pub keep_blocks: usize,
}

impl Devnet {
    /// Starts a network of which everything is given. It has made no block yet, knows no keys and reports no prices.
    ///
    /// ```
    /// use akash_market::ledger::Genesis;
    /// use akash_market::time::Nanos;
    /// use akash_sdk::devnet::{Devnet, DevnetGenesis};
    ///
    /// let devnet = Devnet::from_genesis(DevnetGenesis {
    ///     chain_id: "akash-localnet-1".to_owned(),
    ///     accounts: vec![],
    ///     ledger: Genesis::default(),
    ///     gas_prices: "0.0025uakt".parse()?,
    ///     block_time: Nanos::from_secs(1),
    ///     metered: true,
    ///     keep_blocks: 100,
    /// })?;
    /// assert_eq!(devnet.height(), 0);
    /// devnet.mine(1)?;
    /// assert_eq!(devnet.height(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the genesis contradicts itself.
    pub fn from_genesis(genesis: DevnetGenesis) -> Result<Self, DevnetError> {
        let block = genesis.ledger.block;
        let accounts: BTreeMap<Address, Account> = genesis
            .accounts
            .into_iter()
            .map(|account| {
                let state = Account {
                    number: account.number,
                    sequence: account.sequence,
                    key: None,
                };
                (account.address, state)
            })
            .collect();
        let node = Node::new(
            genesis.chain_id,
            State::new(Ledger::new(genesis.ledger)?, accounts),
            genesis.gas_prices,
            block,
            Feed {
                account: None,
                price: None,
            },
        );
        let node = Node {
            block_time: genesis.block_time,
            metered: genesis.metered,
            keep: genesis.keep_blocks,
            ..node
        };
        Ok(Self::new(node, Vec::new()))
    }
}
