//! Why a provider can't serve a group: all reasons, not only the first.

use super::profile::{Profile, Sorted};
use crate::audit::AuditRecord;
use akash_sdl::attribute::Attribute;
use akash_sdl::group::GroupSpec;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One reason why a provider can't serve a group under the chain's rules.
///
/// `Display` is a sentence for people: what is missing and, where it is known, what the provider has instead.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Mismatch {
    /// The group asks for auditors and none has signed this provider.
    Unaudited,
    /// An auditor that must have signed has not.
    Auditor {
        /// The auditor.
        auditor: String,
    },
    /// An auditor that must have signed has, but not all required attributes.
    AuditorLacks {
        /// The auditor.
        auditor: String,
        /// What it has not signed.
        missing: Vec<Attribute>,
    },
    /// Of several auditors of whom one suffices, none has signed all required attributes.
    AnyAuditor {
        /// Those asked for.
        auditors: Vec<String>,
        /// Those that signed, but not everything required.
        partly: Vec<String>,
    },
    /// A required placement attribute is not declared.
    Attribute {
        /// What is required.
        required: Attribute,
        /// The values declared under that key instead.
        declared: Vec<String>,
    },
    /// No storage capability covers a volume.
    Storage {
        /// Id of the resource unit.
        unit: u32,
        /// Name of the volume.
        volume: String,
        /// What the volume asks for.
        required: Vec<Attribute>,
        /// The storage classes declared.
        declared: Vec<String>,
    },
    /// None of the GPUs asked for is declared.
    Gpu {
        /// Id of the resource unit.
        unit: u32,
        /// The keys of which one would suffice.
        required: Vec<String>,
        /// Keys declared for the same models in another detail: the chain compares keys text by text, so `a100` and
        /// `a100/ram/80Gi` don't meet.
        near: Vec<String>,
    },
}

/// Every reason why a provider can't serve a group, in the order in which the chain checks; empty if it can.
///
/// `own` are the provider's attributes, `audits` the records about it. For many groups prepare a
/// [`Profile`](super::Profile).
///
/// ```
/// # use akash_sdl::group::{GroupSpec, PlacementRequirements};
/// use akash_market::matching::mismatches;
/// use akash_sdl::attribute::Attribute;
///
/// let requirements = PlacementRequirements {
///     attributes: vec![Attribute::new("region", "us-west")],
///     ..PlacementRequirements::default()
/// };
/// let group = GroupSpec { name: "west".into(), requirements, resources: Vec::new() };
/// let reasons = mismatches(&group, &[Attribute::new("region", "eu")], &[]);
/// assert_eq!(
///     reasons[0].to_string(),
///     "attribute region=us-west is required, the provider declares region=eu"
/// );
/// ```
#[must_use]
pub fn mismatches(group: &GroupSpec, own: &[Attribute], audits: &[AuditRecord]) -> Vec<Mismatch> {
    of_profile(
        &Profile::new(own.iter().cloned(), audits.iter().cloned()),
        group,
    )
}

pub(super) fn of_profile(profile: &Profile, group: &GroupSpec) -> Vec<Mismatch> {
    let mut reasons = Vec::new();
    placement(profile, group, &mut reasons);
    for unit in &group.resources {
        let resources = &unit.resources;
        for volume in &resources.storage {
            if !profile.offers_volume(&volume.attributes) {
                reasons.push(Mismatch::Storage {
                    unit: resources.id,
                    volume: volume.name.clone(),
                    required: volume.attributes.clone(),
                    declared: classes(profile),
                });
            }
        }
        let gpu = &resources.gpu;
        if gpu.units > 0 && !profile.offers_gpu(&gpu.attributes) {
            reasons.push(Mismatch::Gpu {
                unit: resources.id,
                required: gpu.attributes.iter().map(|a| a.key.clone()).collect(),
                near: near(profile, &gpu.attributes),
            });
        }
    }
    reasons
}

fn placement(profile: &Profile, group: &GroupSpec, reasons: &mut Vec<Mismatch>) {
    let wanted = &*group.requirements.attributes;
    let signed_by = &group.requirements.signed_by;
    if signed_by.is_empty() {
        reasons.extend(
            lacking(&profile.own, wanted).map(|required| Mismatch::Attribute {
                required: required.clone(),
                declared: values(&profile.own, &required.key),
            }),
        );
        return;
    }
    if profile.audits.is_empty() {
        reasons.push(Mismatch::Unaudited);
        return;
    }
    for auditor in &signed_by.all_of {
        let Some(signed) = profile.audits.get(auditor) else {
            reasons.push(Mismatch::Auditor {
                auditor: auditor.clone(),
            });
            continue;
        };
        let missing: Vec<_> = lacking(signed, wanted).cloned().collect();
        if !missing.is_empty() {
            reasons.push(Mismatch::AuditorLacks {
                auditor: auditor.clone(),
                missing,
            });
        }
    }
    let signed = |a: &&String| profile.audits.contains_key(*a);
    let covers = |a: &String| profile.audits.get(a).is_some_and(|s| s.covers(wanted));
    if !signed_by.any_of.is_empty() && !signed_by.any_of.iter().any(covers) {
        reasons.push(Mismatch::AnyAuditor {
            auditors: signed_by.any_of.clone(),
            partly: signed_by.any_of.iter().filter(signed).cloned().collect(),
        });
    }
}

fn lacking<'a>(
    offered: &'a Sorted,
    wanted: &'a [Attribute],
) -> impl Iterator<Item = &'a Attribute> + 'a {
    wanted.iter().filter(|w| !offered.offers(w))
}

fn values(offered: &Sorted, key: &str) -> Vec<String> {
    let same = offered.with_prefix(key).filter(|a| a.key == key);
    same.map(|a| a.value.clone()).collect()
}

fn classes(profile: &Profile) -> Vec<String> {
    let mut classes: Vec<_> = profile
        .storage
        .values()
        .flat_map(|group| values(group, "class"))
        .collect();
    classes.sort_unstable();
    classes.dedup();
    classes
}

/// Declared keys that begin with the vendor and model of a wanted one.
fn near(profile: &Profile, wanted: &[Attribute]) -> Vec<String> {
    let mut near: Vec<String> = Vec::new();
    for Attribute { key, .. } in wanted {
        let model_ends = key
            .match_indices('/')
            .nth(3)
            .map_or(key.len(), |(at, _)| at);
        let model = key.get(..model_ends).unwrap_or(key).trim_end_matches('*');
        near.extend(profile.gpu.with_prefix(model).map(|a| a.key.clone()));
    }
    near.sort_unstable();
    near.dedup();
    near
}

/// Items in a row, with commas.
pub(super) struct List<I>(pub(super) I);

impl<I: Iterator<Item = T> + Clone, T: fmt::Display> fmt::Display for List<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, item) in self.0.clone().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            item.fmt(f)?;
        }
        Ok(())
    }
}

/// An attribute as `key=value`.
#[derive(Clone)]
pub(super) struct Pair<'a>(pub(super) &'a Attribute);

impl fmt::Display for Pair<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.0.key, self.0.value)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unaudited => {
                f.write_str("an auditor's signature is required, nobody has signed this provider")
            }
            Self::Auditor { auditor } => {
                write!(
                    f,
                    "a signature of auditor {auditor} is required, it has not signed this provider"
                )
            }
            Self::AuditorLacks { auditor, missing } => {
                write!(
                    f,
                    "auditor {auditor} has signed this provider, but not {}",
                    List(missing.iter().map(Pair))
                )
            }
            Self::AnyAuditor { auditors, partly } => {
                write!(
                    f,
                    "one of the auditors {} must have signed the required attributes, ",
                    List(auditors.iter())
                )?;
                if partly.is_empty() {
                    f.write_str("none has signed this provider")
                } else {
                    write!(f, "{} signed only others", List(partly.iter()))
                }
            }
            Self::Attribute { required, declared } => {
                write!(
                    f,
                    "attribute {} is required, the provider declares ",
                    Pair(required)
                )?;
                if declared.is_empty() {
                    return f.write_str("nothing of that key and value");
                }
                let pairs = declared
                    .iter()
                    .map(|value| format!("{}={value}", required.key));
                write!(f, "{}", List(pairs))
            }
            Self::Storage {
                unit,
                volume,
                required,
                declared,
            } => {
                write!(
                    f,
                    "volume {volume:?} of resource unit {unit} needs storage with {}, the provider declares ",
                    List(required.iter().map(Pair))
                )?;
                if declared.is_empty() {
                    f.write_str("no storage")
                } else {
                    write!(f, "the classes {}", List(declared.iter()))
                }
            }
            Self::Gpu {
                unit,
                required,
                near,
            } => {
                write!(
                    f,
                    "resource unit {unit} needs a GPU of {}, the provider declares none of them",
                    List(required.iter())
                )?;
                if near.is_empty() {
                    return Ok(());
                }
                write!(
                    f,
                    "; it does declare {}, which counts only when asked for in the same words",
                    List(near.iter())
                )
            }
        }
    }
}
