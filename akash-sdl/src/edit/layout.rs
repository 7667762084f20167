//! Lines, indentation, and where nodes end.

use crate::quote::is_break;
use crate::yaml::{Kind, Node, Style};

/// A text as lines.
#[derive(Clone, Copy)]
pub(super) struct Layout<'s> {
    pub(super) text: &'s str,
}

impl<'s> Layout<'s> {
    fn before(self, at: usize) -> &'s str {
        self.text.get(..at).unwrap_or_default()
    }

    pub(super) fn after(self, at: usize) -> &'s str {
        self.text.get(at..).unwrap_or_default()
    }

    pub(super) fn part(self, start: usize, end: usize) -> &'s str {
        self.text.get(start..end).unwrap_or_default()
    }

    /// Where the line of an offset begins.
    pub(super) fn line_start(self, at: usize) -> usize {
        let before = self.before(at);
        let start = before
            .char_indices()
            .rev()
            .find(|(_, c)| is_break(*c))
            .map_or(0, |(at, c)| at + c.len_utf8());
        // A byte order mark belongs to no line.
        match self.after(start).starts_with('\u{feff}') && start == 0 {
            true => '\u{feff}'.len_utf8().min(at),
            false => start,
        }
    }

    /// Where the line of an offset ends, its break excluded.
    pub(super) fn line_end(self, at: usize) -> usize {
        let after = self.after(at);
        at + after.find(is_break).unwrap_or(after.len())
    }

    /// Where the line behind that of an offset begins: behind the break.
    pub(super) fn next_line(self, at: usize) -> usize {
        let end = self.line_end(at);
        let after = self.after(end);
        let length = match after.strip_prefix("\r\n") {
            Some(_) => 2,
            None => after.chars().next().map_or(0, char::len_utf8),
        };
        end + length
    }

    /// What stands before an offset on its line.
    pub(super) fn prefix(self, at: usize) -> &'s str {
        self.part(self.line_start(at), at)
    }

    /// Spaces up to the column of an offset.
    pub(super) fn indentation(self, at: usize) -> String {
        " ".repeat(self.prefix(at).chars().count())
    }

    /// The line break in use: that of the first line.
    pub(super) fn line_break(self) -> &'static str {
        let end = self.line_end(0);
        if self.after(end).starts_with("\r\n") {
            "\r\n"
        } else {
            "\n"
        }
    }
}

pub(super) fn start_of(node: Node<'_, '_>) -> usize {
    node.span().start as usize
}

/// Where what a node says ends. Blank lines and comments behind it do not belong to it.
pub(super) fn end_of(layout: Layout<'_>, node: Node<'_, '_>) -> usize {
    let span = node.span();
    let end = span.end as usize;
    match (node.kind(), node.style()) {
        (Kind::Sequence | Kind::Mapping, Style::Block) => {
            let last = node.children().last();
            last.map_or(end, |last| end_of(layout, last))
        }
        (_, Style::Literal | Style::Folded) if keeps(layout, node) => end,
        (_, Style::Literal | Style::Folded) => content_end(layout, node),
        _ => end,
    }
}

/// Whether blank lines behind a block text are part of it.
fn keeps(layout: Layout<'_>, block: Node<'_, '_>) -> bool {
    let start = start_of(block);
    let header = layout.part(start, layout.line_end(start));
    header.split('#').next().is_some_and(|it| it.contains('+'))
}

/// Where the last line of a block text ends that is not blank.
pub(super) fn content_end(layout: Layout<'_>, block: Node<'_, '_>) -> usize {
    let span = block.span();
    let text = layout.part(span.start as usize, span.end as usize);
    let blank = |c: char| is_break(c) || c == ' ' || c == '\t';
    // Blanks at the end of the line are part of it.
    layout.line_end(span.start as usize + text.trim_end_matches(blank).len())
}
