//! Anchors, aliases, tags and directives.

use super::cursor::{is_blank, is_word};
use super::{Scanner, Token, TokenKind};
use crate::yaml::error::{Error, ErrorKind};
use crate::yaml::input::narrow;

/// A tag as written (`!handle!suffix`), or the handle and prefix of a `%TAG` line.
#[derive(Debug, Clone)]
pub(in crate::yaml) struct RawTag {
    pub(in crate::yaml) handle: String,
    /// Bytes, because escapes can make it anything but UTF-8.
    pub(in crate::yaml) suffix: Vec<u8>,
}

impl<const W: bool> Scanner<'_, W> {
    pub(super) fn anchor(&mut self, kind: TokenKind) -> Result<(), Error> {
        self.save_key()?;
        self.simple_key_allowed = false;

        let start = self.pos;
        self.pos += 1;
        while is_word(self.current()) {
            self.pos += 1;
        }
        self.need_each(start, 1)?;
        let ended = matches!(
            self.current(),
            b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`'
        ) || self.is_blankz(self.pos);
        if self.pos == start + 1 || !ended {
            return Err(self.error_from(start, ErrorKind::AnchorName));
        }
        self.push(kind, start, self.pos);
        Ok(())
    }

    pub(super) fn tag(&mut self) -> Result<(), Error> {
        self.save_key()?;
        self.simple_key_allowed = false;

        let start = self.pos;
        self.need(2)?;
        let tag = if self.byte(start + 1) == b'<' {
            self.pos += 2;
            let suffix = self.tag_uri(start, None)?;
            if self.current() != b'>' {
                return Err(self.malformed_tag(start, "expected '>' at the end of `!<`"));
            }
            self.pos += 1;
            RawTag {
                handle: String::new(),
                suffix,
            }
        } else {
            let handle = self.tag_handle(start)?;
            if handle.len() > 1 && handle.ends_with('!') {
                let suffix = self.tag_uri(start, None)?;
                RawTag { handle, suffix }
            } else {
                // It was the start of the suffix.
                let suffix = self.tag_uri(start, Some(&handle))?;
                let lone = suffix.is_empty();
                RawTag {
                    handle: if lone { String::new() } else { "!".to_owned() },
                    suffix: if lone { vec![b'!'] } else { suffix },
                }
            }
        };
        self.need_each(start, 1)?;
        if !self.is_blankz(self.pos) {
            return Err(self.malformed_tag(start, "a blank or line break must follow it"));
        }
        self.push_tag(TokenKind::Tag, start, tag);
        Ok(())
    }

    fn push_tag(&mut self, kind: TokenKind, start: usize, tag: RawTag) {
        let mut token = Token::new(kind, narrow(start), narrow(self.pos));
        token.a = narrow(self.tags.len());
        self.tags.push(tag);
        self.queue.push(token);
    }

    fn malformed_tag(&self, start: usize, problem: &'static str) -> Error {
        self.error_from(start, ErrorKind::MalformedTag(problem))
    }

    /// `!`, `!word` or `!word!`.
    fn tag_handle(&mut self, start: usize) -> Result<String, Error> {
        if self.current() != b'!' {
            return Err(self.malformed_tag(start, "expected '!'"));
        }
        let at = self.pos;
        self.pos += 1;
        while is_word(self.current()) {
            self.pos += 1;
        }
        if self.current() == b'!' {
            self.pos += 1;
        }
        Ok(self.text.get(at..self.pos).unwrap_or("!").to_owned())
    }

    /// The rest of a tag; `head` is a handle that turned out to be its start.
    fn tag_uri(&mut self, start: usize, head: Option<&str>) -> Result<Vec<u8>, Error> {
        let mut uri: Vec<u8> = head.and_then(|head| head.get(1..)).unwrap_or("").into();
        let at = self.pos;
        loop {
            match self.current() {
                b'%' => self.uri_escape(start, &mut uri)?,
                byte if is_uri(byte) => {
                    uri.push(byte);
                    self.pos += 1;
                }
                _ => break,
            }
        }
        if head.is_none() && self.pos == at {
            return Err(self.malformed_tag(start, "expected its name"));
        }
        Ok(uri)
    }

    /// `%XX` for each byte of one UTF-8 character.
    fn uri_escape(&mut self, start: usize, uri: &mut Vec<u8>) -> Result<(), Error> {
        let mut left = None;
        while left != Some(0) {
            self.need(3)?;
            let high = char::from(self.byte(self.pos + 1)).to_digit(16);
            let low = char::from(self.byte(self.pos + 2)).to_digit(16);
            let (b'%', Some(high), Some(low)) = (self.current(), high, low) else {
                return Err(self.malformed_tag(start, "expected '%' and two hexadecimal digits"));
            };
            let octet = u8::try_from(high << 4 | low).unwrap_or(0);
            left = Some(match left {
                None => match octet {
                    0..0x80 => 0,
                    0xC0..0xE0 => 1,
                    0xE0..0xF0 => 2,
                    0xF0..0xF8 => 3,
                    _ => {
                        return Err(self.malformed_tag(
                            start,
                            "an escaped character begins with a wrong byte",
                        ));
                    }
                },
                Some(left) if octet & 0xC0 == 0x80 => left - 1,
                Some(_) => {
                    return Err(
                        self.malformed_tag(start, "an escaped character ends with a wrong byte")
                    );
                }
            });
            uri.push(octet);
            self.pos += 3;
        }
        Ok(())
    }

    pub(super) fn directive(&mut self) -> Result<(), Error> {
        let start = self.pos;
        self.pos += 1;
        while is_word(self.current()) {
            self.pos += 1;
        }
        if self.pos == start + 1 {
            return Err(self.malformed_directive(start, "expected YAML or TAG behind '%'"));
        }
        if !self.is_blankz(self.pos) {
            return Err(self.malformed_directive(start, "a blank must follow its name"));
        }
        match self.text.get(start + 1..self.pos) {
            Some("YAML") => self.version(start)?,
            Some("TAG") => self.tag_directive(start)?,
            _ => return Err(self.malformed_directive(start, "only %YAML and %TAG are known")),
        }
        self.skip_blanks()?;
        if self.current() == b'#' {
            self.skip_to_break()?;
        }
        self.need_break()?;
        if !self.is_breakz(self.pos) {
            return Err(self.malformed_directive(start, "only a comment may follow on its line"));
        }
        self.read_break();
        Ok(())
    }

    fn malformed_directive(&self, start: usize, problem: &'static str) -> Error {
        self.error_from(start, ErrorKind::MalformedDirective(problem))
    }

    fn version(&mut self, start: usize) -> Result<(), Error> {
        self.skip_blanks()?;
        let major = self.version_number(start)?;
        if self.current() != b'.' {
            return Err(self.malformed_directive(start, "expected a version such as 1.1"));
        }
        self.pos += 1;
        let minor = self.version_number(start)?;
        let mut token = Token::new(TokenKind::VersionDirective, narrow(start), narrow(self.pos));
        token.a = major << 8 | minor;
        self.queue.push(token);
        Ok(())
    }

    fn version_number(&mut self, start: usize) -> Result<u32, Error> {
        let mut value = 0;
        let at = self.pos;
        while let digit @ b'0'..=b'9' = self.current() {
            if self.pos == at + 2 {
                return Err(
                    self.malformed_directive(start, "a version number has at most two digits")
                );
            }
            value = value * 10 + u32::from(digit - b'0');
            self.pos += 1;
        }
        if self.pos == at {
            return Err(self.malformed_directive(start, "expected a version such as 1.1"));
        }
        Ok(value)
    }

    fn tag_directive(&mut self, start: usize) -> Result<(), Error> {
        self.skip_blanks()?;
        let handle = self.tag_handle(start)?;
        if handle.len() > 1 && !handle.ends_with('!') {
            return Err(self.malformed_directive(start, "a tag handle ends with '!'"));
        }
        if !is_blank(self.current()) {
            return Err(self.malformed_directive(start, "a blank must follow the tag handle"));
        }
        self.skip_blanks()?;
        let suffix = self.tag_uri(start, None)?;
        if !self.is_blankz(self.pos) {
            return Err(
                self.malformed_directive(start, "a blank or line break must follow the tag prefix")
            );
        }
        self.push_tag(TokenKind::TagDirective, start, RawTag { handle, suffix });
        Ok(())
    }
}

const fn is_uri(byte: u8) -> bool {
    is_word(byte)
        || matches!(
            byte,
            b';' | b'/'
                | b'?'
                | b':'
                | b'@'
                | b'&'
                | b'='
                | b'+'
                | b'$'
                | b','
                | b'.'
                | b'!'
                | b'~'
                | b'*'
                | b'\''
                | b'('
                | b')'
                | b'['
                | b']'
        )
}
