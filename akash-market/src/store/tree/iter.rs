//! Walks over a tree.

use super::node::{Node, child_of};
use std::borrow::Borrow;
use std::iter::FusedIterator;
use std::ops::Bound;

/// The entries of a [`Tree`](super::Tree) or a range of it, in key order from either end.
pub struct Iter<'a, K, V> {
    /// The way to the next entry and to the last one; none when nothing is left.
    ends: Option<(Path<'a, K, V>, Path<'a, K, V>)>,
}

impl<K, V> std::fmt::Debug for Iter<'_, K, V> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Iter").finish_non_exhaustive()
    }
}

/// Branches from the root down, with the child taken, and a place in a leaf.
struct Path<'a, K, V> {
    branches: Vec<(&'a Node<K, V>, usize)>,
    keys: &'a [K],
    values: &'a [V],
    at: usize,
}

impl<K, V> Clone for Path<'_, K, V> {
    fn clone(&self) -> Self {
        Self {
            branches: self.branches.clone(),
            ..*self
        }
    }
}

impl<'a, K, V> Path<'a, K, V> {
    /// Goes down from a node, choosing the child of each branch and the place in the leaf.
    fn down(
        mut node: &'a Node<K, V>,
        mut branches: Vec<(&'a Node<K, V>, usize)>,
        child: impl Fn(&'a [K]) -> usize,
        place: impl Fn(&'a [K]) -> usize,
    ) -> Self {
        loop {
            match node {
                Node::Leaf { keys, values } => {
                    return Self {
                        branches,
                        keys,
                        values,
                        at: place(keys),
                    };
                }
                Node::Branch { keys, children } => {
                    let at = child(keys);
                    branches.push((node, at));
                    // As many children as keys and one more.
                    match children.get(at).or(children.last()) {
                        Some(next) => node = next,
                        None => {
                            return Self {
                                branches,
                                keys: &[],
                                values: &[],
                                at: 0,
                            };
                        }
                    }
                }
            }
        }
    }

    fn first(node: &'a Node<K, V>, branches: Vec<(&'a Node<K, V>, usize)>) -> Self {
        Self::down(node, branches, |_| 0, |_| 0)
    }

    /// The end of the last leaf.
    fn end(node: &'a Node<K, V>, branches: Vec<(&'a Node<K, V>, usize)>) -> Self {
        Self::down(node, branches, <[K]>::len, <[K]>::len)
    }

    fn entry(&self) -> Option<(&'a K, &'a V)> {
        Some((self.keys.get(self.at)?, self.values.get(self.at)?))
    }

    /// The way to the entry at this place, or if the leaf has no such place, to the first of a later leaf.
    fn or_later(mut self) -> Option<Self> {
        while self.at >= self.keys.len() {
            let (branch, at) = self.branches.pop()?;
            let Node::Branch { children, .. } = branch else {
                return None;
            };
            let next = at.saturating_add(1);
            if let Some(child) = children.get(next) {
                self.branches.push((branch, next));
                self = Self::first(child, std::mem::take(&mut self.branches));
            } else {
                // Nothing is right of the last child: on with its parent.
                self.keys = &[];
            }
        }
        Some(self)
    }

    /// The way to the entry before this place, which may be the end of the leaf.
    fn earlier(mut self) -> Option<Self> {
        while self.at == 0 {
            let (branch, at) = self.branches.pop()?;
            let Node::Branch { children, .. } = branch else {
                return None;
            };
            if let Some(before) = at.checked_sub(1)
                && let Some(child) = children.get(before)
            {
                self.branches.push((branch, before));
                self = Self::end(child, std::mem::take(&mut self.branches));
            }
        }
        self.at = self.at.saturating_sub(1);
        Some(self)
    }

    fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.keys, other.keys) && self.at == other.at
    }
}

impl<'a, K, V> Iter<'a, K, V> {
    pub(super) fn all(root: &'a Node<K, V>) -> Self {
        let first = Path::first(root, Vec::new()).or_later();
        let last = Path::end(root, Vec::new()).earlier();
        Self {
            ends: first.zip(last),
        }
    }

    pub(super) fn between<Q>(root: &'a Node<K, V>, low: Bound<&Q>, high: Bound<&Q>) -> Self
    where
        K: Borrow<Q> + Ord,
        Q: Ord + ?Sized,
    {
        let first = match low {
            Bound::Unbounded => Path::first(root, Vec::new()),
            Bound::Included(key) => Path::down(
                root,
                Vec::new(),
                |keys| child_of(keys, key),
                |keys| keys.partition_point(|k| k.borrow() < key),
            ),
            Bound::Excluded(key) => Path::down(
                root,
                Vec::new(),
                |keys| child_of(keys, key),
                |keys| keys.partition_point(|k| k.borrow() <= key),
            ),
        };
        let last = match high {
            Bound::Unbounded => Path::end(root, Vec::new()),
            Bound::Included(key) => Path::down(
                root,
                Vec::new(),
                |keys| child_of(keys, key),
                |keys| keys.partition_point(|k| k.borrow() <= key),
            ),
            Bound::Excluded(key) => Path::down(
                root,
                Vec::new(),
                |keys| child_of(keys, key),
                |keys| keys.partition_point(|k| k.borrow() < key),
            ),
        };
        let ends = first
            .or_later()
            .zip(last.earlier())
            .filter(|(first, last)| match (first.entry(), last.entry()) {
                (Some((low, _)), Some((high, _))) => low <= high,
                _ => false,
            });
        Self { ends }
    }
}

impl<'a, K, V> Iterator for Iter<'a, K, V> {
    type Item = (&'a K, &'a V);

    fn next(&mut self) -> Option<Self::Item> {
        let (mut first, last) = self.ends.take()?;
        let entry = first.entry();
        if !first.is(&last) {
            first.at = first.at.saturating_add(1);
            self.ends = first.or_later().map(|first| (first, last));
        }
        entry
    }
}

impl<K, V> DoubleEndedIterator for Iter<'_, K, V> {
    fn next_back(&mut self) -> Option<Self::Item> {
        let (first, last) = self.ends.take()?;
        let entry = last.entry();
        if !first.is(&last) {
            self.ends = last.earlier().map(|last| (first, last));
        }
        entry
    }
}

impl<K, V> FusedIterator for Iter<'_, K, V> {}
