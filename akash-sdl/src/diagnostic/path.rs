//! Where in the document a place of the text is, such as `services.web.expose[0].port`.

use std::collections::BTreeMap;

use super::collect::push_key;
use crate::yaml::{Kind, Node, Span, Tree};

/// Children of a node from which on they are looked up by their order.
const WIDE: usize = 32;

/// Finds the paths of places in one tree; many in a wide list or map cost no more than few.
pub(super) struct Paths<'t, 'a> {
    tree: &'t Tree<'a>,
    /// The children of wide nodes, by number of the node.
    wide: BTreeMap<u32, Vec<Node<'t, 'a>>>,
}

impl<'t, 'a> Paths<'t, 'a> {
    pub(super) const fn new(tree: &'t Tree<'a>) -> Self {
        let wide = BTreeMap::new();
        Self { tree, wide }
    }

    /// The path to the innermost node that holds the span.
    pub(super) fn of(&mut self, span: Span) -> String {
        let mut path = String::new();
        let mut node = self.tree.root();
        while let Some(inner) = self.step(node, span, &mut path) {
            node = inner;
        }
        path
    }

    fn step(&mut self, node: Node<'t, 'a>, span: Span, path: &mut String) -> Option<Node<'t, 'a>> {
        let (at, child) = self.child(node, span)?;
        match node.kind() {
            Kind::Sequence => {
                path.push_str(&format!("[{at}]"));
                Some(child)
            }
            Kind::Mapping => {
                // Keys and values take turns.
                let is_value = at % 2 == 1;
                let key = if is_value {
                    self.nth(node, at - 1)?
                } else {
                    child
                };
                let value = if is_value {
                    child
                } else {
                    self.nth(node, at + 1)?
                };
                push_key(path, key.text());
                holds(value, span).then_some(value)
            }
            Kind::Scalar | Kind::Alias => None,
        }
    }

    /// The first child that holds the span, and how many are before it.
    fn child(&mut self, node: Node<'t, 'a>, span: Span) -> Option<(usize, Node<'t, 'a>)> {
        let children = node.children();
        if children.len() < WIDE {
            return children.enumerate().find(|(_, child)| holds(*child, span));
        }
        let children = self
            .wide
            .entry(node.id())
            .or_insert_with(|| children.collect());
        // They stand one behind the other; only empty ones may share a place.
        let behind = children.partition_point(|child| child.span().start <= span.start);
        let before = children.get(..behind)?.iter().enumerate().rev();
        before
            .take_while(|(_, child)| child.span().end >= span.start)
            .filter(|(_, child)| holds(**child, span))
            .last()
            .map(|(at, child)| (at, *child))
    }

    fn nth(&self, node: Node<'t, 'a>, at: usize) -> Option<Node<'t, 'a>> {
        match self.wide.get(&node.id()) {
            Some(children) => children.get(at).copied(),
            None => node.children().nth(at),
        }
    }
}

fn holds(node: Node<'_, '_>, span: Span) -> bool {
    let own = node.span();
    own == span || !span.is_empty() && own.start <= span.start && span.end <= own.end
}
