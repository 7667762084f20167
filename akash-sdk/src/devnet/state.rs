//! What a block can change, and what is kept of past blocks.

use super::account::Account;
use super::allowance::Allowances;
use super::authority::Authorities;
use akash_market::address::Address;
use akash_market::bank::Modules;
use akash_market::change::Change;
use akash_market::ledger::Ledger;
use akash_market::time::Timestamp;
use akash_sdl::num::{Coin, Denom, Int};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many of the modules have their account from the genesis on; the others get one when they are first paid into.
const AT_GENESIS: usize = 6;

/// Modules with an account of their own, in the order in which a genesis numbers them, with what they may do.
pub(super) const MODULES: [(&str, &[&str]); 9] = [
    ("fee_collector", &[]),
    ("distribution", &[]),
    ("bonded_tokens_pool", &["burner", "staking"]),
    ("not_bonded_tokens_pool", &["burner", "staking"]),
    ("gov", &["burner"]),
    ("mint", &["minter"]),
    ("bme", &["burner", "minter"]),
    ("escrow", &[]),
    ("transfer", &["minter", "burner"]),
];

/// A module: name, address, number of its account, permissions.
pub(super) type Module<N> = (&'static str, Address, N, &'static [&'static str]);

/// The market's ledger with what a node keeps beside it.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) ledger: Ledger,
    pub(super) accounts: Arc<BTreeMap<Address, Account>>,
    /// Numbers of the modules' accounts; none if it was not made yet.
    module_numbers: [Option<u64>; MODULES.len()],
    pub(super) next_number: u64,
    pub(super) allowances: Arc<Allowances>,
    pub(super) authorities: Arc<Authorities>,
    /// Unordered transactions that came and could come again, by the end of their time and the signer.
    pub(super) nonces: Arc<BTreeSet<(Timestamp, Address)>>,
    /// What came into being less what was burned, by denom, since the network began.
    pub(super) issued: BTreeMap<Denom, Int>,
}

impl State {
    /// A state at its beginning: these accounts, numbered by whoever made them.
    pub(super) fn new(ledger: Ledger, accounts: BTreeMap<Address, Account>) -> Self {
        let first_module = accounts
            .values()
            .map(|account| account.number.saturating_add(1))
            .max()
            .unwrap_or_default();
        let mut module_numbers = [None; MODULES.len()];
        let mut next_number = first_module;
        for number in module_numbers.iter_mut().take(AT_GENESIS) {
            *number = Some(next_number);
            next_number = next_number.saturating_add(1);
        }
        Self {
            ledger,
            accounts: Arc::new(accounts),
            module_numbers,
            next_number,
            allowances: Arc::default(),
            authorities: Arc::default(),
            nonces: Arc::default(),
            issued: BTreeMap::new(),
        }
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

    /// Whether escrow and vault were never paid into: their accounts are made when they are.
    pub(super) fn fresh(&self) -> [bool; 2] {
        let modules = self.ledger.modules();
        [&modules.escrow, &modules.bme].map(|module| self.module_of(module).is_none())
    }

    fn issue(&mut self, coin: &Coin, amount: Int) {
        let sum = self.issued.entry(coin.denom().clone()).or_insert(Int::ZERO);
        *sum = sum.add(amount).unwrap_or(*sum);
    }

    /// Makes an account, unless there is one.
    pub(super) fn add_account(&mut self, owner: &Address) {
        if self.accounts.contains_key(owner) {
            return;
        }
        let number = self.next_number;
        let place = self
            .all_modules()
            .position(|(_, module, ..)| module == *owner);
        if let Some(known) = place.and_then(|place| self.module_numbers.get_mut(place)) {
            if known.is_some() {
                return;
            }
            *known = Some(number);
        } else {
            let account = Account {
                number,
                ..Account::default()
            };
            Arc::make_mut(&mut self.accounts).insert(owner.clone(), account);
        }
        self.next_number = number.saturating_add(1);
    }

    pub(super) fn modify_account(&mut self, owner: &Address, change: impl FnOnce(&mut Account)) {
        if let Some(account) = Arc::make_mut(&mut self.accounts).get_mut(owner) {
            change(account);
        }
    }

    /// The modules that can have an account: name, address, number if it has one, permissions.
    pub(super) fn all_modules(&self) -> impl Iterator<Item = Module<Option<u64>>> + '_ {
        let prefix = &self.ledger.modules().prefix;
        MODULES
            .into_iter()
            .zip(self.module_numbers)
            .filter_map(|((name, permissions), number)| {
                let address = Modules::address(prefix, name).ok()?;
                Some((name, address, number, permissions))
            })
    }

    /// The modules with an account.
    pub(super) fn modules(&self) -> impl Iterator<Item = Module<u64>> + '_ {
        self.all_modules()
            .filter_map(|(name, address, number, permissions)| {
                Some((name, address, number?, permissions))
            })
    }

    /// The module whose account this is.
    pub(super) fn module_of(&self, owner: &Address) -> Option<Module<u64>> {
        // All modules' addresses have 20 bytes; most accounts are found before this is asked.
        self.modules().find(|(_, address, ..)| address == owner)
    }

    /// Forgets unordered transactions that are too late to come again.
    pub(super) fn forget_nonces(&mut self, now: Timestamp) {
        if self.nonces.first().is_some_and(|(end, _)| *end < now) {
            Arc::make_mut(&mut self.nonces).retain(|(end, _)| *end >= now);
        }
    }
}
