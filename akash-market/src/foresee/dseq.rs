//! Numbers of deployments that the chain's escrow takes for each other.

use crate::id::Dseq;

/// Whether settling one of the two also charges the other: the decimal text of one begins with that of the other.
fn collide(a: Dseq, b: Dseq) -> bool {
    let (a, b) = (a.0.to_string(), b.0.to_string());
    a != b && (a.starts_with(&b) || b.starts_with(&a))
}

/// The numbers among an owner's open deployments that a number would collide with (see
/// [`Quirk::DseqPrefixCollision`](crate::ledger::Quirk::DseqPrefixCollision)).
///
/// ```
/// use akash_market::foresee::dseq_collisions;
/// use akash_market::id::Dseq;
/// let open = [Dseq(1), Dseq(20), Dseq(34)];
/// assert_eq!(dseq_collisions(Dseq(12), open), [Dseq(1)]);
/// assert_eq!(dseq_collisions(Dseq(3), open), [Dseq(34)]);
/// assert_eq!(dseq_collisions(Dseq(20), open), []);
/// ```
#[must_use]
pub fn dseq_collisions(dseq: Dseq, open: impl IntoIterator<Item = Dseq>) -> Vec<Dseq> {
    open.into_iter()
        .filter(|other| collide(dseq, *other))
        .collect()
}

/// The first number from `wish` on that is not in use and collides with none; `wish` itself if there is no such number.
/// Numbers with equally many digits never collide: block heights do until they grow by a digit.
///
/// ```
/// use akash_market::foresee::free_dseq;
/// use akash_market::id::Dseq;
/// assert_eq!(free_dseq(Dseq(10), &[Dseq(1)]), Dseq(20));
/// assert_eq!(free_dseq(Dseq(7), &[Dseq(7), Dseq(81)]), Dseq(9));
/// ```
#[must_use]
pub fn free_dseq(wish: Dseq, open: &[Dseq]) -> Dseq {
    let mut at = wish.0.max(1);
    loop {
        let Some(last) = last_blocked(at, open) else {
            return Dseq(at);
        };
        let Some(next) = last.checked_add(1) else {
            return wish;
        };
        at = next;
    }
}

/// The last number in a row from `at` on that one open number blocks; `None` if none blocks `at`.
fn last_blocked(at: u64, open: &[Dseq]) -> Option<u64> {
    open.iter().find_map(|other| {
        if *other == Dseq(at) {
            return Some(at);
        }
        if !collide(Dseq(at), *other) {
            return None;
        }
        if other.0 > at {
            return Some(at);
        }
        // All numbers of this length that begin with the other's digits.
        let mut unit = 1_u64;
        while at.checked_div(unit).is_some_and(|head| head > other.0) {
            unit = unit.checked_mul(10)?;
        }
        let end = other
            .0
            .checked_mul(unit)
            .and_then(|n| n.checked_add(unit - 1));
        Some(end.unwrap_or(u64::MAX))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_numbers_are_the_first() {
        let open = [1, 12, 2, 30, 99].map(Dseq);
        for wish in 1..1_500 {
            let slow = (wish..)
                .map(Dseq)
                .find(|n| !open.contains(n) && dseq_collisions(*n, open).is_empty());
            assert_eq!(Some(free_dseq(Dseq(wish), &open)), slow, "{wish}");
        }
    }

    #[test]
    fn the_end_of_numbers_ends_the_search() {
        let open: Vec<Dseq> = (1..=9).map(Dseq).collect();
        assert_eq!(free_dseq(Dseq(10), &open), Dseq(10));
        assert_eq!(free_dseq(Dseq(u64::MAX), &[Dseq(1)]), Dseq(u64::MAX));
        assert_eq!(free_dseq(Dseq(0), &[]), Dseq(1));
    }
}
