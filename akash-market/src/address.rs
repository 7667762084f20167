//! Addresses, neutral to the chain they belong to.

mod complaint;
mod key;
mod plain;

pub use complaint::complaint;

use key::Key;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;
use std::sync::Arc;

/// An account's address: its canonical text together with the bytes behind it.
///
/// The chain sorts some things by one and some by the other (orders by text, providers by bytes), so both are kept.
/// `Ord` is the text's byte order; [`Address::cmp_bytes`] is the other. Cloning is cheap.
///
/// ```
/// use akash_market::address::Address;
/// let a: Address = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0".parse()?;
/// assert_eq!(a.bytes().len(), 20);
/// assert_eq!(a.prefix(), Some("akash"));
/// # Ok::<(), akash_market::address::AddressError>(())
/// ```
#[derive(Clone)]
pub struct Address {
    key: Key,
    inner: Arc<Inner>,
}

struct Inner {
    text: Box<str>,
    bytes: Raw,
}

/// The bytes behind a text: those of accounts and contracts in place.
enum Raw {
    Short { len: u8, bytes: [u8; 32] },
    Long(Box<[u8]>),
}

impl Raw {
    fn new(bytes: &[u8]) -> Self {
        let mut short = [0; 32];
        match (short.get_mut(..bytes.len()), u8::try_from(bytes.len())) {
            (Some(place), Ok(len)) => {
                place.copy_from_slice(bytes);
                Self::Short { len, bytes: short }
            }
            _ => Self::Long(bytes.into()),
        }
    }

    fn as_slice(&self) -> &[u8] {
        match self {
            Self::Short { len, bytes } => bytes.get(..usize::from(*len)).unwrap_or_default(),
            Self::Long(bytes) => bytes,
        }
    }
}

/// Why a text is no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// Nothing was given.
    #[error("the address is empty; an address such as akash1… was expected")]
    Empty,
    /// The checksum or the form is wrong.
    #[error("{text:?} is not a valid address: {reason}")]
    Malformed {
        /// What was given.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl Address {
    /// Encodes `bytes` as bech32 text with the prefix `hrp`, as Cosmos chains do.
    ///
    /// # Errors
    /// If the prefix is no bech32 prefix or there are no or more than 255 bytes.
    pub fn bech32(hrp: &str, bytes: &[u8]) -> Result<Self, AddressError> {
        let malformed = |reason: &str| AddressError::Malformed {
            text: hrp.to_owned(),
            reason: reason.to_owned(),
        };
        if bytes.is_empty() || bytes.len() > 255 {
            return Err(malformed("an address has 1 to 255 bytes"));
        }
        let prefix = bech32::Hrp::parse(hrp).map_err(|e| malformed(&e.to_string()))?;
        let text = encode(prefix, bytes);
        Ok(Self::from_parts(&text, bytes))
    }

    /// Takes text and bytes as they are; for adapters of chains with another form.
    #[must_use]
    pub fn from_parts(text: &str, bytes: &[u8]) -> Self {
        Self {
            key: Key::of(text),
            inner: Arc::new(Inner {
                text: text.into(),
                bytes: Raw::new(bytes),
            }),
        }
    }

    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.inner.text
    }

    /// The bytes behind the text.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.inner.bytes.as_slice()
    }

    /// The bech32 prefix (`akash`), if the text has that form.
    #[must_use]
    pub fn prefix(&self) -> Option<&str> {
        let text = &self.inner.text;
        let (hrp, _) = text.rsplit_once('1')?;
        (plain::decode(text).is_some() || decode(text).is_ok()).then_some(hrp)
    }

    /// Words for hashes: equal for equal addresses.
    pub(crate) const fn words(&self) -> [u64; 3] {
        self.key.words()
    }

    /// Orders by bytes, as the chain does for providers, audit records and grants.
    #[must_use]
    pub fn cmp_bytes(&self, other: &Self) -> Ordering {
        self.bytes().cmp(other.bytes())
    }
}

fn encode(hrp: bech32::Hrp, bytes: &[u8]) -> String {
    use bech32::primitives::iter::{ByteIterExt, Fe32IterExt};
    bytes
        .iter()
        .copied()
        .bytes_to_fes()
        .with_checksum::<bech32::Bech32>(&hrp)
        .chars()
        .collect()
}

/// Reads bech32 of any length up to 255 bytes: contracts' addresses are longer than BIP-173's limit in text allows.
fn decode(text: &str) -> Result<(String, Vec<u8>), String> {
    use bech32::primitives::decode::UncheckedHrpstring;
    let unchecked = UncheckedHrpstring::new(text).map_err(|e| e.to_string())?;
    let checked = unchecked
        .validate_and_remove_checksum::<LongBech32>()
        .map_err(|e| e.to_string())?;
    checked
        .validate_segwit_padding()
        .map_err(|e| e.to_string())?;
    Ok((
        checked.hrp().to_string().to_lowercase(),
        checked.byte_iter().collect(),
    ))
}

/// The bech32 checksum without the limit of 90 characters, which Cosmos chains do not keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LongBech32 {}

impl bech32::Checksum for LongBech32 {
    type MidstateRepr = <bech32::Bech32 as bech32::Checksum>::MidstateRepr;
    const CHECKSUM_LENGTH: usize = bech32::Bech32::CHECKSUM_LENGTH;
    const CODE_LENGTH: usize = 1023;
    const GENERATOR_SH: [Self::MidstateRepr; 5] = bech32::Bech32::GENERATOR_SH;
    const TARGET_RESIDUE: Self::MidstateRepr = bech32::Bech32::TARGET_RESIDUE;
}

impl FromStr for Address {
    type Err = AddressError;

    /// Reads bech32 text (all upper case is accepted and made lower) or, for other chains, any text of letters and
    /// digits that does not look like a damaged bech32 address.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        if let Some(bytes) = plain::decode(text) {
            return Ok(Self::from_parts(text, bytes.as_slice()));
        }
        let malformed = |reason: String| AddressError::Malformed {
            text: text.to_owned(),
            reason,
        };
        match decode(text) {
            Ok((_, bytes)) if bytes.is_empty() || bytes.len() > 255 => {
                Err(malformed("an address has 1 to 255 bytes".to_owned()))
            }
            Ok((_, bytes)) => Ok(Self::from_parts(&text.to_lowercase(), &bytes)),
            Err(reason) if text.to_ascii_lowercase().starts_with("akash") => Err(malformed(reason)),
            Err(_) if text.bytes().all(|b| b.is_ascii_alphanumeric()) => {
                Ok(Self::from_parts(text, text.as_bytes()))
            }
            Err(reason) => Err(malformed(reason)),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.inner.text)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.inner.text)
    }
}

impl PartialEq for Address {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
            && (self.key.is_whole()
                || Arc::ptr_eq(&self.inner, &other.inner)
                || self.inner.text == other.inner.text)
    }
}

impl Eq for Address {}

impl Hash for Address {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.inner.text.hash(state);
    }
}

impl PartialOrd for Address {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Address {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        let order = self.key.order(other.key);
        order.unwrap_or_else(|| self.inner.text.cmp(&other.inner.text))
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.inner.text)
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &str = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0";

    #[test]
    fn text_and_bytes_are_inverse() {
        let a: Address = KNOWN.parse().unwrap();
        assert_eq!(Address::bech32("akash", a.bytes()).unwrap(), a);
        assert_eq!(KNOWN.to_uppercase().parse::<Address>().unwrap(), a);
    }

    #[test]
    fn order_is_that_of_the_texts() {
        let texts = [
            "",
            "a",
            "a\0",
            "akash1",
            "akash1zzzzzzzzzz",
            "akash1zzzzzzzzzz1",
            "akash1zzzzzzzzzza",
            KNOWN,
            "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x",
            "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x2",
            "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6xb",
            "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0q",
            "akash19zl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0",
            "akash1z0l4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0",
            "b",
        ];
        for a in texts {
            for b in texts {
                let [x, y] = [a, b].map(|t| Address::from_parts(t, &[]));
                assert_eq!(x.cmp(&y), a.cmp(b), "{a:?} {b:?}");
                assert_eq!(x == y, a == b);
            }
        }
    }

    #[test]
    fn damaged_texts_are_refused() {
        for text in [
            "",
            "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x1",
            "akash1",
            " akash",
        ] {
            assert!(text.parse::<Address>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn every_length_up_to_255_bytes_is_read_back() {
        for len in [1usize, 20, 32, 100, 255] {
            let a = Address::bech32("akash", &vec![7; len]).unwrap();
            assert_eq!(a.as_str().parse::<Address>().unwrap().bytes(), a.bytes());
        }
        assert!(Address::bech32("akash", &[0; 256]).is_err());
    }
}
