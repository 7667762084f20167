//! What stands between tokens: blanks, line breaks, comments.

use super::Scanner;
use super::cursor::is_blank;
use crate::yaml::error::Error;

/// How far yaml.v3 looks for the next comment.
const COMMENT_WINDOW: usize = 512;

impl<const W: bool> Scanner<'_, W> {
    /// Steps over blanks, line breaks and comments.
    ///
    /// A tab is skipped only where it cannot be taken for indentation.
    #[inline]
    pub(super) fn skip_to_token(&mut self) -> Result<(), Error> {
        if !W && is_visible(self.current()) {
            return Ok(());
        }
        self.skip_between()
    }

    fn skip_between(&mut self) -> Result<(), Error> {
        loop {
            self.need(1)?;
            if W && self.pos == self.line_start
                && self
                    .window
                    .as_ref()
                    .is_some_and(|window| window.at_mark(self.text))
            {
                self.pos += self.current_char().map_or(0, char::len_utf8);
            }
            let at = self.pos;
            self.skip_spaces();
            while self.current() == b'\t' && (self.flow_level > 0 || !self.simple_key_allowed) {
                self.pos += 1;
                self.skip_spaces();
            }
            self.need_each(at, 1)?;
            if self.current() == b'#' {
                self.skip_comments()?;
            }
            self.need_break()?;
            if self.read_break().is_empty() {
                return Ok(());
            }
            if self.flow_level == 0 {
                self.simple_key_allowed = true;
            }
        }
    }

    /// Steps over a comment and the comments on the lines after it.
    ///
    /// yaml.v3 gathers a block of comments in one go, and in doing so takes tabs before the second
    /// and later ones for blanks; libyaml itself would refuse them.
    fn skip_comments(&mut self) -> Result<(), Error> {
        loop {
            self.skip_to_break()?;
            // It goes on at the byte behind the first byte of the line break.
            let next = (1..COMMENT_WINDOW)
                .map(|ahead| self.pos + ahead)
                .find(|&at| !matches!(self.byte(at), b' ' | b'\t' | b'\n' | b'\r'));
            self.need(next.map_or(COMMENT_WINDOW, |at| at - self.pos + 1))?;
            match next {
                Some(at) if self.byte(at) == b'#' => {
                    while self.pos < at {
                        if self.read_break().is_empty() {
                            self.pos += 1;
                        }
                    }
                }
                _ => return Ok(()),
            }
        }
    }

    /// Steps over a comment on the line of the token just scanned.
    #[inline]
    pub(super) fn skip_line_comment(&mut self) -> Result<(), Error> {
        self.need(1)?;
        match self.current() {
            b' ' if !W && is_visible(self.byte(self.pos + 1)) => return Ok(()),
            b' ' | b'\t' | b'#' => {}
            _ => return Ok(()),
        }
        let next = (self.pos..self.pos + COMMENT_WINDOW).find(|&at| !is_blank(self.byte(at)));
        self.need(next.map_or(COMMENT_WINDOW, |at| at - self.pos + 1))?;
        if let Some(at) = next
            && self.byte(at) == b'#'
        {
            self.pos = at;
            self.skip_to_break()?;
        }
        Ok(())
    }
}

/// Whether a byte is a character of ASCII that is seen and begins no comment.
#[inline]
const fn is_visible(byte: u8) -> bool {
    matches!(byte, b'!'..=b'"' | b'$'..=b'~')
}
