//! Literal and folded block scalars.

use super::cursor::is_blank;
use super::plain::slice;
use super::{Scanner, Token, TokenKind};
use crate::yaml::error::{Error, ErrorKind};
use crate::yaml::input::{narrow, span};
use crate::yaml::tree::Style;

/// What becomes of the line breaks at the end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Chomp {
    Strip,
    Clip,
    Keep,
}

impl<'s, const W: bool> Scanner<'s, W> {
    pub(super) fn block_scalar(&mut self, literal: bool) -> Result<(), Error> {
        self.remove_key()?;
        self.simple_key_allowed = true;

        let start = self.pos;
        self.pos += 1;
        let (chomp, increment) = self.block_header()?;
        let mut end = self.pos;
        // 0 until the first line with text tells.
        let mut indent = if increment > 0 {
            self.indent.max(0).saturating_add(increment)
        } else {
            0
        };

        let owned_start = self.owned.len();
        let mut first_break = "";
        let mut leading_blank = false;
        self.breaks.clear();
        self.block_breaks(&mut indent, &mut end)?;
        while i64::from(self.column()) == i64::from(indent) && self.current() != 0 {
            let blank = is_blank(self.current());
            if !literal && !leading_blank && !blank && first_break == "\n" {
                if self.breaks.is_empty() {
                    self.owned.push(' ');
                }
            } else {
                self.owned.push_str(first_break);
            }
            self.owned.push_str(&self.breaks);
            self.breaks.clear();
            leading_blank = blank;

            let at = self.pos;
            self.skip_to_break()?;
            self.need(2)?;
            self.owned.push_str(slice(self.text, at, self.pos));
            first_break = self.read_break();
            self.block_breaks(&mut indent, &mut end)?;
        }
        if chomp != Chomp::Strip {
            self.owned.push_str(first_break);
        }
        if chomp == Chomp::Keep {
            self.owned.push_str(&self.breaks);
        }

        let mut token = Token::new(TokenKind::Scalar, narrow(start), narrow(end));
        token.style = if literal {
            Style::Literal
        } else {
            Style::Folded
        };
        token.owned = true;
        token.a = narrow(owned_start);
        token.b = narrow(self.owned.len() - owned_start);
        self.queue.push(token);
        Ok(())
    }

    /// Chomping and indentation indicators, comment, line break.
    fn block_header(&mut self) -> Result<(Chomp, i32), Error> {
        let mut chomp = self.chomp();
        let increment = match self.current() {
            b'0' => return Err(self.error_here(ErrorKind::BlockIndent)),
            digit @ b'1'..=b'9' => {
                self.pos += 1;
                if chomp.is_none() {
                    chomp = self.chomp();
                }
                i32::from(digit - b'0')
            }
            _ => 0,
        };
        self.skip_blanks()?;
        self.need(1)?;
        if self.current() == b'#' {
            self.skip_to_break()?;
        }
        self.need_break()?;
        if !self.is_breakz(self.pos) {
            return Err(self.error_here(ErrorKind::BlockHeader));
        }
        self.read_break();
        Ok((chomp.unwrap_or(Chomp::Clip), increment))
    }

    fn chomp(&mut self) -> Option<Chomp> {
        let chomp = match self.current() {
            b'+' => Chomp::Keep,
            b'-' => Chomp::Strip,
            _ => return None,
        };
        self.pos += 1;
        Some(chomp)
    }

    /// Indentation and empty lines before the next line with text.
    fn block_breaks(&mut self, indent: &mut i32, end: &mut usize) -> Result<(), Error> {
        *end = self.pos;
        let mut deepest = 0;
        loop {
            // Only spaces stand before the column that is looked at, so it is a byte count.
            let mut column = i32::try_from(self.pos - self.line_start).unwrap_or(i32::MAX);
            while (*indent == 0 || column < *indent) && self.current() == b' ' {
                self.pos += 1;
                column = column.saturating_add(1);
                self.need(1)?;
            }
            self.need_break()?;
            deepest = deepest.max(column);
            if (*indent == 0 || column < *indent) && self.current() == b'\t' {
                return Err(self.error(ErrorKind::TabIndentation, span(self.pos, self.pos + 1)));
            }
            let line_break = self.read_break();
            if line_break.is_empty() {
                break;
            }
            self.breaks.push_str(line_break);
            *end = self.pos;
        }
        if *indent == 0 {
            *indent = deepest.max(self.indent.saturating_add(1)).max(1);
        }
        Ok(())
    }
}
