//! What a tenant does at a provider's gateway: hand over the manifest, ask for status, read logs.
//!
//! [`Gateways`] opens a connection to a chosen provider with credentials; [`Gateway`] is that connection.

mod error;
#[cfg(all(feature = "grpc", feature = "certificates"))]
mod status;

pub use error::GatewayError;
#[cfg(all(feature = "grpc", feature = "certificates"))]
#[cfg_attr(docsrs, doc(cfg(all(feature = "grpc", feature = "certificates"))))]
pub use status::{StatusError, read_status};

use crate::signer::Signer;
use akash_market::id::{DeploymentId, LeaseId};
use akash_market::provider::Provider;
use akash_sdl::manifest::Manifest;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::Arc;

/// How a tenant proves who it is.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Credentials {
    /// A token signed with the account's key for each request (AEP-64).
    Token(Arc<dyn Signer>),
}

/// One line a service wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// Name of the service, with the replica where there are several.
    pub name: String,
    /// The line.
    pub message: String,
}

/// Where a service can be reached from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForwardedPort {
    /// Host to connect to.
    pub host: String,
    /// The container's port.
    pub port: u32,
    /// The port to connect to.
    pub external_port: u32,
    /// `TCP` or `UDP`.
    pub proto: String,
    /// Name of the service.
    pub name: String,
}

/// State of one service of a lease.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceStatus {
    /// Name of the service.
    pub name: String,
    /// Replicas that can be used now.
    pub available: u32,
    /// Replicas wanted.
    pub total: u32,
    /// Host names under which it can be reached.
    pub uris: Vec<String>,
}

/// State of a lease at its provider.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeaseStatus {
    /// By name of the service.
    pub services: BTreeMap<String, ServiceStatus>,
    /// By name of the service.
    pub forwarded_ports: BTreeMap<String, Vec<ForwardedPort>>,
}

impl LeaseStatus {
    /// Whether there are services and each has all its replicas.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        !self.services.is_empty()
            && self
                .services
                .values()
                .all(|service| service.available >= service.total)
    }

    /// In words: `web 1/1, db 0/1`.
    #[must_use]
    pub fn summary(&self) -> String {
        let parts: Vec<String> = self
            .services
            .values()
            .map(|s| format!("{} {}/{}", s.name, s.available, s.total))
            .collect();
        parts.join(", ")
    }
}

/// A connection to one provider.
#[async_trait]
pub trait Gateway: Debug + Send + Sync {
    /// Hands over the manifest; the provider checks its hash against the chain's.
    async fn send_manifest(
        &self,
        deployment: &DeploymentId,
        manifest: &Manifest,
    ) -> Result<(), GatewayError>;

    /// How the workload of a lease is.
    async fn status(&self, lease: &LeaseId) -> Result<LeaseStatus, GatewayError>;

    /// The last `tail` lines that the lease's services wrote; all of them if `service` is `None`.
    async fn logs(
        &self,
        lease: &LeaseId,
        service: Option<&str>,
        tail: usize,
    ) -> Result<Vec<LogLine>, GatewayError>;
}

/// Opens connections to providers.
#[async_trait]
pub trait Gateways: Debug + Send + Sync {
    /// Connects to `provider` as the owner of `credentials`.
    async fn open(
        &self,
        provider: &Provider,
        credentials: &Credentials,
    ) -> Result<Box<dyn Gateway>, GatewayError>;
}

#[async_trait]
impl<T: Gateways + ?Sized> Gateways for Arc<T> {
    async fn open(
        &self,
        provider: &Provider,
        credentials: &Credentials,
    ) -> Result<Box<dyn Gateway>, GatewayError> {
        (**self).open(provider, credentials).await
    }
}
