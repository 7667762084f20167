//! A sorted set that mostly grows.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::Arc;

/// Entries that are not in a run yet.
const RECENT: usize = 64;

/// A sorted set of entries that come at any place and hardly ever go: the newest lie unsorted, all others in sorted
/// runs, each at least twice as long as the next. An entry costs, on average, its moves from run to run, which are as
/// many as there are runs and go through memory in order; a tree would go to a strange place for each. Cloning copies
/// a pointer for every run, and the newest entries.
#[derive(Debug, Clone)]
pub(crate) struct Runs<T> {
    runs: Vec<Arc<Vec<T>>>,
    recent: Vec<T>,
}

impl<T> Default for Runs<T> {
    fn default() -> Self {
        Self {
            runs: Vec::new(),
            recent: Vec::new(),
        }
    }
}

impl<T: Ord + Clone> Runs<T> {
    /// Takes an entry in that is not there yet.
    pub(crate) fn insert(&mut self, entry: T) {
        self.recent.push(entry);
    }

    /// Strikes out an entry that came since the last [`settle`](Self::settle).
    pub(crate) fn take_back(&mut self, entry: &T) {
        if let Some(at) = self.recent.iter().rposition(|recent| recent == entry) {
            self.recent.remove(at);
        }
    }

    /// What came so far can't be taken back any more.
    pub(crate) fn settle(&mut self) {
        if self.recent.len() < RECENT {
            return;
        }
        let mut run = std::mem::take(&mut self.recent);
        run.sort_unstable();
        while let Some(last) = self.runs.pop() {
            if last.len() / 2 > run.len() {
                self.runs.push(last);
                break;
            }
            run = merged(last, run);
        }
        self.runs.push(Arc::new(run));
    }

    /// The entries from one on, in order.
    pub(crate) fn from<'a>(&'a self, first: &T) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let mut recent: Vec<&T> = self.recent.iter().filter(|entry| *entry >= first).collect();
        recent.sort_unstable_by(|a, b| b.cmp(a));
        let mut rests: Vec<&[T]> = self
            .runs
            .iter()
            .map(|run| run.split_at(run.partition_point(|entry| entry < first)).1)
            .collect();
        let mut heads: BinaryHeap<Reverse<(&T, usize)>> = BinaryHeap::new();
        // The run behind the last one is what is recent.
        let newest = rests.len();
        let mut next = move |run: usize| match rests.get_mut(run) {
            None => recent.pop(),
            Some(rest) => {
                let (entry, behind) = rest.split_first()?;
                *rest = behind;
                Some(entry)
            }
        };
        heads.extend((0..=newest).filter_map(|run| Some(Reverse((next(run)?, run)))));
        std::iter::from_fn(move || {
            let Reverse((entry, run)) = heads.pop()?;
            heads.extend(next(run).map(|entry| Reverse((entry, run))));
            Some(entry)
        })
    }
}

/// Two sorted runs in one.
fn merged<T: Ord + Clone>(first: Arc<Vec<T>>, second: Vec<T>) -> Vec<T> {
    let mut all = Vec::with_capacity(first.len().saturating_add(second.len()));
    let mut first = Arc::unwrap_or_clone(first).into_iter();
    for entry in second {
        let before = first.as_slice().iter().position(|other| *other > entry);
        all.extend(first.by_ref().take(before.unwrap_or(usize::MAX)));
        all.push(entry);
    }
    all.extend(first);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn runs_are_a_sorted_set(
            steps in proptest::collection::vec((0..5_000_u32, any::<bool>()), 1..2_000),
            from in 0..5_000_u32,
        ) {
            let mut runs = Runs::default();
            let mut model = BTreeSet::new();
            for (entry, stays) in steps {
                if !model.insert(entry) {
                    continue;
                }
                runs.insert(entry);
                if !stays {
                    let copy = runs.clone();
                    runs.take_back(&entry);
                    model.remove(&entry);
                    prop_assert!(copy.from(&entry).next() == Some(&entry));
                }
                runs.settle();
            }
            prop_assert!(runs.from(&from).eq(model.range(from..)));
            prop_assert!(runs.from(&0).eq(model.iter()));
        }
    }
}
