//! The gateways of simulated providers, in the process: they check tokens and manifests as real ones do.

use super::workload::Workload;
use crate::chain::{At, Chain, ChainError, QueryExt};
use crate::gateway::{Credentials, Gateway, GatewayError, Gateways, LeaseStatus, LogLine};
use crate::identity::jwt::{Access, Algorithm, Claims, Scope, verify};
use crate::signer::Signer;
use akash_market::address::Address;
use akash_market::id::{DeploymentId, LeaseId};
use akash_market::lease::LeaseState;
use akash_market::provider::Provider;
use akash_market::query::{Entity, Filter};
use akash_sdl::group::GroupSpec;
use akash_sdl::manifest::Manifest;
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Leases of one deployment at one provider, and then some.
const LEASE_CAP: usize = 10_000;
/// Seconds for which a request's token is good.
const TOKEN_SECONDS: u32 = 300;

/// The gateways of all simulated providers of a network. Clones are handles to the same ones.
#[derive(Debug, Clone, Default)]
pub struct DevGateways {
    sites: Arc<Mutex<BTreeMap<Address, Arc<Site>>>>,
}

/// What a provider's gateway knows.
pub(super) struct Site {
    pub(super) owner: Address,
    /// Domain of its host names.
    domain: String,
    chain: Arc<dyn Chain>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    vanished: bool,
    workloads: BTreeMap<LeaseId, Workload>,
    /// Host names in use and by whom.
    hosts: BTreeMap<String, DeploymentId>,
}

impl fmt::Debug for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Site")
            .field("owner", &self.owner)
            .field("domain", &self.domain)
            .finish_non_exhaustive()
    }
}

impl DevGateways {
    pub(super) fn add(&self, site: Arc<Site>) {
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        sites.insert(site.owner.clone(), site);
    }
}

#[async_trait]
impl Gateways for DevGateways {
    async fn open(
        &self,
        provider: &Provider,
        credentials: &Credentials,
    ) -> Result<Box<dyn Gateway>, GatewayError> {
        let Credentials::Token(signer) = credentials;
        let site = {
            let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
            sites.get(&provider.owner).cloned()
        };
        let site = site.ok_or_else(|| GatewayError::Unreachable {
            host: provider.host_uri.clone(),
            reason: "no such host".to_owned(),
        })?;
        site.reach()?;
        Ok(Box::new(Connection {
            site,
            signer: Arc::clone(signer),
        }))
    }
}

impl Site {
    pub(super) fn new(owner: Address, domain: String, chain: Arc<dyn Chain>) -> Self {
        Self {
            owner,
            domain,
            chain,
            state: Mutex::default(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set_vanished(&self, vanished: bool) {
        self.state().vanished = vanished;
    }

    pub(super) fn vanished(&self) -> bool {
        self.state().vanished
    }

    /// Forgets the workload of a lease that ended.
    pub(super) fn remove(&self, lease: &LeaseId) {
        let mut state = self.state();
        state.workloads.remove(lease);
        let id = lease.deployment();
        if !state.workloads.keys().any(|other| other.deployment() == id) {
            state.hosts.retain(|_, user| user != id);
        }
    }

    /// Fails as a host that is gone does.
    fn reach(&self) -> Result<(), GatewayError> {
        if self.vanished() {
            return Err(GatewayError::Unreachable {
                host: self.domain.clone(),
                reason: "connection refused".to_owned(),
            });
        }
        Ok(())
    }

    async fn height(&self) -> Result<i64, GatewayError> {
        Ok(self
            .chain
            .head()
            .await
            .map_err(|error| failed(&error))?
            .block
            .height
            .0)
    }

    /// Takes a manifest after the checks of a provider, in their order.
    async fn accept(&self, id: &DeploymentId, manifest: &Manifest) -> Result<(), GatewayError> {
        let deployment = self
            .chain
            .deployment(id, At::Latest)
            .await
            .map_err(|error| failed(&error))?;
        let (deployment, groups) = deployment.ok_or_else(|| GatewayError::Server {
            status: 500,
            reason: "deployment not found".to_owned(),
        })?;
        let leases = self.leases(id).await?;
        let refused = |reason: String| GatewayError::ManifestRefused { reason };
        manifest
            .check()
            .map_err(|e| refused(format!("invalid manifest: {e}")))?;
        let version = manifest.version();
        if version.as_bytes().as_slice() != deployment.hash.as_slice() {
            return Err(refused("manifest version validation failed".to_owned()));
        }
        let specs: Vec<GroupSpec> = groups.iter().map(|group| (*group.spec).clone()).collect();
        manifest
            .check_against(&specs)
            .map_err(|e| refused(format!("manifest cross-validation error: {e}")))?;
        let served: Vec<(LeaseId, &akash_sdl::manifest::Group)> = leases
            .into_iter()
            .filter_map(|lease| {
                let group = groups
                    .iter()
                    .find(|group| group.id == lease.order().group)?;
                Some((lease, manifest.group(&group.spec.name)?))
            })
            .collect();
        let height = self.height().await?;
        let mut state = self.state();
        let exposes = served
            .iter()
            .flat_map(|(_, group)| group.services.iter())
            .flat_map(|s| s.expose.iter());
        let mut hosts: Vec<String> = Vec::new();
        for host in exposes.flat_map(|expose| expose.hosts.iter()) {
            let host = host.to_lowercase();
            if state
                .hosts
                .get(&host)
                .is_some_and(|user| user.owner != id.owner)
            {
                return Err(GatewayError::Server {
                    status: 500,
                    reason: "hostname not allowed".to_owned(),
                });
            }
            hosts.push(host);
        }
        if served.is_empty() {
            return Err(GatewayError::NotFound {
                reason: "no lease for deployment".to_owned(),
            });
        }
        state.hosts.retain(|_, user| user != id);
        state
            .hosts
            .extend(hosts.into_iter().map(|host| (host, id.clone())));
        for (lease, group) in served {
            let fresh = || Workload::new(lease.clone(), group.clone(), self.domain.clone(), height);
            match state.workloads.get_mut(&lease) {
                Some(workload) => workload.update(group.clone()),
                None => {
                    state.workloads.insert(lease.clone(), fresh());
                }
            }
        }
        Ok(())
    }

    /// The running leases of a deployment at this provider.
    async fn leases(&self, id: &DeploymentId) -> Result<Vec<LeaseId>, GatewayError> {
        let filter = Filter::Leases {
            owner: Some(id.owner.clone()),
            dseq: Some(id.dseq),
            provider: Some(self.owner.clone()),
            state: None,
        };
        let items = self
            .chain
            .all(&filter, At::Latest, LEASE_CAP)
            .await
            .map_err(|error| failed(&error))?;
        let leases = items.into_iter().filter_map(|item| match item {
            Entity::Lease(lease)
                if matches!(lease.state, LeaseState::Active | LeaseState::Reclaiming) =>
            {
                Some(lease.id)
            }
            _ => None,
        });
        Ok(leases.collect())
    }

    async fn workload(&self, lease: &LeaseId) -> Result<(Workload, i64), GatewayError> {
        let on_chain = self
            .chain
            .lease(lease, At::Latest)
            .await
            .map_err(|error| failed(&error))?;
        let runs = on_chain
            .is_some_and(|l| matches!(l.state, LeaseState::Active | LeaseState::Reclaiming));
        if !runs {
            return Err(GatewayError::NotFound {
                reason: "lease not found".to_owned(),
            });
        }
        let height = self.height().await?;
        let workload = self.state().workloads.get(lease).cloned();
        let workload = workload.ok_or_else(|| GatewayError::NotFound {
            reason: "no deployments: send the manifest first".to_owned(),
        })?;
        Ok((workload, height))
    }
}

/// A tenant at one provider.
#[derive(Debug)]
struct Connection {
    site: Arc<Site>,
    signer: Arc<dyn Signer>,
}

impl Connection {
    /// Signs a token for one request and has the provider check it.
    async fn authorize(
        &self,
        allowed: impl FnOnce(&Claims) -> bool,
        owner: &Address,
    ) -> Result<(), GatewayError> {
        self.site.reach()?;
        let refused = |reason: String| GatewayError::Unauthorized { reason };
        let now = self
            .site
            .chain
            .head()
            .await
            .map_err(|error| failed(&error))?
            .block
            .time
            .unix_secs();
        let claims = Claims::new(self.signer.address(), now, TOKEN_SECONDS, Access::Full);
        let token = claims
            .sign(&*self.signer, Algorithm::Es256k)
            .await
            .map_err(|e| refused(e.to_string()))?;
        let key = self.signer.public_key();
        let claims = verify(token.as_str(), now, |_| Some(key))
            .map_err(|e| refused(e.gateway_message().to_owned()))?;
        if owner.as_str() != claims.issuer || !allowed(&claims) {
            return Err(refused("access denied".to_owned()));
        }
        Ok(())
    }

    async fn authorize_lease(&self, lease: &LeaseId, scope: Scope) -> Result<(), GatewayError> {
        self.authorize(
            |claims| claims.allows_lease(lease, Some(scope)),
            lease.owner(),
        )
        .await
    }
}

#[async_trait]
impl Gateway for Connection {
    async fn send_manifest(
        &self,
        deployment: &DeploymentId,
        manifest: &Manifest,
    ) -> Result<(), GatewayError> {
        let provider = &self.site.owner;
        let allowed = |claims: &Claims| {
            claims.allows_deployment(deployment, provider, Some(Scope::SendManifest))
        };
        self.authorize(allowed, &deployment.owner).await?;
        self.site.accept(deployment, manifest).await
    }

    async fn status(&self, lease: &LeaseId) -> Result<LeaseStatus, GatewayError> {
        self.authorize_lease(lease, Scope::Status).await?;
        let (workload, height) = self.site.workload(lease).await?;
        Ok(workload.status(height))
    }

    async fn logs(
        &self,
        lease: &LeaseId,
        service: Option<&str>,
        tail: usize,
    ) -> Result<Vec<LogLine>, GatewayError> {
        self.authorize_lease(lease, Scope::Logs).await?;
        let (workload, height) = self.site.workload(lease).await?;
        Ok(workload.logs(height, service, tail))
    }
}

fn failed(error: &ChainError) -> GatewayError {
    GatewayError::Server {
        status: 500,
        reason: error.to_string(),
    }
}
