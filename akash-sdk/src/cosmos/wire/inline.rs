//! Short texts without an allocation.

/// Bytes that fit beside their length and the tag in four words.
pub(super) const SHORT: usize = 30;

/// A text; none is the empty one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Inline {
    /// As many bytes as it has, the others zero.
    Short { len: u8, bytes: [u8; SHORT] },
    /// More than fit.
    Long(Box<str>),
}

impl Inline {
    pub(super) const EMPTY: Self = Self::Short {
        len: 0,
        bytes: [0; SHORT],
    };

    pub(super) fn new(text: &str) -> Self {
        Self::short(text.as_bytes()).unwrap_or_else(|| Self::Long(text.into()))
    }

    /// Takes bytes that are known to be text; `None` if they are too many.
    #[inline]
    pub(super) fn short(text: &[u8]) -> Option<Self> {
        let mut bytes = [0; SHORT];
        bytes.get_mut(..text.len())?.copy_from_slice(text);
        let len = u8::try_from(text.len()).ok()?;
        Some(Self::Short { len, bytes })
    }

    #[inline]
    pub(super) fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Short { len, bytes } => bytes.get(..usize::from(*len)).unwrap_or_default(),
            Self::Long(text) => text.as_bytes(),
        }
    }

    pub(super) fn as_str(&self) -> &str {
        match self {
            Self::Short { .. } => std::str::from_utf8(self.as_bytes()).unwrap_or_default(),
            Self::Long(text) => text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_any_length_are_kept() {
        assert_eq!(Inline::EMPTY, Inline::new(""));
        for len in 0..100 {
            let text = "ä7".repeat(len);
            let inline = Inline::new(&text);
            assert_eq!(inline.as_str(), text);
            assert_eq!(inline.as_bytes(), text.as_bytes());
            assert_eq!(matches!(inline, Inline::Short { .. }), text.len() <= SHORT);
        }
        assert_eq!(size_of::<Inline>(), 32);
    }
}
