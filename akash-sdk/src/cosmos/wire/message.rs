//! What a message is: a protobuf codec, a name, and a description of its fields.
//!
//! The macros of this module turn one definition into both, so that the bytes and the JSON of a
//! message cannot drift apart.

use prost::{DecodeError, Message, Name};

use super::describe::Descriptor;
use super::google::protobuf::Any;

/// A protobuf message of the chain.
///
/// Encoding and decoding are [`prost::Message`]'s; this trait adds the type URL, the field table
/// behind the JSON form, and packing into [`Any`].
///
/// ```
/// use akash_sdk::cosmos::wire::{TypeUrl, akash::market::v1beta5::MsgCreateBid};
///
/// assert_eq!(MsgCreateBid::TYPE_URL, "/akash.market.v1beta5.MsgCreateBid");
/// let any = MsgCreateBid::default().to_any();
/// assert_eq!(MsgCreateBid::from_any(&any), Ok(MsgCreateBid::default()));
/// ```
pub trait TypeUrl: Message + Name + Default {
    /// Full message name, such as `akash.market.v1beta5.MsgCreateBid`.
    const FULL_NAME: &'static str;
    /// The name as transactions carry it: [`FULL_NAME`](Self::FULL_NAME) after a slash.
    const TYPE_URL: &'static str;

    /// The fields of the message.
    fn descriptor() -> &'static Descriptor;

    /// The message under its type URL.
    fn to_any(&self) -> Any {
        Any {
            type_url: Self::TYPE_URL.to_owned(),
            value: self.encode_to_vec(),
        }
    }

    /// The message inside `any`.
    ///
    /// # Errors
    ///
    /// If the type URL is another message's, or the bytes are not this message.
    fn from_any(any: &Any) -> Result<Self, DecodeError> {
        if any.type_url == Self::TYPE_URL {
            Self::decode(any.value.as_slice())
        } else {
            Err(DecodeError::new_unexpected_type_url(
                any.type_url.as_str(),
                Self::TYPE_URL,
            ))
        }
    }
}

/// Defines the messages of one package (or of one topic of it), with their field tables, and the
/// list `MESSAGES` that the registry reads.
///
/// A field is `name: type = number`. The Rust type decides how it is written: see
/// [`wire`](super).
macro_rules! messages {
    ($package:literal; $(
        $(#[$meta:meta])*
        $name:ident $proto:literal {
            $( $(#[$field_meta:meta])* $field:ident : $ty:ty = $tag:literal $(..= $last:literal)?, )*
        }
    )*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Debug, Default, PartialEq, Eq)]
            pub struct $name {
                $( $(#[$field_meta])* pub $field: $ty, )*
            }

            #[allow(unused_variables, reason = "messages without fields")]
            impl ::prost::Message for $name {
                fn encode_raw(&self, buf: &mut impl ::prost::bytes::BufMut) {
                    $( $crate::cosmos::wire::field::Field::put(&self.$field, $tag, buf); )*
                }

                fn merge_field(
                    &mut self,
                    tag: u32,
                    wire_type: ::prost::encoding::WireType,
                    buf: &mut impl ::prost::bytes::Buf,
                    ctx: ::prost::encoding::DecodeContext,
                ) -> ::core::result::Result<(), ::prost::DecodeError> {
                    $crate::cosmos::wire::input::merge_field(self, tag, wire_type, buf, ctx)
                }

                fn merge(
                    &mut self,
                    buf: impl ::prost::bytes::Buf,
                ) -> ::core::result::Result<(), ::prost::DecodeError> {
                    $crate::cosmos::wire::input::merge(self, buf)
                }

                fn encoded_len(&self) -> usize {
                    0 $( + $crate::cosmos::wire::field::Field::size(&self.$field, $tag) )*
                }

                fn clear(&mut self) {
                    *self = Self::default();
                }
            }

            impl $crate::cosmos::wire::input::Fields for $name {
                fn take(
                    &mut self,
                    tag: u32,
                    wire_type: ::prost::encoding::WireType,
                    input: &mut $crate::cosmos::wire::input::Input<'_>,
                ) -> ::core::result::Result<(), ::prost::DecodeError> {
                    match tag {
                        $( $tag $(..= $last)? => {
                            $crate::cosmos::wire::field::Field::merge(
                                &mut self.$field, tag, wire_type, input,
                            )
                            .map_err(|mut error| {
                                error.push(stringify!($name), stringify!($field));
                                error
                            })
                        } )*
                        _ => input.skip(tag, wire_type),
                    }
                }
            }

            impl ::prost::Name for $name {
                const NAME: &'static str = $proto;
                const PACKAGE: &'static str = $package;
            }

            impl $crate::cosmos::wire::TypeUrl for $name {
                const FULL_NAME: &'static str = concat!($package, ".", $proto);
                const TYPE_URL: &'static str = concat!("/", $package, ".", $proto);

                fn descriptor() -> &'static $crate::cosmos::wire::describe::Descriptor {
                    static DESCRIPTOR: $crate::cosmos::wire::describe::Descriptor =
                        $crate::cosmos::wire::describe::Descriptor {
                            full_name: concat!($package, ".", $proto),
                            fields: &[ $( $crate::cosmos::wire::describe::FieldDescriptor {
                                number: $tag,
                                name: $crate::cosmos::wire::describe::proto_name(stringify!($field)),
                                shape: <$ty as $crate::cosmos::wire::field::Field>::SHAPE,
                            }, )* ],
                            #[cfg(feature = "conformance")]
                            typed: $crate::cosmos::wire::describe::Typed::of::<$name>(),
                        };
                    &DESCRIPTOR
                }
            }
        )*

        /// Descriptors of the messages defined here.
        pub(in $crate::cosmos) static MESSAGES: &[fn() -> &'static $crate::cosmos::wire::describe::Descriptor] =
            &[ $( <$name as $crate::cosmos::wire::TypeUrl>::descriptor, )* ];
    };
}

/// Defines protobuf enums: name, full proto name, values with number and proto (JSON) name.
macro_rules! enums {
    ($(
        $(#[$meta:meta])*
        $name:ident $proto:literal { $( $(#[$value_meta:meta])* $value:ident $text:literal = $number:literal, )* }
    )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $( $(#[$value_meta])* $value, )*
        }

        impl $crate::cosmos::wire::EnumType for $name {
            fn number(self) -> i32 {
                match self { $( Self::$value => $number, )* }
            }

            fn from_number(number: i32) -> ::core::option::Option<Self> {
                match number { $( $number => Some(Self::$value), )* _ => None }
            }

            fn descriptor() -> &'static $crate::cosmos::wire::describe::EnumDescriptor {
                static DESCRIPTOR: $crate::cosmos::wire::describe::EnumDescriptor =
                    $crate::cosmos::wire::describe::EnumDescriptor {
                        full_name: $proto,
                        values: &[ $( ($number, $text), )* ],
                    };
                &DESCRIPTOR
            }
        }
    )* };
}

/// Defines a protobuf oneof: an enum with one message or scalar per member.
macro_rules! oneof {
    ($(
        $(#[$meta:meta])*
        $name:ident { $( $(#[$value_meta:meta])* $variant:ident $field:ident : $ty:ty = $tag:literal, )* }
    )*) => { $(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(clippy::large_enum_variant, reason = "members are messages, held like other fields")]
        pub enum $name {
            $( $(#[$value_meta])* $variant($ty), )*
        }

        impl $crate::cosmos::wire::field::OneOf for $name {
            const MEMBERS: &'static [$crate::cosmos::wire::describe::FieldDescriptor] = &[ $(
                $crate::cosmos::wire::describe::FieldDescriptor {
                    number: $tag,
                    name: $crate::cosmos::wire::describe::proto_name(stringify!($field)),
                    shape: $crate::cosmos::wire::describe::Shape::Member(<$ty as $crate::cosmos::wire::field::Nested>::KIND),
                },
            )* ];

            fn put(&self, buf: &mut impl ::prost::bytes::BufMut) {
                match self { $( Self::$variant(inner) =>
                    $crate::cosmos::wire::field::Nested::put_one(inner, $tag, buf), )* }
            }

            fn size(&self) -> usize {
                match self { $( Self::$variant(inner) =>
                    $crate::cosmos::wire::field::Nested::size_one(inner, $tag), )* }
            }

            fn merge(
                slot: &mut ::core::option::Option<Self>,
                tag: u32,
                wire_type: ::prost::encoding::WireType,
                input: &mut $crate::cosmos::wire::input::Input<'_>,
            ) -> ::core::result::Result<(), ::prost::DecodeError> {
                match tag {
                    $( $tag => {
                        // An occurrence replaces the choice, also one of the same member.
                        let mut inner = <$ty as Default>::default();
                        $crate::cosmos::wire::field::Nested::merge_one(&mut inner, wire_type, input)?;
                        *slot = Some(Self::$variant(inner));
                        Ok(())
                    } )*
                    _ => input.skip(tag, wire_type),
                }
            }
        }
    )* };
}

pub(in crate::cosmos) use {enums, messages, oneof};
