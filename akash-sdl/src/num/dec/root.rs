//! Power and root, step by step as the chain takes them: the order of the roundings shows in the
//! last digits.

use super::Dec;
use crate::num::{Int, NumError};

/// Newton rounds after which the chain takes what it has.
const MAX_ROUNDS: u32 = 300;

impl Dec {
    /// The value to the power of `exponent`, by squaring, every product rounded half to even;
    /// 1 for exponent 0, also of zero.
    ///
    /// # Errors
    /// [`NumError::Overflow`] when a step leaves the range.
    pub fn power(self, exponent: u64) -> Result<Self, NumError> {
        self.power_steps(exponent)
            .map_err(|_| NumError::dec_overflow("power"))
    }

    fn power_steps(self, exponent: u64) -> Result<Self, NumError> {
        if exponent == 0 {
            return Ok(Self::ONE);
        }
        let mut odd = Self::ONE;
        let mut square = self;
        let mut left = exponent;
        while left > 1 {
            if left % 2 == 1 {
                odd = odd.mul(square)?;
            }
            left /= 2;
            square = square.mul(square)?;
        }
        square.mul(odd)
    }

    /// The root of the given degree by Newton's method, at most 300 rounds, until a step is at most
    /// 10^-18; 1 for degree 0, minus the root of the magnitude for a negative value.
    ///
    /// # Errors
    /// [`NumError::OutOfBound`] when a step leaves the range.
    pub fn approx_root(self, degree: u64) -> Result<Self, NumError> {
        const OUT: NumError = NumError::OutOfBound {
            op: "approx_root",
            limit: "a step left the decimal range",
        };
        if degree == 0 {
            return Ok(Self::ONE);
        }
        let magnitude = self.abs();
        let root = magnitude.newton_root(degree).map_err(|_| OUT)?;
        Ok(if self.is_negative() { root.neg() } else { root })
    }

    /// Of a value that is not negative.
    fn newton_root(self, degree: u64) -> Result<Self, NumError> {
        if degree == 1 || self.is_zero() || self == Self::ONE {
            return Ok(self);
        }
        let mut guess = Self::ONE;
        for _ in 0..MAX_ROUNDS {
            let mut slope = guess.power_steps(degree - 1)?;
            if slope.is_zero() {
                slope = Self::SMALLEST;
            }
            let delta = self.quo(slope)?.sub(guess)?.quo_int(Int::from(degree))?;
            guess = guess.add(delta)?;
            if delta.abs() <= Self::SMALLEST {
                break;
            }
        }
        Ok(guess)
    }

    /// The square root, [`approx_root`](Self::approx_root) of degree 2.
    ///
    /// # Errors
    /// [`NumError::OutOfBound`] when a step leaves the range.
    pub fn approx_sqrt(self) -> Result<Self, NumError> {
        self.approx_root(2)
    }
}
