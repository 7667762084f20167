use super::access::{Access, DeploymentPermission, Permission, ProviderAccess, Scope};
use akash_market::address::Address;
use akash_market::id::{DeploymentId, LeaseId};
use serde_json::{Map, Value, json};

/// What a token says: who issues it, when it is valid, what it allows. Times are Unix seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// The account that signs, as text. It is compared as text with the owner of a lease.
    pub issuer: String,
    /// When it was made.
    pub issued_at: i64,
    /// First second at which it is valid.
    pub not_before: i64,
    /// First second at which it is no longer valid.
    pub expires_at: i64,
    /// A name of the token; gateways do not look at it. Empty for none.
    pub id: String,
    /// What it allows.
    pub access: Access,
}

impl Claims {
    /// Claims that are valid from `now` on for so many seconds. Where clocks may differ, take ten seconds off
    /// [`not_before`](Self::not_before).
    #[must_use]
    pub fn new(issuer: &Address, now: i64, seconds: u32, access: Access) -> Self {
        Self {
            issuer: issuer.to_string(),
            issued_at: now,
            not_before: now,
            expires_at: now.saturating_add(i64::from(seconds)),
            id: String::new(),
            access,
        }
    }

    /// Whether the token says anything about this provider.
    #[must_use]
    pub fn allows_provider(&self, provider: &Address) -> bool {
        match &self.access {
            Access::Full | Access::Scoped(_) => true,
            Access::Granular(permissions) => find(permissions, provider).is_some(),
        }
    }

    /// Whether it allows the scope (or, with none, anything) for this deployment at this provider. Limits to groups and
    /// orders do not count here.
    #[must_use]
    pub fn allows_deployment(
        &self,
        id: &DeploymentId,
        provider: &Address,
        scope: Option<Scope>,
    ) -> bool {
        self.allows(id, provider, scope, |_| true)
    }

    /// Whether it allows the scope (or, with none, anything) for this lease.
    #[must_use]
    pub fn allows_lease(&self, id: &LeaseId, scope: Option<Scope>) -> bool {
        let bid = &id.0;
        let group = &bid.order.group;
        self.allows(&group.deployment, &bid.provider, scope, |entry| {
            (entry.gseq.0 == 0 || entry.gseq == group.gseq)
                && (entry.oseq.0 == 0 || entry.oseq == bid.order.oseq)
        })
    }

    fn allows(
        &self,
        id: &DeploymentId,
        provider: &Address,
        scope: Option<Scope>,
        covers: impl Fn(&DeploymentPermission) -> bool,
    ) -> bool {
        let lists = |scopes: &[Scope]| scope.is_none_or(|scope| scopes.contains(&scope));
        if id.owner.as_str() != self.issuer {
            return false;
        }
        match &self.access {
            Access::Full => true,
            Access::Scoped(scopes) => lists(scopes),
            Access::Granular(permissions) => match find(permissions, provider) {
                None => false,
                Some(ProviderAccess::Full) => true,
                Some(ProviderAccess::Scoped(scopes)) => lists(scopes),
                Some(ProviderAccess::Granular(entries)) => entries
                    .iter()
                    .any(|entry| entry.dseq == id.dseq && covers(entry) && lists(&entry.scopes)),
            },
        }
    }

    /// The payload of a token: members in the reference's order, defaults left out.
    #[must_use]
    pub fn to_json(&self) -> String {
        let id = match self.id.as_str() {
            "" => String::new(),
            id => format!("\"jti\":{},", Value::from(id)),
        };
        format!(
            "{{\"iss\":{},\"exp\":{},\"nbf\":{},\"iat\":{},{id}\"version\":\"v1\",\"leases\":{}}}",
            Value::from(self.issuer.as_str()),
            self.expires_at,
            self.not_before,
            self.issued_at,
            access_json(&self.access),
        )
    }

    /// The payload as a value, for the schema.
    pub(super) fn to_value(&self) -> Value {
        let mut root = Map::new();
        root.insert("iss".to_owned(), self.issuer.as_str().into());
        root.insert("exp".to_owned(), self.expires_at.into());
        root.insert("nbf".to_owned(), self.not_before.into());
        root.insert("iat".to_owned(), self.issued_at.into());
        if !self.id.is_empty() {
            root.insert("jti".to_owned(), self.id.as_str().into());
        }
        root.insert("version".to_owned(), "v1".into());
        let leases = serde_json::from_str(&access_json(&self.access));
        root.insert("leases".to_owned(), leases.unwrap_or(Value::Null));
        Value::Object(root)
    }
}

fn find<'a>(permissions: &'a [Permission], provider: &Address) -> Option<&'a ProviderAccess> {
    permissions
        .iter()
        .find(|permission| permission.provider == *provider)
        .map(|permission| &permission.access)
}

fn scopes_json(scopes: &[Scope]) -> String {
    json!(scopes.iter().map(|s| s.as_str()).collect::<Vec<_>>()).to_string()
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

fn access_json(access: &Access) -> String {
    match access {
        Access::Full => "{\"access\":\"full\"}".to_owned(),
        Access::Scoped(scopes) => {
            format!(
                "{{\"access\":\"scoped\",\"scope\":{}}}",
                scopes_json(scopes)
            )
        }
        Access::Granular(permissions) => format!(
            "{{\"access\":\"granular\",\"permissions\":{}}}",
            list(permissions.iter().map(permission_json))
        ),
    }
}

fn permission_json(permission: &Permission) -> String {
    let rest = match &permission.access {
        ProviderAccess::Full => "\"full\"".to_owned(),
        ProviderAccess::Scoped(scopes) => format!("\"scoped\",\"scope\":{}", scopes_json(scopes)),
        ProviderAccess::Granular(entries) => format!(
            "\"granular\",\"deployments\":{}",
            list(entries.iter().map(deployment_json))
        ),
    };
    format!(
        "{{\"provider\":\"{}\",\"access\":{rest}}}",
        permission.provider
    )
}

fn deployment_json(entry: &DeploymentPermission) -> String {
    let mut out = format!(
        "{{\"scope\":{},\"dseq\":{}",
        scopes_json(&entry.scopes),
        entry.dseq
    );
    if entry.gseq.0 != 0 {
        out.push_str(&format!(",\"gseq\":{}", entry.gseq));
    }
    if entry.oseq.0 != 0 {
        out.push_str(&format!(",\"oseq\":{}", entry.oseq));
    }
    out.push_str(&format!(",\"services\":{}}}", json!(entry.services)));
    out
}
