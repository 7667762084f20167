//! A set of small numbers.

/// A set of slot numbers, one bit each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    const fn place(slot: u32) -> (usize, u64) {
        ((slot / 64) as usize, 1 << (slot % 64))
    }

    pub(super) fn set(&mut self, slot: u32) {
        let (word, bit) = Self::place(slot);
        if word >= self.0.len() {
            self.0.resize(word.saturating_add(1), 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= bit;
        }
    }

    pub(super) fn clear(&mut self, slot: u32) {
        let (word, bit) = Self::place(slot);
        if let Some(word) = self.0.get_mut(word) {
            *word &= !bit;
        }
    }

    pub(super) fn has(&self, slot: u32) -> bool {
        let (word, bit) = Self::place(slot);
        self.0.get(word).is_some_and(|w| w & bit != 0)
    }

    pub(super) fn and(&mut self, other: &Self) {
        self.0.truncate(other.0.len());
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word &= other;
        }
    }

    pub(super) fn or(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (word, other) in self.0.iter_mut().zip(&other.0) {
            *word |= other;
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|w| *w == 0)
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|w| w.count_ones() as usize).sum()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0_u32..)
            .step_by(64)
            .zip(&self.0)
            .flat_map(|(base, &word)| {
                std::iter::successors(Some(word), |w| Some(w & w.wrapping_sub(1)))
                    .take_while(|w| *w != 0)
                    .map(move |w| base.saturating_add(w.trailing_zeros()))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_numbers() {
        let mut a = Bits::default();
        for slot in [0, 63, 64, 200] {
            a.set(slot);
        }
        assert_eq!(a.iter().collect::<Vec<_>>(), [0, 63, 64, 200]);
        let mut b = Bits::default();
        b.set(63);
        b.set(1);
        let mut both = a.clone();
        both.and(&b);
        assert_eq!(both.iter().collect::<Vec<_>>(), [63]);
        b.or(&a);
        assert_eq!(b.count(), 5);
        b.clear(1);
        assert!(!b.has(1) && b.has(200) && !b.has(10_000));
        both.clear(63);
        assert!(both.is_empty());
    }
}
