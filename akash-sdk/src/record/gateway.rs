use super::{GatewayAnswer, GatewayRequest, Line, Recording};
use crate::gateway::{Credentials, Gateway, GatewayError, Gateways, LeaseStatus, LogLine};
use akash_market::address::Address;
use akash_market::id::{DeploymentId, LeaseId};
use akash_market::provider::Provider;
use akash_sdl::manifest::Manifest;
use async_trait::async_trait;

/// Gateways whose traffic is written down. See [`Recording::gateways`].
#[derive(Debug, Clone)]
pub struct RecordedGateways<G> {
    inner: G,
    recording: Recording,
}

impl<G: Gateways> RecordedGateways<G> {
    pub(super) const fn new(inner: G, recording: Recording) -> Self {
        Self { inner, recording }
    }
}

impl Recording {
    /// Writes a call to a provider down.
    fn called<T>(
        &self,
        request: GatewayRequest,
        told: &Result<T, GatewayError>,
        answer: impl FnOnce(&T) -> GatewayAnswer,
    ) {
        let answer = told.as_ref().map(answer).map_err(Clone::clone);
        self.write(&Line::Gateway { request, answer });
    }
}

#[async_trait]
impl<G: Gateways> Gateways for RecordedGateways<G> {
    async fn open(
        &self,
        provider: &Provider,
        credentials: &Credentials,
    ) -> Result<Box<dyn Gateway>, GatewayError> {
        let told = self.inner.open(provider, credentials).await;
        let request = GatewayRequest::Open {
            provider: provider.owner.clone(),
        };
        self.recording
            .called(request, &told, |_| GatewayAnswer::Open);
        Ok(Box::new(Recorded {
            inner: told?,
            provider: provider.owner.clone(),
            recording: self.recording.clone(),
        }))
    }
}

/// A connection to one provider.
#[derive(Debug)]
struct Recorded {
    inner: Box<dyn Gateway>,
    provider: Address,
    recording: Recording,
}

#[async_trait]
impl Gateway for Recorded {
    async fn send_manifest(
        &self,
        deployment: &DeploymentId,
        manifest: &Manifest,
    ) -> Result<(), GatewayError> {
        // First, so that no answer can give one of them away.
        self.recording.learn(manifest);
        let told = self.inner.send_manifest(deployment, manifest).await;
        let request = GatewayRequest::SendManifest {
            provider: self.provider.clone(),
            deployment: deployment.clone(),
            version: manifest.version().to_string(),
        };
        self.recording
            .called(request, &told, |()| GatewayAnswer::SendManifest);
        told
    }

    async fn status(&self, lease: &LeaseId) -> Result<LeaseStatus, GatewayError> {
        let told = self.inner.status(lease).await;
        let request = GatewayRequest::Status {
            provider: self.provider.clone(),
            lease: lease.clone(),
        };
        self.recording.called(request, &told, |status| {
            GatewayAnswer::Status(status.clone())
        });
        told
    }

    async fn logs(
        &self,
        lease: &LeaseId,
        service: Option<&str>,
        tail: usize,
    ) -> Result<Vec<LogLine>, GatewayError> {
        let told = self.inner.logs(lease, service, tail).await;
        let request = GatewayRequest::Logs {
            provider: self.provider.clone(),
            lease: lease.clone(),
            service: service.map(ToOwned::to_owned),
            tail,
        };
        self.recording.called(request, &told, |lines| {
            GatewayAnswer::Logs(self.recording.log(lines.clone()))
        });
        told
    }
}
