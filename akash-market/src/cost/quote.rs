//! Quotes: what a mint or burn gives, and what to burn for what is needed.

use crate::bme::{Conversion, ConversionError, Swap, spread_bps};
use crate::params::BmeParams;
use akash_sdl::num::{Coin, Dec, Denom, Int, NumError};

/// A conversion at a price that is assumed to hold until it is executed.
pub type Quote = Conversion;

/// Why there is no quote.
pub type QuoteError = ConversionError;

/// What burning `uakt` gives in uact at `akt_price` US dollars for one AKT, to the last unit.
///
/// The chain takes the price of the block in which it works the request off, not today's: quote at a lower price to
/// be on the safe side.
///
/// ```
/// use akash_market::cost::quote_mint;
/// use akash_market::params::BmeParams;
/// use akash_sdl::num::Coin;
/// let quote = quote_mint(20_000_000, "1.14".parse()?, &BmeParams::default())?;
/// assert_eq!(quote.paid, Coin::uact(22_743_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`Conversion::new`] and [`Swap::new`].
pub fn quote_mint(uakt: u128, akt_price: Dec, params: &BmeParams) -> Result<Quote, QuoteError> {
    let swap = Swap::new(akt_price, Dec::ONE)?;
    Conversion::new(&Coin::uakt(uakt), &Denom::UACT, &swap, params)
}

/// What burning `uact` gives in uakt at `akt_price` US dollars for one AKT, to the last unit.
///
/// # Errors
/// As [`Conversion::new`] and [`Swap::new`].
pub fn quote_burn(uact: u128, akt_price: Dec, params: &BmeParams) -> Result<Quote, QuoteError> {
    let swap = Swap::new(Dec::ONE, akt_price)?;
    Conversion::new(&Coin::uact(uact), &Denom::UAKT, &swap, params)
}

/// The smallest burn of uakt that pays at least `uact` after the spread, and not less than the minimum mint.
///
/// ```
/// use akash_market::cost::uakt_for;
/// use akash_market::params::BmeParams;
/// use akash_sdl::num::Coin;
/// let quote = uakt_for(50_000_000, "1.25".parse()?, &BmeParams::default())?;
/// assert_eq!(quote.burned, Coin::uakt(40_100_251));
/// assert_eq!(quote.paid, Coin::uact(50_000_000));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ConversionError::ZeroPrice`]; [`ConversionError::MinimumMint`] if the spread takes everything;
/// [`ConversionError::Number`] out of range.
pub fn uakt_for(uact: u128, akt_price: Dec, params: &BmeParams) -> Result<Quote, QuoteError> {
    let swap = Swap::new(akt_price, Dec::ONE)?;
    let need = Int::from(uact.max(1));
    let floor = params.min_mint.iter().find(|c| *c.denom() == Denom::UACT);
    let floor = floor.map_or(Int::ONE, |c| c.amount().max(Int::ONE));

    // What is paid is gross less spread, both rounded down, so it can fall by one while the burn grows; but only
    // where the gross amount grows can it reach a new height. So the answer is the least burn of some gross amount,
    // and that amount lies close above need / (1 - spread).
    let kept = 10_000_u32.saturating_sub(spread_bps(&Denom::UAKT, params));
    let mut gross = if kept == 0 {
        floor
    } else {
        let exact = need.mul(Int::from(10_000_u32))?.quo(Int::from(kept))?;
        exact.sub(Int::from(4_u32))?.max(floor)
    };
    let mut last = Int::ZERO;
    for _ in 0..LOOK_AHEAD {
        let burned = Coin::from_int(Denom::UAKT, least_burn(gross, swap.rate())?)?;
        let quote = Conversion::new(&burned, &Denom::UACT, &swap, params)?;
        if quote.paid.amount() >= need {
            return Ok(quote);
        }
        gross = gross.max(quote.gross.amount()).add(Int::ONE)?;
        last = quote.paid.amount();
    }
    Err(ConversionError::MinimumMint {
        denom: Denom::UACT,
        gross: last,
        minimum: need,
    })
}

/// More gross amounts than lie between need / (1 - spread) less four and the first that is sure to do, at a spread of
/// up to one half; parameters allow a tenth.
const LOOK_AHEAD: u32 = 16;

/// The smallest burn whose gross amount is at least `gross`.
fn least_burn(gross: Int, rate: Dec) -> Result<Int, NumError> {
    let wanted = Dec::from_int(gross);
    let mut burn = wanted.quo(rate)?.truncate_int();
    // Truncation leaves it at most one short; rounding of the quotient cannot put it one over.
    while Dec::from_int(burn).mul(rate)? < wanted {
        burn = burn.add(Int::ONE)?;
    }
    Ok(burn)
}
