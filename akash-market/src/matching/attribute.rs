//! Single attributes: how they match and which keys are legal (chain-sdk `go/node/types/attributes/v1`).

use crate::error::{Code, Error, SdkError};
use akash_gpu::attribute::chain::is_valid_key;
use akash_gpu::glob;
use akash_sdl::attribute::Attribute;
use std::collections::BTreeSet;

/// Whether an offered attribute meets a required one: the required key, read as a shell pattern, matches the offered
/// key, and the values are equal byte for byte.
///
/// ```
/// use akash_market::matching::attribute_matches;
/// use akash_sdl::attribute::Attribute;
///
/// let offered = Attribute::new("region-west", "true");
/// assert!(attribute_matches(&Attribute::new("region*", "true"), &offered));
/// assert!(!attribute_matches(&Attribute::new("region*", "tru*"), &offered));
/// ```
#[must_use]
pub fn attribute_matches(required: &Attribute, offered: &Attribute) -> bool {
    required.value == offered.value && glob::matches(&required.key, &offered.key)
}

/// Whether every required attribute is met by some offered one. Nothing required is always met.
#[must_use]
pub fn subset(required: &[Attribute], offered: &[Attribute]) -> bool {
    required.iter().all(|r| is_offered(r, offered))
}

/// Whether at least one required attribute is met. Nothing required is never met.
#[must_use]
pub fn any(required: &[Attribute], offered: &[Attribute]) -> bool {
    required.iter().any(|r| is_offered(r, offered))
}

pub(super) fn is_offered(required: &Attribute, offered: &[Attribute]) -> bool {
    offered.iter().any(|o| attribute_matches(required, o))
}

/// The literal text that every match of a pattern begins with.
pub(super) fn literal_prefix(pattern: &str) -> &str {
    pattern
        .find(['*', '?', '[', '\\'])
        .and_then(|at| pattern.get(..at))
        .unwrap_or(pattern)
}

/// Whether a key is compared as text and not as a pattern.
pub(super) fn is_literal(key: &str) -> bool {
    literal_prefix(key).len() == key.len()
}

/// Why the chain refuses a list of attributes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AttributeError {
    /// A key has a character or a length that is not allowed.
    #[error(
        "attribute key {key:?} is not allowed: it starts with a letter and has 2 to 128 of `A-Z a-z 0-9 _ / . -`; \
         on the tenant's side a `*` may end it"
    )]
    InvalidKey {
        /// The refused key.
        key: String,
    },
    /// A key stands there twice.
    #[error("attribute key {key:?} appears more than once: give each key one value")]
    DuplicateKey {
        /// The key.
        key: String,
    },
}

impl AttributeError {
    /// Codespace and code with which the chain names this error, where it does not lose them.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::DuplicateKey { .. } => Code::new("akash", 1),
            Self::InvalidKey { .. } => Code::new("akash", 2),
        }
    }

    /// The text that the chain logs.
    #[must_use]
    pub const fn chain_text(&self) -> &'static str {
        match self {
            Self::DuplicateKey { .. } => "attributes cannot have duplicate keys",
            Self::InvalidKey { .. } => "attribute key does not match regexp",
        }
    }
}

impl From<AttributeError> for Error {
    fn from(error: AttributeError) -> Self {
        Self::Sdk(match error {
            AttributeError::DuplicateKey { .. } => SdkError::DuplicateAttributes,
            AttributeError::InvalidKey { .. } => SdkError::InvalidAttributeKey,
        })
    }
}

/// Checks keys as the chain does on a tenant's resources: form of each key, a `*` at the end allowed, no key twice.
///
/// # Errors
/// The first attribute that breaks a rule.
///
/// ```
/// use akash_market::matching::validate_attributes;
/// use akash_sdl::attribute::Attribute;
///
/// assert!(validate_attributes(&[Attribute::new("vendor/nvidia/model/*", "true")]).is_ok());
/// let error = validate_attributes(&[Attribute::new("9lives", "true")]).unwrap_err();
/// assert_eq!(error.code().to_string(), "akash 2");
/// ```
pub fn validate_attributes(attributes: &[Attribute]) -> Result<(), AttributeError> {
    validate(attributes, is_valid_key)
}

/// Checks keys as the chain does on a provider: like [`validate_attributes`], but no `*` anywhere.
///
/// # Errors
/// The first attribute that breaks a rule.
pub fn validate_provider_attributes(attributes: &[Attribute]) -> Result<(), AttributeError> {
    validate(attributes, |key| {
        is_valid_key(key) && key.len() <= 127 && !key.ends_with('*')
    })
}

fn validate(
    attributes: &[Attribute],
    is_valid: impl Fn(&str) -> bool,
) -> Result<(), AttributeError> {
    let mut seen = BTreeSet::new();
    for Attribute { key, .. } in attributes {
        if !is_valid(key) {
            return Err(AttributeError::InvalidKey { key: key.clone() });
        }
        if !seen.insert(key) {
            return Err(AttributeError::DuplicateKey { key: key.clone() });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_key_ends_in_no_star_and_has_127_characters() {
        let key = |key: &str| validate_provider_attributes(&[Attribute::new(key, "x")]).is_ok();
        assert!(key(&"a".repeat(127)));
        assert!(!key(&"a".repeat(128)));
        assert!(key("ab"));
        assert!(!key("a*"));
        assert!(!key("ab*"));
        assert!(!key("a"));
        assert!(validate_attributes(&[Attribute::new("a".repeat(128), "x")]).is_ok());
    }

    #[test]
    fn literal_prefixes() {
        assert_eq!(
            literal_prefix("vendor/nvidia/model/*"),
            "vendor/nvidia/model/"
        );
        assert!(is_literal("region"));
        assert!(!is_literal("regio?"));
    }
}
