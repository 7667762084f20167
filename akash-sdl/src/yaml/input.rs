//! Bytes to text: encoding and forbidden characters.

use std::borrow::Cow;

use super::error::{Error, ErrorKind};
use super::limits::Limits;
use super::position::Span;

/// A text fit for the scanner.
pub(super) struct Input<'a> {
    pub(super) text: Cow<'a, str>,
    /// Offset of the first character: behind the byte order mark.
    pub(super) start: usize,
    /// Whether every byte is ASCII, so that columns are byte counts.
    pub(super) ascii: bool,
}

pub(super) fn read<'a>(input: &'a [u8], limits: &Limits) -> Result<Input<'a>, Error> {
    if input.len() > limits.size() {
        let kind = ErrorKind::TooLarge {
            size: input.len(),
            limit: limits.size(),
        };
        return Err(Error::new(kind, Span::default(), ""));
    }
    if let [0xFF, 0xFE, rest @ ..] = input {
        return from_utf16(rest, u16::from_le_bytes);
    }
    if let [0xFE, 0xFF, rest @ ..] = input {
        return from_utf16(rest, u16::from_be_bytes);
    }
    let text = match std::str::from_utf8(input) {
        Ok(text) => text,
        Err(error) => {
            let good = error.valid_up_to();
            let text = input
                .get(..good)
                .and_then(|good| std::str::from_utf8(good).ok())
                .unwrap_or("");
            check(text)?;
            let length = error.error_len().unwrap_or(input.len() - good);
            return Err(Error::new(
                ErrorKind::InvalidEncoding,
                span(good, good + length),
                text,
            ));
        }
    };
    check(text)?;
    let start = if text.starts_with('\u{FEFF}') { 3 } else { 0 };
    Ok(Input {
        text: Cow::Borrowed(text),
        start,
        ascii: text.is_ascii(),
    })
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Input<'static>, Error> {
    let pairs = bytes.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let units = pairs.filter_map(|pair| pair.try_into().ok()).map(unit);
    let mut text = String::with_capacity(bytes.len() / 2);
    for c in char::decode_utf16(units) {
        let Ok(c) = c else {
            let at = text.len();
            return Err(Error::new(ErrorKind::InvalidEncoding, span(at, at), &text));
        };
        text.push(c);
    }
    if odd {
        let at = text.len();
        return Err(Error::new(ErrorKind::InvalidEncoding, span(at, at), &text));
    }
    check(&text)?;
    let ascii = text.is_ascii();
    Ok(Input {
        text: Cow::Owned(text),
        start: 0,
        ascii,
    })
}

/// Refuses the characters YAML allows only as escapes.
fn check(text: &str) -> Result<(), Error> {
    // Bytes first, without branches, so that the compiler can vectorise: 0x7F begins nothing else in
    // UTF-8, and a forbidden character above it begins with C2 or EF.
    let suspicious = text.bytes().fold(false, |bad, byte| {
        bad | ((byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r'))
            | (byte == 0x7F)
            | (byte == 0xC2)
            | (byte == 0xEF)
    });
    if !suspicious {
        return Ok(());
    }
    match text.char_indices().find(|&(_, c)| !is_allowed(c)) {
        Some((at, c)) => Err(Error::new(
            ErrorKind::ControlCharacter(c),
            span(at, at + c.len_utf8()),
            text,
        )),
        None => Ok(()),
    }
}

const fn is_allowed(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// A span of byte offsets; texts are shorter than 2^31 bytes, so none is cut.
pub(super) fn span(start: usize, end: usize) -> Span {
    Span::new(narrow(start), narrow(end))
}

/// An offset as 32 bits; texts are shorter than 2^31 bytes, so none is cut.
pub(super) fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
