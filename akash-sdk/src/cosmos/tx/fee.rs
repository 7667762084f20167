use akash_sdl::num::{Coin, Dec, Denom, Int, NumError};
use std::fmt;
use std::str::FromStr;

/// Prices of one unit of gas, at most one a denomination: `0.025uakt`, or several separated by commas.
///
/// Read as the reference reads them: sorted by denomination, zero prices dropped, `0.025 uakt` is fine, `.5uakt` is
/// not.
///
/// ```
/// use akash_sdk::cosmos::tx::GasPrices;
/// let prices: GasPrices = "0.025uakt".parse()?;
/// assert_eq!(prices.fee(123_457)?[0].to_string(), "3087uakt"); // rounded up
/// assert_eq!(prices.to_string(), "0.025000000000000000uakt");
/// # Ok::<(), akash_sdk::cosmos::tx::GasPriceError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct GasPrices(Vec<(Denom, Dec)>);

/// Why a gas price is none, or no fee follows from it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GasPriceError {
    /// The text has another form.
    #[error("{text:?} is not a gas price such as 0.025uakt")]
    Form {
        /// The part that can't be read.
        text: String,
    },
    /// A denomination occurs twice.
    #[error("the gas price names {denom} twice")]
    Duplicate {
        /// Which one.
        denom: Denom,
    },
    /// A number is too precise or too large.
    #[error("the gas price or the fee is out of range: {0}")]
    Number(#[from] NumError),
}

impl GasPrices {
    /// The prices by denomination.
    pub fn iter(&self) -> impl Iterator<Item = (&Denom, Dec)> {
        self.0.iter().map(|(denom, price)| (denom, *price))
    }

    /// The fee of so much gas: per denomination, price times gas rounded up to whole units. Sorted by denomination.
    ///
    /// # Errors
    /// If a product is out of range.
    pub fn fee(&self, gas_limit: u64) -> Result<Vec<Coin>, GasPriceError> {
        let gas = Int::from(gas_limit);
        self.0
            .iter()
            .map(|(denom, price)| {
                let amount = price.mul_int(gas)?.ceil()?.truncate_int();
                Ok(Coin::from_int(denom.clone(), amount)?)
            })
            .collect()
    }
}

/// The gas limit that follows from a simulation: gas used times the adjustment (such as 1.5), computed in double
/// precision and cut, as the reference does. A product outside 64 bits, or an adjustment that is no number, gives the
/// nearest bound.
///
/// ```
/// assert_eq!(akash_sdk::cosmos::tx::adjusted_gas(100_001, 1.5), 150_001);
/// ```
#[must_use]
pub fn adjusted_gas(gas_used: u64, adjustment: f64) -> u64 {
    #[allow(
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        clippy::cast_possible_truncation,
        reason = "the reference rounds the same way, and the cast back saturates"
    )]
    {
        (gas_used as f64 * adjustment) as u64
    }
}

impl FromStr for GasPrices {
    type Err = GasPriceError;

    fn from_str(text: &str) -> Result<Self, GasPriceError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(Self::default());
        }
        let mut prices = text
            .split(',')
            .map(|part| price(part.trim()))
            .filter(|price| !matches!(price, Ok((_, amount)) if amount.is_zero()))
            .collect::<Result<Vec<_>, _>>()?;
        prices.sort_by(|(a, _), (b, _)| a.cmp(b));
        for pair in prices.windows(2) {
            if let [(a, _), (b, _)] = pair
                && a == b
            {
                return Err(GasPriceError::Duplicate { denom: a.clone() });
            }
        }
        Ok(Self(prices))
    }
}

fn price(text: &str) -> Result<(Denom, Dec), GasPriceError> {
    let refused = || GasPriceError::Form {
        text: text.to_owned(),
    };
    let end = text
        .bytes()
        .position(|b| !b.is_ascii_digit() && b != b'.')
        .ok_or_else(refused)?;
    let (amount, denom) = text.split_at_checked(end).ok_or_else(refused)?;
    let (whole, decimals) = amount.split_once('.').unwrap_or((amount, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(decimals) {
        return Err(refused());
    }
    let denom = denom.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '\u{b}');
    let denom = Denom::new(denom).map_err(|_| refused())?;
    Ok((denom, amount.parse()?))
}

impl fmt::Display for GasPrices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (denom, price)) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(",")?;
            }
            write!(f, "{price}{denom}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_prices_are_inverse() {
        let prices: GasPrices = " 0.1uact , 0.025 uakt,0ibc/AB".parse().unwrap();
        assert_eq!(prices.iter().count(), 2);
        assert_eq!(prices.to_string().parse::<GasPrices>().unwrap(), prices);
        assert_eq!("".parse::<GasPrices>().unwrap(), GasPrices::default());
    }

    #[test]
    fn simulated_gas_is_cut() {
        assert_eq!(adjusted_gas(3, 1.5), 4);
        assert_eq!(adjusted_gas(u64::MAX, 2.0), u64::MAX);
        assert_eq!(adjusted_gas(5, f64::NAN), 0);
    }
}
