//! Where printed values go: text, or a tree.

use serde_json::{Map, Number, Value};

/// Receives a document value by value.
pub(super) trait Sink {
    fn open_object(&mut self);
    fn close_object(&mut self);
    fn open_list(&mut self);
    fn close_list(&mut self);
    /// The name of the next member.
    fn key(&mut self, name: &str);
    fn null(&mut self);
    fn bool(&mut self, value: bool);
    fn number(&mut self, value: i64);
    fn text(&mut self, value: &str);
}

/// Builds a tree.
#[derive(Default)]
pub(super) struct ValueSink {
    /// Containers under construction, with the name each will stand under.
    open: Vec<(Option<String>, Value)>,
    /// Name of the next member.
    key: Option<String>,
    done: Value,
}

impl ValueSink {
    pub(super) fn finish(self) -> Value {
        self.done
    }

    fn put(&mut self, key: Option<String>, value: Value) {
        match (self.open.last_mut(), key) {
            (Some((_, Value::Object(members))), Some(key)) => drop(members.insert(key, value)),
            (Some((_, Value::Array(items))), _) => items.push(value),
            _ => self.done = value,
        }
    }

    fn scalar(&mut self, value: Value) {
        let key = self.key.take();
        self.put(key, value);
    }

    fn open(&mut self, container: Value) {
        let key = self.key.take();
        self.open.push((key, container));
    }

    fn close(&mut self) {
        if let Some((key, value)) = self.open.pop() {
            self.put(key, value);
        }
    }
}

impl Sink for ValueSink {
    fn open_object(&mut self) {
        self.open(Value::Object(Map::new()));
    }

    fn close_object(&mut self) {
        self.close();
    }

    fn open_list(&mut self) {
        self.open(Value::Array(Vec::new()));
    }

    fn close_list(&mut self) {
        self.close();
    }

    fn key(&mut self, name: &str) {
        self.key = Some(name.to_owned());
    }

    fn null(&mut self) {
        self.scalar(Value::Null);
    }

    fn bool(&mut self, value: bool) {
        self.scalar(Value::Bool(value));
    }

    fn number(&mut self, value: i64) {
        self.scalar(Value::Number(Number::from(value)));
    }

    fn text(&mut self, value: &str) {
        self.scalar(Value::String(value.to_owned()));
    }
}

/// Writes text, compact.
#[derive(Default)]
pub(super) struct TextSink {
    text: String,
    /// Whether a comma is due before the next member or item.
    comma: bool,
}

impl TextSink {
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn begin(&mut self) {
        if self.comma {
            self.text.push(',');
        }
        self.comma = true;
    }

    fn open(&mut self, bracket: char) {
        self.begin();
        self.text.push(bracket);
        self.comma = false;
    }

    fn close(&mut self, bracket: char) {
        self.text.push(bracket);
        self.comma = true;
    }

    /// A JSON string as Go's `encoding/json` writes it, with the HTML characters escaped.
    fn quote(&mut self, text: &str) {
        self.text.push('"');
        let mut plain = 0;
        for (at, character) in text.char_indices() {
            let escape = match character {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\u{8}' => "\\b",
                '\u{c}' => "\\f",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                '<' => "\\u003c",
                '>' => "\\u003e",
                '&' => "\\u0026",
                '\u{2028}' => "\\u2028",
                '\u{2029}' => "\\u2029",
                '\0'..='\u{1f}' => "",
                _ => continue,
            };
            self.text.push_str(text.get(plain..at).unwrap_or_default());
            if escape.is_empty() {
                self.text
                    .push_str(&format!("\\u{:04x}", u32::from(character)));
            } else {
                self.text.push_str(escape);
            }
            plain = at + character.len_utf8();
        }
        self.text.push_str(text.get(plain..).unwrap_or_default());
        self.text.push('"');
    }
}

impl Sink for TextSink {
    fn open_object(&mut self) {
        self.open('{');
    }

    fn close_object(&mut self) {
        self.close('}');
    }

    fn open_list(&mut self) {
        self.open('[');
    }

    fn close_list(&mut self) {
        self.close(']');
    }

    fn key(&mut self, name: &str) {
        self.begin();
        self.quote(name);
        self.text.push(':');
        self.comma = false;
    }

    fn null(&mut self) {
        self.begin();
        self.text.push_str("null");
    }

    fn bool(&mut self, value: bool) {
        self.begin();
        self.text.push_str(if value { "true" } else { "false" });
    }

    fn number(&mut self, value: i64) {
        self.begin();
        self.text.push_str(&value.to_string());
    }

    fn text(&mut self, value: &str) {
        self.begin();
        self.quote(value);
    }
}
