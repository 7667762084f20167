//! State that is journaled only when it changes.

use super::Journaled;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::ops::{Deref, DerefMut};

/// Puts off the brackets around a value until somebody is about to change it: most batches leave most modules alone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lazy<T> {
    value: T,
    /// Brackets that were asked for and not opened, innermost all.
    pending: usize,
}

impl<T> Lazy<T> {
    pub(crate) const fn new(value: T) -> Self {
        Self { value, pending: 0 }
    }

    pub(crate) const fn read(&self) -> &T {
        &self.value
    }
}

impl<T> Deref for Lazy<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: Journaled> DerefMut for Lazy<T> {
    fn deref_mut(&mut self) -> &mut T {
        for _ in 0..std::mem::take(&mut self.pending) {
            self.value.begin();
        }
        &mut self.value
    }
}

impl<T: Journaled> Journaled for Lazy<T> {
    fn begin(&mut self) {
        self.pending = self.pending.saturating_add(1);
    }

    fn commit(&mut self) {
        match self.pending.checked_sub(1) {
            Some(rest) => self.pending = rest,
            None => self.value.commit(),
        }
    }

    fn rollback(&mut self) {
        match self.pending.checked_sub(1) {
            Some(rest) => self.pending = rest,
            None => self.value.rollback(),
        }
    }
}

impl<T: PartialEq> PartialEq for Lazy<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Serialize> Serialize for Lazy<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Lazy<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self::new)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Slot;
    use super::*;

    #[test]
    fn brackets_nest() {
        let mut lazy = Lazy::new(Slot::new(1));
        lazy.begin();
        lazy.begin();
        lazy.rollback();
        lazy.set(2);
        lazy.begin();
        lazy.set(3);
        lazy.rollback();
        assert_eq!(*lazy.get(), 2);
        lazy.begin();
        lazy.commit();
        lazy.rollback();
        assert_eq!(*lazy.get(), 1);
        assert_eq!(lazy.pending, 0);
    }
}
