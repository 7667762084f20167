//! Decimal text and the raw integer text of protobuf.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{DECIMALS, Dec, LIMIT, SCALE, U320};
use crate::num::NumError;
use crate::num::digits::Digits;
use crate::num::limbs::{mul_add_small, power_of_ten};
use crate::num::text::{deserialize_text, push_decimal, scan_integer, short_decimal};

const EXPECTED: &str = "decimal";
const RANGE: &str = "the magnitude must stay below 2^256";

impl Dec {
    /// Reads decimal text without the sign quirks of [`FromStr`]: an optional `-`, digits, and
    /// optionally a point with 1 to 18 digits.
    ///
    /// ```
    /// use akash_sdl::num::Dec;
    /// assert!(Dec::parse_strict("-1.5").is_ok());
    /// assert!(Dec::parse_strict("+1.5").is_err());
    /// assert!("+1.5".parse::<Dec>().is_ok());
    /// ```
    ///
    /// # Errors
    /// [`NumError::Invalid`].
    pub fn parse_strict(text: &str) -> Result<Self, NumError> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        if !unsigned.starts_with(|first: char| first.is_ascii_digit()) {
            return Err(NumError::invalid(
                EXPECTED,
                text,
                "write an optional '-', then a digit first",
            ));
        }
        text.parse()
    }

    /// Reads the raw integer text of a protobuf field (`1.5` is `1500000000000000000`).
    ///
    /// # Errors
    /// [`NumError::Invalid`], also for the empty text, which the chain reads as an absent value:
    /// see [`from_scaled_field`](Self::from_scaled_field).
    pub fn from_scaled_str(text: &str) -> Result<Self, NumError> {
        const REASON: &str = "write the value times 10^18 as an integer, below 2^256 * 10^18";
        scan_integer(text)
            .map(|(negative, limbs)| (negative, U320::from_limbs(limbs)))
            .filter(|(_, raw)| *raw <= LIMIT)
            .map(|(negative, raw)| Self::from_raw_parts(negative, raw))
            .ok_or_else(|| NumError::invalid("scaled decimal", text, REASON))
    }

    /// Reads a protobuf field that may be absent: the empty text is `None`.
    ///
    /// # Errors
    /// [`NumError::Invalid`].
    pub fn from_scaled_field(text: &str) -> Result<Option<Self>, NumError> {
        if text.is_empty() {
            Ok(None)
        } else {
            Self::from_scaled_str(text).map(Some)
        }
    }

    /// The raw integer text of a protobuf field.
    #[must_use]
    pub fn to_scaled_string(self) -> String {
        let digits = Digits::integer(self.raw.into_limbs());
        self.signed(digits).as_str().to_owned()
    }

    /// The nearest double, for charts and statistics; never for money.
    ///
    /// ```
    /// use akash_sdl::num::Dec;
    /// assert_eq!(Dec::with_precision(-15, 1).map(Dec::to_f64), Some(-1.5));
    /// ```
    #[must_use]
    pub fn to_f64(self) -> f64 {
        let digits = Digits::decimal(self.raw.into_limbs());
        // always the text of a number
        self.signed(digits).as_str().parse().unwrap_or(f64::NAN)
    }

    fn signed(self, mut digits: Digits) -> Digits {
        if self.negative {
            digits.push(b'-');
        }
        digits
    }
}

/// Reads decimal text exactly as the chain does: an optional `-`, digits, optionally a point and 1
/// to 18 digits; both sides of the point must be there. Because the chain hands the digits to an
/// integer reader with its own sign, one more sign is tolerated there: `+1` and `--1` are 1, and
/// a lone `+` is zero. [`Dec::parse_strict`] refuses those.
impl FromStr for Dec {
    type Err = NumError;

    fn from_str(text: &str) -> Result<Self, NumError> {
        let invalid = |reason| NumError::invalid(EXPECTED, text, reason);
        let (minus, unsigned) = match text.as_bytes() {
            [b'-', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        let mut parts = unsigned.splitn(2, |byte| *byte == b'.');
        let whole = parts.next().unwrap_or_default();
        let fraction = match parts.next() {
            Some([]) => return Err(invalid("write digits behind the point")),
            Some(fraction) if fraction.len() > DECIMALS => {
                return Err(invalid("at most 18 digits may follow the point"));
            }
            Some(fraction) => fraction,
            None => &[],
        };
        let (negative, whole) = match whole {
            [] => return Err(invalid("write a digit first, as in 0.5")),
            [b'-', rest @ ..] => (!minus, rest),
            [b'+', rest @ ..] => (minus, rest),
            rest => (minus, rest),
        };
        let missing = DECIMALS.saturating_sub(fraction.len());
        let scale = power_of_ten(missing);
        if let (Some(whole), Some(fraction)) = (short_decimal(whole), short_decimal(fraction)) {
            // below 10^19 * 10^18 + 10^18
            let raw =
                u128::from(whole) * u128::from(SCALE) + u128::from(fraction) * u128::from(scale);
            return Ok(Self::from_raw_u128(negative, raw));
        }
        let mut limbs = [0u64; 5];
        if !push_decimal(&mut limbs, whole) || !push_decimal(&mut limbs, fraction) {
            let numeric = whole.iter().chain(fraction).all(u8::is_ascii_digit);
            return Err(invalid(if numeric {
                RANGE
            } else {
                "only digits, one point and a leading '-' are allowed"
            }));
        }
        let raw = (mul_add_small(&mut limbs, scale, 0) == 0)
            .then(|| U320::from_limbs(limbs))
            .filter(|raw| *raw <= LIMIT)
            .ok_or_else(|| invalid(RANGE))?;
        Ok(Self::from_raw_parts(negative, raw))
    }
}

impl fmt::Display for Dec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = Digits::decimal(self.raw.into_limbs());
        f.pad_integral(!self.negative, "", digits.as_str())
    }
}

impl fmt::Debug for Dec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Dec {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let digits = Digits::decimal(self.raw.into_limbs());
        serializer.serialize_str(self.signed(digits).as_str())
    }
}

impl<'de> Deserialize<'de> for Dec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_text(deserializer, "a decimal as text")
    }
}
