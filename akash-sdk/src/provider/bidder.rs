use crate::chain::{At, Chain, ChainError, QueryExt, SubmitOptions};
use crate::drive::{Conductor, DriveError, Machine, Outside, Progress};
use crate::journal::{JobId, Journal};
use akash_market::address::Address;
use akash_market::id::LeaseId;
use akash_market::inventory::Inventory;
use akash_market::inventory::screening::Screener;
use akash_market::pricing::PricingStrategy;
use akash_market::query::{Entity, Filter};
use akash_market::workflow::bid::{Bid, BidPlan, BidStep, Desk};
use akash_market::workflow::{Effect, GatewayAnswer, Input};
use async_trait::async_trait;
use std::fmt;
use std::sync::Arc;

/// Progress of a provider.
pub type BidProgress = Progress<BidStep>;

/// More audit records about one provider are taken for an error of the chain.
const AUDIT_CAP: usize = 10_000;

/// What a provider decides with: whom it serves, what it has, what it asks.
pub struct Business {
    /// Its attributes, audits and wishes; [`screener`] reads them from the chain.
    pub screener: Screener,
    /// Its capacity.
    pub inventory: Box<dyn Inventory>,
    /// What it asks.
    pub pricing: Arc<dyn PricingStrategy>,
}

impl fmt::Debug for Business {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Business")
            .field("screener", &self.screener)
            .finish_non_exhaustive()
    }
}

/// A screener with the attributes and audits that the chain has of a provider; `None` if it has no such provider.
///
/// # Errors
/// If the chain can't be read.
pub async fn screener(
    chain: &dyn Chain,
    provider: &Address,
) -> Result<Option<Screener>, ChainError> {
    let Some(record) = chain.provider(provider, At::Latest).await? else {
        return Ok(None);
    };
    let filter = Filter::Audits {
        owner: provider.clone(),
    };
    let audits = chain.all(&filter, At::Latest, AUDIT_CAP).await?;
    let audits = audits.into_iter().filter_map(|entity| match entity {
        Entity::Audit(audit) => Some(audit),
        _ => None,
    });
    Ok(Some(Screener::new(record.attributes, audits)))
}

/// Bids for a provider.
///
/// With a [`crate::journal::FileJournal`] it goes on after a crash where it stopped: bids under way are not placed twice,
/// and what its bids and leases need is reserved again.
#[derive(Debug, Clone)]
pub struct Bidder {
    chain: Arc<dyn Chain>,
    journal: Arc<dyn Journal>,
    options: SubmitOptions,
}

impl Bidder {
    /// A bidder on this chain.
    pub fn new(chain: Arc<dyn Chain>, journal: Arc<dyn Journal>) -> Self {
        Self {
            chain,
            journal,
            options: SubmitOptions::default(),
        }
    }

    /// How transactions are made.
    #[must_use]
    pub fn with_options(mut self, options: SubmitOptions) -> Self {
        self.options = options;
        self
    }

    /// Takes up a provider's job, or goes on with it. The plan of an earlier run stays in force.
    ///
    /// # Errors
    /// If the journal can't be read. Nothing is sent before the first [`BidRun::next`] or [`BidRun::round`].
    pub async fn open(&self, plan: BidPlan, business: Business) -> Result<BidRun, DriveError> {
        let job = JobId(format!("bid/{}", plan.provider));
        let fresh = Bid::new(plan);
        let name = job.to_string();
        let conductor = Conductor::open(
            Arc::clone(&self.chain),
            Arc::clone(&self.journal),
            job,
            self.options.clone(),
            |stored| {
                let machine = match stored {
                    None => fresh,
                    Some(state) => {
                        serde_json::from_value(state).map_err(|e| DriveError::Checkpoint {
                            job: name,
                            reason: e.to_string(),
                        })?
                    }
                };
                Ok(Trader { machine, business })
            },
        )
        .await?;
        Ok(BidRun { conductor })
    }
}

/// A provider at work. Call [`BidRun::next`] for ever, or [`BidRun::round`] after each block; dropping it stops the
/// work, and the journal lets a later run go on.
#[derive(Debug)]
pub struct BidRun {
    conductor: Conductor<Trader>,
}

impl BidRun {
    /// The next thing to show, waiting for blocks; `None` once the provider has left the market.
    ///
    /// # Errors
    /// If chain or journal can't be used; calling it again goes on where it stopped.
    pub async fn next(&mut self) -> Result<Option<BidProgress>, DriveError> {
        self.conductor.next(&mut NoGateway).await
    }

    /// Does all that can be done without waiting for another block, and says what was done.
    ///
    /// # Errors
    /// If chain or journal can't be used; calling it again goes on where it stopped.
    pub async fn round(&mut self) -> Result<Vec<BidProgress>, DriveError> {
        self.conductor.round(&mut NoGateway).await?;
        Ok(self.conductor.drain())
    }

    /// Leaves the market: bids no more and closes the bids that are open. Its leases go on.
    ///
    /// # Errors
    /// If chain or journal can't be used.
    pub async fn cancel(&mut self) -> Result<(), DriveError> {
        self.conductor.tell(Input::Cancel, &mut NoGateway).await
    }

    /// The machine that decides, for a look at its bids and leases.
    #[must_use]
    pub const fn machine(&self) -> &Bid {
        &self.conductor.machine().machine
    }

    /// What it decides with.
    #[must_use]
    pub const fn business(&self) -> &Business {
        &self.conductor.machine().business
    }

    /// What it decides with, to be changed: a new price list, other attributes, a new report of the cluster.
    #[must_use]
    pub const fn business_mut(&mut self) -> &mut Business {
        &mut self.conductor.machine_mut().business
    }
}

/// The machine together with what it decides with, which is no part of its stored state.
#[derive(Debug)]
struct Trader {
    machine: Bid,
    business: Business,
}

impl Machine for Trader {
    type Step = BidStep;

    fn step(&mut self, input: Input) -> Vec<Effect<BidStep>> {
        let mut desk = Desk {
            screener: &self.business.screener,
            inventory: &mut *self.business.inventory,
            pricing: &*self.business.pricing,
        };
        self.machine.step(input, &mut desk)
    }

    fn is_over(&self) -> bool {
        self.machine.is_over()
    }

    fn checkpoint(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::to_value(&self.machine)
    }
}

/// Bidding needs no gateway.
#[derive(Debug)]
struct NoGateway;

#[async_trait]
impl Outside for NoGateway {
    async fn send_manifest(&mut self, _: &LeaseId) -> GatewayAnswer {
        GatewayAnswer::Refused {
            reason: "a provider sends no manifest".to_owned(),
        }
    }

    async fn status(&mut self, _: &LeaseId) -> GatewayAnswer {
        GatewayAnswer::Refused {
            reason: "a provider does not ask itself".to_owned(),
        }
    }
}
