use super::{Conductor, DriveError, Machine, Nothing, Progress};
use crate::chain::{Chain, Inclusion, SubmitOptions};
use crate::journal::{JobId, Journal};
use akash_market::action::Batch;
use akash_market::workflow::{Effect, Input, Intent, Settled};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// How often a batch is signed anew after its transaction was certain never to land.
const ATTEMPTS: u32 = 3;

/// Sends batches, each once, and waits until it is certain what came of them.
///
/// A transaction is in the journal before it is sent, an answer that is lost is asked for by hash, and a new one is only
/// signed when the old one can never land. Many may be under way at once: those of one account are numbered one after
/// the other, those of several go side by side.
///
/// ```
/// use akash_market::action::Action;
/// use akash_market::workflow::Settled;
/// use akash_sdk::cosmos::Client;
/// use akash_sdk::devnet::Devnet;
/// use akash_sdk::drive::Sender;
/// use akash_sdk::journal::{JobId, MemoryJournal};
/// use akash_sdl::num::Coin;
/// use std::sync::Arc;
///
/// # futures_util::FutureExt::now_or_never(async {
/// let devnet = Devnet::builder().build()?;
/// let [tenant, other, ..] = devnet.accounts() else { return Err("two accounts".into()) };
/// let (tenant, other) = (tenant.clone(), other.clone());
/// let client = Client::connect(devnet).await?.with_signer(tenant.signer.clone());
/// let sender = Sender::new(Arc::new(client), Arc::new(MemoryJournal::default()));
///
/// let gift = Action::Send {
///     from: tenant.address().clone(),
///     to: other.address().clone(),
///     coins: vec![Coin::uakt(5)],
/// };
/// let sent = sender.send(JobId("gift/1".to_owned()), gift.clone().into()).await?;
/// assert!(matches!(sent.settled, Settled::Done { .. }));
/// // The same job again, after a restart for example, sends nothing.
/// let again = sender.send(JobId("gift/1".to_owned()), gift.into()).await?;
/// assert_eq!(again.settled, sent.settled);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).expect("the embedded network does not wait")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Sender {
    chain: Arc<dyn Chain>,
    journal: Arc<dyn Journal>,
    options: SubmitOptions,
}

/// What came of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Done in a block, refused, or never landed although it was signed anew.
    pub settled: Settled,
    /// Where it stands with gas, fee and changes; none if it stands in no block, or an earlier run saw it there.
    pub inclusion: Option<Box<Inclusion>>,
}

impl Sender {
    /// A sender to this chain.
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

    /// The chain it sends to.
    #[must_use]
    pub const fn chain(&self) -> &Arc<dyn Chain> {
        &self.chain
    }

    /// Sends a batch and waits until its fate is certain. Called again with the same job, after an error or a restart, it
    /// goes on where it stopped.
    ///
    /// # Errors
    /// If chain or journal can't be used. A refusal by the chain is no error but in what is returned.
    pub async fn send(&self, job: JobId, batch: Batch) -> Result<Sent, DriveError> {
        let name = job.to_string();
        let fresh = Once {
            batch,
            attempt: 1,
            settled: None,
        };
        let mut conductor = Conductor::open(
            Arc::clone(&self.chain),
            Arc::clone(&self.journal),
            job,
            self.options.clone(),
            |stored| match stored {
                None => Ok(fresh),
                Some(state) => match serde_json::from_value::<Once>(state) {
                    Ok(once) if once.batch == fresh.batch => Ok(once),
                    Ok(_) => Err(DriveError::Usage(format!(
                        "the job {name} is that of another batch; give each batch a job of its own"
                    ))),
                    Err(e) => Err(DriveError::Checkpoint {
                        job: name,
                        reason: e.to_string(),
                    }),
                },
            },
        )
        .await?;
        let mut inclusion = None;
        while let Some(progress) = conductor.next(&mut Nothing).await? {
            if let Progress::Included { inclusion: at, .. } = progress {
                inclusion = Some(at);
            }
        }
        let settled = conductor.machine().settled.clone();
        Ok(Sent {
            settled: settled.unwrap_or(Settled::NeverLanded),
            inclusion,
        })
    }
}

/// A machine that wants one batch done.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Once {
    batch: Batch,
    attempt: u32,
    settled: Option<Settled>,
}

impl Once {
    fn submit(&self) -> Vec<Effect<()>> {
        vec![Effect::Submit {
            intent: Intent(self.attempt),
            batch: self.batch.clone(),
        }]
    }
}

impl Machine for Once {
    type Step = ();

    fn step(&mut self, input: Input) -> Vec<Effect<()>> {
        match input {
            Input::Start if self.settled.is_none() => self.submit(),
            Input::Settled {
                intent: Intent(attempt),
                settled,
            } if attempt == self.attempt => {
                if settled == Settled::NeverLanded && attempt < ATTEMPTS {
                    self.attempt = attempt.saturating_add(1);
                    return self.submit();
                }
                self.settled = Some(settled);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn is_over(&self) -> bool {
        self.settled.is_some()
    }

    fn checkpoint(&self) -> Result<serde_json::Value, serde_json::Error> {
        serde_json::to_value(self)
    }
}
