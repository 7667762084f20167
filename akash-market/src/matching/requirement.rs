//! Placement requirements against a provider and what auditors signed of it.

use super::attribute::subset;
use crate::audit::AuditRecord;
use akash_sdl::attribute::Attribute;
use akash_sdl::group::PlacementRequirements;

/// Whether a provider meets the placement requirements of a group.
///
/// Without auditors the provider's own attributes decide. With auditors its own attributes do not count: every auditor
/// of `all_of` and at least one of `any_of` (unless empty) must have signed attributes that alone cover the required
/// ones. `audits` are the records of this provider; of several by one auditor the last counts.
///
/// ```
/// use akash_market::matching::meets_requirements;
/// use akash_sdl::attribute::Attribute;
/// use akash_sdl::group::{PlacementRequirements, SignedBy};
///
/// let own = [Attribute::new("region", "us-west")];
/// let mut wanted = PlacementRequirements { attributes: own.to_vec(), ..Default::default() };
/// assert!(meets_requirements(&wanted, &own, &[]));
/// wanted.signed_by.any_of.push("akash1365yvmc4s7awdyj3n2sav7xfx76adc6dnmlx63".to_owned());
/// assert!(!meets_requirements(&wanted, &own, &[]));
/// ```
#[must_use]
pub fn meets_requirements(
    requirements: &PlacementRequirements,
    own: &[Attribute],
    audits: &[AuditRecord],
) -> bool {
    let wanted = &*requirements.attributes;
    meets(
        requirements,
        || subset(wanted, own),
        !audits.is_empty(),
        |auditor| record_of(audits, auditor).map(|record| subset(wanted, &record.attributes)),
    )
}

pub(super) fn record_of<'a>(audits: &'a [AuditRecord], auditor: &str) -> Option<&'a AuditRecord> {
    audits.iter().rev().find(|r| r.auditor.as_str() == auditor)
}

/// The rule itself; `covers` tells whether an auditor's record exists and covers the attributes.
pub(super) fn meets(
    requirements: &PlacementRequirements,
    own: impl FnOnce() -> bool,
    audited: bool,
    covers: impl Fn(&str) -> Option<bool>,
) -> bool {
    let signed_by = &requirements.signed_by;
    if signed_by.is_empty() {
        return own();
    }
    let covers = |auditor: &String| covers(auditor) == Some(true);
    audited
        && signed_by.all_of.iter().all(covers)
        && (signed_by.any_of.is_empty() || signed_by.any_of.iter().any(covers))
}
