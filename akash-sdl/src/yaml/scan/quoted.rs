//! Scalars in single and double quotes.

use super::cursor::is_blank;
use super::plain::slice;
use super::{Scanner, Token, TokenKind};
use crate::yaml::error::{Error, ErrorKind};
use crate::yaml::input::{narrow, span};
use crate::yaml::tree::Style;

impl<'s, const W: bool> Scanner<'s, W> {
    /// Scans a scalar that begins with the given quote.
    pub(super) fn quoted(&mut self, quote: u8) -> Result<Token, Error> {
        self.simple_key_allowed = false;
        let start = self.pos;
        self.pos += 1;
        let mut token = Token::new(TokenKind::Scalar, narrow(start), 0);
        token.style = if quote == b'"' {
            Style::DoubleQuoted
        } else {
            Style::SingleQuoted
        };

        self.need(4)?;
        self.skip_verbatim(quote);
        self.need_verbatim(start + 1)?;
        if self.current() == quote && !(quote == b'\'' && self.byte(self.pos + 1) == quote) {
            token.a = token.start + 1;
            token.b = narrow(self.pos) - token.a;
        } else {
            let owned_start = self.owned.len();
            self.owned.push_str(slice(self.text, start + 1, self.pos));
            self.quoted_rest(start, quote)?;
            token.owned = true;
            token.a = narrow(owned_start);
            token.b = narrow(self.owned.len() - owned_start);
        }
        self.pos += 1;
        token.end = narrow(self.pos);
        Ok(token)
    }

    /// Steps over characters that stand for themselves, blanks inside a line included.
    ///
    /// Stops before blanks that a line break follows.
    #[inline]
    fn skip_verbatim(&mut self, quote: u8) {
        let mut blanks = self.pos;
        loop {
            match self.current() {
                b' ' | b'\t' => {
                    self.pos += 1;
                    continue;
                }
                0 | b'\n' | b'\r' => {
                    self.pos = blanks;
                    return;
                }
                0xC2 | 0xE2 if self.break_len(self.pos) > 0 => {
                    self.pos = blanks;
                    return;
                }
                byte if byte == quote || (byte == b'\\' && quote == b'"') => return,
                _ => self.pos += 1,
            }
            blanks = self.pos;
        }
    }

    /// Notes what yaml.v3 looks at in a run of characters that stand for themselves.
    #[inline]
    fn need_verbatim(&mut self, from: usize) -> Result<(), Error> {
        if !W {
            return Ok(());
        }
        let end = self.pos;
        self.pos = from;
        while self.pos < end {
            let blank = is_blank(self.current());
            self.pos += self.current_char().map_or(1, char::len_utf8);
            let next_blank = is_blank(self.current());
            self.need(if !blank {
                2
            } else if next_blank {
                1
            } else {
                4
            })?;
        }
        Ok(())
    }

    /// The rest of a scalar that cannot be taken from the source as it stands.
    fn quoted_rest(&mut self, start: usize, quote: u8) -> Result<(), Error> {
        self.breaks.clear();
        loop {
            self.need(4)?;
            if self.at_document_marker() {
                let marker = span(self.pos, self.pos + 3);
                return Err(self.error(ErrorKind::MarkerInQuotes, marker));
            }
            let mut leading_blanks = false;
            loop {
                let at = self.pos;
                self.skip_verbatim(quote);
                self.need_verbatim(at)?;
                self.owned.push_str(slice(self.text, at, self.pos));
                let byte = self.current();
                if byte == quote {
                    if quote == b'"' || self.byte(self.pos + 1) != quote {
                        return Ok(());
                    }
                    self.owned.push('\'');
                    self.pos += 2;
                } else if byte == b'\\' && quote == b'"' {
                    if self.break_len(self.pos + 1) > 0 {
                        self.pos += 1;
                        self.read_break();
                        leading_blanks = true;
                        break;
                    }
                    self.escape()?;
                } else {
                    break;
                }
            }
            if self.current() == 0 {
                return Err(self.error(ErrorKind::UnclosedQuote, span(start, start + 1)));
            }

            let blanks = self.pos;
            let mut first_break = "";
            let mut blanks_end = blanks;
            loop {
                if is_blank(self.current()) {
                    self.pos += 1;
                    self.need(1)?;
                    blanks_end = self.pos;
                    continue;
                }
                self.need_break()?;
                let line_break = self.read_break();
                if line_break.is_empty() {
                    break;
                } else if leading_blanks {
                    self.breaks.push_str(line_break);
                } else {
                    first_break = line_break;
                    leading_blanks = true;
                }
            }
            if leading_blanks && first_break.is_empty() {
                self.owned.push_str(&self.breaks);
                self.breaks.clear();
            } else if leading_blanks {
                self.fold(first_break);
            } else {
                self.owned.push_str(slice(self.text, blanks, blanks_end));
            }
        }
    }

    /// Decodes the escape at the current backslash.
    fn escape(&mut self) -> Result<(), Error> {
        let start = self.pos;
        let (decoded, digits) = match self.byte(start + 1) {
            b'0' => ('\0', 0),
            b'a' => ('\x07', 0),
            b'b' => ('\x08', 0),
            b't' | b'\t' => ('\t', 0),
            b'n' => ('\n', 0),
            b'v' => ('\x0B', 0),
            b'f' => ('\x0C', 0),
            b'r' => ('\r', 0),
            b'e' => ('\x1B', 0),
            b' ' => (' ', 0),
            b'"' => ('"', 0),
            b'\'' => ('\'', 0),
            b'\\' => ('\\', 0),
            b'N' => ('\u{85}', 0),
            b'_' => ('\u{A0}', 0),
            b'L' => ('\u{2028}', 0),
            b'P' => ('\u{2029}', 0),
            b'x' => ('\0', 2),
            b'u' => ('\0', 4),
            b'U' => ('\0', 8),
            0 => return Err(self.error(ErrorKind::UnclosedQuote, span(start, start + 1))),
            _ => {
                let escaped = self
                    .text
                    .get(start + 1..)
                    .and_then(|rest| rest.chars().next())
                    .unwrap_or('\0');
                let end = start + 1 + escaped.len_utf8();
                return Err(self.error(ErrorKind::UnknownEscape(escaped), span(start, end)));
            }
        };
        self.pos += 2;
        if digits == 0 {
            self.owned.push(decoded);
            return Ok(());
        }
        self.need(usize::from(digits))?;
        let mut value = 0;
        for _ in 0..digits {
            let Some(digit) = char::from(self.current()).to_digit(16) else {
                return Err(self.error_from(start, ErrorKind::ShortEscape { digits }));
            };
            value = value << 4 | digit;
            self.pos += 1;
        }
        match char::from_u32(value) {
            Some(decoded) => self.owned.push(decoded),
            None => return Err(self.error_from(start, ErrorKind::InvalidEscape)),
        }
        Ok(())
    }
}
