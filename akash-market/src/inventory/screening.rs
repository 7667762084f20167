//! Should a provider bid? The checks before it looks at its inventory (provider `bidengine/order.go`).

mod gpu;

use crate::audit::AuditRecord;
use crate::matching::{GroupError, Mismatch, Profile, subset, validate_group};
use akash_gpu::{GpuKey, lint};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::GroupSpec;
use std::fmt;

/// Volumes of one unit that a provider takes by default.
pub const MAX_VOLUMES: usize = 4;

/// A provider's view of itself and of the tenants it wants.
///
/// ```
/// use akash_market::inventory::screening::{Check, Decision, Screener};
/// use akash_sdl::attribute::Attribute;
/// # use akash_sdl::group::GroupSpec;
/// # let group = GroupSpec { name: String::new(), requirements: Default::default(), resources: Vec::new() };
///
/// let screener = Screener::new([Attribute::new("region", "us-west")], []);
/// // A group without a name is no valid group.
/// assert_eq!(screener.should_bid(&group), Decision::Decline(Check::Group));
/// ```
#[derive(Debug, Clone)]
pub struct Screener {
    /// Its attributes as read from the chain when it started, for the placement check.
    at_start: Vec<Attribute>,
    /// Its attributes now and what auditors signed, for the other checks.
    profile: Profile,
    wanted: Vec<Attribute>,
    max_volumes: usize,
}

/// The checks, in their order.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    /// The provider's attributes meet the placement attributes of the group.
    Placement,
    /// The placement attributes of the group meet those that the provider wants to see there.
    Wanted,
    /// The provider declares the storage and GPUs asked for.
    Capabilities,
    /// No unit has too many volumes.
    Volumes,
    /// The auditors asked for have signed the placement attributes.
    Signatures,
    /// The group is valid.
    Group,
}

/// The outcome of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// Go on to reserving and pricing.
    Bid,
    /// Stay away; the first check that fails.
    Decline(Check),
}

impl Decision {
    /// Whether to go on.
    #[must_use]
    pub const fn is_bid(self) -> bool {
        matches!(self, Self::Bid)
    }
}

/// One reason to stay away.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// A placement attribute is missing from the provider's own.
    Placement(Mismatch),
    /// The group lacks an attribute that the provider wants.
    Wanted(Attribute),
    /// A capability is missing.
    Capability(Mismatch),
    /// What is wrong with a request for GPUs that are not declared; besides [`Reason::Capability`].
    GpuRequest {
        /// Id of the unit.
        unit: u32,
        /// What the lint says.
        finding: lint::Finding,
    },
    /// The provider has such cards, but does not publish the key by which the request looks for them; besides
    /// [`Reason::Capability`].
    GpuUnpublished {
        /// Id of the unit.
        unit: u32,
        /// The key of the request.
        key: GpuKey,
    },
    /// A unit has too many volumes.
    Volumes {
        /// Id of the unit.
        unit: u32,
        /// How many it has.
        volumes: usize,
        /// How many are taken.
        max: usize,
    },
    /// A signature is missing.
    Signature(Mismatch),
    /// The group is not valid.
    Group(GroupError),
}

impl Reason {
    /// The check it belongs to.
    #[must_use]
    pub const fn check(&self) -> Check {
        match self {
            Self::Placement(_) => Check::Placement,
            Self::Wanted(_) => Check::Wanted,
            Self::Capability(_) | Self::GpuRequest { .. } | Self::GpuUnpublished { .. } => {
                Check::Capabilities
            }
            Self::Volumes { .. } => Check::Volumes,
            Self::Signature(_) => Check::Signatures,
            Self::Group(_) => Check::Group,
        }
    }
}

impl Screener {
    /// A provider with its own attributes and the audit records about it.
    pub fn new(
        own: impl IntoIterator<Item = Attribute>,
        audits: impl IntoIterator<Item = AuditRecord>,
    ) -> Self {
        let profile = Profile::new(own, audits);
        Self {
            at_start: profile.own().to_vec(),
            profile,
            wanted: Vec::new(),
            max_volumes: MAX_VOLUMES,
        }
    }

    /// The same, declining groups whose placement attributes do not match all of these (keys are patterns).
    #[must_use]
    pub fn with_wanted(mut self, wanted: impl IntoIterator<Item = Attribute>) -> Self {
        self.wanted = wanted.into_iter().collect();
        self
    }

    /// The same with another limit on the volumes of one unit.
    #[must_use]
    pub const fn with_max_volumes(mut self, max_volumes: usize) -> Self {
        self.max_volumes = max_volumes;
        self
    }

    /// Takes new attributes. The reference goes on using those at its start for the placement check; `all` updates
    /// these too.
    pub fn set_own(&mut self, own: impl IntoIterator<Item = Attribute>, all: bool) {
        self.profile.set_own(own);
        if all {
            self.at_start = self.profile.own().to_vec();
        }
    }

    /// Takes an audit record about this provider.
    pub fn set_audit(&mut self, record: AuditRecord) {
        self.profile.set_audit(record);
    }

    /// Whether to bid, and the first check that fails if not.
    #[must_use]
    pub fn should_bid(&self, group: &GroupSpec) -> Decision {
        let asked = &*group.requirements.attributes;
        let failed = if !subset(asked, &self.at_start) {
            Check::Placement
        } else if !subset(&self.wanted, asked) {
            Check::Wanted
        } else if !self.profile.meets_capabilities(group) {
            Check::Capabilities
        } else if group
            .resources
            .iter()
            .any(|u| u.resources.storage.len() > self.max_volumes)
        {
            Check::Volumes
        } else if !group.requirements.signed_by.is_empty()
            && !self.profile.meets_requirements(&group.requirements)
        {
            Check::Signatures
        } else if validate_group(group).is_err() {
            Check::Group
        } else {
            return Decision::Bid;
        };
        Decision::Decline(failed)
    }

    /// Every reason to stay away, in the order of the checks; empty exactly when [`Self::should_bid`] says bid.
    #[must_use]
    pub fn reasons(&self, group: &GroupSpec) -> Vec<Reason> {
        let mut unsigned = group.clone();
        unsigned.requirements.signed_by = akash_sdl::group::SignedBy::default();
        let at_start = Profile::new(self.at_start.iter().cloned(), []);
        let placement = |m: &Mismatch| matches!(m, Mismatch::Attribute { .. });
        let capability =
            |m: &Mismatch| matches!(m, Mismatch::Storage { .. } | Mismatch::Gpu { .. });

        let own = at_start.mismatches(&unsigned).into_iter().filter(placement);
        let mut reasons: Vec<_> = own.map(Reason::Placement).collect();
        let asked = &*group.requirements.attributes;
        let missing = self
            .wanted
            .iter()
            .filter(|w| !subset(std::slice::from_ref(w), asked));
        reasons.extend(missing.cloned().map(Reason::Wanted));
        let (capabilities, mut signatures): (Vec<_>, Vec<_>) = self
            .profile
            .mismatches(group)
            .into_iter()
            .partition(capability);
        if group.requirements.signed_by.is_empty() {
            signatures.clear();
        }
        let explained = gpu::explain(self.profile.own(), group, &capabilities);
        reasons.extend(capabilities.into_iter().map(Reason::Capability));
        reasons.extend(explained);
        reasons.extend(group.resources.iter().filter_map(|unit| {
            let volumes = unit.resources.storage.len();
            (volumes > self.max_volumes).then_some(Reason::Volumes {
                unit: unit.resources.id,
                volumes,
                max: self.max_volumes,
            })
        }));
        reasons.extend(signatures.into_iter().map(Reason::Signature));
        reasons.extend(validate_group(group).err().map(Reason::Group));
        reasons
    }
}

/// Whether a provider should bid on a group; see [`Screener`] for many groups.
#[must_use]
pub fn should_bid(
    group: &GroupSpec,
    own: &[Attribute],
    wanted: &[Attribute],
    audits: &[AuditRecord],
) -> Decision {
    Screener::new(own.iter().cloned(), audits.iter().cloned())
        .with_wanted(wanted.iter().cloned())
        .should_bid(group)
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Placement => "placement attributes",
            Self::Wanted => "config attributes",
            Self::Capabilities => "capabilities",
            Self::Volumes => "volumes",
            Self::Signatures => "signatures",
            Self::Group => "invalid group",
        })
    }
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bid => f.write_str("bid"),
            Self::Decline(check) => write!(f, "decline: {check}"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Placement(m) | Self::Capability(m) | Self::Signature(m) => m.fmt(f),
            Self::Wanted(Attribute { key, value }) => {
                write!(
                    f,
                    "this provider only takes groups placed with {key}={value}"
                )
            }
            Self::GpuRequest { unit, finding } => {
                write!(f, "resource unit {unit}: ")?;
                if let Some(key) = &finding.key {
                    write!(f, "{key}: ")?;
                }
                write!(f, "{}", finding.problem)?;
                match finding.suggestions.first() {
                    Some(meant) => write!(f, "; {meant} may be meant"),
                    None => Ok(()),
                }
            }
            Self::GpuUnpublished { unit, key } => write!(
                f,
                "this provider would have to publish {} to be found by resource unit {unit}",
                key.capability_key()
            ),
            Self::Volumes { unit, volumes, max } => {
                write!(
                    f,
                    "resource unit {unit} has {volumes} volumes, at most {max} are taken"
                )
            }
            Self::Group(error) => error.fmt(f),
        }
    }
}
