//! Why GPUs do not match, in the words of the lint of `akash-gpu`.

use super::Reason;
use crate::matching::Mismatch;
use akash_gpu::{Catalog, lint};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::GroupSpec;

/// Requests with more keys are no person's, and the time grows with their square.
const MOST_KEYS: usize = 32;

/// For each unit whose GPUs are not declared: what is wrong with the request, and which key the provider would have to
/// publish beside its own to be found by it.
pub(super) fn explain(
    own: &[Attribute],
    group: &GroupSpec,
    mismatches: &[Mismatch],
) -> Vec<Reason> {
    let mut reasons = Vec::new();
    let units = mismatches.iter().filter_map(|mismatch| match mismatch {
        Mismatch::Gpu { unit, .. } => group.resources.iter().find(|u| u.resources.id == *unit),
        _ => None,
    });
    for unit in units {
        let (id, gpu) = (unit.resources.id, &unit.resources.gpu);
        let keys: Vec<&str> = gpu.attributes.iter().map(|a| a.key.as_str()).collect();
        if keys.len() > MOST_KEYS {
            continue;
        }
        let request = lint::request(Catalog::embedded(), gpu.units, &keys).into_iter();
        reasons.extend(
            request
                .filter(|finding| finding.severity() >= lint::Severity::Warning)
                .map(|finding| Reason::GpuRequest { unit: id, finding }),
        );
        let published = own.iter().map(|a| (a.key.as_str(), a.value.as_str()));
        let shapes = lint::provider_attributes(Catalog::embedded(), published);
        let missing = shapes.into_iter().flat_map(|finding| finding.suggestions);
        reasons.extend(
            missing
                .filter(|key| keys.contains(&key.to_string().as_str()))
                .map(|key| Reason::GpuUnpublished { unit: id, key }),
        );
    }
    reasons
}
