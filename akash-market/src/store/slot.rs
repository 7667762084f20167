//! A single value with an undo journal.

use super::Journaled;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// One value whose changes since [`Journaled::begin`] can be taken back.
///
/// ```
/// use akash_market::store::{Journaled, Slot};
/// let mut slot = Slot::new(1);
/// slot.begin();
/// slot.set(2);
/// slot.rollback();
/// assert_eq!(*slot.get(), 1);
/// ```
#[derive(Clone, Default)]
pub struct Slot<T> {
    value: T,
    undo: Vec<T>,
    marks: Vec<usize>,
}

impl<T> Slot<T> {
    /// A slot that holds `value`.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self {
            value,
            undo: Vec::new(),
            marks: Vec::new(),
        }
    }

    /// The value.
    #[must_use]
    pub const fn get(&self) -> &T {
        &self.value
    }

    /// Replaces the value.
    pub fn set(&mut self, value: T) {
        let old = std::mem::replace(&mut self.value, value);
        if !self.marks.is_empty() {
            self.undo.push(old);
        }
    }
}

impl<T: Clone> Slot<T> {
    /// Changes the value in place.
    pub fn modify<R>(&mut self, change: impl FnOnce(&mut T) -> R) -> R {
        if !self.marks.is_empty() {
            self.undo.push(self.value.clone());
        }
        change(&mut self.value)
    }
}

impl<T> Journaled for Slot<T> {
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
        // The oldest of the values taken back is the one that stood at the mark.
        if let Some(old) = self.undo.drain(mark..).next() {
            self.value = old;
        }
    }
}

impl<T: PartialEq> PartialEq for Slot<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Slot<T> {}

impl<T: fmt::Debug> fmt::Debug for Slot<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}

impl<T: Serialize> Serialize for Slot<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Slot<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_nest() {
        let mut slot = Slot::new(1);
        slot.begin();
        slot.set(2);
        slot.begin();
        slot.set(3);
        slot.modify(|v| *v += 1);
        slot.rollback();
        assert_eq!(*slot.get(), 2);
        slot.begin();
        slot.set(5);
        slot.commit();
        slot.rollback();
        assert_eq!(*slot.get(), 1);
    }
}
