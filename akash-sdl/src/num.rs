//! Exact numbers and money, equal to the chain's to the last digit.
//!
//! * [`Dec`] is the chain's 18-decimal fixed-point number (`LegacyDec` of `cosmossdk.io/math`).
//! * [`Int`] is the chain's 256-bit signed integer.
//! * [`Denom`] names a currency unit, [`Coin`] and [`Coins`] are whole amounts, [`DecCoin`] is an
//!   amount with 18 decimals, such as a price per block.
//!
//! Every operation that can leave its range is checked and returns [`NumError`] where the chain
//! would abort the transaction. Nothing here rounds unless the name of the operation says so.
//!
//! ```
//! use akash_sdl::num::{Coin, Dec, DecCoin};
//!
//! // A lease at 1.25 uact per block, settled after 101 blocks: whole units are paid.
//! let rate: DecCoin = "1.25uact".parse()?;
//! let due = rate.amount().mul_int(101u64.into())?;
//! assert_eq!(due.to_string(), "126.250000000000000000");
//! assert_eq!(Coin::uact(126).amount(), due.truncate_int());
//! assert_eq!(Dec::ONE.quo(Dec::from_u64(3))?.to_string(), "0.333333333333333333");
//! # Ok::<(), akash_sdl::num::NumError>(())
//! ```

mod coin;
mod coins;
mod dec;
mod dec_coin;
mod denom;
mod digits;
mod error;
mod int;
mod limbs;
mod text;
mod unit;

pub(crate) use digits::push_digits;

pub use coin::Coin;
pub use coins::Coins;
pub use dec::Dec;
pub use dec_coin::DecCoin;
pub use denom::Denom;
pub use error::NumError;
pub use int::Int;
pub use unit::{MICRO_PER_MILLI, MICRO_PER_UNIT};
