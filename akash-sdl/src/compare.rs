//! What a change of an SDL needs: nothing, a new manifest, or a new deployment.
//!
//! The groups of a deployment never change. A new version hash can be set on it at any time (node
//! `x/deployment`, update of a deployment), and providers then take the manifest that belongs to it
//! if its services fit the groups.

use crate::Sdl;
use crate::group::{GroupSpec, ResourceUnit};
use crate::manifest::{Manifest, ManifestMismatch, ResourcePart, Service};
use crate::num::DecCoin;

/// What has to be done for the new SDL to take effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Nothing: groups and manifest are the same.
    Nothing,
    /// Update the hash of the deployment, then send the manifest to its providers.
    Update,
    /// Close the deployment and create another: the groups differ.
    Redeploy,
}

/// A way in which group specs differ. Units go by their id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GroupChange {
    /// A group is new.
    #[error("group {group:?} is new")]
    Added {
        /// The group.
        group: String,
    },
    /// A group is gone.
    #[error("group {group:?} is gone")]
    Removed {
        /// The group.
        group: String,
    },
    /// Attributes or auditors asked for differ.
    #[error("group {group:?} asks for other providers")]
    Requirements {
        /// The group.
        group: String,
    },
    /// The numbers of resource units differ.
    #[error("group {group:?} has {new} resource units instead of {old}")]
    Units {
        /// The group.
        group: String,
        /// Before.
        old: usize,
        /// After.
        new: usize,
    },
    /// The number of replicas differs.
    #[error("resource unit {id} of group {group:?} has {new} replicas instead of {old}")]
    Count {
        /// The group.
        group: String,
        /// The unit.
        id: u32,
        /// Before.
        old: u32,
        /// After.
        new: u32,
    },
    /// The price differs.
    #[error("resource unit {id} of group {group:?} may cost {new} instead of {old}")]
    Price {
        /// The group.
        group: String,
        /// The unit.
        id: u32,
        /// Before.
        old: DecCoin,
        /// After.
        new: DecCoin,
    },
    /// What a replica needs differs.
    #[error("the {part} of resource unit {id} of group {group:?} differs")]
    Resources {
        /// The group.
        group: String,
        /// The unit.
        id: u32,
        /// What differs.
        part: ResourcePart,
    },
    /// The endpoints differ.
    #[error("the endpoints of resource unit {id} of group {group:?} differ")]
    Endpoints {
        /// The group.
        group: String,
        /// The unit.
        id: u32,
    },
}

/// A way in which manifests differ.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServiceChange {
    /// A service is new in its group.
    Added {
        /// The group.
        group: String,
        /// The service.
        service: String,
    },
    /// A service is gone from its group.
    Removed {
        /// The group.
        group: String,
        /// The service.
        service: String,
    },
    /// A service is other than before.
    Changed {
        /// The group.
        group: String,
        /// The service.
        service: String,
        /// The fields of the manifest that differ, such as `image`.
        fields: Vec<&'static str>,
    },
}

/// What lies between two SDLs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What has to be done.
    pub step: Step,
    /// How the group specs differ; not empty only if [`step`](Self::step) is
    /// [`Step::Redeploy`].
    pub groups: Vec<GroupChange>,
    /// How the manifests differ.
    pub services: Vec<ServiceChange>,
    /// Whether another notice before reclamation is asked for, which only a new deployment gets.
    pub reclamation: bool,
    /// Why a provider would refuse the new manifest for the old deployment; none if it would take
    /// it. Then an update is possible even where groups differ, though their changes, such as
    /// another price, take no effect.
    pub misfit: Option<ManifestMismatch>,
}

/// Compares two SDLs, the one a deployment was created with first.
///
/// ```
/// use akash_sdl::compare::{Step, compare};
///
/// let old = akash_sdl::parse(akash_sdl::EXAMPLE)?;
/// let other = |from, to| akash_sdl::parse(akash_sdl::EXAMPLE.replace(from, to));
/// assert_eq!(compare(&old, &old).step, Step::Nothing);
/// assert_eq!(compare(&old, &other("nginx:1.27", "nginx:1.28")?).step, Step::Update);
/// assert_eq!(compare(&old, &other("512Mi", "1Gi")?).step, Step::Redeploy);
/// # Ok::<(), akash_sdl::Report>(())
/// ```
#[must_use]
pub fn compare(old: &Sdl, new: &Sdl) -> Comparison {
    let groups = group_changes(old.groups(), new.groups());
    let reclamation = old.reclamation_min_window() != new.reclamation_min_window();
    let step = if !groups.is_empty() || reclamation {
        Step::Redeploy
    } else if old.version() == new.version() {
        Step::Nothing
    } else {
        Step::Update
    };
    Comparison {
        step,
        groups,
        services: service_changes(old.manifest(), new.manifest()),
        reclamation,
        misfit: new.manifest().check_against(old.groups()).err(),
    }
}

fn group_changes(old: &[GroupSpec], new: &[GroupSpec]) -> Vec<GroupChange> {
    let mut changes = Vec::new();
    for before in old {
        match new.iter().find(|after| after.name == before.name) {
            Some(after) => units(before, after, &mut changes),
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

fn units(old: &GroupSpec, new: &GroupSpec, changes: &mut Vec<GroupChange>) {
    let group = || old.name.clone();
    if old.requirements != new.requirements {
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
    if before.endpoints != after.endpoints {
        changes.push(GroupChange::Endpoints { group: group(), id });
    }
}

fn service_changes(old: &Manifest, new: &Manifest) -> Vec<ServiceChange> {
    let mut changes = Vec::new();
    for group in &old.groups {
        for before in &group.services {
            let (group, service) = (group.name.clone(), before.name.clone());
            match find(new, &group, &service) {
                None => changes.push(ServiceChange::Removed { group, service }),
                Some(after) if after != before => changes.push(ServiceChange::Changed {
                    group,
                    service,
                    fields: fields(before, after),
                }),
                Some(_) => {}
            }
        }
    }
    for group in &new.groups {
        for after in &group.services {
            if find(old, &group.name, &after.name).is_none() {
                changes.push(ServiceChange::Added {
                    group: group.name.clone(),
                    service: after.name.clone(),
                });
            }
        }
    }
    changes
}

fn find<'m>(manifest: &'m Manifest, group: &str, name: &str) -> Option<&'m Service> {
    let services = &manifest.group(group)?.services;
    services.iter().find(|service| service.name == name)
}

fn fields(old: &Service, new: &Service) -> Vec<&'static str> {
    [
        ("image", old.image == new.image),
        ("command", old.command == new.command),
        ("args", old.args == new.args),
        ("env", old.env == new.env),
        ("resources", old.resources == new.resources),
        ("count", old.count == new.count),
        ("expose", old.expose == new.expose),
        ("params", old.params == new.params),
        ("credentials", old.credentials == new.credentials),
    ]
    .into_iter()
    .filter(|(_, equal)| !equal)
    .map(|(field, _)| field)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compared(from: &str, to: &str) -> Comparison {
        let old = crate::parse(crate::EXAMPLE).unwrap();
        let new = crate::parse(crate::EXAMPLE.replace(from, to)).unwrap();
        compare(&old, &new)
    }

    #[test]
    fn a_new_image_is_an_update() {
        let comparison = compared("nginx:1.27", "nginx:1.28");
        assert_eq!(comparison.step, Step::Update);
        assert_eq!(comparison.misfit, None);
        let [ServiceChange::Changed { fields, .. }] = comparison.services.as_slice() else {
            panic!("{comparison:?}");
        };
        assert_eq!(fields, &["image"]);
    }

    #[test]
    fn a_new_price_needs_a_deployment_though_the_manifest_fits() {
        let comparison = compared("amount: 1000", "amount: 2000");
        assert_eq!(comparison.step, Step::Redeploy);
        assert_eq!(comparison.misfit, None);
        assert!(comparison.services.is_empty());
        assert_eq!(
            comparison.groups[0].to_string(),
            "resource unit 1 of group \"anywhere\" may cost 2000.000000000000000000uact \
             instead of 1000.000000000000000000uact"
        );
    }

    #[test]
    fn more_memory_or_replicas_do_not_fit() {
        for (from, to) in [
            ("512Mi", "1Gi"),
            ("count: 1", "count: 2"),
            ("port: 80", "port: 81"),
        ] {
            let comparison = compared(from, to);
            assert_eq!(comparison.step, Step::Redeploy, "{to}");
            assert!(comparison.misfit.is_some(), "{to}");
        }
    }

    #[test]
    fn another_group_and_another_notice() {
        let comparison = compared("    anywhere:", "    elsewhere:");
        assert_eq!(comparison.groups.len(), 2);
        assert_eq!(comparison.services.len(), 2);
        let comparison = compared("services:", "reclamation: {min_window: 24h}\nservices:");
        assert_eq!(comparison.step, Step::Redeploy);
        assert!(comparison.reclamation && comparison.groups.is_empty());
    }
}
