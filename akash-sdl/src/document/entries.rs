//! Values with their places, and maps of them.

use core::ops::Deref;

use crate::yaml::Span;

/// A value and where it stands in the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands; where its parent stands if it was left out.
    pub span: Span,
}

impl<T> Spanned<T> {
    pub(crate) const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// An entry of a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<T> {
    /// The key.
    pub name: Spanned<String>,
    /// The value.
    pub value: T,
}

/// A map with text keys, sorted by their bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries<T>(Vec<Named<T>>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Entries<T> {
    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|entry| entry.name.value.as_str().cmp(name))
    }

    /// The value with this key.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.entry(name).map(|entry| &entry.value)
    }

    /// The entry with this key.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<&Named<T>> {
        self.find(name).ok().and_then(|at| self.0.get(at))
    }

    /// The entries in the byte order of their keys.
    pub fn iter(&self) -> core::slice::Iter<'_, Named<T>> {
        self.0.iter()
    }

    /// The keys in byte order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| entry.name.value.as_str())
    }

    /// How many entries there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds an entry, or replaces that with the same key.
    pub(crate) fn insert(&mut self, name: Spanned<String>, value: T) {
        let entry = Named { name, value };
        match self.find(&entry.name.value) {
            Ok(at) => {
                if let Some(slot) = self.0.get_mut(at) {
                    *slot = entry;
                }
            }
            Err(at) => self.0.insert(at, entry),
        }
    }

    /// Adds entries in the order in which they were read. The later of two with the same key
    /// counts, except that a null one leaves an entry that exists as it is.
    pub(crate) fn add(&mut self, read: Vec<(Named<T>, bool)>) {
        let mut all: Vec<(Named<T>, bool)> = core::mem::take(&mut self.0)
            .into_iter()
            .map(|entry| (entry, false))
            .chain(read)
            .collect();
        all.sort_by(|(left, _), (right, _)| left.name.value.cmp(&right.name.value));
        self.0.reserve_exact(all.len());
        for (entry, null) in all {
            match self.0.last_mut() {
                Some(last) if last.name.value == entry.name.value => {
                    if !null {
                        *last = entry;
                    }
                }
                _ => self.0.push(entry),
            }
        }
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

impl<'e, T> IntoIterator for &'e Entries<T> {
    type Item = &'e Named<T>;
    type IntoIter = core::slice::Iter<'e, Named<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
