//! The node's state: ledger, accounts, mempool, blocks, history.

use super::account::{Account, DevAccount};
use super::ante::Abci;
use crate::cosmos::transport::{BlockResult, TxResult};
use crate::cosmos::tx::{GasPrices, TxHash};
use akash_market::address::Address;
use akash_market::change::Change;
use akash_market::ledger::Ledger;
use akash_market::time::{Block, Nanos};
use akash_sdl::num::{Coin, Dec, Denom, Int};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A transaction in the mempool.
#[derive(Debug, Clone)]
pub(super) struct Pooled {
    pub(super) hash: TxHash,
    pub(super) bytes: Vec<u8>,
    pub(super) signers: Vec<Address>,
}

/// The account that reports the AKT price before each block, and the price it reports.
#[derive(Debug, Clone)]
pub(super) struct Feed {
    pub(super) account: DevAccount,
    pub(super) price: Option<Dec>,
}

#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) chain_id: String,
    pub(super) ledger: Ledger,
    pub(super) accounts: BTreeMap<Address, Account>,
    pub(super) next_number: u64,
    pub(super) gas_prices: GasPrices,
    pub(super) block: Block,
    pub(super) block_time: Nanos,
    pub(super) pool: Vec<Pooled>,
    pub(super) verified: HashSet<TxHash>,
    pub(super) blocks: Vec<BlockResult>,
    pub(super) included: HashMap<TxHash, (usize, usize)>,
    /// Ledgers of recent blocks, for reads at a height.
    pub(super) history: BTreeMap<i64, Ledger>,
    pub(super) keep: usize,
    pub(super) feed: Feed,
    /// What came into being less what was burned, by denom, since the network began.
    pub(super) issued: BTreeMap<Denom, Int>,
}

impl Node {
    /// The sequence that the next transaction of an account has to carry, with those in the mempool counted.
    pub(super) fn pending_sequence(&self, owner: &Address, account: &Account) -> u64 {
        let waiting = self
            .pool
            .iter()
            .filter(|pooled| pooled.signers.contains(owner))
            .count();
        account
            .sequence
            .saturating_add(u64::try_from(waiting).unwrap_or(u64::MAX))
    }

    /// Makes accounts for those that received coins for the first time, and counts what is minted and burned.
    pub(super) fn take_in(&mut self, changes: &[Change]) {
        for change in changes {
            match change {
                Change::Transferred { to, .. } => self.add_account(to),
                Change::Minted { coin, .. } => self.issue(coin, coin.amount()),
                Change::Burned { coin, .. } => self.issue(coin, coin.amount().neg()),
                _ => {}
            }
        }
    }

    fn issue(&mut self, coin: &Coin, amount: Int) {
        let sum = self.issued.entry(coin.denom().clone()).or_insert(Int::ZERO);
        *sum = sum.add(amount).unwrap_or(*sum);
    }

    pub(super) fn add_account(&mut self, owner: &Address) {
        if !self.accounts.contains_key(owner) {
            let account = Account {
                number: self.next_number,
                ..Account::default()
            };
            self.accounts.insert(owner.clone(), account);
            self.next_number = self.next_number.saturating_add(1);
        }
    }

    /// The state at a height, or the newest.
    pub(super) fn at(&self, height: Option<i64>) -> Result<&Ledger, Abci> {
        match height {
            None | Some(0) => Ok(&self.ledger),
            Some(height) if height == self.block.height.0 => Ok(&self.ledger),
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
