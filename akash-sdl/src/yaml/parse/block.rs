//! Lists and maps by indentation.

use super::super::error::{Error, ErrorKind};
use super::super::scan::TokenKind;
use super::{Parser, State};

impl<const W: bool> Parser<'_, W> {
    pub(super) fn block_sequence_entry(&mut self) -> Result<State, Error> {
        if self.scanner.is_direct() {
            match self.direct_entry(State::BlockSequenceEntry)? {
                (Some(state), _) => return Ok(state),
                (None, true) => return self.block_sequence_item(),
                (None, false) => {}
            }
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::BlockEntry => {
                self.scanner.take();
                self.behind = token.end;
                self.block_sequence_item()
            }
            TokenKind::BlockEnd => {
                self.scanner.take();
                Ok(self.close_block())
            }
            _ => {
                let start = self.open_position();
                Err(self.error(token, ErrorKind::ExpectedEntry { start }))
            }
        }
    }

    fn block_sequence_item(&mut self) -> Result<State, Error> {
        let next = self.scanner.peek()?;
        if matches!(next.kind, TokenKind::BlockEntry | TokenKind::BlockEnd) {
            self.empty(self.behind);
            Ok(State::BlockSequenceEntry)
        } else {
            self.states.push(State::BlockSequenceEntry);
            self.node(true, false)
        }
    }

    pub(super) fn indentless_sequence_entry(&mut self) -> Result<State, Error> {
        if self.scanner.is_direct() {
            match self.direct_entry(State::IndentlessSequenceEntry)? {
                (Some(state), _) => return Ok(state),
                (None, true) => return self.indentless_sequence_item(),
                (None, false) => {}
            }
        }
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::BlockEntry {
            return Ok(self.close_block());
        }
        self.scanner.take();
        self.behind = token.end;
        self.indentless_sequence_item()
    }

    fn indentless_sequence_item(&mut self) -> Result<State, Error> {
        let next = self.scanner.peek()?;
        if matches!(
            next.kind,
            TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd
        ) {
            self.empty(self.behind);
            Ok(State::IndentlessSequenceEntry)
        } else {
            self.states.push(State::IndentlessSequenceEntry);
            self.node(true, false)
        }
    }

    pub(super) fn block_mapping_key(&mut self) -> Result<State, Error> {
        if self.scanner.is_direct()
            && let Some(state) = self.direct_key()?
        {
            return Ok(state);
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Key => {
                self.scanner.take();
                let next = self.scanner.peek()?;
                if matches!(
                    next.kind,
                    TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd
                ) {
                    self.empty(token.end);
                    Ok(State::BlockMappingValue)
                } else {
                    self.states.push(State::BlockMappingValue);
                    self.node(true, true)
                }
            }
            TokenKind::BlockEnd => {
                self.scanner.take();
                Ok(self.close_block())
            }
            _ => {
                let start = self.open_position();
                Err(self.error(token, ErrorKind::ExpectedKey { start }))
            }
        }
    }

    pub(super) fn block_mapping_value(&mut self) -> Result<State, Error> {
        let token = self.scanner.peek()?;
        if token.kind == TokenKind::Value {
            self.scanner.take();
            self.behind = token.end;
            return self.block_mapping_tail();
        }
        self.empty(token.start);
        Ok(State::BlockMappingKey)
    }

    pub(super) fn block_mapping_tail(&mut self) -> Result<State, Error> {
        if self.scanner.is_direct()
            && let Some(state) = self.direct_value()?
        {
            return Ok(state);
        }
        let next = self.scanner.peek()?;
        if matches!(
            next.kind,
            TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd
        ) {
            self.empty(self.behind);
            return Ok(State::BlockMappingKey);
        }
        self.states.push(State::BlockMappingKey);
        self.node(true, true)
    }
}
