//! The node's state: ledger, accounts, mempool, blocks, history.

use super::account::{Account, DevAccount};
use super::ante::Abci;
use super::pool::Pool;
use super::state::State;
use crate::cosmos::transport::{BlockResult, TxResult};
use crate::cosmos::tx::{GasPrices, TxHash};
use akash_market::address::Address;
use akash_market::time::{Block, Nanos};
use akash_sdl::num::Dec;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The account that reports the AKT price before each block, and the price it reports.
#[derive(Debug, Clone)]
pub(super) struct Feed {
    pub(super) account: Option<DevAccount>,
    pub(super) price: Option<Dec>,
}

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) chain_id: String,
    pub(super) state: State,
    pub(super) gas_prices: GasPrices,
    pub(super) block: Block,
    pub(super) block_time: Nanos,
    pub(super) pool: Pool,
    pub(super) verified: HashSet<TxHash>,
    pub(super) blocks: Vec<BlockResult>,
    pub(super) included: HashMap<TxHash, (usize, usize)>,
    /// States after recent blocks, for reads at a height.
    pub(super) history: BTreeMap<i64, State>,
    pub(super) keep: usize,
    pub(super) feed: Feed,
    /// Whether transactions are held to their gas limits.
    pub(super) metered: bool,
}

impl Node {
    /// A node that has made no block yet.
    pub(super) fn new(
        chain_id: String,
        state: State,
        gas_prices: GasPrices,
        block: Block,
        feed: Feed,
    ) -> Self {
        Self {
            chain_id,
            state,
            gas_prices,
            block,
            block_time: Nanos::from_secs(6),
            pool: Pool::default(),
            verified: HashSet::new(),
            blocks: Vec::new(),
            included: HashMap::new(),
            history: BTreeMap::new(),
            keep: 64,
            metered: true,
            feed,
        }
    }

    /// The sequence that the next transaction of an account has to carry, with those in the mempool counted.
    pub(super) fn pending_sequence(&self, owner: &Address, account: &Account) -> u64 {
        account.sequence.saturating_add(self.pool.taken(owner))
    }

    /// The state at a height, or the newest.
    pub(super) fn at(&self, height: Option<i64>) -> Result<&State, Abci> {
        match height {
            None | Some(0) => Ok(&self.state),
            Some(height) if height == self.block.height.0 => Ok(&self.state),
            Some(height) if height > self.block.height.0 => Err(Abci::sdk(
                26,
                "cannot query with height in the future; please provide a valid height",
            )),
            Some(height) => self.history.get(&height).ok_or_else(|| {
                Abci::sdk(
                    18,
                    format!("failed to load state at height {height}; it was pruned"),
                )
            }),
        }
    }

    pub(super) fn tx(&self, hash: &TxHash) -> Option<&TxResult> {
        let (block, index) = self.included.get(hash)?;
        self.blocks.get(*block)?.txs.get(*index)
    }

    pub(super) fn result(&self, height: i64) -> Option<&BlockResult> {
        let first = self.blocks.first()?.height;
        let index = usize::try_from(height.checked_sub(first)?).ok()?;
        self.blocks.get(index)
    }
}
