//! Writing another value in place of one.

use super::error::EditError;
use super::find::find;
use super::layout::{Layout, content_end, end_of, start_of};
use super::path::Path;
use super::scalar::Scalar;
use super::verify::{Change, alias_of, holds};
use super::{replace, span};
use crate::diagnostic::Edit;
use crate::quote::is_break;
use crate::yaml::{Kind, Node, Style, Tree};

/// The edits that set the value, tried out.
pub(super) fn set(tree: &Tree<'_>, path: &Path, value: &Scalar) -> Result<Vec<Edit>, EditError> {
    let found = find(tree, path)?;
    let node = found.node;
    let at = node.position();
    let kind = node.resolved().kind();
    if kind != Kind::Scalar {
        return Err(EditError::NotScalar {
            path: path.clone(),
            at,
            found: match kind {
                Kind::Sequence => "a list",
                _ => "a map",
            },
        });
    }
    if let Some(alias) = alias_of(tree, node) {
        let path = path.clone();
        return Err(EditError::Shared { path, at, alias });
    }
    let change = Change::Set {
        node: node.id(),
        value,
    };
    let layout = Layout {
        text: tree.source(),
    };
    for edits in candidates(layout, node, value) {
        let text = replace(layout.text, &edits);
        if holds(tree, &text, &change) == Ok(true) {
            return Ok(edits);
        }
    }
    let path = path.clone();
    Err(EditError::Layout { path, at })
}

fn candidates(layout: Layout<'_>, node: Node<'_, '_>, value: &Scalar) -> Vec<Vec<Edit>> {
    let lines = value.candidates(node.style());
    written(layout, node, value, lines)
}

/// The edits for each way to write the value on one line; before them, if it is a text of several
/// lines where a block text stands, those for another block text.
pub(super) fn written(
    layout: Layout<'_>,
    node: Node<'_, '_>,
    value: &Scalar,
    lines: Vec<String>,
) -> Vec<Vec<Edit>> {
    let (start, end) = (start_of(node), end_of(layout, node));
    let edit = |start, end, replacement: String| Edit {
        span: span(start, end),
        replacement,
    };
    let lines = lines.into_iter();
    if matches!(node.style(), Style::Literal | Style::Folded) {
        // The comment behind `|` stays where it is.
        let header_end = layout.line_end(start);
        let header = layout.part(start, header_end);
        let token = header.find([' ', '\t']).unwrap_or(header.len());
        let content_end = content_end(layout, node);
        let body = layout.part(header_end, content_end);
        let mut all = Vec::with_capacity(3);
        if let Scalar::Text(text) = value {
            all.extend(literal(layout, body, text).map(|(indicator, lines)| {
                // What keeps the blank lines behind it takes those that are there in.
                let end = match indicator {
                    "|+" => end.max(content_end),
                    _ => content_end,
                };
                vec![
                    edit(start, start + token, indicator.to_owned()),
                    edit(header_end, end, lines),
                ]
            }));
        }
        all.extend(lines.map(|line| {
            vec![
                edit(start, start + token, line),
                edit(header_end, content_end, String::new()),
            ]
        }));
        return all;
    }
    if start == end {
        // Left out: the value needs a blank before it, and one behind it in braces.
        let spaced = lines.map(|line| vec![edit(start, end, format!(" {line}"))]);
        return spaced.collect();
    }
    lines.map(|line| vec![edit(start, end, line)]).collect()
}

/// A text of several lines as a block like the one that stands there: indicator and lines.
fn literal(layout: Layout<'_>, body: &str, text: &str) -> Option<(&'static str, String)> {
    let fit = text.contains('\n')
        && !text.starts_with([' ', '\t', '\n'])
        && !text.contains(|c| is_break(c) && c != '\n');
    let first = body.split(is_break).find(|line| !line.trim().is_empty())?;
    let indent = first.get(..first.len() - first.trim_start_matches(' ').len())?;
    if !fit || indent.is_empty() {
        return None;
    }
    let content = text.trim_end_matches('\n');
    let indicator = match text.len() - content.len() {
        0 => "|-",
        1 => "|",
        _ => "|+",
    };
    let lines = text.strip_suffix('\n').unwrap_or(text);
    let mut out = String::new();
    for line in lines.split('\n') {
        out.push_str(layout.line_break());
        if !line.is_empty() {
            out.push_str(indent);
            out.push_str(line);
        }
    }
    if indicator == "|+" {
        out.push_str(layout.line_break());
    }
    Some((indicator, out))
}
