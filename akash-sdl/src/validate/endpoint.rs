//! Leased IP addresses: their names, their numbers and their ports.

use super::Checker;
use crate::diagnostic::codes;
use crate::document::{Service, Target};
use crate::syntax::is_endpoint_name;

impl<'d> Checker<'d> {
    /// The `endpoints` section.
    pub(super) fn endpoints(&mut self) {
        let document = self.document;
        for entry in &document.endpoints {
            let name = &entry.name;
            if !is_endpoint_name(name) {
                let message = format!(
                    "{:?} is no endpoint name: write two or more lower-case letters, digits, \
                     '-' and '_', a letter first",
                    name.value
                );
                self.error(codes::ENDPOINT_NAME_INVALID, name.span, message);
            }
            let kind = &entry.value.kind;
            if kind.is_empty() {
                self.error(
                    codes::ENDPOINT_KIND_MISSING,
                    name.span,
                    "the endpoint has no kind: write `kind: ip`",
                )
                .missing("kind");
            } else if kind.value != "ip" {
                let message = format!("{:?} is no kind of endpoint: write ip", kind.value);
                self.error(codes::ENDPOINT_KIND_UNKNOWN, kind.span, message)
                    .suggest(kind.span, "ip");
            }
        }
    }

    /// Gathers the texts whose sorted order numbers the endpoints. Targets that are not global push
    /// theirs too, which is mostly the empty one, and so advance every number.
    pub(super) fn number_endpoints(&mut self) {
        let document = self.document;
        if document.endpoints.is_empty() {
            return;
        }
        for entry in &document.deployment {
            let Some(service) = document.services.get(&entry.name) else {
                continue;
            };
            for target in service.expose.iter().flat_map(|expose| &expose.to) {
                if !target.global.value || !target.ip.is_empty() {
                    self.numbers.push(&target.ip);
                }
            }
        }
        self.numbers.sort_unstable();
    }

    /// The number of the endpoint of a target: that of its last occurrence. 0 for targets that have
    /// none.
    pub(super) fn endpoint_number(&self, target: &Target) -> u32 {
        if !target.global.value || target.ip.is_empty() {
            return 0;
        }
        let number = self
            .numbers
            .partition_point(|name| *name <= target.ip.as_str());
        u32::try_from(number).unwrap_or(u32::MAX)
    }

    /// The targets with an IP of a service in one of its placements.
    pub(super) fn ip_targets(&mut self, service: &'d Service) {
        for expose in &service.expose {
            for target in &expose.to {
                let ip = &target.ip;
                if ip.is_empty() {
                    continue;
                }
                if !target.global.value {
                    let message = format!(
                        "the endpoint {:?} needs a global target: write `global: true` beside it",
                        ip.value
                    );
                    self.error(codes::ENDPOINT_NOT_GLOBAL, ip.span, message);
                }
                if self.document.endpoints.get(ip).is_none() {
                    let message =
                        format!("no endpoint {:?} is declared under `endpoints`", ip.value);
                    let names = self.document.endpoints.names();
                    self.error(codes::ENDPOINT_UNDECLARED, ip.span, message)
                        .suggest_nearest(ip.span, ip, names);
                }
                self.ip_used.insert(ip);
                let key = (
                    ip.as_str(),
                    expose.external_port.value,
                    expose.proto.as_str(),
                );
                if let Some(first) = self.ip_ports.insert(key, ip.span) {
                    let message = format!(
                        "port {} of the endpoint {:?} is used twice: give each expose its own `as` \
                         (a service in two placements always collides with itself)",
                        expose.external_port.value, ip.value
                    );
                    self.error(codes::ENDPOINT_PORT_TWICE, ip.span, message)
                        .related(first, "used here too");
                    continue;
                }
                let outside = match expose.external_port.value {
                    0 => expose.port.value,
                    port => port,
                };
                let key = (
                    ip.as_str(),
                    outside,
                    expose.proto.eq_ignore_ascii_case("udp"),
                );
                if let Some(first) = self.ip_outside.insert(key, ip.span)
                    && first != ip.span
                {
                    let message = format!(
                        "port {outside} of the endpoint {:?} is used twice, which passes only as \
                         it is written in two ways: give each expose its own `as`",
                        ip.value
                    );
                    self.found
                        .warning(codes::ENDPOINT_PORT_SHARED, ip.span, message)
                        .related(first, "used here too");
                }
            }
        }
    }
}
