//! Text as Go's `encoding/json` escapes it, HTML characters included.

/// Appends a quoted text.
pub(super) fn write_text(out: &mut String, text: &str) {
    out.reserve(text.len() + 2);
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(may_be_escaped) {
        let (plain, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(plain);
        let Some(first) = from.chars().next() else {
            rest = from;
            break;
        };
        match first {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            control @ '\0'..='\u{1f}' => {
                let code = u32::from(control);
                out.push_str(if code < 16 { "\\u000" } else { "\\u001" });
                out.extend(char::from_digit(code % 16, 16));
            }
            other => out.push(other),
        }
        rest = from.get(first.len_utf8()..).unwrap_or_default();
    }
    out.push_str(rest);
    out.push('"');
}

/// Whether a byte is escaped, or begins a character that may be.
#[inline]
fn may_be_escaped(byte: u8) -> bool {
    ESCAPED.get(usize::from(byte)).is_some_and(|marked| *marked)
}

static ESCAPED: [bool; 256] = escaped();

#[allow(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which checks the index"
)]
const fn escaped() -> [bool; 256] {
    let mut marked = [false; 256];
    let mut byte: usize = 0;
    while byte < 256 {
        // U+2028 and U+2029 begin with 0xe2
        let listed = matches!(
            byte.to_le_bytes()[0],
            b'"' | b'\\' | b'<' | b'>' | b'&' | 0xe2
        );
        marked[byte] = byte < 0x20 || listed;
        byte += 1;
    }
    marked
}

#[cfg(test)]
mod tests {
    use super::write_text;

    fn json(text: &str) -> String {
        let mut out = String::new();
        write_text(&mut out, text);
        out
    }

    #[test]
    fn escapes() {
        assert_eq!(json(""), r#""""#);
        assert_eq!(json("a\"b\\c/"), r#""a\"b\\c/""#);
        assert_eq!(json("\u{8}\t\n\u{c}\r"), r#""\b\t\n\f\r""#);
        assert_eq!(json("\0\u{1}\u{1f}\u{10}"), r#""\u0000\u0001\u001f\u0010""#);
        assert_eq!(json("<a>&"), r#""\u003ca\u003e\u0026""#);
        assert_eq!(
            json("\u{2027}\u{2028}\u{2029}\u{7f}é€"),
            "\"\u{2027}\\u2028\\u2029\u{7f}é€\""
        );
    }

    #[test]
    fn every_text_reads_back() {
        for text in ["plain", "…<&>…", "\u{2028}", "\u{1}x"] {
            assert_eq!(serde_json::from_str::<String>(&json(text)).unwrap(), text);
        }
    }
}
