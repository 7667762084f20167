//! What can be wrong with a YAML text, or with a value taken from it.

use super::position::{Position, Span};

/// Why a text was refused, and where.
///
/// ```
/// use akash_sdl::yaml;
///
/// let error = yaml::parse(b"services:\n\tweb: 1\n").unwrap_err();
/// assert_eq!(error.position().to_string(), "2:1");
/// assert_eq!(
///     error.to_string(),
///     "line 2, column 1: no value can start with '\\t' here; put it in quotes, or indent with spaces if it is a tab",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {}, column {}: {}", .0.position.line, .0.position.column, .0.kind)]
pub struct Error(Box<Details>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Details {
    kind: ErrorKind,
    span: Span,
    position: Position,
}

impl Error {
    #[cold]
    pub(crate) fn new(kind: ErrorKind, span: Span, text: &str) -> Self {
        Self::at(kind, span, Position::of(text, span.start))
    }

    #[cold]
    pub(super) fn at(kind: ErrorKind, span: Span, position: Position) -> Self {
        Self(Box::new(Details {
            kind,
            span,
            position,
        }))
    }

    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Which bytes of the text it was wrong in; empty where something is missing.
    #[must_use]
    pub fn span(&self) -> Span {
        self.0.span
    }

    /// Line and column of the start of [`span`](Self::span).
    #[must_use]
    pub fn position(&self) -> Position {
        self.0.position
    }
}

/// What was wrong with a text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is longer than [`Limits::size`](super::Limits::size).
    #[error("the text is {size} bytes long; at most {limit} are read")]
    TooLarge {
        /// Length of the text in bytes.
        size: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// Collections are nested deeper than [`Limits::depth`](super::Limits::depth).
    #[error(
        "lists and maps are nested more than {limit} deep here; at most {limit} levels are read"
    )]
    TooDeep {
        /// The limit in levels.
        limit: u32,
    },
    /// The bytes are not UTF-8 (or, behind a UTF-16 byte order mark, not UTF-16).
    #[error("these bytes are not text; the document must be UTF-8")]
    InvalidEncoding,
    /// A character that YAML allows only as an escape.
    #[error("the control character U+{:04X} is not allowed; write it as an escape in double quotes or remove it", *.0 as u32)]
    ControlCharacter(char),

    /// A character that no value can start with.
    #[error(
        "no value can start with {0:?} here; put it in quotes, or indent with spaces if it is a tab"
    )]
    UnexpectedCharacter(char),
    /// A tab where indentation is counted.
    #[error("a tab stands where indentation is counted; indent with spaces")]
    TabIndentation,
    /// A line at the indentation of a map's keys is not followed by a colon.
    #[error(
        "this line stands where a key is expected but has no ':' after it; write `key: value`, or indent it further to continue the value above"
    )]
    MissingColon,
    /// A second `key:` on a line, or a key where none can be.
    #[error(
        "a ':' cannot make a key here; put the text in quotes, or start the key on its own line"
    )]
    ValueNotAllowed,
    /// `?` where no key can start.
    #[error("a '?' cannot start a key here; start it on its own line, or put the text in quotes")]
    KeyNotAllowed,
    /// `-` where no list item can start.
    #[error("a '-' cannot start a list item here; start the list on its own line")]
    EntryNotAllowed,

    /// A quoted text without closing quote.
    #[error("the quote that opens here is never closed")]
    UnclosedQuote,
    /// `---` or `...` at the start of a line inside quotes.
    #[error("a document marker stands inside quotes; indent the line or close the quote before it")]
    MarkerInQuotes,
    /// An unknown escape in double quotes.
    #[error("\\{0} is not an escape of YAML 1.1; write \\\\ for a backslash or use single quotes")]
    UnknownEscape(char),
    /// An escape without its hexadecimal digits.
    #[error("the escape needs {digits} hexadecimal digits")]
    ShortEscape {
        /// How many digits it takes.
        digits: u8,
    },
    /// An escape of a surrogate or of a number above U+10FFFF.
    #[error(
        "the escape is no Unicode character; it must be below U+D800 or from U+E000 to U+10FFFF"
    )]
    InvalidEscape,
    /// Something other than a comment behind `|` or `>`.
    #[error(
        "only an indentation digit, '+' or '-', and a comment may stand behind a block scalar indicator"
    )]
    BlockHeader,
    /// An indentation of 0 behind `|` or `>`.
    #[error("the indentation of a block scalar is a digit from 1 to 9, not 0")]
    BlockIndent,

    /// An anchor or alias without a usable name.
    #[error(
        "the name of an anchor is made of letters, digits, '-' and '_', and a blank follows it"
    )]
    AnchorName,
    /// A malformed tag.
    #[error("the tag is malformed: {0}")]
    MalformedTag(&'static str),
    /// A tag handle that no `%TAG` line defines.
    #[error(
        "no %TAG line defines the tag handle of this tag; write `!!name`, `!name`, or define it"
    )]
    UndefinedTagHandle,
    /// A malformed `%` line.
    #[error("the directive is malformed: {0}")]
    MalformedDirective(&'static str),
    /// A `%YAML` version other than 1.1.
    #[error(
        "the document says it is YAML {major}.{minor}; only %YAML 1.1 is read (leave the line out)"
    )]
    UnsupportedVersion {
        /// Major version found.
        major: u8,
        /// Minor version found.
        minor: u8,
    },
    /// The same directive twice.
    #[error("the directive is given twice; give it once")]
    DuplicateDirective,
    /// Directives without `---` behind them.
    #[error("a `---` line must follow the directives")]
    ExpectedDocumentStart,

    /// Neither a key nor the end of a map.
    #[error(
        "expected a key of the map that starts at {start}; its keys all begin in the same column"
    )]
    ExpectedKey {
        /// Where the map starts.
        start: Position,
    },
    /// Neither a `-` nor the end of a list.
    #[error(
        "expected a '-' of the list that starts at {start}; its items all begin in the same column"
    )]
    ExpectedEntry {
        /// Where the list starts.
        start: Position,
    },
    /// A list in brackets goes on without comma, or is not closed.
    #[error("expected ',' or ']' in the list that starts at {start}")]
    ExpectedCommaOrBracket {
        /// Where the list starts.
        start: Position,
    },
    /// A map in braces goes on without comma, or is not closed.
    #[error("expected ',' or '}}' in the map that starts at {start}")]
    ExpectedCommaOrBrace {
        /// Where the map starts.
        start: Position,
    },
    /// A value is missing.
    #[error("expected a value here")]
    ExpectedValue,

    /// An alias to an anchor that does not stand before it.
    #[error("no anchor `&{name}` stands before the alias `*{name}`")]
    UnknownAnchor {
        /// The name.
        name: Box<str>,
    },
    /// An alias inside the value it stands for.
    #[error("the value of anchor `&{name}` contains itself")]
    SelfReference {
        /// The name.
        name: Box<str>,
    },
    /// Aliases blow the document up.
    #[error("the document grows too much by its aliases; repeat less by alias")]
    ExcessiveAliasing,
    /// Two keys of one map with the same text.
    #[error("the key {key:?} already stands at {first}; keep one of them")]
    DuplicateKey {
        /// The text of both keys.
        key: Box<str>,
        /// Where the first one stands.
        first: Position,
    },
    /// `<<` with something else than maps.
    #[error("a merge key `<<` needs a map, an alias to a map, or a list of those")]
    MergeValue,
    /// A list or a map as key.
    #[error("a list or map cannot be a key; use a text")]
    InvalidKey,

    /// A value does not fit its explicit tag.
    #[error("`{text}` is not a {tag}; correct the value or remove the tag")]
    TagMismatch {
        /// The tag, short form (`!!int`).
        tag: &'static str,
        /// The text of the value.
        text: Box<str>,
    },
    /// A `!!binary` value is not base64.
    #[error("a !!binary value must be base64 with padding")]
    InvalidBase64,
    /// A `!!binary` value is not UTF-8 where text is needed.
    #[error("this !!binary value is not UTF-8 text")]
    BinaryNotText,
    /// A value of another kind than needed.
    #[error("expected {expected}, found {found}")]
    Mismatch {
        /// What is needed, such as "a whole number from 0 to 4294967295".
        expected: &'static str,
        /// What stands there, such as "a list" or "`abc`".
        found: Box<str>,
    },
}
