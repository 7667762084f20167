//! Putting entries into maps and lists, and taking them out.

use super::error::EditError;
use super::find::find;
use super::layout::{Layout, end_of, start_of};
use super::path::{Path, Step};
use super::scalar::Scalar;
use super::verify::{Change, alias_of, holds};
use super::{replace, span};
use crate::diagnostic::Edit;
use crate::quote::{is_break, is_comment_or_blank};
use crate::yaml::{self, Kind, Node, Style, Tree};

/// The edit that puts an entry in, tried out.
pub(super) fn insert(tree: &Tree<'_>, path: &Path, value: &Scalar) -> Result<Edit, EditError> {
    let Some((parent, last)) = path.split_last() else {
        return Err(EditError::Exists {
            path: path.clone(),
            at: tree.root().position(),
        });
    };
    let holder = find(tree, &parent)?.node;
    let at = holder.position();
    if let Some(alias) = alias_of(tree, holder) {
        return Err(EditError::Shared {
            path: parent,
            at,
            alias,
        });
    }
    let (wanted, expected) = match last {
        Step::Key(_) => (Kind::Mapping, "a map"),
        Step::Item(_) => (Kind::Sequence, "a list"),
    };
    if holder.kind() != wanted {
        return Err(EditError::NotCollection {
            path: parent,
            at,
            expected,
        });
    }
    let (child, key) = match last {
        Step::Key(key) => {
            let there = holder.pairs().find(|(name, _)| name.text() == key);
            if let Some((name, _)) = there {
                return Err(EditError::Exists {
                    path: path.clone(),
                    at: name.position(),
                });
            }
            (holder.children().len(), Some(key.as_str()))
        }
        Step::Item(index) if *index <= holder.items().len() => (*index, None),
        Step::Item(_) => {
            return Err(EditError::NoSuchPath {
                path: path.clone(),
                at,
                nearest: None,
            });
        }
    };
    let change = Change::Added {
        holder: holder.id(),
        child,
        key,
        value,
    };
    let layout = Layout {
        text: tree.source(),
    };
    let keys = match key {
        Some(key) => Scalar::from(key).candidates(Style::Plain),
        None => vec![String::new()],
    };
    for key in &keys {
        for value in value.candidates(Style::Plain) {
            let entry = match last {
                Step::Key(_) => format!("{key}: {value}"),
                Step::Item(_) => value,
            };
            let edit = place(layout, holder, child, &entry);
            let text = replace(layout.text, core::slice::from_ref(&edit));
            if holds(tree, &text, &change) == Ok(true) {
                return Ok(edit);
            }
        }
    }
    let path = path.clone();
    Err(EditError::Layout { path, at })
}

/// Where an entry goes, and with what around it.
fn place(layout: Layout<'_>, holder: Node<'_, '_>, child: usize, entry: &str) -> Edit {
    let start = start_of(holder);
    let before = child.checked_sub(1);
    let before = before.and_then(|at| holder.children().nth(at));
    let (at, text) = match (holder.style(), before) {
        (Style::Flow, None) if holder.children().len() == 0 => (start + 1, entry.to_owned()),
        (Style::Flow, None) => (start + 1, format!("{entry}, ")),
        (Style::Flow, Some(before)) => (end_of(layout, before), format!(", {entry}")),
        (_, before) => {
            let indent = layout.indentation(start);
            let dash = match holder.kind() {
                Kind::Sequence => "- ",
                _ => "",
            };
            let line_break = layout.line_break();
            match before {
                None => (start, format!("{dash}{entry}{line_break}{indent}")),
                Some(before) => {
                    let end = end_of(layout, before);
                    if end > start && layout.line_start(end) == end {
                        (end, format!("{indent}{dash}{entry}{line_break}"))
                    } else {
                        let end = layout.line_end(end);
                        (end, format!("{line_break}{indent}{dash}{entry}"))
                    }
                }
            }
        }
    };
    Edit {
        span: span(at, at),
        replacement: text,
    }
}

/// The edit that takes an entry out, tried out.
pub(super) fn remove(tree: &Tree<'_>, path: &Path) -> Result<Edit, EditError> {
    let found = find(tree, path)?;
    let at = found.node.position();
    let refused = || EditError::Layout {
        path: path.clone(),
        at,
    };
    let (Some((holder, index)), Some(last)) = (found.holder, path.steps().last()) else {
        return Err(refused());
    };
    if let Some(alias) = alias_of(tree, holder) {
        let path = path.clone();
        return Err(EditError::Shared { path, at, alias });
    }
    let count = match holder.kind() {
        Kind::Mapping => 2,
        _ => 1,
    };
    let child = index * count;
    let others = holder.children().len() > count;
    if !others && holder.style() != Style::Flow {
        let path = path.clone();
        return Err(EditError::OnlyEntry { path, at });
    }
    let layout = Layout {
        text: tree.source(),
    };
    let (start, end) = match holder.style() {
        Style::Flow => flow_part(layout, holder, child, count),
        _ => block_part(layout, holder, child, count).ok_or_else(refused)?,
    };
    let edit = Edit {
        span: span(start, end),
        replacement: String::new(),
    };
    let change = Change::Removed {
        holder: holder.id(),
        child,
        count,
    };
    let text = replace(layout.text, core::slice::from_ref(&edit));
    if holds(tree, &text, &change) != Ok(true) {
        return Err(refused());
    }
    // A key of a merge key's maps may have been hidden by the one that goes.
    let (Step::Key(key), Some((merge, _))) = (last, holder.pairs().find(|(key, _)| key.is_merge()))
    else {
        return Ok(edit);
    };
    let brought = yaml::parse_with(text.as_bytes(), tree.limits())
        .map(|tree| matches!(find(&tree, path), Err(EditError::Merged { .. })));
    if key != "<<" && brought != Ok(false) {
        return Err(EditError::Merged {
            path: path.clone(),
            at,
            merge: merge.position(),
        });
    }
    Ok(edit)
}

/// An item and the comma before or behind it.
fn flow_part(
    layout: Layout<'_>,
    holder: Node<'_, '_>,
    child: usize,
    count: usize,
) -> (usize, usize) {
    let nth = |at: usize| holder.children().nth(at);
    // Tags and anchors stand before a node, and do not belong to its span.
    let begin = |child: usize| {
        let before = child.checked_sub(1).and_then(nth);
        let from = before.map_or(start_of(holder) + 1, |before| end_of(layout, before));
        let after = layout.after(from);
        let skipped =
            after.trim_start_matches(|c| c == ',' || c == ' ' || c == '\t' || is_break(c));
        from + after.len() - skipped.len()
    };
    let start = begin(child);
    let end = nth(child + count - 1).map_or(start, |last| end_of(layout, last));
    if nth(child + count).is_some() {
        return (start, begin(child + count));
    }
    match child.checked_sub(1).and_then(nth) {
        Some(before) => (end_of(layout, before), end),
        None => (start, end),
    }
}

/// The lines of an entry; or, for one that does not begin its line, up to where the next begins.
fn block_part(
    layout: Layout<'_>,
    holder: Node<'_, '_>,
    child: usize,
    count: usize,
) -> Option<(usize, usize)> {
    let mapping = holder.kind() == Kind::Mapping;
    let begin = |child: usize| {
        if mapping {
            holder.children().nth(child).map(start_of)
        } else {
            dash(layout, holder, child)
        }
    };
    let start = begin(child)?;
    let last = holder.children().nth(child + count - 1)?;
    let end = end_of(layout, last).max(start);
    if layout.prefix(start).trim_start_matches(' ').is_empty() {
        let line = layout.line_start(start);
        if end > start && layout.line_start(end) == end {
            return Some((line, end));
        }
        let next = layout.next_line(end);
        if next == layout.text.len() && layout.line_end(end) == next && line > 0 {
            // The last line has no break: that of the line before goes.
            let before = layout.part(0, line);
            let kept = before.strip_suffix("\r\n").map_or_else(
                || line - before.chars().next_back().map_or(0, char::len_utf8),
                str::len,
            );
            return Some((kept, next));
        }
        return Some((line, next));
    }
    let next = begin(child + count)?;
    let between = layout.part(end, next);
    (!between.contains('#')).then_some((start, next))
}

/// Where the `-` of an item of a block list stands.
fn dash(layout: Layout<'_>, list: Node<'_, '_>, item: usize) -> Option<usize> {
    let Some(before) = item.checked_sub(1) else {
        return Some(start_of(list));
    };
    list.items().nth(item)?;
    let mut at = end_of(layout, list.items().nth(before)?);
    if layout.line_start(at) != at {
        at = layout.next_line(at);
    }
    loop {
        let line = layout.part(at, layout.line_end(at));
        let text = line.trim_start_matches(' ');
        if text.starts_with('-') {
            return Some(at + line.len() - text.len());
        }
        if !is_comment_or_blank(text) {
            return None;
        }
        let next = layout.next_line(at);
        if next <= at {
            return None;
        }
        at = next;
    }
}
