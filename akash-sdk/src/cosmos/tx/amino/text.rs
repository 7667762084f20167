use crate::cosmos::json::print_second;
use crate::cosmos::wire::Timestamp;
use std::collections::BTreeMap;
use std::fmt::Write;

/// A JSON string, escaped as Go's encoder does: also `<`, `>`, `&` and the two Unicode line separators.
pub(in super::super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                // Writing to a string can't fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A JSON object of values that are JSON already.
pub(super) fn object<K: AsRef<str>>(fields: &BTreeMap<K, String>) -> String {
    let mut out = String::from("{");
    for (key, value) in fields {
        if out.len() > 1 {
            out.push(',');
        }
        out.push_str(&quoted(key.as_ref()));
        out.push(':');
        out.push_str(value);
    }
    out.push('}');
    out
}

/// RFC 3339 in UTC with as many decimals as needed.
pub(super) fn timestamp(at: Timestamp) -> String {
    let mut out = print_second(at.seconds);
    if at.nanos != 0 {
        let decimals = format!(".{:09}", at.nanos);
        out.push_str(decimals.trim_end_matches('0'));
    }
    out.push('Z');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_escaped_like_gos() {
        assert_eq!(
            quoted("a\"\\<>&\u{2028}\n\u{1}\u{7f}é"),
            "\"a\\\"\\\\\\u003c\\u003e\\u0026\\u2028\\n\\u0001\u{7f}é\""
        );
    }

    #[test]
    fn times_have_the_decimals_they_need() {
        let text = |seconds, nanos| timestamp(Timestamp { seconds, nanos });
        assert_eq!(text(0, 0), "1970-01-01T00:00:00Z");
        assert_eq!(text(951_782_400, 120), "2000-02-29T00:00:00.00000012Z");
        assert_eq!(text(-62_135_596_800, 0), "0001-01-01T00:00:00Z");
        assert_eq!(
            text(253_402_300_799, 999_999_999),
            "9999-12-31T23:59:59.999999999Z"
        );
    }
}
