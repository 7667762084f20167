//! Findings about the GPU attributes of a request.

use super::{Finding, MAX_UNITS, Problem};
use crate::attribute::provider::{Entry, ParseError, Request, parse_key};
use crate::attribute::{GpuKey, chain};
use crate::catalog::{Catalog, Resolution};
use crate::model::{GpuModel, Registered};

/// What can come of a request at one provider, by its published attributes alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outlook {
    /// The chain refuses a bid of this provider.
    NoMatch,
    /// The chain would take a bid, but the provider cannot read the request and makes none.
    Unreadable(ParseError),
    /// Both agree; whether it bids depends on its free cards.
    Possible,
}

/// Puts both rules together: chain match first, then the provider's reading.
///
/// ```
/// use akash_gpu::lint::{Outlook, outlook};
///
/// let provider = [("capabilities/gpu/vendor/nvidia/model/a100", "true")];
/// let ask = |keys: &[&str]| outlook(keys, provider);
/// assert_eq!(ask(&["vendor/nvidia/model/a100"]), Outlook::Possible);
/// assert_eq!(ask(&["vendor/nvidia/model/h100"]), Outlook::NoMatch);
/// let both = ["vendor/nvidia/model/a100", "interconnect/group"];
/// assert!(matches!(ask(&both), Outlook::Unreadable(_)));
/// ```
#[must_use]
pub fn outlook<'p, P>(keys: &[&str], provider: P) -> Outlook
where
    P: IntoIterator<Item = (&'p str, &'p str)>,
    P::IntoIter: Clone,
{
    let request = keys.iter().map(|key| (*key, crate::attribute::VALUE));
    if !chain::unit_matches(request, provider) {
        return Outlook::NoMatch;
    }
    match Request::parse(keys.iter().copied()) {
        Err(error) => Outlook::Unreadable(error),
        Ok(_) => Outlook::Possible,
    }
}

/// Findings about one resource unit that asks for `units` GPUs with these attribute keys, in the
/// order of the keys; findings about the whole list come last.
///
/// ```
/// use akash_gpu::{Catalog, lint};
///
/// let findings = lint::request(Catalog::embedded(), 1, &["vendor/nvidia/model/4090"]);
/// assert_eq!(findings[0].problem.code(), "gpu.unknown_model");
/// assert_eq!(findings[0].suggestions[0].model, "rtx4090");
/// assert!(lint::request(Catalog::embedded(), 1, &["vendor/nvidia/model/rtx4090"]).is_empty());
/// ```
#[must_use]
pub fn request(catalog: &Catalog, units: u64, keys: &[&str]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut alive = false;
    let mut unreadable = false;
    let wildcard = keys
        .iter()
        .any(|k| parse_key(k).is_ok_and(|e| e.model == "*"));
    for (at, key) in keys.iter().enumerate() {
        if !chain::is_valid_key(key) {
            findings.push(Finding::about(key, Problem::IllegalKey));
        }
        let (before, after) = keys.split_at(at);
        if before.contains(key) {
            findings.push(Finding::about(key, Problem::DuplicateKey));
        }
        match parse_key(key) {
            Err(error) => {
                unreadable = true;
                let suggestions = loose(catalog, key);
                findings
                    .push(Finding::about(key, Problem::Unreadable(error)).suggesting(suggestions));
            }
            Ok(entry) => {
                let later = after.iter().skip(1).find(|k| {
                    **k != *key
                        && parse_key(k)
                            .is_ok_and(|e| e.vendor == entry.vendor && e.model == entry.model)
                });
                if let Some(by) = later {
                    let problem = Problem::Replaced {
                        by: (*by).to_owned(),
                    };
                    findings.push(Finding::about(key, problem));
                    continue;
                }
                let (found, dead) = judge(catalog, key, &entry, wildcard);
                findings.extend(found);
                alive |= !dead;
            }
        }
    }
    if units == 0 && !keys.is_empty() {
        findings.push(Finding::whole(Problem::NoUnits));
    }
    if units > 0 && keys.is_empty() {
        findings.push(Finding::whole(Problem::NoAttributes));
    }
    if units > MAX_UNITS {
        findings.push(Finding::whole(Problem::TooManyUnits { units }));
    }
    if units > 0 && !keys.is_empty() && (unreadable || !alive) {
        findings.push(Finding::whole(Problem::NeverBid));
    }
    findings
}

/// Findings about one readable entry, and whether no provider can have such a card.
fn judge(catalog: &Catalog, key: &str, entry: &Entry, wildcard: bool) -> (Vec<Finding>, bool) {
    let model = entry.model.clone();
    if model == "*" {
        return (Vec::new(), false);
    }
    if model.is_empty() {
        let any = GpuKey::any(entry.vendor.clone());
        let finding = Finding::about(key, Problem::EmptyModel).suggesting(vec![any]);
        return (vec![finding], true);
    }
    if model.contains(['*', '?', '[', '\\']) {
        let suggestions = matching(catalog, entry);
        let finding = Finding::about(key, Problem::Pattern { model }).suggesting(suggestions);
        return (vec![finding], true);
    }
    let mut findings = Vec::new();
    let mut dead = false;
    let rows = catalog.model(&entry.vendor, &model);
    if rows.is_empty() {
        let suggestions = meant(catalog, &model);
        let problem = Problem::UnknownModel {
            model,
            matters: !suggestions.is_empty(),
        };
        findings.push(Finding::about(key, problem).suggesting(suggestions));
    } else if rows.iter().all(|m| m.in_registry == Registered::No) {
        findings.push(Finding::about(key, Problem::NotInRegistry { model }));
    } else if !offered(catalog, entry) {
        // A provider with its own registry may have a card that exists.
        let constraint = entry.constraint.clone().unwrap_or_default();
        dead = !rows
            .iter()
            .any(|m| constraint.allows(&m.memory.to_string(), m.interface.as_str()));
        let suggestions = variants(catalog, entry);
        let finding = Finding::about(key, Problem::NoSuchVariant { model });
        findings.push(finding.suggesting(suggestions));
    }
    if wildcard && entry.constraint.is_some() {
        findings.push(Finding::about(key, Problem::NarrowsWildcard));
    }
    (findings, dead)
}

/// Whether a device of the registry, or a user's row outside it, satisfies the entry.
fn offered(catalog: &Catalog, entry: &Entry) -> bool {
    let constraint = entry.constraint.clone().unwrap_or_default();
    let device = catalog.devices().iter().any(|d| {
        d.vendor == entry.vendor
            && d.model == entry.model
            && constraint.allows(&d.memory.to_string(), &d.interface_text)
    });
    device
        || catalog.model(&entry.vendor, &entry.model).iter().any(|m| {
            m.in_registry == Registered::No
                && constraint.allows(&m.memory.to_string(), m.interface.as_str())
        })
}

/// The distinct full keys of the registry's devices of a model.
fn variants(catalog: &Catalog, entry: &Entry) -> Vec<GpuKey> {
    let mut keys: Vec<GpuKey> = catalog
        .devices()
        .iter()
        .filter(|d| d.vendor == entry.vendor && d.model == entry.model)
        .map(crate::catalog::Device::key)
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// The models a pattern was meant to name.
fn matching(catalog: &Catalog, entry: &Entry) -> Vec<GpuKey> {
    let mut keys: Vec<GpuKey> = catalog
        .devices()
        .iter()
        .filter(|d| d.vendor == entry.vendor && crate::glob::matches(&entry.model, &d.model))
        .map(|d| GpuKey::new(d.vendor.clone(), &*d.model))
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// The keys a name may stand for.
pub(super) fn meant(catalog: &Catalog, model: &str) -> Vec<GpuKey> {
    match catalog.resolve(model) {
        Resolution::Known(rows) => rows.first().map(bare).into_iter().collect(),
        Resolution::Suggested(found) => found.into_iter().map(|s| s.key).collect(),
        Resolution::Unknown => Vec::new(),
    }
}

fn bare(model: &GpuModel) -> GpuKey {
    GpuKey::new(model.vendor.clone(), &*model.model)
}

/// What an unreadable key may have meant: its last parts read loosely.
fn loose(catalog: &Catalog, key: &str) -> Vec<GpuKey> {
    let Ok(parsed) = key.parse::<GpuKey>() else {
        let name = key.split('/').nth(3).unwrap_or(key);
        return meant(catalog, name);
    };
    let mut fixed = parsed;
    fixed.vendor = crate::Vendor::from(fixed.vendor.as_str().to_lowercase().as_str());
    fixed.interface = fixed
        .interface
        .map(|i| crate::Interface::canonical(i.as_str()))
        .filter(crate::Interface::is_orderable);
    fixed.ram = fixed.ram.filter(|ram| ram.gib() > 0);
    if parse_key(&fixed.to_string()).is_ok() {
        vec![fixed]
    } else {
        Vec::new()
    }
}
