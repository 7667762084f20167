//! Simulated providers: an account, a record on the chain, a cluster, a price list, a bidder and a gateway each.
//!
//! They live on the network like everybody else: they read and submit through a [`Chain`] and see nothing that a real
//! provider would not see. Nothing in them is random, so that the same network gives the same bids.

mod populace;
mod report;
mod stock;

pub use populace::{Populace, populate};
pub use stock::{ProviderSpec, stock};

use super::gateway::{DevGateways, Site};
use super::handle::Inhabitant;
use crate::chain::Chain;
use crate::drive::{DriveError, Progress};
use crate::journal::MemoryJournal;
use crate::provider::{BidProgress, BidRun, Bidder, Business, screener};
use akash_market::action::{Action, Batch};
use akash_market::address::Address;
use akash_market::inventory::ClusterInventory;
use akash_market::provider::{Provider, ProviderInfo};
use akash_market::workflow::bid::{Bid, BidPlan, BidStep};
use async_trait::async_trait;
use std::sync::{Arc, Mutex, PoisonError};

/// What providers did: who, and what.
type Log = Arc<Mutex<Vec<(Address, BidProgress)>>>;

/// A provider that lives on an embedded network.
#[derive(Debug)]
pub struct SimProvider {
    spec: ProviderSpec,
    owner: Address,
    chain: Arc<dyn Chain>,
    site: Arc<Site>,
    run: Option<BidRun>,
    log: Log,
}

impl SimProvider {
    /// A provider with the account `owner`, for which `chain` signs. Its gateway is opened at `gateways`; it bids once
    /// its record stands on the chain (see [`SimProvider::registration`]).
    fn new(
        spec: ProviderSpec,
        owner: Address,
        chain: Arc<dyn Chain>,
        gateways: &DevGateways,
        log: Log,
    ) -> Self {
        let site = Arc::new(Site::new(owner.clone(), spec.domain(), Arc::clone(&chain)));
        gateways.add(Arc::clone(&site));
        Self {
            spec,
            owner,
            chain,
            site,
            run: None,
            log,
        }
    }

    /// What it is.
    #[must_use]
    pub const fn spec(&self) -> &ProviderSpec {
        &self.spec
    }

    /// Its account.
    #[must_use]
    pub const fn owner(&self) -> &Address {
        &self.owner
    }

    /// Its record as it stands on the chain.
    #[must_use]
    pub fn record(&self) -> Provider {
        Provider {
            owner: self.owner.clone(),
            host_uri: self.spec.host_uri(),
            attributes: self.spec.attributes.clone(),
            info: ProviderInfo {
                email: format!("hello@{}", self.spec.domain()),
                website: format!("https://{}", self.spec.domain()),
            },
        }
    }

    /// What puts its record on the chain; it signs.
    #[must_use]
    pub fn registration(&self) -> Batch {
        let Provider {
            owner,
            host_uri,
            attributes,
            info,
        } = self.record();
        Action::CreateProvider {
            owner,
            host_uri,
            attributes,
            info,
        }
        .into()
    }

    /// What confirms its attributes, if it is an audited one; the auditor signs.
    #[must_use]
    pub fn audit(&self, auditor: &Address) -> Option<Batch> {
        let action = Action::SignAttributes {
            owner: self.owner.clone(),
            auditor: auditor.clone(),
            attributes: self.spec.attributes.clone(),
        };
        self.spec.audited.then(|| action.into())
    }

    /// Does all that it can do without waiting for another block, and says what it did. Nothing before its record
    /// stands on the chain, and nothing while it has vanished.
    ///
    /// # Errors
    /// If the chain can't be used; the next step goes on where it stopped.
    pub async fn step(&mut self) -> Result<Vec<BidProgress>, DriveError> {
        if self.site.vanished() {
            return Ok(Vec::new());
        }
        let mut run = match self.run.take() {
            Some(run) => run,
            None => match self.open().await? {
                Some(run) => run,
                None => return Ok(Vec::new()),
            },
        };
        let done = run.round().await;
        self.run = Some(run);
        let done = done?;
        for progress in &done {
            if let Progress::Step(BidStep::LeaseEnded { lease, .. }) = progress {
                self.site.remove(lease);
            }
        }
        Ok(done)
    }

    async fn open(&self) -> Result<Option<BidRun>, DriveError> {
        let Some(screener) = screener(&*self.chain, &self.owner).await? else {
            return Ok(None);
        };
        let mut inventory = ClusterInventory::new(self.spec.cluster.clone());
        inventory.set_leased_ips(self.spec.leased_ips);
        let business = Business {
            screener,
            inventory: Box::new(inventory),
            pricing: Arc::clone(&self.spec.pricing),
        };
        let plan = BidPlan {
            deposit: Some(self.spec.deposit.clone()),
            reclamation_window: self.spec.reclamation_window,
            bid_timeout: self.spec.bid_timeout,
            withdraw_every: self.spec.withdraw_every,
            ..BidPlan::new(self.owner.clone())
        };
        let bidder = Bidder::new(Arc::clone(&self.chain), Arc::new(MemoryJournal::default()));
        Ok(Some(bidder.open(plan, business).await?))
    }

    /// The machine behind its bids, once it takes part.
    #[must_use]
    pub fn machine(&self) -> Option<&Bid> {
        self.run.as_ref().map(BidRun::machine)
    }
}

#[async_trait]
impl Inhabitant for SimProvider {
    async fn settle(&mut self) {
        let done = match self.step().await {
            Ok(done) => done,
            Err(error) => vec![Progress::Retrying {
                reason: error.to_string(),
            }],
        };
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.extend(
            done.into_iter()
                .map(|progress| (self.owner.clone(), progress)),
        );
    }
}
