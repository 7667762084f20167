//! Balances and supply (cosmos-sdk x/bank), and the accounts of modules.

mod accounts;
mod holdings;
mod module;

pub use module::Modules;

use crate::address::Address;
use crate::change::Change;
use crate::error::{BankError, Error};
use crate::store::{Journaled, Lazy, Table};
use accounts::Accounts;
use akash_sdl::num::{Coin, Denom, Int};
use serde::{Deserialize, Serialize};

/// Who holds how much, and how much there is. The sum of all balances is the supply at any moment.
///
/// ```
/// use akash_market::bank::Bank;
/// use akash_sdl::num::{Coin, Denom};
/// let (a, b) = ("alice".parse()?, "bob".parse()?);
/// let mut bank = Bank::default();
/// let mut changes = Vec::new();
/// bank.mint(&a, &Coin::uakt(10), &mut changes)?;
/// bank.transfer(&a, &b, &Coin::uakt(4), &mut changes)?;
/// assert_eq!(bank.coin(&b, &Denom::UAKT), Coin::uakt(4));
/// assert!(bank.transfer(&a, &b, &Coin::uakt(7), &mut changes).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Bank {
    balances: Accounts,
    supply: Lazy<Table<Denom, Int>>,
    send_enabled: Lazy<Table<Denom, bool>>,
    /// What accounts held before changes inside a bracket.
    #[serde(skip)]
    undo: Vec<(u32, Denom, Int)>,
    /// Length of `undo` at the start of each open bracket.
    #[serde(skip)]
    marks: Vec<usize>,
}

impl PartialEq for Bank {
    fn eq(&self, other: &Self) -> bool {
        self.balances == other.balances
            && self.supply == other.supply
            && self.send_enabled == other.send_enabled
    }
}

impl Eq for Bank {}

impl Journaled for Bank {
    fn begin(&mut self) {
        self.marks.push(self.undo.len());
        self.supply.begin();
        self.send_enabled.begin();
    }

    fn commit(&mut self) {
        self.marks.pop();
        if self.marks.is_empty() {
            self.undo.clear();
        }
        self.supply.commit();
        self.send_enabled.commit();
    }

    fn rollback(&mut self) {
        let mark = self.marks.pop().unwrap_or_default();
        while self.undo.len() > mark
            && let Some((account, denom, amount)) = self.undo.pop()
        {
            if let Some(holdings) = self.balances.at_mut(account) {
                holdings.set(&denom, amount);
            }
        }
        self.supply.rollback();
        self.send_enabled.rollback();
    }
}

impl Bank {
    /// What an account holds of a denom.
    #[must_use]
    pub fn balance(&self, owner: &Address, denom: &Denom) -> Int {
        self.balances
            .get(owner)
            .map_or(Int::ZERO, |holdings| holdings.get(denom))
    }

    /// What an account holds of a denom, as a coin.
    #[must_use]
    pub fn coin(&self, owner: &Address, denom: &Denom) -> Coin {
        coin(denom, self.balance(owner, denom))
    }

    /// What an account holds, sorted by denom.
    pub fn coins<'a>(&'a self, owner: &'a Address) -> impl Iterator<Item = Coin> + 'a {
        self.balances
            .get(owner)
            .into_iter()
            .flat_map(|holdings| holdings.iter())
            .map(|(denom, amount)| coin(denom, amount))
    }

    /// All balances, by owner's text, then denom.
    pub fn iter(&self) -> impl Iterator<Item = (&Address, Coin)> {
        self.balances.iter().flat_map(|(owner, holdings)| {
            let coins = holdings.iter();
            coins.map(move |(denom, amount)| (owner, coin(denom, amount)))
        })
    }

    /// How much of a denom there is.
    #[must_use]
    pub fn supply(&self, denom: &Denom) -> Int {
        self.supply.get(denom).copied().unwrap_or_default()
    }

    /// How much there is of every denom, sorted by denom.
    pub fn supplies(&self) -> impl Iterator<Item = Coin> {
        self.supply
            .iter()
            .map(|(denom, amount)| coin(denom, *amount))
    }

    /// Whether accounts may send a denom to each other; they may unless it was forbidden.
    #[must_use]
    pub fn send_enabled(&self, denom: &Denom) -> bool {
        self.send_enabled.get(denom).copied().unwrap_or(true)
    }

    /// Allows or forbids sending a denom between accounts. Modules may move it all the same.
    pub fn set_send_enabled(&mut self, denom: Denom, enabled: bool) {
        self.send_enabled.insert(denom, enabled);
    }

    /// Moves a coin; nothing happens for an amount of zero.
    ///
    /// # Errors
    /// [`BankError::InsufficientFunds`] if `from` holds less.
    pub fn transfer(
        &mut self,
        from: &Address,
        to: &Address,
        coin: &Coin,
        changes: &mut Vec<Change>,
    ) -> Result<(), Error> {
        if coin.is_zero() {
            return Ok(());
        }
        self.take(from, coin)?;
        self.give(to, coin)?;
        changes.push(Change::Transferred {
            from: from.clone(),
            to: to.clone(),
            coin: coin.clone(),
        });
        Ok(())
    }

    /// Makes a coin for an account.
    ///
    /// # Errors
    /// If the supply leaves the range of integers.
    pub fn mint(
        &mut self,
        to: &Address,
        coin: &Coin,
        changes: &mut Vec<Change>,
    ) -> Result<(), Error> {
        if coin.is_zero() {
            return Ok(());
        }
        let supply = self.supply(coin.denom()).add(coin.amount())?;
        self.give(to, coin)?;
        self.supply.insert(coin.denom().clone(), supply);
        changes.push(Change::Minted {
            to: to.clone(),
            coin: coin.clone(),
        });
        Ok(())
    }

    /// Destroys a coin of an account.
    ///
    /// # Errors
    /// [`BankError::InsufficientFunds`] if `from` holds less.
    pub fn burn(
        &mut self,
        from: &Address,
        coin: &Coin,
        changes: &mut Vec<Change>,
    ) -> Result<(), Error> {
        if coin.is_zero() {
            return Ok(());
        }
        self.take(from, coin)?;
        let supply = self.supply(coin.denom()).sub(coin.amount())?;
        self.supply.insert(coin.denom().clone(), supply);
        changes.push(Change::Burned {
            from: from.clone(),
            coin: coin.clone(),
        });
        Ok(())
    }

    #[inline]
    fn take(&mut self, from: &Address, coin: &Coin) -> Result<(), Error> {
        self.change(from, coin.denom(), |held| {
            let before = *held;
            held.decrease(coin.amount())?;
            if held.is_negative() {
                *held = before;
                return Err(lacks(before, coin));
            }
            Ok(())
        })
    }

    #[inline]
    fn give(&mut self, to: &Address, coin: &Coin) -> Result<(), Error> {
        self.change(to, coin.denom(), |held| Ok(held.increase(coin.amount())?))
    }

    /// Changes what an account holds of a denom; what fails must change nothing.
    #[inline]
    fn change(
        &mut self,
        owner: &Address,
        denom: &Denom,
        change: impl FnOnce(&mut Int) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let (account, before);
        if let Some((found, holdings)) = self.balances.find_mut(owner) {
            account = found;
            if let Some(held) = holdings.known_mut(denom) {
                before = *held;
                change(held)?;
            } else {
                before = holdings.get(denom);
                let mut held = before;
                change(&mut held)?;
                holdings.set(denom, held);
            }
        } else {
            before = Int::ZERO;
            let mut held = before;
            change(&mut held)?;
            account = self.balances.open(owner);
            if let Some(holdings) = self.balances.at_mut(account) {
                holdings.set(denom, held);
            }
        }
        if !self.marks.is_empty() {
            self.undo.push((account, denom.clone(), before));
        }
        Ok(())
    }
}

#[cold]
fn lacks(held: Int, needed: &Coin) -> Error {
    BankError::InsufficientFunds {
        spendable: Box::new(coin(needed.denom(), held)),
        needed: Box::new(needed.clone()),
    }
    .into()
}

/// Amounts in the bank are never negative, so the fallback is never taken.
fn coin(denom: &Denom, amount: Int) -> Coin {
    Coin::from_int(denom.clone(), amount).unwrap_or_else(|_| Coin::zero(denom.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(name: &str) -> Address {
        name.parse().unwrap()
    }

    #[test]
    fn balances_add_up_to_the_supply() {
        let (a, b) = (who("a"), who("b"));
        let mut bank = Bank::default();
        let log = &mut Vec::new();
        bank.mint(&a, &Coin::uakt(10), log).unwrap();
        bank.mint(&a, &Coin::uact(3), log).unwrap();
        bank.transfer(&a, &b, &Coin::uakt(10), log).unwrap();
        bank.burn(&b, &Coin::uakt(4), log).unwrap();
        assert_eq!(bank.supply(&Denom::UAKT), Int::from(6u64));
        assert_eq!(bank.coins(&a).collect::<Vec<_>>(), [Coin::uact(3)]);
        assert_eq!(bank.coins(&b).collect::<Vec<_>>(), [Coin::uakt(6)]);
        assert_eq!(log.len(), 4);
        let error = bank.transfer(&a, &b, &Coin::uakt(1), log).unwrap_err();
        assert_eq!(
            error.to_string(),
            "spendable balance 0uakt is smaller than 1uakt: insufficient funds"
        );
    }

    #[test]
    fn a_bracket_takes_transfers_back() {
        let (a, b) = (who("a"), who("b"));
        let mut bank = Bank::default();
        let log = &mut Vec::new();
        bank.mint(&a, &Coin::uakt(10), log).unwrap();
        let before = bank.clone();
        bank.begin();
        bank.transfer(&a, &b, &Coin::uakt(10), log).unwrap();
        bank.burn(&b, &Coin::uakt(10), log).unwrap();
        bank.rollback();
        assert_eq!(bank, before);
    }
}
