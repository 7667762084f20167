//! Units of one currency: `akt`, `makt`, `uakt` and likewise for ACT and USD (chain-sdk
//! `sdkutil`). There is no fixed ratio between currencies.

use super::{Dec, DecCoin, Denom, Int, NumError};

/// Micro units in one whole unit: 1 akt is 10^6 uakt.
pub const MICRO_PER_UNIT: u64 = 1_000_000;
/// Micro units in one milli unit: 1 makt is 10^3 uakt.
pub const MICRO_PER_MILLI: u64 = 1_000;

impl Denom {
    /// The base unit of this unit's currency and how many of it make one: `akt` is 10^6 `uakt`.
    /// `None` for a denom without registered units.
    ///
    /// ```
    /// use akash_sdl::num::Denom;
    /// assert_eq!(Denom::MACT.base_unit(), Some((Denom::UACT, 1_000)));
    /// ```
    #[must_use]
    pub fn base_unit(&self) -> Option<(Self, u64)> {
        Some(match self.as_str() {
            "akt" => (Self::UAKT, MICRO_PER_UNIT),
            "makt" => (Self::UAKT, MICRO_PER_MILLI),
            "uakt" => (Self::UAKT, 1),
            "act" => (Self::UACT, MICRO_PER_UNIT),
            "mact" => (Self::UACT, MICRO_PER_MILLI),
            "uact" => (Self::UACT, 1),
            "usd" => (Self::UUSD, MICRO_PER_UNIT),
            "musd" => (Self::UUSD, MICRO_PER_MILLI),
            "uusd" => (Self::UUSD, 1),
            _ => return None,
        })
    }
}

impl DecCoin {
    /// The same value in another unit of the same currency, exact.
    ///
    /// ```
    /// use akash_sdl::num::{DecCoin, Denom};
    /// let price: DecCoin = "1.5act".parse()?;
    /// assert_eq!(price.convert_to(&Denom::UACT)?, "1500000uact".parse()?);
    /// # Ok::<(), akash_sdl::num::NumError>(())
    /// ```
    ///
    /// # Errors
    /// [`NumError::NotConvertible`] between currencies, [`NumError::Inexact`] when the result has
    /// more than 18 decimals, [`NumError::Overflow`].
    pub fn convert_to(&self, to: &Denom) -> Result<Self, NumError> {
        if self.denom() == to {
            return Ok(self.clone());
        }
        let from = self.denom();
        let (Some((base, from_size)), Some((to_base, to_size))) =
            (from.base_unit(), to.base_unit())
        else {
            return Err(NumError::NotConvertible {
                from: from.clone(),
                to: to.clone(),
            });
        };
        if base != to_base {
            return Err(NumError::NotConvertible {
                from: from.clone(),
                to: to.clone(),
            });
        }
        // Sizes are powers of ten, so one divides the other.
        let amount = if from_size >= to_size {
            self.amount().mul_int(Int::from(from_size / to_size))?
        } else {
            let factor = Int::from(to_size / from_size);
            let amount: Dec = self.amount().quo_int(factor)?;
            if amount.mul_int(factor)? != self.amount() {
                return Err(NumError::Inexact {
                    from: from.clone(),
                    to: to.clone(),
                });
            }
            amount
        };
        Self::new(to.clone(), amount)
    }
}
