//! Findings about the attributes a provider publishes.

use super::request::meant;
use super::{Finding, Problem};
use crate::attribute::provider::parse_key;
use crate::attribute::{CAPABILITY_PREFIX, GpuKey, VALUE, chain};
use crate::catalog::Catalog;
use crate::interface::Interface;
use crate::memory::MemorySize;
use crate::model::Registered;
use std::collections::{BTreeMap, BTreeSet};

/// Findings about a provider's on-chain attributes, as `(key, value)` pairs. Attributes that have
/// nothing to do with GPUs are skipped. Suggestions are request keys; a provider publishes them as
/// [`GpuKey::capability_key`].
///
/// ```
/// use akash_gpu::{Catalog, lint};
///
/// let findings = lint::provider_attributes(
///     Catalog::embedded(),
///     [("capabilities/gpu/vendor/nvidia/model/h100/ram/80Gi/interface/sxm", "true")],
/// );
/// assert_eq!(findings[0].problem.code(), "gpu.missing_shapes");
/// let add: Vec<String> = findings[0].suggestions.iter().map(ToString::to_string).collect();
/// assert_eq!(add, [
///     "vendor/nvidia/model/h100",
///     "vendor/nvidia/model/h100/interface/sxm",
///     "vendor/nvidia/model/h100/ram/80Gi",
/// ]);
/// ```
pub fn provider_attributes<'a>(
    catalog: &Catalog,
    attributes: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    // (vendor, model) -> keys that requests can find.
    let mut published: BTreeMap<(String, String), BTreeSet<GpuKey>> = BTreeMap::new();
    let mut wanted: BTreeMap<(String, String), BTreeSet<GpuKey>> = BTreeMap::new();
    for (key, value) in attributes {
        if !key.starts_with("capabilities/gpu") || key.starts_with("capabilities/gpu-interconnect")
        {
            continue;
        }
        if !chain::is_valid_key(key) {
            findings.push(Finding::about(key, Problem::IllegalKey));
        }
        let Some(candidate) = chain::candidate(key) else {
            findings.push(Finding::about(key, Problem::NotACandidate));
            continue;
        };
        if !key.starts_with(CAPABILITY_PREFIX) {
            findings.push(Finding::about(key, Problem::StrayPrefix));
        }
        if value != VALUE {
            let problem = Problem::ValueNotTrue {
                value: value.to_owned(),
            };
            findings.push(Finding::about(key, problem));
            continue;
        }
        let meant_key = reachable_form(candidate);
        let reachable = meant_key
            .as_ref()
            .is_some_and(|k| k.to_string() == candidate);
        if !reachable {
            let suggestions = meant_key.clone().into_iter().collect();
            findings.push(Finding::about(key, Problem::Unreachable).suggesting(suggestions));
        }
        let Some(meant_key) = meant_key else { continue };
        let name = (meant_key.vendor.to_string(), meant_key.model.clone());
        let shapes = meant_key.publishable();
        wanted.entry(name.clone()).or_default().extend(shapes);
        let found = published.entry(name).or_default();
        if reachable {
            found.insert(meant_key);
        }
    }
    for ((vendor, model), wanted) in wanted {
        let have = published
            .get(&(vendor.clone(), model.clone()))
            .cloned()
            .unwrap_or_default();
        let prefix = GpuKey::new(vendor.as_str().into(), model.clone());
        let rows = catalog.model(&prefix.vendor, &model);
        let key = prefix.capability_key();
        if rows.is_empty() {
            let suggestions = meant(catalog, &model);
            let matters = !suggestions.is_empty();
            let problem = Problem::UnknownModel {
                model: model.clone(),
                matters,
            };
            findings.push(Finding::about(&key, problem).suggesting(suggestions));
        } else if rows.iter().all(|m| m.in_registry == Registered::No) {
            let problem = Problem::NotInRegistry {
                model: model.clone(),
            };
            findings.push(Finding::about(&key, problem));
        }
        let missing: Vec<GpuKey> = wanted.difference(&have).cloned().collect();
        if !missing.is_empty() {
            let problem = Problem::MissingShapes {
                model: model.clone(),
            };
            findings.push(Finding::about(&key, problem).suggesting(missing));
        }
        if wanted.iter().all(|k| k.ram.is_none()) {
            let mut sizes: Vec<GpuKey> = rows
                .iter()
                .map(|m| prefix.clone().with_ram(m.memory))
                .collect();
            sizes.dedup();
            findings.push(Finding::about(&key, Problem::NoMemory { model }).suggesting(sizes));
        }
    }
    findings
}

/// The key a legal request would use for this candidate: model in its own case, memory in whole
/// GiB, interface canonical, parts in order. `None` when there is none.
fn reachable_form(candidate: &str) -> Option<GpuKey> {
    let mut parts = candidate.split('/');
    let (Some("vendor"), Some(vendor), Some("model"), Some(model)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return None;
    };
    if model.is_empty() || model.contains(['*', '?', '[', '\\']) {
        return None;
    }
    let mut key = GpuKey::new(vendor.into(), model);
    while let Some(name) = parts.next() {
        match (name, parts.next()?) {
            ("ram", value) => {
                let ram = MemorySize::from_provider_quantity(value).ok()?;
                key.ram = Some(ram).filter(|ram| ram.gib() > 0);
            }
            ("interface", value) => {
                key.interface = Some(Interface::canonical(value)).filter(Interface::is_orderable);
            }
            _ => return None,
        }
    }
    parse_key(&key.to_string()).is_ok().then_some(key)
}
