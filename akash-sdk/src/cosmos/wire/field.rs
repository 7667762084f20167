//! How values of each Rust type are written as fields.

use std::collections::BTreeMap;

use prost::DecodeError;
use prost::bytes::BufMut;
use prost::encoding::{self, WireType};

use super::TypeUrl;
use super::describe::{FieldDescriptor, Kind, Shape};
use super::input::{Fields, Input};

/// A type that can stand as a field of a message.
pub(in crate::cosmos) trait Field {
    /// What the field table says of it.
    const SHAPE: Shape;

    /// Writes the field, if it has to be written.
    fn put(&self, tag: u32, buf: &mut impl BufMut);
    /// Number of bytes [`put`](Self::put) writes.
    fn size(&self, tag: u32) -> usize;
    /// Takes one occurrence of the field.
    fn merge(
        &mut self,
        tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError>;
}

/// A value that is written whenever it is there: a message, or one of the number and time types
/// that behave like one.
pub(in crate::cosmos) trait Nested: Default {
    /// What the field table says of it.
    const KIND: Kind;

    /// Writes the value.
    fn put_one(&self, tag: u32, buf: &mut impl BufMut);
    /// Number of bytes [`put_one`](Self::put_one) writes.
    fn size_one(&self, tag: u32) -> usize;
    /// Takes one occurrence.
    fn merge_one(&mut self, wire_type: WireType, input: &mut Input<'_>) -> Result<(), DecodeError>;
}

/// A value that can be repeated.
pub(in crate::cosmos) trait Item: Sized {
    /// What the field table says of it.
    const KIND: Kind;

    /// Writes all.
    fn put_all(items: &[Self], tag: u32, buf: &mut impl BufMut);
    /// Number of bytes [`put_all`](Self::put_all) writes.
    fn size_all(items: &[Self], tag: u32) -> usize;
    /// Takes one occurrence, or one packed run.
    fn merge_all(
        items: &mut Vec<Self>,
        tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError>;
}

/// The members of a oneof.
pub(in crate::cosmos) trait OneOf: Sized {
    /// Their field table.
    const MEMBERS: &'static [FieldDescriptor];

    /// Writes the member that is set.
    fn put(&self, buf: &mut impl BufMut);
    /// Number of bytes [`put`](Self::put) writes.
    fn size(&self) -> usize;
    /// Takes one occurrence of any member.
    fn merge(
        slot: &mut Option<Self>,
        tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError>;
}

/// A choice of one of several members, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<T>(pub Option<T>);

impl<T> Default for Choice<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> From<T> for Choice<T> {
    fn from(member: T) -> Self {
        Self(Some(member))
    }
}

impl<T: OneOf> Field for Choice<T> {
    const SHAPE: Shape = Shape::OneOf(T::MEMBERS);

    fn put(&self, _tag: u32, buf: &mut impl BufMut) {
        if let Some(member) = &self.0 {
            member.put(buf);
        }
    }

    fn size(&self, _tag: u32) -> usize {
        self.0.as_ref().map_or(0, OneOf::size)
    }

    fn merge(
        &mut self,
        tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        T::merge(&mut self.0, tag, wire_type, input)
    }
}

/// A scalar as it stands behind its key.
pub(super) trait Leaf: Sized {
    fn read(wire_type: WireType, input: &mut Input<'_>) -> Result<Self, DecodeError>;

    /// One occurrence of a repeated field.
    fn read_all(
        items: &mut Vec<Self>,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        items.push(Self::read(wire_type, input)?);
        Ok(())
    }
}

/// Whole numbers: what does not fit is cut off. Repeated ones come packed or one by one.
macro_rules! varint {
    ($($ty:ty: |$value:ident| $number:expr;)*) => { $(
        impl Leaf for $ty {
            #[inline]
            fn read(wire_type: WireType, input: &mut Input<'_>) -> Result<Self, DecodeError> {
                encoding::check_wire_type(WireType::Varint, wire_type)?;
                let $value = input.varint()?;
                Ok($number)
            }

            fn read_all(
                items: &mut Vec<Self>,
                wire_type: WireType,
                input: &mut Input<'_>,
            ) -> Result<(), DecodeError> {
                if wire_type != WireType::LengthDelimited {
                    items.push(Self::read(wire_type, input)?);
                    return Ok(());
                }
                let mut packed = input.within(wire_type)?;
                while !packed.rest.is_empty() {
                    items.push(Self::read(WireType::Varint, &mut packed)?);
                }
                Ok(())
            }
        }
    )* };
}

varint! {
    bool: |value| value != 0;
    i32: |value| low(value).cast_signed();
    i64: |value| value.cast_signed();
    u32: |value| low(value);
    u64: |value| value;
}

/// The lower half.
#[allow(clippy::cast_possible_truncation, reason = "as protobuf has it")]
const fn low(value: u64) -> u32 {
    value as u32
}

impl Leaf for String {
    #[inline]
    fn read(wire_type: WireType, input: &mut Input<'_>) -> Result<Self, DecodeError> {
        input.text(wire_type).map(str::to_owned)
    }
}

impl Leaf for Vec<u8> {
    #[inline]
    fn read(wire_type: WireType, input: &mut Input<'_>) -> Result<Self, DecodeError> {
        input.bytes(wire_type).map(<[u8]>::to_vec)
    }
}

/// Scalars with implicit presence: zero is not written.
macro_rules! scalar {
    ($($ty:ty, $module:ident, $kind:ident, $empty:expr;)*) => { $(
        impl Field for $ty {
            const SHAPE: Shape = Shape::Scalar(Kind::$kind);

            fn put(&self, tag: u32, buf: &mut impl BufMut) {
                if !$empty(self) {
                    encoding::$module::encode(tag, self, buf);
                }
            }

            fn size(&self, tag: u32) -> usize {
                if $empty(self) { 0 } else { encoding::$module::encoded_len(tag, self) }
            }

            fn merge(
                &mut self,
                _tag: u32,
                wire_type: WireType,
                input: &mut Input<'_>,
            ) -> Result<(), DecodeError> {
                *self = Leaf::read(wire_type, input)?;
                Ok(())
            }
        }
    )* };
}

scalar! {
    bool, bool, Bool, |value: &bool| !*value;
    i32, int32, Int32, |value: &i32| *value == 0;
    i64, int64, Int64, |value: &i64| *value == 0;
    u32, uint32, Uint32, |value: &u32| *value == 0;
    u64, uint64, Uint64, |value: &u64| *value == 0;
    String, string, Text, String::is_empty;
    Vec<u8>, bytes, Bytes, Vec::is_empty;
}

/// Scalars inside a oneof are written even when zero.
macro_rules! nested_scalar {
    ($($ty:ty, $module:ident, $kind:ident;)*) => { $(
        impl Nested for Member<$ty> {
            const KIND: Kind = Kind::$kind;

            fn put_one(&self, tag: u32, buf: &mut impl BufMut) {
                encoding::$module::encode(tag, &self.0, buf);
            }

            fn size_one(&self, tag: u32) -> usize {
                encoding::$module::encoded_len(tag, &self.0)
            }

            fn merge_one(
                &mut self,
                wire_type: WireType,
                input: &mut Input<'_>,
            ) -> Result<(), DecodeError> {
                self.0 = Leaf::read(wire_type, input)?;
                Ok(())
            }
        }
    )* };
}

/// A scalar as member of a oneof.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Member<T>(pub T);

nested_scalar! {
    i64, int64, Int64;
    u64, uint64, Uint64;
    String, string, Text;
    Vec<u8>, bytes, Bytes;
}

impl<T: Nested> Field for T {
    const SHAPE: Shape = Shape::Always(T::KIND);

    fn put(&self, tag: u32, buf: &mut impl BufMut) {
        self.put_one(tag, buf);
    }

    fn size(&self, tag: u32) -> usize {
        self.size_one(tag)
    }

    fn merge(
        &mut self,
        _tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        self.merge_one(wire_type, input)
    }
}

impl<T: Nested> Field for Option<T> {
    const SHAPE: Shape = Shape::Optional(T::KIND);

    fn put(&self, tag: u32, buf: &mut impl BufMut) {
        if let Some(value) = self {
            value.put_one(tag, buf);
        }
    }

    fn size(&self, tag: u32) -> usize {
        self.as_ref().map_or(0, |value| value.size_one(tag))
    }

    fn merge(
        &mut self,
        _tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        self.get_or_insert_default().merge_one(wire_type, input)
    }
}

impl<M: TypeUrl + Fields> Nested for M {
    const KIND: Kind = Kind::Message(M::descriptor);

    fn put_one(&self, tag: u32, buf: &mut impl BufMut) {
        encoding::message::encode(tag, self, buf);
    }

    fn size_one(&self, tag: u32) -> usize {
        encoding::message::encoded_len(tag, self)
    }

    fn merge_one(&mut self, wire_type: WireType, input: &mut Input<'_>) -> Result<(), DecodeError> {
        input.message(wire_type, self)
    }
}

impl<T: Item> Field for Vec<T> {
    const SHAPE: Shape = Shape::Many(T::KIND);

    fn put(&self, tag: u32, buf: &mut impl BufMut) {
        T::put_all(self, tag, buf);
    }

    fn size(&self, tag: u32) -> usize {
        T::size_all(self, tag)
    }

    fn merge(
        &mut self,
        tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        T::merge_all(self, tag, wire_type, input)
    }
}

impl<M: TypeUrl + Fields> Item for M {
    const KIND: Kind = Kind::Message(M::descriptor);

    fn put_all(items: &[Self], tag: u32, buf: &mut impl BufMut) {
        encoding::message::encode_repeated(tag, items, buf);
    }

    fn size_all(items: &[Self], tag: u32) -> usize {
        encoding::message::encoded_len_repeated(tag, items)
    }

    fn merge_all(
        items: &mut Vec<Self>,
        tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        if items.is_empty() {
            items.reserve_exact(input.run(tag));
        }
        // Read where it stays: messages can be large.
        items.push(Self::default());
        items
            .last_mut()
            .map_or(Ok(()), |item| input.message(wire_type, item))
    }
}

/// Repeated scalars: numbers packed, texts and bytes one by one.
macro_rules! item {
    ($($ty:ty, $module:ident, $kind:ident, $encode:ident, $len:ident;)*) => { $(
        impl Item for $ty {
            const KIND: Kind = Kind::$kind;

            fn put_all(items: &[Self], tag: u32, buf: &mut impl BufMut) {
                encoding::$module::$encode(tag, items, buf);
            }

            fn size_all(items: &[Self], tag: u32) -> usize {
                encoding::$module::$len(tag, items)
            }

            fn merge_all(
                items: &mut Vec<Self>,
                _tag: u32,
                wire_type: WireType,
                input: &mut Input<'_>,
            ) -> Result<(), DecodeError> {
                <$ty>::read_all(items, wire_type, input)
            }
        }
    )* };
}

item! {
    u32, uint32, Uint32, encode_packed, encoded_len_packed;
    u64, uint64, Uint64, encode_packed, encoded_len_packed;
    i64, int64, Int64, encode_packed, encoded_len_packed;
    String, string, Text, encode_repeated, encoded_len_repeated;
    Vec<u8>, bytes, Bytes, encode_repeated, encoded_len_repeated;
}

impl<V> Field for BTreeMap<String, V>
where
    V: Nested,
{
    const SHAPE: Shape = Shape::Map(V::KIND);

    fn put(&self, tag: u32, buf: &mut impl BufMut) {
        for (key, value) in self {
            encoding::encode_key(tag, WireType::LengthDelimited, buf);
            encoding::encode_varint(entry_size(key, value) as u64, buf);
            encoding::string::encode(1, key, buf);
            value.put_one(2, buf);
        }
    }

    fn size(&self, tag: u32) -> usize {
        self.iter()
            .map(|(key, value)| {
                let entry = entry_size(key, value);
                encoding::key_len(tag) + encoding::encoded_len_varint(entry as u64) + entry
            })
            .sum()
    }

    fn merge(
        &mut self,
        _tag: u32,
        wire_type: WireType,
        input: &mut Input<'_>,
    ) -> Result<(), DecodeError> {
        let (mut key, mut value) = (String::new(), V::default());
        input.nested(wire_type, |tag, wire_type, input| match tag {
            1 => key.merge(tag, wire_type, input),
            2 => value.merge_one(wire_type, input),
            _ => input.skip(tag, wire_type),
        })?;
        self.insert(key, value);
        Ok(())
    }
}

/// Bytes of one map entry. The reference writes both halves even when empty.
fn entry_size(key: &String, value: &impl Nested) -> usize {
    encoding::string::encoded_len(1, key) + value.size_one(2)
}
