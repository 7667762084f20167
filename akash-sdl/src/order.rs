//! The orders in which Go's `sort` package leaves elements that compare equal.
//!
//! Group specs and manifests are hashed, so where the reference sorts with a comparison that has
//! ties, or is no strict order at all, the algorithm decides the result and must be the same one.

mod quick;
mod stable;

pub(crate) use quick::sort;
pub(crate) use stable::sort_stable;

/// A slice with the comparison by which it is sorted, addressed by position as Go does.
struct Sorter<'a, T, F> {
    data: &'a mut [T],
    less: F,
}

impl<T, F: Fn(&T, &T) -> bool> Sorter<'_, T, F> {
    /// Whether the element at `i` belongs before the one at `j`.
    fn less(&self, i: usize, j: usize) -> bool {
        match (self.data.get(i), self.data.get(j)) {
            (Some(left), Some(right)) => (self.less)(left, right),
            _ => false,
        }
    }

    fn swap(&mut self, i: usize, j: usize) {
        if i < self.data.len() && j < self.data.len() {
            self.data.swap(i, j);
        }
    }

    fn insertion(&mut self, a: usize, b: usize) {
        for i in a + 1..b {
            let mut j = i;
            while j > a && self.less(j, j - 1) {
                self.swap(j, j - 1);
                j -= 1;
            }
        }
    }
}
