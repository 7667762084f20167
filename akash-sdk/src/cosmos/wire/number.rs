//! The chain's big numbers as they stand on the wire: decimal text, always canonical.

use std::fmt;
use std::str::FromStr;

use prost::DecodeError;
use prost::bytes::BufMut;
use prost::encoding::{self, WireType};

use super::decode_error;
use super::describe::Kind;
use super::field::{Item, Nested};
use super::input::{Input, utf8};

mod digits;
pub(in crate::cosmos) mod text;

use digits::Digits;
use text::Limit;

/// A text that is not a number of the chain.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NumberError {
    /// Not an integer in decimal digits.
    #[error("{text:?} is not an integer; write decimal digits with an optional sign")]
    NotAnInteger {
        /// The text.
        text: String,
    },
    /// Not a decimal number, or one with more than 18 digits after the point.
    #[error("{text:?} is not a decimal number; write digits and at most 18 decimals")]
    NotADecimal {
        /// The text.
        text: String,
    },
    /// More bits than the chain's number type holds.
    #[error("the number has {digits} digits and is outside the range of its type ({range})")]
    OutOfRange {
        /// Number of significant digits.
        digits: usize,
        /// The range in words.
        range: &'static str,
    },
}

/// A signed integer of at most 256 bits of magnitude (the chain's `Int`), as a proto `string` or
/// `bytes` field.
///
/// It is always written, zero as `0`. The default is zero.
///
/// ```
/// use akash_sdk::cosmos::wire::Int;
///
/// assert_eq!(Int::from(5_000_000_u64).as_str(), "5000000");
/// assert_eq!("-7".parse::<Int>()?.to_string(), "-7");
/// assert_eq!(Int::default().as_str(), "0");
/// # Ok::<(), akash_sdk::cosmos::wire::NumberError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Int(Digits);

impl Int {
    /// The digits, with a minus sign if negative; no leading zeros.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

/// A signed decimal with 18 places (the chain's `LegacyDec`), as a proto `string` field that holds
/// the value times 10^18 without a point.
///
/// It is always written, zero as `0`. The default is zero. Text and [`FromStr`] use the point:
///
/// ```
/// use akash_sdk::cosmos::wire::Dec;
///
/// let price: Dec = "0.5".parse()?;
/// assert_eq!(price.as_raw(), "500000000000000000");
/// assert_eq!(price.to_string(), "0.500000000000000000");
/// # Ok::<(), akash_sdk::cosmos::wire::NumberError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dec(
    /// Of the value times 10^18.
    Digits,
);

impl Dec {
    /// The wire text: the digits of the value times 10^18.
    #[must_use]
    pub fn as_raw(&self) -> &str {
        self.0.as_str()
    }

    /// From the digits of the value times 10^18.
    ///
    /// # Errors
    ///
    /// If `raw` is no integer or is outside the range of the chain's decimals.
    pub fn from_raw(raw: &str) -> Result<Self, NumberError> {
        Ok(Self(Digits::new(
            text::canonical(raw, Limit::Dec)?.as_str(),
        )))
    }
}

impl fmt::Display for Int {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Dec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&text::with_point(self.as_raw()))
    }
}

impl FromStr for Int {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NumberError::NotAnInteger {
                text: text.to_owned(),
            });
        }
        Ok(Self(Digits::new(text::decimal(text, Limit::Int)?.as_str())))
    }
}

impl FromStr for Dec {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        let raw = text::without_point(text)?;
        Ok(Self(Digits::new(text::decimal(&raw, Limit::Dec)?.as_str())))
    }
}

/// Conversions that cannot fail.
macro_rules! from_integer {
    ($($ty:ty)*) => { $(
        impl From<$ty> for Int {
            fn from(value: $ty) -> Self {
                Self(Digits::new(&value.to_string()))
            }
        }
    )* };
}

from_integer!(u32 u64 u128 i32 i64 i128);

/// Conversions that fail outside the range of the target.
macro_rules! to_integer {
    ($($ty:ty: $range:literal;)*) => { $(
        impl TryFrom<&Int> for $ty {
            type Error = NumberError;

            fn try_from(value: &Int) -> Result<Self, NumberError> {
                value.as_str().parse().map_err(|_| NumberError::OutOfRange {
                    digits: value.as_str().trim_start_matches('-').len(),
                    range: $range,
                })
            }
        }
    )* };
}

to_integer! {
    u64: "0 to 2^64 - 1";
    u128: "0 to 2^128 - 1";
    i128: "-2^127 to 2^127 - 1";
}

/// Takes the digits of one occurrence.
fn digits(wire_type: WireType, limit: Limit, input: &mut Input<'_>) -> Result<Digits, DecodeError> {
    let (bytes, piece) = input.piece(wire_type)?;
    if let Some(plain) = piece.and_then(|piece| Digits::plain(piece, bytes.len())) {
        return Ok(plain);
    }
    let canonical =
        text::canonical(utf8(bytes)?, limit).map_err(|error| decode_error(error.to_string()))?;
    Ok(Digits::new(canonical.as_str()))
}

/// Both numbers are one length-delimited text on the wire.
macro_rules! wire_number {
    ($($ty:ident, $limit:expr, $kind:ident;)*) => { $(
        impl Nested for $ty {
            const KIND: Kind = Kind::$kind;

            fn put_one(&self, tag: u32, buf: &mut impl BufMut) {
                let digits = self.0.as_bytes();
                encoding::encode_key(tag, WireType::LengthDelimited, buf);
                encoding::encode_varint(digits.len() as u64, buf);
                buf.put_slice(digits);
            }

            fn size_one(&self, tag: u32) -> usize {
                let len = self.0.as_bytes().len();
                encoding::key_len(tag) + encoding::encoded_len_varint(len as u64) + len
            }

            fn merge_one(
                &mut self,
                wire_type: WireType,
                input: &mut Input<'_>,
            ) -> Result<(), DecodeError> {
                self.0 = digits(wire_type, $limit, input)?;
                Ok(())
            }
        }
    )* };
}

wire_number! {
    Int, Limit::Int, Int;
    Dec, Limit::Dec, Dec;
}

impl Item for Int {
    const KIND: Kind = Kind::Int;

    fn put_all(items: &[Self], tag: u32, buf: &mut impl BufMut) {
        for item in items {
            item.put_one(tag, buf);
        }
    }

    fn size_all(items: &[Self], tag: u32) -> usize {
        items.iter().map(|item| item.size_one(tag)).sum()
    }

    fn merge_all(
        items: &mut Vec<Self>,
        _tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        let mut item = Self::default();
        item.merge_one(wire_type, input)?;
        items.push(item);
        Ok(())
    }
}
