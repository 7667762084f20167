//! Where in the text something stands.

use std::fmt;

/// A range of byte offsets into the text of a [`Tree`](super::Tree), end excluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`.
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span covers no byte: the place of a value that was left out.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// Line and column, both counted from 1; the column counts characters, not bytes.
///
/// A byte order mark at the start of the text takes no column.
/// Lines end where YAML 1.1 ends them: LF, CRLF, CR, U+0085, U+2028, U+2029.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl Position {
    /// The position of a byte offset; an offset behind the end is the end.
    ///
    /// Reads the text up to the offset: for many look-ups in one text make a [`LineIndex`].
    #[must_use]
    pub fn of(text: &str, offset: u32) -> Self {
        let end = floor_boundary(text, offset);
        let before = text.get(..end).unwrap_or(text);
        let mut line = 1;
        let mut start = 0;
        for_each_line_start(text, |at| {
            if at <= before.len() {
                line += 1;
                start = at;
            }
        });
        Self {
            line,
            column: column(text, start, end),
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The line starts of one text, for turning many offsets into positions.
///
/// ```
/// use akash_sdl::yaml::{LineIndex, Position};
///
/// let index = LineIndex::new("a: 1\r\nb: é, 2\n");
/// assert_eq!(index.position(6), Position { line: 2, column: 1 });
/// assert_eq!(index.position(11), Position { line: 2, column: 5 });
/// assert_eq!(index.line(2), Some("b: é, 2"));
/// ```
#[derive(Debug, Clone)]
pub struct LineIndex<'s> {
    text: &'s str,
    lines: Lines,
}

impl<'s> LineIndex<'s> {
    /// Finds the lines of a text.
    #[must_use]
    pub fn new(text: &'s str) -> Self {
        let lines = Lines::new(text);
        Self { text, lines }
    }

    /// The position of a byte offset; an offset behind the end is the end.
    #[must_use]
    pub fn position(&self, offset: u32) -> Position {
        self.lines.position(self.text, offset)
    }

    /// How many lines the text has, the one behind the last line break included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.lines.starts.len()
    }

    /// Whether the text has no characters.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text of a line (counted from 1) without its line break.
    #[must_use]
    pub fn line(&self, line: u32) -> Option<&'s str> {
        let index = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = *self.lines.starts.get(index)?;
        let end = self
            .lines
            .starts
            .get(index + 1)
            .copied()
            .unwrap_or(self.text.len());
        let text = self.text.get(start..end)?;
        Some(text.trim_end_matches(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']))
    }
}

/// What a [`LineIndex`] knows of its text. A look-up takes the same time in long lines as in short ones.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    starts: Vec<usize>,
    /// How many characters start before each block of the text; none if all are one byte long.
    before: Vec<usize>,
}

/// Bytes of a block whose characters are counted together.
const BLOCK: usize = 1024;

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        const TYPICAL: usize = 24;
        let mut starts = Vec::with_capacity(text.len() / TYPICAL + 1);
        starts.push(0);
        for_each_line_start(text, |at| starts.push(at));
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut sum = 0;
            for block in text.as_bytes().chunks(BLOCK) {
                before.push(sum);
                sum += characters(block);
            }
            before.push(sum);
        }
        Self { starts, before }
    }

    pub(super) fn position(&self, text: &str, offset: u32) -> Position {
        let end = floor_boundary(text, offset);
        let line = self.starts.partition_point(|&start| start <= end);
        let start = self.starts.get(line.saturating_sub(1));
        let start = match start.copied().unwrap_or(0) {
            // a byte order mark takes no column
            0 if text.starts_with(MARK) => MARK.len_utf8().min(end),
            start => start,
        };
        let column = self.characters_before(text, end) - self.characters_before(text, start);
        Position {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX).saturating_add(1),
        }
    }

    /// How many characters start before an offset.
    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        let Some(before) = self.before.get(block) else {
            return offset;
        };
        let rest = text.as_bytes().get(block * BLOCK..offset);
        before + characters(rest.unwrap_or_default())
    }
}

/// How many characters start in some bytes of a text.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

const MARK: char = '\u{FEFF}';

/// The largest character boundary not behind `offset`.
fn floor_boundary(text: &str, offset: u32) -> usize {
    let mut end = usize::try_from(offset)
        .unwrap_or(usize::MAX)
        .min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

fn column(text: &str, start: usize, end: usize) -> u32 {
    let line = text.get(start..end).unwrap_or("");
    let line = if start == 0 {
        line.strip_prefix(MARK).unwrap_or(line)
    } else {
        line
    };
    let chars = line.chars().count();
    u32::try_from(chars).unwrap_or(u32::MAX).saturating_add(1)
}

fn for_each_line_start(text: &str, mut found: impl FnMut(usize)) {
    if text.is_ascii() {
        let bytes = text.as_bytes();
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let behind = at + 1;
            if bytes.get(at) == Some(&b'\n') || bytes.get(behind) != Some(&b'\n') {
                found(behind);
            }
        }
        return;
    }
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\r' if chars.peek().is_some_and(|&(_, next)| next == '\n') => {}
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => found(at + c.len_utf8()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_and_marks_agree_too() {
        let mut text = String::from("\u{feff}a");
        for _ in 0..700 {
            text.push_str("é€b");
        }
        text.push_str("\nc😀d");
        for text in [&*text, text.strip_prefix(MARK).unwrap(), &"ab".repeat(1500)] {
            let index = LineIndex::new(text);
            for offset in (0..=u32::try_from(text.len()).unwrap() + 3).step_by(3) {
                assert_eq!(
                    index.position(offset),
                    Position::of(text, offset),
                    "{offset}"
                );
            }
        }
    }

    #[test]
    fn index_and_direct_look_up_agree() {
        let text = "a\r\nb\rcé\u{85}d\u{2028}e\n\n";
        let index = LineIndex::new(text);
        for offset in 0..=u32::try_from(text.len()).unwrap() + 3 {
            assert_eq!(
                index.position(offset),
                Position::of(text, offset),
                "offset {offset}"
            );
        }
        assert_eq!(index.len(), 7);
        assert_eq!(index.line(3), Some("cé"));
        assert_eq!(index.line(7), Some(""));
        assert_eq!(index.line(8), None);
        assert_eq!(index.line(0), None);
    }
}
