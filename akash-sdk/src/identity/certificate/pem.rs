//! PEM as Go's `encoding/pem` reads and writes it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A block: what stands between `BEGIN` and `END`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) label: String,
    /// Lines `Key: value` before the data, as older encrypted keys have them.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) bytes: Vec<u8>,
}

impl Block {
    /// The last header of this name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let named = self.headers.iter().rev().find(|(key, _)| key == name);
        named.map(|(_, value)| value.as_str())
    }
}

const BEGIN: &str = "-----BEGIN ";
const DASHES: &str = "-----";

/// Writes a block in lines of 64 characters.
pub(crate) fn encode(label: &str, bytes: &[u8]) -> String {
    let text = STANDARD.encode(bytes);
    let mut out = format!("{BEGIN}{label}{DASHES}\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, tail) = rest.split_at_checked(64).unwrap_or((rest, ""));
        out.push_str(line);
        out.push('\n');
        rest = tail;
    }
    out.push_str("-----END ");
    out.push_str(label);
    out.push_str(DASHES);
    out.push('\n');
    out
}

/// Reads the first block and what follows the line that ends it. Text before the block and broken blocks are passed
/// over.
pub(crate) fn decode(text: &str) -> Option<(Block, &str)> {
    let mut rest = text;
    loop {
        rest = after_begin(rest)?;
        if let Some(found) = block(rest) {
            return Some(found);
        }
    }
}

/// What follows the next `-----BEGIN ` at the beginning of a line.
fn after_begin(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(BEGIN) {
        return Some(rest);
    }
    let at = text.find("\n-----BEGIN ")?;
    text.get(at..)?.strip_prefix("\n-----BEGIN ")
}

/// The line without blanks at its end, and what follows it.
fn line(text: &str) -> (&str, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = line.strip_suffix('\r').unwrap_or(line);
    (line.trim_end_matches([' ', '\t']), rest)
}

fn block(text: &str) -> Option<(Block, &str)> {
    let (first, body) = line(text);
    let label = first.strip_suffix(DASHES)?;
    let end = format!("-----END {label}{DASHES}");
    let mut headers = Vec::new();
    let mut body = body;
    while let (first, rest) = line(body)
        && let Some((key, value)) = first.split_once(':')
    {
        headers.push((key.trim().to_owned(), value.trim().to_owned()));
        body = rest;
    }
    let (data, tail) = if headers.is_empty()
        && let Some(tail) = body.strip_prefix(&end)
    {
        ("", tail)
    } else {
        body.split_once(&format!("\n{end}"))?
    };
    let (left, rest) = line(tail);
    if !left.is_empty() {
        return None;
    }
    let data: String = data
        .chars()
        .filter(|c| !matches!(c, '\n' | '\r' | ' ' | '\t'))
        .collect();
    Some((
        Block {
            label: label.to_owned(),
            headers,
            bytes: STANDARD.decode(data).ok()?,
        },
        rest,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read_back() {
        for len in [0usize, 1, 48, 49, 100] {
            let text = encode("EC PUBLIC KEY", &vec![3; len]);
            let (block, rest) = decode(&text).unwrap();
            assert_eq!(
                (block.label.as_str(), block.bytes.len(), rest),
                ("EC PUBLIC KEY", len, "")
            );
        }
    }

    #[test]
    fn headers_are_read() {
        let text =
            "-----BEGIN A-----\nProc-Type: 4,ENCRYPTED\nDEK-Info : x \n\nAAA=\n-----END A-----\n";
        let (block, rest) = decode(text).unwrap();
        assert_eq!(
            (block.bytes.as_slice(), rest, block.header("DEK-Info")),
            (&[0, 0][..], "", Some("x"))
        );
        assert_eq!(block.header("Proc-Type"), Some("4,ENCRYPTED"));
        assert_eq!(block.header("proc-type"), None);
    }

    #[test]
    fn text_before_is_passed_over_and_text_after_is_left() {
        let text = format!("# mine\n{}\nmore", encode("A", b"x"));
        let (block, rest) = decode(&text).unwrap();
        assert_eq!((block.bytes.as_slice(), rest), (&b"x"[..], "\nmore"));
        assert!(decode("-----BEGIN A-----\nAA==\n-----END B-----\n").is_none());
        assert!(decode("").is_none());
    }
}
