//! Short texts without an allocation.

/// Bytes that fit beside their length and the tag in four words.
pub(super) const SHORT: usize = 30;

/// Bytes that are looked at together: a short text with what happens to stand behind it.
pub(super) type Piece = [u8; 32];

/// A piece in words.
pub(super) type Words = [u64; 4];

fn words(piece: &Piece) -> Words {
    let mut words = [0; 4];
    for (word, bytes) in words.iter_mut().zip(piece.as_chunks().0) {
        *word = u64::from_le_bytes(*bytes);
    }
    words
}

/// This byte in all places of a word.
pub(super) const fn everywhere(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The first bytes of a piece, so many, each with the bits of `flip` turned over, and zeros behind them; `None` if there are
/// not so many.
#[inline(always)]
pub(super) fn first_words(piece: &Piece, len: usize, flip: u8) -> Option<Words> {
    /// All bits of what belongs to a text are set, and none of what stands behind it.
    const ENDS: [u8; 64] = {
        let mut ends = [0; 64];
        let (set, _) = ends.split_at_mut(32);
        set.copy_from_slice(&[0xff; 32]);
        ends
    };
    let mask = ENDS.get(32_usize.checked_sub(len)?..)?.first_chunk()?;
    let mut first = words(piece);
    for (word, mask) in first.iter_mut().zip(words(mask)) {
        *word = (*word ^ everywhere(flip)) & mask;
    }
    Some(first)
}

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

    /// Takes the first bytes of a piece, so many, that are known to be text; `None` if they are too many.
    #[inline(always)]
    pub(super) fn first(words: &Words, len: usize) -> Option<Self> {
        if len > SHORT {
            return None;
        }
        let mut piece: Piece = [0; 32];
        for (bytes, word) in piece.as_chunks_mut().0.iter_mut().zip(words) {
            *bytes = word.to_le_bytes();
        }
        let bytes = *piece.first_chunk()?;
        let len = u8::try_from(len).ok()?;
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

    #[test]
    fn only_the_first_bytes_of_a_piece_count() {
        let piece = b"12345678901234567890123456789xyz";
        for len in 0..=40 {
            let text = piece.get(..len).filter(|text| text.len() <= SHORT);
            let text = text.map(|text| Inline::new(std::str::from_utf8(text).unwrap()));
            let first = first_words(piece, len, 0).and_then(|words| Inline::first(&words, len));
            assert_eq!(first, text, "{len}");
            assert_eq!(first_words(piece, len, 7).is_some(), len <= 32);
        }
    }
}
