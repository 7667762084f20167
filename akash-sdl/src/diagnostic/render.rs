//! Diagnostics as plain text, with the lines they are about.

use core::fmt::Write as _;

use super::{Diagnostic, Edit};
use crate::yaml::{LineIndex, Span};

/// Longest part of a line that is shown, in characters.
const WIDTH: usize = 160;

/// Stands for what is left out of a long line.
const CUT: &str = "...";

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
    let part: Vec<char> = line
        .chars()
        .skip(skip)
        .take(WIDTH)
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let end = skip + part.len();
    let mut shown = String::from(if skip > 0 { CUT } else { "" });
    shown.extend(&part);
    if line.chars().nth(end).is_some() {
        shown.push_str(CUT);
    }
    let columns = |chars: &[char]| chars.iter().map(|c| width(*c)).sum::<usize>();
    let (before, marked) = part
        .split_at_checked(column - skip)
        .unwrap_or((part.as_slice(), &[]));
    let marked = marked.get(..length).unwrap_or(marked);
    let indent = columns(before) + if skip > 0 { CUT.chars().count() } else { 0 };
    let length = columns(marked).max(1);
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

/// How many columns a terminal gives a character, as far as SDL files go: two for East Asian scripts
/// and pictures, none for marks that join the character before.
const fn width(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => 0,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1f64f}'
        | '\u{1f680}'..='\u{1f6ff}'
        | '\u{1f900}'..='\u{1f9ff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
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

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostic, Severity, codes};
    use crate::yaml::{LineIndex, Span};

    fn shown(source: &str, marked: &str) -> String {
        let start = source.find(marked).unwrap();
        let span = Span::new(
            u32::try_from(start).unwrap(),
            u32::try_from(start + marked.len()).unwrap(),
        );
        let diagnostic = Diagnostic {
            code: codes::YAML_TYPE,
            severity: Severity::Error,
            message: "message".to_owned(),
            path: String::new(),
            span,
            position: LineIndex::new(source).position(span.start),
            related: Vec::new(),
            suggestion: None,
        };
        super::render(&[diagnostic], source)
    }

    #[test]
    fn marks_stand_below_wide_characters_and_tabs() {
        let text = shown("a: {\u{6f22}\u{5b57}:\t\u{1f600} x}\n", "\u{1f600}");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[3], "1 | a: {\u{6f22}\u{5b57}: \u{1f600} x}");
        assert_eq!(lines[4], "  |           ^^");
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let source = format!("{}MARK{}\n", "a".repeat(5000), "b".repeat(5000));
        let text = shown(&source, "MARK");
        let lines: Vec<&str> = text.lines().collect();
        assert!(text.len() < 700, "{}", text.len());
        let at = lines[3].find("MARK").unwrap();
        assert_eq!(lines[4].find("^^^^"), Some(at));
        assert!(lines[3].contains("| ...aaa") && lines[3].ends_with("bbb..."));
    }

    #[test]
    fn marks_of_several_lines_end_with_the_first() {
        let text = shown("a: [b,\n  c]\n", "[b,\n  c]");
        assert!(text.contains("  |    ^^^\n"), "{text}");
    }
}
