//! Digits of a number, without an allocation for all numbers but the largest.

use super::super::inline::{Inline, Piece, Words, everywhere, first_words};
use std::fmt;

/// Whether these are values of digits, 0 to 9, in all bytes.
#[inline(always)]
fn are_values(words: &Words) -> bool {
    // With 118 more, what is above 9 has its highest bit set, or had it before.
    let high = |word: &u64| word | word.wrapping_add(everywhere(128 - 10));
    words.iter().fold(0, |all, word| all | high(word)) & everywhere(0x80) == 0
}

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

    /// Takes the first bytes of a piece if they are canonical as they stand and without a sign, and few; `None` for all
    /// others. So few are in range of every number.
    #[inline]
    pub(super) fn plain(piece: &Piece, len: usize) -> Option<Self> {
        match (piece, len) {
            ([b'0', ..], 1) => Some(Self::default()),
            ([b'1'..=b'9', ..], 1..) if are_values(&first_words(piece, len, b'0')?) => {
                Inline::first(&first_words(piece, len, 0)?, len).map(Self)
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

    /// Of a text with digits behind it.
    fn plain(text: &str) -> Option<Digits> {
        let longer = format!("{text}{}", "7".repeat(32));
        Digits::plain(longer.as_bytes().first_chunk().unwrap(), text.len())
    }

    #[test]
    fn any_number_of_digits_is_kept() {
        assert_eq!(Digits::default().as_str(), "0");
        assert_eq!(Digits::new("0"), Digits::default());
        for len in 1..100 {
            let text = "7".repeat(len);
            let digits = Digits::new(&text);
            assert_eq!(digits.as_str(), text);
            assert_eq!(plain(&text), (len <= SHORT).then_some(digits));
        }
    }

    #[test]
    fn digits_are_told_from_all_other_bytes() {
        for byte in 0..=u8::MAX {
            for at in 0..32 {
                let mut piece = [b'7'; 32];
                piece[at] = byte;
                let values = first_words(&piece, 20, b'0').unwrap();
                let digits = at >= 20 || byte.is_ascii_digit();
                assert_eq!(are_values(&values), digits, "{byte} at {at}");
            }
        }
    }

    #[test]
    fn only_canonical_digits_are_plain() {
        for text in ["0", "1", "10", "90"] {
            assert_eq!(plain(text), Some(Digits::new(text)));
        }
        for text in ["", "-", "-1", "00", "01", "+1", "1_0", "1a", "é"] {
            assert_eq!(plain(text), None, "{text}");
        }
    }
}
