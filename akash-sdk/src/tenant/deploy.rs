use crate::chain::{At, Chain, QueryExt, SubmitOptions};
use crate::drive::{Conductor, DriveError, Machine, Outside, Progress};
use crate::gateway::{Credentials, GatewayError, Gateways};
use crate::journal::{JobId, Journal};
use akash_market::auction::BidPolicy;
use akash_market::id::{DeploymentId, LeaseId};
use akash_market::workflow::deploy::{Deploy, DeployFailure, DeployPlan, DeployStep, Ending};
use akash_market::workflow::{Effect, GatewayAnswer, Input};
use akash_sdl::manifest::Manifest;
use async_trait::async_trait;
use std::sync::Arc;

/// Progress of a deployment.
pub type DeployProgress = Progress<DeployStep>;

/// Carries deployments from groups to running leases.
///
/// What it needs of the world are three traits; with a [`crate::journal::FileJournal`] a run survives crashes.
#[derive(Debug, Clone)]
pub struct Deployer {
    chain: Arc<dyn Chain>,
    gateways: Arc<dyn Gateways>,
    journal: Arc<dyn Journal>,
    credentials: Credentials,
    options: SubmitOptions,
}

impl Deployer {
    /// A deployer that talks to this chain and these gateways as the owner of `credentials`.
    pub fn new(
        chain: Arc<dyn Chain>,
        gateways: Arc<dyn Gateways>,
        journal: Arc<dyn Journal>,
        credentials: Credentials,
    ) -> Self {
        Self {
            chain,
            gateways,
            journal,
            credentials,
            options: SubmitOptions::default(),
        }
    }

    /// How transactions are made.
    #[must_use]
    pub fn with_options(mut self, options: SubmitOptions) -> Self {
        self.options = options;
        self
    }

    /// Begins a deployment, or goes on with the one that an earlier run began under the same id.
    ///
    /// # Errors
    /// If the manifest is not the one whose hash is in the plan or does not fit the groups, or if the journal can't be
    /// read. Nothing is sent before the first [`DeployRun::next`].
    pub async fn deploy(
        &self,
        plan: DeployPlan,
        manifest: Manifest,
        policy: Arc<dyn BidPolicy>,
    ) -> Result<DeployRun, DriveError> {
        if manifest.version().as_bytes().as_slice() != plan.hash.as_slice() {
            return Err(DriveError::Usage(format!(
                "the manifest's version hash is {}, the plan has another one; make both from one SDL",
                manifest.version()
            )));
        }
        if let Err(mismatch) = manifest.check_against(&plan.groups) {
            return Err(DriveError::Usage(format!(
                "the manifest does not fit the groups, so that a provider would refuse it: {mismatch}"
            )));
        }
        let job = JobId(format!("deploy/{}", plan.id));
        let fresh = Deploy::new(plan);
        let conductor = Conductor::open(
            Arc::clone(&self.chain),
            Arc::clone(&self.journal),
            job.clone(),
            self.options.clone(),
            |stored| {
                let machine = match stored {
                    None => fresh,
                    Some(state) => {
                        serde_json::from_value(state).map_err(|e| DriveError::Checkpoint {
                            job: job.to_string(),
                            reason: e.to_string(),
                        })?
                    }
                };
                Ok(Judged { machine, policy })
            },
        )
        .await?;
        let outside = Providers {
            chain: Arc::clone(&self.chain),
            gateways: Arc::clone(&self.gateways),
            credentials: self.credentials.clone(),
            manifest,
        };
        Ok(DeployRun { conductor, outside })
    }
}

/// One deployment under way. Call [`DeployRun::next`] until it gives `None`; dropping it stops the work, and the journal
/// lets a later run go on.
#[derive(Debug)]
pub struct DeployRun {
    conductor: Conductor<Judged>,
    outside: Providers,
}

impl DeployRun {
    /// The next thing to show; `None` when it is over.
    ///
    /// # Errors
    /// If chain or journal can't be used; calling it again goes on where it stopped.
    pub async fn next(&mut self) -> Result<Option<DeployProgress>, DriveError> {
        self.conductor.next(&mut self.outside).await
    }

    /// How it ended: the running leases, or why it failed (and everything deposited is back then).
    #[must_use]
    pub fn ending(&self) -> Option<Result<&[LeaseId], &DeployFailure>> {
        self.conductor
            .machine()
            .machine
            .ending()
            .map(|ending| match ending {
                Ending::Done(leases) => Ok(leases),
                Ending::Failed(failure) => Err(failure),
            })
    }

    /// The machine that decides, for a look at its bids and orders.
    #[must_use]
    pub const fn machine(&self) -> &Deploy {
        &self.conductor.machine().machine
    }

    /// Stops: closes the deployment, if it is open, so that what is left comes back. Call [`DeployRun::next`] to the end
    /// afterwards.
    ///
    /// # Errors
    /// If chain or journal can't be used.
    pub async fn cancel(&mut self) -> Result<(), DriveError> {
        self.conductor.tell(Input::Cancel, &mut self.outside).await
    }
}

/// The machine together with the policy, which is no part of its stored state.
#[derive(Debug)]
struct Judged {
    machine: Deploy,
    policy: Arc<dyn BidPolicy>,
}

impl Machine for Judged {
    type Step = DeployStep;

    fn step(&mut self, input: Input) -> Vec<Effect<DeployStep>> {
        self.machine.step(input, &*self.policy)
    }

    fn is_over(&self) -> bool {
        self.machine.ending().is_some()
    }

    fn checkpoint(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::to_value(&self.machine)
    }
}

/// The gateways of the providers that were chosen.
#[derive(Debug)]
struct Providers {
    chain: Arc<dyn Chain>,
    gateways: Arc<dyn Gateways>,
    credentials: Credentials,
    manifest: Manifest,
}

impl Providers {
    async fn open(
        &self,
        lease: &LeaseId,
    ) -> Result<Box<dyn crate::gateway::Gateway>, GatewayError> {
        let unreachable = |reason: String| GatewayError::Unreachable {
            host: lease.provider().to_string(),
            reason,
        };
        let provider = self
            .chain
            .provider(lease.provider(), At::Latest)
            .await
            .map_err(|e| unreachable(e.to_string()))?
            .ok_or_else(|| unreachable("the chain knows no such provider".to_owned()))?;
        self.gateways.open(&provider, &self.credentials).await
    }

    async fn hand_over(&self, lease: &LeaseId, id: &DeploymentId) -> Result<(), GatewayError> {
        self.open(lease)
            .await?
            .send_manifest(id, &self.manifest)
            .await
    }
}

#[async_trait]
impl Outside for Providers {
    async fn send_manifest(&mut self, lease: &LeaseId) -> GatewayAnswer {
        match self.hand_over(lease, lease.deployment()).await {
            Ok(()) => GatewayAnswer::Accepted,
            Err(error) => answer(&error),
        }
    }

    async fn status(&mut self, lease: &LeaseId) -> GatewayAnswer {
        let status = match self.open(lease).await {
            Ok(gateway) => gateway.status(lease).await,
            Err(error) => Err(error),
        };
        match status {
            Ok(status) => GatewayAnswer::Status {
                ready: status.is_ready(),
                summary: status.summary(),
            },
            Err(error) => answer(&error),
        }
    }
}

fn answer(error: &GatewayError) -> GatewayAnswer {
    let reason = error.to_string();
    if error.is_retryable() {
        GatewayAnswer::Unavailable { reason }
    } else {
        GatewayAnswer::Refused { reason }
    }
}
