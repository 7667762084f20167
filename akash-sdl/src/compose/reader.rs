//! A compose file as a whole.

use std::collections::BTreeSet;

use super::extends::Bases;
use super::item::{self, At, Item};
use super::loss::{LossCode, Notes};
use super::model::Service;
use super::name;
use super::options::Options;
use super::service::{self, Around};
use super::volume;

/// Reads the services to be deployed, in the order of the file; none if something is missing.
pub(super) fn read(top: &Item, options: &Options, notes: &mut Notes<'_>) -> Option<Vec<Service>> {
    let top = At::top(top);
    let Some(services) = top.get("services").filter(|services| services.is_map()) else {
        notes.fault(top, "a compose file has a map `services`");
        return None;
    };
    let none = Item {
        span: top.span(),
        value: item::Value::Null,
    };
    let volumes = top.get("volumes").unwrap_or_else(|| At::top(&none));
    let around = Around {
        project: top.text_of("name").unwrap_or(&options.project),
        options,
        volumes: volumes
            .entries()
            .map(|(name, at)| (name, at.item()))
            .collect(),
        services: services.entries().map(|(name, _)| name).collect(),
    };
    let mut bases = Bases::new(&services);
    let mut read = Vec::new();
    for (name, at) in services.entries() {
        let merged = bases.resolve(at, notes);
        let at = match &merged {
            Some(merged) => at.with(merged),
            None => at,
        };
        if let Some(service) = service::read(name, at, &around, notes) {
            read.push(service);
        }
    }
    name_all(&mut read, notes);
    volume::tell_declared(volumes, notes);
    volume::tell(&read, options, notes);
    tell(top, notes);
    if read.is_empty() {
        notes.fault(services, "there is no service to deploy");
        return None;
    }
    Some(read)
}

/// Gives each service a name that an SDL takes; names that are fine already come first.
fn name_all(services: &mut [Service], notes: &mut Notes<'_>) {
    let mut taken = BTreeSet::new();
    let is_fine = |key: &str| name::label(key) == key;
    for service in services.iter_mut().filter(|service| is_fine(&service.key)) {
        service.name.clone_from(&service.key);
        taken.insert(service.key.clone());
    }
    for service in services
        .iter_mut()
        .filter(|service| service.name.is_empty())
    {
        service.name = name::unique(&name::label(&service.key), &mut taken);
        let message = format!(
            "the service is called {:?} in the SDL, where names are DNS labels: others must call it so",
            service.name
        );
        notes.lose_at(LossCode::Renamed, &service.place, message);
    }
}

/// Tells of the top-level keys.
fn tell(top: At<'_>, notes: &mut Notes<'_>) {
    for (name, at) in top.entries() {
        match name {
            "services" | "volumes" | "version" | "name" | "secrets" | "configs" => {}
            "networks" => networks(at, notes),
            "include" => notes.lose(
                LossCode::OtherFile,
                at,
                "other files are not read: import them by themselves, or write their services here",
            ),
            "models" => notes.lose(
                LossCode::Engine,
                at,
                "Akash serves no models for a file: run a server as a service",
            ),
            _ => {
                let message = format!("{name:?} is no top-level key of the Compose Specification");
                notes.lose(LossCode::UnknownKey, at, message);
            }
        }
    }
}

fn networks(at: At<'_>, notes: &mut Notes<'_>) {
    for (name, network) in at.entries() {
        for (key, value) in network.entries() {
            match (key, value.text()) {
                ("name" | "labels" | "attachable", _) => {}
                ("driver", Some("bridge" | "overlay")) => {}
                (_, Some("false")) => {}
                ("internal", _) => {
                    let message =
                        format!("network {name:?} is not cut off: services reach the internet");
                    notes.lose(LossCode::NetworkIsolation, value, message);
                }
                ("external", _) => {
                    let message =
                        format!("what else is in network {name:?} is not in the deployment");
                    notes.lose(LossCode::NetworkSetting, value, message);
                }
                _ => {
                    let message = format!("{key} of network {name:?} is the provider's");
                    notes.lose(LossCode::NetworkSetting, value, message);
                }
            }
        }
    }
}
