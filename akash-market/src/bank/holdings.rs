//! What one account holds.

use akash_sdl::num::{Denom, Int};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Amounts by denom; the two that everybody has are kept in place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Holdings {
    uact: Int,
    uakt: Int,
    /// Sorted by denom, none zero.
    others: Vec<(Denom, Int)>,
}

impl Holdings {
    #[inline]
    pub(super) fn get(&self, denom: &Denom) -> Int {
        if *denom == Denom::UACT {
            self.uact
        } else if *denom == Denom::UAKT {
            self.uakt
        } else {
            let at = self.others.binary_search_by(|(d, _)| d.cmp(denom));
            at.ok()
                .and_then(|at| self.others.get(at))
                .map_or(Int::ZERO, |(_, amount)| *amount)
        }
    }

    /// What is kept in place.
    #[inline]
    pub(super) fn known_mut(&mut self, denom: &Denom) -> Option<&mut Int> {
        if *denom == Denom::UACT {
            Some(&mut self.uact)
        } else if *denom == Denom::UAKT {
            Some(&mut self.uakt)
        } else {
            None
        }
    }

    #[inline]
    pub(super) fn set(&mut self, denom: &Denom, amount: Int) {
        if *denom == Denom::UACT {
            self.uact = amount;
        } else if *denom == Denom::UAKT {
            self.uakt = amount;
        } else {
            self.set_other(denom, amount);
        }
    }

    fn set_other(&mut self, denom: &Denom, amount: Int) {
        match self.others.binary_search_by(|(d, _)| d.cmp(denom)) {
            Ok(at) if amount.is_zero() => {
                self.others.remove(at);
            }
            Ok(at) => {
                if let Some((_, held)) = self.others.get_mut(at) {
                    *held = amount;
                }
            }
            Err(_) if amount.is_zero() => {}
            Err(at) => self.others.insert(at, (denom.clone(), amount)),
        }
    }

    #[inline]
    pub(super) fn is_empty(&self) -> bool {
        self.uact.is_zero() && self.uakt.is_zero() && self.others.is_empty()
    }

    /// What is not zero, sorted by denom.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Denom, Int)> {
        const KNOWN: [Denom; 2] = [Denom::UACT, Denom::UAKT];
        static UACT: &Denom = &KNOWN[0];
        static UAKT: &Denom = &KNOWN[1];
        let known = [(UACT, self.uact), (UAKT, self.uakt)];
        let others = || self.others.iter().map(|(denom, amount)| (denom, *amount));
        let below = |bound: &'static Denom| others().filter(move |(denom, _)| *denom < bound);
        let between = others().filter(|(denom, _)| *denom > UACT && *denom < UAKT);
        let above = others().filter(|(denom, _)| *denom > UAKT);
        let [uact, uakt] = known.map(|entry| Some(entry).filter(|(_, amount)| !amount.is_zero()));
        below(UACT)
            .chain(uact)
            .chain(between)
            .chain(uakt)
            .chain(above)
    }
}

impl Serialize for Holdings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for Holdings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut holdings = Self::default();
        for (denom, amount) in Vec::<(Denom, Int)>::deserialize(deserializer)? {
            holdings.set(&denom, amount);
        }
        Ok(holdings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denoms_are_listed_in_order() {
        let mut holdings = Holdings::default();
        for (text, amount) in [
            ("zzz", 1),
            ("uakt", 2),
            ("uafx", 3),
            ("uact", 4),
            ("abc", 5),
            ("def", 0),
        ] {
            holdings.set(&text.parse().unwrap(), Int::from(amount as u64));
        }
        holdings.set(&"zzz".parse().unwrap(), Int::ZERO);
        let listed: Vec<&str> = holdings.iter().map(|(denom, _)| denom.as_str()).collect();
        assert_eq!(listed, ["abc", "uact", "uafx", "uakt"]);
        assert_eq!(holdings.get(&"uafx".parse().unwrap()), Int::from(3u64));
        let text = serde_json::to_string(&holdings).unwrap();
        assert_eq!(serde_json::from_str::<Holdings>(&text).unwrap(), holdings);
    }
}
