//! CPU, memory and storage quantities, as SDL texts and as exact integers.
//!
//! Numbers follow the grammar of Go's `strconv.ParseFloat` and are scaled in IEEE double
//! arithmetic, then cut (chain-sdk `go/sdl/units.go`): `1.1Gi` is 1,181,116,006 bytes.
//!
//! ```
//! use akash_sdl::resource::{Bytes, MilliCpu};
//!
//! assert_eq!("0.25".parse(), Ok(MilliCpu(250)));
//! assert_eq!("512Mi".parse(), Ok(Bytes(536_870_912)));
//! assert_eq!(Bytes(536_870_912).to_string(), "512Mi");
//! assert!("512mi".parse::<Bytes>().is_err());
//! ```

mod float;

use core::fmt;
use core::str::FromStr;

use crate::resource::{Bytes, MilliCpu};

/// Why a text is no quantity.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitError {
    /// The text is no number, or carries an unknown suffix.
    #[error("{text:?} is not a {expected}")]
    NotANumber {
        /// The text.
        text: String,
        /// What was wanted, with an example.
        expected: &'static str,
        /// The text with the suffix that was probably meant.
        suggestion: Option<String>,
    },
    /// The number is below zero.
    #[error("{text:?} is negative: quantities are zero or more")]
    Negative {
        /// The text.
        text: String,
    },
    /// The number is larger than any quantity, infinite, or not a number.
    #[error("{text:?} is out of range: {limit}")]
    OutOfRange {
        /// The text.
        text: String,
        /// The range.
        limit: &'static str,
    },
}

impl UnitError {
    /// The text that was probably meant.
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        match self {
            Self::NotANumber { suggestion, .. } => suggestion.as_deref(),
            Self::Negative { .. } | Self::OutOfRange { .. } => None,
        }
    }
}

const CPU_EXPECTED: &str =
    "number of CPUs: write a number such as 0.5, or thousandths such as 500m";
const CPU_LIMIT: &str = "at most 4294967295 thousandths of a CPU";
const SIZE_EXPECTED: &str = "size: write a number and one of Ki Mi Gi Ti Pi Ei, \
                             or of k M G T P E for powers of 1000, such as 512Mi";
const RAM_EXPECTED: &str = "size of GPU memory: write a number and one of Ki Mi Gi Ti Pi Ei, \
                            such as 80Gi";
const SIZE_LIMIT: &str = "write a finite number";

/// 2^63, where sizes end that the reference cannot convert.
const SATURATED: u64 = 1 << 63;

/// Suffixes with their scales, powers of 1024 first.
const SUFFIXES: [(&str, f64); 12] = [
    ("Ki", 1024.0),
    ("Mi", 1_048_576.0),
    ("Gi", 1_073_741_824.0),
    ("Ti", 1_099_511_627_776.0),
    ("Pi", 1_125_899_906_842_624.0),
    ("Ei", 1_152_921_504_606_846_976.0),
    ("k", 1e3),
    ("M", 1e6),
    ("G", 1e9),
    ("T", 1e12),
    ("P", 1e15),
    ("E", 1e18),
];

/// Which suffixes a size may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suffixes {
    /// Powers of 1024 and of 1000.
    All,
    /// Powers of 1024 only, as for GPU memory.
    Binary,
}

/// Reads a number of CPUs into thousandths, as far as they fit 32 bits.
pub(crate) fn parse_cpu(text: &str) -> Result<u32, UnitError> {
    let wrong = |suggestion| UnitError::NotANumber {
        text: text.to_owned(),
        expected: CPU_EXPECTED,
        suggestion,
    };
    if let Some(digits) = text.strip_suffix('m') {
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong(None));
        }
        return digits.parse().map_err(|_| UnitError::OutOfRange {
            text: text.to_owned(),
            limit: CPU_LIMIT,
        });
    }
    let value = float::parse(text).map_err(|error| match error {
        float::Error::Syntax => wrong(
            text.strip_suffix('M')
                .map(|digits| format!("{digits}m"))
                .filter(|meant| parse_cpu(meant).is_ok()),
        ),
        float::Error::Overflow => UnitError::OutOfRange {
            text: text.to_owned(),
            limit: CPU_LIMIT,
        },
    })? * 1000.0;
    if value < 0.0 {
        return Err(UnitError::Negative {
            text: text.to_owned(),
        });
    }
    if value < 4_294_967_296.0 {
        return Ok(cut_u32(value));
    }
    Err(UnitError::OutOfRange {
        text: text.to_owned(),
        limit: CPU_LIMIT,
    })
}

/// Whether a readable number of CPUs has a part below a thousandth, which [`parse_cpu`] cuts off.
pub(crate) fn is_cpu_cut(text: &str) -> bool {
    // whole numbers are not
    text.parse::<u32>().is_err()
        && float::parse(text).is_ok_and(|value| (value * 1000.0).fract() != 0.0)
}

/// Reads a size into bytes.
pub(crate) fn parse_size(text: &str, suffixes: Suffixes) -> Result<u64, UnitError> {
    let value = match scaled(text, suffixes) {
        Ok(value) => value,
        Err(float::Error::Syntax) => {
            return Err(UnitError::NotANumber {
                text: text.to_owned(),
                expected: match suffixes {
                    Suffixes::All => SIZE_EXPECTED,
                    Suffixes::Binary => RAM_EXPECTED,
                },
                suggestion: suggest_size(text, suffixes),
            });
        }
        Err(float::Error::Overflow) => {
            return Err(UnitError::OutOfRange {
                text: text.to_owned(),
                limit: SIZE_LIMIT,
            });
        }
    };
    if value < 0.0 {
        return Err(UnitError::Negative {
            text: text.to_owned(),
        });
    }
    if value < 9_223_372_036_854_775_808.0 {
        return Ok(cut_u64(value));
    }
    Ok(SATURATED)
}

/// A number times the scale of its suffix.
fn scaled(text: &str, suffixes: Suffixes) -> Result<f64, float::Error> {
    let allowed = match suffixes {
        Suffixes::All => SUFFIXES.as_slice(),
        Suffixes::Binary => SUFFIXES.get(..6).unwrap_or_default(),
    };
    let (number, scale) = allowed
        .iter()
        .find_map(|(suffix, scale)| Some((text.strip_suffix(suffix)?, *scale)))
        .unwrap_or((text, 1.0));
    Ok(float::parse(number)? * scale)
}

/// The value must lie in 0..2^32.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cutting the fraction is the rule; the conversion saturates"
)]
fn cut_u32(value: f64) -> u32 {
    value as u32
}

/// The value must lie in 0..2^63.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cutting the fraction is the rule; the conversion saturates"
)]
fn cut_u64(value: f64) -> u64 {
    value as u64
}

/// `512mi` → `512Mi`, `1 GB` → `1G`, `80gb` → `80G`.
fn suggest_size(text: &str, suffixes: Suffixes) -> Option<String> {
    let trimmed = text.trim();
    let end = trimmed
        .trim_end_matches(|c: char| c.is_ascii_alphabetic())
        .len();
    let (number, suffix) = trimmed.split_at_checked(end)?;
    let lower = suffix.to_ascii_lowercase();
    let lower = lower.strip_suffix('b').unwrap_or(&lower);
    let meant = SUFFIXES
        .iter()
        .map(|(suffix, _)| *suffix)
        .find(|suffix| suffix.eq_ignore_ascii_case(lower))
        .filter(|suffix| suffixes == Suffixes::All || suffix.len() == 2)
        .or_else(|| {
            (suffixes == Suffixes::Binary && lower.len() == 1).then(|| {
                SUFFIXES
                    .iter()
                    .map(|(suffix, _)| *suffix)
                    .find(|suffix| suffix.to_ascii_lowercase().starts_with(lower))
                    .unwrap_or_default()
            })
        })?;
    let suggestion = format!("{}{meant}", number.trim_end());
    scaled(&suggestion, suffixes)
        .is_ok_and(|value| value >= 0.0)
        .then_some(suggestion)
}

impl FromStr for MilliCpu {
    type Err = UnitError;

    /// Reads the SDL text of a number of CPUs: `0.5` or `500m`.
    fn from_str(text: &str) -> Result<Self, UnitError> {
        parse_cpu(text).map(|value| Self(value.into()))
    }
}

/// Thousandths with an `m`: `500m`.
impl fmt::Display for MilliCpu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}m", self.0)
    }
}

impl FromStr for Bytes {
    type Err = UnitError;

    /// Reads the SDL text of a size: `512Mi`, `1.5Gi`, `10G`, `1048576`.
    fn from_str(text: &str) -> Result<Self, UnitError> {
        // Plain digits are read exactly; as a double they lose digits past 2^53.
        if !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_digit())
            && let Ok(value) = text.parse()
        {
            return Ok(Self(value));
        }
        parse_size(text, Suffixes::All).map(Self)
    }
}

/// The shortest exact text with a binary suffix: `512Mi`, `1025`.
impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let power = if self.0 == 0 {
            0
        } else {
            self.0.trailing_zeros() / 10
        };
        let suffix = match power {
            0 => "",
            1 => "Ki",
            2 => "Mi",
            3 => "Gi",
            4 => "Ti",
            5 => "Pi",
            _ => "Ei",
        };
        write!(f, "{}{suffix}", self.0 >> (power.min(6) * 10))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn size(text: &str) -> Option<u64> {
        parse_size(text, Suffixes::All).ok()
    }

    #[test]
    fn cpu() {
        for (text, millis) in [
            ("1", 1000),
            ("0.5", 500),
            ("0250m", 250),
            ("1.001", 1000),
            ("0.0125", 12),
            ("1_0", 10_000),
            ("0x1p1", 2000),
            (".5", 500),
            ("4.", 4000),
            ("+2", 2000),
            ("4294967.295", 4_294_967_295),
            ("-0", 0),
        ] {
            assert_eq!(parse_cpu(text), Ok(millis), "{text}");
        }
        for (text, cut) in [
            ("1.001", true),
            ("0.0125", true),
            ("0.25", false),
            ("4", false),
            ("250m", false),
        ] {
            assert_eq!(is_cpu_cut(text), cut, "{text}");
        }
        for text in [
            "",
            "m",
            "0.5m",
            "-5m",
            "+5m",
            " 1",
            "1 ",
            "1__0",
            "1_.5",
            "0x40",
            "inf",
            "NaN",
            "1e999",
            "-1",
            "4294967.296",
            "4294967296m",
            "1e",
            ".",
            "0x1",
        ] {
            assert!(parse_cpu(text).is_err(), "{text}");
        }
    }

    #[test]
    fn sizes() {
        for (text, bytes) in [
            ("1.1Gi", 1_181_116_006),
            ("512Mi", 536_870_912),
            ("1k", 1000),
            ("2E", 2_000_000_000_000_000_000),
            ("1e3Ki", 1_024_000),
            ("8Ei", SATURATED),
            ("nan", SATURATED),
            ("7Ei", 8_070_450_532_247_928_832),
        ] {
            assert_eq!(size(text), Some(bytes), "{text}");
        }
        for text in [
            "1K", "1gi", "1mi", "1GB", "1Gb", "1 Gi", "Gi", "-1", "1e999", "",
        ] {
            assert_eq!(size(text), None, "{text}");
        }
        assert!(parse_size("80G", Suffixes::Binary).is_err());
    }

    #[test]
    fn suggestions() {
        let meant = |text| {
            let error = text_error(text);
            error.suggestion().map(str::to_owned)
        };
        fn text_error(text: &str) -> UnitError {
            parse_size(text, Suffixes::All).unwrap_err()
        }
        assert_eq!(meant("512mi").as_deref(), Some("512Mi"));
        assert_eq!(meant("1 GB").as_deref(), Some("1G"));
        assert_eq!(meant("ten"), None);
        let error = parse_size("80G", Suffixes::Binary).unwrap_err();
        assert_eq!(error.suggestion(), Some("80Gi"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]
        #[test]
        fn text_and_value_are_inverse(bytes: u64, millis: u32) {
            prop_assert_eq!(Bytes(bytes).to_string().parse::<Bytes>(), Ok(Bytes(bytes)));
            let cpu = MilliCpu(millis.into());
            prop_assert_eq!(cpu.to_string().parse::<MilliCpu>(), Ok(cpu));
        }

        #[test]
        fn never_panics(text in "[0-9a-zA-Z_.+ -]{0,12}") {
            let _ = parse_cpu(&text);
            let _ = parse_size(&text, Suffixes::All);
            let _ = parse_size(&text, Suffixes::Binary);
        }
    }
}
