//! What is wrong with a request for GPUs, or with the GPU attributes a provider publishes.
//!
//! Chain and provider follow different rules ([`crate::attribute`]), so a request may be legal and
//! matched on chain while no provider ever bids, and a provider may own cards no request can find.
//! Both look fine to their owner. The lint says so, and what to write instead; it changes nothing.

mod provider;
mod request;

pub use provider::provider_attributes;
pub use request::{Outlook, outlook, request};

use crate::attribute::GpuKey;
use crate::attribute::provider::ParseError;
use serde::{Deserialize, Serialize};

/// Most GPUs of one resource unit (chain-sdk `go/node/deployment/v1beta4/validation_config.go`).
pub const MAX_UNITS: u64 = 24;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Hint,
    /// Probably not what was meant: this attribute does nothing, or less than it seems.
    Warning,
    /// The chain refuses it, or no provider will ever bid.
    Error,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The attribute key it is about; `None` when it is about the whole list.
    pub key: Option<String>,
    /// What is wrong.
    pub problem: Problem,
    /// Keys to write instead or in addition, likeliest first.
    pub suggestions: Vec<GpuKey>,
}

impl Finding {
    fn about(key: &str, problem: Problem) -> Self {
        Self {
            key: Some(key.to_owned()),
            problem,
            suggestions: Vec::new(),
        }
    }

    const fn whole(problem: Problem) -> Self {
        Self {
            key: None,
            problem,
            suggestions: Vec::new(),
        }
    }

    fn suggesting(mut self, suggestions: Vec<GpuKey>) -> Self {
        self.suggestions = suggestions;
        self
    }

    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.problem.severity()
    }
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Request: GPUs but no attributes.
    #[error(
        "GPUs are asked for without any attribute: the chain accepts bids, no provider makes one"
    )]
    NoAttributes,
    /// Request: attributes but no GPUs.
    #[error("GPU attributes are given for zero GPUs, which the chain refuses")]
    NoUnits,
    /// Request: more GPUs than a unit may have.
    #[error("{units} GPUs are asked for; one resource unit may have at most {MAX_UNITS}")]
    TooManyUnits {
        /// GPUs asked for.
        units: u64,
    },
    /// The chain's rule for attribute keys forbids the key.
    #[error(
        "the chain refuses this key: it must be a letter, then up to 126 of letters, digits, `_`, \
         `/`, `.`, `-`, and only its last character may be `*`"
    )]
    IllegalKey,
    /// The same key twice.
    #[error("the key is given twice, which the chain refuses")]
    DuplicateKey,
    /// Request: a provider cannot read the key, so it bids on nothing with it.
    #[error("the chain may match this key, but no provider can read it and none will bid: {0}")]
    Unreadable(ParseError),
    /// Request: a pattern other than `*`.
    #[error(
        "the model pattern `{model}` matches on chain, but providers know no pattern except `*` \
         and no card has this name"
    )]
    Pattern {
        /// The pattern.
        model: String,
    },
    /// Request: the model is empty.
    #[error("the key names no model; use `*` for any")]
    EmptyModel,
    /// Request: a later key of the same model replaces this one at the provider.
    #[error("providers ignore this key: `{by}` names the same model and replaces it")]
    Replaced {
        /// The key that stays.
        by: String,
    },
    /// Request: a key with its own entry is not covered by the wildcard any more.
    #[error("cards of this model that fail the key are refused although `*` is listed too")]
    NarrowsWildcard,
    /// The model is not in the catalogue.
    #[error("the model `{model}` is not known{}", if *.matters { "; names are compared text by text, in lower case" } else { "" })]
    UnknownModel {
        /// The name.
        model: String,
        /// Whether another spelling is known.
        matters: bool,
    },
    /// The model exists, but the registry providers use does not list it.
    #[error(
        "`{model}` is not in the public device registry: only a provider with its own can offer it"
    )]
    NotInRegistry {
        /// The model.
        model: String,
    },
    /// The model exists, but not with this memory or interface.
    #[error("no `{model}` of the registry has this memory and interface")]
    NoSuchVariant {
        /// The model.
        model: String,
    },
    /// Request: no entry of the list can lead to a bid.
    #[error(
        "no provider can bid on this request: none of its GPU attributes names a card it can have"
    )]
    NeverBid,
    /// Provider: a value no request carries.
    #[error("the value is `{value}`; every request carries `true`, so nothing matches this key")]
    ValueNotTrue {
        /// The value.
        value: String,
    },
    /// Provider: too short to count.
    #[error("the key is too short to be compared with requests; it has no effect")]
    NotACandidate,
    /// Provider: counts only because the chain compares a text prefix.
    #[error("the key is not below `capabilities/gpu/`; it counts only by accident")]
    StrayPrefix,
    /// Provider: no legal request can ask for this key.
    #[error("no legal request spells a card this way, so this key is never found")]
    Unreachable,
    /// Provider: keys that requests use are missing.
    #[error("requests for `{model}` that name more or fewer parts do not find this provider")]
    MissingShapes {
        /// The model.
        model: String,
    },
    /// Provider: no key with memory.
    #[error("no key gives the memory of `{model}`: requests with `ram` do not find this provider")]
    NoMemory {
        /// The model.
        model: String,
    },
}

impl Problem {
    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::NoAttributes
            | Self::NoUnits
            | Self::TooManyUnits { .. }
            | Self::IllegalKey
            | Self::DuplicateKey
            | Self::Unreadable(_)
            | Self::NeverBid
            | Self::ValueNotTrue { .. } => Severity::Error,
            Self::Pattern { .. }
            | Self::EmptyModel
            | Self::Replaced { .. }
            | Self::NoSuchVariant { .. }
            | Self::StrayPrefix
            | Self::Unreachable
            | Self::MissingShapes { .. } => Severity::Warning,
            Self::UnknownModel { matters, .. } => {
                if *matters {
                    Severity::Warning
                } else {
                    Severity::Hint
                }
            }
            Self::NarrowsWildcard
            | Self::NotInRegistry { .. }
            | Self::NotACandidate
            | Self::NoMemory { .. } => Severity::Hint,
        }
    }

    /// A stable name for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoAttributes => "gpu.no_attributes",
            Self::NoUnits => "gpu.no_units",
            Self::TooManyUnits { .. } => "gpu.too_many_units",
            Self::IllegalKey => "gpu.illegal_key",
            Self::DuplicateKey => "gpu.duplicate_key",
            Self::Unreadable(_) => "gpu.unreadable",
            Self::Pattern { .. } => "gpu.pattern",
            Self::EmptyModel => "gpu.empty_model",
            Self::Replaced { .. } => "gpu.replaced",
            Self::NarrowsWildcard => "gpu.narrows_wildcard",
            Self::UnknownModel { .. } => "gpu.unknown_model",
            Self::NotInRegistry { .. } => "gpu.not_in_registry",
            Self::NoSuchVariant { .. } => "gpu.no_such_variant",
            Self::NeverBid => "gpu.never_bid",
            Self::ValueNotTrue { .. } => "gpu.value_not_true",
            Self::NotACandidate => "gpu.not_a_candidate",
            Self::StrayPrefix => "gpu.stray_prefix",
            Self::Unreachable => "gpu.unreachable",
            Self::MissingShapes { .. } => "gpu.missing_shapes",
            Self::NoMemory { .. } => "gpu.no_memory",
        }
    }
}
