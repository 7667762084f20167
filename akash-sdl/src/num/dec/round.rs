//! To whole numbers.

use ruint::aliases::U256;

use super::{Dec, SCALE, U320};
use crate::num::limbs::{div_rem_scale, high, low};
use crate::num::{Int, NumError};

const INT_RANGE: &str = "an integer is below 2^256 in magnitude";
const I64_RANGE: &str = "the range is -2^63 to 2^63 - 1";

impl Dec {
    /// Whole part and the raw fraction, of the magnitude.
    #[inline]
    fn split(self) -> (U320, u64) {
        if let Some(raw) = self.small_raw() {
            let mut limbs = [low(raw), high(raw)];
            let rem = div_rem_scale(&mut limbs);
            let [l0, l1] = limbs;
            return (U320::from_limbs([l0, l1, 0, 0, 0]), rem);
        }
        let mut limbs = self.raw.into_limbs();
        let rem = div_rem_scale(&mut limbs);
        (U320::from_limbs(limbs), rem)
    }

    /// True without a fraction.
    #[must_use]
    pub fn is_integer(self) -> bool {
        self.split().1 == 0
    }

    /// The whole part, truncated toward zero.
    #[must_use]
    #[inline]
    pub fn truncate_int(self) -> Int {
        self.parts().0
    }

    /// [`truncate_int`](Self::truncate_int) and [`fraction`](Self::fraction).
    #[inline]
    pub(in crate::num) fn parts(self) -> (Int, Self) {
        let (whole, fraction) = self.split();
        let [l0, l1, l2, l3, _] = whole.into_limbs();
        // the fifth limb is zero, as the raw value is below 2^256 * 10^18
        let whole = Int::from_parts(self.negative, U256::from_limbs([l0, l1, l2, l3]));
        (whole, Self::from_raw_u128(self.negative, fraction.into()))
    }

    /// The whole part as a decimal, truncated toward zero.
    #[must_use]
    #[inline]
    pub fn truncate_dec(self) -> Self {
        let (_, fraction) = self.split();
        Self::from_raw_parts(self.negative, self.raw.wrapping_sub(U320::from(fraction)))
    }

    /// What [`truncate_dec`](Self::truncate_dec) cuts off, with the sign of the value.
    #[must_use]
    pub fn fraction(self) -> Self {
        Self::from_raw_u128(self.negative, self.split().1.into())
    }

    /// The nearest whole number, ties to even.
    ///
    /// # Errors
    /// [`NumError::OutOfBound`] when that is 2^256 in magnitude.
    pub fn round_int(self) -> Result<Int, NumError> {
        let (whole, fraction) = self.split();
        let half = SCALE / 2;
        let up = fraction > half || fraction == half && whole.bit(0);
        let whole = if up {
            whole.wrapping_add(U320::from(1u64))
        } else {
            whole
        };
        let magnitude =
            U256::checked_from_limbs_slice(whole.as_limbs()).ok_or(NumError::OutOfBound {
                op: "round_int",
                limit: INT_RANGE,
            })?;
        Ok(Int::from_parts(self.negative, magnitude))
    }

    /// The nearest whole number, ties to even, as `i64`.
    ///
    /// # Errors
    /// [`NumError::OutOfBound`] when it does not fit.
    pub fn round_i64(self) -> Result<i64, NumError> {
        let out = NumError::OutOfBound {
            op: "round_i64",
            limit: I64_RANGE,
        };
        self.round_int().ok().and_then(Int::to_i64).ok_or(out)
    }

    /// The whole part as `i64`, truncated toward zero.
    ///
    /// # Errors
    /// [`NumError::OutOfBound`] when it does not fit.
    pub fn truncate_i64(self) -> Result<i64, NumError> {
        self.truncate_int().to_i64().ok_or(NumError::OutOfBound {
            op: "truncate_i64",
            limit: I64_RANGE,
        })
    }

    /// The smallest whole number that is not below the value.
    ///
    /// # Errors
    /// [`NumError::Overflow`] when that is 2^256.
    pub fn ceil(self) -> Result<Self, NumError> {
        let whole = self.truncate_dec();
        if self.negative || whole == self {
            return Ok(whole);
        }
        whole
            .add(Self::ONE)
            .map_err(|_| NumError::dec_overflow("ceil"))
    }
}
