//! Tokens to tree, by libyaml's grammar.
//!
//! A state machine with its stack on the heap: nesting costs no call depth.

mod block;
mod build;
mod direct;
mod flow;
mod node;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::error::{Error, ErrorKind};
use super::input::{self, Input};
use super::limits::Limits;
use super::position::Span;
use super::scan::{RawTag, Scanner, Token, TokenKind};
use super::tree::{NodeData, Properties, Tree};

/// What is expected next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    BlockNode,
    DocumentEnd,
    BlockSequenceEntry,
    IndentlessSequenceEntry,
    BlockMappingKey,
    BlockMappingValue,
    /// Behind the `:`.
    BlockMappingTail,
    FlowSequenceFirst,
    FlowSequenceEntry,
    PairKey,
    PairValue,
    PairEnd,
    FlowMappingFirst,
    FlowMappingKey,
    FlowMappingValue,
    FlowMappingEmptyValue,
}

struct Parser<'s, const W: bool> {
    scanner: Scanner<'s, W>,
    states: Vec<State>,
    /// The open collections, outermost first.
    open: Vec<u32>,
    nodes: Vec<NodeData>,
    properties: Vec<Properties>,
    anchors: BTreeMap<&'s str, u32>,
    /// Handles and prefixes of `%TAG` lines.
    handles: Vec<RawTag>,
    depth: usize,
    /// Offset behind the last `:` or `-`, where a value left out belongs.
    behind: u32,
    /// Offset behind the collection last closed.
    closed: u32,
}

pub(super) fn parse<'a>(input: &'a [u8], limits: &Limits) -> Result<Tree<'a>, Error> {
    let Input {
        text,
        start,
        ascii,
        window,
    } = input::read(input, limits)?;
    let parsed = if window.is_some() {
        Parser::new(Scanner::<true>::new(&text, start, ascii, window), limits).run()?
    } else {
        Parser::new(Scanner::<false>::new(&text, start, ascii, None), limits).run()?
    };
    let Parsed {
        nodes,
        properties,
        owned,
        end,
    } = parsed;
    Ok(Tree {
        source: text,
        owned,
        nodes,
        properties,
        limits: *limits,
        end,
        lines: OnceLock::new(),
    })
}

/// A tree without its text.
struct Parsed {
    nodes: Vec<NodeData>,
    properties: Vec<Properties>,
    owned: String,
    /// Where the token behind the document starts.
    end: u32,
}

impl<'s, const W: bool> Parser<'s, W> {
    fn new(scanner: Scanner<'s, W>, limits: &Limits) -> Self {
        let capacity = scanner.text().len() / 8 + 8;
        Self {
            scanner,
            states: Vec::with_capacity(16),
            open: Vec::with_capacity(16),
            // Typical SDL text has a node per 8 bytes; each further doubling copies what is there.
            nodes: Vec::with_capacity(capacity),
            properties: Vec::new(),
            anchors: BTreeMap::new(),
            handles: Vec::new(),
            depth: limits.most_levels() as usize,
            behind: 0,
            closed: 0,
        }
    }

    fn run(mut self) -> Result<Parsed, Error> {
        if let Some(mut state) = self.document_start()? {
            while state != State::DocumentEnd {
                state = self.step(state)?;
            }
            // yaml.v3 looks at the token behind the document, and the scanner two tokens beyond.
            self.scanner.look_ahead()?;
        } else {
            self.empty(0);
        }
        let end = self.scanner.peek()?.start;
        let Self {
            scanner,
            nodes,
            properties,
            ..
        } = self;
        Ok(Parsed {
            nodes,
            properties,
            owned: scanner.owned,
            end,
        })
    }

    #[inline]
    fn step(&mut self, state: State) -> Result<State, Error> {
        match state {
            State::BlockMappingKey => self.block_mapping_key(),
            State::BlockMappingValue => self.block_mapping_value(),
            State::BlockMappingTail => self.block_mapping_tail(),
            State::BlockSequenceEntry => self.block_sequence_entry(),
            State::IndentlessSequenceEntry => self.indentless_sequence_entry(),
            State::FlowSequenceFirst => self.flow_sequence_entry(true),
            State::FlowSequenceEntry => self.flow_sequence_entry(false),
            State::PairKey => self.pair_key(),
            State::PairValue => self.pair_value(),
            State::PairEnd => {
                let token = self.scanner.peek()?;
                self.close(token.start);
                Ok(State::FlowSequenceEntry)
            }
            State::FlowMappingFirst => self.flow_mapping_key(true),
            State::FlowMappingKey => self.flow_mapping_key(false),
            State::FlowMappingValue => self.flow_mapping_value(),
            State::FlowMappingEmptyValue => {
                let token = self.scanner.peek()?;
                self.empty(token.start);
                Ok(State::FlowMappingKey)
            }
            State::BlockNode => self.node(true, false),
            State::DocumentEnd => Ok(State::DocumentEnd),
        }
    }

    /// Directives and `---`; none if the text holds no document.
    fn document_start(&mut self) -> Result<Option<State>, Error> {
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::StreamEnd => return Ok(None),
            TokenKind::VersionDirective | TokenKind::TagDirective | TokenKind::DocumentStart => {}
            _ => {
                self.states.push(State::DocumentEnd);
                return Ok(Some(State::BlockNode));
            }
        }
        let token = self.directives()?;
        if token.kind != TokenKind::DocumentStart {
            return Err(self.error(token, ErrorKind::ExpectedDocumentStart));
        }
        self.scanner.take();
        let token = self.scanner.peek()?;
        if matches!(
            token.kind,
            TokenKind::VersionDirective
                | TokenKind::TagDirective
                | TokenKind::DocumentStart
                | TokenKind::DocumentEnd
                | TokenKind::StreamEnd
        ) {
            self.empty(token.start);
            return Ok(Some(State::DocumentEnd));
        }
        self.states.push(State::DocumentEnd);
        Ok(Some(State::BlockNode))
    }

    fn directives(&mut self) -> Result<Token, Error> {
        let mut versioned = false;
        loop {
            let token = self.scanner.peek()?;
            match token.kind {
                TokenKind::VersionDirective => {
                    if versioned {
                        return Err(self.error(token, ErrorKind::DuplicateDirective));
                    }
                    let [.., major, minor] = token.a.to_be_bytes();
                    if (major, minor) != (1, 1) {
                        return Err(
                            self.error(token, ErrorKind::UnsupportedVersion { major, minor })
                        );
                    }
                    versioned = true;
                }
                TokenKind::TagDirective => {
                    if let Some(tag) = self.scanner.tags.get(token.a as usize).cloned() {
                        if self.handles.iter().any(|known| known.handle == tag.handle) {
                            return Err(self.error(token, ErrorKind::DuplicateDirective));
                        }
                        self.handles.push(tag);
                    }
                }
                _ => return Ok(token),
            }
            self.scanner.take();
        }
    }

    fn error(&self, token: Token, kind: ErrorKind) -> Error {
        Error::new(kind, Span::new(token.start, token.end), self.scanner.text())
    }
}
