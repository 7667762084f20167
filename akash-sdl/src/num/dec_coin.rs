//! Amounts with 18 decimals of one denom.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use super::text::split_amount;
use super::{Coin, Dec, Denom, NumError};

/// An amount with 18 decimals of one denom, zero or more (cosmos-sdk `DecCoin`): the form of
/// prices per block and of escrow balances.
///
/// ```
/// use akash_sdl::num::{Coin, DecCoin};
///
/// let price: DecCoin = "2.5uact".parse()?;
/// assert_eq!(price.to_string(), "2.500000000000000000uact");
/// let (whole, change) = price.truncate();
/// assert_eq!(whole, Coin::uact(2));
/// assert_eq!(change, "0.5uact".parse()?);
/// # Ok::<(), akash_sdl::num::NumError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
pub struct DecCoin {
    denom: Denom,
    amount: Dec,
}

impl DecCoin {
    /// An amount of a denom.
    ///
    /// # Errors
    /// [`NumError::Negative`].
    #[inline]
    pub fn new(denom: Denom, amount: Dec) -> Result<Self, NumError> {
        if amount.is_negative() {
            return Err(NumError::Negative { denom });
        }
        Ok(Self { denom, amount })
    }

    /// Nothing of a denom.
    #[must_use]
    #[inline]
    pub const fn zero(denom: Denom) -> Self {
        Self {
            denom,
            amount: Dec::ZERO,
        }
    }

    /// The denom.
    #[must_use]
    #[inline]
    pub const fn denom(&self) -> &Denom {
        &self.denom
    }

    /// The amount, zero or more.
    #[must_use]
    #[inline]
    pub const fn amount(&self) -> Dec {
        self.amount
    }

    /// True for amount zero.
    #[must_use]
    #[inline]
    pub fn is_zero(&self) -> bool {
        self.amount.is_zero()
    }

    /// The sum.
    ///
    /// # Errors
    /// [`NumError::DenomMismatch`], [`NumError::Overflow`].
    #[inline]
    pub fn add(&self, rhs: &Self) -> Result<Self, NumError> {
        self.denom.expect_same(&rhs.denom)?;
        Ok(Self {
            denom: self.denom.clone(),
            amount: self.amount.add(rhs.amount)?,
        })
    }

    /// The difference.
    ///
    /// # Errors
    /// [`NumError::DenomMismatch`], [`NumError::Negative`] when `rhs` is larger.
    #[inline]
    pub fn sub(&self, rhs: &Self) -> Result<Self, NumError> {
        self.denom.expect_same(&rhs.denom)?;
        Self::new(self.denom.clone(), self.amount.sub(rhs.amount)?)
    }

    /// Adds an amount of the same denom in place.
    ///
    /// # Errors
    /// [`NumError::Overflow`], [`NumError::Negative`] when less than nothing would be left; then
    /// nothing has changed.
    ///
    /// ```
    /// use akash_sdl::num::{Dec, DecCoin};
    /// let mut balance: DecCoin = "1.5uact".parse()?;
    /// balance.increase(Dec::ONE)?;
    /// balance.decrease("0.5".parse()?)?;
    /// assert_eq!(balance, "2uact".parse()?);
    /// assert!(balance.decrease(Dec::from_u64(3)).is_err());
    /// # Ok::<(), akash_sdl::num::NumError>(())
    /// ```
    #[inline]
    pub fn increase(&mut self, amount: Dec) -> Result<(), NumError> {
        let before = self.amount;
        self.amount.increase(amount)?;
        self.not_below_zero(before)
    }

    /// Takes an amount of the same denom away in place.
    ///
    /// # Errors
    /// As [`increase`](Self::increase).
    #[inline]
    pub fn decrease(&mut self, amount: Dec) -> Result<(), NumError> {
        let before = self.amount;
        self.amount.decrease(amount)?;
        self.not_below_zero(before)
    }

    #[inline]
    fn not_below_zero(&mut self, before: Dec) -> Result<(), NumError> {
        if self.amount.is_negative() {
            self.amount = before;
            return Err(NumError::Negative {
                denom: self.denom.clone(),
            });
        }
        Ok(())
    }

    /// The whole units and what is left.
    #[must_use]
    #[inline]
    pub fn truncate(&self) -> (Coin, Self) {
        let (whole, change) = self.amount.parts();
        (
            Coin::from_whole(self.denom.clone(), whole),
            Self {
                denom: self.denom.clone(),
                amount: change,
            },
        )
    }
}

impl From<Coin> for DecCoin {
    fn from(coin: Coin) -> Self {
        Self {
            amount: Dec::from_int(coin.amount()),
            denom: coin.into_denom(),
        }
    }
}

/// Reads an amount, optional white space and a denom, as in `1.5uact`: digits, optionally a point
/// and 1 to 18 digits; no sign.
impl FromStr for DecCoin {
    type Err = NumError;

    fn from_str(text: &str) -> Result<Self, NumError> {
        let invalid = |reason| NumError::invalid("decimal coin", text, reason);
        let (amount, denom) = split_amount(text);
        if amount.is_empty() {
            return Err(invalid("write an amount, then a denom, as in 1.5uact"));
        }
        let denom = Denom::new(denom)
            .map_err(|_| invalid("write a denom behind the amount, as in 1.5uact"))?;
        let amount = amount.parse().map_err(|error| match error {
            NumError::Invalid { reason, .. } => invalid(reason),
            other => other,
        })?;
        Ok(Self { denom, amount })
    }
}

impl fmt::Display for DecCoin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, self.denom)
    }
}

impl fmt::Debug for DecCoin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<'de> Deserialize<'de> for DecCoin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename = "DecCoin")]
        struct Raw {
            denom: Denom,
            amount: Dec,
        }
        let raw = Raw::deserialize(deserializer)?;
        Self::new(raw.denom, raw.amount).map_err(serde::de::Error::custom)
    }
}
