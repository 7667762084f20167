//! Plain scalars.

use super::cursor::is_blank;
use super::{Scanner, Token, TokenKind};
use crate::yaml::error::{Error, ErrorKind};
use crate::yaml::input::narrow;

impl<'s, const W: bool> Scanner<'s, W> {
    /// Scans a plain scalar, and whether it ended behind a line break.
    pub(super) fn plain(&mut self) -> Result<(Token, bool), Error> {
        self.simple_key_allowed = false;
        let start = self.pos;
        let indent = self.indent + 1;
        let owned_start = self.owned.len();
        // The content not yet copied, which is one run of the source; copying starts with the second line.
        let (mut run, mut end) = (start, start);
        let mut folded = false;
        let mut first_break = "";
        self.breaks.clear();

        loop {
            self.need(4)?;
            if self.at_document_marker() || self.current() == b'#' {
                break;
            }
            let at = self.pos;
            self.skip_plain_word();
            if self.pos > at {
                self.need_each(at, 2)?;
                if !first_break.is_empty() {
                    self.owned.push_str(slice(self.text, run, end));
                    self.fold(first_break);
                    first_break = "";
                    folded = true;
                    run = at;
                }
                end = self.pos;
            }

            let at = self.pos;
            loop {
                if !W {
                    self.skip_spaces();
                }
                let byte = self.current();
                if is_blank(byte) {
                    if byte == b'\t' && !first_break.is_empty() && self.left_of(indent) {
                        return Err(self.error_here(ErrorKind::TabIndentation));
                    }
                    self.pos += 1;
                    self.need(1)?;
                    continue;
                }
                self.need_break()?;
                let line_break = self.read_break();
                if line_break.is_empty() {
                    break;
                } else if first_break.is_empty() {
                    first_break = line_break;
                } else {
                    self.breaks.push_str(line_break);
                }
            }
            if self.pos == at || (self.flow_level == 0 && self.left_of(indent)) {
                break;
            }
        }

        let mut token = Token::new(TokenKind::Scalar, narrow(start), narrow(end));
        if folded {
            self.owned.push_str(slice(self.text, run, end));
            token.owned = true;
            token.a = narrow(owned_start);
            token.b = narrow(self.owned.len() - owned_start);
        } else {
            token.a = token.start;
            token.b = token.end - token.start;
        }
        let broken = !first_break.is_empty();
        if broken {
            self.simple_key_allowed = true;
        }
        Ok((token, broken))
    }

    #[inline]
    fn left_of(&mut self, indent: i32) -> bool {
        i64::from(self.column()) < i64::from(indent)
    }

    /// Steps over characters up to a blank, a line break, `: `, or an indicator of flow collections.
    ///
    /// Single spaces inside a text are stepped over too, unless each step must be noted.
    #[inline]
    fn skip_plain_word(&mut self) {
        let mask = if self.flow_level > 0 {
            BLOCK_STOP | FLOW_STOP
        } else {
            BLOCK_STOP
        };
        loop {
            if self.flow_level == 0 {
                self.skip_common();
            }
            let rest = self.bytes.get(self.pos..).unwrap_or_default();
            let Some(ahead) = rest.iter().position(|&byte| stop(byte) & mask != 0) else {
                self.pos = self.bytes.len();
                return;
            };
            self.pos += ahead;
            let stops = match self.current() {
                b':' => self.is_blankz(self.pos + 1),
                0xC2 | 0xE2 => self.break_len(self.pos) > 0,
                b' ' if !W => {
                    let next = self.byte(self.pos + 1);
                    matches!(next, 0 | b'#') || stop(next) & mask != 0
                }
                _ => true,
            };
            if stops {
                return;
            }
            self.pos += 1;
        }
    }

    /// Steps over characters that stop no word outside of flow collections, eight at a time; fewer
    /// than eight may be left, and what is not ASCII.
    #[inline]
    fn skip_common(&mut self) {
        const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
        const ONES: u64 = u64::from_ne_bytes([1; 8]);
        let ahead = |pos| self.bytes.get(pos..).and_then(<[u8]>::first_chunk);
        while let Some(chunk) = ahead(self.pos) {
            let bytes = u64::from_le_bytes(*chunk);
            // The high bit of a byte is set if it is no more than a space, or a colon, or not ASCII;
            // behind the first of those it may be set in others too.
            let blank = bytes.wrapping_sub(ONES * 0x21);
            let colon = (bytes ^ (ONES * 0x3A)).wrapping_sub(ONES);
            let stops = (blank | colon | bytes) & HIGH;
            self.pos += (stops.trailing_zeros() / 8) as usize;
            if stops != 0 {
                return;
            }
        }
    }

    /// Writes what line breaks become between two lines of a scalar.
    pub(super) fn fold(&mut self, first: &str) {
        if first == "\n" {
            if self.breaks.is_empty() {
                self.owned.push(' ');
            }
        } else {
            self.owned.push_str(first);
        }
        self.owned.push_str(&self.breaks);
        self.breaks.clear();
    }
}

/// A part of the text between two token offsets.
#[inline]
pub(super) fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}

/// A byte that may end a word of a plain scalar.
const BLOCK_STOP: u8 = 1;
/// One that may do so in flow collections only.
const FLOW_STOP: u8 = 2;

#[inline]
fn stop(byte: u8) -> u8 {
    STOPS.get(usize::from(byte)).copied().unwrap_or(0)
}

static STOPS: [u8; 256] = stops();

#[allow(
    clippy::indexing_slicing,
    reason = "evaluated by the compiler, which checks the index"
)]
const fn stops() -> [u8; 256] {
    let mut stops = [0; 256];
    let mut byte: usize = 0;
    while byte < 256 {
        stops[byte] = match byte.to_le_bytes()[0] {
            b' ' | b'\t' | b'\n' | b'\r' | b':' | 0xC2 | 0xE2 => BLOCK_STOP,
            b',' | b'?' | b'[' | b']' | b'{' | b'}' => FLOW_STOP,
            _ => 0,
        };
        byte += 1;
    }
    stops
}
