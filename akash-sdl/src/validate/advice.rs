//! What is surprising about a document that passes every rule: it costs money, or a lease.

use std::collections::BTreeMap;

use super::Checker;
use super::group::Groups;
use crate::diagnostic::codes;
use crate::document::{Dialect, Entries, Placement, Service};
use crate::syntax::is_attribute_key;

/// More replicas than the reference's own constant for a unit, which it does not enforce.
const MANY: u32 = 50;

impl Checker<'_> {
    /// Warns once a document has no errors.
    pub(super) fn advise(&mut self, groups: &Groups<'_>) {
        let document = self.document;
        if let Some(first) = document.include.first() {
            let message = "include is ignored: no other file is read";
            self.found
                .warning(codes::INCLUDE_IGNORED, first.span, message);
        }
        for entry in &document.services {
            let deployed = document.deployment.get(&entry.name);
            if deployed.is_none_or(Entries::is_empty) {
                let message = format!("the service {:?} is not deployed", entry.name.value);
                self.found
                    .warning(codes::SERVICE_NOT_DEPLOYED, entry.name.span, message);
            } else {
                self.service_advice(&entry.value);
            }
        }
        self.counts();
        for placement in groups.placements() {
            self.placement_advice(placement);
        }
    }

    fn service_advice(&mut self, service: &Service) {
        let document = self.document;
        for variable in &service.env {
            if !variable.contains('=') {
                let message = format!(
                    "{:?} has no value, so the container gets an empty one: nothing is taken \
                     from where the SDL is read",
                    variable.value
                );
                self.found
                    .warning(codes::SERVICE_ENV_WITHOUT_VALUE, variable.span, message)
                    .suggest(variable.span, format!("{}=", variable.value));
            }
        }
        if let Some(first) = service.dependencies.first() {
            let message = "dependencies are ignored: services start in any order";
            self.found
                .warning(codes::DEPENDENCIES_IGNORED, first.span, message);
        }
        for expose in &service.expose {
            if expose.external_port.value > 65_535 {
                let message = format!(
                    "there is no port {}, so nobody can reach it: ports are 1 to 65535",
                    expose.external_port.value
                );
                let span = expose.external_port.span;
                self.found.warning(codes::EXPOSE_AS_RANGE, span, message);
            }
            // without both, an inner port may be meant
            let outer = expose.external_port.value > 0 || !expose.accept.is_empty();
            if outer && expose.to.is_empty() {
                let message = "the port has no targets, so only services of the same deployment \
                               reach it: write `to: [{global: true}]` for the internet, or name \
                               a service";
                self.found
                    .warning(codes::EXPOSE_WITHOUT_TARGET, expose.span, message)
                    .missing("to");
            }
            for target in &expose.to {
                let name = &target.service;
                if !name.is_empty() && document.services.get(name).is_none() {
                    let message = format!("no service is named {:?}", name.value);
                    self.found
                        .warning(codes::TARGET_SERVICE_UNKNOWN, name.span, message)
                        .suggest_nearest(name.span, name, document.services.names());
                }
            }
        }
    }

    fn counts(&mut self) {
        let document = self.document;
        let mut shared: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        for service in &document.deployment {
            for entry in &service.value {
                let count = &entry.value.count;
                if count.value == 0 {
                    let message = "no replica runs: write a count above 0, or remove the service";
                    self.found.warning(codes::COUNT_ZERO, count.span, message);
                }
                let mut wraps = false;
                if document.language.dialect == Dialect::V2_1 {
                    let key = (entry.name.as_str(), entry.value.profile.as_str());
                    let sum = shared.entry(key).or_default();
                    (*sum, wraps) = sum.overflowing_add(count.value);
                }
                if wraps {
                    let message = "the counts of services that share this compute profile \
                                   overflow, so no provider can take the manifest";
                    self.found.warning(codes::COUNT_WRAPS, count.span, message);
                } else if count.value > MANY {
                    let message = format!(
                        "{} replicas in one group: hardly any provider has room for more than \
                         {MANY}, and all are paid for",
                        count.value
                    );
                    self.found.warning(codes::COUNT_LARGE, count.span, message);
                }
            }
        }
    }

    fn placement_advice(&mut self, placement: &Placement) {
        for attribute in &placement.attributes {
            let name = &attribute.name;
            if name.value == "tee/type" {
                let message = "tee/type is set by `params.tee` of a service; here it matches \
                               providers, but makes no service run in such an environment";
                self.found
                    .warning(codes::PLACEMENT_TEE_ATTRIBUTE, name.span, message);
            } else if !is_attribute_key(name) {
                let message = format!(
                    "no provider can have the attribute {:?}, so none will bid: a key is a letter, \
                     then 1 to 127 of letters, digits and `_ / . -`",
                    name.value
                );
                self.found
                    .warning(codes::PLACEMENT_ATTRIBUTE_INVALID, name.span, message);
            }
        }
        for auditor in placement.all_of.iter().chain(&placement.any_of) {
            if !is_address(auditor) {
                let message = format!(
                    "{:?} is no address, so no provider can be signed by it: write one that \
                     begins with akash1",
                    auditor.value
                );
                self.found
                    .warning(codes::AUDITOR_MALFORMED, auditor.span, message);
            }
        }
    }
}

/// Whether a text looks like the address of an account: its checksum is not looked at.
fn is_address(text: &str) -> bool {
    let is_data = |b: u8| {
        (b.is_ascii_lowercase() || b.is_ascii_digit()) && !matches!(b, b'1' | b'b' | b'i' | b'o')
    };
    text.strip_prefix("akash1")
        .is_some_and(|data| data.len() >= 38 && data.bytes().all(is_data))
}
