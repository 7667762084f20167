//! Numbered values whose copies share what they have in common.

use std::sync::Arc;

/// Values of one chunk, which is what a copy shares or copies as a whole (but for the values themselves).
const CHUNK: usize = 64;

/// Values numbered from 0 in the order of their arrival. Cloning a slab copies one pointer for every 64 values; a clone
/// that changes copies the values that it changes.
#[derive(Debug, Clone)]
pub(crate) struct Slab<T> {
    /// All full but the last.
    chunks: Vec<Arc<[Option<Arc<T>>; CHUNK]>>,
    len: usize,
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self {
            chunks: Vec::new(),
            len: 0,
        }
    }
}

impl<T: Clone> Slab<T> {
    /// How many values there are.
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(crate) fn get(&self, number: usize) -> Option<&T> {
        let chunk = self.chunks.get(number / CHUNK)?;
        chunk.get(number % CHUNK)?.as_deref()
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, number: usize) -> Option<&mut T> {
        let chunk = Arc::make_mut(self.chunks.get_mut(number / CHUNK)?);
        Some(Arc::make_mut(chunk.get_mut(number % CHUNK)?.as_mut()?))
    }

    /// Takes a value in; it gets the next number.
    pub(crate) fn push(&mut self, value: T) {
        if self.len.is_multiple_of(CHUNK) {
            self.chunks.push(Arc::new([const { None }; CHUNK]));
        }
        if let Some(place) = self.place(self.len) {
            *place = Some(Arc::new(value));
            self.len = self.len.saturating_add(1);
        }
    }

    /// Drops the value that came last.
    pub(crate) fn pop(&mut self) {
        let Some(last) = self.len.checked_sub(1) else {
            return;
        };
        self.len = last;
        if last.is_multiple_of(CHUNK) {
            self.chunks.pop();
        } else if let Some(place) = self.place(last) {
            *place = None;
        }
    }

    #[inline]
    fn place(&mut self, number: usize) -> Option<&mut Option<Arc<T>>> {
        let chunk = Arc::make_mut(self.chunks.get_mut(number / CHUNK)?);
        chunk.get_mut(number % CHUNK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_go_their_own_ways() {
        let mut slab = Slab::default();
        (0..200).for_each(|n| slab.push(n));
        let copy = slab.clone();
        *slab.get_mut(70).unwrap() = 0;
        (0..100).for_each(|_| slab.pop());
        assert_eq!(
            (slab.len(), slab.get(99), slab.get(100)),
            (100, Some(&99), None)
        );
        assert_eq!(
            (slab.get(70), copy.get(70), copy.get(199)),
            (Some(&0), Some(&70), Some(&199))
        );
    }
}
