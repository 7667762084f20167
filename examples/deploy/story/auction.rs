//! From the deployment's transaction to a running workload.

use super::{Failure, Stage, short, words};
use akash_market::address::Address;
use akash_market::auction::{BidPolicy, Ranking};
use akash_market::id::LeaseId;
use akash_market::workflow::deploy::{DeployPlan, DeployStep};
use akash_sdk::chain::{At, QueryExt};
use akash_sdk::drive::Progress;
use akash_sdk::gateway::Gateway;
use akash_sdk::journal::MemoryJournal;
use akash_sdk::tenant::Deployer;
use serde_json::json;
use std::sync::Arc;

impl Stage<'_> {
    /// From the deployment's transaction to running leases.
    pub(super) async fn deploy(
        &self,
        plan: DeployPlan,
        manifest: &akash_sdl::manifest::Manifest,
    ) -> Result<Vec<LeaseId>, Failure> {
        self.teller.part("The auction");
        let gateways = self.market.gateways();
        let journal = Arc::new(MemoryJournal::default());
        let deployer = Deployer::new(
            Arc::clone(&self.chain),
            gateways,
            journal,
            self.credentials.clone(),
        );
        let policy: Arc<dyn BidPolicy> = Arc::clone(&self.args.policy);
        let mut run = deployer
            .deploy(plan, manifest.clone(), policy)
            .await
            .map_err(words)?;
        while let Some(progress) = run.next().await.map_err(words)? {
            self.bidders();
            match progress {
                Progress::Step(step) => self.step(step),
                other => self.transaction(other),
            }
        }
        match run.ending() {
            Some(Ok(leases)) => Ok(leases.to_vec()),
            Some(Err(failure)) => Err(failure.to_string()),
            None => Err("the deployment stopped half-way".to_owned()),
        }
    }

    fn step(&self, step: DeployStep) {
        let data = json!({ "step": step });
        match step {
            DeployStep::Opened { id, .. } => {
                self.tell("opened", data, format!("deployment {} is open", id.dseq));
            }
            DeployStep::BidSeen { bid } => self.tell(
                "bid",
                data,
                format!(
                    "group {}: {} bids {}",
                    bid.id.order.group.gseq,
                    self.name(&bid.id.provider),
                    short(bid.price.amount(), bid.price.denom())
                ),
            ),
            DeployStep::Chosen {
                bid,
                policy,
                ranking,
            } => {
                let text = self.why(&bid.id.provider, &policy, &ranking);
                self.tell(
                    "chosen",
                    data,
                    format!("group {}: {text}", bid.id.order.group.gseq),
                );
                if self.args.vanish {
                    let name = self.name(&bid.id.provider);
                    self.market.vanish(&bid.id.provider);
                    let data = json!({ "provider": name });
                    self.tell(
                        "vanished",
                        data,
                        format!("{name} disappears before the manifest"),
                    );
                }
            }
            DeployStep::Leased { leases, .. } => {
                self.teller.part("The lease");
                for lease in &leases {
                    let name = self.name(lease.provider());
                    let order = lease.order();
                    let text = format!(
                        "leased to {name}: deployment {}, group {}, order {}, provider {}",
                        order.group.deployment.dseq,
                        order.group.gseq,
                        order.oseq,
                        lease.provider()
                    );
                    self.tell("leased", data.clone(), text);
                }
            }
            DeployStep::ManifestAccepted { lease } => self.tell(
                "manifest",
                data,
                format!(
                    "{} checked the manifest's hash and took it",
                    self.name(lease.provider())
                ),
            ),
            DeployStep::ProviderSilent { lease, reason } => self.tell(
                "silent",
                data,
                format!("{} does not answer: {reason}", self.name(lease.provider())),
            ),
            DeployStep::Status {
                lease,
                ready,
                summary,
            } => self.tell(
                "status",
                data,
                format!(
                    "{}: {summary}{}",
                    self.name(lease.provider()),
                    if ready { ", ready" } else { "" }
                ),
            ),
            DeployStep::Closing { failure } => {
                self.tell(
                    "closing",
                    data,
                    format!("it failed ({failure}); closing, so that deposits go back"),
                );
            }
            DeployStep::Closed { .. } => self.tell("closed", data, "the deployment is closed"),
            other => self.tell("step", data, format!("{other:?}")),
        }
    }

    fn why(&self, provider: &Address, policy: &str, ranking: &Ranking) -> String {
        let mut text = format!(
            "{} is chosen by the policy \"{policy}\"",
            self.name(provider)
        );
        for other in ranking.accepted.iter().skip(1) {
            text.push_str(&format!(
                "\n  {} would do as well, at {}",
                self.name(&other.bid.id.provider),
                short(other.bid.price.amount(), other.bid.price.denom())
            ));
        }
        for left in &ranking.rejected {
            text.push_str(&format!(
                "\n  {} {}",
                self.name(&left.id.provider),
                left.reason
            ));
        }
        text
    }

    /// What the providers did since they were last asked.
    pub(super) fn bidders(&self) {
        for (name, line, data) in self.market.news() {
            self.tell(
                "provider_step",
                json!({ "provider": name, "step": data }),
                format!("{name} {line}"),
            );
        }
    }

    pub(super) fn name(&self, provider: &Address) -> String {
        self.market.name(provider)
    }

    /// The door to the provider of a lease.
    async fn gateway(&self, lease: &LeaseId) -> Result<Box<dyn Gateway>, Failure> {
        let provider = self
            .chain
            .provider(lease.provider(), At::Latest)
            .await
            .map_err(words)?
            .ok_or("the provider is gone")?;
        let gateways = self.market.gateways();
        gateways
            .open(&provider, &self.credentials)
            .await
            .map_err(words)
    }

    /// A manifest with another hash is refused.
    pub(super) async fn wrong_manifest(
        &self,
        leases: &[LeaseId],
        manifest: &akash_sdl::manifest::Manifest,
    ) -> Result<(), Failure> {
        let Some(lease) = leases.first() else {
            return Ok(());
        };
        // The same manifest with one letter more in each image: it fits the groups, and has another hash.
        let mut other = manifest.clone();
        for group in &mut other.groups {
            for service in group.services.make_mut() {
                service.image.push('x');
            }
        }
        let gateway = self.gateway(lease).await?;
        match gateway.send_manifest(lease.deployment(), &other).await {
            Err(refusal) => {
                self.tell(
                    "wrong_manifest",
                    json!({ "refusal": refusal.to_string() }),
                    format!("a manifest with another hash is refused: {refusal}"),
                );
                Ok(())
            }
            Ok(()) => Err("a provider took a manifest whose hash is not on the chain".to_owned()),
        }
    }

    /// Status and logs of the running workload.
    pub(super) async fn look_around(&self, leases: &[LeaseId]) -> Result<(), Failure> {
        self.teller.part("The workload");
        for lease in leases {
            let gateway = self.gateway(lease).await?;
            let status = gateway.status(lease).await.map_err(words)?;
            for service in status.services.values() {
                self.tell(
                    "service",
                    json!({ "lease": lease, "service": service }),
                    format!(
                        "{}: {} {}/{} {}",
                        self.name(lease.provider()),
                        service.name,
                        service.available,
                        service.total,
                        service.uris.join(" ")
                    ),
                );
            }
            for line in gateway.logs(lease, None, 3).await.map_err(words)? {
                self.tell(
                    "log",
                    json!(line),
                    format!("  [{}] {}", line.name, line.message),
                );
            }
        }
        Ok(())
    }
}
