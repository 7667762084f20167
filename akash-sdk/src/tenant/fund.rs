use crate::chain::{Chain, SubmitOptions};
use crate::drive::{Conductor, DriveError, Machine, Nothing, Progress};
use crate::journal::{JobId, Journal};
use akash_market::bme::ExecutedRecord;
use akash_market::workflow::fund::{Fund, FundFailure, FundPlan, FundStep};
use akash_market::workflow::{Effect, Input};
use std::sync::Arc;

/// Progress of a funding.
pub type FundProgress = Progress<FundStep>;

/// Turns AKT into ACT or back and waits until the chain's queue has worked it off.
#[derive(Debug, Clone)]
pub struct Funder {
    chain: Arc<dyn Chain>,
    journal: Arc<dyn Journal>,
    options: SubmitOptions,
}

impl Funder {
    /// A funder that talks to this chain.
    pub fn new(chain: Arc<dyn Chain>, journal: Arc<dyn Journal>) -> Self {
        Self {
            chain,
            journal,
            options: SubmitOptions::default(),
        }
    }

    /// Begins a burn and mint, or goes on with the one that an earlier run began under the same job.
    ///
    /// # Errors
    /// If the journal can't be read. Nothing is sent before the first [`FundRun::next`].
    pub async fn fund(&self, job: JobId, plan: FundPlan) -> Result<FundRun, DriveError> {
        let fresh = Fund::new(plan);
        let name = job.to_string();
        let conductor = Conductor::open(
            Arc::clone(&self.chain),
            Arc::clone(&self.journal),
            job,
            self.options.clone(),
            |stored| match stored {
                None => Ok(fresh),
                Some(state) => serde_json::from_value(state).map_err(|e| DriveError::Checkpoint {
                    job: name,
                    reason: e.to_string(),
                }),
            },
        )
        .await?;
        Ok(FundRun { conductor })
    }
}

/// One funding under way. Call [`FundRun::next`] until it gives `None`.
#[derive(Debug)]
pub struct FundRun {
    conductor: Conductor<Fund>,
}

impl FundRun {
    /// The next thing to show; `None` when it is over.
    ///
    /// # Errors
    /// If chain or journal can't be used; calling it again goes on where it stopped.
    pub async fn next(&mut self) -> Result<Option<FundProgress>, DriveError> {
        self.conductor.next(&mut Nothing).await
    }

    /// How it ended: the figures, or why it failed.
    #[must_use]
    pub fn ending(&self) -> Option<Result<&ExecutedRecord, &FundFailure>> {
        self.conductor.machine().ending()
    }
}

impl Machine for Fund {
    type Step = FundStep;

    fn step(&mut self, input: Input) -> Vec<Effect<FundStep>> {
        Self::step(self, input)
    }

    fn is_over(&self) -> bool {
        self.ending().is_some()
    }

    fn checkpoint(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::to_value(self)
    }
}
