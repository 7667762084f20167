//! Sum, product and quotient.
//!
//! Operands whose raw values fit 128 bits (any amount of money there is) take a path without
//! 640-bit intermediates.

use ruint::Uint;

use super::{Dec, SCALE, U320, U640, small};
use crate::num::limbs::{div_rem_scale, high, join, low, mul_add_small, mul_wide};
use crate::num::{Int, NumError};

/// Wide enough for a raw value times 10^18.
type U384 = Uint<384, 6>;
/// Wide enough for 128 bits times 10^18.
type U192 = Uint<192, 3>;

/// What happens to the digits after the eighteenth.
#[derive(Clone, Copy)]
enum Rounding {
    /// To the nearest, ties to the even digit.
    Bankers,
    /// Toward zero.
    Truncate,
    /// A positive result away from zero, a negative one toward zero.
    Up,
}

impl Rounding {
    /// Whether the magnitude `quotient + rem / 10^18` goes to the next unit.
    #[inline]
    const fn is_up(self, odd: bool, rem: u64, negative: bool) -> bool {
        match self {
            Self::Truncate => false,
            Self::Up => !negative && rem != 0,
            Self::Bankers => rem > SCALE / 2 || (rem == SCALE / 2 && odd),
        }
    }

    /// `limbs / 10^18`, rounded. The quotient is at least 59 bits shorter than `limbs`, so there
    /// is room for the unit added.
    #[inline]
    fn divide<const N: usize>(self, mut limbs: [u64; N], negative: bool) -> [u64; N] {
        let rem = div_rem_scale(&mut limbs);
        let odd = limbs.first().is_some_and(|limb| limb % 2 == 1);
        if self.is_up(odd, rem, negative) {
            mul_add_small(&mut limbs, 1, 1);
        }
        limbs
    }
}

/// Whether `quo` goes to the next unit after the division `scaled = quotient * divisor + rem`.
///
/// The chain computes `bankers(trunc(scaled * 10^18 / divisor) / 10^18)`. The inner quotient is
/// `quotient * 10^18 + f`, where `f = trunc(rem * 10^18 / divisor)` is below 10^18, so only `f`
/// against half of 10^18 matters. With `excess = 2 rem - divisor`, `f` is at least half when
/// `excess >= 0`, and above half when `excess * 10^18 / 2 >= divisor`.
#[inline]
fn is_quotient_up(rem: U384, divisor: U384, odd: bool) -> bool {
    let double = rem.wrapping_add(rem);
    double >= divisor && {
        let mut excess = double.wrapping_sub(divisor).into_limbs();
        mul_add_small(&mut excess, SCALE / 2, 0);
        odd || U384::from_limbs(excess) >= divisor
    }
}

/// [`is_quotient_up`] in 128 bits.
#[inline]
fn is_small_quotient_up(rem: u128, divisor: u128, odd: bool) -> bool {
    // `rem` is below `divisor`
    rem.checked_sub(divisor - rem).is_some_and(|excess| {
        let [l0, l1, l2, l3] = mul_wide(excess, u128::from(SCALE / 2));
        odd || (l2 | l3) != 0 || join(l1, l0) >= divisor
    })
}

/// Quotient and remainder of `a * 10^18 / b`; `b` is not zero.
#[inline]
fn divide_small(a: u128, b: u128) -> ([u64; 3], u128) {
    let [l0, l1, l2, _] = mul_wide(a, u128::from(SCALE));
    if l2 == 0 {
        let scaled = join(l1, l0);
        let quotient = scaled.checked_div(b).unwrap_or_default();
        // below or equal to the dividend
        return ([low(quotient), high(quotient), 0], scaled - quotient * b);
    }
    let (quotient, rem) = U192::from_limbs([l0, l1, l2]).div_rem(U192::from(b));
    // the remainder is below the divisor
    let [r0, r1, _] = rem.into_limbs();
    (quotient.into_limbs(), join(r1, r0))
}

#[allow(
    clippy::should_implement_trait,
    reason = "checked operations return a Result"
)]
impl Dec {
    /// The sum, exact.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    #[inline]
    pub fn add(self, rhs: Self) -> Result<Self, NumError> {
        self.signed_add(rhs.negative, rhs.raw, "add")
    }

    /// The difference, exact.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    #[inline]
    pub fn sub(self, rhs: Self) -> Result<Self, NumError> {
        self.signed_add(!rhs.negative, rhs.raw, "sub")
    }

    /// Adds in place.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range; then nothing has changed.
    ///
    /// ```
    /// use akash_sdl::num::Dec;
    /// let mut funds: Dec = "1.5".parse()?;
    /// funds.increase(Dec::ONE)?;
    /// funds.decrease("3.25".parse()?)?;
    /// assert_eq!(funds, "-0.75".parse()?);
    /// # Ok::<(), akash_sdl::num::NumError>(())
    /// ```
    #[inline]
    pub fn increase(&mut self, by: Self) -> Result<(), NumError> {
        if let (Some(a), Some(b)) = (self.small_raw(), by.small_raw())
            && self.negative == by.negative
            && let Some(sum) = a.checked_add(b)
        {
            self.raw = U320::from_limbs([low(sum), high(sum), 0, 0, 0]);
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
        if let (Some(a), Some(b)) = (self.small_raw(), by.small_raw())
            && self.negative == by.negative
            && let Some(rest) = a.checked_sub(b)
        {
            self.negative &= rest != 0;
            self.raw = U320::from_limbs([low(rest), high(rest), 0, 0, 0]);
            return Ok(());
        }
        *self = self.sub(by)?;
        Ok(())
    }

    #[inline]
    fn signed_add(self, negative: bool, raw: U320, op: &'static str) -> Result<Self, NumError> {
        if let (Some(a), Some(b)) = (self.small_raw(), small(raw)) {
            return Ok(if self.negative == negative {
                // a negative operand is not zero, so neither is the sum
                let (sum, carry) = a.overflowing_add(b);
                Self {
                    negative,
                    raw: U320::from_limbs([low(sum), high(sum), u64::from(carry), 0, 0]),
                }
            } else if a >= b {
                Self::from_raw_u128(self.negative, a - b)
            } else {
                Self::from_raw_u128(negative, b - a)
            });
        }
        self.wide_add(negative, raw, op)
    }

    #[cold]
    fn wide_add(self, negative: bool, raw: U320, op: &'static str) -> Result<Self, NumError> {
        if self.negative == negative {
            // two magnitudes below 2^316 fit
            return Self::checked_raw(negative, self.raw.wrapping_add(raw), op);
        }
        Ok(if self.raw >= raw {
            Self::from_raw_parts(self.negative, self.raw.wrapping_sub(raw))
        } else {
            Self::from_raw_parts(negative, raw.wrapping_sub(self.raw))
        })
    }

    /// The product, rounded half to even at 18 decimals.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    pub fn mul(self, rhs: Self) -> Result<Self, NumError> {
        self.product(rhs, Rounding::Bankers, "mul")
    }

    /// The product, truncated toward zero at 18 decimals.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    pub fn mul_truncate(self, rhs: Self) -> Result<Self, NumError> {
        self.product(rhs, Rounding::Truncate, "mul_truncate")
    }

    /// The product, rounded toward positive infinity at 18 decimals.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    pub fn mul_round_up(self, rhs: Self) -> Result<Self, NumError> {
        self.product(rhs, Rounding::Up, "mul_round_up")
    }

    #[inline]
    fn product(self, rhs: Self, rounding: Rounding, op: &'static str) -> Result<Self, NumError> {
        let negative = self.negative != rhs.negative;
        if let (Some(a), Some(b)) = (self.small_raw(), rhs.small_raw()) {
            // below 2^197, in range
            let [l0, l1, l2, l3] = rounding.divide(mul_wide(a, b), negative);
            return Ok(Self::from_raw_parts(
                negative,
                U320::from_limbs([l0, l1, l2, l3, 0]),
            ));
        }
        let wide: U640 = self.raw.widening_mul(rhs.raw);
        let limbs = rounding.divide(wide.into_limbs(), negative);
        Self::narrow(negative, &limbs, op)
    }

    /// The product with a whole number, exact.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    #[inline]
    pub fn mul_int(self, rhs: Int) -> Result<Self, NumError> {
        let negative = self.negative != rhs.is_negative();
        if let (Some(a), Some(b)) = (self.small_raw(), rhs.small_magnitude()) {
            // below 2^256, in range
            let [l0, l1, l2, l3] = mul_wide(a, b);
            return Ok(Self::from_raw_parts(
                negative,
                U320::from_limbs([l0, l1, l2, l3, 0]),
            ));
        }
        let wide = self.raw.widening_mul::<256, 4, 576, 9>(rhs.magnitude());
        Self::narrow(negative, wide.as_limbs(), "mul_int")
    }

    /// The product with a whole number, exact.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    #[inline]
    pub fn mul_i64(self, rhs: i64) -> Result<Self, NumError> {
        self.mul_int(rhs.into())
    }

    /// The quotient as the chain computes it: truncated at 36 decimals, then rounded half to even
    /// at 18.
    ///
    /// # Errors
    /// [`NumError::DivisionByZero`]; [`NumError::Overflow`] outside the range.
    pub fn quo(self, rhs: Self) -> Result<Self, NumError> {
        if rhs.is_zero() {
            return Err(NumError::DivisionByZero { op: "quo" });
        }
        let negative = self.negative != rhs.negative;
        if let (Some(a), Some(b)) = (self.small_raw(), rhs.small_raw()) {
            let (mut quotient, rem) = divide_small(a, b);
            let odd = quotient.first().is_some_and(|limb| limb % 2 == 1);
            if is_small_quotient_up(rem, b, odd) {
                mul_add_small(&mut quotient, 1, 1);
            }
            return Ok(Self::from_small(negative, quotient));
        }
        let scaled: U384 = self.raw.widening_mul(Uint::<64, 1>::from(SCALE));
        let divisor = U384::from(rhs.raw);
        let (mut quotient, rem) = scaled.div_rem(divisor);
        if is_quotient_up(rem, divisor, quotient.bit(0)) {
            quotient = quotient.wrapping_add(U384::ONE);
        }
        Self::narrow(negative, quotient.as_limbs(), "quo")
    }

    /// The quotient, truncated toward zero at 18 decimals.
    ///
    /// # Errors
    /// [`NumError::DivisionByZero`]; [`NumError::Overflow`] outside the range.
    pub fn quo_truncate(self, rhs: Self) -> Result<Self, NumError> {
        const OP: &str = "quo_truncate";
        if rhs.is_zero() {
            return Err(NumError::DivisionByZero { op: OP });
        }
        let negative = self.negative != rhs.negative;
        if let (Some(a), Some(b)) = (self.small_raw(), rhs.small_raw()) {
            return Ok(Self::from_small(negative, divide_small(a, b).0));
        }
        let (quotient, _) = self.scaled_quotient(rhs);
        Self::narrow(negative, quotient.as_limbs(), OP)
    }

    /// The quotient as the chain's `QuoRoundUp` computes it: an inexact positive quotient goes up
    /// by one unit of the last decimal.
    ///
    /// An inexact negative quotient also moves up one unit from the *truncated* value, past the
    /// exact one (`-1/3` gives `-0.333333333333333332`), and a quotient truncated to zero is
    /// treated as not negative. This is the chain's behaviour, kept to the digit.
    ///
    /// # Errors
    /// [`NumError::DivisionByZero`]; [`NumError::Overflow`] outside the range.
    pub fn quo_round_up(self, rhs: Self) -> Result<Self, NumError> {
        const OP: &str = "quo_round_up";
        if rhs.is_zero() {
            return Err(NumError::DivisionByZero { op: OP });
        }
        let (quotient, inexact) = self.scaled_quotient(rhs);
        let quotient_negative = self.negative != rhs.negative && !quotient.is_zero();
        // The remainder has the sign of the dividend; the chain compares the signs of the
        // quotient and the divisor.
        let up = inexact && ((quotient_negative == rhs.negative) != self.negative);
        let raw = match (up, quotient_negative) {
            (false, _) => quotient,
            (true, false) => quotient.wrapping_add(U384::ONE),
            (true, true) => quotient.wrapping_sub(U384::ONE),
        };
        Self::narrow(quotient_negative, raw.as_limbs(), OP)
    }

    /// `trunc(|a| * 10^18 / |b|)` and whether something was cut off; `b` is not zero.
    fn scaled_quotient(self, rhs: Self) -> (U384, bool) {
        let scaled: U384 = self.raw.widening_mul(Uint::<64, 1>::from(SCALE));
        let (quotient, rem) = scaled.div_rem(U384::from(rhs.raw));
        (quotient, !rem.is_zero())
    }

    /// Every magnitude of 192 bits is in range.
    #[inline]
    fn from_small(negative: bool, [l0, l1, l2]: [u64; 3]) -> Self {
        Self::from_raw_parts(negative, U320::from_limbs([l0, l1, l2, 0, 0]))
    }

    /// The quotient by a whole number, truncated toward zero at 18 decimals.
    ///
    /// # Errors
    /// [`NumError::DivisionByZero`].
    pub fn quo_int(self, rhs: Int) -> Result<Self, NumError> {
        let negative = self.negative != rhs.is_negative();
        if let (Some(a), Some(b)) = (self.small_raw(), rhs.small_magnitude()) {
            return a
                .checked_div(b)
                .map(|raw| Self::from_raw_u128(negative, raw))
                .ok_or(NumError::DivisionByZero { op: "quo_int" });
        }
        self.raw
            .checked_div(U320::from(rhs.magnitude()))
            .map(|raw| Self::from_raw_parts(negative, raw))
            .ok_or(NumError::DivisionByZero { op: "quo_int" })
    }

    /// The quotient by a whole number, truncated toward zero at 18 decimals.
    ///
    /// # Errors
    /// [`NumError::DivisionByZero`].
    pub fn quo_i64(self, rhs: i64) -> Result<Self, NumError> {
        self.quo_int(rhs.into())
    }

    /// The value with the opposite sign.
    #[must_use]
    pub fn neg(self) -> Self {
        Self::from_raw_parts(!self.negative, self.raw)
    }

    /// The value without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self {
            negative: false,
            raw: self.raw,
        }
    }
}
