//! Protobuf bytes to the chain's JSON and back, for every message of [`wire`].
//!
//! The JSON is the one of the chain's REST gateway and of typed events: proto field names, defaults
//! printed (`null` for an absent message), 64-bit integers and big numbers as text, decimals with 18
//! places, bytes as base64, enums by name, [`Any`](super::wire::google::protobuf::Any) as its message
//! with `@type`. One set of tables drives both directions: the field tables of the messages.
//!
//! ```
//! use akash_sdk::cosmos::json;
//!
//! let id = json::to_json("akash.market.v1.OrderID", &[0x10, 7, 0x18, 1])?;
//! assert_eq!(id, serde_json::json!({"owner": "", "dseq": "7", "gseq": 1, "oseq": 0}));
//! assert_eq!(json::from_json("akash.market.v1.OrderID", &id)?, [0x10, 7, 0x18, 1]);
//! # Ok::<(), json::JsonError>(())
//! ```
//!
//! # Limits
//!
//! Messages nest at most 100 deep, and a printed document has at most [`MAX_VALUES`] values, so that
//! hostile bytes cost bounded memory.

use serde_json::Value;

use super::wire::{self, Descriptor};

mod any;
mod error;
mod event;
mod parse;
mod print;
mod sink;
mod time;

pub use error::{JsonError, Problem};
pub use event::event_attributes;
pub use time::TimeError;
pub(crate) use time::parse_time;
pub(crate) use time::print_second;
pub(crate) use time::print_time;

/// Most values (objects, lists, scalars) of one printed document.
pub const MAX_VALUES: usize = 1 << 22;

/// Deepest nesting of messages.
const MAX_DEPTH: usize = 100;

/// What to do with JSON members that the message does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Fail, as the chain does.
    Refuse,
    /// Leave them out: for answers of nodes newer than this library.
    Skip,
}

/// Prints the message `type_name` with these bytes as JSON.
///
/// `type_name` is a full name such as `akash.market.v1.BidID`; a leading slash is allowed. Unknown
/// fields are left out; an [`Any`](super::wire::google::protobuf::Any) of a type that is not known
/// is printed as `{"@type": …, "value": base64}`.
///
/// # Errors
///
/// If the type is not known, or the bytes are not such a message: see [`Problem`].
pub fn to_json(type_name: &str, bytes: &[u8]) -> Result<Value, JsonError> {
    let mut sink = sink::ValueSink::default();
    print::message(describe(type_name)?, bytes, &mut sink)?;
    Ok(sink.finish())
}

/// Like [`to_json`], as text with the members in order of declaration, escaped as Go's encoder
/// does it: byte for byte what the chain prints.
///
/// # Errors
///
/// Like [`to_json`].
pub fn to_text(type_name: &str, bytes: &[u8]) -> Result<String, JsonError> {
    let mut sink = sink::TextSink::default();
    print::message(describe(type_name)?, bytes, &mut sink)?;
    Ok(sink.finish())
}

/// Encodes JSON as the message `type_name`, canonically: fields in order, numbers normalised,
/// everything written that the chain's encoder writes.
///
/// Takes proto names and lowerCamel names, enum names and numbers, integers as text and as numbers.
///
/// # Errors
///
/// If the type is not known, a member is, or a value does not fit its field: see [`Problem`].
pub fn from_json(type_name: &str, value: &Value) -> Result<Vec<u8>, JsonError> {
    from_json_with(type_name, value, Unknown::Refuse)
}

/// Like [`from_json`], with a choice for members that the message does not have.
///
/// # Errors
///
/// Like [`from_json`].
pub fn from_json_with(
    type_name: &str,
    value: &Value,
    unknown: Unknown,
) -> Result<Vec<u8>, JsonError> {
    parse::message(describe(type_name)?, value, unknown)
}

fn describe(type_name: &str) -> Result<&'static Descriptor, JsonError> {
    wire::descriptor(type_name.strip_prefix('/').unwrap_or(type_name)).ok_or_else(|| {
        Problem::UnknownType {
            name: error::excerpt(type_name),
        }
        .into()
    })
}
