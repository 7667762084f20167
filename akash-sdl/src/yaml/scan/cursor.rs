//! Looking at characters and stepping over them.

use super::Scanner;
use crate::yaml::error::Error;
use crate::yaml::input::narrow;

impl<'s, const W: bool> Scanner<'s, W> {
    /// The byte at an offset, 0 behind the end (the text holds no NUL).
    #[inline]
    pub(super) fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    /// The byte at the current position, 0 at the end.
    #[inline]
    pub(super) fn current(&self) -> u8 {
        self.byte(self.pos)
    }

    /// Notes that a number of characters from the current position on are looked at.
    ///
    /// # Errors
    /// A forbidden character comes into view.
    #[inline]
    pub(super) fn need(&mut self, chars: usize) -> Result<(), Error> {
        match &mut self.window {
            Some(window) if W => window.load(self.text, self.pos, chars),
            _ => Ok(()),
        }
    }

    /// As [`need`](Self::need), for a place where a line break may stand.
    #[inline]
    pub(super) fn need_break(&mut self) -> Result<(), Error> {
        if !W {
            return Ok(());
        }
        self.need(if self.break_len(self.pos) > 0 { 2 } else { 1 })
    }

    /// As [`need`](Self::need), after each character from an offset up to the current one.
    #[inline]
    pub(super) fn need_each(&mut self, from: usize, chars: usize) -> Result<(), Error> {
        match &mut self.window {
            Some(window) if W => window.load_each(self.text, from, self.pos, chars),
            _ => Ok(()),
        }
    }

    /// The current column in characters, from 0.
    #[inline]
    pub(super) fn column(&mut self) -> u32 {
        if self.ascii {
            return narrow(self.pos - self.line_start);
        }
        let (mut searched, mut continuation) = self.counted;
        if searched <= self.line_start {
            (searched, continuation) = (self.line_start, 0);
        }
        if let Some(bytes) = self.bytes.get(searched..self.pos) {
            continuation += bytes.iter().filter(|&&byte| byte & 0xC0 == 0x80).count();
            self.counted = (self.pos, continuation);
        }
        narrow(self.pos - self.line_start - continuation)
    }

    /// The length of the line break at an offset, 0 if there is none.
    #[inline]
    pub(super) fn break_len(&self, at: usize) -> usize {
        match self.byte(at) {
            b'\n' => 1,
            b'\r' => 1 + usize::from(self.byte(at + 1) == b'\n'),
            0xC2 if self.byte(at + 1) == 0x85 => 2,
            0xE2 if self.byte(at + 1) == 0x80 && matches!(self.byte(at + 2), 0xA8 | 0xA9) => 3,
            _ => 0,
        }
    }

    /// Whether a line break or the end is at the offset.
    #[inline]
    pub(super) fn is_breakz(&self, at: usize) -> bool {
        self.byte(at) == 0 || self.break_len(at) > 0
    }

    /// Whether a blank, a line break or the end is at the offset.
    #[inline]
    pub(super) fn is_blankz(&self, at: usize) -> bool {
        is_blank(self.byte(at)) || self.is_breakz(at)
    }

    /// Steps over a line break; what it stands for in a scalar, or "" if there is none.
    #[inline]
    pub(super) fn read_break(&mut self) -> &'s str {
        match self.current() {
            b'\n' => {
                self.pos += 1;
                self.line_start = self.pos;
                self.line += 1;
                "\n"
            }
            b' '..=b'~' | 0 => "",
            _ => self.read_rare_break(),
        }
    }

    /// As [`read_break`](Self::read_break), for breaks other than LF.
    #[cold]
    fn read_rare_break(&mut self) -> &'s str {
        let length = self.break_len(self.pos);
        if length == 0 {
            return "";
        }
        let at = self.pos;
        self.pos += length;
        self.line_start = self.pos;
        self.line += 1;
        // Only the separators of Unicode keep their form.
        if length == 3 {
            self.text.get(at..self.pos).unwrap_or("\n")
        } else {
            "\n"
        }
    }

    /// Steps over spaces, eight at a time.
    #[inline]
    pub(super) fn skip_spaces(&mut self) {
        const EIGHT: u64 = u64::from_ne_bytes([b' '; 8]);
        let ahead = |pos| self.bytes.get(pos..).and_then(<[u8]>::first_chunk);
        let mut pos = self.pos;
        while let Some(chunk) = ahead(pos) {
            let others = u64::from_le_bytes(*chunk) ^ EIGHT;
            pos += (others.trailing_zeros() / 8) as usize;
            if others != 0 {
                self.pos = pos;
                return;
            }
        }
        self.pos = pos;
        while self.current() == b' ' {
            self.pos += 1;
        }
    }

    /// Steps over spaces and tabs.
    #[inline]
    pub(super) fn skip_blanks(&mut self) -> Result<(), Error> {
        let at = self.pos;
        while is_blank(self.current()) {
            self.pos += 1;
        }
        self.need_each(at, 1)
    }

    /// Steps to the end of the line.
    pub(super) fn skip_to_break(&mut self) -> Result<(), Error> {
        let start = self.pos;
        let rest = self.bytes.get(start..).unwrap_or_default();
        let end = if self.ascii {
            memchr::memchr2(b'\n', b'\r', rest)
        } else {
            let mut bytes = rest.iter().enumerate();
            bytes.position(|(offset, &byte)| match byte {
                b'\n' | b'\r' => true,
                0xC2 | 0xE2 => self.break_len(start + offset) > 0,
                _ => false,
            })
        };
        self.pos = end.map_or(self.bytes.len(), |offset| start + offset);
        self.need_each(start, 1)
    }

    /// Whether the current line starts here with `---` or `...`.
    #[inline]
    pub(super) fn at_document_marker(&self) -> bool {
        self.pos == self.line_start
            && matches!(self.current(), b'-' | b'.')
            && self
                .bytes
                .get(self.pos..self.pos + 3)
                .is_some_and(|marker| marker == b"---" || marker == b"...")
            && self.is_blankz(self.pos + 3)
    }
}

#[inline]
pub(super) const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

/// A character of anchor names, tag handles and directive names.
#[inline]
pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}
