//! Digits of a number, without an allocation for all numbers but the largest.

use super::super::inline::Inline;
use std::fmt;

/// Canonical digits; none stand for zero.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Digits(Inline);

impl Digits {
    /// Takes canonical digits.
    pub(super) fn new(text: &str) -> Self {
        if text == "0" {
            return Self::default();
        }
        Self(Inline::new(text))
    }

    /// Takes digits that are canonical as they stand, and few; `None` for all others. So few are in range of every number.
    #[inline]
    pub(super) fn plain(text: &[u8]) -> Option<Self> {
        let magnitude = text.strip_prefix(b"-").unwrap_or(text);
        match magnitude {
            b"0" => (text == b"0").then(Self::default),
            // All are looked at, which takes a few steps for all together.
            [b'1'..=b'9', rest @ ..]
                if rest
                    .iter()
                    .fold(true, |all, byte| all & byte.is_ascii_digit()) =>
            {
                Inline::short(text).map(Self)
            }
            _ => None,
        }
    }

    /// The digits, `0` for zero.
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self.0.as_bytes() {
            [] => b"0",
            digits => digits,
        }
    }

    /// The digits, `0` for zero.
    pub(super) fn as_str(&self) -> &str {
        match self.0.as_str() {
            "" => "0",
            digits => digits,
        }
    }
}

impl Default for Digits {
    fn default() -> Self {
        Self(Inline::EMPTY)
    }
}

impl fmt::Debug for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::inline::SHORT;
    use super::*;

    #[test]
    fn any_number_of_digits_is_kept() {
        assert_eq!(Digits::default().as_str(), "0");
        assert_eq!(Digits::new("0"), Digits::default());
        for len in 1..100 {
            let text = "7".repeat(len);
            let digits = Digits::new(&text);
            assert_eq!(digits.as_str(), text);
            let plain = Digits::plain(text.as_bytes());
            assert_eq!(plain, (len <= SHORT).then_some(digits));
        }
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
