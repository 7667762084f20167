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
    /// Present if it matters how far the text is looked at.
    pub(super) window: Option<Box<Window>>,
}

/// How far yaml.v3 has read a text.
///
/// It reads 512 bytes at a time, and refuses forbidden characters when it comes to them: those that
/// stand further behind the end of the first document are never seen. It also tells a byte order mark
/// by the first character of what it has read instead of the current one.
#[derive(Debug)]
pub(super) struct Window {
    /// Offset where the last reading began.
    base: usize,
    /// Offset behind what has been read.
    loaded: usize,
    /// How many ends of text were read behind it.
    ends: usize,
    forbidden: Option<Forbidden>,
}

/// The first forbidden character; the text of the [`Input`] ends before it.
#[derive(Debug)]
struct Forbidden {
    /// How many bytes are read before it shows; without bound if the text breaks off in it.
    width: usize,
    error: Error,
}

const WINDOW: usize = 512;

impl Window {
    const fn new(forbidden: Option<Forbidden>) -> Self {
        Self {
            base: 0,
            loaded: 0,
            ends: 0,
            forbidden,
        }
    }

    /// Reads on until a number of characters from the current position are known.
    #[cold]
    pub(super) fn load(&mut self, text: &str, pos: usize, chars: usize) -> Result<(), Error> {
        let count = |from: usize, to: usize| {
            text.get(from..to)
                .map_or(0, |text| text.chars().take(chars).count())
        };
        let mut unread = count(pos, self.loaded) + self.ends;
        if unread >= chars {
            return Ok(());
        }
        self.base = pos;
        while unread < chars {
            let mut end = self.loaded + WINDOW;
            match &self.forbidden {
                Some(Forbidden { width, error })
                    if self.loaded == text.len() || text.len().saturating_add(*width) <= end =>
                {
                    return Err(error.clone());
                }
                None if self.loaded == text.len() => {
                    self.ends += 1;
                    break;
                }
                _ => {}
            }
            end = end.min(text.len());
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            unread += count(self.loaded.max(pos), end);
            self.loaded = end;
        }
        Ok(())
    }

    /// Reads on after each character of a run.
    #[cold]
    pub(super) fn load_each(
        &mut self,
        text: &str,
        from: usize,
        to: usize,
        chars: usize,
    ) -> Result<(), Error> {
        let mut pos = from;
        for c in text.get(from..to).unwrap_or("").chars() {
            pos += c.len_utf8();
            self.load(text, pos, chars)?;
        }
        Ok(())
    }

    /// Whether yaml.v3 takes the current character for a byte order mark if it begins a line.
    pub(super) fn at_mark(&self, text: &str) -> bool {
        text.get(self.base..)
            .is_some_and(|text| text.starts_with(MARK))
    }
}

const MARK: char = '\u{FEFF}';

pub(super) fn read<'a>(input: &'a [u8], limits: &Limits) -> Result<Input<'a>, Error> {
    if input.len() > limits.most_bytes() {
        let kind = ErrorKind::TooLarge {
            size: input.len(),
            limit: limits.most_bytes(),
        };
        return Err(Error::new(kind, Span::default(), ""));
    }
    if let [0xFF, 0xFE, rest @ ..] = input {
        return from_utf16(rest, u16::from_le_bytes);
    }
    if let [0xFE, 0xFF, rest @ ..] = input {
        return from_utf16(rest, u16::from_be_bytes);
    }
    let (mut text, mut forbidden) = match std::str::from_utf8(input) {
        Ok(text) => (text, None),
        Err(error) => {
            let (good, bad) = input
                .split_at_checked(error.valid_up_to())
                .unwrap_or((input, &[]));
            let text = std::str::from_utf8(good).unwrap_or("");
            let width = match (error.error_len(), bad.first()) {
                (None, _) => usize::MAX,
                (Some(_), Some(0xC0..=0xDF)) => 2,
                (Some(_), Some(0xE0..=0xEF)) => 3,
                (Some(_), Some(0xF0..=0xF7)) => 4,
                (Some(_), _) => 1,
            };
            let end = text.len() + error.error_len().unwrap_or(bad.len());
            let error = Error::new(ErrorKind::InvalidEncoding, span(text.len(), end), text);
            (text, Some(Forbidden { width, error }))
        }
    };
    let mut marked = false;
    if is_suspicious(text) {
        if let Some((at, c)) = first_forbidden(text) {
            let width = c.len_utf8();
            let error = Error::new(ErrorKind::ControlCharacter(c), span(at, at + width), text);
            forbidden = Some(Forbidden { width, error });
            text = text.get(..at).unwrap_or(text);
        }
        marked = text.chars().skip(1).any(|c| c == MARK);
    }
    let start = if text.starts_with(MARK) {
        MARK.len_utf8()
    } else {
        0
    };
    let window = (marked || forbidden.is_some()).then(|| Box::new(Window::new(forbidden)));
    Ok(Input {
        text: Cow::Borrowed(text),
        start,
        ascii: text.is_ascii(),
        window,
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
    if let Some((at, c)) = first_forbidden(&text) {
        let span = span(at, at + c.len_utf8());
        return Err(Error::new(ErrorKind::ControlCharacter(c), span, &text));
    }
    let ascii = text.is_ascii();
    Ok(Input {
        text: Cow::Owned(text),
        start: 0,
        ascii,
        window: None,
    })
}

/// Whether a text may hold characters that need a closer look: forbidden ones or byte order marks.
fn is_suspicious(text: &str) -> bool {
    // Bytes without branches, so that the compiler can vectorise: 0x7F begins nothing else in
    // UTF-8, and a forbidden character above it begins with C2 or EF.
    text.bytes().fold(false, |bad, byte| {
        bad | ((byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r'))
            | (byte == 0x7F)
            | (byte == 0xC2)
            | (byte == 0xEF)
    })
}

/// The first character that YAML allows only as an escape.
fn first_forbidden(text: &str) -> Option<(usize, char)> {
    text.char_indices().find(|&(_, c)| !is_allowed(c))
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
