//! Who holds what.

use super::holdings::Holdings;
use crate::address::Address;
use crate::store::{Finder, Pages, Tree, hash};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What accounts hold, found by a hash of the address and walked in the order of the addresses. An account that holds
/// nothing any more keeps its place for the case that it comes back, but is never seen.
#[derive(Clone, Default)]
pub(super) struct Accounts {
    index: Tree<Address, u32>,
    hashes: Finder,
    accounts: Pages<Account, 16>,
}

#[derive(Clone, Default)]
struct Account {
    /// None in places that are free.
    owner: Option<Address>,
    holdings: Holdings,
}

impl Accounts {
    #[inline]
    fn find(&self, owner: &Address) -> Option<u32> {
        self.hashes.find(hash(owner.words()), |number| {
            let account = self.accounts.get(number);
            account.is_some_and(|account| account.owner.as_ref() == Some(owner))
        })
    }

    #[inline]
    pub(super) fn get(&self, owner: &Address) -> Option<&Holdings> {
        self.at(self.find(owner)?)
    }

    #[inline]
    pub(super) fn find_mut(&mut self, owner: &Address) -> Option<(u32, &mut Holdings)> {
        let number = self.find(owner)?;
        Some((number, self.at_mut(number)?))
    }

    #[inline]
    fn at(&self, number: u32) -> Option<&Holdings> {
        self.accounts.get(number).map(|account| &account.holdings)
    }

    #[inline]
    pub(super) fn at_mut(&mut self, number: u32) -> Option<&mut Holdings> {
        let account = self.accounts.get_mut(number)?;
        Some(&mut account.holdings)
    }

    /// A place for an account that has none.
    pub(super) fn open(&mut self, owner: &Address) -> u32 {
        let number = u32::try_from(self.accounts.len()).unwrap_or(u32::MAX);
        self.accounts.push(Account {
            owner: Some(owner.clone()),
            holdings: Holdings::default(),
        });
        self.hashes.insert(hash(owner.words()), number);
        self.index.insert(owner.clone(), number);
        number
    }

    /// Those that hold something, by address.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Address, &Holdings)> {
        self.index
            .iter()
            .filter_map(|(owner, number)| Some((owner, self.at(*number)?)))
            .filter(|(_, holdings)| !holdings.is_empty())
    }
}

impl PartialEq for Accounts {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Accounts {}

impl fmt::Debug for Accounts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Written as a list of pairs.
impl Serialize for Accounts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Accounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut accounts = Self::default();
        for (owner, held) in Vec::<(Address, Holdings)>::deserialize(deserializer)? {
            let number = match accounts.find(&owner) {
                Some(number) => number,
                None => accounts.open(&owner),
            };
            if let Some(holdings) = accounts.at_mut(number) {
                *holdings = held;
            }
        }
        Ok(accounts)
    }
}
