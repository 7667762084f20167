//! From groups to running leases: the tenant's longest job.
//!
//! | phase | waits for | next |
//! |---|---|---|
//! | new | [`Input::Start`] | looking |
//! | looking | the owner's open deployments | opening; failed if the chain would settle one of them with ours |
//! | opening | the deployment's transaction | collecting; checking if the chain says that the id exists; failed |
//! | checking | the deployment under our id | collecting if it is ours; failed |
//! | collecting | bids, block by block | leasing once the policy has a bid for every order; closing when patience ends |
//! | leasing | the leases' transaction, one for all groups | serving; collecting if a chosen bid is gone; closing |
//! | serving | each provider's gateway | done when all run; closing if one refuses, vanishes or takes too long |
//! | closing | the closing transaction | failed, with every deposit back |
//!
//! It steers around faults of today's chain (see [`foresee`](crate::foresee)). A number that is the beginning of another
//! one of the owner's is refused before any money moves. All leases of a deployment are made in one transaction: a later
//! one would cost the earlier ones what they had earned since their last settlement. It is closed by one action that
//! shares its transaction with no other.

use super::{Effect, GatewayAnswer, Input, Intent, Refusal};
use crate::action::{Action, Batch};
use crate::auction::{BidBook, BidPolicy, Ranking};
use crate::bid::{Bid, BidState};
use crate::deployment::DeploymentState;
use crate::escrow::Deposit;
use crate::foresee::{dseq_collisions, free_dseq};
use crate::id::{DeploymentId, Dseq, LeaseId, OrderId};
use crate::lease::LeaseState;
use crate::order::OrderState;
use crate::query::{Entity, Filter, Key};
use crate::time::{Block, Nanos};
use akash_sdl::group::GroupSpec;
use serde::{Deserialize, Serialize};

mod settle;
mod step;

pub use step::{DeployFailure, DeployStep};

/// How long to wait, in blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Patience {
    /// Collect bids for at least this long before choosing. Default 5.
    pub bids_at_least: u32,
    /// Give up if some order has no acceptable bid after this long. Default 30.
    pub bids_at_most: u32,
    /// Give up on a provider that has not taken the manifest after this long. Default 10.
    pub manifest: u32,
    /// Give up on a workload that does not run after this long. Default 100.
    pub ready: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            bids_at_least: 5,
            bids_at_most: 30,
            manifest: 10,
            ready: 100,
        }
    }
}

/// What is to be deployed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeployPlan {
    /// Owner and a number not used before; [`free_dseq`] finds one that the chain does not take for a part of another one
    /// of the owner's.
    pub id: DeploymentId,
    /// What is asked for.
    pub groups: Vec<GroupSpec>,
    /// Version hash of the manifest, 32 bytes.
    pub hash: Vec<u8>,
    /// Shortest notice of a reclamation that bids must offer.
    pub reclamation_min_window: Option<Nanos>,
    /// First funds.
    pub deposit: Deposit,
    /// How long to wait.
    pub patience: Patience,
}

/// The machine. Plain data: store it after every step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deploy {
    plan: DeployPlan,
    phase: Phase,
    book: BidBook,
    intents: u32,
    outstanding: u32,
    now: Block,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "phase", rename_all = "snake_case")]
enum Phase {
    New,
    Looking,
    Opening {
        intent: Intent,
    },
    Checking {
        refusal: Refusal,
    },
    Collecting {
        since: i64,
    },
    Leasing {
        intent: Intent,
        since: i64,
        bids: Vec<Bid>,
    },
    Serving {
        since: i64,
        leases: Vec<Served>,
    },
    Closing {
        intent: Intent,
        failure: Box<DeployFailure>,
    },
    Done {
        leases: Vec<LeaseId>,
    },
    Failed {
        failure: Box<DeployFailure>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Served {
    lease: LeaseId,
    manifest_at: Option<i64>,
    ready: bool,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending<'d> {
    /// All leases run.
    Done(&'d [LeaseId]),
    /// It failed, and what was deposited is back where it belongs.
    Failed(&'d DeployFailure),
}

type Effects = Vec<Effect<DeployStep>>;

impl Deploy {
    /// A machine that has done nothing yet.
    #[must_use]
    pub fn new(plan: DeployPlan) -> Self {
        Self {
            plan,
            phase: Phase::New,
            book: BidBook::default(),
            intents: 0,
            outstanding: 0,
            now: Block::default(),
        }
    }

    /// What is to be deployed.
    #[must_use]
    pub const fn plan(&self) -> &DeployPlan {
        &self.plan
    }

    /// The bids seen so far.
    #[must_use]
    pub const fn book(&self) -> &BidBook {
        &self.book
    }

    /// How it ended, if it did.
    #[must_use]
    pub fn ending(&self) -> Option<Ending<'_>> {
        match &self.phase {
            Phase::Done { leases } => Some(Ending::Done(leases)),
            Phase::Failed { failure } => Some(Ending::Failed(failure)),
            _ => None,
        }
    }

    /// Takes in what was learnt and says what to do. Inputs that no longer matter are ignored.
    pub fn step(&mut self, input: Input, policy: &dyn BidPolicy) -> Effects {
        match input {
            Input::Start => self.start(),
            Input::Block(block) => {
                self.now = block;
                self.outstanding = 0;
                self.each_block()
            }
            Input::Read { key, entity } => self.read(&key, entity.map(|e| *e), policy),
            Input::Listed { filter, items } => self.listed(&filter, items, policy),
            Input::Settled { intent, settled } => self.settled(intent, settled),
            Input::Gateway { lease, answer } => self.gateway(&lease, answer),
            Input::Cancel => self.cancel(),
        }
    }

    fn start(&mut self) -> Effects {
        self.outstanding = 0;
        match &self.phase {
            Phase::New => {
                self.phase = Phase::Looking;
                self.each_block()
            }
            Phase::Opening { intent } => vec![self.submit_opening(*intent)],
            Phase::Leasing { intent, bids, .. } => vec![Self::submit_leases(*intent, bids)],
            Phase::Closing { intent, .. } => vec![self.submit_closing(*intent)],
            _ => self.each_block(),
        }
    }

    fn each_block(&mut self) -> Effects {
        let effects = match &self.phase {
            Phase::Looking => vec![Effect::List(Filter::Deployments {
                owner: Some(self.plan.id.owner.clone()),
                dseq: None,
                state: Some(DeploymentState::Active),
            })],
            Phase::Checking { .. } => vec![Effect::Read(Key::Deployment(self.plan.id.clone()))],
            Phase::Collecting { .. } => vec![
                Effect::List(Filter::Orders {
                    owner: Some(self.plan.id.owner.clone()),
                    dseq: Some(self.plan.id.dseq),
                    state: Some(OrderState::Open),
                }),
                Effect::List(Filter::Bids {
                    owner: Some(self.plan.id.owner.clone()),
                    dseq: Some(self.plan.id.dseq),
                    provider: None,
                    state: Some(BidState::Open),
                }),
            ],
            Phase::Serving { leases, .. } => leases
                .iter()
                .flat_map(|served| {
                    let ask = if served.manifest_at.is_none() {
                        Effect::SendManifest(served.lease.clone())
                    } else {
                        Effect::ReadStatus(served.lease.clone())
                    };
                    [Effect::Read(Key::Lease(served.lease.clone())), ask]
                })
                .collect(),
            _ => Vec::new(),
        };
        self.await_reads(&effects);
        effects
    }

    fn await_reads(&mut self, effects: &Effects) {
        let reads = effects
            .iter()
            .filter(|e| matches!(e, Effect::Read(_) | Effect::List(_)));
        self.outstanding = self
            .outstanding
            .saturating_add(u32::try_from(reads.count()).unwrap_or(u32::MAX));
    }

    fn read(&mut self, key: &Key, entity: Option<Entity>, policy: &dyn BidPolicy) -> Effects {
        self.outstanding = self.outstanding.saturating_sub(1);
        match (&self.phase, key, entity) {
            (Phase::Checking { refusal }, Key::Deployment(_), entity) => {
                let refusal = refusal.clone();
                match entity {
                    Some(Entity::Deployment { deployment, .. })
                        if deployment.hash == self.plan.hash
                            && deployment.state == DeploymentState::Active =>
                    {
                        self.opened(Block {
                            height: deployment.created_at,
                            ..self.now
                        })
                    }
                    Some(_) => self.fail(DeployFailure::NumberTaken {
                        id: self.plan.id.clone(),
                    }),
                    None => self.fail(DeployFailure::Refused {
                        doing: "open the deployment".to_owned(),
                        refusal,
                    }),
                }
            }
            (Phase::Collecting { .. }, Key::Provider(_), entity) => {
                if let Some(Entity::Provider(provider)) = entity {
                    self.book.provider(provider);
                }
                self.consider(policy)
            }
            (Phase::Serving { .. }, Key::Lease(id), entity) => match entity {
                Some(Entity::Lease(lease))
                    if matches!(lease.state, LeaseState::Active | LeaseState::Reclaiming) =>
                {
                    Vec::new()
                }
                Some(Entity::Lease(lease)) => self.close(DeployFailure::LeaseEnded {
                    lease: id.clone(),
                    reason: lease.reason,
                }),
                // A node that does not know the lease yet is no reason to give it up.
                _ => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    fn listed(&mut self, filter: &Filter, items: Vec<Entity>, policy: &dyn BidPolicy) -> Effects {
        self.outstanding = self.outstanding.saturating_sub(1);
        if matches!(
            (&self.phase, filter),
            (Phase::Looking, Filter::Deployments { .. })
        ) {
            return self.looked(items);
        }
        if !matches!(self.phase, Phase::Collecting { .. }) {
            return Vec::new();
        }
        let mut effects = Vec::new();
        match filter {
            Filter::Audits { owner } => {
                let records = items.into_iter().filter_map(|item| match item {
                    Entity::Audit(record) => Some(record),
                    _ => None,
                });
                self.book.audits(owner.clone(), records.collect());
            }
            _ => {
                for item in items {
                    match item {
                        Entity::Order(order) => self.book.order(order),
                        Entity::Bid(bid) => {
                            let step = DeployStep::BidSeen {
                                bid: Box::new(bid.clone()),
                            };
                            if self.book.bid(bid) {
                                effects.push(Effect::Report(step));
                            }
                        }
                        _ => {}
                    }
                }
                if matches!(filter, Filter::Bids { .. }) {
                    for owner in self.book.unknown_bidders() {
                        effects.push(Effect::Read(Key::Provider(owner.clone())));
                        effects.push(Effect::List(Filter::Audits { owner }));
                    }
                }
            }
        }
        self.await_reads(&effects);
        effects.extend(self.consider(policy));
        effects
    }

    /// Opens the deployment, unless the chain would take its number for a part of another one's.
    fn looked(&mut self, items: Vec<Entity>) -> Effects {
        let number = |item| match item {
            Entity::Deployment { deployment, .. } => Some(deployment.id.dseq),
            _ => None,
        };
        let open: Vec<Dseq> = items.into_iter().filter_map(number).collect();
        let id = &self.plan.id;
        let collides = dseq_collisions(id.dseq, open.iter().copied());
        if !collides.is_empty() {
            return self.fail(DeployFailure::NumberCollides {
                free: free_dseq(id.dseq, &open),
                id: id.clone(),
                collides,
            });
        }
        let intent = self.next_intent();
        self.phase = Phase::Opening { intent };
        vec![self.submit_opening(intent)]
    }

    /// Chooses once everything asked for has been answered and it is time.
    fn consider(&mut self, policy: &dyn BidPolicy) -> Effects {
        let Phase::Collecting { since } = self.phase else {
            return Vec::new();
        };
        if self.outstanding > 0 {
            return Vec::new();
        }
        let waited = self.now.height.0.saturating_sub(since);
        if waited < i64::from(self.plan.patience.bids_at_least) {
            return Vec::new();
        }
        let orders_missing = self.book.orders().count() < self.plan.groups.len();
        match self.book.choose(policy) {
            Ok(chosen) if !orders_missing => self.lease(chosen.into_values().collect(), policy),
            Ok(_) if waited < i64::from(self.plan.patience.bids_at_most) => Vec::new(),
            Ok(_) => self.close(DeployFailure::NoBids {
                waited_blocks: waited,
                orders: Vec::new(),
            }),
            Err(orders) if waited >= i64::from(self.plan.patience.bids_at_most) => {
                self.close(DeployFailure::NoBids {
                    waited_blocks: waited,
                    orders,
                })
            }
            Err(_) => Vec::new(),
        }
    }

    fn lease(&mut self, bids: Vec<Bid>, policy: &dyn BidPolicy) -> Effects {
        let Phase::Collecting { since } = self.phase else {
            return Vec::new();
        };
        let mut effects: Effects = Vec::new();
        for bid in &bids {
            let ranking: Ranking = self.book.rank(&bid.id.order, policy);
            effects.push(Effect::Report(DeployStep::Chosen {
                bid: Box::new(bid.clone()),
                policy: policy.name(),
                ranking,
            }));
        }
        let intent = self.next_intent();
        effects.push(Self::submit_leases(intent, &bids));
        self.phase = Phase::Leasing {
            intent,
            since,
            bids,
        };
        effects
    }

    fn gateway(&mut self, lease: &LeaseId, answer: GatewayAnswer) -> Effects {
        let now = self.now.height.0;
        let patience = self.plan.patience;
        let Phase::Serving { since, leases } = &mut self.phase else {
            return Vec::new();
        };
        let since = *since;
        let Some(served) = leases.iter_mut().find(|served| served.lease == *lease) else {
            return Vec::new();
        };
        let lease = lease.clone();
        match answer {
            GatewayAnswer::Accepted => {
                served.manifest_at = Some(now);
                vec![
                    Effect::Report(DeployStep::ManifestAccepted {
                        lease: lease.clone(),
                    }),
                    Effect::ReadStatus(lease),
                ]
            }
            GatewayAnswer::Refused { reason } => {
                self.close(DeployFailure::GatewayRefused { lease, reason })
            }
            GatewayAnswer::Unavailable { reason } => {
                let (began, limit) = match served.manifest_at {
                    None => (since, patience.manifest),
                    Some(at) => (at, patience.ready),
                };
                if now.saturating_sub(began) >= i64::from(limit) {
                    self.close(DeployFailure::ProviderGone { lease, reason })
                } else {
                    vec![Effect::Report(DeployStep::ProviderSilent { lease, reason })]
                }
            }
            GatewayAnswer::Status { ready, summary } => {
                let began = served.manifest_at.unwrap_or(since);
                served.ready = ready;
                let mut effects = vec![Effect::Report(DeployStep::Status {
                    lease: lease.clone(),
                    ready,
                    summary: summary.clone(),
                })];
                if leases.iter().all(|served| served.ready) {
                    let leases = leases.iter().map(|served| served.lease.clone()).collect();
                    self.phase = Phase::Done { leases };
                } else if !ready && now.saturating_sub(began) >= i64::from(patience.ready) {
                    effects.extend(self.close(DeployFailure::NotReady { lease, summary }));
                }
                effects
            }
        }
    }

    fn cancel(&mut self) -> Effects {
        match self.phase {
            Phase::New | Phase::Looking => self.fail(DeployFailure::Cancelled),
            Phase::Collecting { .. } | Phase::Serving { .. } => {
                self.close(DeployFailure::Cancelled)
            }
            // A transaction is under way: its outcome decides, then the caller may cancel again.
            _ => Vec::new(),
        }
    }

    fn close(&mut self, failure: DeployFailure) -> Effects {
        let intent = self.next_intent();
        let effects = vec![
            Effect::Report(DeployStep::Closing {
                failure: Box::new(failure.clone()),
            }),
            self.submit_closing(intent),
        ];
        self.phase = Phase::Closing {
            intent,
            failure: Box::new(failure),
        };
        effects
    }

    fn fail(&mut self, failure: DeployFailure) -> Effects {
        self.phase = Phase::Failed {
            failure: Box::new(failure),
        };
        Vec::new()
    }

    fn next_intent(&mut self) -> Intent {
        self.intents = self.intents.saturating_add(1);
        Intent(self.intents)
    }

    fn submit_opening(&self, intent: Intent) -> Effect<DeployStep> {
        let plan = &self.plan;
        let action = Action::CreateDeployment {
            id: plan.id.clone(),
            groups: plan.groups.clone(),
            hash: plan.hash.clone(),
            deposit: plan.deposit.clone(),
            reclamation_min_window: plan.reclamation_min_window,
        };
        Effect::Submit {
            intent,
            batch: action.into(),
        }
    }

    fn submit_leases(intent: Intent, bids: &[Bid]) -> Effect<DeployStep> {
        let actions = bids
            .iter()
            .map(|bid| Action::CreateLease { id: bid.id.clone() });
        Effect::Submit {
            intent,
            batch: Batch::new(actions.collect()),
        }
    }

    fn submit_closing(&self, intent: Intent) -> Effect<DeployStep> {
        let action = Action::CloseDeployment {
            id: self.plan.id.clone(),
        };
        Effect::Submit {
            intent,
            batch: action.into(),
        }
    }

    /// Orders of this deployment that are noted.
    #[must_use]
    pub fn orders(&self) -> Vec<OrderId> {
        self.book.orders().map(|order| order.id.clone()).collect()
    }
}
