//! Bytes to JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::any::{Form, TYPE, VALUE, message_name};
use super::sink::Sink;
use super::{JsonError, MAX_DEPTH, MAX_VALUES, Problem, time};
use crate::cosmos::wire::number_text::{self, Limit};
use crate::cosmos::wire::record::{Raw, Record, Records};
use crate::cosmos::wire::{self, Descriptor, Duration, FieldDescriptor, Kind, Shape, Timestamp};

/// Prints one message.
pub(super) fn message(
    descriptor: &Descriptor,
    bytes: &[u8],
    sink: &mut impl Sink,
) -> Result<(), JsonError> {
    Printer {
        sink,
        left: MAX_VALUES,
        depth: 0,
    }
    .message(descriptor, bytes)
}

/// Prints the value of each field of a message by itself.
pub(super) fn fields<S: Sink + Default>(
    descriptor: &Descriptor,
    bytes: &[u8],
) -> Result<Vec<(&'static str, S)>, JsonError> {
    let records = collect(bytes)?;
    let mut all = Vec::new();
    let mut left = MAX_VALUES;
    for field in descriptor.fields {
        if let Some((field, records)) = chosen(field, &records) {
            let mut sink = S::default();
            let mut printer = Printer {
                sink: &mut sink,
                left,
                depth: 1,
            };
            printer
                .value(field, &records)
                .map_err(|error| error.inside(field.name))?;
            left = printer.left;
            all.push((field.name, sink));
        }
    }
    Ok(all)
}

struct Printer<'s, S> {
    sink: &'s mut S,
    /// Values that may still be printed.
    left: usize,
    depth: usize,
}

fn collect(bytes: &[u8]) -> Result<Vec<Record<'_>>, JsonError> {
    Ok(Records::new(bytes).collect::<Result<_, _>>()?)
}

/// The field to print, which for a oneof is the member that came last, and its records.
fn chosen<'a>(
    field: &'static FieldDescriptor,
    records: &[Record<'a>],
) -> Option<(&'static FieldDescriptor, Vec<Raw<'a>>)> {
    let Shape::OneOf(members) = field.shape else {
        let own = records
            .iter()
            .filter(|record| record.number == field.number);
        return Some((field, own.map(|record| record.raw).collect()));
    };
    records.iter().rev().find_map(|record| {
        let member = members
            .iter()
            .find(|member| member.number == record.number)?;
        // An occurrence replaces the choice: only the last one counts.
        Some((member, vec![record.raw]))
    })
}

impl<S: Sink> Printer<'_, S> {
    fn count(&mut self) -> Result<(), JsonError> {
        self.left = self.left.checked_sub(1).ok_or(Problem::TooLarge)?;
        Ok(())
    }

    fn message(&mut self, descriptor: &Descriptor, bytes: &[u8]) -> Result<(), JsonError> {
        if self.depth >= MAX_DEPTH {
            return Err(Problem::TooDeep.into());
        }
        self.depth += 1;
        self.count()?;
        match Form::of(descriptor) {
            Form::Plain => {
                self.sink.open_object();
                self.members(descriptor, bytes)?;
                self.sink.close_object();
            }
            Form::Any => self.any(bytes)?,
            Form::Quantity => {
                let records = collect(bytes)?;
                let text = last_bytes(&records, 1)?;
                self.sink.text(if text.is_empty() { "0" } else { &text });
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn members(&mut self, descriptor: &Descriptor, bytes: &[u8]) -> Result<(), JsonError> {
        let records = collect(bytes)?;
        for field in descriptor.fields {
            if let Some((field, records)) = chosen(field, &records) {
                self.sink.key(field.name);
                self.value(field, &records)
                    .map_err(|error| error.inside(field.name))?;
            }
        }
        Ok(())
    }

    fn any(&mut self, bytes: &[u8]) -> Result<(), JsonError> {
        let records = collect(bytes)?;
        let type_url = last_bytes(&records, 1)?;
        let value = records.iter().rev().find(|record| record.number == 2);
        let value = value.map_or(Ok(&[][..]), |record| bytes_of(record.raw))?;
        self.sink.open_object();
        self.sink.key(TYPE);
        self.sink.text(&type_url);
        self.count()?;
        match wire::descriptor(message_name(&type_url)) {
            Some(descriptor) if Form::of(descriptor) == Form::Plain => {
                self.members(descriptor, value)?;
            }
            Some(descriptor) => {
                self.sink.key(VALUE);
                self.message(descriptor, value)?;
            }
            None => {
                self.sink.key(VALUE);
                self.sink.text(&STANDARD.encode(value));
                self.count()?;
            }
        }
        self.sink.close_object();
        Ok(())
    }

    /// What stands behind the name of a field.
    fn value(&mut self, field: &FieldDescriptor, records: &[Raw<'_>]) -> Result<(), JsonError> {
        match field.shape {
            Shape::Scalar(kind) | Shape::Always(kind) | Shape::Member(kind) => {
                self.single(kind, records)
            }
            Shape::Optional(_) if records.is_empty() => {
                self.sink.null();
                self.count()
            }
            Shape::Optional(kind) => self.single(kind, records),
            Shape::Many(kind) => self.list(kind, records),
            Shape::Map(kind) => self.map(kind, records),
            // Resolved to a member by `chosen`.
            Shape::OneOf(_) => Ok(()),
        }
    }

    fn list(&mut self, kind: Kind, records: &[Raw<'_>]) -> Result<(), JsonError> {
        self.count()?;
        self.sink.open_list();
        let mut at = 0_usize;
        for raw in records {
            match (kind, raw) {
                (
                    Kind::Bool
                    | Kind::Int32
                    | Kind::Int64
                    | Kind::Uint32
                    | Kind::Uint64
                    | Kind::Enum(_),
                    Raw::Bytes(packed),
                ) => {
                    let mut packed = Records::new(packed);
                    while !packed.rest().is_empty() {
                        let number = packed.varint().map_err(JsonError::from)?;
                        self.single(kind, &[Raw::Varint(number)])?;
                        at += 1;
                    }
                }
                _ => {
                    self.single(kind, &[*raw]).map_err(|error| error.at(at))?;
                    at += 1;
                }
            }
        }
        self.sink.close_list();
        Ok(())
    }

    fn map(&mut self, kind: Kind, records: &[Raw<'_>]) -> Result<(), JsonError> {
        self.count()?;
        let mut entries = BTreeMap::new();
        for raw in records {
            let entry = collect(bytes_of(*raw)?)?;
            let key = last_bytes(&entry, 1)?.into_owned();
            let value: Vec<_> = entry
                .iter()
                .filter(|record| record.number == 2)
                .map(|record| record.raw)
                .collect();
            entries.insert(key, value);
        }
        self.sink.open_object();
        for (key, value) in entries {
            self.sink.key(&key);
            self.single(kind, &value)
                .map_err(|error| error.inside(&key))?;
        }
        self.sink.close_object();
        Ok(())
    }

    /// One value; no record at all stands for the default.
    fn single(&mut self, kind: Kind, records: &[Raw<'_>]) -> Result<(), JsonError> {
        if let Kind::Message(descriptor) = kind {
            // Several occurrences of one message are merged.
            return match records {
                [] => self.message(descriptor(), &[]),
                [raw] => self.message(descriptor(), bytes_of(*raw)?),
                _ => {
                    let mut merged = Vec::new();
                    for raw in records {
                        merged.extend_from_slice(bytes_of(*raw)?);
                    }
                    self.message(descriptor(), &merged)
                }
            };
        }
        // Every occurrence must be readable, the last one counts.
        if let [earlier @ .., _] = records {
            for raw in earlier {
                check(kind, *raw)?;
            }
        }
        self.count()?;
        self.scalar(kind, records.last().copied())
    }

    fn scalar(&mut self, kind: Kind, raw: Option<Raw<'_>>) -> Result<(), JsonError> {
        match kind {
            Kind::Bool => self.sink.bool(number_of(raw)? != 0),
            Kind::Int32 => self
                .sink
                .number(i64::from(low_32(number_of(raw)?).cast_signed())),
            Kind::Uint32 => self.sink.number(i64::from(low_32(number_of(raw)?))),
            Kind::Int64 => self.sink.text(&number_of(raw)?.cast_signed().to_string()),
            Kind::Uint64 => self.sink.text(&number_of(raw)?.to_string()),
            Kind::Enum(descriptor) => {
                let number = low_32(number_of(raw)?).cast_signed();
                match descriptor()
                    .values
                    .iter()
                    .find(|(known, _)| *known == number)
                {
                    Some((_, name)) => self.sink.text(name),
                    None => self.sink.number(i64::from(number)),
                }
            }
            Kind::Text => self.sink.text(&raw.map_or(Ok(Cow::Borrowed("")), text_of)?),
            Kind::Bytes => match raw {
                Some(raw) => self.sink.text(&STANDARD.encode(bytes_of(raw)?)),
                None => self.sink.null(),
            },
            Kind::Int => {
                let text = raw.map_or(Ok(Cow::Borrowed("")), text_of)?;
                self.sink
                    .text(number_text::canonical(&text, Limit::Int)?.as_str());
            }
            Kind::Dec => match raw.map_or(Ok(Cow::Borrowed("")), text_of)? {
                // The reference's decimal without a value.
                text if text.is_empty() => self.sink.text("0"),
                text => {
                    let digits = number_text::canonical(&text, Limit::Dec)?;
                    self.sink.text(&number_text::with_point(digits.as_str()));
                }
            },
            Kind::Time => {
                let time = raw.map_or_else(|| Ok(Timestamp::default()), time_of)?;
                self.sink
                    .text(&time::print_time(time).ok_or(Problem::TimeRange)?);
            }
            Kind::Duration => {
                let span = raw.map_or_else(|| Ok(Duration::default()), duration_of)?;
                self.sink
                    .text(&time::print_duration(span).ok_or(Problem::TimeRange)?);
            }
            Kind::Message(descriptor) => {
                self.message(descriptor(), raw.map_or(Ok(&[][..]), bytes_of)?)?;
            }
        }
        Ok(())
    }
}

/// Whether an occurrence that a later one replaces can be read.
fn check(kind: Kind, raw: Raw<'_>) -> Result<(), JsonError> {
    let mut nowhere = super::sink::TextSink::default();
    Printer {
        sink: &mut nowhere,
        left: 1,
        depth: 0,
    }
    .scalar(kind, Some(raw))
}

fn wrong(raw: Raw<'_>) -> JsonError {
    Problem::WireType {
        wire_type: raw.wire_type(),
    }
    .into()
}

fn number_of(raw: Option<Raw<'_>>) -> Result<u64, JsonError> {
    match raw {
        None => Ok(0),
        Some(Raw::Varint(number)) => Ok(number),
        Some(raw) => Err(wrong(raw)),
    }
}

fn bytes_of(raw: Raw<'_>) -> Result<&[u8], JsonError> {
    match raw {
        Raw::Bytes(bytes) => Ok(bytes),
        raw => Err(wrong(raw)),
    }
}

fn text_of(raw: Raw<'_>) -> Result<Cow<'_, str>, JsonError> {
    Ok(lossy(bytes_of(raw)?))
}

/// The low 32 bits, which is what a 32-bit field keeps of a varint.
#[allow(clippy::cast_possible_truncation, reason = "masked to 32 bits")]
const fn low_32(number: u64) -> u32 {
    (number & 0xffff_ffff) as u32
}

/// Text with U+FFFD for each byte that is not UTF-8, as Go prints it.
fn lossy(mut bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::new();
    while !bytes.is_empty() {
        let valid = match std::str::from_utf8(bytes) {
            Ok(rest) => {
                text.push_str(rest);
                break;
            }
            Err(error) => error.valid_up_to(),
        };
        let (good, bad) = bytes.split_at_checked(valid).unwrap_or((bytes, &[]));
        text.push_str(std::str::from_utf8(good).unwrap_or_default());
        text.push(char::REPLACEMENT_CHARACTER);
        bytes = bad.split_first().map_or(&[], |(_, rest)| rest);
    }
    Cow::Owned(text)
}

/// The last text under a field number.
fn last_bytes<'a>(records: &[Record<'a>], number: u32) -> Result<Cow<'a, str>, JsonError> {
    let last = records.iter().rev().find(|record| record.number == number);
    last.map_or(Ok(Cow::Borrowed("")), |record| text_of(record.raw))
}

/// Seconds and nanoseconds of a time or duration.
fn parts_of(raw: Raw<'_>) -> Result<(i64, i32), JsonError> {
    let (mut seconds, mut nanos) = (0, 0);
    for record in Records::new(bytes_of(raw)?) {
        match record? {
            Record { number: 1, raw } => seconds = number_of(Some(raw))?.cast_signed(),
            Record { number: 2, raw } => nanos = low_32(number_of(Some(raw))?).cast_signed(),
            _ => {}
        }
    }
    Ok((seconds, nanos))
}

fn time_of(raw: Raw<'_>) -> Result<Timestamp, JsonError> {
    parts_of(raw).map(|(seconds, nanos)| Timestamp { seconds, nanos })
}

fn duration_of(raw: Raw<'_>) -> Result<Duration, JsonError> {
    parts_of(raw).map(|(seconds, nanos)| Duration { seconds, nanos })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosmos::json::sink::TextSink;

    #[test]
    fn printing_ends_at_the_limit() {
        // Each item is two bytes and prints many defaults.
        let items = [0x0a, 0].repeat(1000);
        let bids = wire::descriptor("akash.market.v1beta5.QueryBidsResponse").unwrap();
        let print = |left| {
            let mut sink = TextSink::default();
            Printer {
                sink: &mut sink,
                left,
                depth: 0,
            }
            .message(bids, &items)
        };
        assert_eq!(print(10_000).unwrap_err().problem(), &Problem::TooLarge);
        assert!(print(100_000).is_ok());
    }

    #[test]
    fn broken_text_shows_one_mark_a_byte() {
        assert_eq!(lossy(b"a\xff\xfeb"), "a\u{fffd}\u{fffd}b");
        assert_eq!(lossy(b"\xe2\x82"), "\u{fffd}\u{fffd}");
        assert_eq!(lossy("\u{20ac}".as_bytes()), "\u{20ac}");
    }
}
