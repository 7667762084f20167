//! Memory of a card in whole GiB, as attribute keys and inventory records write it.

use crate::text;
use std::fmt;
use std::str::FromStr;

/// Bytes in one GiB.
pub const GIB: u64 = 1 << 30;

/// A whole number of GiB, printed `80Gi`.
///
/// This is the marketing size of a card ("80 GB"), which programs read as GiB; what a program can
/// really use is less.
///
/// ```
/// use akash_gpu::MemorySize;
///
/// let size: MemorySize = "80Gi".parse().unwrap();
/// assert_eq!(size, MemorySize::from_gib(80));
/// assert_eq!(size.bytes(), Some(85_899_345_920));
/// assert_eq!(MemorySize::from_bytes(43_900_000_000).to_string(), "40Gi");
/// assert!("80G".parse::<MemorySize>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemorySize(u64);

/// A text that is not `<whole number>Gi`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("GPU memory `{text}` is not a whole number of GiB without leading zeros, such as `80Gi`")]
pub struct MemorySizeError {
    /// The refused text.
    pub text: String,
}

impl MemorySize {
    /// From a number of GiB.
    #[must_use]
    pub const fn from_gib(gib: u64) -> Self {
        Self(gib)
    }

    /// From bytes, truncated to whole GiB, as SDL parser and provider do.
    #[must_use]
    pub const fn from_bytes(bytes: u64) -> Self {
        Self(bytes / GIB)
    }

    /// The number of GiB.
    #[must_use]
    pub const fn gib(self) -> u64 {
        self.0
    }

    /// The number of bytes; `None` beyond 64 bits.
    #[must_use]
    pub const fn bytes(self) -> Option<u64> {
        self.0.checked_mul(GIB)
    }

    /// Reads a quantity as the provider reads the `ram` of an order: an optional sign, a decimal
    /// number without leading zeros, one of `Ki Mi Gi Ti Pi Ei`; the result is truncated to GiB.
    ///
    /// `0Gi` is malformed while `0.5Gi` gives `0Gi`, which no card has.
    ///
    /// # Errors
    /// Says which part of the rule the text breaks.
    ///
    /// ```
    /// use akash_gpu::MemorySize;
    ///
    /// assert_eq!(MemorySize::from_provider_quantity("81920Mi"), Ok(MemorySize::from_gib(80)));
    /// assert_eq!(MemorySize::from_provider_quantity("0.5Gi"), Ok(MemorySize::from_gib(0)));
    /// assert!(MemorySize::from_provider_quantity("0Gi").is_err());
    /// assert!(MemorySize::from_provider_quantity("80G").is_err());
    /// ```
    pub fn from_provider_quantity(text: &str) -> Result<Self, QuantityError> {
        let Some(body) = text.strip_suffix('i') else {
            return Err(QuantityError::Suffix);
        };
        let (negative, body) = match body.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, body.strip_prefix('+').unwrap_or(body)),
        };
        let mut chars = body.chars();
        let scale = match chars.next_back() {
            Some('K') => 1_u64 << 10,
            Some('M') => 1 << 20,
            Some('G') => 1 << 30,
            Some('T') => 1 << 40,
            Some('P') => 1 << 50,
            Some('E') => 1 << 60,
            _ => return Err(QuantityError::Format),
        };
        let number = chars.as_str();
        let (whole, fraction) = match number.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (number, None),
        };
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let leading_zero = whole.starts_with('0') && !(whole == "0" && fraction.is_some());
        if !digits(whole) || leading_zero || fraction.is_some_and(|f| !digits(f)) {
            return Err(QuantityError::Format);
        }
        if negative {
            return Err(QuantityError::Negative);
        }
        Self::truncate(whole, fraction.unwrap_or(""), scale).ok_or(QuantityError::Range)
    }

    /// `whole.fraction * scale` truncated to GiB, exactly, for as many digits as 128 bits hold.
    fn truncate(whole: &str, fraction: &str, scale: u64) -> Option<Self> {
        let scale = u128::from(scale);
        let whole: u128 = whole.parse().ok()?;
        let mut bytes = whole.checked_mul(scale)?;
        // 18 digits of a fraction decide every byte below 2^60; later digits only break ties that
        // truncation to GiB does not see.
        let kept: String = fraction.chars().take(18).collect();
        if !kept.is_empty() {
            let unit = 10_u128.checked_pow(u32::try_from(kept.len()).ok()?)?;
            let part: u128 = kept.parse().ok()?;
            bytes = bytes.checked_add(part.checked_mul(scale)? / unit)?;
        }
        u64::try_from(bytes).ok().map(Self::from_bytes)
    }
}

/// Why a provider refuses the `ram` of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum QuantityError {
    /// It does not end in `i`.
    #[error("its suffix must be one of Ki, Mi, Gi, Ti, Pi, Ei")]
    Suffix,
    /// Not a sign, a decimal number without leading zeros and a binary suffix.
    #[error("it must be a decimal number without leading zeros and a suffix such as Gi")]
    Format,
    /// A negative amount.
    #[error("it must not be negative")]
    Negative,
    /// More than 2^64 - 1 bytes.
    #[error("it must be less than 16Ei")]
    Range,
}

impl FromStr for MemorySize {
    type Err = MemorySizeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || MemorySizeError {
            text: text.to_owned(),
        };
        let digits = text.strip_suffix("Gi").ok_or_else(refuse)?;
        let canonical = digits.bytes().all(|b| b.is_ascii_digit())
            && (digits == "0" || !digits.starts_with('0'));
        if !canonical {
            return Err(refuse());
        }
        digits.parse().map(Self).map_err(|_| refuse())
    }
}

impl fmt::Display for MemorySize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Gi", self.0)
    }
}

text::serde_as_text!(MemorySize);
