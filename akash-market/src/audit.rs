//! Audit records (node x/audit): attributes of a provider that an auditor has signed.

use crate::address::Address;
use akash_sdl::attribute::Attributes;
use serde::{Deserialize, Serialize};

/// What one auditor says of one provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRecord {
    /// The provider.
    pub owner: Address,
    /// Who signed.
    pub auditor: Address,
    /// The signed attributes, sorted by key.
    pub attributes: Attributes,
}
