//! Giving many scalars other texts at once.

use std::collections::BTreeMap;

use zeroize::Zeroize as _;

use super::layout::Layout;
use super::replace;
use super::scalar::Scalar;
use super::set::written;
use super::verify::{Change, holds};
use crate::diagnostic::Edit;
use crate::quote;
use crate::yaml::{self, Node, Resolved, Style, Tree};

/// The text that a scalar is to have.
pub(crate) struct Rewrite<'r> {
    pub(crate) text: &'r str,
    /// Whether a number or flag is to be one, and not a text in quotes.
    pub(crate) typed: bool,
}

impl Rewrite<'_> {
    pub(super) fn is_read_from(&self, node: Node<'_, '_>) -> bool {
        node.resolve() == Ok(Resolved::Str(self.text))
            || self.typed && node.text() == self.text && is_number_or_flag(node)
    }

    fn candidates(&self, style: Style, quoted: bool) -> Vec<String> {
        if self.typed && !quoted {
            let plain = yaml::parse(self.text.as_bytes());
            let root = plain.as_ref().map(|tree| tree.root());
            if root.is_ok_and(|root| root.text() == self.text && is_number_or_flag(root)) {
                return vec![self.text.to_owned()];
            }
        }
        let style = match style {
            Style::SingleQuoted if !quoted => style,
            Style::Plain if !quoted && quote::is_word(self.text) => style,
            _ => Style::DoubleQuoted,
        };
        let mut candidates = Scalar::from(self.text).candidates(style);
        candidates.truncate(1);
        candidates
    }
}

fn is_number_or_flag(node: Node<'_, '_>) -> bool {
    matches!(
        node.resolve(),
        Ok(Resolved::Bool(_) | Resolved::Int(_) | Resolved::Uint(_) | Resolved::Float(_))
    )
}

/// The text in which the scalars with these numbers have other texts, and the edits that make it;
/// none if it cannot be.
pub(crate) fn rewrite(
    tree: &Tree<'_>,
    rewrites: &BTreeMap<u32, Rewrite<'_>>,
) -> Option<(String, Vec<Edit>)> {
    let layout = Layout {
        text: tree.source(),
    };
    for quoted in [false, true] {
        let mut edits = Vec::with_capacity(rewrites.len());
        for node in tree.scalars() {
            let Some(rewrite) = rewrites.get(&node.id()) else {
                continue;
            };
            let lines = rewrite.candidates(node.style(), quoted);
            let mut value = Scalar::from(rewrite.text);
            let ways = written(layout, node, &value, lines);
            if let Scalar::Text(text) = &mut value {
                text.zeroize();
            }
            // A text of several lines is tried as such first, then on one line.
            let way = if quoted {
                ways.into_iter().last()
            } else {
                ways.into_iter().next()
            };
            edits.append(&mut way?);
        }
        let mut text = replace(layout.text, &edits);
        if holds(tree, &text, &Change::Rewritten(rewrites)) == Ok(true) {
            return Some((text, edits));
        }
        text.zeroize();
        for edit in &mut edits {
            edit.replacement.zeroize();
        }
    }
    None
}
