//! Providers (node x/provider).

use crate::address::Address;
use akash_sdl::attribute::Attributes;
use serde::{Deserialize, Serialize};

/// Contact of a provider.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProviderInfo {
    /// E-mail address, unchecked.
    pub email: String,
    /// Website; must parse as a URL.
    pub website: String,
}

/// An account that offers compute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// Its account.
    pub owner: Address,
    /// Where its gateway listens: absolute `https` URL with an empty path.
    pub host_uri: String,
    /// What it declares about itself.
    pub attributes: Attributes,
    /// Contact.
    pub info: ProviderInfo,
}
