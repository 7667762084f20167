//! Tokens to tree, by libyaml's grammar.
//!
//! A state machine with its stack on the heap: nesting costs no call depth.

mod direct;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::error::{Error, ErrorKind};
use super::input::{self, narrow};
use super::limits::Limits;
use super::position::{Position, Span};
use super::scan::{RawTag, Scanner, Token, TokenKind};
use super::tree::{Kind, NodeData, Properties, Style, TagKind, Tree};

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

struct Parser<'s> {
    scanner: Scanner<'s>,
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
}

pub(super) fn parse<'a>(input: &'a [u8], limits: &Limits) -> Result<Tree<'a>, Error> {
    let input = input::read(input, limits)?;
    match input.text {
        Cow::Borrowed(text) => {
            let parsed = Parser::new(
                Scanner::new(text, input.start, input.ascii, input.window),
                limits,
            )
            .run()?;
            Ok(parsed.into_tree(Cow::Borrowed(text), limits))
        }
        Cow::Owned(text) => {
            let parsed = Parser::new(
                Scanner::new(&text, input.start, input.ascii, input.window),
                limits,
            )
            .run()?;
            Ok(parsed.into_tree(Cow::Owned(text), limits))
        }
    }
}

/// A tree without its text.
struct Parsed {
    nodes: Vec<NodeData>,
    properties: Vec<Properties>,
    owned: String,
}

impl Parsed {
    fn into_tree<'a>(self, source: Cow<'a, str>, limits: &Limits) -> Tree<'a> {
        Tree {
            source,
            owned: self.owned,
            nodes: self.nodes,
            properties: self.properties,
            limits: *limits,
        }
    }
}

impl<'s> Parser<'s> {
    fn new(scanner: Scanner<'s>, limits: &Limits) -> Self {
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
            depth: limits.depth() as usize,
            behind: 0,
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

    /// A node and what is expected behind it.
    fn node(&mut self, block: bool, indentless: bool) -> Result<State, Error> {
        let mut token = self.scanner.peek()?;
        if token.kind == TokenKind::Scalar {
            return self.scalar(token, TagKind::None, 0);
        }
        if token.kind == TokenKind::Alias {
            return self.alias(token);
        }
        let (mut tag, mut properties) = (TagKind::None, 0);
        let mut empty_at = token.start;
        if matches!(token.kind, TokenKind::Anchor | TokenKind::Tag) {
            (tag, properties, empty_at, token) = self.properties(token)?;
        }
        match token.kind {
            TokenKind::BlockEntry if indentless => {
                self.open(token, Kind::Sequence, Style::Block, tag, properties)?;
                Ok(State::IndentlessSequenceEntry)
            }
            TokenKind::Scalar => self.scalar(token, tag, properties),
            TokenKind::FlowSequenceStart => {
                self.open(token, Kind::Sequence, Style::Flow, tag, properties)?;
                self.scanner.take();
                Ok(State::FlowSequenceFirst)
            }
            TokenKind::FlowMappingStart => {
                self.open(token, Kind::Mapping, Style::Flow, tag, properties)?;
                self.scanner.take();
                Ok(State::FlowMappingFirst)
            }
            TokenKind::BlockSequenceStart if block => {
                self.open(token, Kind::Sequence, Style::Block, tag, properties)?;
                self.scanner.take();
                Ok(State::BlockSequenceEntry)
            }
            TokenKind::BlockMappingStart if block => {
                self.open(token, Kind::Mapping, Style::Block, tag, properties)?;
                self.scanner.take();
                Ok(State::BlockMappingKey)
            }
            _ if properties > 0 => {
                self.push(NodeData {
                    start: empty_at,
                    end: empty_at,
                    a: empty_at,
                    b: 0,
                    next: 0,
                    properties,
                    kind: Kind::Scalar,
                    style: Style::Plain,
                    tag,
                    owned: false,
                });
                Ok(self.pop_state())
            }
            _ => Err(self.error(token, ErrorKind::ExpectedValue)),
        }
    }

    #[inline]
    fn scalar(&mut self, token: Token, tag: TagKind, properties: u32) -> Result<State, Error> {
        self.add_scalar(token, tag, properties);
        self.scanner.take();
        Ok(self.pop_state())
    }

    #[inline]
    fn add_scalar(&mut self, token: Token, tag: TagKind, properties: u32) {
        self.push(NodeData {
            start: token.start,
            end: token.end,
            a: token.a,
            b: token.b,
            next: 0,
            properties,
            kind: Kind::Scalar,
            style: token.style,
            tag,
            owned: token.owned,
        });
    }

    fn alias(&mut self, token: Token) -> Result<State, Error> {
        let name = self.name(token);
        let Some(&target) = self.anchors.get(name) else {
            return Err(self.error(token, ErrorKind::UnknownAnchor { name: name.into() }));
        };
        self.push(NodeData {
            start: token.start,
            end: token.end,
            a: target,
            b: narrow(name.len()),
            next: 0,
            properties: 0,
            kind: Kind::Alias,
            style: Style::Block,
            tag: TagKind::None,
            owned: false,
        });
        self.scanner.take();
        Ok(self.pop_state())
    }

    /// The name of an anchor or alias token.
    fn name(&self, token: Token) -> &'s str {
        self.scanner
            .text()
            .get(token.start as usize + 1..token.end as usize)
            .unwrap_or("")
    }

    /// Anchor and tag in either order; the node they stand on is the next one.
    fn properties(&mut self, first: Token) -> Result<(TagKind, u32, u32, Token), Error> {
        let (mut anchor, mut tag) = (None, None);
        let mut token = first;
        loop {
            match token.kind {
                TokenKind::Anchor if anchor.is_none() => anchor = Some(token),
                TokenKind::Tag if tag.is_none() => tag = Some(token),
                _ => break,
            }
            self.scanner.take();
            token = self.scanner.peek()?;
        }
        let mut kind = TagKind::None;
        let mut properties = Properties::default();
        let mut end = first.end;
        if let Some(tag) = tag {
            let full = self.full_tag(tag)?;
            let short = short_tag(&full);
            kind = TagKind::of(&short);
            properties.tag = (short != "!").then(|| short.into());
            end = end.max(tag.end);
        }
        if let Some(anchor) = anchor {
            self.anchors
                .insert(self.name(anchor), narrow(self.nodes.len()));
            properties.anchor = Some(Span::new(anchor.start + 1, anchor.end));
            end = end.max(anchor.end);
        }
        self.properties.push(properties);
        Ok((kind, narrow(self.properties.len()), end, token))
    }

    fn full_tag(&self, token: Token) -> Result<Vec<u8>, Error> {
        let Some(RawTag { handle, suffix }) = self.scanner.tags.get(token.a as usize) else {
            return Ok(Vec::new());
        };
        let prefix: &[u8] = match self.handles.iter().find(|known| known.handle == *handle) {
            Some(known) => &known.suffix,
            None if handle.is_empty() => b"",
            None if handle == "!" => b"!",
            None if handle == "!!" => LONG_PREFIX,
            None => return Err(self.error(token, ErrorKind::UndefinedTagHandle)),
        };
        Ok([prefix, suffix].concat())
    }

    fn block_sequence_entry(&mut self) -> Result<State, Error> {
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

    fn indentless_sequence_entry(&mut self) -> Result<State, Error> {
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

    fn block_mapping_key(&mut self) -> Result<State, Error> {
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

    fn block_mapping_value(&mut self) -> Result<State, Error> {
        let token = self.scanner.peek()?;
        if token.kind == TokenKind::Value {
            self.scanner.take();
            self.behind = token.end;
            return self.block_mapping_tail();
        }
        self.empty(token.start);
        Ok(State::BlockMappingKey)
    }

    fn block_mapping_tail(&mut self) -> Result<State, Error> {
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

    fn flow_sequence_entry(&mut self, first: bool) -> Result<State, Error> {
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

    fn pair_key(&mut self) -> Result<State, Error> {
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

    fn pair_value(&mut self) -> Result<State, Error> {
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

    fn flow_mapping_key(&mut self, first: bool) -> Result<State, Error> {
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

    fn flow_mapping_value(&mut self) -> Result<State, Error> {
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

    #[inline]
    fn pop_state(&mut self) -> State {
        self.states.pop().unwrap_or(State::DocumentEnd)
    }

    /// Adds a node without children.
    #[inline]
    fn push(&mut self, mut node: NodeData) {
        node.next = narrow(self.nodes.len()) + 1;
        self.count_child();
        self.nodes.push(node);
    }

    #[inline]
    fn count_child(&mut self) {
        if let Some(&parent) = self.open.last()
            && let Some(parent) = self.nodes.get_mut(parent as usize)
        {
            parent.a += 1;
        }
    }

    /// Adds the scalar that stands for a value left out.
    fn empty(&mut self, at: u32) {
        self.push(NodeData {
            start: at,
            end: at,
            a: at,
            b: 0,
            next: 0,
            properties: 0,
            kind: Kind::Scalar,
            style: Style::Plain,
            tag: TagKind::None,
            owned: false,
        });
    }

    fn open(
        &mut self,
        token: Token,
        kind: Kind,
        style: Style,
        tag: TagKind,
        properties: u32,
    ) -> Result<(), Error> {
        if self.open.len() >= self.depth {
            return Err(self.error(
                token,
                ErrorKind::TooDeep {
                    limit: narrow(self.depth),
                },
            ));
        }
        self.count_child();
        self.open.push(narrow(self.nodes.len()));
        self.nodes.push(NodeData {
            start: token.start,
            end: token.end,
            a: 0,
            b: 0,
            next: 0,
            properties,
            kind,
            style,
            tag,
            owned: false,
        });
        Ok(())
    }

    /// Closes the innermost collection; it ends at the given offset.
    #[inline]
    fn close(&mut self, end: u32) {
        let next = narrow(self.nodes.len());
        if let Some(open) = self.open.pop()
            && let Some(node) = self.nodes.get_mut(open as usize)
        {
            node.end = end;
            node.next = next;
        }
    }

    /// Closes a block collection; it ends where its last node does.
    fn close_block(&mut self) -> State {
        // Collections inside it are closed, so theirs is the furthest end.
        let start = self.open.last().map_or(0, |&open| open as usize);
        let own = self.nodes.get(start).map_or(0, |node| node.end);
        let last = self.nodes.last().map_or(0, |node| node.end);
        self.close(last.max(own));
        self.pop_state()
    }

    fn open_position(&self) -> Position {
        let node = self
            .open
            .last()
            .and_then(|&open| self.nodes.get(open as usize));
        Position::of(self.scanner.text(), node.map_or(0, |node| node.start))
    }

    fn error(&self, token: Token, kind: ErrorKind) -> Error {
        Error::new(kind, Span::new(token.start, token.end), self.scanner.text())
    }
}

const LONG_PREFIX: &[u8] = b"tag:yaml.org,2002:";

/// `tag:yaml.org,2002:int` as `!!int`; bytes that are not UTF-8 belong to no tag that matters.
fn short_tag(full: &[u8]) -> String {
    match full.strip_prefix(LONG_PREFIX) {
        Some(name) => format!("!!{}", String::from_utf8_lossy(name)),
        None => String::from_utf8_lossy(full).into_owned(),
    }
}
