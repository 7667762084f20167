//! Sets of whole amounts.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use super::{Coin, Denom, Int, NumError};

/// Whole amounts of several denoms: sorted by denom, each denom once, no zero amount
/// (cosmos-sdk `Coins`).
///
/// ```
/// use akash_sdl::num::{Coin, Coins, Denom};
///
/// let held: Coins = "5uakt,7uact".parse()?;
/// assert_eq!(held.to_string(), "7uact,5uakt");
/// let left = held.sub(&Coin::uakt(5).into())?;
/// assert_eq!(left.amount_of(&Denom::UACT), 7u64.into());
/// assert_eq!(left.len(), 1);
/// # Ok::<(), akash_sdl::num::NumError>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Coins(Vec<Coin>);

impl Coins {
    /// Nothing.
    #[must_use]
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// A set of coins in any order; zero amounts are left out.
    ///
    /// # Errors
    /// [`NumError::DuplicateDenom`].
    pub fn from_coins(coins: impl IntoIterator<Item = Coin>) -> Result<Self, NumError> {
        let mut coins: Vec<Coin> = coins.into_iter().collect();
        coins.sort_by(|a, b| a.denom().cmp(b.denom()));
        let mut previous: Option<&Denom> = None;
        for coin in &coins {
            if previous == Some(coin.denom()) {
                return Err(NumError::DuplicateDenom {
                    denom: coin.denom().clone(),
                });
            }
            previous = Some(coin.denom());
        }
        coins.retain(|coin| !coin.is_zero());
        Ok(Self(coins))
    }

    /// The coins, sorted by denom.
    #[must_use]
    pub fn as_slice(&self) -> &[Coin] {
        &self.0
    }

    /// The coins, sorted by denom.
    pub fn iter(&self) -> core::slice::Iter<'_, Coin> {
        self.0.iter()
    }

    /// How many denoms there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// True without any coin.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The amount of a denom, zero when absent.
    #[must_use]
    pub fn amount_of(&self, denom: &Denom) -> Int {
        self.position(denom)
            .ok()
            .and_then(|at| self.0.get(at))
            .map_or(Int::ZERO, Coin::amount)
    }

    fn position(&self, denom: &Denom) -> Result<usize, usize> {
        self.0.binary_search_by(|coin| coin.denom().cmp(denom))
    }

    /// The sum, denom by denom.
    ///
    /// # Errors
    /// [`NumError::Overflow`].
    pub fn add(&self, rhs: &Self) -> Result<Self, NumError> {
        let mut out = self.clone();
        for coin in rhs {
            out.add_coin(coin)?;
        }
        Ok(out)
    }

    /// The difference, denom by denom.
    ///
    /// # Errors
    /// [`NumError::Negative`] when `rhs` has more of a denom.
    pub fn sub(&self, rhs: &Self) -> Result<Self, NumError> {
        let mut out = self.clone();
        for coin in rhs {
            out.sub_coin(coin)?;
        }
        Ok(out)
    }

    /// Adds one coin in place; on an error nothing changes.
    ///
    /// # Errors
    /// [`NumError::Overflow`].
    pub fn add_coin(&mut self, coin: &Coin) -> Result<(), NumError> {
        if coin.is_zero() {
            return Ok(());
        }
        match self.position(coin.denom()) {
            Ok(at) => {
                if let Some(held) = self.0.get_mut(at) {
                    *held = held.add(coin)?;
                }
            }
            Err(at) => self.0.insert(at, coin.clone()),
        }
        Ok(())
    }

    /// Takes one coin away in place; on an error nothing changes.
    ///
    /// # Errors
    /// [`NumError::Negative`] when less is held.
    pub fn sub_coin(&mut self, coin: &Coin) -> Result<(), NumError> {
        if coin.is_zero() {
            return Ok(());
        }
        let negative = || NumError::Negative {
            denom: coin.denom().clone(),
        };
        let at = self.position(coin.denom()).map_err(|_| negative())?;
        let left = self.0.get(at).ok_or_else(negative)?.sub(coin)?;
        if left.is_zero() {
            self.0.remove(at);
        } else if let Some(held) = self.0.get_mut(at) {
            *held = left;
        }
        Ok(())
    }
}

impl From<Coin> for Coins {
    fn from(coin: Coin) -> Self {
        if coin.is_zero() {
            Self::new()
        } else {
            Self(vec![coin])
        }
    }
}

impl<'a> IntoIterator for &'a Coins {
    type Item = &'a Coin;
    type IntoIter = core::slice::Iter<'a, Coin>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Coins {
    type Item = Coin;
    type IntoIter = std::vec::IntoIter<Coin>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Reads coins joined by commas, in any order; empty text is the empty set.
impl FromStr for Coins {
    type Err = NumError;

    fn from_str(text: &str) -> Result<Self, NumError> {
        if text.trim().is_empty() {
            return Ok(Self::new());
        }
        let coins: Result<Vec<Coin>, _> = text.split(',').map(|part| part.trim().parse()).collect();
        Self::from_coins(coins?)
    }
}

impl fmt::Display for Coins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, coin) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            fmt::Display::fmt(coin, f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Coins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'de> Deserialize<'de> for Coins {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_coins(Vec::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
