//! Digits of a number, without an allocation for all numbers but the largest.

use std::fmt;

/// Bytes that fit beside their length and the tag in four words.
const SHORT: usize = 30;

/// Canonical digits; none stand for zero.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Digits {
    /// As many bytes as there are digits, the others zero.
    Short { len: u8, bytes: [u8; SHORT] },
    /// More digits than fit.
    Long(Box<str>),
}

impl Digits {
    /// Takes canonical digits.
    pub(super) fn new(text: &str) -> Self {
        if text == "0" {
            return Self::default();
        }
        let mut bytes = [0; SHORT];
        match (bytes.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(len)) => {
                place.copy_from_slice(text.as_bytes());
                Self::Short { len, bytes }
            }
            _ => Self::Long(text.into()),
        }
    }

    /// Takes digits that are canonical as they stand, and few; `None` for all others. So few are in range of every number.
    #[inline]
    pub(super) fn plain(text: &[u8]) -> Option<Self> {
        let magnitude = text.strip_prefix(b"-").unwrap_or(text);
        let is_canonical = match magnitude {
            b"0" => return (text == b"0").then(Self::default),
            [b'1'..=b'9', rest @ ..] => rest.iter().all(u8::is_ascii_digit),
            _ => false,
        };
        let mut bytes = [0; SHORT];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        let len = u8::try_from(text.len()).ok()?;
        is_canonical.then_some(Self::Short { len, bytes })
    }

    /// The digits, `0` for zero.
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Short { len: 0, .. } => b"0",
            Self::Short { len, bytes } => bytes.get(..usize::from(*len)).unwrap_or_default(),
            Self::Long(text) => text.as_bytes(),
        }
    }

    /// The digits, `0` for zero.
    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

impl Default for Digits {
    fn default() -> Self {
        Self::Short {
            len: 0,
            bytes: [0; SHORT],
        }
    }
}

impl fmt::Debug for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_number_of_digits_is_kept() {
        assert_eq!(Digits::default().as_str(), "0");
        assert_eq!(Digits::new("0"), Digits::default());
        for len in 1..100 {
            let text = "7".repeat(len);
            let digits = Digits::new(&text);
            assert_eq!(digits.as_str(), text);
            assert_eq!(matches!(digits, Digits::Short { .. }), len <= SHORT);
            let plain = Digits::plain(text.as_bytes());
            assert_eq!(plain, (len <= SHORT).then_some(digits));
        }
        assert_eq!(size_of::<Digits>(), 32);
    }

    #[test]
    fn only_canonical_digits_are_plain() {
        for text in ["0", "1", "-1", "10", "-90"] {
            assert_eq!(Digits::plain(text.as_bytes()), Some(Digits::new(text)));
        }
        for text in ["", "-", "-0", "00", "01", "-01", "+1", "1_0", "1a", "é"] {
            assert_eq!(Digits::plain(text.as_bytes()), None, "{text}");
        }
    }
}
