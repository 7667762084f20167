//! Which fields of an SDL stand behind a change.

use super::{GroupChange, ServiceChange};
use crate::Sdl;
use crate::diagnostic::push_key;
use crate::document::ServiceDeployment;
use crate::manifest::{ResourcePart, Service};

/// Paths of fields, each once. They lead into the new SDL, and where something is gone, into the old
/// one.
pub(super) struct Fields<'s> {
    old: Option<&'s Sdl>,
    new: &'s Sdl,
    paths: Vec<String>,
}

impl<'s> Fields<'s> {
    pub(super) const fn new(old: Option<&'s Sdl>, new: &'s Sdl) -> Self {
        Self {
            old,
            new,
            paths: Vec::new(),
        }
    }

    pub(super) fn into_paths(self) -> Vec<String> {
        self.paths
    }

    pub(super) fn add(&mut self, keys: &[&str]) {
        let mut path = String::new();
        for key in keys {
            push_key(&mut path, key);
        }
        if !self.paths.contains(&path) {
            self.paths.push(path);
        }
    }

    pub(super) fn of_services(&mut self, changes: &[ServiceChange]) {
        for change in changes {
            match change {
                ServiceChange::Added { service, .. } | ServiceChange::Removed { service, .. } => {
                    self.add(&["services", service]);
                }
                ServiceChange::Changed {
                    group,
                    service,
                    fields,
                } => {
                    for field in fields {
                        match *field {
                            "count" => self.add(&["deployment", service, group, "count"]),
                            // the unit's number or the endpoints, which go with another field
                            "resources" if fields.len() > 1 => {}
                            "resources" => self.add(&["deployment", service, group, "profile"]),
                            "expose" => self.exposed(service),
                            field => self.add(&["services", service, field]),
                        }
                    }
                }
            }
        }
    }

    pub(super) fn of_groups(&mut self, changes: &[GroupChange]) {
        for change in changes {
            match change {
                GroupChange::Added { group } => self.members(Some(self.new), group),
                GroupChange::Removed { group } => self.members(self.old, group),
                GroupChange::Requirements { group } => self.requirements(group),
                GroupChange::Units { group, .. } => self.units(group),
                GroupChange::Count { group, id, .. } => self.counts(group, *id),
                GroupChange::Price { group, id, .. } => {
                    for (service, used) in users(self.new, group, *id) {
                        if !self.moved(group, service, used) {
                            let profile = &used.profile.value;
                            let pricing = ["profiles", "placement", group, "pricing", profile];
                            self.add(&pricing);
                        }
                    }
                }
                GroupChange::Resources { group, id, part } => {
                    let part = match part {
                        ResourcePart::Cpu => "cpu",
                        ResourcePart::Gpu => "gpu",
                        ResourcePart::Memory => "memory",
                        ResourcePart::Storage => "storage",
                    };
                    for (service, used) in users(self.new, group, *id) {
                        if !self.moved(group, service, used) {
                            let profile = &used.profile.value;
                            self.add(&["profiles", "compute", profile, "resources", part]);
                        }
                    }
                }
                GroupChange::Endpoints { group, id } => {
                    for (service, _) in users(self.new, group, *id) {
                        self.exposed(service);
                    }
                }
                GroupChange::LeasedIps { group, .. } => {
                    for service in services(self.new, group) {
                        self.exposed(&service.name);
                    }
                }
            }
        }
    }

    /// The services that are placed in a group.
    fn members(&mut self, sdl: Option<&'s Sdl>, group: &str) {
        for service in sdl.into_iter().flat_map(|sdl| services(sdl, group)) {
            self.add(&["deployment", &service.name, group]);
        }
    }

    fn requirements(&mut self, group: &str) {
        let placement = |sdl: &'s Sdl| sdl.document().placement.get(group);
        let (before, after) = (self.old.and_then(placement), placement(self.new));
        let known = self.paths.len();
        if let (Some(before), Some(after)) = (before, after) {
            if before.attributes != after.attributes {
                self.add(&["profiles", "placement", group, "attributes"]);
            }
            if (&before.all_of, &before.any_of) != (&after.all_of, &after.any_of) {
                self.add(&["profiles", "placement", group, "signedBy"]);
            }
        }
        let tee = |service: &'s Service| service.params.as_ref().and_then(|p| p.tee.as_ref());
        for service in services(self.new, group) {
            let before = self.before(group, &service.name);
            if before.is_some_and(|before| tee(before) != tee(service)) {
                self.add(&["services", &service.name, "params", "tee"]);
            }
        }
        if self.paths.len() == known {
            self.add(&["profiles", "placement", group]);
        }
    }

    /// The services that come, go or change their profile, or the version.
    fn units(&mut self, group: &str) {
        let known = self.paths.len();
        for service in services(self.new, group) {
            match deployed(self.new, &service.name, group) {
                _ if self.before(group, &service.name).is_none() => {
                    self.add(&["deployment", &service.name, group]);
                }
                Some(used) => drop(self.moved(group, &service.name, used)),
                None => {}
            }
        }
        for service in self.old.into_iter().flat_map(|old| services(old, group)) {
            if deployed(self.new, &service.name, group).is_none() {
                self.add(&["deployment", &service.name, group]);
            }
        }
        let dialect = |sdl: &Sdl| sdl.document().language.dialect;
        if self.paths.len() == known {
            match self.old {
                Some(old) if dialect(old) != dialect(self.new) => self.add(&["version"]),
                _ => self.add(&["deployment"]),
            }
        }
    }

    fn counts(&mut self, group: &str, id: u32) {
        for (service, used) in users(self.new, group, id) {
            let before = self.old.and_then(|old| deployed(old, service, group));
            if before.is_none_or(|before| before.count != used.count) {
                self.add(&["deployment", service, group, "count"]);
            }
        }
    }

    /// Adds what a service exposes where that is written otherwise than before. What others expose
    /// shifts the numbers of its leased IPs.
    fn exposed(&mut self, service: &str) {
        let written = |sdl: &'s Sdl| sdl.document().services.get(service).map(|s| &s.expose);
        if self.old.is_none_or(|old| written(old) != written(self.new)) {
            self.add(&["services", service, "expose"]);
        }
    }

    /// Adds the profile of a service where that is another than before.
    fn moved(&mut self, group: &str, service: &str, used: &ServiceDeployment) -> bool {
        let before = self.old.and_then(|old| deployed(old, service, group));
        let moved = before.is_some_and(|before| before.profile != used.profile);
        if moved {
            self.add(&["deployment", service, group, "profile"]);
        }
        moved
    }

    fn before(&self, group: &str, service: &str) -> Option<&'s Service> {
        services(self.old?, group).find(|before| before.name == service)
    }
}

fn services<'s>(sdl: &'s Sdl, group: &str) -> impl Iterator<Item = &'s Service> + use<'s> {
    let group = sdl.manifest().group(group);
    group.into_iter().flat_map(|group| &group.services)
}

fn deployed<'s>(sdl: &'s Sdl, service: &str, group: &str) -> Option<&'s ServiceDeployment> {
    sdl.document().deployment.get(service)?.get(group)
}

/// The services that use a resource unit, and how.
fn users<'s>(sdl: &'s Sdl, group: &str, id: u32) -> Vec<(&'s str, &'s ServiceDeployment)> {
    services(sdl, group)
        .filter(|service| service.resources.id == id)
        .filter_map(|service| Some((service.name.as_str(), deployed(sdl, &service.name, group)?)))
        .collect()
}
