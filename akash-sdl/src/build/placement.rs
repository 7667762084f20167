//! What a placement asks of its providers.

use super::text;
use crate::document::Placement;

/// Attributes and auditors for [`Builder::placement`](super::Builder::placement).
#[derive(Debug, Clone, Default)]
pub struct PlacementBuilder {
    pub(super) placement: Placement,
}

impl PlacementBuilder {
    /// Asks for nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks for an attribute. Of two with the same key the later counts.
    #[must_use]
    pub fn attribute(mut self, key: &str, value: &str) -> Self {
        self.placement.attributes.insert(key, text(value));
        self
    }

    /// Asks that this auditor or another of its kind has signed the provider's attributes
    /// (`signedBy.anyOf`).
    #[must_use]
    pub fn signed_by_any(mut self, auditor: &str) -> Self {
        self.placement.any_of.push(text(auditor));
        self
    }

    /// Asks that this auditor has signed the provider's attributes, beside all others of its kind
    /// (`signedBy.allOf`).
    #[must_use]
    pub fn signed_by_all(mut self, auditor: &str) -> Self {
        self.placement.all_of.push(text(auditor));
        self
    }
}
