//! `sort.SliceStable`: insertion sort of blocks, then in-place symmetric merges.

use super::Sorter;

/// Length of the blocks that are sorted by insertion.
const BLOCK: usize = 20;

/// Sorts as Go's `sort.SliceStable` does; stable when `less` is a strict order.
pub(crate) fn sort_stable<T>(data: &mut [T], less: impl Fn(&T, &T) -> bool) {
    let length = data.len();
    let mut sorter = Sorter { data, less };
    let mut a = 0;
    while a + BLOCK <= length {
        sorter.insertion(a, a + BLOCK);
        a += BLOCK;
    }
    sorter.insertion(a, length);

    let mut block = BLOCK;
    while block < length {
        let mut a = 0;
        while a + 2 * block <= length {
            sorter.merge(a, a + block, a + 2 * block);
            a += 2 * block;
        }
        if a + block < length {
            sorter.merge(a, a + block, length);
        }
        block *= 2;
    }
}

impl<T, F: Fn(&T, &T) -> bool> Sorter<'_, T, F> {
    /// Merges the sorted ranges `a..m` and `m..b`.
    fn merge(&mut self, a: usize, m: usize, b: usize) {
        if m - a == 1 {
            let (mut i, mut j) = (m, b);
            while i < j {
                let half = usize::midpoint(i, j);
                if self.less(half, a) {
                    i = half + 1;
                } else {
                    j = half;
                }
            }
            for k in a..i - 1 {
                self.swap(k, k + 1);
            }
            return;
        }
        if b - m == 1 {
            let (mut i, mut j) = (a, m);
            while i < j {
                let half = usize::midpoint(i, j);
                if self.less(m, half) {
                    j = half;
                } else {
                    i = half + 1;
                }
            }
            for k in (i + 1..=m).rev() {
                self.swap(k, k - 1);
            }
            return;
        }
        let middle = usize::midpoint(a, b);
        let n = middle + m;
        let (mut start, mut r) = if m > middle { (n - b, middle) } else { (a, m) };
        let p = n - 1;
        while start < r {
            let c = usize::midpoint(start, r);
            if self.less(p - c, c) {
                r = c;
            } else {
                start = c + 1;
            }
        }
        let end = n - start;
        if start < m
            && m < end
            && let Some(range) = self.data.get_mut(start..end)
        {
            range.rotate_left(m - start);
        }
        if a < start && start < middle {
            self.merge(a, start, middle);
        }
        if middle < end && end < b {
            self.merge(middle, end, b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sort_stable;
    use proptest::prelude::*;

    #[test]
    fn a_comparison_true_for_ties_reverses_a_block() {
        let mut data: Vec<usize> = (0..20).collect();
        sort_stable(&mut data, |_, _| true);
        assert_eq!(data, (0..20).rev().collect::<Vec<_>>());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn is_stable(keys in proptest::collection::vec(0u8..9, 0..300)) {
            let mut data: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = data.clone();
            expected.sort_by_key(|e| e.0);
            sort_stable(&mut data, |a, b| a.0 < b.0);
            prop_assert_eq!(data, expected);
        }
    }
}
