//! JSON to bytes.

use base64::Engine;
use base64::alphabet::STANDARD as ALPHABET;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use prost::encoding::{WireType, encode_key, encode_varint};
use serde_json::{Map, Value};

use super::any::{Form, TYPE, VALUE, message_name};
use super::error::excerpt;
use super::{JsonError, MAX_DEPTH, Problem, Unknown, time};
use crate::cosmos::wire::number_text::{self, Limit};
use crate::cosmos::wire::{self, Descriptor, FieldDescriptor, Kind, Shape, Timestamp};

/// Base64 with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &ALPHABET,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Encodes one message.
pub(super) fn message(
    descriptor: &Descriptor,
    value: &Value,
    unknown: Unknown,
) -> Result<Vec<u8>, JsonError> {
    Parser { unknown, depth: 0 }.message(descriptor, Some(value))
}

struct Parser {
    unknown: Unknown,
    depth: usize,
}

fn unfit(expected: &'static str, found: &Value) -> JsonError {
    let found = match found {
        Value::Object(_) => "an object".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        scalar => excerpt(&scalar.to_string()),
    };
    Problem::Kind { expected, found }.into()
}

fn put_bytes(number: u32, bytes: &[u8], out: &mut Vec<u8>) {
    encode_key(number, WireType::LengthDelimited, out);
    encode_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

fn put_varint(number: u32, value: u64, out: &mut Vec<u8>) {
    encode_key(number, WireType::Varint, out);
    encode_varint(value, out);
}

impl Parser {
    /// A message; without a value its defaults.
    fn message(
        &mut self,
        descriptor: &Descriptor,
        value: Option<&Value>,
    ) -> Result<Vec<u8>, JsonError> {
        if self.depth >= MAX_DEPTH {
            return Err(Problem::TooDeep.into());
        }
        self.depth += 1;
        let bytes = match (Form::of(descriptor), value) {
            (Form::Plain, Some(Value::Object(members))) => self.members(descriptor, members)?,
            (Form::Plain, None) => self.members(descriptor, &Map::new())?,
            (Form::Plain, Some(other)) => return Err(unfit("an object", other)),
            (Form::Any, Some(Value::Object(members))) => self.any(members)?,
            (Form::Any | Form::Quantity, None) => Vec::new(),
            (Form::Any, Some(other)) => return Err(unfit("an object with @type", other)),
            (Form::Quantity, Some(Value::String(text))) => {
                let mut out = Vec::new();
                put_bytes(1, text.as_bytes(), &mut out);
                out
            }
            (Form::Quantity, Some(other)) => return Err(unfit("a quantity as text", other)),
        };
        self.depth -= 1;
        Ok(bytes)
    }

    fn members(
        &mut self,
        descriptor: &Descriptor,
        members: &Map<String, Value>,
    ) -> Result<Vec<u8>, JsonError> {
        if self.unknown == Unknown::Refuse {
            let stranger = members
                .keys()
                .find(|name| *name != TYPE && !has(descriptor, name));
            if let Some(name) = stranger {
                let name = excerpt(name);
                return Err(Problem::UnknownField {
                    message: descriptor.full_name,
                    name,
                }
                .into());
            }
        }
        let mut out = Vec::new();
        for field in descriptor.fields {
            match field.shape {
                Shape::OneOf(choices) => {
                    let mut given = false;
                    for member in choices {
                        if let Some(value) = member_value(members, member)? {
                            if given {
                                let name = member.name.to_owned();
                                return Err(Problem::Twice { name }.into());
                            }
                            given = true;
                            self.field(member, Some(value), &mut out)?;
                        }
                    }
                }
                _ => self.field(field, member_value(members, field)?, &mut out)?,
            }
        }
        Ok(out)
    }

    fn any(&mut self, members: &Map<String, Value>) -> Result<Vec<u8>, JsonError> {
        let type_url = match members.get(TYPE) {
            Some(Value::String(type_url)) => type_url.as_str(),
            Some(other) => return Err(unfit("a type URL", other).inside(TYPE)),
            None => "",
        };
        let value = match wire::descriptor(message_name(type_url)) {
            Some(descriptor) if Form::of(descriptor) == Form::Plain => {
                self.members(descriptor, members)?
            }
            Some(descriptor) => self.message(descriptor, members.get(VALUE))?,
            None => match (members.get(VALUE), members.len()) {
                (Some(value), 2) => bytes_of(value).map_err(|error| error.inside(VALUE))?,
                (None, 0) => Vec::new(),
                _ => {
                    return Err(Problem::UnknownType {
                        name: excerpt(type_url),
                    }
                    .into());
                }
            },
        };
        let mut out = Vec::new();
        if !type_url.is_empty() {
            put_bytes(1, type_url.as_bytes(), &mut out);
        }
        if !value.is_empty() {
            put_bytes(2, &value, &mut out);
        }
        Ok(out)
    }

    fn field(
        &mut self,
        field: &FieldDescriptor,
        value: Option<&Value>,
        out: &mut Vec<u8>,
    ) -> Result<(), JsonError> {
        self.shape(field, value, out)
            .map_err(|error| error.inside(field.name))
    }

    fn shape(
        &mut self,
        field: &FieldDescriptor,
        value: Option<&Value>,
        out: &mut Vec<u8>,
    ) -> Result<(), JsonError> {
        let number = field.number;
        match (field.shape, value) {
            (Shape::Always(kind), value) => self.single(kind, number, value, true, out),
            (Shape::Scalar(kind), Some(value)) => {
                self.single(kind, number, Some(value), false, out)
            }
            (Shape::Optional(kind) | Shape::Member(kind), Some(value)) => {
                self.single(kind, number, Some(value), true, out)
            }
            (Shape::Many(item), Some(Value::Array(items))) => self.list(item, number, items, out),
            (Shape::Many(_), Some(other)) => Err(unfit("a list", other)),
            (Shape::Map(value), Some(Value::Object(entries))) => {
                for (key, entry_value) in entries {
                    let mut entry = Vec::new();
                    put_bytes(1, key.as_bytes(), &mut entry);
                    self.single(value, 2, Some(entry_value), true, &mut entry)
                        .map_err(|error| error.inside(key))?;
                    put_bytes(number, &entry, out);
                }
                Ok(())
            }
            (Shape::Map(_), Some(other)) => Err(unfit("an object", other)),
            (_, None) | (Shape::OneOf(_), _) => Ok(()),
        }
    }

    fn list(
        &mut self,
        item: Kind,
        number: u32,
        items: &[Value],
        out: &mut Vec<u8>,
    ) -> Result<(), JsonError> {
        let packed = matches!(
            item,
            Kind::Bool | Kind::Int32 | Kind::Int64 | Kind::Uint32 | Kind::Uint64 | Kind::Enum(_)
        );
        let mut run = Vec::new();
        for (at, value) in items.iter().enumerate() {
            if packed {
                let varint = varint_of(item, value).map_err(|error| error.at(at))?;
                encode_varint(varint, &mut run);
            } else {
                self.single(item, number, Some(value), true, out)
                    .map_err(|error| error.at(at))?;
            }
        }
        if !run.is_empty() {
            put_bytes(number, &run, out);
        }
        Ok(())
    }

    /// One value under its number. Zero and empty values are written only if `always`; a value that
    /// is not given stands for the default.
    fn single(
        &mut self,
        kind: Kind,
        number: u32,
        value: Option<&Value>,
        always: bool,
        out: &mut Vec<u8>,
    ) -> Result<(), JsonError> {
        let bytes = match kind {
            Kind::Bool
            | Kind::Int32
            | Kind::Int64
            | Kind::Uint32
            | Kind::Uint64
            | Kind::Enum(_) => {
                let varint = value.map_or(Ok(0), |value| varint_of(kind, value))?;
                if always || varint != 0 {
                    put_varint(number, varint, out);
                }
                return Ok(());
            }
            Kind::Message(descriptor) => self.message(descriptor(), value)?,
            Kind::Text => value.map_or(Ok(""), text_of)?.as_bytes().to_vec(),
            Kind::Bytes => value.map_or(Ok(Vec::new()), bytes_of)?,
            Kind::Int => int_of(value)?.into_bytes(),
            Kind::Dec => dec_of(value)?.into_bytes(),
            Kind::Time => {
                let time = match value {
                    None => Timestamp::default(),
                    Some(value) => time::parse_time(text_of(value)?)
                        .ok_or_else(|| unfit("an RFC 3339 time", value))?,
                };
                parts(time.seconds, time.nanos)
            }
            Kind::Duration => {
                let span = match value {
                    None => wire::Duration::default(),
                    Some(value) => time::parse_duration(text_of(value)?)
                        .ok_or_else(|| unfit("a duration such as 1.5s", value))?,
                };
                parts(span.seconds, span.nanos)
            }
        };
        if always || !bytes.is_empty() {
            put_bytes(number, &bytes, out);
        }
        Ok(())
    }
}

/// Seconds and nanoseconds as a message.
fn parts(seconds: i64, nanos: i32) -> Vec<u8> {
    let mut out = Vec::new();
    if seconds != 0 {
        put_varint(1, seconds.cast_unsigned(), &mut out);
    }
    if nanos != 0 {
        put_varint(2, i64::from(nanos).cast_unsigned(), &mut out);
    }
    out
}

/// Whether a message has a field or choice member of this name.
fn has(descriptor: &Descriptor, name: &str) -> bool {
    descriptor.fields.iter().any(|field| match field.shape {
        Shape::OneOf(members) => members.iter().any(|member| is_called(member, name)),
        _ => is_called(field, name),
    })
}

fn is_called(field: &FieldDescriptor, name: &str) -> bool {
    field.name == name || (field.name.contains('_') && is_lower_camel(field.name, name))
}

/// Whether `camel` is the lowerCamel form of the proto name `snake`.
fn is_lower_camel(snake: &str, camel: &str) -> bool {
    let mut camel = camel.chars();
    let mut upper = false;
    for character in snake.chars() {
        if character == '_' {
            upper = true;
            continue;
        }
        let expected = if upper {
            character.to_ascii_uppercase()
        } else {
            character
        };
        upper = false;
        if camel.next() != Some(expected) {
            return false;
        }
    }
    camel.next().is_none()
}

/// The value of a field under either of its names; `null` counts as not given.
fn member_value<'v>(
    members: &'v Map<String, Value>,
    field: &FieldDescriptor,
) -> Result<Option<&'v Value>, JsonError> {
    let mut found = None;
    // The proto name is looked up, the lowerCamel name searched for: it is rare.
    if let Some(value) = members.get(field.name) {
        found = Some(value);
    }
    if field.name.contains('_') {
        for (name, value) in members {
            if name != field.name && is_lower_camel(field.name, name) {
                if found.is_some() {
                    return Err(Problem::Twice {
                        name: field.name.to_owned(),
                    }
                    .into());
                }
                found = Some(value);
            }
        }
    }
    Ok(found.filter(|value| !value.is_null()))
}

fn text_of(value: &Value) -> Result<&str, JsonError> {
    value.as_str().ok_or_else(|| unfit("text", value))
}

fn bytes_of(value: &Value) -> Result<Vec<u8>, JsonError> {
    BASE64
        .decode(text_of(value)?)
        .map_err(|_| unfit("base64", value))
}

/// A number that JSON gives as text or as an integer.
fn number_text_of(value: &Value) -> Result<String, JsonError> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) if !number.is_f64() => Ok(number.to_string()),
        other => Err(unfit("a number", other)),
    }
}

fn int_of(value: Option<&Value>) -> Result<String, JsonError> {
    let text = value.map_or(Ok(String::new()), number_text_of)?;
    Ok(number_text::canonical(&text, Limit::Int)?
        .as_str()
        .to_owned())
}

fn dec_of(value: Option<&Value>) -> Result<String, JsonError> {
    let Some(value) = value else {
        return Ok("0".to_owned());
    };
    let raw = number_text::without_point(&number_text_of(value)?)?;
    Ok(number_text::decimal(&raw, Limit::Dec)?.as_str().to_owned())
}

/// The varint of a bool, integer or enum.
fn varint_of(kind: Kind, value: &Value) -> Result<u64, JsonError> {
    let signed = |value: &Value, expected| -> Result<i64, JsonError> {
        match value {
            Value::String(text) => text.parse().ok(),
            other => other.as_i64(),
        }
        .ok_or_else(|| unfit(expected, value))
    };
    match kind {
        Kind::Bool => value
            .as_bool()
            .map(u64::from)
            .ok_or_else(|| unfit("true or false", value)),
        Kind::Int32 => {
            let expected = "an integer of 32 bits";
            let number = signed(value, expected)?;
            i32::try_from(number).map_err(|_| unfit(expected, value))?;
            Ok(number.cast_unsigned())
        }
        Kind::Int64 => Ok(signed(value, "an integer of 64 bits")?.cast_unsigned()),
        Kind::Uint32 => {
            let expected = "a whole number of 32 bits";
            let number = signed(value, expected)?;
            u32::try_from(number)
                .map(u64::from)
                .map_err(|_| unfit(expected, value))
        }
        Kind::Enum(descriptor) => match value {
            Value::String(name) => descriptor()
                .values
                .iter()
                .find(|(_, known)| known == name)
                .map(|(number, _)| i64::from(*number).cast_unsigned())
                .ok_or_else(|| {
                    let enumeration = descriptor().full_name;
                    Problem::UnknownValue {
                        enumeration,
                        name: excerpt(name),
                    }
                    .into()
                }),
            _ => varint_of(Kind::Int32, value),
        },
        _ => match value {
            Value::String(text) => text.parse().ok(),
            other => other.as_u64(),
        }
        .ok_or_else(|| unfit("a whole number of 64 bits", value)),
    }
}
