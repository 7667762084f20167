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
use std::ops::Deref;
use std::str::FromStr;
use std::sync::Arc;

/// An account's address: its canonical text together with the bytes behind it.
///
/// The chain sorts some things by one and some by the other (orders by text, providers by bytes), so both are kept.
/// `Ord` is the text's byte order; [`Address::cmp_bytes`] is the other. Cloning is cheap: an account's address on Akash
/// is 24 bytes that share nothing, from which text and bytes are written when they are asked for.
///
/// ```
/// use akash_market::address::Address;
/// let a: Address = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0".parse()?;
/// assert_eq!(a.bytes().len(), 20);
/// assert_eq!(a.prefix(), Some("akash"));
/// # Ok::<(), akash_market::address::AddressError>(())
/// ```
#[derive(Clone)]
pub struct Address(Repr);

#[derive(Clone)]
enum Repr {
    /// All there is to know is in the key.
    Account(Key),
    Other(Arc<Other>),
}

/// An address of another form or chain.
struct Other {
    text: Box<str>,
    bytes: Box<[u8]>,
    /// As [`Address::words`] gives them.
    words: [u64; 3],
}

/// The text of an [`Address`].
pub struct AddressText<'a>(Form<[u8; key::TEXT], &'a str>);

/// The bytes behind an [`Address`].
pub struct AddressBytes<'a>(Form<[u8; key::BYTES], &'a [u8]>);

enum Form<A, O> {
    Account(A),
    Other(O),
}

impl Deref for AddressText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            // Written in ASCII.
            Form::Account(text) => std::str::from_utf8(text).unwrap_or_default(),
            Form::Other(text) => text,
        }
    }
}

impl Deref for AddressBytes<'_> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Form::Account(bytes) => bytes,
            Form::Other(bytes) => bytes,
        }
    }
}

impl AsRef<str> for AddressText<'_> {
    fn as_ref(&self) -> &str {
        self
    }
}

impl AsRef<[u8]> for AddressBytes<'_> {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl fmt::Display for AddressText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl fmt::Debug for AddressText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Debug for AddressBytes<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl<T: AsRef<str> + ?Sized> PartialEq<T> for AddressText<'_> {
    fn eq(&self, other: &T) -> bool {
        **self == *other.as_ref()
    }
}

impl PartialEq<AddressText<'_>> for String {
    fn eq(&self, other: &AddressText<'_>) -> bool {
        **self == **other
    }
}

impl Serialize for AddressText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<T: AsRef<[u8]> + ?Sized> PartialEq<T> for AddressBytes<'_> {
    fn eq(&self, other: &T) -> bool {
        **self == *other.as_ref()
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
        let key = Key::of(text);
        if let Some(key) = key
            && key.bytes() == bytes
        {
            return Self(Repr::Account(key));
        }
        Self(Repr::Other(Arc::new(Other {
            text: text.into(),
            bytes: bytes.into(),
            // The text may be that of an account, though the bytes are others.
            words: key.map_or_else(|| [0, 0, key::hash(text)], Key::words),
        })))
    }

    /// The canonical text.
    #[must_use]
    pub fn as_str(&self) -> AddressText<'_> {
        AddressText(match &self.0 {
            Repr::Account(key) => Form::Account(key.text()),
            Repr::Other(other) => Form::Other(&other.text),
        })
    }

    /// The bytes behind the text.
    #[must_use]
    pub fn bytes(&self) -> AddressBytes<'_> {
        AddressBytes(match &self.0 {
            Repr::Account(key) => Form::Account(key.bytes()),
            Repr::Other(other) => Form::Other(&other.bytes),
        })
    }

    /// The bech32 prefix (`akash`), if the text has that form.
    #[must_use]
    pub fn prefix(&self) -> Option<&str> {
        let text = self.as_str();
        let hrp = match &self.0 {
            Repr::Account(_) => "akash",
            Repr::Other(other) => other.text.rsplit_once('1')?.0,
        };
        (plain::decode(&text).is_some() || decode(&text).is_ok()).then_some(hrp)
    }

    /// Words for hashes: equal for equal addresses.
    #[inline]
    pub(crate) fn words(&self) -> [u64; 3] {
        match &self.0 {
            Repr::Account(key) => key.words(),
            Repr::Other(other) => other.words,
        }
    }

    /// The first of the [`words`](Self::words): not zero if the address is an account's on Akash, and then in the
    /// order of the texts.
    #[inline]
    pub(crate) fn mark(&self) -> u64 {
        match &self.0 {
            Repr::Account(key) => key.mark(),
            Repr::Other(other) => other.words[0],
        }
    }

    /// Orders by bytes, as the chain does for providers, audit records and grants.
    #[must_use]
    pub fn cmp_bytes(&self, other: &Self) -> Ordering {
        (*self.bytes()).cmp(&*other.bytes())
    }

    #[cold]
    fn cmp_texts(&self, other: &Self) -> Ordering {
        (*self.as_str()).cmp(&*other.as_str())
    }

    /// The first eight bytes, filled up with zeros.
    pub(crate) fn head(&self) -> u64 {
        match &self.0 {
            Repr::Account(key) => key.head(),
            Repr::Other(other) => {
                let mut bytes = other.bytes.iter().copied();
                (0..8).fold(0, |head, _| {
                    head << 8 | u64::from(bytes.next().unwrap_or(0))
                })
            }
        }
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
        f.pad(&self.as_str())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

impl PartialEq for Address {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Repr::Account(a), Repr::Account(b)) => a == b,
            _ => self.cmp_texts(other).is_eq(),
        }
    }
}

impl Eq for Address {}

impl Hash for Address {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.words().hash(state);
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
        match (&self.0, &other.0) {
            (Repr::Account(a), Repr::Account(b)) => a.cmp(b),
            _ => self.cmp_texts(other),
        }
    }
}

impl Serialize for Address {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.as_str())
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
        assert_eq!(Address::bech32("akash", &a.bytes()).unwrap(), a);
        assert_eq!(a.as_str(), KNOWN);
        assert_eq!(plain::decode(KNOWN).unwrap().as_slice(), &*a.bytes());
        assert_eq!(size_of::<Address>(), 24);
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
    fn text_and_bytes_that_do_not_belong_together_are_kept() {
        let whole: Address = KNOWN.parse().unwrap();
        for bytes in [&[][..], &[7; 20], &[7; 21]] {
            let odd = Address::from_parts(KNOWN, bytes);
            assert_eq!(
                (odd.as_str().to_owned(), odd.bytes().to_vec()),
                (KNOWN.to_owned(), bytes.to_vec())
            );
            assert_eq!(odd, whole);
            assert_eq!(odd.words(), whole.words());
        }
        let unsigned = Address::from_parts(&KNOWN.replace("6x0", "6x2"), &whole.bytes());
        assert_ne!(unsigned, whole);
        assert_eq!(unsigned.bytes(), whole.bytes());
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
