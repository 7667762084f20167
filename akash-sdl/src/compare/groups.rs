//! How group specs differ.

use std::collections::{BTreeMap, BTreeSet};

use super::GroupChange;
use crate::group::{GroupSpec, PlacementRequirements, ResourceUnit, SignedBy};
use crate::manifest::ResourcePart;
use crate::resource::{Endpoint, EndpointKind};

pub(super) fn changes(old: &[GroupSpec], new: &[GroupSpec]) -> Vec<GroupChange> {
    let mut changes = Vec::new();
    for before in old {
        match new.iter().find(|after| after.name == before.name) {
            Some(after) => group(before, after, &mut changes),
            None => changes.push(GroupChange::Removed {
                group: before.name.clone(),
            }),
        }
    }
    for after in new {
        if !old.iter().any(|before| before.name == after.name) {
            changes.push(GroupChange::Added {
                group: after.name.clone(),
            });
        }
    }
    changes
}

fn group(old: &GroupSpec, new: &GroupSpec, changes: &mut Vec<GroupChange>) {
    let group = || old.name.clone();
    if requirements(&old.requirements) != requirements(&new.requirements) {
        changes.push(GroupChange::Requirements { group: group() });
    }
    if old.resources.len() != new.resources.len() {
        changes.push(GroupChange::Units {
            group: group(),
            old: old.resources.len(),
            new: new.resources.len(),
        });
    }
    for (before, after) in old.resources.iter().zip(&new.resources) {
        unit(&old.name, before, after, changes);
    }
    let (before, after) = (leased_ips(old), leased_ips(new));
    if before != after {
        changes.push(GroupChange::LeasedIps {
            group: group(),
            old: before,
            new: after,
        });
    }
}

/// What is asked for of providers: of auditors, only who they are counts.
fn requirements(
    requirements: &PlacementRequirements,
) -> (BTreeSet<&str>, BTreeSet<&str>, BTreeSet<(&str, &str)>) {
    let SignedBy { all_of, any_of } = &requirements.signed_by;
    let attributes = requirements.attributes.iter();
    (
        all_of.iter().map(String::as_str).collect(),
        any_of.iter().map(String::as_str).collect(),
        attributes
            .map(|attribute| (attribute.key.as_str(), attribute.value.as_str()))
            .collect(),
    )
}

/// How many IPs a provider has to lease for the group.
fn leased_ips(group: &GroupSpec) -> usize {
    let endpoints = group.resources.iter().flat_map(|u| &u.resources.endpoints);
    let leased = endpoints.filter(|endpoint| endpoint.kind == EndpointKind::LeasedIp);
    leased
        .map(|endpoint| endpoint.sequence_number)
        .collect::<BTreeSet<u32>>()
        .len()
}

fn kinds(endpoints: &[Endpoint]) -> BTreeMap<EndpointKind, u32> {
    let mut kinds = BTreeMap::new();
    for endpoint in endpoints {
        let number = kinds.entry(endpoint.kind).or_insert(0u32);
        *number = number.saturating_add(1);
    }
    kinds
}

fn unit(name: &str, old: &ResourceUnit, new: &ResourceUnit, changes: &mut Vec<GroupChange>) {
    let group = || name.to_owned();
    let (before, after) = (&old.resources, &new.resources);
    let id = before.id;
    if old.count != new.count {
        changes.push(GroupChange::Count {
            group: group(),
            id,
            old: old.count,
            new: new.count,
        });
    }
    if old.price != new.price {
        changes.push(GroupChange::Price {
            group: group(),
            id,
            old: old.price.clone(),
            new: new.price.clone(),
        });
    }
    for (part, equal) in [
        (ResourcePart::Cpu, before.cpu == after.cpu),
        (ResourcePart::Gpu, before.gpu == after.gpu),
        (ResourcePart::Memory, before.memory == after.memory),
        (ResourcePart::Storage, before.storage == after.storage),
    ] {
        if !equal {
            changes.push(GroupChange::Resources {
                group: group(),
                id,
                part,
            });
        }
    }
    if kinds(&before.endpoints) != kinds(&after.endpoints) {
        changes.push(GroupChange::Endpoints { group: group(), id });
    }
}
