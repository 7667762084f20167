//! The resources offer of a bid against the order.

use crate::bid::ResourceOffer;
use crate::error::{Error, MarketError, Panic};
use akash_sdl::group::GroupSpec;
use std::collections::BTreeSet;

/// A bid offers the same unit twice. The chain's handler crashes on it: codespace `undefined`, code 111222; by its
/// own rules it would be a capabilities mismatch, market 32.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the bid offers resource unit {id} twice: offer each unit of the order once")]
pub struct DuplicateOffer {
    /// The unit.
    pub id: u32,
}

impl DuplicateOffer {
    /// The refusal that the rules intend, market 32.
    #[must_use]
    pub const fn intended(&self) -> MarketError {
        MarketError::CapabilitiesMismatch
    }
}

/// The chain's answer; see [`DuplicateOffer::intended`] for the other.
impl From<DuplicateOffer> for Error {
    fn from(_: DuplicateOffer) -> Self {
        Self::Panic(Panic::NilDereference)
    }
}

/// Whether an offer fits the group: every offered unit exists with the same count.
///
/// The chain accepts an empty offer and one that names only some units, and does not compare the resources.
///
/// # Errors
/// [`DuplicateOffer`] when a unit is offered again before any entry failed.
pub fn offer_fits(group: &GroupSpec, offer: &[ResourceOffer]) -> Result<bool, DuplicateOffer> {
    let mut seen = Seen::new(offer);
    for entry in offer {
        let id = entry.resources.id;
        let Some(count) = count_of(group, id) else {
            return Ok(false);
        };
        if !seen.insert(id) {
            return Err(DuplicateOffer { id });
        }
        if count != entry.count {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Valid groups are nearly always numbered from 1 in order, so the place is guessed first.
fn count_of(group: &GroupSpec, id: u32) -> Option<u32> {
    let guess = usize::try_from(id)
        .ok()
        .and_then(|i| i.checked_sub(1))
        .and_then(|i| group.resources.get(i))
        .filter(|u| u.resources.id == id);
    let unit = guess.or_else(|| group.resources.iter().rev().find(|u| u.resources.id == id))?;
    Some(unit.count)
}

/// Ids already offered. The usual few are compared one by one, without a set.
enum Seen<'o> {
    Few {
        offer: &'o [ResourceOffer],
        done: usize,
    },
    Many(BTreeSet<u32>),
}

impl<'o> Seen<'o> {
    fn new(offer: &'o [ResourceOffer]) -> Self {
        if offer.len() <= 32 {
            Self::Few { offer, done: 0 }
        } else {
            Self::Many(BTreeSet::new())
        }
    }

    fn insert(&mut self, id: u32) -> bool {
        match self {
            Self::Few { offer, done } => {
                let new = offer.iter().take(*done).all(|o| o.resources.id != id);
                *done = done.saturating_add(1);
                new
            }
            Self::Many(ids) => ids.insert(id),
        }
    }
}
