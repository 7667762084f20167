//! Canonical JSON, written straight from the types in one pass.
//!
//! Object keys stand in byte order at every level, there is no white space, and text is escaped as
//! Go's `encoding/json` does. These are the bytes that providers hash, so not one may differ.

mod groups;
mod manifest;
mod text;

pub use groups::groups_json;
pub(crate) use manifest::write_manifest;

use crate::num::push_digits;
use text::write_text;

/// Appends JSON to a text.
struct Writer<'a> {
    out: &'a mut String,
}

impl Writer<'_> {
    /// Appends punctuation and keys as they are.
    fn raw(&mut self, json: &str) {
        self.out.push_str(json);
    }

    /// Appends a quoted and escaped text.
    fn text(&mut self, text: &str) {
        write_text(self.out, text);
    }

    fn number(&mut self, value: u64) {
        push_digits(self.out, value);
    }

    /// Appends `{"val":"…"}`, the form of resource values.
    fn value(&mut self, value: u64) {
        self.raw("{\"val\":\"");
        self.number(value);
        self.raw("\"}");
    }

    fn boolean(&mut self, value: bool) {
        self.raw(if value { "true" } else { "false" });
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T)) {
        self.raw("[");
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.raw(",");
            }
            write(self, item);
        }
        self.raw("]");
    }

    fn texts(&mut self, items: &[impl AsRef<str>]) {
        self.list(items, |w, item| w.text(item.as_ref()));
    }

    fn attributes(&mut self, attributes: &[crate::attribute::Attribute]) {
        self.list(attributes, |w, attribute| {
            w.raw("{\"key\":");
            w.text(&attribute.key);
            w.raw(",\"value\":");
            w.text(&attribute.value);
            w.raw("}");
        });
    }
}
