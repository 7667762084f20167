//! Whether an edited text reads as it did, but for what was to be changed.

use std::collections::BTreeMap;

use super::rewrite::Rewrite;
use super::scalar::Scalar;
use crate::yaml::{self, Kind, Node, Position, Tree};

/// What was to be changed.
pub(super) enum Change<'c> {
    /// The value of a node.
    Set { node: u32, value: &'c Scalar },
    /// The texts of nodes.
    Rewritten(&'c BTreeMap<u32, Rewrite<'c>>),
    /// A new entry of a map or list, at this place among its children.
    Added {
        holder: u32,
        child: usize,
        key: Option<&'c str>,
        value: &'c Scalar,
    },
    /// This many children of a map or list less, from this one on.
    Removed {
        holder: u32,
        child: usize,
        count: usize,
    },
}

/// Reads the new text and compares.
pub(super) fn holds(old: &Tree<'_>, text: &str, change: &Change<'_>) -> Result<bool, yaml::Error> {
    let new = yaml::parse_with(text.as_bytes(), old.limits())?;
    let mut walk = Walk {
        change,
        places: vec![0; old.len()],
    };
    Ok(walk.same(old.root(), new.root()))
}

/// The first alias through which a node shows in another place too.
pub(super) fn alias_of(tree: &Tree<'_>, node: Node<'_, '_>) -> Option<Position> {
    let alias = tree.nodes.iter().find(|data| {
        let target = tree.nodes.get(data.a as usize);
        data.kind == Kind::Alias
            && target.is_some_and(|target| (data.a..target.next).contains(&node.id()))
    })?;
    Some(Position::of(tree.source(), alias.start))
}

struct Walk<'c> {
    change: &'c Change<'c>,
    /// The new id of each old node that was met.
    places: Vec<u32>,
}

impl Walk<'_> {
    fn same(&mut self, old: Node<'_, '_>, new: Node<'_, '_>) -> bool {
        if let Some(place) = self.places.get_mut(old.id() as usize) {
            *place = new.id();
        }
        if old.anchor() != new.anchor() || old.tag() != new.tag() {
            return false;
        }
        if let Change::Set { node, value } = self.change
            && *node == old.id()
        {
            return new.kind() == Kind::Scalar && value.is_read_from(new);
        }
        if let Change::Rewritten(rewrites) = self.change
            && let Some(rewrite) = rewrites.get(&old.id())
        {
            return new.kind() == Kind::Scalar && rewrite.is_read_from(new);
        }
        if old.kind() != new.kind() || old.text() != new.text() {
            return false;
        }
        match old.kind() {
            Kind::Scalar => old.style() == new.style(),
            Kind::Alias => self.same_target(old, new),
            Kind::Sequence | Kind::Mapping => self.same_children(old, new),
        }
    }

    fn same_target(&self, old: Node<'_, '_>, new: Node<'_, '_>) -> bool {
        let (Some(old), Some(new)) = (old.alias_target(), new.alias_target()) else {
            return false;
        };
        self.places.get(old.id() as usize) == Some(&new.id())
    }

    fn same_children(&mut self, old: Node<'_, '_>, new: Node<'_, '_>) -> bool {
        let (mut left, mut right) = (old.children(), new.children());
        let mut at = 0;
        loop {
            match self.change {
                Change::Added {
                    holder,
                    child,
                    key,
                    value,
                } if *holder == old.id() && *child == at => {
                    let bare = |node: Node<'_, '_>| {
                        node.kind() == Kind::Scalar && node.tag().or(node.anchor()).is_none()
                    };
                    if let Some(key) = key {
                        let named = right.next().is_some_and(|node| {
                            bare(node) && !node.is_merge() && node.text() == *key
                        });
                        if !named {
                            return false;
                        }
                    }
                    if !right
                        .next()
                        .is_some_and(|node| bare(node) && value.is_read_from(node))
                    {
                        return false;
                    }
                }
                Change::Removed {
                    holder,
                    child,
                    count,
                } if *holder == old.id() && *child == at => {
                    for _ in 0..*count {
                        left.next();
                    }
                }
                _ => {}
            }
            at += 1;
            match (left.next(), right.next()) {
                (None, None) => return true,
                (Some(old), Some(new)) if self.same(old, new) => {}
                _ => return false,
            }
        }
    }
}
