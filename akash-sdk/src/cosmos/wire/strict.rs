//! The node's decode rules for transactions.
//!
//! A node refuses a transaction before looking at it if its bytes are not canonical (ADR-027) or
//! carry a field that the node's release does not know. [`check_tx`] gives the same verdict, for the
//! messages of this library.

use super::describe::{Descriptor, FieldDescriptor, Kind, Shape};
use super::number::text::{Limit, canonical};
use super::record::{Raw, Record, Records};
use super::{Duration, FramingError, NumberError, Timestamp, service};

/// Deepest nesting of messages.
const MAX_DEPTH: usize = 100;

/// Why a node refuses to decode a transaction (codespace `sdk`, code 2: tx parse error).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeError {
    /// Not protobuf.
    #[error("not a protobuf message: {0}")]
    Framing(#[from] FramingError),
    /// Fields of the raw transaction must stand in ascending order.
    #[error("the fields of a raw transaction must ascend, but field {number} follows {after}")]
    OutOfOrder {
        /// Field number found.
        number: u32,
        /// Field number before it.
        after: u32,
    },
    /// Lengths in the raw transaction must be as short as possible.
    #[error("the length of field {number} is not written as short as possible")]
    LongLength {
        /// Field number.
        number: u32,
    },
    /// A field the message does not have.
    #[error(
        "the message {message} has no field {number}; this release of the chain does not know it"
    )]
    UnknownField {
        /// Full name of the message.
        message: &'static str,
        /// Field number.
        number: u32,
    },
    /// A field with the wrong wire type.
    #[error("field {field} of {message} cannot have wire type {wire_type}")]
    WireType {
        /// Full name of the message.
        message: &'static str,
        /// Name of the field.
        field: &'static str,
        /// Wire type found.
        wire_type: u8,
    },
    /// A type URL that the chain does not resolve.
    #[error(
        "unable to resolve type URL {type_url}; it must be a slash and the full name of a message of this release"
    )]
    TypeUrl {
        /// The type URL.
        type_url: String,
    },
    /// A message of a transaction that is no transaction message.
    #[error("{type_url} is not a transaction message")]
    NotATransactionMessage {
        /// The type URL.
        type_url: String,
    },
    /// Text that is not UTF-8.
    #[error("field {field} of {message} is not UTF-8")]
    Text {
        /// Full name of the message.
        message: &'static str,
        /// Name of the field.
        field: &'static str,
    },
    /// A number that is none, or out of range.
    #[error("field {field} of {message}: {source}")]
    Number {
        /// Full name of the message.
        message: &'static str,
        /// Name of the field.
        field: &'static str,
        /// What is wrong with it.
        source: NumberError,
    },
    /// A time or duration out of range.
    #[error(
        "field {field} of {message} is not a time of the years 1 to 9999 or a duration of 64-bit nanoseconds"
    )]
    Time {
        /// Full name of the message.
        message: &'static str,
        /// Name of the field.
        field: &'static str,
    },
    /// Messages nested too deeply.
    #[error("messages are nested more than 100 deep")]
    TooDeep,
}

/// What may stand in a message besides its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Strangers {
    /// Nothing.
    Refuse,
    /// Field numbers with the bit of value 1024 set, which are called non-critical.
    NonCritical,
}

/// What an `Any` may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    /// A message of the chain.
    Message,
    /// A transaction message.
    Transaction,
}

/// Checks the bytes of a raw transaction as a node does before decoding it.
///
/// ```
/// use akash_sdk::cosmos::wire::strict::{DecodeError, check_tx};
///
/// assert_eq!(check_tx(&[]), Ok(()));
/// assert_eq!(check_tx(&[0x12, 0, 0x0a, 0]), Err(DecodeError::OutOfOrder { number: 1, after: 2 }));
/// ```
///
/// # Errors
///
/// The first reason for which a node refuses the bytes.
pub fn check_tx(bytes: &[u8]) -> Result<(), DecodeError> {
    check_canonical(bytes)?;
    let raw = message("cosmos.tx.v1beta1.TxRaw")?;
    check_message(raw, bytes, Strangers::Refuse, 0)?;
    let (mut body, mut auth_info): (&[u8], &[u8]) = (&[], &[]);
    for record in Records::new(bytes) {
        match record? {
            Record {
                number: 1,
                raw: Raw::Bytes(bytes),
            } => body = bytes,
            Record {
                number: 2,
                raw: Raw::Bytes(bytes),
            } => auth_info = bytes,
            _ => {}
        }
    }
    check_message(
        message("cosmos.tx.v1beta1.TxBody")?,
        body,
        Strangers::NonCritical,
        0,
    )?;
    check_message(
        message("cosmos.tx.v1beta1.AuthInfo")?,
        auth_info,
        Strangers::Refuse,
        0,
    )
}

/// Checks that the message `type_url` with these bytes has no unknown fields and no impossible
/// values, as a node does for a message inside a transaction.
///
/// # Errors
///
/// The first reason for which a node refuses the bytes.
pub fn check_any(type_url: &str, bytes: &[u8]) -> Result<(), DecodeError> {
    check_message(
        resolve(type_url, Held::Message)?,
        bytes,
        Strangers::NonCritical,
        0,
    )
}

/// ADR-027 for the outermost message: ascending fields, shortest lengths.
fn check_canonical(bytes: &[u8]) -> Result<(), DecodeError> {
    let mut records = Records::new(bytes);
    let mut after = 0;
    while !records.rest().is_empty() {
        let mut header = records.clone();
        let Some(record) = records.next() else { break };
        let Record { number, raw } = record?;
        if !matches!(raw, Raw::Bytes(_)) {
            return Err(DecodeError::WireType {
                message: "cosmos.tx.v1beta1.TxRaw",
                field: "",
                wire_type: raw.wire_type(),
            });
        }
        if number < after {
            return Err(DecodeError::OutOfOrder { number, after });
        }
        after = number;
        header.varint()?;
        let before = header.rest().len();
        let length = header.varint()?;
        if before - header.rest().len() != prost::encoding::encoded_len_varint(length) {
            return Err(DecodeError::LongLength { number });
        }
    }
    Ok(())
}

fn message(full_name: &str) -> Result<&'static Descriptor, DecodeError> {
    super::descriptor(full_name).ok_or_else(|| DecodeError::TypeUrl {
        type_url: format!("/{full_name}"),
    })
}

fn resolve(type_url: &str, held: Held) -> Result<&'static Descriptor, DecodeError> {
    let shown = || type_url.chars().take(200).collect();
    let descriptor = type_url
        .strip_prefix('/')
        .and_then(super::descriptor)
        .ok_or_else(|| DecodeError::TypeUrl { type_url: shown() })?;
    if held == Held::Transaction && service::transaction(descriptor.full_name).is_none() {
        return Err(DecodeError::NotATransactionMessage { type_url: shown() });
    }
    Ok(descriptor)
}

/// The field or choice member with this number.
fn find(descriptor: &'static Descriptor, number: u32) -> Option<&'static FieldDescriptor> {
    descriptor
        .fields
        .iter()
        .find_map(|field| match field.shape {
            Shape::OneOf(members) => members.iter().find(|member| member.number == number),
            _ => (field.number == number).then_some(field),
        })
}

fn check_message(
    descriptor: &'static Descriptor,
    bytes: &[u8],
    strangers: Strangers,
    depth: usize,
) -> Result<(), DecodeError> {
    if depth >= MAX_DEPTH {
        return Err(DecodeError::TooDeep);
    }
    if descriptor.full_name == "google.protobuf.Any" {
        return check_held(bytes, Held::Message, strangers, depth);
    }
    for record in Records::new(bytes) {
        let Record { number, raw } = record?;
        let Some(field) = find(descriptor, number) else {
            if strangers == Strangers::NonCritical && number & 1024 != 0 {
                continue;
            }
            return Err(DecodeError::UnknownField {
                message: descriptor.full_name,
                number,
            });
        };
        check_field(descriptor, field, raw, strangers, depth)?;
    }
    Ok(())
}

/// An `Any`: its own fields, then what it holds.
fn check_held(
    bytes: &[u8],
    held: Held,
    strangers: Strangers,
    depth: usize,
) -> Result<(), DecodeError> {
    let any = message("google.protobuf.Any")?;
    let (mut type_url, mut value): (&[u8], &[u8]) = (&[], &[]);
    for record in Records::new(bytes) {
        match record? {
            Record {
                number: 1,
                raw: Raw::Bytes(bytes),
            } => type_url = bytes,
            Record {
                number: 2,
                raw: Raw::Bytes(bytes),
            } => value = bytes,
            Record {
                number: number @ (1 | 2),
                raw,
            } => {
                return Err(DecodeError::WireType {
                    message: any.full_name,
                    field: if number == 1 { "type_url" } else { "value" },
                    wire_type: raw.wire_type(),
                });
            }
            Record { number, .. } => {
                if strangers == Strangers::Refuse || number & 1024 == 0 {
                    return Err(DecodeError::UnknownField {
                        message: any.full_name,
                        number,
                    });
                }
            }
        }
    }
    let type_url = std::str::from_utf8(type_url).map_err(|_| DecodeError::Text {
        message: any.full_name,
        field: "type_url",
    })?;
    check_message(resolve(type_url, held)?, value, strangers, depth + 1)
}

fn check_field(
    descriptor: &'static Descriptor,
    field: &'static FieldDescriptor,
    raw: Raw<'_>,
    strangers: Strangers,
    depth: usize,
) -> Result<(), DecodeError> {
    let (message, name) = (descriptor.full_name, field.name);
    let wrong = || DecodeError::WireType {
        message,
        field: name,
        wire_type: raw.wire_type(),
    };
    let (kind, repeated) = match field.shape {
        Shape::Scalar(kind) | Shape::Always(kind) | Shape::Optional(kind) | Shape::Member(kind) => {
            (kind, false)
        }
        Shape::Many(kind) => (kind, true),
        Shape::Map(kind) => {
            let Raw::Bytes(entry) = raw else {
                return Err(wrong());
            };
            return check_entry(descriptor, field, kind, entry, strangers, depth);
        }
        Shape::OneOf(_) => return Ok(()),
    };
    let numeric = matches!(
        kind,
        Kind::Bool | Kind::Int32 | Kind::Int64 | Kind::Uint32 | Kind::Uint64 | Kind::Enum(_)
    );
    let bytes = match raw {
        Raw::Varint(_) if numeric => return Ok(()),
        Raw::Bytes(packed) if numeric && repeated => {
            let mut packed = Records::new(packed);
            while !packed.rest().is_empty() {
                packed.varint()?;
            }
            return Ok(());
        }
        Raw::Bytes(bytes) if !numeric => bytes,
        _ => return Err(wrong()),
    };
    let text = || {
        std::str::from_utf8(bytes).map_err(|_| DecodeError::Text {
            message,
            field: name,
        })
    };
    let number = |limit| {
        canonical(text()?, limit)
            .map(drop)
            .map_err(|source| DecodeError::Number {
                message,
                field: name,
                source,
            })
    };
    match kind {
        Kind::Text => text().map(drop),
        Kind::Int => number(Limit::Int),
        Kind::Dec => number(Limit::Dec),
        Kind::Time | Kind::Duration => {
            let parts = parts(bytes, message, name)?;
            let (seconds, nanos) = parts;
            let valid = if matches!(kind, Kind::Time) {
                Timestamp { seconds, nanos }.is_valid()
            } else {
                Duration { seconds, nanos }.as_nanos().is_some()
            };
            if valid {
                Ok(())
            } else {
                Err(DecodeError::Time {
                    message,
                    field: name,
                })
            }
        }
        Kind::Message(inner) => {
            let inner = inner();
            let runs_messages = matches!(
                (message, name),
                (
                    "cosmos.tx.v1beta1.TxBody" | "cosmos.gov.v1.MsgSubmitProposal",
                    "messages"
                ) | ("cosmos.authz.v1beta1.MsgExec", "msgs")
            );
            if runs_messages {
                check_held(bytes, Held::Transaction, strangers, depth + 1)
            } else {
                check_message(inner, bytes, strangers, depth + 1)
            }
        }
        _ => Ok(()),
    }
}

/// A map entry: a text under 1, a value under 2.
fn check_entry(
    descriptor: &'static Descriptor,
    field: &'static FieldDescriptor,
    kind: Kind,
    entry: &[u8],
    strangers: Strangers,
    depth: usize,
) -> Result<(), DecodeError> {
    let (message, name) = (descriptor.full_name, field.name);
    for record in Records::new(entry) {
        match (record?, kind) {
            (
                Record {
                    number: 1,
                    raw: Raw::Bytes(key),
                },
                _,
            ) => {
                std::str::from_utf8(key).map_err(|_| DecodeError::Text {
                    message,
                    field: name,
                })?;
            }
            (
                Record {
                    number: 2,
                    raw: Raw::Bytes(value),
                },
                Kind::Message(inner),
            ) => {
                check_message(inner(), value, strangers, depth + 1)?;
            }
            (Record { number: 1 | 2, raw }, _) => {
                return Err(DecodeError::WireType {
                    message,
                    field: name,
                    wire_type: raw.wire_type(),
                });
            }
            (Record { number, .. }, _) => {
                return Err(DecodeError::UnknownField { message, number });
            }
        }
    }
    Ok(())
}

/// Seconds and nanoseconds.
fn parts(
    bytes: &[u8],
    message: &'static str,
    field: &'static str,
) -> Result<(i64, i32), DecodeError> {
    let (mut seconds, mut nanos) = (0_i64, 0_i32);
    for record in Records::new(bytes) {
        match record? {
            Record {
                number: 1,
                raw: Raw::Varint(value),
            } => seconds = value.cast_signed(),
            Record {
                number: 2,
                raw: Raw::Varint(value),
            } => {
                #[allow(
                    clippy::cast_possible_truncation,
                    reason = "int32 keeps the low 32 bits"
                )]
                let low = value as u32;
                nanos = low.cast_signed();
            }
            Record { number: 1 | 2, raw } => {
                return Err(DecodeError::WireType {
                    message,
                    field,
                    wire_type: raw.wire_type(),
                });
            }
            Record { number, .. } => {
                return Err(DecodeError::UnknownField { message, number });
            }
        }
    }
    Ok((seconds, nanos))
}
