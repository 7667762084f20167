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

    /// The digits, `0` for zero.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Short { len: 0, .. } => "0",
            Self::Short { len, bytes } => bytes
                .get(..usize::from(*len))
                .and_then(|digits| std::str::from_utf8(digits).ok())
                .unwrap_or_default(),
            Self::Long(text) => text,
        }
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
        }
        assert_eq!(size_of::<Digits>(), 32);
    }
}
