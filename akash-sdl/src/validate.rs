//! Every rule about a document that was read, and what it comes to: group specs and manifest.
//!
//! Groups and manifest are built in the same pass in which the rules are checked, so that both rest
//! on the same resolved values. Services that are not deployed are not looked at.

mod advice;
mod endpoint;
mod expose;
mod group;
mod service;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Collector, Draft, codes};
use crate::document::{Document, Entries, Models, Named, Noted, ServiceDeployment, Spanned};
use crate::group::GroupSpec;
use crate::manifest::Manifest;
use crate::num::Denom;
use crate::syntax::is_service_name;
use crate::yaml::Span;

use group::Groups;

/// What a document comes to. Only meaningful if no error was found.
pub(crate) struct Outcome {
    pub(crate) found: Collector,
    pub(crate) groups: Vec<GroupSpec>,
    pub(crate) manifest: Manifest,
}

/// Checks a document and builds groups and manifest. Of places that could not be read, nothing more
/// is said.
pub(crate) fn resolve(document: &Document, noted: Noted) -> Outcome {
    let Noted {
        found,
        broken,
        models,
    } = noted;
    let complete = !found.has_errors();
    let mut checker = Checker {
        document,
        found,
        broken,
        models,
        complete: vec![None; document.compute.len()],
        numbers: Vec::new(),
        ip_ports: BTreeMap::new(),
        ip_outside: BTreeMap::new(),
        ip_used: BTreeSet::new(),
        hosts: BTreeMap::new(),
        denom: None,
        any_global: false,
    };
    checker.endpoints();
    checker.number_endpoints();
    let mut groups = Groups::default();
    for entry in &document.deployment {
        checker.deployment(entry, &mut groups);
    }
    if complete {
        checker.whole(&groups);
    }
    if !checker.found.has_errors() {
        checker.advise(&groups);
    }
    let (groups, manifest) = groups.finish();
    Outcome {
        found: checker.found,
        groups,
        manifest,
    }
}

struct Checker<'d> {
    document: &'d Document,
    found: Collector,
    broken: Vec<Span>,
    models: Models,
    /// Whether each compute profile, if it was used so far, has all that resources are made of.
    complete: Vec<Option<bool>>,
    /// The texts that number IP endpoints, sorted.
    numbers: Vec<&'d str>,
    /// Where each port of an IP endpoint is used: name, `as` and `proto` as written.
    ip_ports: BTreeMap<(&'d str, u32, &'d str), Span>,
    /// The same with the port that comes of it, and whether it is UDP.
    ip_outside: BTreeMap<(&'d str, u32, bool), Span>,
    ip_used: BTreeSet<&'d str>,
    /// Where each host is accepted.
    hosts: BTreeMap<&'d str, Span>,
    /// The first denom used.
    denom: Option<(&'d Denom, Span)>,
    any_global: bool,
}

impl<'d> Checker<'d> {
    /// Notes an error, unless its place could not be read anyway.
    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) -> Draft<'_> {
        if self.is_broken(span) {
            return Draft::nothing();
        }
        self.found.error(code, span, message)
    }

    /// Whether something in this place could not be read.
    fn is_broken(&self, span: Span) -> bool {
        self.broken.iter().any(|broken| {
            broken.start < span.end.max(span.start + 1)
                && span.start < broken.end.max(broken.start + 1)
        })
    }

    /// A service and the placements it is deployed to.
    fn deployment(
        &mut self,
        entry: &'d Named<Entries<ServiceDeployment>>,
        groups: &mut Groups<'d>,
    ) {
        if entry.value.is_empty() {
            return;
        }
        let name = &entry.name;
        let document = self.document;
        let Some(declared) = document.services.entry(name) else {
            let message = format!("no service is named {:?}", name.value);
            self.error(codes::DEPLOYMENT_SERVICE_UNKNOWN, name.span, message)
                .suggest_nearest(name.span, name, document.services.names());
            return;
        };
        if !is_service_name(name) {
            let message = format!(
                "{:?} is no service name: write lower-case letters, digits and '-', \
                 a letter first and no '-' last",
                name.value
            );
            self.error(codes::SERVICE_NAME_INVALID, declared.name.span, message);
        }
        let service = &declared.value;
        let mut template = Some(self.service(&declared.name, service));
        let last = entry.value.len() - 1;
        for (at, placement) in entry.value.iter().enumerate() {
            self.ip_targets(service);
            self.accepted_hosts(service);
            let used = self.used(&placement.name, &placement.value);
            let Some(used) = self.placed(&declared.name, service, &placement.value, used) else {
                continue;
            };
            let copy = if at == last {
                template.take()
            } else {
                template.clone()
            };
            if let Some(copy) = copy {
                groups.add(self, used, copy);
            }
        }
    }

    /// Rules about the document as a whole.
    fn whole(&mut self, groups: &Groups<'d>) {
        let document = self.document;
        for endpoint in &document.endpoints {
            if !self.ip_used.contains(endpoint.name.as_str()) {
                let message = format!(
                    "the endpoint {:?} is used by no deployed service: use it or remove it",
                    endpoint.name.value
                );
                self.error(codes::ENDPOINT_UNUSED, endpoint.name.span, message);
            }
        }
        if document
            .deployment
            .iter()
            .all(|entry| entry.value.is_empty())
        {
            let span = document.language.text.span;
            let message = "nothing is deployed: `deployment` must name a service, \
                           a placement and its compute profile";
            self.error(codes::DEPLOYMENT_EMPTY, span, message);
            return;
        }
        if !self.any_global && !self.found.has_errors() {
            let span = document
                .deployment
                .iter()
                .next()
                .and_then(|entry| document.services.entry(&entry.name))
                .map_or(document.language.text.span, |entry| entry.name.span);
            let message = "no deployed service is reachable from the internet: \
                           one must expose a port `to: [{global: true}]`";
            self.error(codes::EXPOSE_NOTHING_GLOBAL, span, message);
        }
        groups.check_totals(self);
    }
}

/// Texts without their places.
fn plain(texts: &[Spanned<String>]) -> Vec<String> {
    texts.iter().map(|text| text.value.clone()).collect()
}
