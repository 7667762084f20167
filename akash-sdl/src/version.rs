//! The version of a manifest: what the chain stores as the hash of a deployment.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// SHA-256 of the canonical JSON of a manifest; the `hash` of a deployment on the chain.
///
/// A provider computes it from the manifest it receives and refuses one that does not match the
/// chain's. Text is lower-case hexadecimal; base64, as the chain's JSON shows it, is read too.
///
/// ```
/// use akash_sdl::Version;
///
/// let version = Version::of(b"[]");
/// assert!(version.to_string().starts_with("4f53cda1"));
/// assert_eq!(version.to_string().parse(), Ok(version));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version([u8; 32]);

/// A text that is no version hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a version hash: write 64 hexadecimal digits or 44 characters of base64")]
pub struct VersionError {
    text: String,
}

impl Version {
    /// The version of canonical bytes.
    #[must_use]
    pub fn of(canonical: &[u8]) -> Self {
        Self(Sha256::digest(canonical).into())
    }

    /// The version with these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, as a deployment's `hash` carries them.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl AsRef<[u8]> for Version {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for byte in self.0 {
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Version({self})")
    }
}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        match text.len() {
            64 => hexadecimal(text),
            44 => base64(text),
            _ => None,
        }
        .map(Self)
        .ok_or_else(|| VersionError {
            text: text.chars().take(80).collect(),
        })
    }
}

fn hexadecimal(text: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        for digit in pair {
            let digit = u8::try_from(char::from(*digit).to_digit(16)?).ok()?;
            *byte = *byte << 4 | digit;
        }
    }
    Some(bytes)
}

fn base64(text: &str) -> Option<[u8; 32]> {
    let text = text.strip_suffix('=')?;
    let mut bytes = [0; 32];
    let mut out = bytes.iter_mut();
    let (mut held, mut bits) = (0u32, 0);
    for byte in text.bytes() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = (held << 6 | u32::from(digit)) & 0xffff;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            *out.next()? = u8::try_from(held >> bits & 0xff).ok()?;
        }
    }
    // the two bits left over must be zero
    (held & ((1 << bits) - 1) == 0).then_some(bytes)
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn reads_both_texts() {
        let version = Version::of(b"");
        let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(version.to_string(), hex);
        assert_eq!(hex.parse(), Ok(version));
        let base64 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert_eq!(base64.parse(), Ok(version));
        for wrong in ["", "e3", &hex.replace('e', "g"), &base64.replace('=', "A")] {
            assert!(wrong.parse::<Version>().is_err(), "{wrong}");
        }
    }
}
