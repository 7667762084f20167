//! A provider's attributes, prepared for many checks.

use super::attribute::{is_literal, literal_prefix};
use super::capability::storage_capability;
use super::mismatch::{self, Mismatch};
use super::requirement::meets;
use crate::audit::AuditRecord;
use akash_gpu::attribute::chain;
use akash_gpu::glob;
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements};
use std::collections::BTreeMap;

/// Attributes sorted by key and value, so that a literal key is looked up and not searched for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sorted(Vec<Attribute>);

/// Up to how many attributes are scanned.
const FEW: usize = 32;

impl Sorted {
    fn new(attributes: impl IntoIterator<Item = Attribute>) -> Self {
        let mut sorted: Vec<_> = attributes.into_iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        Self(sorted)
    }

    pub(super) fn as_slice(&self) -> &[Attribute] {
        &self.0
    }

    pub(super) fn offers(&self, required: &Attribute) -> bool {
        if is_literal(&required.key) {
            // Providers declare few attributes, and most differ in length: a scan beats a search there.
            return if self.0.len() <= FEW {
                self.0.contains(required)
            } else {
                self.0.binary_search(required).is_ok()
            };
        }
        self.with_prefix(literal_prefix(&required.key))
            .any(|o| o.value == required.value && glob::matches(&required.key, &o.key))
    }

    pub(super) fn covers(&self, required: &[Attribute]) -> bool {
        required.iter().all(|r| self.offers(r))
    }

    pub(super) fn with_prefix<'a>(
        &'a self,
        prefix: &'a str,
    ) -> impl Iterator<Item = &'a Attribute> + 'a {
        let start = self.0.partition_point(|a| &*a.key < prefix);
        self.0
            .iter()
            .skip(start)
            .take_while(move |a| a.key.starts_with(prefix))
    }
}

/// A provider's own attributes and what auditors signed of it, sorted and split by use once, so that each check is a
/// few look-ups. Answers equal those of [`meets_requirements`](super::meets_requirements) and
/// [`meets_capabilities`](super::meets_capabilities).
///
/// ```
/// use akash_market::matching::Profile;
/// use akash_sdl::attribute::Attribute;
/// use akash_sdl::group::PlacementRequirements;
///
/// let provider = Profile::new([Attribute::new("region", "us-west")], []);
/// let wanted = PlacementRequirements {
///     attributes: vec![Attribute::new("region", "us-west")],
///     ..PlacementRequirements::default()
/// };
/// assert!(provider.meets_requirements(&wanted));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    pub(super) own: Sorted,
    pub(super) gpu: Sorted,
    pub(super) storage: BTreeMap<String, Sorted>,
    pub(super) audits: BTreeMap<String, Sorted>,
}

impl Profile {
    /// Prepares a provider. Of several records by one auditor the last counts.
    pub fn new(
        own: impl IntoIterator<Item = Attribute>,
        audits: impl IntoIterator<Item = AuditRecord>,
    ) -> Self {
        let mut profile = Self::default();
        profile.set_own(own);
        for record in audits {
            profile.set_audit(record);
        }
        profile
    }

    /// Replaces the provider's own attributes.
    pub fn set_own(&mut self, own: impl IntoIterator<Item = Attribute>) {
        self.own = Sorted::new(own);
        let own = self.own.as_slice();
        self.gpu =
            Sorted::new(own.iter().filter_map(|a| {
                chain::candidate(&a.key).map(|key| Attribute::new(key, &*a.value))
            }));
        let mut storage: BTreeMap<String, Vec<Attribute>> = BTreeMap::new();
        for attribute in own {
            if let Some((label, name)) = storage_capability(&attribute.key) {
                let group = storage.entry(label.to_owned()).or_default();
                group.push(Attribute::new(name, &*attribute.value));
            }
        }
        self.storage = storage
            .into_iter()
            .map(|(label, group)| (label, Sorted::new(group)))
            .collect();
    }

    /// Takes an auditor's record, replacing an earlier one by the same auditor.
    pub fn set_audit(&mut self, record: AuditRecord) {
        let auditor = record.auditor.as_str().to_owned();
        self.audits.insert(auditor, Sorted::new(record.attributes));
    }

    /// Forgets an auditor's record; whether there was one.
    pub fn remove_audit(&mut self, auditor: &str) -> bool {
        self.audits.remove(auditor).is_some()
    }

    /// The provider's own attributes, sorted.
    #[must_use]
    pub fn own(&self) -> &[Attribute] {
        self.own.as_slice()
    }

    /// Whether the chain's placement rule lets the provider serve groups with these requirements.
    #[must_use]
    pub fn meets_requirements(&self, requirements: &PlacementRequirements) -> bool {
        let wanted = &*requirements.attributes;
        meets(
            requirements,
            || self.own.covers(wanted),
            !self.audits.is_empty(),
            |auditor| self.audits.get(auditor).map(|signed| signed.covers(wanted)),
        )
    }

    /// Whether the provider declares the storage and GPUs that a group asks for.
    #[must_use]
    pub fn meets_capabilities(&self, group: &GroupSpec) -> bool {
        group.resources.iter().all(|unit| {
            let resources = &unit.resources;
            resources
                .storage
                .iter()
                .all(|v| self.offers_volume(&v.attributes))
                && (resources.gpu.units == 0 || self.offers_gpu(&resources.gpu.attributes))
        })
    }

    pub(super) fn offers_volume(&self, wanted: &[Attribute]) -> bool {
        wanted.is_empty() || self.storage.values().any(|group| group.covers(wanted))
    }

    pub(super) fn offers_gpu(&self, wanted: &[Attribute]) -> bool {
        wanted.is_empty() || wanted.iter().any(|w| self.gpu.offers(w))
    }

    /// Whether the chain would take a bid of this provider for the group: both checks together.
    #[must_use]
    pub fn serves(&self, group: &GroupSpec) -> bool {
        self.meets_requirements(&group.requirements) && self.meets_capabilities(group)
    }

    /// Every reason why the chain would not; empty if it would.
    #[must_use]
    pub fn mismatches(&self, group: &GroupSpec) -> Vec<Mismatch> {
        mismatch::of_profile(self, group)
    }
}
