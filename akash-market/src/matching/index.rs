//! Many providers, asked at once.

mod bits;
mod terms;

use self::bits::Bits;
use self::terms::Terms;
use super::mismatch::{List, Pair};
use super::profile::Profile;
use crate::address::Address;
use crate::audit::AuditRecord;
use crate::provider::Provider;
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements};
use akash_sdl::resource::Storage;
use std::collections::BTreeMap;
use std::fmt;

/// Providers and audit records, kept so that "who could serve this group?" is a handful of set operations over the
/// attributes asked for, and not a visit to every provider.
///
/// Answers equal [`Profile::serves`] for each provider. Audit records may come before their provider does.
///
/// ```
/// use akash_market::matching::Index;
/// use akash_market::provider::{Provider, ProviderInfo};
/// use akash_sdl::attribute::Attribute;
/// # use akash_sdl::group::{GroupSpec, PlacementRequirements};
///
/// let owner: akash_market::address::Address = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0".parse()?;
/// let mut index = Index::new();
/// index.set_provider(&Provider {
///     owner: owner.clone(),
///     host_uri: "https://provider.example:8443".to_owned(),
///     attributes: vec![Attribute::new("region", "us-west")],
///     info: ProviderInfo::default(),
/// });
/// let requirements = PlacementRequirements {
///     attributes: vec![Attribute::new("region", "us-*")],
///     ..PlacementRequirements::default()
/// };
/// let mut group = GroupSpec { name: "west".into(), requirements, resources: Vec::new() };
/// assert_eq!(index.serving(&group).len(), 0); // values are no patterns
/// group.requirements.attributes[0].value = "us-west".into();
/// assert_eq!(index.serving(&group), [&owner]);
/// # Ok::<(), akash_market::address::AddressError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Index {
    slots: Vec<Slot>,
    by_owner: BTreeMap<Address, u32>,
    /// Providers on chain; a slot may exist only for its audit records.
    registered: Bits,
    /// Providers with at least one audit record.
    audited: Bits,
    own: Terms,
    gpu: Terms,
    /// Terms over storage groups, numbered across providers.
    storage: Terms,
    storage_owner: Vec<u32>,
    storage_free: Vec<u32>,
    auditors: BTreeMap<String, Auditor>,
}

#[derive(Debug, Clone)]
struct Slot {
    owner: Address,
    profile: Profile,
    storage: Vec<u32>,
}

#[derive(Debug, Clone, Default)]
struct Auditor {
    signed: Bits,
    terms: Terms,
}

/// One thing a group asks for and how many providers have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What is asked for, as a short text such as `attribute region=us-west`.
    pub need: String,
    /// How many providers meet it, whatever else they lack.
    pub met_by: usize,
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: met by {}", self.need, self.met_by)
    }
}

/// Who could serve a group, and which condition keeps the others out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Screening {
    /// How many providers there are.
    pub providers: usize,
    /// Those that could serve the group, in the chain's order (by address bytes).
    pub serving: Vec<Address>,
    /// Each condition by itself, auditors first, then attributes, storage and GPUs. When nobody serves the group and
    /// every condition is met by someone, it is the combination that nobody offers.
    pub conditions: Vec<Condition>,
}

impl Index {
    /// An index of nobody.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many providers it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.registered.count()
    }

    /// Whether it holds no provider.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a provider or replaces its attributes.
    pub fn set_provider(&mut self, provider: &Provider) {
        self.change(&provider.owner, true, |profile| {
            profile.set_own(provider.attributes.iter().cloned());
        });
    }

    /// Adds an audit record or replaces the auditor's earlier one.
    pub fn set_audit(&mut self, record: &AuditRecord) {
        self.change(&record.owner, false, |profile| {
            profile.set_audit(record.clone())
        });
    }

    /// Removes an auditor's record of a provider.
    pub fn remove_audit(&mut self, owner: &Address, auditor: &Address) {
        if self.by_owner.contains_key(owner) {
            self.change(owner, false, |profile| {
                profile.remove_audit(&auditor.as_str());
            });
        }
    }

    /// Removes a provider; its audit records stay.
    pub fn remove_provider(&mut self, owner: &Address) {
        if let Some(&slot) = self.by_owner.get(owner) {
            self.change(owner, false, |profile| profile.set_own([]));
            self.registered.clear(slot);
        }
    }

    /// A provider's prepared attributes.
    #[must_use]
    pub fn profile(&self, owner: &Address) -> Option<&Profile> {
        let &slot = self.by_owner.get(owner)?;
        if !self.registered.has(slot) {
            return None;
        }
        self.slots.get(slot as usize).map(|s| &s.profile)
    }

    fn change(&mut self, owner: &Address, register: bool, edit: impl FnOnce(&mut Profile)) {
        let slot = match self.by_owner.get(owner) {
            Some(&slot) => slot,
            None => {
                // More providers than u32 holds can't be in memory.
                let slot = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
                self.slots.push(Slot {
                    owner: owner.clone(),
                    profile: Profile::default(),
                    storage: Vec::new(),
                });
                self.by_owner.insert(owner.clone(), slot);
                slot
            }
        };
        self.unlist(slot);
        if let Some(entry) = self.slots.get_mut(slot as usize) {
            edit(&mut entry.profile);
        }
        if register {
            self.registered.set(slot);
        }
        self.list(slot);
    }

    fn list(&mut self, slot: u32) {
        let Some(Slot {
            profile, storage, ..
        }) = self.slots.get_mut(slot as usize)
        else {
            return;
        };
        self.own.set(profile.own.as_slice(), slot);
        self.gpu.set(profile.gpu.as_slice(), slot);
        for group in profile.storage.values() {
            let id = match self.storage_free.pop() {
                Some(id) => id,
                None => u32::try_from(self.storage_owner.len()).unwrap_or(u32::MAX),
            };
            match self.storage_owner.get_mut(id as usize) {
                Some(owner) => *owner = slot,
                None => self.storage_owner.push(slot),
            }
            storage.push(id);
            self.storage.set(group.as_slice(), id);
        }
        for (auditor, signed) in &profile.audits {
            let auditor = self.auditors.entry(auditor.clone()).or_default();
            auditor.signed.set(slot);
            auditor.terms.set(signed.as_slice(), slot);
            self.audited.set(slot);
        }
    }

    fn unlist(&mut self, slot: u32) {
        let Some(Slot {
            profile, storage, ..
        }) = self.slots.get_mut(slot as usize)
        else {
            return;
        };
        self.own.clear(profile.own.as_slice(), slot);
        self.gpu.clear(profile.gpu.as_slice(), slot);
        for (group, id) in profile.storage.values().zip(storage.drain(..)) {
            self.storage.clear(group.as_slice(), id);
            self.storage_free.push(id);
        }
        for (auditor, signed) in &profile.audits {
            if let Some(entry) = self.auditors.get_mut(auditor) {
                entry.signed.clear(slot);
                entry.terms.clear(signed.as_slice(), slot);
                if entry.signed.count() == 0 {
                    self.auditors.remove(auditor);
                }
            }
        }
        self.audited.clear(slot);
    }

    /// The providers that could serve a group, in the chain's order (by address bytes).
    #[must_use]
    pub fn serving(&self, group: &GroupSpec) -> Vec<&Address> {
        self.addresses(&self.matching(group))
    }

    /// How many providers could serve a group.
    #[must_use]
    pub fn count(&self, group: &GroupSpec) -> usize {
        self.matching(group).count()
    }

    /// Who could serve a group and how many providers meet each of its conditions: what to show when no bids come.
    #[must_use]
    pub fn screen(&self, group: &GroupSpec) -> Screening {
        let mut conditions = Vec::new();
        let mut add = |need: String, mut met: Bits| {
            met.and(&self.registered);
            conditions.push(Condition {
                need,
                met_by: met.count(),
            });
        };
        let wanted = &*group.requirements.attributes;
        let signed_by = &group.requirements.signed_by;
        for auditor in &signed_by.all_of {
            add(
                format!("attributes signed by {auditor}"),
                self.signed(auditor, wanted),
            );
        }
        if !signed_by.any_of.is_empty() {
            let need = format!(
                "attributes signed by one of {}",
                List(signed_by.any_of.iter())
            );
            add(need, self.signed_by_any(&signed_by.any_of, wanted));
        }
        for attribute in wanted {
            let one = std::slice::from_ref(attribute);
            let met = if signed_by.is_empty() {
                let mut met = self.registered.clone();
                self.own.retain(one, &mut met);
                met
            } else {
                let named = signed_by.all_of.iter().chain(&signed_by.any_of);
                let mut met = Bits::default();
                named.for_each(|auditor| met.or(&self.signed(auditor, one)));
                met
            };
            add(format!("attribute {}", Pair(attribute)), met);
        }
        for unit in &group.resources {
            let resources = &unit.resources;
            for volume in resources
                .storage
                .iter()
                .filter(|v| !v.attributes.is_empty())
            {
                let need = format!("storage with {}", List(volume.attributes.iter().map(Pair)));
                add(need, self.offering_volume(volume));
            }
            let gpu = &resources.gpu;
            if gpu.units > 0 && !gpu.attributes.is_empty() {
                let keys = List(gpu.attributes.iter().map(|a| &a.key));
                add(format!("GPU of {keys}"), self.gpu.any(&gpu.attributes));
            }
        }
        Screening {
            providers: self.len(),
            serving: self.serving(group).into_iter().cloned().collect(),
            conditions,
        }
    }

    fn matching(&self, group: &GroupSpec) -> Bits {
        let mut met = self.placed(&group.requirements);
        for unit in &group.resources {
            let resources = &unit.resources;
            for volume in resources
                .storage
                .iter()
                .filter(|v| !v.attributes.is_empty())
            {
                met.and(&self.offering_volume(volume));
            }
            let gpu = &resources.gpu;
            if gpu.units > 0 && !gpu.attributes.is_empty() {
                met.and(&self.gpu.any(&gpu.attributes));
            }
            if met.is_empty() {
                break;
            }
        }
        met
    }

    fn placed(&self, requirements: &PlacementRequirements) -> Bits {
        let wanted = &*requirements.attributes;
        let signed_by = &requirements.signed_by;
        let mut met = self.registered.clone();
        if signed_by.is_empty() {
            self.own.retain(wanted, &mut met);
            return met;
        }
        met.and(&self.audited);
        for auditor in &signed_by.all_of {
            met.and(&self.signed(auditor, wanted));
        }
        if !signed_by.any_of.is_empty() {
            met.and(&self.signed_by_any(&signed_by.any_of, wanted));
        }
        met
    }

    fn signed(&self, auditor: &str, wanted: &[Attribute]) -> Bits {
        let Some(auditor) = self.auditors.get(auditor) else {
            return Bits::default();
        };
        let mut met = auditor.signed.clone();
        auditor.terms.retain(wanted, &mut met);
        met
    }

    fn signed_by_any(&self, auditors: &[String], wanted: &[Attribute]) -> Bits {
        let mut met = Bits::default();
        for auditor in auditors {
            met.or(&self.signed(auditor, wanted));
        }
        met
    }

    fn offering_volume(&self, volume: &Storage) -> Bits {
        let Some((first, rest)) = volume.attributes.split_first() else {
            return self.registered.clone();
        };
        let mut groups = self.storage.any(std::slice::from_ref(first));
        self.storage.retain(rest, &mut groups);
        let mut met = Bits::default();
        for group in groups.iter() {
            if let Some(&owner) = self.storage_owner.get(group as usize) {
                met.set(owner);
            }
        }
        met
    }

    fn addresses(&self, met: &Bits) -> Vec<&Address> {
        let mut owners: Vec<_> = met
            .iter()
            .filter_map(|slot| self.slots.get(slot as usize))
            .map(|s| &s.owner)
            .collect();
        owners.sort_unstable_by(|a, b| a.cmp_bytes(b));
        owners
    }
}
