//! Texts that are mostly short: denominations, names, attributes.

use std::fmt;
use std::ops::Deref;

use prost::DecodeError;
use prost::bytes::BufMut;
use prost::encoding::{self, WireType};

use super::describe::{Kind, Shape};
use super::field::Field;
use super::inline::{Inline, Words, everywhere, first_words};
use super::input::{Input, utf8};

/// The bits that no byte of an ASCII text has.
const HIGH: u64 = everywhere(0x80);

/// A text of a proto `string` field that takes no memory of its own up to 30 bytes, as denominations, names and attributes
/// are.
///
/// It reads like a [`str`] and is made of one; it can't be changed in place.
///
/// ```
/// use akash_sdk::cosmos::wire::Text;
///
/// let denom = Text::from("uact");
/// assert_eq!(denom, "uact");
/// assert!(denom.starts_with('u'));
/// assert_eq!(String::from(denom), "uact");
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Text(Inline);

impl Text {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Default for Text {
    fn default() -> Self {
        Self(Inline::EMPTY)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.as_bytes().cmp(other.0.as_bytes())
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.0.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq<String> for Text {
    fn eq(&self, other: &String) -> bool {
        *self == **other
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Inline::new(text))
    }
}

impl From<&String> for Text {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        match text.0 {
            Inline::Long(text) => text.into(),
            short @ Inline::Short { .. } => short.as_str().to_owned(),
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl Field for Text {
    const SHAPE: Shape = Shape::Scalar(Kind::Text);

    fn put(&self, tag: u32, buf: &mut impl BufMut) {
        let bytes = self.0.as_bytes();
        if !bytes.is_empty() {
            encoding::encode_key(tag, WireType::LengthDelimited, buf);
            encoding::encode_varint(bytes.len() as u64, buf);
            buf.put_slice(bytes);
        }
    }

    fn size(&self, tag: u32) -> usize {
        match self.0.as_bytes().len() {
            0 => 0,
            len => encoding::key_len(tag) + encoding::encoded_len_varint(len as u64) + len,
        }
    }

    fn merge(
        &mut self,
        _tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        let (bytes, piece) = input.piece(wire_type)?;
        let words = piece.and_then(|piece| first_words(piece, bytes.len(), 0));
        // What is ASCII is text.
        let ascii = |words: &Words| words.iter().fold(0, |all, word| all | word) & HIGH == 0;
        let short = words
            .filter(ascii)
            .and_then(|words| Inline::first(&words, bytes.len()));
        *self = match short {
            Some(short) => Self(short),
            None => utf8(bytes)?.into(),
        };
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosmos::wire::akash::base::attributes::v1::Attribute;
    use prost::Message;

    #[test]
    fn texts_go_over_the_wire_as_strings_do() {
        for text in [
            "",
            "uakt",
            "é",
            &"k".repeat(30),
            &"k".repeat(31),
            &"k".repeat(300),
        ] {
            let attribute = Attribute {
                key: text.into(),
                value: Text::default(),
            };
            let mut bytes = Vec::new();
            if !text.is_empty() {
                encoding::string::encode(1, &text.to_owned(), &mut bytes);
            }
            assert_eq!(attribute.encode_to_vec(), bytes);
            assert_eq!(attribute.encoded_len(), bytes.len());
            assert_eq!(Attribute::decode(bytes.as_slice()), Ok(attribute));
            assert_eq!(String::from(Text::from(text)), text);
        }
        assert!(Attribute::decode(&[0x0a, 1, 0xff][..]).is_err());
        let order = Text::from("a").cmp(&Text::from("ä"));
        assert_eq!(order, std::cmp::Ordering::Less);
    }
}
