//! From AKT to ACT: ask for a burn and mint, and wait until the queue has worked it off.
//!
//! | phase | waits for | next |
//! |---|---|---|
//! | new | [`Input::Start`] | asking |
//! | asking | the request's transaction | waiting; failed |
//! | waiting | the record, block by block | done when executed; failed when cancelled, with the coins back |
//!
//! A request's transaction only queues it: the balance changes when its epoch is worked off (node x/bme).

use super::{Effect, Input, Intent, Refusal, Settled};
use crate::action::{Action, Outcome};
use crate::address::Address;
use crate::bme::{CancelReason, ExecutedRecord, RecordId, RecordState};
use crate::query::{Entity, Key};
use crate::time::Block;
use akash_sdl::num::{Coin, Denom};
use serde::{Deserialize, Serialize};

/// What is to be turned into what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundPlan {
    /// Whose coins.
    pub owner: Address,
    /// What is burned.
    pub burn: Coin,
    /// What is minted.
    pub mint: Denom,
}

/// Progress, to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
#[non_exhaustive]
pub enum FundStep {
    /// The request is queued.
    Queued {
        /// Which.
        id: RecordId,
        /// In which block.
        block: Block,
    },
    /// The queue has worked it off.
    Executed {
        /// Which.
        id: RecordId,
        /// The figures.
        record: Box<ExecutedRecord>,
    },
}

/// Why it failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "failure", rename_all = "snake_case")]
#[non_exhaustive]
pub enum FundFailure {
    /// The chain refused the request.
    #[error("the chain refused to queue the request: {0}")]
    Refused(Refusal),
    /// The request was cancelled and the coins are back.
    #[error("request {id} was cancelled ({reason:?}); the coins are back")]
    Canceled {
        /// Which.
        id: RecordId,
        /// Why.
        reason: CancelReason,
    },
    /// The chain did not say under which id the request was queued.
    #[error("the chain queued the request without naming it; look at the account's requests")]
    Nameless,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
enum Phase {
    New,
    Asking { intent: Intent },
    Waiting { id: RecordId },
    Done { record: Box<ExecutedRecord> },
    Failed { failure: FundFailure },
}

/// The machine. Plain data: store it after every step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fund {
    plan: FundPlan,
    phase: Phase,
    intents: u32,
}

type Effects = Vec<Effect<FundStep>>;

impl Fund {
    /// A machine that has done nothing yet.
    #[must_use]
    pub const fn new(plan: FundPlan) -> Self {
        Self {
            plan,
            phase: Phase::New,
            intents: 0,
        }
    }

    /// What is to be turned into what.
    #[must_use]
    pub const fn plan(&self) -> &FundPlan {
        &self.plan
    }

    /// How it ended, if it did.
    #[must_use]
    pub fn ending(&self) -> Option<Result<&ExecutedRecord, &FundFailure>> {
        match &self.phase {
            Phase::Done { record } => Some(Ok(record)),
            Phase::Failed { failure } => Some(Err(failure)),
            _ => None,
        }
    }

    /// Takes in what was learnt and says what to do. Inputs that no longer matter are ignored.
    pub fn step(&mut self, input: Input) -> Effects {
        match (&self.phase, input) {
            (Phase::New, Input::Start) => self.ask(),
            (Phase::Asking { intent }, Input::Start) => vec![self.submit(*intent)],
            (Phase::Waiting { id }, Input::Start | Input::Block(_)) => {
                vec![Effect::Read(Key::BurnMint(id.clone()))]
            }
            (Phase::Asking { intent: ours }, Input::Settled { intent, settled })
                if *ours == intent =>
            {
                self.asked(settled)
            }
            (
                Phase::Waiting { id },
                Input::Read {
                    key: Key::BurnMint(read),
                    entity,
                },
            ) if *id == read => {
                let id = read;
                match entity.map(|e| *e) {
                    Some(Entity::BurnMint(record)) => self.looked(id, record.state),
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    fn ask(&mut self) -> Effects {
        self.intents = self.intents.saturating_add(1);
        let intent = Intent(self.intents);
        self.phase = Phase::Asking { intent };
        vec![self.submit(intent)]
    }

    fn submit(&self, intent: Intent) -> Effect<FundStep> {
        let FundPlan { owner, burn, mint } = self.plan.clone();
        let action = Action::BurnMint {
            to: owner.clone(),
            owner,
            coins_to_burn: burn,
            denom_to_mint: mint,
        };
        Effect::Submit {
            intent,
            batch: action.into(),
        }
    }

    fn asked(&mut self, settled: Settled) -> Effects {
        match settled {
            Settled::Done { block, outcomes } => {
                let id = outcomes.into_iter().find_map(|outcome| match outcome {
                    Outcome::Queued { id } => Some(id),
                    Outcome::Done => None,
                });
                match id {
                    Some(id) => {
                        self.phase = Phase::Waiting { id: id.clone() };
                        vec![Effect::Report(FundStep::Queued { id, block })]
                    }
                    None => self.fail(FundFailure::Nameless),
                }
            }
            Settled::Refused(refusal) => self.fail(FundFailure::Refused(refusal)),
            Settled::NeverLanded => self.ask(),
        }
    }

    fn looked(&mut self, id: RecordId, state: RecordState) -> Effects {
        match state {
            RecordState::Pending { .. } => Vec::new(),
            RecordState::Executed(record) => {
                self.phase = Phase::Done {
                    record: record.clone(),
                };
                vec![Effect::Report(FundStep::Executed { id, record })]
            }
            RecordState::Canceled { reason, .. } => self.fail(FundFailure::Canceled { id, reason }),
        }
    }

    fn fail(&mut self, failure: FundFailure) -> Effects {
        self.phase = Phase::Failed { failure };
        Vec::new()
    }
}
