//! Keys whose order is the chain's where that differs from the ids' own.

use crate::address::Address;
use crate::escrow::PaymentId;
use crate::id::DeploymentId;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::sync::LazyLock;

/// Sorts before every address; only in bounds of ranges.
pub(super) static LOWEST: LazyLock<Address> = LazyLock::new(|| Address::from_parts("", &[]));

/// An address that sorts by its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct ByBytes(pub(super) Address);

impl Ord for ByBytes {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp_bytes(&other.0)
    }
}

impl PartialOrd for ByBytes {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A number that sorts by its decimal text: 1, 10, 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Decimal {
    /// The digits moved to the left of 20 places.
    scaled: u128,
    digits: u32,
}

impl Decimal {
    const PLACES: u32 = 20;

    pub(super) fn new(value: u64) -> Self {
        let digits = value.checked_ilog10().unwrap_or_default().saturating_add(1);
        Self {
            scaled: u128::from(value).saturating_mul(Self::unit(digits)),
            digits,
        }
    }

    /// Value of the last of so many leading digits.
    const fn unit(digits: u32) -> u128 {
        10_u128.saturating_pow(Self::PLACES.saturating_sub(digits))
    }

    /// Whether the text begins with the text of `prefix`.
    pub(super) fn starts_with(self, prefix: Self) -> bool {
        let unit = Self::unit(prefix.digits);
        self.digits >= prefix.digits
            && self.scaled.checked_div(unit) == prefix.scaled.checked_div(unit)
    }
}

/// A payment's id in the order of its text `owner/dseq/gseq/oseq/provider`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct PaymentKey {
    pub(super) owner: Address,
    pub(super) dseq: Decimal,
    gseq: Decimal,
    oseq: Decimal,
    provider: Address,
}

impl PaymentKey {
    pub(super) fn new(id: &PaymentId) -> Self {
        let order = id.0.order();
        let deployment = id.0.deployment();
        Self {
            owner: deployment.owner.clone(),
            dseq: Decimal::new(deployment.dseq.0),
            gseq: Decimal::new(order.group.gseq.0.into()),
            oseq: Decimal::new(order.oseq.0.into()),
            provider: id.0.provider().clone(),
        }
    }

    /// Sorts before the first payment of a deployment.
    pub(super) fn first_of(id: &DeploymentId) -> Self {
        Self {
            owner: id.owner.clone(),
            dseq: Decimal::new(id.dseq.0),
            gseq: Decimal::new(0),
            oseq: Decimal::new(0),
            provider: LOWEST.clone(),
        }
    }
}

/// A decimal text that sorts by its value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Serial {
    length: usize,
    digits: String,
}

impl Serial {
    pub(super) fn new(text: &str) -> Self {
        let digits = text.trim_start_matches('0');
        Self {
            length: digits.len(),
            digits: digits.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_sort_as_texts() {
        let mut numbers = vec![0, 1, 2, 9, 10, 12, 100, 101, 19, 20, u64::MAX, u64::MAX - 1];
        numbers.sort_by_key(|n| Decimal::new(*n));
        let mut texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let by_key = texts.clone();
        texts.sort();
        assert_eq!(by_key, texts);
    }

    #[test]
    fn prefixes_are_those_of_the_text() {
        for a in [1_u64, 2, 10, 12, 100, 101, 123, u64::MAX] {
            for b in [1_u64, 2, 10, 12, 100, 101, 123, u64::MAX] {
                assert_eq!(
                    Decimal::new(a).starts_with(Decimal::new(b)),
                    a.to_string().starts_with(&b.to_string()),
                    "{a} {b}"
                );
            }
        }
    }
}
