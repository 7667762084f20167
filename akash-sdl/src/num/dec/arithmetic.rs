//! Sum, product and quotient.

use ruint::Uint;

use super::{Dec, SCALE, U320, U640};
use crate::num::{Int, NumError};

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

/// Divides a magnitude by 10^18.
fn divide_scale(value: U640, negative: bool, rounding: Rounding) -> U640 {
    let scale = U640::from(SCALE);
    let (quotient, rem) = value.div_rem(scale);
    let up = match rounding {
        Rounding::Truncate => false,
        Rounding::Up => !negative && !rem.is_zero(),
        Rounding::Bankers => {
            let half = U640::from(SCALE / 2);
            rem > half || rem == half && quotient.bit(0)
        }
    };
    if up {
        quotient.wrapping_add(Uint::from(1u64))
    } else {
        quotient
    }
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
    pub fn add(self, rhs: Self) -> Result<Self, NumError> {
        self.signed_add(rhs.negative, rhs.raw, "add")
    }

    /// The difference, exact.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    pub fn sub(self, rhs: Self) -> Result<Self, NumError> {
        self.signed_add(!rhs.negative, rhs.raw, "sub")
    }

    fn signed_add(self, negative: bool, raw: U320, op: &'static str) -> Result<Self, NumError> {
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

    fn product(self, rhs: Self, rounding: Rounding, op: &'static str) -> Result<Self, NumError> {
        let negative = self.negative != rhs.negative;
        let wide: U640 = self.raw.widening_mul(rhs.raw);
        Self::narrow(negative, divide_scale(wide, negative, rounding), op)
    }

    /// The product with a whole number, exact.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
    pub fn mul_int(self, rhs: Int) -> Result<Self, NumError> {
        let wide = self.raw.widening_mul::<256, 4, 576, 9>(rhs.magnitude());
        let raw = U320::checked_from_limbs_slice(wide.as_limbs())
            .ok_or(NumError::dec_overflow("mul_int"))?;
        Self::checked_raw(self.negative != rhs.is_negative(), raw, "mul_int")
    }

    /// The product with a whole number, exact.
    ///
    /// # Errors
    /// [`NumError::Overflow`] outside the range.
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
        let squared = u128::from(SCALE) * u128::from(SCALE);
        let scaled: U640 = self.raw.widening_mul(U320::from(squared));
        let quotient = scaled.wrapping_div(U640::from(rhs.raw));
        Self::narrow(
            negative,
            divide_scale(quotient, negative, Rounding::Bankers),
            "quo",
        )
    }

    /// The quotient, truncated toward zero at 18 decimals.
    ///
    /// # Errors
    /// [`NumError::DivisionByZero`]; [`NumError::Overflow`] outside the range.
    pub fn quo_truncate(self, rhs: Self) -> Result<Self, NumError> {
        let (quotient, _) = self.scaled_quotient(rhs, "quo_truncate")?;
        Self::narrow(self.negative != rhs.negative, quotient, "quo_truncate")
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
        let (quotient, inexact) = self.scaled_quotient(rhs, OP)?;
        let quotient_negative = self.negative != rhs.negative && !quotient.is_zero();
        let up = inexact && ((quotient_negative == rhs.negative) != self.negative);
        let raw = match (up, quotient_negative) {
            (false, _) => quotient,
            (true, false) => quotient.wrapping_add(U640::from(1u64)),
            (true, true) => quotient.wrapping_sub(U640::from(1u64)),
        };
        Self::narrow(quotient_negative, raw, OP)
    }

    /// `trunc(|a| * 10^18 / |b|)` and whether something was cut off.
    fn scaled_quotient(self, rhs: Self, op: &'static str) -> Result<(U640, bool), NumError> {
        if rhs.is_zero() {
            return Err(NumError::DivisionByZero { op });
        }
        let scaled: U640 = self.raw.widening_mul(U320::from(SCALE));
        let (quotient, rem) = scaled.div_rem(U640::from(rhs.raw));
        Ok((quotient, !rem.is_zero()))
    }

    /// The quotient by a whole number, truncated toward zero at 18 decimals.
    ///
    /// # Errors
    /// [`NumError::DivisionByZero`].
    pub fn quo_int(self, rhs: Int) -> Result<Self, NumError> {
        let divisor = U320::from(rhs.magnitude());
        let raw = self
            .raw
            .checked_div(divisor)
            .ok_or(NumError::DivisionByZero { op: "quo_int" })?;
        Ok(Self::from_raw_parts(
            self.negative != rhs.is_negative(),
            raw,
        ))
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
