//! Errors of node x/provider, x/audit and x/cert.

use super::Code;
use crate::address::Address;

/// Errors of provider records.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProviderError {
    /// 1: the host URI is no URL at all.
    #[error("invalid provider: invalid host uri")]
    NoUrl,
    /// 1: the host URI is no `https` URL with a host and an empty path.
    #[error("{context}: invalid provider: invalid host uri")]
    InvalidUri {
        /// What is wrong with it.
        context: Box<str>,
    },
    /// 2.
    #[error("validating {uri:?} for absolute URI: invalid provider: not absolute host uri")]
    NotAbsoluteUri {
        /// What was given.
        uri: String,
    },
    /// 3.
    #[error("id: {owner}: invalid provider: address not found")]
    NotFound {
        /// Whose.
        owner: Address,
    },
    /// 3 as well: there is no such provider to delete.
    #[error("invalid provider: address not found")]
    Unknown,
    /// 4.
    #[error("id: {owner}: invalid provider: already exists")]
    Exists {
        /// Whose.
        owner: Address,
    },
    /// 8.
    #[error("invalid provider: invalid info website")]
    InvalidWebsite,
    /// 10: providers can't be deleted.
    #[error("NOTIMPLEMENTED: internal error")]
    DeleteNotImplemented,
}

impl ProviderError {
    /// The chain's codespace and code.
    #[must_use]
    pub const fn code(&self) -> Code {
        let code = match self {
            Self::NoUrl | Self::InvalidUri { .. } => 1,
            Self::NotAbsoluteUri { .. } => 2,
            Self::NotFound { .. } | Self::Unknown => 3,
            Self::Exists { .. } => 4,
            Self::InvalidWebsite => 8,
            Self::DeleteNotImplemented => 10,
        };
        Code::new("provider", code)
    }
}

/// Errors of audit records.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuditError {
    /// 1: this auditor has signed nothing of this provider.
    #[error("invalid provider: address not found")]
    NotFound,
    /// 3.
    #[error(
        "trying to delete non-existing attribute \"{key}\" for auditor/provider \"{auditor}/{owner}\": attribute not found"
    )]
    AttributeNotFound {
        /// The key that is not there.
        key: String,
        /// The auditor.
        auditor: Address,
        /// The provider.
        owner: Address,
    },
}

impl AuditError {
    /// The chain's codespace and code.
    #[must_use]
    pub const fn code(&self) -> Code {
        match self {
            Self::NotFound => Code::new("audit", 1),
            Self::AttributeNotFound { .. } => Code::new("audit", 3),
        }
    }
}

/// Errors of certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// 1.
    #[error("certificate not found")]
    NotFound,
    /// 3: this owner has registered this serial before, be it revoked or not.
    #[error("certificate exists")]
    Exists,
    /// 4.
    #[error("certificate already revoked")]
    AlreadyRevoked,
    /// 5: the serial is no decimal number.
    #[error("invalid serial number")]
    InvalidSerial,
}

impl CertificateError {
    /// The chain's codespace and code.
    #[must_use]
    pub const fn code(self) -> Code {
        let code = match self {
            Self::NotFound => 1,
            Self::Exists => 3,
            Self::AlreadyRevoked => 4,
            Self::InvalidSerial => 5,
        };
        Code::new("cert", code)
    }
}
