//! What a change of an SDL needs: nothing, a new manifest, a transaction too, or a new deployment.
//!
//! The groups of a deployment never change. A new version hash can be set on it at any time (node
//! `x/deployment`, update of a deployment), and providers then take the manifest that belongs to it
//! if its services fit the groups.

mod fields;
mod groups;

use crate::group::GroupSpec;
use crate::manifest::{Manifest, ManifestMismatch, ResourcePart, Service};
use crate::num::DecCoin;
use crate::{Sdl, Version};
use fields::Fields;

/// What has to be done for the new SDL to take effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Nothing: groups and manifest are the same.
    Nothing,
    /// Send the manifest to the deployment's providers; its hash stands on the chain already.
    Manifest,
    /// Update the hash of the deployment, then send the manifest to its providers.
    Update,
    /// Close the deployment and create another: the groups differ.
    Redeploy,
}

/// A way in which group specs differ in what they mean: the order of auditors and endpoints, and the
/// numbers that stand for leased IPs, play no part. Units go by their id.
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
    /// The numbers of endpoints differ in some kind.
    #[error("the endpoints of resource unit {id} of group {group:?} differ")]
    Endpoints {
        /// The group.
        group: String,
        /// The unit.
        id: u32,
    },
    /// The numbers of leased IPs differ, though as many ports are on them.
    #[error("group {group:?} leases {new} IPs instead of {old}")]
    LeasedIps {
        /// The group.
        group: String,
        /// Before.
        old: usize,
        /// After.
        new: usize,
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
    /// Paths of the fields that force it, such as `profiles.compute.small.resources.memory`: for
    /// [`Step::Redeploy`] those that change the groups or the notice before reclamation, for
    /// [`Step::Update`] those that change the manifest.
    pub fields: Vec<String>,
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
/// let image = compare(&old, &other("nginx:1.27", "nginx:1.28")?);
/// assert_eq!((image.step, image.fields), (Step::Update, vec!["services.web.image".to_owned()]));
/// let memory = compare(&old, &other("512Mi", "1Gi")?);
/// assert_eq!(memory.step, Step::Redeploy);
/// assert_eq!(memory.fields, ["profiles.compute.small.resources.memory"]);
/// # Ok::<(), akash_sdl::Report>(())
/// ```
#[must_use]
pub fn compare(old: &Sdl, new: &Sdl) -> Comparison {
    let groups = groups::changes(old.groups(), new.groups());
    let services = service_changes(old.manifest(), new.manifest());
    let reclamation = old.reclamation_min_window() != new.reclamation_min_window();
    let mut fields = Fields::new(Some(old), new);
    let step = if !groups.is_empty() || reclamation {
        fields.of_groups(&groups);
        if reclamation {
            fields.add(&["reclamation", "min_window"]);
        }
        Step::Redeploy
    } else if old.version() == new.version() {
        Step::Nothing
    } else {
        fields.of_services(&services);
        Step::Update
    };
    Comparison {
        step,
        fields: fields.into_paths(),
        groups,
        services,
        reclamation,
        misfit: new.manifest().check_against(old.groups()).err(),
    }
}

/// Compares a deployment as it stands on the chain, its groups and its hash, with an SDL.
///
/// What was in the manifest before and the notice before reclamation are not known here, so that
/// changes of them are not told.
///
/// ```
/// use akash_sdl::compare::{Step, compare_deployed};
///
/// let sdl = akash_sdl::parse(akash_sdl::EXAMPLE)?;
/// let newer = akash_sdl::parse(akash_sdl::EXAMPLE.replace("nginx:1.27", "nginx:1.28"))?;
/// let (groups, hash) = (sdl.groups(), sdl.version());
/// assert_eq!(compare_deployed(groups, hash, &sdl).step, Step::Manifest);
/// assert_eq!(compare_deployed(groups, hash, &newer).step, Step::Update);
/// # Ok::<(), akash_sdl::Report>(())
/// ```
#[must_use]
pub fn compare_deployed(groups: &[GroupSpec], hash: Version, new: &Sdl) -> Comparison {
    let changes = groups::changes(groups, new.groups());
    let mut fields = Fields::new(None, new);
    fields.of_groups(&changes);
    let step = if !changes.is_empty() {
        Step::Redeploy
    } else if hash == new.version() {
        Step::Manifest
    } else {
        Step::Update
    };
    Comparison {
        step,
        fields: fields.into_paths(),
        groups: changes,
        services: Vec::new(),
        reclamation: false,
        misfit: new.manifest().check_against(groups).err(),
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
                    fields: changed(before, after),
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

fn changed(old: &Service, new: &Service) -> Vec<&'static str> {
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
        assert_eq!(comparison.fields, ["reclamation.min_window"]);
    }
}
