//! Any message in amino JSON, from its bytes and its field table.

use super::super::raw::{Raw, records, varints};
use super::AminoError;
use super::name::{declared, is_kept, is_number_as_bytes};
use super::text::{object, quoted, timestamp};
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::{
    self, Dec, Descriptor, Duration, FieldDescriptor, Int, Kind, Shape, Timestamp, TypeUrl,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use prost::Message;
use std::collections::BTreeMap;

/// Deepest nesting; deeper messages are refused by the chain's decoder too.
const MAX_DEPTH: usize = 100;

/// A message in amino JSON, as it stands under `value` in a sign document: keys sorted, empty values left out.
///
/// # Errors
/// If the message is unknown or its bytes can't be read.
pub fn message_json(full_name: &str, bytes: &[u8]) -> Result<String, AminoError> {
    let descriptor = wire::descriptor(full_name).ok_or_else(|| AminoError::Unknown {
        type_url: full_name.to_owned(),
    })?;
    message(descriptor, bytes, 0)
}

/// A message with its type.
pub(super) fn any_json(any: &Any, depth: usize) -> Result<String, AminoError> {
    let unknown = || AminoError::Unknown {
        type_url: any.type_url.clone(),
    };
    let name = any.type_url.strip_prefix('/').ok_or_else(unknown)?;
    let descriptor = wire::descriptor(name).ok_or_else(unknown)?;
    let value = if is_public_key(name) {
        public_key(descriptor, &any.value)?
    } else {
        message(descriptor, &any.value, depth)?
    };
    Ok(format!(
        "{{\"type\":{},\"value\":{value}}}",
        quoted(declared(name).unwrap_or(&any.type_url))
    ))
}

/// Public keys are written as their bytes alone.
fn is_public_key(name: &str) -> bool {
    matches!(
        name,
        "cosmos.crypto.secp256k1.PubKey" | "cosmos.crypto.ed25519.PubKey"
    )
}

fn public_key(descriptor: &'static Descriptor, bytes: &[u8]) -> Result<String, AminoError> {
    let key = read(descriptor.full_name, records(bytes))?
        .into_iter()
        .filter_map(|(number, raw)| match raw {
            Raw::Bytes(bytes) if number == 1 => Some(bytes),
            _ => None,
        })
        .next_back();
    Ok(base64(key.unwrap_or_default()))
}

fn read<T>(message: &str, result: Result<T, prost::DecodeError>) -> Result<T, AminoError> {
    result.map_err(|source| AminoError::Decode {
        message: message.to_owned(),
        source,
    })
}

fn base64(bytes: &[u8]) -> String {
    format!("\"{}\"", STANDARD.encode(bytes))
}

/// One place in a message, for errors and exceptions.
#[derive(Clone, Copy)]
struct Place {
    message: &'static str,
    field: &'static str,
    depth: usize,
}

impl Place {
    fn error(self, reason: &'static str) -> AminoError {
        AminoError::Value {
            message: self.message,
            field: self.field,
            reason,
        }
    }
}

fn message(
    descriptor: &'static Descriptor,
    bytes: &[u8],
    depth: usize,
) -> Result<String, AminoError> {
    if descriptor.full_name == Any::FULL_NAME {
        let any = read(descriptor.full_name, Any::decode(bytes))?;
        return any_json(&any, depth.saturating_add(1));
    }
    let records = read(descriptor.full_name, records(bytes))?;
    let mut fields = BTreeMap::new();
    for field in descriptor.fields {
        let place = Place {
            message: descriptor.full_name,
            field: field.name,
            depth: depth.saturating_add(1),
        };
        if place.depth > MAX_DEPTH {
            return Err(place.error("messages are nested too deep"));
        }
        if let Shape::OneOf(members) = field.shape {
            for member in members {
                insert(&mut fields, member, place, &records)?;
            }
        } else {
            insert(&mut fields, field, place, &records)?;
        }
    }
    Ok(object(&fields))
}

fn insert(
    fields: &mut BTreeMap<&'static str, String>,
    field: &'static FieldDescriptor,
    place: Place,
    records: &[(u32, Raw<'_>)],
) -> Result<(), AminoError> {
    let place = Place {
        field: field.name,
        ..place
    };
    let found: Vec<Raw<'_>> = records
        .iter()
        .filter(|(number, _)| *number == field.number)
        .map(|(_, raw)| *raw)
        .collect();
    let value = match field.shape {
        Shape::Many(kind) => {
            let items = list(kind, place, &found)?;
            let kept = !items.is_empty() || is_kept(place.message, place.field);
            kept.then(|| format!("[{}]", items.join(",")))
        }
        Shape::Map(_) if found.is_empty() => None,
        Shape::Map(_) => return Err(place.error("maps have none")),
        Shape::Scalar(kind) => match found.last() {
            None | Some(Raw::Varint(0) | Raw::Bytes([])) => None,
            Some(raw) => Some(single(kind, place, *raw)?),
        },
        Shape::Always(kind) | Shape::Optional(kind) | Shape::Member(kind) => match kind {
            Kind::Message(_) if !found.is_empty() => {
                // Several occurrences of a message merge, and so do their bytes.
                let mut bytes = Vec::new();
                for raw in &found {
                    if let Raw::Bytes(part) = raw {
                        bytes.extend_from_slice(part);
                    }
                }
                Some(single(kind, place, Raw::Bytes(&bytes))?)
            }
            _ => match found.last() {
                None => None,
                Some(raw) => Some(single(kind, place, *raw)?),
            },
        },
        Shape::OneOf(_) => None,
    };
    if let Some(value) = value {
        fields.insert(field.name, value);
    }
    Ok(())
}

fn list(kind: Kind, place: Place, found: &[Raw<'_>]) -> Result<Vec<String>, AminoError> {
    let is_number = matches!(
        kind,
        Kind::Bool | Kind::Int32 | Kind::Int64 | Kind::Uint32 | Kind::Uint64 | Kind::Enum(_)
    );
    let mut items = Vec::with_capacity(found.len());
    for raw in found {
        match raw {
            Raw::Bytes(packed) if is_number => {
                for number in read(place.message, varints(packed))? {
                    items.push(single(kind, place, Raw::Varint(number))?);
                }
            }
            _ => items.push(single(kind, place, *raw)?),
        }
    }
    Ok(items)
}

fn single(kind: Kind, place: Place, raw: Raw<'_>) -> Result<String, AminoError> {
    match (kind, raw) {
        (Kind::Bool, Raw::Varint(number)) => Ok((number != 0).to_string()),
        (Kind::Int32 | Kind::Enum(_), Raw::Varint(number)) => Ok(low_32(number).to_string()),
        (Kind::Uint32, Raw::Varint(number)) => Ok(low_32(number).cast_unsigned().to_string()),
        (Kind::Int64, Raw::Varint(number)) => Ok(format!("\"{}\"", number.cast_signed())),
        (Kind::Uint64, Raw::Varint(number)) => Ok(format!("\"{number}\"")),
        (Kind::Text, Raw::Bytes(bytes)) => std::str::from_utf8(bytes)
            .map(quoted)
            .map_err(|_| place.error("the text is not UTF-8")),
        (Kind::Bytes, Raw::Bytes(bytes)) => Ok(base64(bytes)),
        (Kind::Int, Raw::Bytes(bytes)) if is_number_as_bytes(place.message, place.field) => {
            Ok(base64(bytes))
        }
        (Kind::Int, Raw::Bytes(bytes)) => ascii(bytes)
            .and_then(|digits| {
                if digits.is_empty() {
                    Some(Int::default())
                } else {
                    digits.parse().ok()
                }
            })
            .map(|number| quoted(number.as_str()))
            .ok_or_else(|| place.error("the text is not an integer")),
        (Kind::Dec, Raw::Bytes(bytes)) => ascii(bytes)
            .and_then(|digits| {
                if digits.is_empty() {
                    Some(Dec::default())
                } else {
                    Dec::from_raw(digits).ok()
                }
            })
            .map(|number| quoted(&number.to_string()))
            .ok_or_else(|| place.error("the text is not a decimal")),
        (Kind::Time, Raw::Bytes(bytes)) => {
            let (seconds, nanos) = seconds_and_nanos(place, bytes)?;
            let at = Timestamp { seconds, nanos };
            if !at.is_valid() {
                return Err(place.error("the time is outside the years 1 to 9999"));
            }
            Ok(quoted(&timestamp(at)))
        }
        (Kind::Duration, Raw::Bytes(bytes)) => {
            let (seconds, nanos) = seconds_and_nanos(place, bytes)?;
            Duration { seconds, nanos }
                .as_nanos()
                .map(|nanos| format!("\"{nanos}\""))
                .ok_or_else(|| place.error("the duration does not fit 64-bit nanoseconds"))
        }
        (Kind::Message(inner), Raw::Bytes(bytes)) => message(inner(), bytes, place.depth),
        _ => Err(place.error("the bytes hold another kind of value")),
    }
}

fn ascii(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// A 32-bit number on the wire is the low half of a 64-bit one.
#[allow(clippy::cast_possible_truncation, reason = "what the format says")]
const fn low_32(number: u64) -> i32 {
    number as i32
}

fn seconds_and_nanos(place: Place, bytes: &[u8]) -> Result<(i64, i32), AminoError> {
    let (mut seconds, mut nanos) = (0, 0);
    for (number, raw) in read(place.message, records(bytes))? {
        match (number, raw) {
            (1, Raw::Varint(value)) => seconds = value.cast_signed(),
            (2, Raw::Varint(value)) => nanos = low_32(value),
            _ => {}
        }
    }
    Ok((seconds, nanos))
}
