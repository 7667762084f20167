//! An ordered table with an undo journal.

use super::Journaled;
use super::tree::{Iter, Tree};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Borrow;
use std::fmt;
use std::ops::RangeBounds;

/// A map in key order, on a [`Tree`], whose changes since [`Journaled::begin`] can be taken back.
///
/// ```
/// use akash_market::store::{Journaled, Table};
/// let mut table = Table::default();
/// table.insert(1, "one");
/// table.begin();
/// table.insert(1, "uno");
/// table.remove(&1);
/// table.rollback();
/// assert_eq!(table.get(&1), Some(&"one"));
/// ```
#[derive(Clone)]
pub struct Table<K, V> {
    entries: Tree<K, V>,
    /// What stood at a key before a change inside a bracket.
    undo: Vec<(K, Option<V>)>,
    /// Length of `undo` at the start of each open bracket.
    marks: Vec<usize>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self {
            entries: Tree::default(),
            undo: Vec::new(),
            marks: Vec::new(),
        }
    }
}

impl<K: Ord + Clone, V: Clone> Table<K, V> {
    /// The value at a key.
    pub fn get<Q>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        self.entries.get(key)
    }

    /// Whether there is a value at a key.
    pub fn contains<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        self.entries.get(key).is_some()
    }

    /// Puts a value at a key.
    pub fn insert(&mut self, key: K, value: V) {
        if self.marks.is_empty() {
            self.entries.insert(key, value);
        } else {
            let old = self.entries.insert(key.clone(), value);
            self.undo.push((key, old));
        }
    }

    /// Removes the value at a key; tells whether there was one.
    pub fn remove<Q>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        match self.entries.remove(key) {
            Some((key, old)) => {
                if !self.marks.is_empty() {
                    self.undo.push((key, Some(old)));
                }
                true
            }
            None => false,
        }
    }

    /// All entries in key order.
    pub fn iter(&self) -> Iter<'_, K, V> {
        self.entries.iter()
    }

    /// The entries whose keys lie in a range, in key order.
    pub fn range<Q, R>(&self, range: R) -> Iter<'_, K, V>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
        R: RangeBounds<Q>,
    {
        self.entries.range(range)
    }

    /// How many entries there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are no entries.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<K: Ord + Clone, V: Clone> Table<K, V> {
    /// Changes the value at a key in place; `None` if there is no such key.
    pub fn modify<Q, R>(&mut self, key: &Q, change: impl FnOnce(&mut V) -> R) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Ord + ToOwned<Owned = K> + ?Sized,
    {
        let value = self.entries.get_mut(key)?;
        if !self.marks.is_empty() {
            self.undo.push((key.to_owned(), Some(value.clone())));
        }
        Some(change(value))
    }
}

impl<K: Ord + Clone, V: Clone> Journaled for Table<K, V> {
    fn begin(&mut self) {
        self.marks.push(self.undo.len());
    }

    fn commit(&mut self) {
        self.marks.pop();
        if self.marks.is_empty() {
            self.undo.clear();
        }
    }

    fn rollback(&mut self) {
        let mark = self.marks.pop().unwrap_or_default();
        while self.undo.len() > mark {
            match self.undo.pop() {
                Some((key, Some(old))) => {
                    self.entries.insert(key, old);
                }
                Some((key, None)) => {
                    self.entries.remove(&key);
                }
                None => break,
            }
        }
    }
}

/// Two tables are equal if they hold the same entries; open brackets don't matter.
impl<K: PartialEq, V: PartialEq> PartialEq for Table<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl<K: Eq, V: Eq> Eq for Table<K, V> {}

impl<K: fmt::Debug, V: fmt::Debug> fmt::Debug for Table<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.entries.fmt(f)
    }
}

impl<K: Serialize, V: Serialize> Serialize for Table<K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.entries.serialize(serializer)
    }
}

impl<'de, K: Deserialize<'de> + Ord + Clone, V: Deserialize<'de> + Clone> Deserialize<'de>
    for Table<K, V>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Tree::deserialize(deserializer).map(|entries| Self {
            entries,
            undo: Vec::new(),
            marks: Vec::new(),
        })
    }
}

impl<K: Ord + Clone, V: Clone> FromIterator<(K, V)> for Table<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self {
            entries: pairs.into_iter().collect(),
            undo: Vec::new(),
            marks: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_nest() {
        let mut table: Table<u8, u8> = [(1, 1)].into_iter().collect();
        table.begin();
        table.insert(2, 2);
        table.begin();
        table.modify(&1, |v| *v = 9);
        table.remove(&2);
        table.rollback();
        assert_eq!(table.get(&1), Some(&1));
        assert_eq!(table.get(&2), Some(&2));
        table.begin();
        table.insert(3, 3);
        table.commit();
        table.rollback();
        assert_eq!(table, [(1, 1)].into_iter().collect());
        assert!(table.undo.is_empty());
    }

    #[test]
    fn a_table_survives_json() {
        let table: Table<(u8, u8), String> = [((1, 2), "x".to_owned())].into_iter().collect();
        let text = serde_json::to_string(&table).unwrap();
        assert_eq!(
            serde_json::from_str::<Table<(u8, u8), String>>(&text).unwrap(),
            table
        );
    }
}
