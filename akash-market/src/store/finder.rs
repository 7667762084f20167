//! Finding numbered values by hashes.

use std::sync::Arc;

/// Slots of one page, which is what a copy shares or copies as a whole.
const PAGE: usize = 256;

/// One more than a number, and the hash it is found by; 0 for none.
type Slot = (u32, u32);

/// Numbers by hashes of what they stand for. Whoever searches decides which of the numbers with a hash is the right one.
/// Cloning a finder copies one pointer for every 256 slots; at least half of the slots are free.
#[derive(Debug, Clone, Default)]
pub(crate) struct Finder {
    /// Their number is a power of two, but for none at the beginning.
    pages: Vec<Arc<[Slot; PAGE]>>,
    len: usize,
}

/// A hash of words, the same everywhere.
#[inline]
pub(crate) fn hash<const N: usize>(words: [u64; N]) -> u32 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mix = |state: u64, word: u64| (state.rotate_left(5) ^ word).wrapping_mul(ODD);
    // The last product mixes into the upper half.
    u32::try_from(words.iter().copied().fold(0, mix) >> 32).unwrap_or_default()
}

impl Finder {
    /// The number with this hash that is the right one.
    #[inline]
    pub(crate) fn find(&self, hash: u32, is_right: impl Fn(u32) -> bool) -> Option<u32> {
        self.search(hash, is_right).map(|(_, number)| number)
    }

    /// Takes a number in.
    pub(crate) fn insert(&mut self, hash: u32, number: u32) {
        if self.len >= self.slots() / 2 {
            self.grow();
        }
        self.put(hash, number);
        self.len = self.len.saturating_add(1);
    }

    /// Strikes a number out.
    pub(crate) fn remove(&mut self, hash: u32, number: u32) {
        let Some((mut free, _)) = self.search(hash, |found| found == number) else {
            return;
        };
        self.len = self.len.saturating_sub(1);
        // What follows without a gap moves up, unless it would come to stand before its home.
        let mut slot = self.after(free);
        while let Some((_, hash)) = self.at(slot) {
            let way = |to: usize| to.wrapping_sub(self.home(hash)) & self.slots().wrapping_sub(1);
            if way(free) <= way(slot) {
                self.set(free, self.at(slot));
                free = slot;
            }
            slot = self.after(slot);
        }
        self.set(free, None);
    }

    #[inline]
    fn search(&self, hash: u32, is_right: impl Fn(u32) -> bool) -> Option<(usize, u32)> {
        let mut slot = self.home(hash);
        // There is always a free slot.
        while let Some((number, found)) = self.at(slot) {
            if found == hash && is_right(number) {
                return Some((slot, number));
            }
            slot = self.after(slot);
        }
        None
    }

    fn put(&mut self, hash: u32, number: u32) {
        let mut slot = self.home(hash);
        while self.at(slot).is_some() {
            slot = self.after(slot);
        }
        self.set(slot, Some((number, hash)));
    }

    fn grow(&mut self) {
        let before = std::mem::take(&mut self.pages);
        let pages = before.len().saturating_mul(2).max(1);
        self.pages = (0..pages).map(|_| Arc::new([(0, 0); PAGE])).collect();
        for (next, hash) in before.iter().flat_map(|page| page.iter()) {
            if let Some(number) = next.checked_sub(1) {
                self.put(*hash, number);
            }
        }
    }

    const fn slots(&self) -> usize {
        self.pages.len().saturating_mul(PAGE)
    }

    /// Where the search for a hash begins.
    #[inline]
    fn home(&self, hash: u32) -> usize {
        let scaled = (u64::from(hash) * self.slots() as u64) >> u32::BITS;
        usize::try_from(scaled).unwrap_or(0)
    }

    #[inline]
    const fn after(&self, slot: usize) -> usize {
        slot.wrapping_add(1) & self.slots().wrapping_sub(1)
    }

    /// Number and hash in a slot.
    #[inline]
    fn at(&self, slot: usize) -> Option<(u32, u32)> {
        let (next, hash) = self.pages.get(slot / PAGE)?.get(slot % PAGE)?;
        Some((next.checked_sub(1)?, *hash))
    }

    fn set(&mut self, slot: usize, entry: Option<(u32, u32)>) {
        let page = self.pages.get_mut(slot / PAGE).map(Arc::make_mut);
        if let Some(place) = page.and_then(|page| page.get_mut(slot % PAGE)) {
            *place = entry.map_or((0, 0), |(number, hash)| (number.saturating_add(1), hash));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        /// Few hashes, at the ends of their range, so that runs are long and go around the end.
        #[test]
        fn a_finder_is_a_multimap(
            steps in proptest::collection::vec((any::<bool>(), 0..40_u32, any::<bool>()), 1..900),
        ) {
            let mut finder = Finder::default();
            let mut model: Vec<(u32, u32)> = Vec::new();
            for (number, (remove, hash, high)) in (0..).zip(steps) {
                let hash = if high { u32::MAX - hash } else { hash };
                let known = model.iter().position(|(h, _)| *h == hash);
                if let Some(at) = known.filter(|_| remove) {
                    let (hash, number) = model.swap_remove(at);
                    let copy = finder.clone();
                    finder.remove(hash, number);
                    prop_assert_eq!(copy.find(hash, |n| n == number), Some(number));
                    prop_assert_eq!(finder.find(hash, |n| n == number), None);
                } else {
                    finder.insert(hash, number);
                    model.push((hash, number));
                }
                for (hash, number) in &model {
                    prop_assert_eq!(finder.find(*hash, |n| n == *number), Some(*number));
                }
            }
        }
    }
}
