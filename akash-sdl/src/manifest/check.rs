//! The rules that a provider applies to a manifest by itself.

use std::collections::BTreeSet;

use super::{Expose, Manifest, Protocol, Service};
use crate::syntax::{is_env_name, is_host, is_service_name};

/// Why a provider refuses a manifest (chain-sdk `go/manifest/v2beta3`).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// There are no groups.
    #[error("the manifest is empty: it must hold a group")]
    Empty,
    /// A group has no services.
    #[error("group {group:?} has no services: it must hold at least one")]
    NoServices {
        /// The group.
        group: String,
    },
    /// The services of a group are not sorted by name.
    #[error("the services of group {group:?} must be sorted by name")]
    ServicesUnsorted {
        /// The group.
        group: String,
    },
    /// A service has a wrong name.
    #[error(
        "service name {service:?} is invalid: write lower-case letters, digits and '-', \
         a letter first and no '-' last"
    )]
    ServiceName {
        /// The service.
        service: String,
    },
    /// A service has no image.
    #[error("service {service:?} has no image")]
    NoImage {
        /// The service.
        service: String,
    },
    /// A service does not say which resource unit it uses.
    #[error("service {service:?} has no resources: their id must be above 0")]
    NoResources {
        /// The service.
        service: String,
    },
    /// An environment variable has a wrong name.
    #[error(
        "service {service:?} has an environment variable with the invalid name {name:?}: \
         write letters, digits, '-', '.' and '_', no digit first and no '..' in front"
    )]
    EnvName {
        /// The service.
        service: String,
        /// The name.
        name: String,
    },
    /// The exposed ports of a service are not sorted.
    #[error(
        "the exposed ports of service {service:?} must be sorted by service, port, protocol, global first"
    )]
    ExposeUnsorted {
        /// The service.
        service: String,
    },
    /// A port is out of range.
    #[error("service {service:?} exposes port {port}: ports are 1 to 65535")]
    Port {
        /// The service.
        service: String,
        /// The port.
        port: u32,
    },
    /// A protocol is neither TCP nor UDP.
    #[error("service {service:?} exposes protocol {proto:?}: TCP and UDP exist")]
    Protocol {
        /// The service.
        service: String,
        /// The protocol.
        proto: String,
    },
    /// A host name is malformed.
    #[error("host {host:?} of service {service:?} is invalid: write a lower-case DNS name")]
    Host {
        /// The service.
        service: String,
        /// The host.
        host: String,
    },
    /// A host name stands twice in the manifest.
    #[error("host {host:?} stands more than once: each host may be accepted once in the manifest")]
    HostTwice {
        /// The host.
        host: String,
    },
    /// A group name stands twice.
    #[error("group {group:?} stands more than once: group names are unique")]
    GroupTwice {
        /// The group.
        group: String,
    },
    /// Nothing is exposed to the internet.
    #[error("no service is exposed globally: at least one must be")]
    NothingGlobal,
}

impl Manifest {
    /// Checks what a provider checks before it looks at the deployment. What
    /// [`parse`](crate::parse) makes has passed.
    ///
    /// # Errors
    /// The first fault, in the provider's order.
    pub fn check(&self) -> Result<(), ManifestError> {
        if self.groups.is_empty() {
            return Err(ManifestError::Empty);
        }
        let mut names = BTreeSet::new();
        let mut hosts = BTreeSet::new();
        let mut any_global = false;
        for group in &self.groups {
            if group.services.is_empty() {
                return Err(ManifestError::NoServices {
                    group: group.name.clone(),
                });
            }
            if !group.services.is_sorted_by_key(|service| &service.name) {
                return Err(ManifestError::ServicesUnsorted {
                    group: group.name.clone(),
                });
            }
            for service in &group.services {
                check_service(service, &mut hosts)?;
                any_global |= service.expose.iter().any(|expose| expose.global);
            }
            if !names.insert(&group.name) {
                return Err(ManifestError::GroupTwice {
                    group: group.name.clone(),
                });
            }
        }
        if any_global {
            Ok(())
        } else {
            Err(ManifestError::NothingGlobal)
        }
    }
}

fn check_service<'m>(
    service: &'m Service,
    hosts: &mut BTreeSet<&'m str>,
) -> Result<(), ManifestError> {
    let name = || service.name.clone();
    if !is_service_name(&service.name) {
        return Err(ManifestError::ServiceName { service: name() });
    }
    if service.image.is_empty() {
        return Err(ManifestError::NoImage { service: name() });
    }
    if service.resources.id == 0 {
        return Err(ManifestError::NoResources { service: name() });
    }
    for variable in &service.env {
        let (env, _) = variable.split_once('=').unwrap_or((variable, ""));
        if !is_env_name(env) {
            return Err(ManifestError::EnvName {
                service: name(),
                name: env.to_owned(),
            });
        }
    }
    if !service.expose.is_sorted_by(|a, b| !expose_less(b, a)) {
        return Err(ManifestError::ExposeUnsorted { service: name() });
    }
    for expose in &service.expose {
        if !(1..=65535).contains(&expose.port) {
            return Err(ManifestError::Port {
                service: name(),
                port: expose.port,
            });
        }
        if let Protocol::Other(proto) = &expose.proto {
            return Err(ManifestError::Protocol {
                service: name(),
                proto: proto.clone(),
            });
        }
        for host in &expose.hosts {
            if !is_host(host) {
                return Err(ManifestError::Host {
                    service: name(),
                    host: host.clone(),
                });
            }
            if !hosts.insert(host) {
                return Err(ManifestError::HostTwice { host: host.clone() });
            }
        }
    }
    Ok(())
}

/// The order of exposed ports in a manifest: by service, port, protocol, then global first.
pub(crate) fn expose_less(left: &Expose, right: &Expose) -> bool {
    let key = |expose: &Expose| (expose.port, !expose.global);
    left.service
        .cmp(&right.service)
        .then_with(|| left.port.cmp(&right.port))
        .then_with(|| left.proto.as_str().cmp(right.proto.as_str()))
        .then_with(|| key(left).cmp(&key(right)))
        .is_lt()
}
