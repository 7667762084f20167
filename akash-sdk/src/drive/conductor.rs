use super::raise::Raises;
use super::{DriveError, Progress};
use crate::chain::{
    At, Chain, ChainError, Cursor, Prepared, QueryExt, Rejection, Resolution, SubmitOptions,
};
use crate::journal::{Entry, JobId, Journal, Raise};
use akash_market::action::Batch;
use akash_market::id::{Height, LeaseId};
use akash_market::time::Block;
use akash_market::workflow::{Effect, GatewayAnswer, Input, Intent, Refusal, Settled};
use async_trait::async_trait;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// Lists longer than this are taken for an error of the chain.
const LIST_CAP: usize = 10_000;

/// How often a transaction is signed anew because another one of the account came in between.
const SEQUENCE_RETRIES: u32 = 3;

/// A workflow's machine, as a driver sees it.
pub(crate) trait Machine: Send {
    /// Its kind of step.
    type Step: Send;

    /// Takes in what was learnt and says what to do.
    fn step(&mut self, input: Input) -> Vec<Effect<Self::Step>>;

    /// Whether there is nothing left to do.
    fn is_over(&self) -> bool;

    /// Its state, to be stored.
    fn checkpoint(&self) -> Result<serde_json::Value, serde_json::Error>;
}

/// What a machine may want that is no chain.
#[async_trait]
pub(crate) trait Outside: Send {
    /// Hands the manifest of the lease's deployment over.
    async fn send_manifest(&mut self, lease: &LeaseId) -> GatewayAnswer;

    /// Asks how the lease's workload is.
    async fn status(&mut self, lease: &LeaseId) -> GatewayAnswer;
}

/// What there is beside the chain for a machine that wants no provider.
#[derive(Debug)]
pub(crate) struct Nothing;

#[async_trait]
impl Outside for Nothing {
    async fn send_manifest(&mut self, _: &LeaseId) -> GatewayAnswer {
        GatewayAnswer::Refused {
            reason: "this job has no manifest".to_owned(),
        }
    }

    async fn status(&mut self, _: &LeaseId) -> GatewayAnswer {
        GatewayAnswer::Refused {
            reason: "this job has no workload".to_owned(),
        }
    }
}

/// Runs one machine.
#[derive(Debug)]
pub(crate) struct Conductor<M: Machine> {
    chain: Arc<dyn Chain>,
    journal: Arc<dyn Journal>,
    job: JobId,
    machine: M,
    options: SubmitOptions,
    started: bool,
    seen: Block,
    /// Reads must not be older than this.
    floor: Height,
    /// Transactions of an earlier run whose outcome was not taken in.
    known: BTreeMap<Intent, Prepared>,
    sent: Vec<(Intent, Batch, Prepared)>,
    unsent: Vec<(Intent, Batch)>,
    raises: Raises,
    outbox: VecDeque<Progress<M::Step>>,
}

impl<M: Machine> Conductor<M> {
    /// Takes up `job`; `revive` makes the machine from the state that an earlier run stored, if there was one.
    pub(crate) async fn open(
        chain: Arc<dyn Chain>,
        journal: Arc<dyn Journal>,
        job: JobId,
        options: SubmitOptions,
        revive: impl FnOnce(Option<serde_json::Value>) -> Result<M, DriveError>,
    ) -> Result<Self, DriveError> {
        let mut known = BTreeMap::new();
        let mut raises = Raises::default();
        let mut state = None;
        for entry in journal.entries(&job).await? {
            match entry {
                Entry::Prepared {
                    intent, prepared, ..
                } => {
                    known.insert(intent, prepared);
                }
                Entry::Resolved { intent, .. } => {
                    known.remove(&intent);
                    raises.settle(intent);
                }
                Entry::Raised { intent, raise, .. } => {
                    known.remove(&intent);
                    raises.restore(intent, raise);
                }
                Entry::Checkpoint { state: stored, .. } => state = Some(stored),
            }
        }
        Ok(Self {
            chain,
            journal,
            job,
            machine: revive(state)?,
            options,
            started: false,
            seen: Block::default(),
            floor: Height::default(),
            known,
            sent: Vec::new(),
            unsent: Vec::new(),
            raises,
            outbox: VecDeque::new(),
        })
    }

    pub(crate) const fn machine(&self) -> &M {
        &self.machine
    }

    /// The next thing to show; `None` when the job is over. After an error it may be called again.
    pub(crate) async fn next(
        &mut self,
        outside: &mut dyn Outside,
    ) -> Result<Option<Progress<M::Step>>, DriveError> {
        loop {
            if let Some(progress) = self.outbox.pop_front() {
                return Ok(Some(progress));
            }
            if self.machine.is_over() {
                return Ok(None);
            }
            if self.started {
                self.chain
                    .next(Cursor::after_block(self.seen.height.0))
                    .await?;
            }
            self.round(outside).await?;
        }
    }

    /// Does all that can be done without waiting for another block.
    pub(crate) async fn round(&mut self, outside: &mut dyn Outside) -> Result<(), DriveError> {
        let head = self.chain.head().await?.block;
        if !self.started {
            self.seen = head;
            self.floor = head.height;
            self.started = true;
            let effects = self.machine.step(Input::Start);
            self.perform(effects, outside).await?;
            return self.store().await;
        }
        for (intent, batch) in std::mem::take(&mut self.unsent) {
            let effects = self.submit(intent, batch).await?;
            self.perform(effects, outside).await?;
        }
        for (intent, batch, prepared) in std::mem::take(&mut self.sent) {
            let effects = self.look(intent, batch, prepared).await?;
            self.perform(effects, outside).await?;
        }
        if head.height > self.seen.height {
            self.seen = head;
            self.floor = self.floor.max(head.height);
            self.outbox.push_back(Progress::Block(head));
            let effects = self.machine.step(Input::Block(head));
            self.perform(effects, outside).await?;
        }
        if self.machine.is_over() {
            self.store().await
        } else {
            Ok(())
        }
    }

    pub(crate) const fn machine_mut(&mut self) -> &mut M {
        &mut self.machine
    }

    /// Whatever there is to show now.
    pub(crate) fn drain(&mut self) -> Vec<Progress<M::Step>> {
        self.outbox.drain(..).collect()
    }

    /// Gives the machine an input from outside, such as the user's wish to stop.
    pub(crate) async fn tell(
        &mut self,
        input: Input,
        outside: &mut dyn Outside,
    ) -> Result<(), DriveError> {
        let effects = self.machine.step(input);
        self.perform(effects, outside).await
    }

    async fn perform(
        &mut self,
        effects: Vec<Effect<M::Step>>,
        outside: &mut dyn Outside,
    ) -> Result<(), DriveError> {
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            let answer = match effect {
                Effect::Report(step) => {
                    self.outbox.push_back(Progress::Step(step));
                    continue;
                }
                Effect::Submit { intent, batch } => {
                    queue.extend(self.submit(intent, batch).await?);
                    continue;
                }
                Effect::Read(key) => match self.chain.get(&key, self.at()).await {
                    Ok(entity) => Input::Read {
                        key,
                        entity: entity.map(Box::new),
                    },
                    Err(error) => {
                        self.retry_later(error)?;
                        continue;
                    }
                },
                Effect::List(filter) => match self.chain.all(&filter, self.at(), LIST_CAP).await {
                    Ok(items) => Input::Listed { filter, items },
                    Err(error) => {
                        self.retry_later(error)?;
                        continue;
                    }
                },
                Effect::SendManifest(lease) => {
                    let answer = outside.send_manifest(&lease).await;
                    Input::Gateway { lease, answer }
                }
                Effect::ReadStatus(lease) => {
                    let answer = outside.status(&lease).await;
                    Input::Gateway { lease, answer }
                }
                _ => continue,
            };
            queue.extend(self.machine.step(answer));
        }
        Ok(())
    }

    const fn at(&self) -> At {
        At::AtLeast(self.floor)
    }

    /// A read that failed is asked again with the next block, if that can help.
    fn retry_later(&mut self, error: ChainError) -> Result<(), DriveError> {
        if !error.is_retryable() {
            return Err(error.into());
        }
        self.retrying(error.to_string());
        Ok(())
    }

    async fn store(&self) -> Result<(), DriveError> {
        let state = self
            .machine
            .checkpoint()
            .map_err(|e| DriveError::Checkpoint {
                job: self.job.to_string(),
                reason: e.to_string(),
            })?;
        Ok(self
            .journal
            .append(&Entry::Checkpoint {
                job: self.job.clone(),
                state,
            })
            .await?)
    }

    /// Makes sure that the batch was submitted once under this intent.
    async fn submit(
        &mut self,
        intent: Intent,
        batch: Batch,
    ) -> Result<Vec<Effect<M::Step>>, DriveError> {
        if let Some(prepared) = self.known.remove(&intent) {
            return self.send_again(intent, batch, prepared).await;
        }
        // The state that wants this transaction has to be known before the transaction is: after a crash in between the
        // machine asks for the same one again.
        self.store().await?;
        let _turn = self.chain.turn(&batch).await;
        for _ in 0..SEQUENCE_RETRIES {
            let options = self.raises.options(intent, &self.options);
            let prepared = match self.chain.prepare(&batch, &options).await {
                Ok(prepared) => prepared,
                Err(ChainError::Rejected(rejection)) => {
                    return self.refused(intent, rejection).await;
                }
                Err(error) => {
                    if matches!(error, ChainError::FeeAboveCap { .. })
                        && let Some(rejection) = self.raises.settle(intent)
                    {
                        // More is not allowed: it stays refused.
                        self.retrying(error.to_string());
                        return self.refused(intent, rejection).await;
                    }
                    self.retry_later(error)?;
                    self.unsent.push((intent, batch));
                    return Ok(Vec::new());
                }
            };
            self.journal
                .append(&Entry::Prepared {
                    job: self.job.clone(),
                    intent,
                    prepared: prepared.clone(),
                })
                .await?;
            self.outbox.push_back(Progress::Sending {
                intent,
                id: prepared.id.clone(),
                fee: prepared.fee.clone(),
                batch: batch.clone(),
            });
            match self.chain.send(&prepared).await {
                Err(ChainError::SequenceMismatch { expected, got }) => {
                    self.retrying(format!(
                        "sequence {got} was signed, the chain expects {expected}"
                    ));
                    // An earlier transaction is lost, or the node lags behind: the next block tells.
                    if expected < got {
                        break;
                    }
                }
                // Refused at the door, and never seen before: it is nowhere.
                Err(ChainError::Rejected(rejection)) => {
                    let raise = self.raises.at_door(intent, &prepared.fee, &rejection);
                    if let Some(raise) = raise.cloned() {
                        self.raised(intent, raise).await?;
                        continue;
                    }
                    return self.refused(intent, rejection).await;
                }
                result => return Ok(self.under_way(intent, batch, prepared, result)),
            }
        }
        self.unsent.push((intent, batch));
        Ok(Vec::new())
    }

    /// Sends a transaction of an earlier run once more. Whatever the answer, a first copy may lie in a block or pool.
    async fn send_again(
        &mut self,
        intent: Intent,
        batch: Batch,
        prepared: Prepared,
    ) -> Result<Vec<Effect<M::Step>>, DriveError> {
        let result = self.chain.send(&prepared).await;
        Ok(self.under_way(intent, batch, prepared, result))
    }

    /// Notes a transaction as under way until the chain says what became of it.
    fn under_way(
        &mut self,
        intent: Intent,
        batch: Batch,
        prepared: Prepared,
        result: Result<(), ChainError>,
    ) -> Vec<Effect<M::Step>> {
        if let Err(error) = result {
            self.retrying(error.to_string());
        }
        self.sent.push((intent, batch, prepared));
        Vec::new()
    }

    async fn refused(
        &mut self,
        intent: Intent,
        rejection: Rejection,
    ) -> Result<Vec<Effect<M::Step>>, DriveError> {
        self.raises.settle(intent);
        self.resolved(intent).await?;
        self.outbox.push_back(Progress::Refused {
            intent,
            rejection: rejection.clone(),
        });
        Ok(self.machine.step(Input::Settled {
            intent,
            settled: Settled::Refused(refusal(rejection)),
        }))
    }

    /// Asks what became of a transaction that was sent.
    async fn look(
        &mut self,
        intent: Intent,
        batch: Batch,
        prepared: Prepared,
    ) -> Result<Vec<Effect<M::Step>>, DriveError> {
        let settled = match self.chain.resolve(&prepared).await {
            Ok(Resolution::Pending) => {
                // It may never have arrived; the same bytes again are harmless.
                if let Err(error) = self.chain.send(&prepared).await
                    && !matches!(error, ChainError::Rejected(_))
                {
                    self.retrying(error.to_string());
                }
                self.sent.push((intent, batch, prepared));
                return Ok(Vec::new());
            }
            Err(error) => {
                self.sent.push((intent, batch, prepared));
                self.retry_later(error)?;
                return Ok(Vec::new());
            }
            Ok(Resolution::CanNeverLand) => Settled::NeverLanded,
            Ok(Resolution::Included(inclusion)) => {
                let block = inclusion.block;
                self.floor = self.floor.max(block.height);
                if let Err(rejection) = &inclusion.result
                    && let Some(raise) = self.raises.after_block(intent, &inclusion, rejection)
                {
                    let raise = raise.clone();
                    self.outbox
                        .push_back(Progress::Included { intent, inclusion });
                    self.unsent.push((intent, batch));
                    self.raised(intent, raise).await?;
                    return Ok(Vec::new());
                }
                let settled = match &inclusion.result {
                    Ok(outcomes) => Settled::Done {
                        block,
                        outcomes: outcomes.clone(),
                    },
                    Err(rejection) => Settled::Refused(refusal(rejection.clone())),
                };
                self.outbox
                    .push_back(Progress::Included { intent, inclusion });
                settled
            }
        };
        self.raises.settle(intent);
        let effects = self.machine.step(Input::Settled { intent, settled });
        self.store().await?;
        self.resolved(intent).await?;
        Ok(effects)
    }

    /// Notes that there is nothing left to ask about the transactions of an intent.
    async fn resolved(&self, intent: Intent) -> Result<(), DriveError> {
        let job = self.job.clone();
        Ok(self
            .journal
            .append(&Entry::Resolved { job, intent })
            .await?)
    }

    /// Notes with what the next transaction of an intent is made, so that a later run does not raise it once more.
    async fn raised(&mut self, intent: Intent, raise: Raise) -> Result<(), DriveError> {
        self.retrying(raise.because.to_string());
        let job = self.job.clone();
        let entry = Entry::Raised { job, intent, raise };
        Ok(self.journal.append(&entry).await?)
    }

    fn retrying(&mut self, reason: String) {
        self.outbox.push_back(Progress::Retrying { reason });
    }
}

fn refusal(rejection: Rejection) -> Refusal {
    Refusal {
        codespace: rejection.codespace,
        code: rejection.code,
        log: rejection.log,
    }
}
