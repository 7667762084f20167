//! Values with their places, and maps of them.

use core::ops::Deref;

use crate::yaml::Span;

/// A value and where it stands in the text. Equal if the values are, wherever they stand.
///
/// A value made in code stands nowhere: its span is empty.
///
/// ```
/// use akash_sdl::document::Spanned;
///
/// let image = Spanned::from("nginx:1.27".to_owned());
/// assert!(image.starts_with("nginx") && image.span.is_empty());
/// ```
#[derive(Debug, Clone, Default)]
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

impl<T> From<T> for Spanned<T> {
    fn from(value: T) -> Self {
        Self::new(value, Span::default())
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Spanned<T> {}

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
///
/// ```
/// let mut document = akash_sdl::parse(akash_sdl::EXAMPLE)?.into_document();
/// let web = document.services.get_mut("web").unwrap();
/// web.image = "nginx:1.28".to_owned().into();
/// let changed = akash_sdl::Sdl::from_document(document)?;
/// assert_eq!(changed.manifest().groups[0].services[0].image, "nginx:1.28");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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

    /// How many keys stand before this one.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        self.find(name).ok()
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

    /// The value with this key, to change.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut T> {
        let at = self.find(name).ok()?;
        self.0.get_mut(at).map(|entry| &mut entry.value)
    }

    /// Puts a value in, and gives back the one that had this key before.
    pub fn insert(&mut self, name: impl Into<String>, value: T) -> Option<T> {
        let name = Spanned::from(name.into());
        match self.find(&name.value) {
            Ok(at) => {
                let slot = self.0.get_mut(at)?;
                Some(core::mem::replace(&mut slot.value, value))
            }
            Err(at) => {
                self.0.insert(at, Named { name, value });
                None
            }
        }
    }

    /// Takes the value with this key out.
    pub fn remove(&mut self, name: &str) -> Option<T> {
        let at = self.find(name).ok()?;
        Some(self.0.remove(at).value)
    }

    /// The keys and values in byte order of the keys, the values to change.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut T)> {
        self.0
            .iter_mut()
            .map(|entry| (entry.name.value.as_str(), &mut entry.value))
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

    /// Adds entries in the order in which they were read; `nulls` are those whose values are null. The
    /// later of two with the same key counts, except that a null one leaves an entry that exists as it is.
    pub(crate) fn add(&mut self, mut read: Vec<Named<T>>, nulls: &[usize]) {
        let ascend = |left: &Named<T>, right: &Named<T>| left.name.value < right.name.value;
        if self.0.is_empty() {
            if nulls.is_empty() {
                read.sort_by(|left, right| left.name.value.cmp(&right.name.value));
            }
            if read.is_sorted_by(ascend) {
                self.0 = read;
                return;
            }
        }
        let mut nulls = nulls.iter().copied().peekable();
        let read = read.into_iter().enumerate();
        let mut all: Vec<(Named<T>, bool)> = core::mem::take(&mut self.0)
            .into_iter()
            .map(|entry| (entry, false))
            .chain(read.map(|(at, entry)| (entry, nulls.next_if_eq(&at).is_some())))
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
