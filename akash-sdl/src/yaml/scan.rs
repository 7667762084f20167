//! Text to tokens, as libyaml's scanner makes them.
//!
//! The scanner is one step ahead of the parser by two tokens, as yaml.v3's is: that decides which
//! mistakes behind the end of the first document are still seen.

mod blank;
mod block;
mod cursor;
mod fetch;
mod plain;
mod property;
mod quoted;
mod token;

pub(super) use property::RawTag;
pub(super) use token::{Token, TokenKind};

use super::error::{Error, ErrorKind};
use super::input::{narrow, span};
use super::position::Span;

/// A place that may turn out to be a key, should a `:` follow.
#[derive(Debug, Clone, Copy)]
struct SimpleKey {
    /// Number of the token that begins the key.
    token: u32,
    /// Offset of its first byte.
    at: usize,
    line: u32,
    column: u32,
    flow_level: u32,
    /// Whether nothing but a key can stand here.
    required: bool,
}

/// The scanner over one text.
pub(super) struct Scanner<'s> {
    text: &'s str,
    bytes: &'s [u8],
    pos: usize,
    /// Offset of the start of the current line.
    line_start: usize,
    line: u32,
    ascii: bool,
    /// How far the current line has been searched for continuation bytes, and how many there were.
    counted: (usize, usize),

    queue: Vec<Token>,
    head: usize,
    /// How many tokens the parser has taken.
    taken: u32,

    /// Indentation of the innermost block collection, -1 for none.
    indent: i32,
    indents: Vec<i32>,
    flow_level: u32,
    simple_key_allowed: bool,
    /// Possible keys of the open flow levels, outermost first; those before `first_key` are gone.
    keys: Vec<SimpleKey>,
    first_key: usize,

    /// Unfolded and unescaped texts.
    pub(super) owned: String,
    pub(super) tags: Vec<RawTag>,
    /// Line breaks held back while a scalar is folded.
    breaks: String,
}

impl<'s> Scanner<'s> {
    pub(super) fn new(text: &'s str, start: usize, ascii: bool) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            pos: start,
            line_start: start,
            line: 0,
            ascii,
            counted: (start, 0),
            queue: Vec::with_capacity(16),
            head: 0,
            taken: 0,
            indent: -1,
            indents: Vec::with_capacity(16),
            flow_level: 0,
            simple_key_allowed: true,
            keys: Vec::with_capacity(4),
            first_key: 0,
            owned: String::new(),
            tags: Vec::new(),
            breaks: String::new(),
        }
    }

    /// The text scanned.
    pub(super) const fn text(&self) -> &'s str {
        self.text
    }

    /// The next token, which stays the next until [`take`](Self::take).
    #[inline]
    pub(super) fn peek(&mut self) -> Result<Token, Error> {
        while self.queue.len() - self.head < 3 || self.head_may_be_key()? {
            self.fetch()?;
        }
        Ok(self.queue.get(self.head).copied().unwrap_or(Token::END))
    }

    /// Takes the token last peeked.
    #[inline]
    pub(super) fn take(&mut self) {
        self.head += 1;
        self.taken += 1;
        if self.head >= 64 {
            self.queue.drain(..self.head);
            self.head = 0;
        }
    }

    #[inline]
    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        self.queue
            .push(Token::new(kind, narrow(start), narrow(end)));
    }

    /// Number of the token that is pushed next.
    fn next_number(&self) -> u32 {
        self.taken + narrow(self.queue.len() - self.head)
    }

    /// Whether the next token could still become a key, so that the parser must wait.
    #[inline]
    fn head_may_be_key(&mut self) -> Result<bool, Error> {
        match self.keys.get(self.first_key) {
            Some(&key) if key.token == self.taken => {
                if self.still_possible(&key) {
                    return Ok(true);
                }
                self.require(&key)?;
                self.first_key += 1;
                if self.first_key == self.keys.len() {
                    self.keys.clear();
                    self.first_key = 0;
                }
                Ok(false)
            }
            _ => Ok(false),
        }
    }

    /// A key stands on one line and within 1,024 characters.
    fn still_possible(&self, key: &SimpleKey) -> bool {
        key.line == self.line
            && (self.pos - key.at <= 1024
                || self
                    .text
                    .get(key.at..self.pos)
                    .is_some_and(|key| key.chars().count() <= 1024))
    }

    fn require(&self, key: &SimpleKey) -> Result<(), Error> {
        if key.required {
            Err(self.error(ErrorKind::MissingColon, span(key.at, key.at)))
        } else {
            Ok(())
        }
    }

    /// Notes that a key may start here.
    #[inline]
    fn save_key(&mut self) -> Result<(), Error> {
        if self.simple_key_allowed {
            let column = self.column();
            let required = self.flow_level == 0 && i64::from(self.indent) == i64::from(column);
            self.remove_key()?;
            self.keys.push(SimpleKey {
                token: self.next_number(),
                at: self.pos,
                line: self.line,
                column,
                flow_level: self.flow_level,
                required,
            });
        }
        Ok(())
    }

    /// Gives up the possible key of this flow level.
    #[inline]
    fn remove_key(&mut self) -> Result<(), Error> {
        if let Some(key) = self.pop_key() {
            self.require(&key)
        } else {
            Ok(())
        }
    }

    #[inline]
    fn pop_key(&mut self) -> Option<SimpleKey> {
        let key = *self.keys.get(self.first_key..)?.last()?;
        if key.flow_level != self.flow_level {
            return None;
        }
        self.keys.pop();
        if self.first_key == self.keys.len() {
            self.keys.clear();
            self.first_key = 0;
        }
        Some(key)
    }

    /// Opens a block collection if the column is deeper than the current one.
    #[inline]
    fn roll_indent(&mut self, column: u32, number: Option<u32>, kind: TokenKind, at: usize) {
        let column = i32::try_from(column).unwrap_or(i32::MAX);
        if self.flow_level > 0 || self.indent >= column {
            return;
        }
        self.indents.push(self.indent);
        self.indent = column;
        let token = Token::new(kind, narrow(at), narrow(at));
        match number {
            Some(number) => self.insert(number, token),
            None => self.queue.push(token),
        }
    }

    fn insert(&mut self, number: u32, token: Token) {
        let index = self.head + (number - self.taken) as usize;
        self.queue.insert(index.min(self.queue.len()), token);
    }

    /// Closes the block collections that are deeper than the column.
    #[inline]
    fn unroll_indent(&mut self, column: i32, at: usize) {
        if self.flow_level > 0 {
            return;
        }
        while self.indent > column {
            self.push(TokenKind::BlockEnd, at, at);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    fn error(&self, kind: ErrorKind, span: Span) -> Error {
        Error::new(kind, span, self.text)
    }

    /// An error that spans from `start` to the current position.
    fn error_from(&self, start: usize, kind: ErrorKind) -> Error {
        self.error(kind, span(start, self.pos))
    }

    /// An error about the character at the current position.
    fn error_here(&self, kind: ErrorKind) -> Error {
        let width = self.current_char().map_or(0, char::len_utf8);
        self.error(kind, span(self.pos, self.pos + width))
    }

    fn current_char(&self) -> Option<char> {
        self.text
            .get(self.pos..)
            .and_then(|rest| rest.chars().next())
    }
}
