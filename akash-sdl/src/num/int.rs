//! The chain's 256-bit signed integer.

use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

use ruint::aliases::U256;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::NumError;
use super::digits::Digits;
use super::limbs::{high, low};
use super::text::scan_integer;

/// A signed integer of the chain: every value from `-(2^256 - 1)` to `2^256 - 1`
/// (`Int` of `cosmossdk.io/math`).
///
/// Arithmetic is checked: where the chain would abort, it returns [`NumError::Overflow`].
///
/// ```
/// use akash_sdl::num::Int;
///
/// let a: Int = "1000000".parse()?;
/// assert_eq!(a.mul(Int::from(3u64))?.to_string(), "3000000");
/// assert_eq!(a.to_u128(), Some(1_000_000));
/// assert!(Int::MAX.add(Int::ONE).is_err());
/// # Ok::<(), akash_sdl::num::NumError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Int {
    /// Never set for zero.
    negative: bool,
    magnitude: U256,
}

#[allow(
    clippy::should_implement_trait,
    reason = "checked operations return a Result"
)]
impl Int {
    /// 0.
    pub const ZERO: Self = Self {
        negative: false,
        magnitude: U256::ZERO,
    };
    /// 1.
    pub const ONE: Self = Self {
        negative: false,
        magnitude: U256::from_limbs([1, 0, 0, 0]),
    };
    /// The largest value, 2^256 - 1.
    pub const MAX: Self = Self {
        negative: false,
        magnitude: U256::MAX,
    };
    /// The smallest value, -(2^256 - 1).
    pub const MIN: Self = Self {
        negative: true,
        magnitude: U256::MAX,
    };

    #[inline]
    pub(super) fn from_parts(negative: bool, magnitude: U256) -> Self {
        let [l0, l1, l2, l3] = *magnitude.as_limbs();
        Self {
            negative: negative && (l0 | l1 | l2 | l3) != 0,
            magnitude,
        }
    }

    pub(super) const fn from_limbs(limbs: [u64; 4]) -> Self {
        Self {
            negative: false,
            magnitude: U256::from_limbs(limbs),
        }
    }

    #[inline]
    pub(super) const fn magnitude(self) -> U256 {
        self.magnitude
    }

    /// The magnitude, if it fits.
    #[inline]
    pub(super) fn small_magnitude(self) -> Option<u128> {
        match self.magnitude.as_limbs() {
            [low, high, 0, 0] => Some(u128::from(*high) << 64 | u128::from(*low)),
            _ => None,
        }
    }

    /// True below zero.
    #[must_use]
    #[inline]
    pub const fn is_negative(self) -> bool {
        self.negative
    }

    /// True for zero.
    #[must_use]
    #[inline]
    pub fn is_zero(self) -> bool {
        self.magnitude.is_zero()
    }

    /// True above zero.
    #[must_use]
    #[inline]
    pub fn is_positive(self) -> bool {
        !self.negative && !self.is_zero()
    }

    /// The value with the opposite sign.
    #[must_use]
    #[inline]
    pub fn neg(self) -> Self {
        Self::from_parts(!self.negative, self.magnitude)
    }

    /// The value without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self {
            negative: false,
            magnitude: self.magnitude,
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    #[inline]
    pub fn add(self, rhs: Self) -> Result<Self, NumError> {
        if let (Some(a), Some(b)) = (self.small_magnitude(), rhs.small_magnitude()) {
            return Ok(if self.negative == rhs.negative {
                let (sum, carry) = a.overflowing_add(b);
                // a negative operand is not zero, so neither is the sum
                Self {
                    negative: self.negative,
                    magnitude: U256::from_limbs([low(sum), high(sum), u64::from(carry), 0]),
                }
            } else {
                let (negative, magnitude) = match a.checked_sub(b) {
                    Some(rest) => (self.negative, rest),
                    None => (rhs.negative, b - a),
                };
                Self {
                    negative: negative && magnitude != 0,
                    magnitude: U256::from_limbs([low(magnitude), high(magnitude), 0, 0]),
                }
            });
        }
        self.wide_add(rhs)
    }

    /// Adds in place.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range; then nothing has changed.
    ///
    /// ```
    /// use akash_sdl::num::Int;
    /// let mut held = Int::from(5u64);
    /// held.increase(Int::from(2u64))?;
    /// held.decrease(Int::from(10u64))?;
    /// assert_eq!(held, Int::from(-3i64));
    /// # Ok::<(), akash_sdl::num::NumError>(())
    /// ```
    #[inline]
    pub fn increase(&mut self, by: Self) -> Result<(), NumError> {
        if let (Some(a), Some(b)) = (self.small_magnitude(), by.small_magnitude())
            && self.negative == by.negative
            && let Some(sum) = a.checked_add(b)
        {
            self.magnitude = U256::from_limbs([low(sum), high(sum), 0, 0]);
            return Ok(());
        }
        *self = self.add(by)?;
        Ok(())
    }

    /// Subtracts in place.
    ///
    /// # Errors
    /// As [`increase`](Self::increase).
    #[inline]
    pub fn decrease(&mut self, by: Self) -> Result<(), NumError> {
        if let (Some(a), Some(b)) = (self.small_magnitude(), by.small_magnitude())
            && self.negative == by.negative
            && let Some(rest) = a.checked_sub(b)
        {
            self.negative &= rest != 0;
            self.magnitude = U256::from_limbs([low(rest), high(rest), 0, 0]);
            return Ok(());
        }
        *self = self.sub(by)?;
        Ok(())
    }

    #[cold]
    fn wide_add(self, rhs: Self) -> Result<Self, NumError> {
        if self.negative == rhs.negative {
            let magnitude = self
                .magnitude
                .checked_add(rhs.magnitude)
                .ok_or(NumError::int_overflow("add"))?;
            return Ok(Self::from_parts(self.negative, magnitude));
        }
        Ok(if self.magnitude >= rhs.magnitude {
            Self::from_parts(self.negative, self.magnitude.wrapping_sub(rhs.magnitude))
        } else {
            Self::from_parts(rhs.negative, rhs.magnitude.wrapping_sub(self.magnitude))
        })
    }

    /// The difference.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    #[inline]
    pub fn sub(self, rhs: Self) -> Result<Self, NumError> {
        self.add(rhs.neg())
            .map_err(|_| NumError::int_overflow("sub"))
    }

    /// The product.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    pub fn mul(self, rhs: Self) -> Result<Self, NumError> {
        let magnitude = self
            .magnitude
            .checked_mul(rhs.magnitude)
            .ok_or(NumError::int_overflow("mul"))?;
        Ok(Self::from_parts(self.negative != rhs.negative, magnitude))
    }

    /// The quotient, truncated toward zero.
    ///
    /// # Errors
    /// [`NumError::DivisionByZero`].
    pub fn quo(self, rhs: Self) -> Result<Self, NumError> {
        let magnitude = self
            .magnitude
            .checked_div(rhs.magnitude)
            .ok_or(NumError::DivisionByZero { op: "quo" })?;
        Ok(Self::from_parts(self.negative != rhs.negative, magnitude))
    }

    /// The Euclidean modulus: from 0 up to below `|rhs|`, also for a negative dividend.
    ///
    /// # Errors
    /// [`NumError::DivisionByZero`].
    pub fn modulo(self, rhs: Self) -> Result<Self, NumError> {
        let rem = self
            .magnitude
            .checked_rem(rhs.magnitude)
            .ok_or(NumError::DivisionByZero { op: "modulo" })?;
        let rem = if self.negative && !rem.is_zero() {
            rhs.magnitude.wrapping_sub(rem)
        } else {
            rem
        };
        Ok(Self::from_parts(false, rem))
    }

    /// The value as `u64`, if it fits.
    #[must_use]
    pub fn to_u64(self) -> Option<u64> {
        self.to_u128()?.try_into().ok()
    }

    /// The value as `u128`, if it fits.
    #[must_use]
    #[inline]
    pub fn to_u128(self) -> Option<u128> {
        self.small_magnitude().filter(|_| !self.negative)
    }

    /// The value as `i64`, if it fits.
    #[must_use]
    #[inline]
    pub fn to_i64(self) -> Option<i64> {
        self.to_i128()?.try_into().ok()
    }

    /// The value as `i128`, if it fits.
    #[must_use]
    pub fn to_i128(self) -> Option<i128> {
        let magnitude: u128 = self.small_magnitude()?;
        if self.negative {
            0i128.checked_sub_unsigned(magnitude)
        } else {
            magnitude.try_into().ok()
        }
    }

    fn digits(self) -> Digits {
        Digits::integer(self.magnitude.into_limbs())
    }
}

impl From<u128> for Int {
    fn from(value: u128) -> Self {
        Self {
            negative: false,
            magnitude: U256::from(value),
        }
    }
}

impl From<i128> for Int {
    fn from(value: i128) -> Self {
        Self {
            negative: value < 0,
            magnitude: U256::from(value.unsigned_abs()),
        }
    }
}

impl From<u64> for Int {
    fn from(value: u64) -> Self {
        Self::from(u128::from(value))
    }
}

impl From<u32> for Int {
    fn from(value: u32) -> Self {
        Self::from(u128::from(value))
    }
}

impl From<i64> for Int {
    fn from(value: i64) -> Self {
        Self::from(i128::from(value))
    }
}

impl From<i32> for Int {
    fn from(value: i32) -> Self {
        Self::from(i128::from(value))
    }
}

impl Ord for Int {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => self.magnitude.cmp(&other.magnitude),
            (true, true) => other.magnitude.cmp(&self.magnitude),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl PartialOrd for Int {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Reads integer text as the chain does: an optional sign and decimal digits. Like the chain it
/// also takes the prefixes `0x`, `0o`, `0b`, a leading `0` as octal (`010` is 8) and `_` between
/// digits.
impl FromStr for Int {
    type Err = NumError;

    fn from_str(text: &str) -> Result<Self, NumError> {
        let (negative, limbs) = scan_integer(text).ok_or_else(|| {
            NumError::invalid(
                "integer",
                text,
                "write base-10 digits below 2^256 in magnitude",
            )
        })?;
        Ok(Self::from_parts(negative, U256::from_limbs(limbs)))
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad_integral(!self.negative, "", self.digits().as_str())
    }
}

impl fmt::Debug for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Int {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = self.digits();
        if self.negative {
            digits.push(b'-');
        }
        serializer.serialize_str(digits.as_str())
    }
}

impl<'de> Deserialize<'de> for Int {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::text::deserialize_text(deserializer, "an integer as text")
    }
}
