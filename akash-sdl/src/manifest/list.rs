//! Lists that tell `null` from empty.

use core::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A list that may be `null`, which hashes differently from an empty one. Both are empty slices.
///
/// ```
/// use akash_sdl::manifest::List;
///
/// let null = List::<String>::NULL;
/// let empty = List::from(Vec::<String>::new());
/// assert!(null.is_empty() && empty.is_empty());
/// assert!(null.is_null() && null != empty);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct List<T>(Option<Vec<T>>);

impl<T> List<T> {
    /// The `null` list.
    pub const NULL: Self = Self(None);

    /// Whether this is `null` and not an empty list.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        self.0.is_none()
    }

    /// The elements.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        self.0.as_deref().unwrap_or_default()
    }

    /// The elements; none for `null`.
    #[must_use]
    pub fn into_vec(self) -> Vec<T> {
        self.0.unwrap_or_default()
    }

    /// The elements, to change; `null` becomes an empty list.
    pub fn make_mut(&mut self) -> &mut Vec<T> {
        self.0.get_or_insert_default()
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::NULL
    }
}

impl<T> Deref for List<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.as_slice()
    }
}

impl<T> From<Vec<T>> for List<T> {
    fn from(items: Vec<T>) -> Self {
        Self(Some(items))
    }
}

impl<T> From<Option<Vec<T>>> for List<T> {
    fn from(items: Option<Vec<T>>) -> Self {
        Self(items)
    }
}

impl<T> FromIterator<T> for List<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        Self(Some(items.into_iter().collect()))
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = core::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T: Default + Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::read::list(deserializer).map(Self)
    }
}
