//! Numbered small values whose copies share what they have in common.

use std::sync::Arc;

/// Values numbered from 0 in the order of their arrival, in pages of `N`, which is what a copy shares or copies as a
/// whole. Cloning copies one pointer for every page.
#[derive(Debug, Clone)]
pub(crate) struct Pages<T, const N: usize> {
    pages: Vec<Arc<[T; N]>>,
    len: usize,
}

impl<T, const N: usize> Default for Pages<T, N> {
    fn default() -> Self {
        Self {
            pages: Vec::new(),
            len: 0,
        }
    }
}

impl<T: Clone + Default, const N: usize> Pages<T, N> {
    pub(crate) const fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(crate) fn get(&self, number: u32) -> Option<&T> {
        let number = number as usize;
        self.pages.get(number / N)?.get(number % N)
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        let number = number as usize;
        let page = self.pages.get_mut(number / N)?;
        Arc::make_mut(page).get_mut(number % N)
    }

    /// Takes a value in; it gets the next number.
    pub(crate) fn push(&mut self, value: T) {
        let (page, place) = (self.len / N, self.len % N);
        if place == 0 {
            self.pages
                .push(Arc::new(std::array::from_fn(|_| T::default())));
        }
        let page = self.pages.get_mut(page).map(Arc::make_mut);
        if let Some(slot) = page.and_then(|page| page.get_mut(place)) {
            *slot = value;
            self.len = self.len.saturating_add(1);
        }
    }

    /// Drops the value that came last.
    pub(crate) fn pop(&mut self) {
        let Some(last) = self.len.checked_sub(1) else {
            return;
        };
        self.len = last;
        if last.is_multiple_of(N) {
            self.pages.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_go_their_own_ways() {
        let mut pages: Pages<u32, 8> = Pages::default();
        (0..20).for_each(|n| pages.push(n));
        let copy = pages.clone();
        *pages.get_mut(9).unwrap() = 0;
        (0..10).for_each(|_| pages.pop());
        pages.push(7);
        assert_eq!(
            (pages.len(), pages.get(9), pages.get(10), pages.get(16)),
            (11, Some(&0), Some(&7), None)
        );
        assert_eq!(
            (copy.get(9), copy.get(10), copy.get(19)),
            (Some(&9), Some(&10), Some(&19))
        );
    }
}
