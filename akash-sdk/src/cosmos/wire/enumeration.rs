//! Enums on the wire: open, so that values of a newer release survive.

use std::fmt;
use std::marker::PhantomData;

use prost::DecodeError;
use prost::bytes::BufMut;
use prost::encoding::{self, WireType};

use super::describe::{EnumDescriptor, Kind, Shape};
use super::field::{Field, Item, Leaf};
use super::input::Input;

/// A protobuf enum.
pub trait EnumType: Copy + fmt::Debug + PartialEq {
    /// Number on the wire.
    fn number(self) -> i32;
    /// The value with that number, if this release knows one.
    fn from_number(number: i32) -> Option<Self>;
    /// Names and numbers.
    fn descriptor() -> &'static EnumDescriptor;

    /// Proto name, which is also the JSON text.
    fn name(self) -> &'static str {
        let number = self.number();
        Self::descriptor()
            .values
            .iter()
            .find_map(|(known, name)| (*known == number).then_some(*name))
            .unwrap_or_default()
    }
}

/// A field of enum type `E`: one of its values, or a number this release does not know.
///
/// ```
/// use akash_sdk::cosmos::wire::{Enum, akash::market::v1beta5::BidState};
///
/// let state = Enum::from(BidState::Open);
/// assert_eq!(state.known(), Some(BidState::Open));
/// assert_eq!(state, BidState::Open);
/// assert_eq!(Enum::<BidState>::from_number(99).known(), None);
/// ```
pub struct Enum<E>(i32, PhantomData<fn() -> E>);

impl<E: EnumType> Enum<E> {
    /// From the number on the wire; any number is kept.
    #[must_use]
    pub const fn from_number(number: i32) -> Self {
        Self(number, PhantomData)
    }

    /// The number on the wire.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The value, unless this release does not know it.
    #[must_use]
    pub fn known(self) -> Option<E> {
        E::from_number(self.0)
    }
}

impl<E> Clone for Enum<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Enum<E> {}

impl<E> Default for Enum<E> {
    fn default() -> Self {
        Self(0, PhantomData)
    }
}

impl<E> PartialEq for Enum<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<E> Eq for Enum<E> {}

impl<E: EnumType> PartialEq<E> for Enum<E> {
    fn eq(&self, other: &E) -> bool {
        self.0 == other.number()
    }
}

impl<E: EnumType> From<E> for Enum<E> {
    fn from(value: E) -> Self {
        Self(value.number(), PhantomData)
    }
}

impl<E: EnumType> fmt::Debug for Enum<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.known() {
            Some(value) => value.fmt(f),
            None => self.0.fmt(f),
        }
    }
}

impl<E: EnumType> Field for Enum<E> {
    const SHAPE: Shape = Shape::Scalar(Kind::Enum(E::descriptor));

    fn put(&self, tag: u32, buf: &mut impl BufMut) {
        self.0.put(tag, buf);
    }

    fn size(&self, tag: u32) -> usize {
        self.0.size(tag)
    }

    fn merge(
        &mut self,
        _tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        self.0 = i32::read(wire_type, input)?;
        Ok(())
    }
}

impl<E: EnumType> Item for Enum<E> {
    const KIND: Kind = Kind::Enum(E::descriptor);

    fn put_all(items: &[Self], tag: u32, buf: &mut impl BufMut) {
        if items.is_empty() {
            return;
        }
        encoding::encode_key(tag, WireType::LengthDelimited, buf);
        encoding::encode_varint(packed_size(items) as u64, buf);
        for item in items {
            encoding::encode_varint(i64::from(item.0).cast_unsigned(), buf);
        }
    }

    fn size_all(items: &[Self], tag: u32) -> usize {
        if items.is_empty() {
            return 0;
        }
        let len = packed_size(items);
        encoding::key_len(tag) + encoding::encoded_len_varint(len as u64) + len
    }

    fn merge_all(
        items: &mut Vec<Self>,
        _tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        let mut numbers = Vec::new();
        i32::read_all(&mut numbers, wire_type, input)?;
        items.extend(numbers.into_iter().map(Self::from_number));
        Ok(())
    }
}

fn packed_size<E>(items: &[Enum<E>]) -> usize {
    items
        .iter()
        .map(|item| encoding::encoded_len_varint(i64::from(item.0).cast_unsigned()))
        .sum()
}
