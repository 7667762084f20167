use akash_market::address::Address;
use akash_market::id::{Dseq, Gseq, Oseq};
use std::fmt;
use std::str::FromStr;

/// One thing that a token may allow at a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Scope {
    /// Send a manifest.
    SendManifest,
    /// Read the manifest back.
    GetManifest,
    /// Read logs.
    Logs,
    /// Run commands.
    Shell,
    /// Read events.
    Events,
    /// Read the status.
    Status,
    /// Restart services.
    Restart,
    /// Move host names.
    HostnameMigrate,
    /// Move leased addresses.
    IpMigrate,
    /// Read attestations.
    Attestation,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 10] = [
        Self::SendManifest,
        Self::GetManifest,
        Self::Logs,
        Self::Shell,
        Self::Events,
        Self::Status,
        Self::Restart,
        Self::HostnameMigrate,
        Self::IpMigrate,
        Self::Attestation,
    ];

    /// As it stands in a token.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SendManifest => "send-manifest",
            Self::GetManifest => "get-manifest",
            Self::Logs => "logs",
            Self::Shell => "shell",
            Self::Events => "events",
            Self::Status => "status",
            Self::Restart => "restart",
            Self::HostnameMigrate => "hostname-migrate",
            Self::IpMigrate => "ip-migrate",
            Self::Attestation => "attestation",
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = super::ClaimError;

    fn from_str(text: &str) -> Result<Self, super::ClaimError> {
        Self::ALL
            .into_iter()
            .find(|scope| scope.as_str() == text)
            .ok_or_else(|| super::ClaimError::UnknownScope {
                scope: text.to_owned(),
            })
    }
}

/// What a token allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Everything the issuer may do, at every provider.
    Full,
    /// These things, at every provider.
    Scoped(Vec<Scope>),
    /// What is listed per provider; each provider once.
    Granular(Vec<Permission>),
}

/// What a token allows at one provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permission {
    /// The provider.
    pub provider: Address,
    /// What is allowed there.
    pub access: ProviderAccess,
}

/// How much is allowed at one provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProviderAccess {
    /// Everything.
    Full,
    /// These things, for every deployment.
    Scoped(Vec<Scope>),
    /// These things per deployment.
    Granular(Vec<DeploymentPermission>),
}

/// What a token allows for one deployment, or a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeploymentPermission {
    /// The deployment's number, from 1.
    pub dseq: Dseq,
    /// The group; 0 for any.
    pub gseq: Gseq,
    /// The order; 0 for any. Needs a group.
    pub oseq: Oseq,
    /// What is allowed.
    pub scopes: Vec<Scope>,
    /// Names of the services it is meant for, at least one. Gateways do not enforce them.
    pub services: Vec<String>,
}
