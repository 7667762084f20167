//! Lists in brackets and maps in braces.

use super::super::error::{Error, ErrorKind};
use super::super::scan::TokenKind;
use super::super::tree::{Kind, Style, TagKind};
use super::{Parser, State};

impl<const W: bool> Parser<'_, W> {
    pub(super) fn flow_sequence_entry(&mut self, first: bool) -> Result<State, Error> {
        let mut token = self.scanner.peek()?;
        if token.kind != TokenKind::FlowSequenceEnd {
            if !first {
                if token.kind != TokenKind::FlowEntry {
                    let start = self.open_position();
                    return Err(self.error(token, ErrorKind::ExpectedCommaOrBracket { start }));
                }
                self.scanner.take();
                token = self.scanner.peek()?;
            }
            match token.kind {
                TokenKind::Key => {
                    // `[key: value]` is a list of a map of one pair.
                    self.open(token, Kind::Mapping, Style::Flow, TagKind::None, 0)?;
                    self.scanner.take();
                    return Ok(State::PairKey);
                }
                TokenKind::FlowSequenceEnd => {}
                _ => {
                    self.states.push(State::FlowSequenceEntry);
                    return self.node(false, false);
                }
            }
        }
        self.close(token.end);
        self.scanner.take();
        Ok(self.pop_state())
    }

    pub(super) fn pair_key(&mut self) -> Result<State, Error> {
        let token = self.scanner.peek()?;
        if matches!(
            token.kind,
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd
        ) {
            // Taking the token is what libyaml does, `[? , a]` and `[? ]` are refused for it.
            self.scanner.take();
            self.empty(token.end);
            Ok(State::PairValue)
        } else {
            self.states.push(State::PairValue);
            self.node(false, false)
        }
    }

    pub(super) fn pair_value(&mut self) -> Result<State, Error> {
        let token = self.scanner.peek()?;
        if token.kind == TokenKind::Value {
            self.scanner.take();
            let next = self.scanner.peek()?;
            if !matches!(next.kind, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
                self.states.push(State::PairEnd);
                return self.node(false, false);
            }
        }
        self.empty(token.end);
        Ok(State::PairEnd)
    }

    pub(super) fn flow_mapping_key(&mut self, first: bool) -> Result<State, Error> {
        let mut token = self.scanner.peek()?;
        if token.kind != TokenKind::FlowMappingEnd {
            if !first {
                if token.kind != TokenKind::FlowEntry {
                    let start = self.open_position();
                    return Err(self.error(token, ErrorKind::ExpectedCommaOrBrace { start }));
                }
                self.scanner.take();
                token = self.scanner.peek()?;
            }
            match token.kind {
                TokenKind::Key => {
                    self.scanner.take();
                    token = self.scanner.peek()?;
                    if matches!(
                        token.kind,
                        TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd
                    ) {
                        self.empty(token.start);
                        return Ok(State::FlowMappingValue);
                    }
                    self.states.push(State::FlowMappingValue);
                    return self.node(false, false);
                }
                TokenKind::FlowMappingEnd => {}
                _ => {
                    self.states.push(State::FlowMappingEmptyValue);
                    return self.node(false, false);
                }
            }
        }
        self.close(token.end);
        self.scanner.take();
        Ok(self.pop_state())
    }

    pub(super) fn flow_mapping_value(&mut self) -> Result<State, Error> {
        let mut token = self.scanner.peek()?;
        if token.kind == TokenKind::Value {
            self.scanner.take();
            token = self.scanner.peek()?;
            if !matches!(token.kind, TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
                self.states.push(State::FlowMappingKey);
                return self.node(false, false);
            }
        }
        self.empty(token.start);
        Ok(State::FlowMappingKey)
    }
}
