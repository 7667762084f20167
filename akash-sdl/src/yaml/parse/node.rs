//! Nodes with their anchors and tags.

use super::super::error::{Error, ErrorKind};
use super::super::input::narrow;
use super::super::position::Span;
use super::super::scan::{RawTag, Token, TokenKind};
use super::super::tree::{Kind, NodeData, Properties, Style, TagKind};
use super::{Parser, State};

impl<'s, const W: bool> Parser<'s, W> {
    /// A node and what is expected behind it.
    pub(super) fn node(&mut self, block: bool, indentless: bool) -> Result<State, Error> {
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
    pub(super) fn add_scalar(&mut self, token: Token, tag: TagKind, properties: u32) {
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
}

const LONG_PREFIX: &[u8] = b"tag:yaml.org,2002:";

/// `tag:yaml.org,2002:int` as `!!int`; bytes that are not UTF-8 belong to no tag that matters.
fn short_tag(full: &[u8]) -> String {
    match full.strip_prefix(LONG_PREFIX) {
        Some(name) => format!("!!{}", String::from_utf8_lossy(name)),
        None => String::from_utf8_lossy(full).into_owned(),
    }
}
