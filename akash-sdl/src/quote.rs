//! Scalars in quotes.

use core::fmt::Write as _;

/// Writes a text in double quotes. YAML 1.1 and JSON read it back alike, on one line, whatever the
/// text holds.
pub(crate) fn double(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // Line breaks of YAML 1.1, which folding would change, and what may only be escaped.
            '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {
                escape(out, c);
            }
            c if c.is_control() => escape(out, c),
            c => out.push(c),
        }
    }
    out.push('"');
}

fn escape(out: &mut String, c: char) {
    // Writing to a String cannot fail; all that is escaped lies below U+10000.
    let _ = write!(out, "\\u{:04x}", u32::from(c));
}

/// Whether a character ends a line in YAML 1.1.
pub(crate) const fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a line says nothing.
pub(crate) fn is_comment_or_blank(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t']);
    line.is_empty() || line.starts_with('#')
}

/// Whether a text could stand without quotes as far as its meaning goes: no number, flag or null,
/// neither in YAML 1.1 nor in 1.2. Whether it may where it is to stand
/// shows when it is read there.
pub(crate) fn may_be_plain(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '/' || c == '_')
        && !is_flag(text)
        && !text.eq_ignore_ascii_case("null")
}

/// Whether a text is a word that needs quotes nowhere, whoever reads it.
pub(crate) fn is_word(text: &str) -> bool {
    const MOST: usize = 128;
    text.len() <= MOST
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && text.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_./:@=".contains(&b))
        && !is_flag(text)
        && !text.eq_ignore_ascii_case("null")
}

/// The words that YAML 1.1 takes for flags. The chain takes them for texts where texts are wanted;
/// other readers do not.
pub(crate) fn is_flag(text: &str) -> bool {
    const WORDS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "true", "false"];
    WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::double;
    use crate::yaml::{self, Resolved};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reads_back_as_yaml_and_as_json(text: String) {
            let mut quoted = String::new();
            double(&mut quoted, &text);
            let breaks = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];
            prop_assert!(!quoted.contains(breaks));
            let tree = yaml::parse(quoted.as_bytes()).unwrap();
            prop_assert_eq!(tree.root().resolve(), Ok(Resolved::Str(&text)));
            prop_assert_eq!(serde_json::from_str::<String>(&quoted).unwrap(), text);
        }
    }
}
