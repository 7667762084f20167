//! An ordered map whose copies share what they have in common.

mod iter;
mod node;

pub use iter::Iter;

use node::{Inserted, Node};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Borrow;
use std::fmt;
use std::ops::RangeBounds;
use std::sync::Arc;

/// A B+-tree of shared nodes: cloning one takes constant time, and a clone that changes copies only the nodes on the
/// way to the change. Every other operation takes logarithmic time.
///
/// ```
/// use akash_market::store::Tree;
/// let tree: Tree<u32, &str> = [(2, "two"), (1, "one")].into_iter().collect();
/// let mut copy = tree.clone();
/// copy.insert(3, "three");
/// assert_eq!(copy.remove(&1), Some((1, "one")));
/// assert_eq!(tree.iter().map(|(key, _)| *key).collect::<Vec<_>>(), [1, 2]);
/// assert_eq!(copy.range(..3).next_back(), Some((&2, &"two")));
/// ```
pub struct Tree<K, V> {
    root: Arc<Node<K, V>>,
    len: usize,
}

impl<K, V> Clone for Tree<K, V> {
    fn clone(&self) -> Self {
        Self {
            root: Arc::clone(&self.root),
            len: self.len,
        }
    }
}

impl<K, V> Default for Tree<K, V> {
    fn default() -> Self {
        Self {
            root: Arc::new(Node::empty()),
            len: 0,
        }
    }
}

impl<K, V> Tree<K, V> {
    /// How many entries there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there are no entries.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All entries in key order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter::all(&self.root)
    }
}

impl<K: Ord, V> Tree<K, V> {
    /// The value at a key.
    #[inline]
    pub fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        self.root.get(key)
    }

    /// The entries whose keys lie in a range, in key order.
    pub fn range<Q, R>(&self, range: R) -> Iter<'_, K, V>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
        R: RangeBounds<Q>,
    {
        Iter::between(&self.root, range.start_bound(), range.end_bound())
    }
}

impl<K: Ord + Clone, V: Clone> Tree<K, V> {
    /// The value at a key, to be changed.
    #[inline]
    pub fn get_mut<Q>(&mut self, key: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        node::get_mut(&mut self.root, key)
    }

    /// Puts a value at a key and returns what stood there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        match node::insert(&mut self.root, key, value) {
            Inserted::Replaced(old) => return Some(old),
            Inserted::Added => {}
            Inserted::Split(key, right) => {
                let left = std::mem::replace(&mut self.root, Arc::new(Node::empty()));
                self.root = Arc::new(Node::over(left, key, right));
            }
        }
        self.len = self.len.saturating_add(1);
        None
    }

    /// Removes the entry at a key and returns it.
    pub fn remove<Q>(&mut self, key: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        let removed = node::remove(&mut self.root, key)?;
        self.len = self.len.saturating_sub(1);
        while let Some(only) = self.root.only_child() {
            self.root = only;
        }
        Some(removed)
    }
}

impl<K: PartialEq, V: PartialEq> PartialEq for Tree<K, V> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.root, &other.root)
            || self.len == other.len && self.iter().eq(other.iter())
    }
}

impl<K: Eq, V: Eq> Eq for Tree<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Tree<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for Tree<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut tree = Self::default();
        for (key, value) in entries {
            tree.insert(key, value);
        }
        tree
    }
}

/// Written as a list of pairs, since keys are rarely texts.
impl<K: Serialize, V: Serialize> Serialize for Tree<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de, K: Deserialize<'de> + Ord + Clone, V: Deserialize<'de> + Clone> Deserialize<'de>
    for Tree<K, V>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<(K, V)>::deserialize(deserializer).map(|pairs| pairs.into_iter().collect())
    }
}

impl<'a, K, V> IntoIterator for &'a Tree<K, V> {
    type Item = (&'a K, &'a V);
    type IntoIter = Iter<'a, K, V>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Keys come in runs, so that nodes fill, split, empty and merge.
        #[test]
        fn a_tree_is_a_sorted_map(
            runs in proptest::collection::vec((0..4_000u16, 1..400u16, any::<bool>(), 0..3u8), 1..40),
            (from, to) in (0..4_500u16, 0..4_500u16),
        ) {
            let mut tree = Tree::default();
            let mut model = BTreeMap::new();
            let mut kept = Vec::new();
            for (start, length, down, what) in runs {
                for step in 0..length {
                    let key = if down { start + length - step } else { start + step };
                    match what {
                        0 => prop_assert_eq!(tree.remove(&key), model.remove_entry(&key)),
                        1 => prop_assert_eq!(
                            tree.get_mut(&key).map(|v| { *v += 1; *v }),
                            model.get_mut(&key).map(|v| { *v += 1; *v })
                        ),
                        _ => prop_assert_eq!(tree.insert(key, step), model.insert(key, step)),
                    }
                }
                prop_assert_eq!(tree.len(), model.len());
                kept.push((tree.clone(), model.clone()));
            }
            for (tree, model) in &kept {
                prop_assert!(tree.iter().eq(model.iter()));
            }
            prop_assert!(tree.iter().rev().eq(model.iter().rev()));
            prop_assert_eq!(tree.get(&from), model.get(&from));
            if from <= to {
                prop_assert!(tree.range(from..=to).eq(model.range(from..=to)));
                prop_assert!(tree.range(from..to).rev().eq(model.range(from..to).rev()));
                let (mut ours, mut theirs) = (tree.range(from..), model.range(from..));
                while let Some(low) = theirs.next() {
                    prop_assert_eq!(ours.next(), Some(low));
                    prop_assert_eq!(ours.next_back(), theirs.next_back());
                }
                prop_assert_eq!(ours.next(), None);
                prop_assert_eq!(ours.next_back(), None);
            } else {
                prop_assert_eq!(tree.range(from..to).next(), None);
            }
        }
    }
}
