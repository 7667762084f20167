//! The short way through block collections: no tokens for the lines most documents are made of.
//!
//! `key: value`, `key:` and `- item` with plain or quoted scalars go straight to the parser. Whatever
//! else comes is left untouched for the tokens, so that both ways see the same text.

use super::{Scanner, Token};
use crate::yaml::error::Error;

/// What comes next in a block collection.
#[derive(Debug, Clone, Copy)]
pub(in crate::yaml) enum Ahead {
    /// A scalar that is no key.
    Scalar(Token),
    /// A key and its `:`, taken.
    Key(Token),
    /// The first key of a map that begins here and its `:`, taken.
    Mapping(Token),
    /// The first `-` of a list that begins here at the given offset, not taken.
    Sequence(usize),
    /// A `-` in the column of the enclosing map at the given offset, not taken.
    Indentless(usize),
    /// A `-`, taken; the offset is behind it.
    Entry(usize),
    /// Nothing: the value is left out.
    Empty,
    /// The end of the collection.
    End,
    /// Anything else, for the tokens to tell.
    Other,
}

impl<const W: bool> Scanner<'_, W> {
    /// Whether the short way is open: inside a block collection, no token waiting.
    #[inline]
    pub(in crate::yaml) fn is_direct(&self) -> bool {
        !W && self.queue.is_empty()
            && self.flow_level == 0
            && self.indent >= 0
            && self.keys.is_empty()
    }

    /// In a block map, where a key may come.
    #[inline]
    pub(in crate::yaml) fn key_ahead(&mut self) -> Result<Ahead, Error> {
        self.skip_to_token()?;
        let first = self.current();
        let column = self.signed_column();
        if first == 0 || self.at_document_level() {
            return Ok(Ahead::Other);
        }
        if column < self.indent {
            self.indent = self.indents.pop().unwrap_or(-1);
            return Ok(Ahead::End);
        }
        if column > self.indent || !self.simple_key_allowed {
            return Ok(Ahead::Other);
        }
        let (pos, line, line_start, owned) =
            (self.pos, self.line, self.line_start, self.owned.len());
        if let Some((token, broken)) = self.scalar_ahead(first)? {
            if !broken && self.take_colon(pos, line)? {
                return Ok(Ahead::Key(token));
            }
            // Something is wrong here: let the tokens find out what.
            (self.pos, self.line, self.line_start) = (pos, line, line_start);
            self.counted = (line_start, 0);
            self.owned.truncate(owned);
            self.simple_key_allowed = true;
        }
        Ok(Ahead::Other)
    }

    /// Behind the `:` of a block map.
    #[inline]
    pub(in crate::yaml) fn value_ahead(&mut self) -> Result<Ahead, Error> {
        self.skip_to_token()?;
        let first = self.current();
        if first == 0 {
            return Ok(Ahead::Other);
        }
        if !self.simple_key_allowed {
            // On the line of the key: no collection can begin.
            return Ok(match self.scalar_ahead(first)? {
                Some((token, broken)) => self.end_scalar(token, broken)?,
                None => Ahead::Other,
            });
        }
        let column = self.signed_column();
        if column > self.indent {
            return self.node_ahead(first, column);
        }
        if column < self.indent {
            return Ok(Ahead::Empty);
        }
        if self.at_document_level() {
            return Ok(Ahead::Other);
        }
        Ok(match first {
            b'-' if self.is_blankz(self.pos + 1) => Ahead::Indentless(self.pos),
            b'"' | b'\'' => Ahead::Empty,
            _ if self.starts_plain(first, false) => Ahead::Empty,
            _ => Ahead::Other,
        })
    }

    /// In a block list, where a `-` may come.
    #[inline]
    pub(in crate::yaml) fn entry_ahead(&mut self, indentless: bool) -> Result<Ahead, Error> {
        self.skip_to_token()?;
        let first = self.current();
        let column = self.signed_column();
        if first == 0
            || column > self.indent
            || !self.simple_key_allowed
            || self.at_document_level()
        {
            return Ok(Ahead::Other);
        }
        if column == self.indent && first == b'-' && self.is_blankz(self.pos + 1) {
            self.pos += 1;
            return Ok(Ahead::Entry(self.pos));
        }
        if indentless {
            return Ok(Ahead::End);
        }
        if column < self.indent {
            self.indent = self.indents.pop().unwrap_or(-1);
            return Ok(Ahead::End);
        }
        Ok(Ahead::Other)
    }

    /// Behind the `-` of a block list.
    #[inline]
    pub(in crate::yaml) fn item_ahead(&mut self) -> Result<Ahead, Error> {
        self.skip_to_token()?;
        let first = self.current();
        let column = self.signed_column();
        if first == 0 {
            return Ok(Ahead::Other);
        }
        if column > self.indent {
            return self.node_ahead(first, column);
        }
        let next_entry = first == b'-' && self.is_blankz(self.pos + 1);
        Ok(if column < self.indent || next_entry {
            Ahead::Empty
        } else {
            Ahead::Other
        })
    }

    /// A node deeper than the current collection, where a key may start.
    #[inline]
    fn node_ahead(&mut self, first: u8, column: i32) -> Result<Ahead, Error> {
        if first == b'-' && self.is_blankz(self.pos + 1) {
            self.deepen(column);
            return Ok(Ahead::Sequence(self.pos));
        }
        let (pos, line) = (self.pos, self.line);
        Ok(match self.scalar_ahead(first)? {
            Some((token, false)) if self.take_colon(pos, line)? => {
                self.deepen(column);
                Ahead::Mapping(token)
            }
            Some((token, broken)) => self.end_scalar(token, broken)?,
            None => Ahead::Other,
        })
    }

    /// A plain or quoted scalar, if one starts here; whether it ended behind a line break.
    #[inline]
    fn scalar_ahead(&mut self, first: u8) -> Result<Option<(Token, bool)>, Error> {
        match first {
            b'"' | b'\'' => self.quoted(first).map(|token| Some((token, false))),
            _ if self.starts_plain(first, false) => self.plain().map(Some),
            _ => Ok(None),
        }
    }

    #[inline]
    fn end_scalar(&mut self, token: Token, broken: bool) -> Result<Ahead, Error> {
        if !broken {
            self.skip_line_comment()?;
        }
        Ok(Ahead::Scalar(token))
    }

    /// Takes the `:` that makes a key of a scalar on one line.
    #[inline]
    fn take_colon(&mut self, start: usize, line: u32) -> Result<bool, Error> {
        self.skip_blanks()?;
        let colon = self.current() == b':'
            && self.line == line
            && self.is_near(start)
            && self.is_blankz(self.pos + 1);
        if colon {
            self.pos += 1;
            self.colon_end = self.pos;
            self.simple_key_allowed = false;
            self.skip_line_comment()?;
        }
        Ok(colon)
    }

    #[inline]
    fn deepen(&mut self, column: i32) {
        self.indents.push(self.indent);
        self.indent = column;
    }

    #[inline]
    fn signed_column(&mut self) -> i32 {
        self.column().cast_signed()
    }

    /// Whether a directive or a document marker stands here.
    #[inline]
    fn at_document_level(&self) -> bool {
        self.pos == self.line_start && (self.current() == b'%' || self.at_document_marker())
    }
}
