//! Text to tokens, as libyaml's scanner makes them.
//!
//! The scanner is one step ahead of the parser by two tokens, as yaml.v3's is: that decides which
//! mistakes behind the end of the first document are still seen.

mod blank;
mod block;
mod cursor;
mod direct;
mod fetch;
mod plain;
mod property;
mod quoted;
mod token;

pub(super) use direct::Ahead;
pub(super) use property::RawTag;
pub(super) use token::{Token, TokenKind};

use super::error::{Error, ErrorKind};
use super::input::{Window, narrow, span};
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
    /// Whether the parser waits for it. yaml.v3 forgets to when a key begins with a flow collection
    /// in which no other key could start (`[] a: b`).
    awaited: bool,
}

/// The scanner over one text; `W` says whether it matters how far it looks, see [`Window`].
pub(super) struct Scanner<'s, const W: bool> {
    text: &'s str,
    bytes: &'s [u8],
    pos: usize,
    /// Offset of the start of the current line.
    line_start: usize,
    line: u32,
    ascii: bool,
    window: Option<Box<Window>>,
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
    /// Offset behind the `:` last taken on the short way.
    pub(super) colon_end: usize,
    /// Possible keys, at most one for each open flow level, outermost first.
    keys: Vec<SimpleKey>,
    /// For each open flow collection, the number of its token until a key may have started in it.
    flows: Vec<Option<u32>>,

    /// Unfolded and unescaped texts.
    pub(super) owned: String,
    pub(super) tags: Vec<RawTag>,
    /// Line breaks held back while a scalar is folded.
    breaks: String,
}

impl<'s, const W: bool> Scanner<'s, W> {
    pub(super) fn new(
        text: &'s str,
        start: usize,
        ascii: bool,
        window: Option<Box<Window>>,
    ) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            pos: start,
            line_start: start,
            line: 0,
            ascii,
            window,
            counted: (start, 0),
            queue: Vec::with_capacity(16),
            head: 0,
            taken: 0,
            indent: -1,
            indents: Vec::with_capacity(16),
            flow_level: 0,
            simple_key_allowed: true,
            colon_end: 0,
            keys: Vec::with_capacity(4),
            flows: Vec::new(),
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
        loop {
            if let Some(&token) = self.queue.get(self.head)
                && !self.head_may_be_key()?
            {
                return Ok(token);
            }
            self.fetch()?;
        }
    }

    /// Scans on to two tokens behind the next one.
    ///
    /// yaml.v3 always does, to place comments; what it costs or finds matters only at the end of the document.
    pub(super) fn look_ahead(&mut self) -> Result<(), Error> {
        while self.queue.len() - self.head < 3 || self.head_may_be_key()? {
            self.fetch()?;
        }
        Ok(())
    }

    /// Takes the token last peeked.
    #[inline]
    pub(super) fn take(&mut self) {
        self.head += 1;
        self.taken += 1;
        if self.head == self.queue.len() {
            self.queue.clear();
            self.head = 0;
        } else if self.head >= 64 {
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
        if self.keys.is_empty() {
            return Ok(false);
        }
        let Some(index) = self.keys.iter().position(|key| key.token >= self.taken) else {
            return Ok(false);
        };
        let Some(&key) = self.keys.get(index) else {
            return Ok(false);
        };
        if key.token != self.taken {
            return Ok(false);
        }
        if !key.awaited {
            return Ok(self.queue.len() - self.head < 3);
        }
        if self.still_possible(&key) {
            return Ok(true);
        }
        self.require(&key)?;
        self.keys.remove(index);
        Ok(false)
    }

    /// A key stands on one line and within 1,024 characters.
    fn still_possible(&self, key: &SimpleKey) -> bool {
        key.line == self.line && self.is_near(key.at)
    }

    #[inline]
    fn is_near(&self, start: usize) -> bool {
        self.pos - start <= 1024
            || self
                .text
                .get(start..self.pos)
                .is_some_and(|text| text.chars().count() <= 1024)
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
                awaited: true,
            });
            if let Some(flow) = self.flows.last_mut() {
                *flow = None;
            }
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
        let level = self.flow_level;
        self.keys.pop_if(|key| key.flow_level == level)
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
        // A key the parser did not wait for is taken already; then yaml.v3 appends.
        let index = number
            .checked_sub(self.taken)
            .map_or(self.queue.len(), |ahead| self.head + ahead as usize);
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
