//! Whole amounts of one denom.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

use super::text::{push_decimal, split_amount};
use super::{Denom, Int, NumError};

/// A whole amount of one denom, zero or more (cosmos-sdk `Coin`).
///
/// The denom is kept as given: `1akt` is one akt, not 1000000 uakt.
///
/// ```
/// use akash_sdl::num::{Coin, Denom};
///
/// let deposit: Coin = "5000000uact".parse()?;
/// assert_eq!(deposit, Coin::uact(5_000_000));
/// let rest = deposit.sub(&Coin::new(Denom::UACT, 1))?;
/// assert_eq!(rest.to_string(), "4999999uact");
/// assert!(rest.add(&Coin::uakt(1)).is_err());
/// # Ok::<(), akash_sdl::num::NumError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Coin {
    denom: Denom,
    amount: Int,
}

impl Coin {
    /// An amount of a denom.
    #[must_use]
    pub fn new(denom: Denom, amount: u128) -> Self {
        Self {
            denom,
            amount: Int::from(amount),
        }
    }

    /// An amount of a denom, of any size.
    ///
    /// # Errors
    /// [`NumError::Negative`].
    #[inline]
    pub fn from_int(denom: Denom, amount: Int) -> Result<Self, NumError> {
        if amount.is_negative() {
            return Err(NumError::Negative { denom });
        }
        Ok(Self { denom, amount })
    }

    /// The amount must not be negative.
    #[inline]
    pub(super) const fn from_whole(denom: Denom, amount: Int) -> Self {
        Self { denom, amount }
    }

    pub(super) fn into_denom(self) -> Denom {
        self.denom
    }

    /// Nothing of a denom.
    #[must_use]
    #[inline]
    pub const fn zero(denom: Denom) -> Self {
        Self {
            denom,
            amount: Int::ZERO,
        }
    }

    /// An amount in micro-AKT.
    #[must_use]
    pub fn uakt(amount: u128) -> Self {
        Self::new(Denom::UAKT, amount)
    }

    /// An amount in micro-ACT.
    #[must_use]
    pub fn uact(amount: u128) -> Self {
        Self::new(Denom::UACT, amount)
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
    pub const fn amount(&self) -> Int {
        self.amount
    }

    /// The amount, if it fits.
    #[must_use]
    pub fn amount_u128(&self) -> Option<u128> {
        self.amount.to_u128()
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
        Self::from_int(self.denom.clone(), self.amount.sub(rhs.amount)?)
    }
}

/// Reads digits, optional white space and a denom, as in `123uakt`.
impl FromStr for Coin {
    type Err = NumError;

    fn from_str(text: &str) -> Result<Self, NumError> {
        let invalid = |reason| NumError::invalid("coin", text, reason);
        let (amount, denom) = split_amount(text);
        if amount.is_empty() {
            return Err(invalid("write an amount, then a denom, as in 123uakt"));
        }
        if amount.contains('.') {
            return Err(invalid("a coin is a whole amount; use the smaller unit"));
        }
        let denom = Denom::new(denom)
            .map_err(|_| invalid("write a denom behind the amount, as in 123uakt"))?;
        let mut limbs = [0u64; 4];
        if !push_decimal(&mut limbs, amount.as_bytes()) {
            return Err(invalid("the amount must be below 2^256"));
        }
        Ok(Self {
            denom,
            amount: Int::from_limbs(limbs),
        })
    }
}

impl fmt::Display for Coin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount, self.denom)
    }
}

impl fmt::Debug for Coin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl<'de> Deserialize<'de> for Coin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename = "Coin")]
        struct Raw {
            denom: Denom,
            amount: Int,
        }
        let raw = Raw::deserialize(deserializer)?;
        Self::from_int(raw.denom, raw.amount).map_err(serde::de::Error::custom)
    }
}
