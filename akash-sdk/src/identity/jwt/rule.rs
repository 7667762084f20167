//! The rules that a gateway holds a payload against.

use super::access::{Access, DeploymentPermission, Permission, ProviderAccess, Scope};
use super::claims::Claims;
use super::read::{RawClaims, RawDeployment, RawLeases, RawPermission};
use akash_market::address::Address;
use akash_market::id::{Dseq, Gseq, Oseq};

/// A rule that a payload breaks.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ClaimError {
    /// A claim is missing.
    #[error("the claim {claim} is missing")]
    Missing {
        /// Which one.
        claim: &'static str,
    },
    /// The version is not `v1`.
    #[error("the version is {version:?}; v1 was expected")]
    Version {
        /// What was given.
        version: String,
    },
    /// The kind of access is none.
    #[error("the access is {access:?}; full, scoped or granular was expected")]
    Access {
        /// What was given.
        access: String,
    },
    /// A scope is none.
    #[error("{scope:?} is not a scope")]
    UnknownScope {
        /// What was given.
        scope: String,
    },
    /// Something occurs twice in a list.
    #[error("{name} is listed twice")]
    Duplicate {
        /// What.
        name: String,
    },
    /// A list or value has to be there with this kind of access.
    #[error("{access} access needs {member}")]
    Needs {
        /// Kind of access.
        access: &'static str,
        /// What is missing.
        member: &'static str,
    },
    /// A list must not be there with this kind of access.
    #[error("{access} access must not have {member}")]
    Forbids {
        /// Kind of access.
        access: &'static str,
        /// What is too much.
        member: &'static str,
    },
    /// An order is named without its group.
    #[error("oseq is set without gseq")]
    OrderWithoutGroup,
}

const fn needs(access: &'static str, member: &'static str) -> ClaimError {
    ClaimError::Needs { access, member }
}

const fn forbids(access: &'static str, member: &'static str) -> ClaimError {
    ClaimError::Forbids { access, member }
}

fn filled<T>(list: &Option<Vec<T>>) -> bool {
    list.as_ref().is_some_and(|list| !list.is_empty())
}

/// Holds a payload against all rules but the times.
pub(super) fn check(raw: RawClaims) -> Result<Claims, ClaimError> {
    let missing = |claim| ClaimError::Missing { claim };
    let issued_at = raw.issued_at.ok_or(missing("iat"))?;
    let not_before = raw.not_before.ok_or(missing("nbf"))?;
    let expires_at = raw.expires_at.ok_or(missing("exp"))?;
    if raw.version != "v1" {
        return Err(ClaimError::Version {
            version: raw.version,
        });
    }
    Ok(Claims {
        issuer: raw.issuer,
        issued_at,
        not_before,
        expires_at,
        id: raw.id,
        access: access(raw.leases)?,
    })
}

fn access(raw: RawLeases) -> Result<Access, ClaimError> {
    match raw.access.as_str() {
        "full" if filled(&raw.scope) => Err(forbids("full", "a scope")),
        "full" if filled(&raw.permissions) => Err(forbids("full", "permissions")),
        "full" => Ok(Access::Full),
        "scoped" if raw.permissions.is_some() => Err(forbids("scoped", "permissions")),
        "scoped" => Ok(Access::Scoped(scopes(raw.scope, "scoped")?)),
        "granular" => {
            let mut permissions: Vec<Permission> = Vec::new();
            for one in raw.permissions.unwrap_or_default() {
                let permission = permission(one, &permissions)?;
                permissions.push(permission);
            }
            if permissions.is_empty() {
                return Err(needs("granular", "permissions"));
            }
            Ok(Access::Granular(permissions))
        }
        _ => Err(ClaimError::Access { access: raw.access }),
    }
}

fn permission(raw: RawPermission, before: &[Permission]) -> Result<Permission, ClaimError> {
    let provider: Address = raw
        .provider
        .ok_or(ClaimError::Missing { claim: "provider" })?;
    if before.iter().any(|other| other.provider == provider) {
        return Err(ClaimError::Duplicate {
            name: provider.to_string(),
        });
    }
    let access = match raw.access.as_str() {
        "full" if filled(&raw.scope) => Err(forbids("full", "a scope")),
        "full" if filled(&raw.deployments) => Err(forbids("full", "deployments")),
        "full" => Ok(ProviderAccess::Full),
        "scoped" if raw.deployments.is_some() => Err(forbids("scoped", "deployments")),
        "scoped" => Ok(ProviderAccess::Scoped(scopes(raw.scope, "scoped")?)),
        "granular" if raw.scope.is_some() => Err(forbids("granular", "a scope")),
        "granular" if !filled(&raw.deployments) => Err(needs("granular", "deployments")),
        "granular" => raw
            .deployments
            .unwrap_or_default()
            .into_iter()
            .map(deployment)
            .collect::<Result<_, _>>()
            .map(ProviderAccess::Granular),
        _ => Err(ClaimError::Access { access: raw.access }),
    }?;
    Ok(Permission { provider, access })
}

fn deployment(raw: RawDeployment) -> Result<DeploymentPermission, ClaimError> {
    if raw.dseq == 0 {
        return Err(needs("granular", "a dseq"));
    }
    if raw.oseq > 0 && raw.gseq == 0 {
        return Err(ClaimError::OrderWithoutGroup);
    }
    let services = raw.services.unwrap_or_default();
    if services.is_empty() {
        return Err(needs("granular", "services"));
    }
    if let Some(name) = twice(&services) {
        return Err(ClaimError::Duplicate { name: name.clone() });
    }
    Ok(DeploymentPermission {
        dseq: Dseq(raw.dseq),
        gseq: Gseq(raw.gseq),
        oseq: Oseq(raw.oseq),
        scopes: scopes(raw.scope, "granular")?,
        services,
    })
}

fn scopes(raw: Option<Vec<String>>, access: &'static str) -> Result<Vec<Scope>, ClaimError> {
    let scopes = raw
        .unwrap_or_default()
        .iter()
        .map(|text| text.parse())
        .collect::<Result<Vec<Scope>, _>>()?;
    if scopes.is_empty() {
        return Err(needs(access, "a scope"));
    }
    match twice(&scopes) {
        Some(scope) => Err(ClaimError::Duplicate {
            name: scope.to_string(),
        }),
        None => Ok(scopes),
    }
}

/// The first item that stands twice in a list.
fn twice<T: Ord>(items: &[T]) -> Option<&T> {
    let mut seen = std::collections::BTreeSet::new();
    items.iter().find(|item| !seen.insert(*item))
}
