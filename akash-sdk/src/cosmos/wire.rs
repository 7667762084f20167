//! The chain's protobuf messages: bytes in, typed values out, and back.
//!
//! One Rust module per protobuf package: `akash.market.v1beta5` is [`akash::market::v1beta5`],
//! `cosmos.tx.v1beta1` is [`cosmos::tx::v1beta1`]. Message names follow Rust's case (`BidID` is
//! `BidId`), nested types carry their parent's name (`Bid.State` is `BidState`), fields keep their
//! proto names. Every message implements [`prost::Message`], [`prost::Name`] and [`TypeUrl`].
//!
//! # Presence
//!
//! The chain's encoder writes some fields even when they are empty. The type of a field says so:
//!
//! | Rust type | on the wire | absent reads as |
//! |---|---|---|
//! | `bool`, integers, `String`, [`Text`], `Vec<u8>`, [`Enum`] | unless zero or empty | zero |
//! | a message, [`Int`], [`Dec`], [`Timestamp`], [`Duration`] | always | the default |
//! | `Option` of those | when set | `None` |
//! | `Vec` | each item, numbers packed | empty |
//! | `BTreeMap` | each entry, keys in order | empty |
//! | [`Choice`] (oneof) | the member that is set | none |
//!
//! So the encoding of any value, `default()` included, is byte for byte what the chain's own
//! encoder writes:
//!
//! ```
//! use akash_sdk::cosmos::wire::akash::market::v1beta5::MsgCreateBid;
//! use prost::Message;
//!
//! let bytes = MsgCreateBid::default().encode_to_vec();
//! assert_eq!(bytes, [0x0a, 0, 0x12, 3, 0x12, 1, 0x30, 0x1a, 5, 0x0a, 3, 0x12, 1, 0x30]);
//! ```
//!
//! # Decoding
//!
//! A plain decode skips unknown fields and refuses what the chain's decoder refuses: broken
//! framing, numbers that are not numbers or out of range, impossible times. It is stricter in four
//! points: text must be UTF-8, a varint must fit 64 bits, numbers have no `0x`, `0b` or `0o` prefix,
//! and nesting ends at depth 100.

mod describe;
mod enumeration;
mod field;
mod inline;
mod input;
mod message;
pub(in crate::cosmos) mod number;
pub(in crate::cosmos) mod record;
mod registry;
mod text;
mod time;

pub mod akash;
pub mod cosmos;
pub mod error;
pub mod google;
pub mod k8s;
pub mod service;
pub mod strict;
pub mod tendermint;

#[cfg(feature = "conformance")]
pub use describe::Typed;
pub use describe::{Descriptor, EnumDescriptor, FieldDescriptor, Kind, Shape};
pub use enumeration::{Enum, EnumType};
pub use field::{Choice, Member};
pub use message::TypeUrl;
pub(in crate::cosmos) use number::text as number_text;
pub use number::{Dec, Int, NumberError};
pub use record::FramingError;
pub use registry::{descriptor, descriptors};
pub use text::Text;
pub use time::{Duration, Timestamp};

/// An error of our own field codecs.
fn decode_error(description: String) -> prost::DecodeError {
    #[allow(
        deprecated,
        reason = "prost offers no other way to raise an error of one's own codec"
    )]
    prost::DecodeError::new(description)
}
