//! Reading a manifest as a provider does.

use serde::{Deserialize, Deserializer};

use super::Manifest;

/// Why bytes are no manifest.
#[derive(Debug, thiserror::Error)]
#[error("the manifest cannot be read: {source}")]
pub struct ManifestReadError {
    #[from]
    source: serde_json::Error,
}

impl Manifest {
    /// Reads a manifest as a provider decodes it: unknown fields are ignored, absent and `null`
    /// ones are empty. Nothing is checked; see [`Manifest::check`].
    ///
    /// # Errors
    /// [`ManifestReadError`] when the bytes are no JSON, a field has the wrong type, or a service
    /// lacks CPU, memory, storage, GPU or endpoints.
    pub fn from_json(json: &[u8]) -> Result<Self, ManifestReadError> {
        Ok(serde_json::from_slice(json)?)
    }
}

/// Reads `null` as the default.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}
