//! The dispatcher: which token starts here.

use super::{Scanner, TokenKind};
use crate::yaml::error::{Error, ErrorKind};
use crate::yaml::input::span;

impl<const W: bool> Scanner<'_, W> {
    /// Scans one token, or several where block collections begin or end.
    pub(super) fn fetch(&mut self) -> Result<(), Error> {
        let before = self.pos;
        self.skip_to_token()?;
        self.need(4)?;
        if self.flow_level == 0 {
            let column = i32::try_from(self.column()).unwrap_or(i32::MAX);
            if self.indent > column {
                self.unroll_indent(column, before);
            }
        }

        let first = self.current();
        if self.pos == self.line_start {
            if first == b'%' {
                self.reset_block()?;
                return self.directive();
            }
            if self.at_document_marker() {
                let kind = if first == b'-' {
                    TokenKind::DocumentStart
                } else {
                    TokenKind::DocumentEnd
                };
                self.reset_block()?;
                self.push(kind, self.pos, self.pos + 3);
                self.pos += 3;
                return Ok(());
            }
        }

        let flow = self.flow_level > 0;
        match first {
            0 => return self.stream_end(),
            b'[' => self.flow_start(TokenKind::FlowSequenceStart)?,
            b'{' => self.flow_start(TokenKind::FlowMappingStart)?,
            b']' => self.flow_end(TokenKind::FlowSequenceEnd)?,
            b'}' => self.flow_end(TokenKind::FlowMappingEnd)?,
            b',' => {
                self.remove_key()?;
                self.simple_key_allowed = true;
                self.indicator(TokenKind::FlowEntry);
            }
            b'-' if self.is_blankz(self.pos + 1) => {
                // No comment is looked for: yaml.v3 gives it to the entry's value.
                return self.block_entry();
            }
            b'?' if flow || self.is_blankz(self.pos + 1) => self.explicit_key()?,
            b':' if flow || self.is_blankz(self.pos + 1) => self.value()?,
            b'*' => self.anchor(TokenKind::Alias)?,
            b'&' => self.anchor(TokenKind::Anchor)?,
            b'!' => self.tag()?,
            b'|' if !flow => return self.block_scalar(true),
            b'>' if !flow => return self.block_scalar(false),
            quote @ (b'\'' | b'"') => {
                self.save_key()?;
                let token = self.quoted(quote)?;
                self.queue.push(token);
            }
            _ if self.starts_plain(first, flow) => {
                self.save_key()?;
                let (token, broken) = self.plain()?;
                self.queue.push(token);
                if broken {
                    // A comment here belongs to what follows.
                    return Ok(());
                }
            }
            _ => {
                let kind = ErrorKind::UnexpectedCharacter(self.current_char().unwrap_or('\0'));
                return Err(self.error_here(kind));
            }
        }
        self.skip_line_comment()
    }

    #[inline]
    pub(super) fn starts_plain(&self, first: u8, flow: bool) -> bool {
        match first {
            b'-' => !self.is_blankz(self.pos + 1),
            b'?' | b':' => !flow && !self.is_blankz(self.pos + 1),
            b' ' | b'\t' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|'
            | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`' => false,
            _ => true,
        }
    }

    fn stream_end(&mut self) -> Result<(), Error> {
        if self.pos != self.line_start {
            self.line_start = self.pos;
            self.line += 1;
        }
        self.reset_block()?;
        self.push(TokenKind::StreamEnd, self.pos, self.pos);
        Ok(())
    }

    /// Ends all block collections and any possible key.
    fn reset_block(&mut self) -> Result<(), Error> {
        self.unroll_indent(-1, self.pos);
        self.remove_key()?;
        self.simple_key_allowed = false;
        Ok(())
    }

    /// Pushes a token of one byte.
    #[inline]
    fn indicator(&mut self, kind: TokenKind) {
        self.push(kind, self.pos, self.pos + 1);
        self.pos += 1;
    }

    fn flow_start(&mut self, kind: TokenKind) -> Result<(), Error> {
        self.save_key()?;
        self.flows.push(Some(self.next_number()));
        self.flow_level += 1;
        self.simple_key_allowed = true;
        self.indicator(kind);
        Ok(())
    }

    fn flow_end(&mut self, kind: TokenKind) -> Result<(), Error> {
        self.remove_key()?;
        self.flow_level = self.flow_level.saturating_sub(1);
        if let Some(Some(number)) = self.flows.pop()
            && let Some(key) = self.keys.last_mut()
            && key.token == number
        {
            key.awaited = false;
        }
        self.simple_key_allowed = false;
        self.indicator(kind);
        Ok(())
    }

    fn block_entry(&mut self) -> Result<(), Error> {
        // In a flow collection the parser refuses it.
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return Err(self.error_here(ErrorKind::EntryNotAllowed));
            }
            let column = self.column();
            self.roll_indent(column, None, TokenKind::BlockSequenceStart, self.pos);
        }
        self.remove_key()?;
        self.simple_key_allowed = true;
        self.indicator(TokenKind::BlockEntry);
        Ok(())
    }

    fn explicit_key(&mut self) -> Result<(), Error> {
        if self.flow_level == 0 {
            if !self.simple_key_allowed {
                return Err(self.error_here(ErrorKind::KeyNotAllowed));
            }
            let column = self.column();
            self.roll_indent(column, None, TokenKind::BlockMappingStart, self.pos);
        }
        self.remove_key()?;
        self.simple_key_allowed = self.flow_level == 0;
        self.indicator(TokenKind::Key);
        Ok(())
    }

    fn value(&mut self) -> Result<(), Error> {
        match self.pop_key() {
            Some(key) if self.still_possible(&key) => {
                let start = crate::yaml::input::narrow(key.at);
                self.insert(key.token, super::Token::new(TokenKind::Key, start, start));
                self.roll_indent(
                    key.column,
                    Some(key.token),
                    TokenKind::BlockMappingStart,
                    key.at,
                );
                self.simple_key_allowed = false;
            }
            key => {
                if let Some(key) = key {
                    self.require(&key)?;
                }
                if self.flow_level == 0 {
                    if !self.simple_key_allowed {
                        let error =
                            self.error(ErrorKind::ValueNotAllowed, span(self.pos, self.pos + 1));
                        return Err(error);
                    }
                    let column = self.column();
                    self.roll_indent(column, None, TokenKind::BlockMappingStart, self.pos);
                }
                self.simple_key_allowed = self.flow_level == 0;
            }
        }
        self.indicator(TokenKind::Value);
        Ok(())
    }
}
