//! A manifest against the group specs on the chain, as a provider compares them.

use core::fmt;
use std::collections::BTreeMap;

use super::{Group, Manifest, ManifestError, Service};
use crate::group::{GroupSpec, ResourceUnit};
use crate::resource::EndpointKind;

/// A part of the resources of a replica.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ResourcePart {
    /// CPU and its attributes.
    Cpu,
    /// GPUs and the acceptable models.
    Gpu,
    /// Memory.
    Memory,
    /// Volumes, in order.
    Storage,
}

impl fmt::Display for ResourcePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Cpu => "CPU",
            Self::Gpu => "GPU",
            Self::Memory => "memory",
            Self::Storage => "storage",
        })
    }
}

/// One way in which a manifest differs from the deployment on the chain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Difference {
    /// The manifest itself breaks a rule, so that it is not compared.
    #[error(transparent)]
    Invalid(#[from] ManifestError),
    /// The numbers of groups differ.
    #[error("the manifest has {manifest} groups, the deployment has {deployment}")]
    GroupCount {
        /// Groups of the manifest.
        manifest: usize,
        /// Groups of the deployment.
        deployment: usize,
    },
    /// The deployment has no group of that name.
    #[error("the deployment has no group {group:?}")]
    UnknownGroup {
        /// The group of the manifest.
        group: String,
    },
    /// The group has no resource unit with that id.
    #[error("group {group:?} has no resource unit {id}, which service {service:?} uses")]
    UnknownUnit {
        /// The group.
        group: String,
        /// The service.
        service: String,
        /// Id of the unit.
        id: u32,
    },
    /// The services ask for more replicas than the unit holds.
    #[error(
        "service {service:?} of group {group:?} asks for {wanted} replicas of resource unit {id}, \
         {left} are left"
    )]
    TooManyReplicas {
        /// The group.
        group: String,
        /// The service.
        service: String,
        /// Id of the unit.
        id: u32,
        /// Replicas of the service.
        wanted: u32,
        /// Replicas of the unit that no earlier service uses.
        left: u32,
    },
    /// The service needs something else than the unit holds.
    #[error(
        "the {part} of service {service:?} differs from that of resource unit {id} of group {group:?}"
    )]
    Resources {
        /// The group.
        group: String,
        /// The service.
        service: String,
        /// Id of the unit.
        id: u32,
        /// What differs.
        part: ResourcePart,
    },
    /// The service exposes more than the unit has endpoints.
    #[error(
        "service {service:?} exposes more {} endpoints than resource unit {id} of group {group:?} has",
        kind.name()
    )]
    TooManyEndpoints {
        /// The group.
        group: String,
        /// The service.
        service: String,
        /// Id of the unit.
        id: u32,
        /// The kind of endpoint.
        kind: EndpointKind,
    },
    /// The services use fewer replicas than the unit holds.
    #[error("{left} replicas of resource unit {id} of group {group:?} are used by no service")]
    UnusedReplicas {
        /// The group.
        group: String,
        /// Id of the unit.
        id: u32,
        /// Replicas left over.
        left: u32,
    },
    /// The services expose less than the unit has endpoints.
    #[error(
        "{left} {} endpoints of resource unit {id} of group {group:?} are exposed by no service",
        kind.name()
    )]
    UnusedEndpoints {
        /// The group.
        group: String,
        /// Id of the unit.
        id: u32,
        /// The kind of endpoint.
        kind: EndpointKind,
        /// Endpoints left over.
        left: u32,
    },
}

/// A manifest does not match the deployment: a provider refuses it for the first of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestMismatch {
    differences: Vec<Difference>,
}

impl ManifestMismatch {
    /// Every difference, in the provider's order; never empty.
    #[must_use]
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }
}

impl fmt::Display for ManifestMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the manifest does not match the deployment: ")?;
        for (at, difference) in self.differences.iter().enumerate() {
            if at > 0 {
                f.write_str("; ")?;
            }
            difference.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for ManifestMismatch {}

/// What of a group is not used yet.
struct Left<'g> {
    /// The units with their replicas.
    units: Vec<(&'g ResourceUnit, u32)>,
    /// Endpoints by id of the unit and kind.
    endpoints: BTreeMap<u32, BTreeMap<EndpointKind, u32>>,
}

impl<'g> Left<'g> {
    fn of(spec: &'g GroupSpec) -> Self {
        let mut endpoints = BTreeMap::new();
        for unit in &spec.resources {
            let mut kinds = BTreeMap::new();
            for endpoint in &unit.resources.endpoints {
                let number = kinds.entry(endpoint.kind).or_insert(0u32);
                *number = number.saturating_add(1);
            }
            endpoints.insert(unit.resources.id, kinds);
        }
        let units = spec.resources.iter().map(|unit| (unit, unit.count));
        Self {
            units: units.collect(),
            endpoints,
        }
    }
}

impl Manifest {
    /// Compares the manifest with the groups of a deployment, as a provider does: it must be
    /// [valid](Self::check), and services and resource units must use each other up exactly. Only
    /// of volumes, a service may have fewer than its unit, which come first there.
    ///
    /// # Errors
    /// [`ManifestMismatch`] with every difference, or with what is invalid.
    pub fn check_against(&self, groups: &[GroupSpec]) -> Result<(), ManifestMismatch> {
        let mut differences = Vec::new();
        if let Err(error) = self.check() {
            differences.push(error.into());
            return Err(ManifestMismatch { differences });
        }
        if self.groups.len() != groups.len() {
            differences.push(Difference::GroupCount {
                manifest: self.groups.len(),
                deployment: groups.len(),
            });
        }
        for group in &self.groups {
            match groups.iter().find(|spec| spec.name == group.name) {
                Some(spec) => compare_group(group, spec, &mut differences),
                None => differences.push(Difference::UnknownGroup {
                    group: group.name.clone(),
                }),
            }
        }
        if differences.is_empty() {
            Ok(())
        } else {
            Err(ManifestMismatch { differences })
        }
    }
}

fn compare_group(group: &Group, spec: &GroupSpec, differences: &mut Vec<Difference>) {
    let mut left = Left::of(spec);
    for service in &group.services {
        compare_service(&group.name, service, &mut left, differences);
    }
    for (unit, count) in left.units {
        if count > 0 {
            differences.push(Difference::UnusedReplicas {
                group: group.name.clone(),
                id: unit.resources.id,
                left: count,
            });
        }
    }
    for (id, kinds) in left.endpoints {
        for (kind, number) in kinds {
            if number > 0 {
                differences.push(Difference::UnusedEndpoints {
                    group: group.name.clone(),
                    id,
                    kind,
                    left: number,
                });
            }
        }
    }
}

fn compare_service(
    group: &str,
    service: &Service,
    left: &mut Left<'_>,
    differences: &mut Vec<Difference>,
) {
    let id = service.resources.id;
    let mut units = left.units.iter_mut();
    let Some((unit, replicas)) = units.find(|(unit, _)| unit.resources.id == id) else {
        differences.push(Difference::UnknownUnit {
            group: group.to_owned(),
            service: service.name.clone(),
            id,
        });
        return;
    };
    match replicas.checked_sub(service.count) {
        Some(count) => *replicas = count,
        None => differences.push(Difference::TooManyReplicas {
            group: group.to_owned(),
            service: service.name.clone(),
            id,
            wanted: service.count,
            left: *replicas,
        }),
    }
    let (mine, unit) = (&service.resources, &unit.resources);
    for (part, equal) in [
        (ResourcePart::Cpu, mine.cpu == unit.cpu),
        (ResourcePart::Gpu, mine.gpu == unit.gpu),
        (ResourcePart::Memory, mine.memory == unit.memory),
        // The provider goes through the volumes of the service only.
        (
            ResourcePart::Storage,
            unit.storage.starts_with(&mine.storage),
        ),
    ] {
        if !equal {
            differences.push(Difference::Resources {
                group: group.to_owned(),
                service: service.name.clone(),
                id,
                part,
            });
        }
    }
    let endpoints = left.endpoints.entry(id).or_default();
    for expose in service.expose.iter().filter(|expose| expose.global) {
        let port = if expose.is_ingress() {
            EndpointKind::SharedHttp
        } else {
            EndpointKind::RandomPort
        };
        let ip = (!expose.ip.is_empty()).then_some(EndpointKind::LeasedIp);
        for kind in core::iter::once(port).chain(ip) {
            match endpoints.get_mut(&kind) {
                Some(number) if *number > 0 => *number = number.saturating_sub(1),
                _ => differences.push(Difference::TooManyEndpoints {
                    group: group.to_owned(),
                    service: service.name.clone(),
                    id,
                    kind,
                }),
            }
        }
    }
}
