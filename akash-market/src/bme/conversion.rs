//! What a burn turns into: node x/bme, AEP-76.

use super::CoinPrice;
use crate::params::BmeParams;
use akash_sdl::num::{Coin, Dec, Denom, Int, NumError};

/// Prices of both sides of a conversion, in US dollars per whole AKT or ACT, and neither zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Swap {
    from_price: Dec,
    to_price: Dec,
    rate: Dec,
}

/// A conversion worked out to the last unit.
///
/// ```
/// use akash_market::bme::{Conversion, Swap};
/// use akash_market::params::BmeParams;
/// use akash_sdl::num::{Coin, Dec, Denom};
/// let swap = Swap::new("1.14".parse()?, Dec::ONE)?;
/// let mint = Conversion::new(&Coin::uakt(20_000_000), &Denom::UACT, &swap, &BmeParams::default())?;
/// assert_eq!(mint.gross, Coin::uact(22_800_000));
/// assert_eq!(mint.spread, Coin::uact(57_000));
/// assert_eq!(mint.paid, Coin::uact(22_743_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Conversion {
    /// What is given up.
    pub burned: Coin,
    /// What comes into being or out of remint credit, rounded down.
    pub gross: Coin,
    /// The part of it that stays in the vault, rounded down.
    pub spread: Coin,
    /// What the owner gets: gross less spread.
    pub paid: Coin,
    /// The prices it was worked out at.
    pub swap: Swap,
}

/// Why a conversion is not possible at these prices and parameters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConversionError {
    /// A price is zero.
    #[error("oracle price is zero; a conversion needs the prices of both sides")]
    ZeroPrice,
    /// Nothing would come out.
    #[error("{burned} is worth less than one {to}; burn more")]
    Epsilon {
        /// What was to be burned.
        burned: Coin,
        /// What was to be minted.
        to: Denom,
    },
    /// Less than the minimum would come out.
    #[error("{gross}{denom} is below the minimum mint of {minimum}{denom}; burn more")]
    MinimumMint {
        /// Of what.
        denom: Denom,
        /// What would come out before the spread.
        gross: Int,
        /// The least allowed.
        minimum: Int,
    },
    /// A number left its range.
    #[error(transparent)]
    Number(#[from] NumError),
}

impl Swap {
    /// From the prices of what is burned and what is minted.
    ///
    /// # Errors
    /// [`ConversionError::ZeroPrice`]; [`ConversionError::Number`] if the rate leaves the decimal range.
    pub fn new(from_price: Dec, to_price: Dec) -> Result<Self, ConversionError> {
        if from_price.is_zero() || to_price.is_zero() {
            return Err(ConversionError::ZeroPrice);
        }
        Ok(Self {
            from_price,
            to_price,
            rate: from_price.quo(to_price)?,
        })
    }

    /// Units minted for one unit burned.
    #[must_use]
    pub const fn rate(&self) -> Dec {
        self.rate
    }

    /// A coin on the burned side with its price.
    #[must_use]
    pub const fn price_from(&self, coin: Coin) -> CoinPrice {
        CoinPrice {
            coin,
            price: self.from_price,
        }
    }

    /// A coin on the minted side with its price.
    #[must_use]
    pub const fn price_to(&self, coin: Coin) -> CoinPrice {
        CoinPrice {
            coin,
            price: self.to_price,
        }
    }
}

/// The spread that applies to a burn of `denom`, in basis points.
#[must_use]
pub fn spread_bps(denom: &Denom, params: &BmeParams) -> u32 {
    if *denom == Denom::UAKT {
        params.mint_spread_bps
    } else {
        params.settle_spread_bps
    }
}

impl Conversion {
    /// Works out what burning `burned` for `to` gives.
    ///
    /// # Errors
    /// [`ConversionError::Epsilon`], [`ConversionError::MinimumMint`] (which looks at the amount before the spread),
    /// [`ConversionError::Number`].
    pub fn new(
        burned: &Coin,
        to: &Denom,
        swap: &Swap,
        params: &BmeParams,
    ) -> Result<Self, ConversionError> {
        let (gross, spread) = amounts(
            burned.amount(),
            swap.rate,
            spread_bps(burned.denom(), params),
        )?;
        let gross = Coin::from_int(to.clone(), gross)?;
        if gross.is_zero() {
            return Err(ConversionError::Epsilon {
                burned: burned.clone(),
                to: to.clone(),
            });
        }
        let minimum = params.min_mint.iter().find(|c| c.denom() == to);
        if let Some(minimum) = minimum.filter(|c| gross.amount() < c.amount()) {
            return Err(ConversionError::MinimumMint {
                denom: to.clone(),
                gross: gross.amount(),
                minimum: minimum.amount(),
            });
        }
        let spread = Coin::from_int(to.clone(), spread)?;
        Ok(Self {
            burned: burned.clone(),
            paid: gross.sub(&spread)?,
            gross,
            spread,
            swap: *swap,
        })
    }
}

/// Gross amount and the spread in it.
fn amounts(burned: Int, rate: Dec, spread_bps: u32) -> Result<(Int, Int), NumError> {
    let exact = Dec::from_int(burned).mul(rate)?;
    let spread = exact
        .mul(Dec::from(spread_bps))?
        .quo(Dec::from_u64(10_000))?;
    Ok((exact.truncate_int(), spread.truncate_int()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn burn(coin: &Coin, price: &str) -> Result<Conversion, ConversionError> {
        let swap = Swap::new(Dec::ONE, price.parse().unwrap())?;
        Conversion::new(coin, &Denom::UAKT, &swap, &BmeParams::default())
    }

    #[test]
    fn burning_divides_first() {
        let conversion = burn(&Coin::uact(600), "1.14").unwrap();
        assert_eq!(conversion.swap.rate().to_string(), "0.877192982456140351");
        assert_eq!(conversion.paid, Coin::uakt(526));
        assert!(conversion.spread.is_zero());
    }

    #[test]
    fn too_little_is_refused_with_its_reason() {
        assert!(matches!(
            burn(&Coin::uact(1), "2"),
            Err(ConversionError::Epsilon { .. })
        ));
        assert_eq!(burn(&Coin::uact(1), "0"), Err(ConversionError::ZeroPrice));
        let swap = Swap::new(Dec::ONE, Dec::ONE).unwrap();
        let least = |amount| {
            Conversion::new(
                &Coin::uakt(amount),
                &Denom::UACT,
                &swap,
                &BmeParams::default(),
            )
        };
        assert!(matches!(
            least(9_999_999),
            Err(ConversionError::MinimumMint { .. })
        ));
        assert_eq!(least(10_000_000).unwrap().paid, Coin::uact(9_975_000));
    }
}
