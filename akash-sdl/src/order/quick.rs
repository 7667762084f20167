//! `sort.Sort`: pattern-defeating quicksort, not stable but deterministic.

use super::Sorter;

/// Longest range that is sorted by insertion, and so keeps the order of ties.
const MAX_INSERTION: usize = 12;

/// Sorts as Go's `sort.Sort` does.
pub(crate) fn sort<T>(data: &mut [T], less: impl Fn(&T, &T) -> bool) {
    let length = data.len();
    Sorter { data, less }.quick(0, length, bit_length(length));
}

const fn bit_length(n: usize) -> u32 {
    usize::BITS - n.leading_zeros()
}

/// What the choice of the pivot says about the range.
#[derive(PartialEq, Eq)]
enum Hint {
    Increasing,
    Decreasing,
    Unknown,
}

impl<T, F: Fn(&T, &T) -> bool> Sorter<'_, T, F> {
    fn quick(&mut self, mut a: usize, mut b: usize, mut limit: u32) {
        let mut was_balanced = true;
        let mut was_partitioned = true;
        loop {
            let length = b - a;
            if length <= MAX_INSERTION {
                self.insertion(a, b);
                return;
            }
            if limit == 0 {
                self.heap(a, b);
                return;
            }
            if !was_balanced {
                self.break_patterns(a, b);
                limit -= 1;
            }
            let (mut pivot, mut hint) = self.choose_pivot(a, b);
            if hint == Hint::Decreasing {
                if let Some(range) = self.data.get_mut(a..b) {
                    range.reverse();
                }
                pivot = (b - 1) - (pivot - a);
                hint = Hint::Increasing;
            }
            if was_balanced
                && was_partitioned
                && hint == Hint::Increasing
                && self.partial_insertion(a, b)
            {
                return;
            }
            if a > 0 && !self.less(a - 1, pivot) {
                a = self.partition_equal(a, b, pivot);
                continue;
            }
            let (middle, already) = self.partition(a, b, pivot);
            was_partitioned = already;
            let (left, right) = (middle - a, b - middle);
            if left < right {
                was_balanced = left >= length / 8;
                self.quick(a, middle, limit);
                a = middle + 1;
            } else {
                was_balanced = right >= length / 8;
                self.quick(middle + 1, b, limit);
                b = middle;
            }
        }
    }

    fn heap(&mut self, a: usize, b: usize) {
        let length = b - a;
        for root in (0..=(length - 1) / 2).rev() {
            self.sift_down(root, length, a);
        }
        for i in (0..length).rev() {
            self.swap(a, a + i);
            self.sift_down(0, i, a);
        }
    }

    fn sift_down(&mut self, mut root: usize, end: usize, first: usize) {
        loop {
            let mut child = 2 * root + 1;
            if child >= end {
                return;
            }
            if child + 1 < end && self.less(first + child, first + child + 1) {
                child += 1;
            }
            if !self.less(first + root, first + child) {
                return;
            }
            self.swap(first + root, first + child);
            root = child;
        }
    }

    /// Returns where the pivot ended, and whether the range was partitioned already.
    fn partition(&mut self, a: usize, b: usize, pivot: usize) -> (usize, bool) {
        self.swap(a, pivot);
        let (mut i, mut j) = (a + 1, b - 1);
        let mut already = true;
        loop {
            while i <= j && self.less(i, a) {
                i += 1;
            }
            while i <= j && !self.less(j, a) {
                j -= 1;
            }
            if i > j {
                break;
            }
            already = false;
            self.swap(i, j);
            i += 1;
            j -= 1;
        }
        self.swap(j, a);
        (j, already)
    }

    /// Splits into elements equal to the pivot and greater ones; returns where the latter begin.
    fn partition_equal(&mut self, a: usize, b: usize, pivot: usize) -> usize {
        self.swap(a, pivot);
        let (mut i, mut j) = (a + 1, b - 1);
        loop {
            while i <= j && !self.less(a, i) {
                i += 1;
            }
            while i <= j && self.less(a, j) {
                j -= 1;
            }
            if i > j {
                return i;
            }
            self.swap(i, j);
            i += 1;
            j -= 1;
        }
    }

    /// Repairs an almost sorted range; whether it is sorted then.
    fn partial_insertion(&mut self, a: usize, b: usize) -> bool {
        const MAX_STEPS: usize = 5;
        const SHORTEST_SHIFTING: usize = 50;
        let mut i = a + 1;
        for _ in 0..MAX_STEPS {
            while i < b && !self.less(i, i - 1) {
                i += 1;
            }
            if i == b {
                return true;
            }
            if b - a < SHORTEST_SHIFTING {
                return false;
            }
            self.swap(i, i - 1);
            if i - a >= 2 {
                let mut j = i - 1;
                while j >= 1 && self.less(j, j - 1) {
                    self.swap(j, j - 1);
                    j -= 1;
                }
            }
            if b - i >= 2 {
                let mut j = i + 1;
                while j < b && self.less(j, j - 1) {
                    self.swap(j, j - 1);
                    j += 1;
                }
            }
        }
        false
    }

    /// Scatters three elements, by a generator seeded with the length.
    fn break_patterns(&mut self, a: usize, b: usize) {
        let length = b - a;
        if length < 8 {
            return;
        }
        let mut random = length as u64;
        let mask = (1u64 << bit_length(length)) - 1;
        let middle = a + length / 4 * 2;
        for target in [middle - 1, middle, middle + 1] {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let mut other = usize::try_from(random & mask).unwrap_or(0);
            if other >= length {
                other -= length;
            }
            self.swap(target, a + other);
        }
    }

    fn choose_pivot(&self, a: usize, b: usize) -> (usize, Hint) {
        const SHORTEST_NINTHER: usize = 50;
        const MAX_SWAPS: usize = 4 * 3;
        let length = b - a;
        let mut swaps = 0;
        let quarter = length / 4;
        let (mut i, mut j, mut k) = (a + quarter, a + quarter * 2, a + quarter * 3);
        if length >= SHORTEST_NINTHER {
            i = self.median(i - 1, i, i + 1, &mut swaps);
            j = self.median(j - 1, j, j + 1, &mut swaps);
            k = self.median(k - 1, k, k + 1, &mut swaps);
        }
        j = self.median(i, j, k, &mut swaps);
        let hint = match swaps {
            0 => Hint::Increasing,
            MAX_SWAPS => Hint::Decreasing,
            _ => Hint::Unknown,
        };
        (j, hint)
    }

    fn median(&self, mut x: usize, mut y: usize, z: usize, swaps: &mut usize) -> usize {
        if self.less(y, x) {
            *swaps += 1;
            (x, y) = (y, x);
        }
        if self.less(z, y) {
            *swaps += 1;
            y = z;
        }
        if self.less(y, x) {
            *swaps += 1;
            y = x;
        }
        y
    }
}

#[cfg(test)]
mod tests {
    use super::sort;
    use proptest::prelude::*;

    #[test]
    fn short_ranges_keep_the_order_of_ties() {
        let mut data: Vec<(u8, usize)> = (0..12)
            .map(|i| (if i % 3 == 0 { 1 } else { 0 }, i))
            .collect();
        let mut stable = data.clone();
        sort(&mut data, |a, b| a.0 < b.0);
        stable.sort_by_key(|e| e.0);
        assert_eq!(data, stable);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn sorts(mut data in proptest::collection::vec(0u16..60, 0..400)) {
            let mut expected = data.clone();
            expected.sort_unstable();
            sort(&mut data, |a, b| a < b);
            prop_assert_eq!(data, expected);
        }

        #[test]
        fn survives_a_comparison_that_is_no_order(mut data in proptest::collection::vec(0u16..60, 0..200)) {
            let mut expected = data.clone();
            expected.sort_unstable();
            sort(&mut data, |a, b| a % 7 <= b % 5);
            data.sort_unstable();
            prop_assert_eq!(data, expected);
        }
    }
}
