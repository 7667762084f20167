//! Tokens.

use crate::yaml::tree::Style;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::yaml) enum TokenKind {
    StreamEnd,
    VersionDirective,
    TagDirective,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
}

/// A token: what it is and where it stands.
#[derive(Debug, Clone, Copy)]
pub(in crate::yaml) struct Token {
    pub(in crate::yaml) start: u32,
    pub(in crate::yaml) end: u32,
    /// Scalar: start of the text. Tag, tag directive: index in `Scanner::tags`. Version: `major << 8 | minor`.
    pub(in crate::yaml) a: u32,
    /// Scalar: length of the text.
    pub(in crate::yaml) b: u32,
    pub(in crate::yaml) kind: TokenKind,
    pub(in crate::yaml) style: Style,
    /// Whether the text of a scalar lies in `Scanner::owned`.
    pub(in crate::yaml) owned: bool,
}

impl Token {
    pub(in crate::yaml) const fn new(kind: TokenKind, start: u32, end: u32) -> Self {
        Self {
            start,
            end,
            a: 0,
            b: 0,
            kind,
            style: Style::Plain,
            owned: false,
        }
    }
}
