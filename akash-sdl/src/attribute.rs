//! Key–value attributes: what providers declare and what placements require.

use serde::{Deserialize, Serialize};

/// One attribute, such as `region=us-west` or `vendor/nvidia/model/a100=true`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Attribute {
    /// The key; on the requirement side it may end in a `*`.
    #[serde(default)]
    pub key: String,
    /// The value, compared byte for byte.
    #[serde(default)]
    pub value: String,
}

impl Attribute {
    /// Makes an attribute from its two parts, unchecked.
    pub fn new(key: impl Into<String>, value: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            value: value.into(),
        }
    }

    /// Whether the chain takes the key in a request: a letter, then 1 to 127 letters, digits, `_`,
    /// `/`, `.` or `-`, of which the last may also be a `*` (chain-sdk `go/node/types/attributes`).
    ///
    /// ```
    /// use akash_sdl::attribute::Attribute;
    ///
    /// assert!(Attribute::new("vendor/nvidia/model/*", "true").has_valid_key());
    /// assert!(!Attribute::new("vendor/*/model/a100", "true").has_valid_key());
    /// ```
    #[must_use]
    pub fn has_valid_key(&self) -> bool {
        crate::syntax::is_attribute_key(&self.key)
    }
}

/// A list of attributes in the order in which they stand on the chain.
pub type Attributes = Vec<Attribute>;
