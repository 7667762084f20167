//! Messages: protobuf bytes read, written again, and printed as JSON; and what the decoder refuses.

use super::field::{Fields, expected, vectors};
use super::{Case, Failure, Work, hex};
use akash_sdk::cosmos::json::{to_json, to_text};
use akash_sdk::cosmos::wire::{Typed, descriptor};
use serde_json::{Value, json};
use std::hint::black_box;

pub(super) fn cases(file: &Value) -> Result<Vec<Case>, Failure> {
    let case = |case: &Value| {
        if case.get("accepted").is_some() || case.get("case").is_none() {
            let expected = expected(case, &["accepted", "reencoded_hex", "json"]);
            return Ok(Case::of(
                case.at("name").clone(),
                expected,
                Decoding::read(case),
            ));
        }
        let name = format!("{}/{}", case.text("type")?, case.text("case")?);
        Ok(Case::of(
            name,
            expected(case, &["hex", "json"]),
            Encoded::read(case),
        ))
    };
    vectors(file, "vectors")?.iter().map(case).collect()
}

/// A message in bytes.
struct Message {
    type_name: String,
    bytes: Vec<u8>,
    typed: Typed,
}

impl Message {
    fn read(case: &Value) -> Result<Self, Failure> {
        let name = case.text("type")?;
        let message = descriptor(name).ok_or_else(|| format!("there is no message `{name}`"))?;
        Ok(Self {
            type_name: name.to_owned(),
            bytes: hex::bytes(case.text("hex")?)?,
            typed: message.typed,
        })
    }
}

/// A message that the reference wrote.
struct Encoded {
    message: Message,
    /// The message holds a map, whose entries have no order.
    unordered: bool,
}

impl Encoded {
    fn read(case: &Value) -> Result<Self, Failure> {
        let note = case.some_text("note").unwrap_or_default();
        Ok(Self {
            message: Message::read(case)?,
            unordered: note.contains("re-encoding"),
        })
    }
}

impl Work for Encoded {
    fn output(&self) -> Result<Value, Failure> {
        let Message {
            type_name,
            bytes,
            typed,
        } = &self.message;
        let again = (typed.recode)(bytes)?;
        Ok(json!({"hex": hex::text(&again), "json": to_json(type_name, bytes)?}))
    }

    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        let bytes = |value: &Value| {
            let mut digits = value
                .some_text("hex")
                .unwrap_or_default()
                .as_bytes()
                .to_vec();
            if self.unordered {
                digits.sort_unstable();
            }
            digits
        };
        bytes(expected) == bytes(output) && expected.at("json") == output.at("json")
    }

    fn exercise(&self) -> Result<usize, Failure> {
        let Message {
            type_name,
            bytes,
            typed,
        } = &self.message;
        black_box(((typed.recode)(bytes)?, to_text(type_name, bytes)?));
        Ok(1)
    }
}

/// Bytes made by hand to try the decoder.
struct Decoding {
    name: String,
    message: Message,
}

impl Decoding {
    /// What the reference reads although it is damaged, and we refuse.
    const STRICTER: [&str; 3] = ["invalid-utf8", "varint-10-bytes-overflow", "amount-hex"];
    /// What the reference writes wrongly: as zero bytes.
    const MISWRITTEN: &str = "negative-enum";

    fn read(case: &Value) -> Result<Self, Failure> {
        Ok(Self {
            name: case.text("name")?.to_owned(),
            message: Message::read(case)?,
        })
    }

    fn run(&self) -> Result<(Vec<u8>, Value), Failure> {
        let again = (self.message.typed.recode)(&self.message.bytes)?;
        let json = to_json(&self.message.type_name, &self.message.bytes)?;
        Ok((again, json))
    }
}

impl Work for Decoding {
    fn output(&self) -> Result<Value, Failure> {
        Ok(match self.run() {
            Ok((again, json)) => {
                json!({"accepted": true, "reencoded_hex": hex::text(&again), "json": json})
            }
            Err(error) => json!({"accepted": false, "error": error.to_string()}),
        })
    }

    fn agrees(&self, expected: &Value, output: &Value) -> bool {
        if Self::STRICTER.contains(&&*self.name) && output.at("accepted") == false {
            return true;
        }
        let same = |name: &str| expected.at(name) == output.at(name);
        same("accepted") && same("json") && (same("reencoded_hex") || self.name == Self::MISWRITTEN)
    }
}
