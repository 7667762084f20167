//! Keys whose order is the chain's where that differs from the ids' own.

use crate::address::Address;
use crate::escrow::PaymentId;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::sync::LazyLock;

/// Sorts before every address; only in bounds of ranges.
pub(super) static LOWEST: LazyLock<Address> = LazyLock::new(|| Address::from_parts("", &[]));

/// An address that sorts by its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Address", into = "Address")]
pub(super) struct ByBytes {
    /// The first eight bytes: nearly every comparison ends here, without following a pointer.
    head: u64,
    address: Address,
}

impl ByBytes {
    pub(super) fn new(address: Address) -> Self {
        let head = address.head();
        Self { head, address }
    }
}

impl From<Address> for ByBytes {
    fn from(address: Address) -> Self {
        Self::new(address)
    }
}

impl From<ByBytes> for Address {
    fn from(key: ByBytes) -> Self {
        key.address
    }
}

impl Ord for ByBytes {
    fn cmp(&self, other: &Self) -> Ordering {
        let heads = self.head.cmp(&other.head);
        heads.then_with(|| {
            if self.address == other.address {
                return Ordering::Equal;
            }
            self.address.cmp_bytes(&other.address)
        })
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
}

/// A payment's id in the order of its text `owner/dseq/gseq/oseq/provider`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct PaymentKey {
    owner: Address,
    dseq: Decimal,
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
}

/// A decimal text that sorts by its value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Serial {
    length: usize,
    digits: String,
}

impl Serial {
    pub(super) fn new(text: &str) -> Self {
        let unsigned = text.trim_start_matches(['+', '-']).trim_start_matches('0');
        // A certificate's serial is never negative: such a text names none.
        let digits = if text.starts_with('-') && !unsigned.is_empty() {
            text
        } else {
            unsigned
        };
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
}
