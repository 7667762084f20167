//! The chain's 18-decimal fixed-point number.

mod arithmetic;
mod root;
mod round;
mod text;

use core::cmp::Ordering;

use ruint::Uint;

use super::limbs::SCALE;
use super::{Int, NumError};

type U320 = Uint<320, 5>;
type U640 = Uint<640, 10>;

/// Decimals after the point.
const DECIMALS: usize = 18;
/// 2^256 * 10^18 - 1, the largest raw magnitude.
const LIMIT: U320 = U320::from_limbs([u64::MAX, u64::MAX, u64::MAX, u64::MAX, SCALE - 1]);

/// A signed decimal with exactly 18 digits after the point: a raw integer divided by 10^18,
/// below 2^256 in magnitude (`LegacyDec` of `cosmossdk.io/math`).
///
/// Results equal the chain's to the last digit. Operations that can leave the range, and all
/// divisions, return [`NumError`] where the chain aborts. Rounding is in the name: [`mul`](Self::mul)
/// and [`quo`](Self::quo) round half to even, `*_truncate` toward zero, `*_round_up` upward.
///
/// Text has always 18 decimals; protobuf carries the raw integer
/// ([`to_scaled_string`](Self::to_scaled_string)).
///
/// ```
/// use akash_sdl::num::Dec;
///
/// let price: Dec = "0.35".parse()?;
/// let total = price.mul(Dec::from_u64(3))?;
/// assert_eq!(total.to_string(), "1.050000000000000000");
/// assert_eq!(total.to_scaled_string(), "1050000000000000000");
/// assert_eq!(total.truncate_int(), 1u64.into());
/// assert!(Dec::MAX.add(Dec::ONE).is_err());
/// # Ok::<(), akash_sdl::num::NumError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Dec {
    /// Never set for zero.
    negative: bool,
    /// At most `LIMIT`.
    raw: U320,
}

/// A magnitude of at most 128 bits.
#[inline]
fn small(raw: U320) -> Option<u128> {
    match raw.as_limbs() {
        [low, high, 0, 0, 0] => Some(u128::from(*high) << 64 | u128::from(*low)),
        _ => None,
    }
}

impl Dec {
    /// 0.
    pub const ZERO: Self = Self {
        negative: false,
        raw: U320::ZERO,
    };
    /// 1.
    pub const ONE: Self = Self::from_raw_i128(SCALE as i128);
    /// 10^-18, the smallest positive value.
    pub const SMALLEST: Self = Self::from_raw_i128(1);
    /// The largest value, 2^256 - 10^-18.
    pub const MAX: Self = Self {
        negative: false,
        raw: LIMIT,
    };
    /// The smallest value, -(2^256 - 10^-18).
    pub const MIN: Self = Self {
        negative: true,
        raw: LIMIT,
    };

    /// `raw / 10^18`, e.g. `Dec::from_raw_i128(1_500_000_000_000_000_000)` is 1.5.
    #[must_use]
    pub const fn from_raw_i128(raw: i128) -> Self {
        Self::from_raw_u128(raw < 0, raw.unsigned_abs())
    }

    #[inline]
    const fn from_raw_u128(negative: bool, raw: u128) -> Self {
        let limbs = [super::limbs::low(raw), super::limbs::high(raw), 0, 0, 0];
        Self {
            negative: negative && raw != 0,
            raw: U320::from_limbs(limbs),
        }
    }

    /// The raw magnitude must be at most `LIMIT`.
    #[inline]
    fn from_raw_parts(negative: bool, raw: U320) -> Self {
        let [l0, l1, l2, l3, l4] = *raw.as_limbs();
        Self {
            negative: negative && (l0 | l1 | l2 | l3 | l4) != 0,
            raw,
        }
    }

    fn checked_raw(negative: bool, raw: U320, op: &'static str) -> Result<Self, NumError> {
        if raw > LIMIT {
            return Err(NumError::dec_overflow(op));
        }
        Ok(Self::from_raw_parts(negative, raw))
    }

    /// From the limbs of a wider result.
    #[inline]
    fn narrow(negative: bool, limbs: &[u64], op: &'static str) -> Result<Self, NumError> {
        match limbs.split_first_chunk::<5>() {
            Some((raw, rest)) if rest.iter().all(|limb| *limb == 0) => {
                Self::checked_raw(negative, U320::from_limbs(*raw), op)
            }
            _ => Err(NumError::dec_overflow(op)),
        }
    }

    /// The whole number; every [`Int`] has one.
    #[must_use]
    #[inline]
    pub fn from_int(value: Int) -> Self {
        // (2^256 - 1) * 10^18 is below the limit.
        let raw = value
            .magnitude()
            .widening_mul::<64, 1, 320, 5>(Uint::from(SCALE));
        Self::from_raw_parts(value.is_negative(), raw)
    }

    /// The whole number.
    #[must_use]
    #[inline]
    pub const fn from_u64(value: u64) -> Self {
        // below 2^64 * 2^60
        Self::from_raw_u128(false, value as u128 * SCALE as u128)
    }

    /// The whole number.
    #[must_use]
    #[inline]
    pub const fn from_i64(value: i64) -> Self {
        Self::from_raw_u128(value < 0, value.unsigned_abs() as u128 * SCALE as u128)
    }

    /// `amount / 10^decimals`, e.g. `Dec::with_precision(25, 2)` is 0.25; `None` for more than 18
    /// decimals.
    ///
    /// ```
    /// use akash_sdl::num::Dec;
    /// const TAKE: Option<Dec> = Dec::with_precision(25, 2);
    /// assert_eq!(TAKE, "0.25".parse().ok());
    /// ```
    #[must_use]
    pub const fn with_precision(amount: i64, decimals: u32) -> Option<Self> {
        match 18u32.checked_sub(decimals) {
            Some(missing) => {
                // below 2^63 * 10^18
                let raw = amount.unsigned_abs() as u128 * 10u128.pow(missing);
                Some(Self::from_raw_u128(amount < 0, raw))
            }
            None => None,
        }
    }

    /// The raw integer (value times 10^18), if it fits.
    #[must_use]
    pub fn to_raw_i128(self) -> Option<i128> {
        let raw = self.small_raw()?;
        if self.negative {
            0i128.checked_sub_unsigned(raw)
        } else {
            raw.try_into().ok()
        }
    }

    /// The raw magnitude, if it fits.
    #[inline]
    fn small_raw(self) -> Option<u128> {
        small(self.raw)
    }

    /// True for zero.
    #[must_use]
    #[inline]
    pub fn is_zero(self) -> bool {
        self.raw.is_zero()
    }

    /// True below zero.
    #[must_use]
    #[inline]
    pub const fn is_negative(self) -> bool {
        self.negative
    }

    /// True above zero.
    #[must_use]
    #[inline]
    pub fn is_positive(self) -> bool {
        !self.negative && !self.is_zero()
    }
}

impl From<Int> for Dec {
    fn from(value: Int) -> Self {
        Self::from_int(value)
    }
}

impl From<u64> for Dec {
    fn from(value: u64) -> Self {
        Self::from_u64(value)
    }
}

impl From<u32> for Dec {
    fn from(value: u32) -> Self {
        Self::from_u64(value.into())
    }
}

impl From<i64> for Dec {
    fn from(value: i64) -> Self {
        Self::from_i64(value)
    }
}

impl Ord for Dec {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.raw.cmp(&other.raw),
            (true, true) => other.raw.cmp(&self.raw),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Dec {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
