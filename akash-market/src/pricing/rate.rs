//! Exact decimals of any usual length: prices of one unit of something.

use akash_sdl::num::Dec;
use ruint::Uint;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// Room for 154 digits.
pub(super) type Big = Uint<512, 8>;

const TEN: Big = Big::from_limbs([10, 0, 0, 0, 0, 0, 0, 0]);

/// An exact decimal: the price of one unit of something, such as a milli-CPU for one block.
///
/// Reads what the reference's flags take: a sign, a leading or trailing point and an exponent are accepted, spaces and
/// separators are not. Up to 154 significant digits are kept.
///
/// ```
/// use akash_market::pricing::Rate;
///
/// let rate: Rate = "1.60e-3".parse()?;
/// assert_eq!(rate, ".0016".parse()?);
/// assert_eq!(rate.to_string(), "0.0016");
/// assert!(" 1".parse::<Rate>().is_err());
/// # Ok::<(), akash_market::pricing::RateError>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Rate {
    /// Never set for zero.
    negative: bool,
    /// Without trailing zeros.
    digits: Big,
    /// The value is `digits × 10^exponent`; 0 for zero.
    exponent: i32,
}

/// A text that is no decimal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a decimal number such as 0.0016 or 1.6e-3")]
pub struct RateError {
    /// The refused text.
    pub text: String,
}

impl Rate {
    /// 0.
    pub const ZERO: Self = Self {
        negative: false,
        digits: Big::ZERO,
        exponent: 0,
    };

    /// `digits × 10^exponent`.
    #[must_use]
    pub fn new(digits: u64, exponent: i32) -> Self {
        Self::normal(false, Big::from(digits), exponent)
    }

    fn normal(negative: bool, mut digits: Big, mut exponent: i32) -> Self {
        if digits.is_zero() {
            return Self::ZERO;
        }
        loop {
            let (quotient, rest) = digits.div_rem(TEN);
            if !rest.is_zero() || exponent == i32::MAX {
                return Self {
                    negative,
                    digits,
                    exponent,
                };
            }
            digits = quotient;
            exponent = exponent.saturating_add(1);
        }
    }

    /// True for zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.digits.is_zero()
    }

    /// True below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.negative
    }

    /// The magnitude.
    pub(super) const fn magnitude(&self) -> Sum {
        Sum {
            digits: self.digits,
            exponent: self.exponent,
        }
    }
}

impl From<Dec> for Rate {
    fn from(value: Dec) -> Self {
        // Below 2^320, so it always fits.
        let digits = Big::from_str_radix(&value.abs().to_scaled_string(), 10).unwrap_or_default();
        Self::normal(value.is_negative(), digits, -18)
    }
}

impl From<Sum> for Rate {
    fn from(sum: Sum) -> Self {
        Self::normal(false, sum.digits, sum.exponent)
    }
}

impl FromStr for Rate {
    type Err = RateError;

    fn from_str(text: &str) -> Result<Self, RateError> {
        parse(text).ok_or_else(|| RateError {
            text: text.to_owned(),
        })
    }
}

fn parse(text: &str) -> Option<Rate> {
    let (number, exponent) = match text.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let (negative, whole) = match whole.as_bytes().first() {
        Some(b'-') => (true, whole.get(1..)?),
        Some(b'+') => (false, whole.get(1..)?),
        _ => (false, whole),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut digits = Big::ZERO;
    let mut exponent = i64::from(exponent);
    let mut zeros = 0_u32;
    for byte in whole.bytes().chain(fraction.bytes()) {
        let digit = byte.checked_sub(b'0').filter(|d| *d <= 9)?;
        if digit == 0 && !digits.is_zero() {
            zeros = zeros.checked_add(1)?;
            continue;
        }
        // Zeros count only once another digit follows, so that a long tail of them needs no room.
        digits = digits
            .checked_mul(TEN.checked_pow(Big::from(zeros).checked_add(Big::from(1_u8))?)?)?
            .checked_add(Big::from(digit))?;
        zeros = 0;
    }
    exponent = exponent.checked_add(i64::from(zeros))?;
    exponent = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    if digits.is_zero() {
        return Some(Rate::ZERO);
    }
    Some(Rate::normal(
        negative,
        digits,
        i32::try_from(exponent).ok()?,
    ))
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad_integral(!self.negative, "", &self.magnitude().to_string())
    }
}

impl PartialOrd for Rate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rate {
    fn cmp(&self, other: &Self) -> Ordering {
        let magnitudes = || self.magnitude().cmp_to(&other.magnitude());
        match (self.negative, other.negative) {
            (false, false) => magnitudes(),
            (true, true) => magnitudes().reverse(),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A magnitude in the making, not normalised: `digits × 10^exponent`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) digits: Big,
    pub(super) exponent: i32,
}

/// `10^exponent`, if it has room.
pub(super) fn power(exponent: u32) -> Option<Big> {
    TEN.checked_pow(Big::from(exponent))
}

impl Sum {
    pub(super) fn whole(value: u128) -> Self {
        Self {
            digits: Big::from(value),
            exponent: 0,
        }
    }

    pub(super) fn mul(self, other: Self) -> Option<Self> {
        Some(Self {
            digits: self.digits.checked_mul(other.digits)?,
            exponent: self.exponent.checked_add(other.exponent)?,
        })
    }

    pub(super) fn add(self, other: Self) -> Option<Self> {
        if self.digits.is_zero() {
            return Some(other);
        }
        if other.digits.is_zero() {
            return Some(self);
        }
        let exponent = self.exponent.min(other.exponent);
        let (a, b) = (self.at(exponent)?, other.at(exponent)?);
        Some(Self {
            digits: a.checked_add(b)?,
            exponent,
        })
    }

    /// The digits at a smaller exponent.
    fn at(self, exponent: i32) -> Option<Big> {
        let shift = u32::try_from(self.exponent.checked_sub(exponent)?).ok()?;
        self.digits.checked_mul(power(shift)?)
    }

    /// Cuts digits behind the given number of decimals off.
    pub(super) fn truncate(self, decimals: u32) -> Self {
        let Some(excess) = excess(self.exponent, decimals) else {
            return self;
        };
        let digits = power(excess).map_or(Big::ZERO, |p| self.digits.wrapping_div(p));
        Self {
            digits,
            exponent: 0_i32.saturating_sub_unsigned(decimals),
        }
    }

    /// The quotient, cut off at the given number of decimals.
    pub(super) fn divide(self, other: Self, decimals: u32) -> Option<Self> {
        // self / other × 10^decimals, with both as integers at one exponent.
        let exponent = self.exponent.min(other.exponent);
        let (a, b) = (self.at(exponent)?, other.at(exponent)?);
        let digits = a.checked_mul(power(decimals)?)?.checked_div(b)?;
        Some(Self {
            digits,
            exponent: 0_i32.checked_sub_unsigned(decimals)?,
        })
    }

    pub(super) fn cmp_to(&self, other: &Self) -> Ordering {
        if self.digits.is_zero() || other.digits.is_zero() {
            return self.digits.cmp(&other.digits);
        }
        let exponent = self.exponent.min(other.exponent);
        match (self.at(exponent), other.at(exponent)) {
            (Some(a), Some(b)) => a.cmp(&b),
            // Only the one with the far larger exponent can lack room.
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
        }
    }

    /// The value times 10^18 if it has at most 18 decimals, else `None`.
    pub(super) fn scaled_18(self) -> Option<Result<Big, ()>> {
        match excess(self.exponent, 18) {
            None => {
                let shift = u32::try_from(self.exponent.saturating_add(18)).ok()?;
                Some(
                    power(shift)
                        .and_then(|p| self.digits.checked_mul(p))
                        .ok_or(()),
                )
            }
            Some(excess) => {
                let Some(divisor) = power(excess) else {
                    return self.digits.is_zero().then_some(Ok(Big::ZERO));
                };
                let (quotient, rest) = self.digits.div_rem(divisor);
                rest.is_zero().then_some(Ok(quotient))
            }
        }
    }
}

/// How many decimals beyond the given number an exponent has.
fn excess(exponent: i32, decimals: u32) -> Option<u32> {
    let have = u32::try_from(exponent.checked_neg()?).ok()?;
    have.checked_sub(decimals).filter(|e| *e > 0)
}

impl fmt::Display for Sum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.digits.to_string();
        let Ok(exponent) = usize::try_from(self.exponent.unsigned_abs()) else {
            return write!(f, "{digits}e{}", self.exponent);
        };
        if exponent > 200 {
            return write!(f, "{digits}e{}", self.exponent);
        }
        if self.exponent >= 0 {
            return write!(f, "{digits}{:0<exponent$}", "");
        }
        let padded = format!("{digits:0>width$}", width = exponent.saturating_add(1));
        let (whole, fraction) = padded.split_at(padded.len().saturating_sub(exponent));
        write!(f, "{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> Rate {
        text.parse().unwrap()
    }

    #[test]
    fn texts() {
        for (text, printed) in [
            ("1", "1"),
            ("+1.50", "1.5"),
            ("-0", "0"),
            ("5.", "5"),
            (".5", "0.5"),
            ("-.5", "-0.5"),
            ("1E3", "1000"),
            ("1e-3", "0.001"),
            ("00012.50", "12.5"),
            ("1e300", "1e300"),
        ] {
            assert_eq!(rate(text).to_string(), printed, "{text}");
            assert_eq!(rate(printed), rate(text));
        }
        let long = format!("1.{}", "0".repeat(500));
        assert_eq!(rate(&long), rate("1"));
        for bad in [
            "",
            ".",
            "-",
            "e1",
            "1e",
            "1e99999999999",
            "1_0",
            "0x1",
            "1.2.3",
            "--1",
            ".-5",
        ] {
            assert!(bad.parse::<Rate>().is_err(), "{bad}");
        }
    }

    #[test]
    fn order_is_that_of_values() {
        assert!(rate("1e90") > rate("1e-90"));
        assert!(rate("-1") < rate("0"));
        assert!(rate("0") < rate("1e-200"));
        assert!(rate("-2") < rate("-1"));
        assert!(rate("1e300") > rate("9e299"));
    }
}
