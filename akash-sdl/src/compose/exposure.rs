//! Ports of services as an SDL exposes them.

use std::collections::BTreeSet;

use super::images;
use super::loss::{LossCode, Notes};
use super::model::{Port, Service, Transport};
use super::network::Inside;
use super::options::{Options, Published};

/// One entry under `expose`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Exposed {
    pub(super) inside: u16,
    /// The port that others see; 0 for the same.
    pub(super) outside: u16,
    pub(super) transport: Transport,
    pub(super) global: bool,
    /// Services that may reach it.
    pub(super) users: BTreeSet<String>,
}

impl Exposed {
    const fn seen(&self) -> u16 {
        if self.outside == 0 {
            self.inside
        } else {
            self.outside
        }
    }
}

/// The ports of a service: those for the internet, then those for other services only.
pub(super) fn read(
    service: &Service,
    used: &Inside,
    options: &Options,
    notes: &mut Notes<'_>,
) -> Vec<Exposed> {
    let mut exposed: Vec<Exposed> = Vec::new();
    let public = public(service, options, notes);
    let web = web(&public, options);
    let mut done = BTreeSet::new();
    for (index, port) in public.iter().enumerate() {
        if !done.insert((port.inside, port.transport)) {
            let message = format!("port {} of the container is published once", port.inside);
            notes.lose_at(LossCode::HostPort, &port.place, message);
            continue;
        }
        let outside = outside(port, web == Some(index), options, notes);
        exposed.push(Exposed {
            inside: port.inside,
            outside: if outside == port.inside && options.leased_ip.is_none() {
                0
            } else {
                outside
            },
            transport: port.transport,
            global: true,
            users: BTreeSet::new(),
        });
    }
    for &(inside, transport) in &used.ports {
        let same = exposed.iter_mut().find(|exposed| {
            exposed.inside == inside && exposed.seen() == inside && exposed.transport == transport
        });
        match same {
            Some(same) => same.users.clone_from(&used.users),
            None => exposed.push(Exposed {
                inside,
                outside: 0,
                transport,
                global: false,
                users: used.users.clone(),
            }),
        }
    }
    exposed
}

/// The ports for the internet.
fn public(service: &Service, options: &Options, notes: &mut Notes<'_>) -> Vec<Port> {
    let mut public = Vec::new();
    for port in &service.ports {
        match &options.published {
            Published::All if port.local => {
                let message = format!(
                    "port {} is for programs on the host only: on Akash only services of the deployment \
                     reach it",
                    port.inside
                );
                notes.lose_at(LossCode::LoopbackPort, &port.place, message);
            }
            Published::All => public.push(port.clone()),
            Published::Only(chosen) => {
                if chosen.contains(&(service.key.clone(), port.inside)) {
                    public.push(port.clone());
                } else {
                    let message = format!("the options keep port {} inside", port.inside);
                    notes.lose_at(LossCode::NotPublished, &port.place, message);
                }
            }
        }
    }
    if let Published::Only(chosen) = &options.published {
        let written: BTreeSet<u16> = service.ports.iter().map(|port| port.inside).collect();
        for (key, inside) in chosen {
            if *key == service.key && !written.contains(inside) {
                public.push(Port {
                    place: service.place.clone(),
                    outside: None,
                    inside: *inside,
                    transport: Transport::Tcp,
                    http: false,
                    local: false,
                });
            }
        }
    }
    public
}

/// The port that goes through the provider's HTTP ingress, which a service has one of.
fn web(public: &[Port], options: &Options) -> Option<usize> {
    if options.leased_ip.is_some() {
        return None;
    }
    let rank = |port: &Port| {
        if port.transport != Transport::Tcp {
            return None;
        }
        match port {
            Port { http: true, .. } => Some(0),
            Port {
                outside: Some(80), ..
            }
            | Port { inside: 80, .. } => Some(1),
            Port {
                outside: Some(443),
                inside,
                ..
            } if images::is_http(*inside) => Some(2),
            Port { inside, .. } if images::is_http(*inside) => Some(3),
            Port { .. } => None,
        }
    };
    let ranked = public.iter().enumerate();
    ranked
        .filter_map(|(index, port)| Some((rank(port)?, index)))
        .min()
        .map(|(_, index)| index)
}

/// The port that the internet sees, and what is lost by it.
fn outside(port: &Port, web: bool, options: &Options, notes: &mut Notes<'_>) -> u16 {
    let wanted = port.outside.unwrap_or(port.inside);
    if options.leased_ip.is_some() {
        return wanted;
    }
    if web {
        if let Some(outside) = port.outside.filter(|outside| !matches!(outside, 80 | 443)) {
            let message = format!(
                "host port {outside} becomes ports 80 and 443 of a host name: the provider's HTTP ingress \
                 leads to port {} of the container",
                port.inside
            );
            notes.lose_at(LossCode::HostPort, &port.place, message);
        }
        return 80;
    }
    // Port 80 outside would be the ingress.
    let is_ingress = wanted == 80 && port.transport == Transport::Tcp;
    if let Some(outside) = port.outside {
        let message = format!(
            "host port {outside} becomes a port that the provider chooses, shown in the status of the \
             lease; with a leased IP address it keeps its number"
        );
        notes.lose_at(LossCode::HostPort, &port.place, message);
    }
    if is_ingress { port.inside } else { wanted }
}
