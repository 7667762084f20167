//! Groups: the services of a placement, as group spec and as part of the manifest.

use std::collections::BTreeMap;

use super::unit::Used;
use super::{Checker, plain};
use crate::attribute::Attribute;
use crate::diagnostic::codes;
use crate::document::{Dialect, Named, Placement, Spanned};
use crate::group::{GroupSpec, PlacementRequirements, ResourceUnit, SignedBy};
use crate::manifest::{self, Manifest};
use crate::order;
use crate::resource::Endpoint;

/// What the chain allows for the sum over a group (chain-sdk `validation_config.go`).
const MAX_CPU: u128 = 19_200_000;
const MAX_GPU: u128 = 1_200;
const MAX_MEMORY: u128 = 109_951_162_777_600;

/// The groups built so far, each where its placement stands in the document: by name.
#[derive(Default)]
pub(super) struct Groups<'d> {
    groups: Vec<Option<Box<Building<'d>>>>,
}

struct Building<'d> {
    placement: &'d Named<Placement>,
    spec: GroupSpec,
    services: Vec<manifest::Service>,
    /// The place of the resource unit of each compute profile.
    profiles: BTreeMap<&'d str, usize>,
    tee: Option<&'d Spanned<String>>,
}

impl<'d> Groups<'d> {
    /// Adds a service to its placement.
    pub(super) fn add(
        &mut self,
        checker: &mut Checker<'d>,
        used: Used<'d>,
        service: manifest::Service,
    ) {
        let placements = &checker.document.placement;
        self.groups.resize_with(placements.len(), || None);
        let at = placements.position(&used.placement.name);
        let Some(slot) = at.and_then(|at| self.groups.get_mut(at)) else {
            return;
        };
        let services = checker.document.deployment.len();
        let group = slot.get_or_insert_with(|| Box::new(Building::new(used.placement, services)));
        group.tee(checker, &used);
        group.add(checker.document.language.dialect, used, service);
    }

    /// The placements that are used.
    pub(super) fn placements(&self) -> impl Iterator<Item = &'d Placement> {
        let groups = self.groups.iter().flatten();
        groups.map(|group| &group.placement.value)
    }

    /// Checks the sums over each group.
    pub(super) fn check_totals(&self, checker: &mut Checker<'d>) {
        for group in self.groups.iter().flatten() {
            let sum = |value: fn(&ResourceUnit) -> u64| -> u128 {
                let units = group.spec.resources.iter();
                units
                    .map(|unit| u128::from(value(unit)) * u128::from(unit.count))
                    .fold(0, u128::saturating_add)
            };
            let cpu = sum(|unit| unit.resources.cpu.units.0);
            let gpu = sum(|unit| unit.resources.gpu.units);
            let memory = sum(|unit| unit.resources.memory.quantity.0);
            let span = group.placement.name.span;
            let name = &group.placement.name.value;
            if cpu == 0 || memory == 0 {
                let message = format!(
                    "nothing would run in the placement {name:?}: give a service a count above 0"
                );
                checker.error(codes::GROUP_TOTAL_RANGE, span, message);
            }
            for (what, total, most) in [
                ("thousandths of a CPU", cpu, MAX_CPU),
                ("GPUs", gpu, MAX_GPU),
                ("bytes of memory", memory, MAX_MEMORY),
            ] {
                if total > most {
                    let message = format!(
                        "the placement {name:?} asks for {total} {what} in all: \
                         at most {most} are allowed"
                    );
                    checker.error(codes::GROUP_TOTAL_RANGE, span, message);
                }
            }
        }
    }

    pub(super) fn finish(self) -> (Vec<GroupSpec>, Manifest) {
        let used = self.groups.iter().flatten().count();
        let mut specs = Vec::with_capacity(used);
        let mut manifest = Manifest {
            groups: Vec::with_capacity(used),
        };
        for group in self.groups.into_iter().flatten() {
            manifest.groups.push(manifest::Group {
                name: group.spec.name.clone(),
                services: group.services.into(),
            });
            specs.push(group.spec);
        }
        (specs, manifest)
    }
}

impl<'d> Building<'d> {
    fn new(placement: &'d Named<Placement>, services: usize) -> Self {
        // mostly all services stand in one placement
        const MOST: usize = 8;
        let services = services.min(MOST);
        let written = &placement.value;
        let attributes = written
            .attributes
            .iter()
            .map(|entry| Attribute::new(entry.name.as_str(), entry.value.as_str()))
            .collect();
        Self {
            placement,
            spec: GroupSpec {
                name: placement.name.value.clone(),
                requirements: PlacementRequirements {
                    signed_by: SignedBy {
                        all_of: plain(&written.all_of),
                        any_of: plain(&written.any_of),
                    },
                    attributes,
                },
                resources: Vec::with_capacity(services),
            },
            services: Vec::with_capacity(services),
            profiles: BTreeMap::new(),
            tee: None,
        }
    }

    /// Asks for a trusted execution environment once a service does; all that do must agree.
    fn tee(&mut self, checker: &mut Checker<'d>, used: &Used<'d>) {
        let Some(tee) = used.tee else { return };
        match self.tee {
            None => {
                self.tee = Some(tee);
                let attributes = &mut self.spec.requirements.attributes;
                attributes.push(Attribute::new("tee/type", tee.as_str()));
                order::sort(attributes, |a, b| a.key < b.key);
            }
            Some(first) if first.value != tee.value => {
                let message = format!(
                    "this service wants tee {:?}, another of the placement {:?} wants {:?}: \
                     they must agree",
                    tee.value, self.placement.name.value, first.value
                );
                checker
                    .error(codes::TEE_CONFLICT, tee.span, message)
                    .related(first.span, "the other one");
            }
            Some(_) => {}
        }
    }

    fn add(&mut self, dialect: Dialect, used: Used<'d>, mut service: manifest::Service) {
        let profile = used.profile.name.value.as_str();
        let count = used.deployment.count.value;
        let own = &service.resources.endpoints;
        let shared = match dialect {
            Dialect::V2_0 => None,
            Dialect::V2_1 => self.profiles.get(profile).copied(),
        };
        let at = match shared.and_then(|at| Some((at, self.spec.resources.get_mut(at)?))) {
            Some((at, unit)) => {
                // wraps around in the reference too
                unit.count = unit.count.wrapping_add(count);
                unit.resources.endpoints.extend_from_slice(own);
                order::sort(&mut unit.resources.endpoints, |a: &Endpoint, b| {
                    a.sequence_number < b.sequence_number
                });
                at
            }
            None => {
                let at = self.spec.resources.len();
                let mut resources = used.resources.clone();
                resources.id = u32::try_from(at + 1).unwrap_or(u32::MAX);
                resources.endpoints.clone_from(own);
                self.spec.resources.push(ResourceUnit {
                    resources,
                    count,
                    price: used.price.clone(),
                });
                if dialect == Dialect::V2_1 {
                    self.profiles.insert(profile, at);
                }
                at
            }
        };
        let endpoints = core::mem::take(&mut service.resources.endpoints);
        service.resources = used.resources;
        service.resources.id = u32::try_from(at + 1).unwrap_or(u32::MAX);
        service.resources.endpoints = endpoints;
        service.count = count;
        self.services.push(service);
    }
}
