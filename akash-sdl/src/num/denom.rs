//! Names of currency units.

use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::NumError;

/// The name of a currency unit: a letter, then 2 to 127 letters, digits or `/ : . _ -`
/// (cosmos-sdk `types/coin.go`). Ordered by its text; cloning never copies text.
///
/// ```
/// use akash_sdl::num::Denom;
///
/// let denom: Denom = "uact".parse()?;
/// assert_eq!(denom, Denom::UACT);
/// assert!(Denom::new("2cents").is_err());
/// # Ok::<(), akash_sdl::num::NumError>(())
/// ```
#[derive(Clone)]
pub struct Denom(Repr);

/// A text has one form only: what is known is never kept as another text.
#[derive(Clone)]
enum Repr {
    Known(Known),
    Other(Arc<str>),
}

/// The denoms with names of their own, which are compared without looking at text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Uakt,
    Uact,
    Makt,
    Mact,
    Akt,
    Act,
    Uusd,
    Usd,
}

impl Known {
    const fn text(self) -> &'static str {
        match self {
            Self::Uakt => "uakt",
            Self::Uact => "uact",
            Self::Makt => "makt",
            Self::Mact => "mact",
            Self::Akt => "akt",
            Self::Act => "act",
            Self::Uusd => "uusd",
            Self::Usd => "usd",
        }
    }
}

impl Denom {
    /// Micro-AKT, the base unit of the staking token; 10^6 are one AKT.
    pub const UAKT: Self = Self(Repr::Known(Known::Uakt));
    /// Micro-ACT, the base unit of the compute token; 10^6 are one ACT, pegged at 1 USD.
    pub const UACT: Self = Self(Repr::Known(Known::Uact));
    /// Milli-AKT.
    pub const MAKT: Self = Self(Repr::Known(Known::Makt));
    /// Milli-ACT.
    pub const MACT: Self = Self(Repr::Known(Known::Mact));
    /// AKT.
    pub const AKT: Self = Self(Repr::Known(Known::Akt));
    /// ACT.
    pub const ACT: Self = Self(Repr::Known(Known::Act));
    /// Micro-USD, used in quotes only.
    pub const UUSD: Self = Self(Repr::Known(Known::Uusd));
    /// US dollar, used in quotes only.
    pub const USD: Self = Self(Repr::Known(Known::Usd));

    const KNOWN: [Self; 8] = [
        Self::UAKT,
        Self::UACT,
        Self::AKT,
        Self::ACT,
        Self::MAKT,
        Self::MACT,
        Self::UUSD,
        Self::USD,
    ];

    /// Amounts add up only in one denom.
    #[inline]
    pub(super) fn expect_same(&self, other: &Self) -> Result<(), NumError> {
        if self == other {
            return Ok(());
        }
        Err(NumError::DenomMismatch {
            left: self.clone(),
            right: other.clone(),
        })
    }

    /// Reads a denom.
    ///
    /// # Errors
    /// [`NumError::Invalid`] when the text breaks the rule.
    pub fn new(text: &str) -> Result<Self, NumError> {
        if let Some(known) = Self::KNOWN.iter().find(|known| known.as_str() == text) {
            return Ok(known.clone());
        }
        if !Self::is_valid(text) {
            return Err(NumError::invalid(
                "denom",
                text,
                "write a letter, then 2 to 127 letters, digits or / : . _ -",
            ));
        }
        Ok(Self(Repr::Other(text.into())))
    }

    /// Whether the text is a denom.
    #[must_use]
    pub fn is_valid(text: &str) -> bool {
        let bytes = text.as_bytes();
        (3..=128).contains(&bytes.len())
            && bytes.first().is_some_and(u8::is_ascii_alphabetic)
            && bytes
                .iter()
                .all(|b| b.is_ascii_alphanumeric() || b"/:._-".contains(b))
    }

    /// The text.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Known(known) => known.text(),
            Repr::Other(text) => text,
        }
    }
}

impl PartialEq for Denom {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Known(a), Repr::Known(b)) => a == b,
            (Repr::Other(a), Repr::Other(b)) => a == b,
            (Repr::Known(_), Repr::Other(_)) | (Repr::Other(_), Repr::Known(_)) => false,
        }
    }
}

impl Eq for Denom {}

impl PartialEq<str> for Denom {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Denom {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl Ord for Denom {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        if self == other {
            return Ordering::Equal;
        }
        self.as_str().cmp(other.as_str())
    }
}

impl PartialOrd for Denom {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Denom {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl AsRef<str> for Denom {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl core::borrow::Borrow<str> for Denom {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl FromStr for Denom {
    type Err = NumError;

    fn from_str(text: &str) -> Result<Self, NumError> {
        Self::new(text)
    }
}

impl TryFrom<&str> for Denom {
    type Error = NumError;

    fn try_from(text: &str) -> Result<Self, NumError> {
        Self::new(text)
    }
}

impl fmt::Display for Denom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Denom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Serialize for Denom {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Denom {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::text::deserialize_text(deserializer, "a denom")
    }
}
