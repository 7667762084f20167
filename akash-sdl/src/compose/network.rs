//! Who reaches whom: compose lets all services of a network reach all ports, an SDL lists them.

use std::collections::{BTreeMap, BTreeSet};

use super::images;
use super::loss::{LossCode, Notes};
use super::model::{Service, Transport};

/// For each service, by position: the ports that others use, and those others.
#[derive(Debug, Default, Clone)]
pub(super) struct Inside {
    pub(super) ports: BTreeSet<(u16, Transport)>,
    /// Names in the SDL.
    pub(super) users: BTreeSet<String>,
}

/// Finds out which services use which ports of which others.
pub(super) fn read(services: &[Service], notes: &mut Notes<'_>) -> Vec<Inside> {
    let keys = services.iter().enumerate();
    let keys: BTreeMap<&str, usize> = keys
        .map(|(at, service)| (service.key.as_str(), at))
        .collect();
    let mut inside: Vec<Inside> = services
        .iter()
        .map(|service| Inside {
            ports: service.inside.clone(),
            users: BTreeSet::new(),
        })
        .collect();
    for (at, service) in services.iter().enumerate() {
        let depends = service.depends.iter().map(|key| (key.as_str(), None));
        let mut uses: Vec<(&str, Option<u16>)> = depends.collect();
        for (name, value) in &service.env {
            mentions(value, names_host(name), &mut uses);
        }
        for text in service.command.iter().chain(&service.args).flatten() {
            mentions(text, false, &mut uses);
        }
        for (key, port) in uses {
            let Some(&other) = keys.get(key).filter(|other| **other != at) else {
                continue;
            };
            let shares = services
                .get(other)
                .is_some_and(|other| !other.networks.is_disjoint(&service.networks));
            if let Some(used) = inside.get_mut(other).filter(|_| shares) {
                used.users.insert(service.name.clone());
                used.ports.extend(port.map(|port| (port, Transport::Tcp)));
            }
        }
    }
    for (at, (service, used)) in services.iter().zip(&mut inside).enumerate() {
        if used.users.is_empty() {
            unnamed(at, service, services, used, notes);
            continue;
        }
        used.ports.extend(
            service
                .ports
                .iter()
                .map(|port| (port.inside, port.transport)),
        );
        if !used.ports.is_empty() {
            continue;
        }
        let users: Vec<&str> = used.users.iter().map(String::as_str).collect();
        let users = users.join(", ");
        match images::port(&service.image) {
            Some(port) => {
                used.ports.insert((port, Transport::Tcp));
                let message = format!(
                    "which port {users} reach is not written: {port}, where the image listens; write it \
                     under `expose`"
                );
                notes.lose_at(LossCode::PortAssumed, &service.place, message);
            }
            None => {
                let message = format!(
                    "which port {users} reach is not written: in the SDL they reach none; write it under \
                     `expose`"
                );
                notes.lose_at(LossCode::NoPort, &service.place, message);
            }
        }
    }
    tell(services, notes);
    inside
}

/// A service that no other names, but that is there for others: all of its networks may reach it.
fn unnamed(
    at: usize,
    service: &Service,
    services: &[Service],
    used: &mut Inside,
    notes: &mut Notes<'_>,
) {
    if used.ports.is_empty() {
        let Some(port) = images::port(&service.image).filter(|_| service.ports.is_empty()) else {
            return;
        };
        used.ports.insert((port, Transport::Tcp));
        let message = format!(
            "neither its port nor who reaches it is written: {port}, where the image listens, for all \
             services"
        );
        notes.lose_at(LossCode::PortAssumed, &service.place, message);
    }
    // An entry without targets is for all; listing them is clearer in a file of usual size.
    if services.len() <= 64 {
        let others = services.iter().enumerate();
        used.users = others
            .filter(|(other, _)| *other != at)
            .filter(|(_, other)| !other.networks.is_disjoint(&service.networks))
            .map(|(_, other)| other.name.clone())
            .collect();
    }
}

/// Whether a variable of this name holds the name of a host.
fn names_host(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    [
        "HOST", "URL", "URI", "ADDR", "SERVER", "ENDPOINT", "BROKER", "DSN", "UPSTREAM",
    ]
    .iter()
    .any(|part| name.contains(part))
}

/// Words of a text that are names of hosts: with a port, behind `//` or `@`, or all of a text that names
/// a host.
fn mentions<'t>(text: &'t str, is_host: bool, uses: &mut Vec<(&'t str, Option<u16>)>) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let mut rest = text;
    let mut before = "";
    while let Some(start) = rest.find(is_part) {
        let (gap, from) = rest.split_at_checked(start).unwrap_or(("", rest));
        let end = from.find(|c| !is_part(c)).unwrap_or(from.len());
        let (word, behind) = from.split_at_checked(end).unwrap_or((from, ""));
        let port = behind.strip_prefix(':').and_then(|behind| {
            let end = behind
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(behind.len());
            behind.get(..end)?.parse().ok().filter(|port| *port > 0)
        });
        // Not the user and password in front of a host.
        let is_user = behind.starts_with('@') || behind.starts_with(':') && port.is_none();
        let marked = !is_user && (gap.ends_with("//") || gap.ends_with('@'));
        let alone = is_host && gap.trim_matches([' ', ',']).is_empty() && before.is_empty()
            || is_host && gap.ends_with(',');
        if port.is_some() || marked || alone && !behind.starts_with(':') {
            uses.push((word, port));
        }
        before = word;
        rest = behind;
    }
}

/// Tells that networks separate nothing.
fn tell(services: &[Service], notes: &mut Notes<'_>) {
    let Some((first, others)) = services.split_first() else {
        return;
    };
    if let Some(other) = others
        .iter()
        .find(|other| other.networks.is_disjoint(&first.networks))
    {
        let message = format!(
            "{} and {} share no network, but all services of a deployment are in one",
            first.key, other.key
        );
        notes.lose_at(LossCode::NetworkIsolation, &other.place, message);
    }
}

#[cfg(test)]
mod tests {
    use super::mentions;

    fn found(text: &str, is_host: bool) -> Vec<(&str, Option<u16>)> {
        let mut uses = Vec::new();
        mentions(text, is_host, &mut uses);
        uses
    }

    #[test]
    fn names_of_hosts() {
        assert_eq!(found("db", true), [("db", None)]);
        assert_eq!(found("db", false), []);
        assert_eq!(found("db:5432", false), [("db", Some(5432))]);
        assert_eq!(found("--source=db:5432", false), [("db", Some(5432))]);
        assert_eq!(found("postgres://u:p@db/app?x=1", false), [("db", None)]);
        assert_eq!(found("http://api:8000/v1", false), [("api", Some(8000))]);
        assert_eq!(found("a:1,b:2", false), [("a", Some(1)), ("b", Some(2))]);
        assert_eq!(found("a,b", true), [("a", None), ("b", None)]);
        assert_eq!(found("my db", false), []);
    }
}
