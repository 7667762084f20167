//! Diagnostics as plain text, with the lines they are about.

use core::fmt::Write as _;

use super::{Diagnostic, Edit};
use crate::yaml::{LineIndex, Span};

/// Longest part of a line that is shown, in characters.
const WIDTH: usize = 160;

pub(super) fn render(diagnostics: &[Diagnostic], source: &str) -> String {
    let index = LineIndex::new(source);
    let mut out = String::new();
    for (at, diagnostic) in diagnostics.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        // writing to a String cannot fail
        let _ = one(&mut out, diagnostic, &index, source);
    }
    out
}

fn one(
    out: &mut String,
    diagnostic: &Diagnostic,
    index: &LineIndex<'_>,
    source: &str,
) -> core::fmt::Result {
    writeln!(
        out,
        "{}[{}]: {}",
        diagnostic.severity, diagnostic.code, diagnostic.message
    )?;
    let margin = core::iter::once(diagnostic.span)
        .chain(diagnostic.related.iter().map(|related| related.span))
        .map(|span| index.position(span.start).line.to_string().len())
        .max()
        .unwrap_or(1);
    write!(out, "{:margin$}--> {}", "", diagnostic.position)?;
    if !diagnostic.path.is_empty() {
        write!(out, " ({})", diagnostic.path)?;
    }
    writeln!(out)?;
    snippet(out, diagnostic.span, "^", "", margin, index)?;
    for related in &diagnostic.related {
        snippet(out, related.span, "-", &related.message, margin, index)?;
    }
    if let Some(edit) = &diagnostic.suggestion {
        writeln!(out, "{:margin$} = help: {}", "", help(edit, source))?;
    }
    Ok(())
}

fn snippet(
    out: &mut String,
    span: Span,
    mark: &str,
    label: &str,
    margin: usize,
    index: &LineIndex<'_>,
) -> core::fmt::Result {
    let position = index.position(span.start);
    let Some(line) = index.line(position.line) else {
        return Ok(());
    };
    let column = usize::try_from(position.column.saturating_sub(1)).unwrap_or(0);
    let end = index.position(span.end);
    let length = if end.line == position.line {
        usize::try_from(end.column.saturating_sub(position.column)).unwrap_or(1)
    } else {
        line.chars().count().saturating_sub(column)
    };
    // Of a long line, the part around the place is shown.
    let skip = column.saturating_sub(WIDTH / 2);
    let shown: String = line
        .chars()
        .skip(skip)
        .take(WIDTH)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let indent = column - skip;
    let length = length.clamp(1, WIDTH.saturating_sub(indent).max(1));
    writeln!(out, "{:margin$} |", "")?;
    writeln!(out, "{:margin$} | {}", position.line, shown.trim_end())?;
    let marks = format!(
        "{:margin$} | {:indent$}{} {label}",
        "",
        "",
        mark.repeat(length)
    );
    writeln!(out, "{}", marks.trim_end())
}

fn help(edit: &Edit, source: &str) -> String {
    let start = usize::try_from(edit.span.start).unwrap_or(usize::MAX);
    let end = usize::try_from(edit.span.end).unwrap_or(usize::MAX);
    let new = edit.replacement.trim();
    match source.get(start..end).unwrap_or_default().trim() {
        "" => format!("insert `{new}`"),
        old if new.is_empty() => format!("remove `{old}`"),
        old => format!("write `{new}` instead of `{old}`"),
    }
}
