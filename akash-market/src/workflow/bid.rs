//! From open orders to earnings: a provider's whole job, all its orders in one machine.
//!
//! Each order goes its own way, from block to block:
//!
//! | stage | waits for | next |
//! |---|---|---|
//! | looking | the deployment | bidding, once screened, reserved and priced; finished if it declines or the deployment ended |
//! | bidding | the bid's transaction | placed; found if the chain has our bid already; looking if it never landed; finished if refused |
//! | placed | the order to leave the auction | won; gone (lost, or the order ended); stranded if the chain left the bid open; closing after a time-out |
//! | stranded | a second look at the bid, a block later | closing, so that the deposit comes back; won after all |
//! | found | the order of a bid that an earlier run placed | placed; stranded; closing if it no longer fits |
//! | adopted | the order of a lease that an earlier run won | won |
//! | won | the lease's end | gone; withdraws what it has earned now and then |
//! | closing | the closing transaction | finished |
//! | finished | the order to leave the auction | gone |
//!
//! Resources are reserved from *bidding* to *won*. A bid is closed by its provider only after the order was seen taken
//! or ended and the bid was read as open once more: closing a bid that has won ends its lease.
//!
//! It steers around faults of today's chain (see [`foresee`](crate::foresee)). Earnings are withdrawn one lease of a
//! deployment at a time: a second settlement of a deployment in one block fails (codespace `undefined`, code 111222), and
//! it is tried again with the next block. Once another order of a deployment has bids, what its leases have earned is
//! withdrawn first, because a new lease would take it. Deployments that are not active get no bid.

mod answer;
mod decide;
mod guard;
mod settle;
mod step;
#[cfg(test)]
mod tests;

pub use decide::Desk;
pub use step::{BidStep, Decline, Withdrawal};

use super::{Effect, Input, Intent};
use crate::action::{Action, Batch};
use crate::address::Address;
use crate::bid::BidState;
use crate::escrow::{Deposit, PaymentId};
use crate::id::{DeploymentId, LeaseId, OrderId};
use crate::lease::{CloseReason, LeaseState};
use crate::order::{Order, OrderState};
use crate::query::{Filter, Key};
use crate::time::{Block, Nanos};
use akash_sdl::num::{Coin, DecCoin};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// How a provider takes part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidPlan {
    /// The provider's account.
    pub provider: Address,
    /// Deposit of each bid; `None` for the first of the chain's minimum deposits, out of the own balance.
    pub deposit: Option<Deposit>,
    /// Notice it gives before a reclamation (AEP-82); offered only to orders that ask for one.
    pub reclamation_window: Option<Nanos>,
    /// Blocks after which a bid that was not chosen is closed; `None` waits as long as the order is open.
    pub bid_timeout: Option<u32>,
    /// Blocks between two withdrawals of a lease's earnings; `None` leaves them until the lease ends.
    pub withdraw_every: Option<u32>,
    /// Blocks between two withdrawals while another order of a lease's deployment has bids: a lease that is made there
    /// takes what was earned since the last settlement (see
    /// [`Quirk::LeaseCreationDropsAccruedEarnings`](crate::ledger::Quirk::LeaseCreationDropsAccruedEarnings)). Each
    /// withdrawal costs its fee; `None` risks the earnings instead.
    #[serde(default)]
    pub withdraw_at_risk: Option<u32>,
}

impl BidPlan {
    /// A plan with the chain's deposit, no reclamation, a time-out of 50 blocks (the reference's five minutes), a
    /// withdrawal every 14,400 blocks (a day), and every 10 blocks (a minute) while earnings are at risk.
    #[must_use]
    pub const fn new(provider: Address) -> Self {
        Self {
            provider,
            deposit: None,
            reclamation_window: None,
            bid_timeout: Some(50),
            withdraw_every: Some(14_400),
            withdraw_at_risk: Some(10),
        }
    }
}

/// The machine. Plain data: store it after every step. The inventory is not part of it: after a restart with an empty
/// one, [`Input::Start`] reserves again what its bids and leases need.
///
/// ```
/// use akash_market::inventory::ClusterInventory;
/// use akash_market::inventory::screening::Screener;
/// use akash_market::pricing::{Rates, Scale};
/// use akash_market::workflow::bid::{Bid, BidPlan, Desk};
/// use akash_market::workflow::{Effect, Input};
///
/// let provider = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0".parse()?;
/// let mut machine = Bid::new(BidPlan::new(provider));
/// let mut inventory = ClusterInventory::default();
/// let pricing = Scale::new(Rates { cpu: "0.1".parse()?, ..Rates::default() })?;
/// let screener = Screener::new([], []);
/// let mut desk = Desk { screener: &screener, inventory: &mut inventory, pricing: &pricing };
/// // It looks for its leases, its bids and the open orders first.
/// assert!(machine.step(Input::Start, &mut desk).iter().any(|e| matches!(e, Effect::List(_))));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bid {
    plan: BidPlan,
    deposit: Option<Deposit>,
    orders: BTreeMap<OrderId, Work>,
    /// Orders in the auction that belong to deployments of its leases.
    #[serde(default)]
    siblings: BTreeSet<OrderId>,
    /// When deployments of its leases were last seen settled.
    #[serde(default)]
    settled: BTreeMap<DeploymentId, i64>,
    intents: u32,
    now: Block,
    leaving: bool,
}

/// One order's way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Work {
    /// The order, once it was read.
    order: Option<Order>,
    stage: Stage,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
enum Stage {
    Looking,
    Bidding {
        intent: Intent,
        price: DecCoin,
        action: Box<Action>,
    },
    Found {
        price: DecCoin,
    },
    Placed {
        price: DecCoin,
        since: i64,
    },
    Stranded {
        price: DecCoin,
        taken: bool,
        since: i64,
    },
    Adopted {
        price: DecCoin,
    },
    Won {
        price: DecCoin,
        due: i64,
        withdrawal: Option<Intent>,
        /// A withdrawal whose amount was not read yet.
        unread: Option<Block>,
        paid: Option<Coin>,
    },
    Closing {
        intent: Intent,
        why: Withdrawal,
    },
    Finished,
}

type Effects = Vec<Effect<BidStep>>;

impl Stage {
    /// A lease of which nothing has been withdrawn yet.
    const fn won(price: DecCoin, due: i64) -> Self {
        Self::Won {
            price,
            due,
            withdrawal: None,
            unread: None,
            paid: None,
        }
    }
}

impl Bid {
    /// A machine that has done nothing yet.
    #[must_use]
    pub fn new(plan: BidPlan) -> Self {
        Self {
            deposit: plan.deposit.clone(),
            plan,
            orders: BTreeMap::new(),
            siblings: BTreeSet::new(),
            settled: BTreeMap::new(),
            intents: 0,
            now: Block::default(),
            leaving: false,
        }
    }

    /// How the provider takes part.
    #[must_use]
    pub const fn plan(&self) -> &BidPlan {
        &self.plan
    }

    /// Leases it holds, in the order of their ids.
    pub fn leases(&self) -> impl Iterator<Item = LeaseId> + '_ {
        let won = |work: &Work| matches!(work.stage, Stage::Won { .. } | Stage::Adopted { .. });
        let orders = self.orders.iter().filter(move |(_, work)| won(work));
        orders.map(|(id, _)| id.bid(self.plan.provider.clone()).lease())
    }

    /// Orders on which it has a bid that was not decided yet.
    pub fn open_bids(&self) -> impl Iterator<Item = &OrderId> {
        let open = |work: &Work| {
            matches!(
                work.stage,
                Stage::Bidding { .. }
                    | Stage::Found { .. }
                    | Stage::Placed { .. }
                    | Stage::Stranded { .. }
            )
        };
        self.orders
            .iter()
            .filter(move |(_, work)| open(work))
            .map(|(id, _)| id)
    }

    /// Whether it has left the market: it was cancelled and no bid is open. Its leases go on.
    #[must_use]
    pub fn is_over(&self) -> bool {
        let closing = |work: &Work| matches!(work.stage, Stage::Closing { .. });
        self.leaving && self.open_bids().next().is_none() && !self.orders.values().any(closing)
    }

    /// Takes in what was learnt and says what to do. Inputs that no longer matter are ignored.
    pub fn step(&mut self, input: Input, desk: &mut Desk<'_>) -> Effects {
        match input {
            Input::Start => self.start(desk),
            Input::Block(block) => {
                self.now = block;
                self.each_block()
            }
            Input::Read { key, entity } => self.read(&key, entity.map(|e| *e), desk),
            Input::Listed { filter, items } => self.listed(&filter, items),
            Input::Settled { intent, settled } => self.settled(intent, settled, desk),
            Input::Gateway { .. } => Vec::new(),
            Input::Cancel => self.cancel(desk),
        }
    }

    fn start(&mut self, desk: &mut Desk<'_>) -> Effects {
        let mut effects = Vec::new();
        let mut homeless = Vec::new();
        for (id, work) in &self.orders {
            let holds = matches!(
                work.stage,
                Stage::Bidding { .. } | Stage::Placed { .. } | Stage::Won { .. }
            );
            let room = match &work.order {
                Some(order) if holds => decide::reserve(order, desk).is_ok(),
                _ => true,
            };
            match &work.stage {
                Stage::Bidding { intent, action, .. } => effects.push(Effect::Submit {
                    intent: *intent,
                    batch: (**action).clone().into(),
                }),
                Stage::Closing { intent, .. } => effects.push(self.submit_close(*intent, id)),
                Stage::Won {
                    withdrawal: Some(intent),
                    ..
                } => effects.push(self.submit_withdrawal(*intent, id)),
                Stage::Placed { .. } if !room => homeless.push(id.clone()),
                _ => {}
            }
        }
        for id in homeless {
            effects.extend(self.close(&id, Withdrawal::NoRoom, desk));
        }
        let provider = Some(self.plan.provider.clone());
        for state in [LeaseState::Active, LeaseState::Reclaiming] {
            effects.push(Effect::List(Filter::Leases {
                owner: None,
                dseq: None,
                provider: provider.clone(),
                state: Some(state),
            }));
        }
        effects.push(Effect::List(Filter::Bids {
            owner: None,
            dseq: None,
            provider,
            state: Some(BidState::Open),
        }));
        effects.extend(self.each_block());
        effects
    }

    fn each_block(&self) -> Effects {
        let mut effects = Vec::new();
        if self.deposit.is_none() {
            effects.push(Effect::Read(Key::Params));
        }
        let mut late = Vec::new();
        let mut deployments: BTreeSet<&DeploymentId> = BTreeSet::new();
        for (id, work) in &self.orders {
            let bid = || id.bid(self.plan.provider.clone());
            match &work.stage {
                Stage::Looking => {
                    deployments.insert(&id.group.deployment);
                }
                Stage::Found { .. } | Stage::Adopted { .. } => {
                    effects.push(Effect::Read(Key::Order(id.clone())));
                }
                Stage::Stranded { since, .. } if *since < self.now.height.0 => {
                    effects.push(Effect::Read(Key::Bid(bid())));
                }
                Stage::Placed { since, .. } => {
                    let waited = self.now.height.0.saturating_sub(*since);
                    let timeout = self.plan.bid_timeout.map(i64::from);
                    if timeout.is_some_and(|timeout| waited >= timeout) {
                        late.push(id.clone());
                    }
                }
                Stage::Won { unread, .. } => {
                    effects.push(Effect::Read(Key::Lease(bid().lease())));
                    if unread.is_some() {
                        effects.push(Effect::Read(Key::EscrowPayment(PaymentId(bid().lease()))));
                    }
                }
                _ => {}
            }
        }
        let again = deployments.into_iter().cloned();
        effects.extend(again.map(|id| Effect::Read(Key::Deployment(id))));
        for id in late {
            // The tenant may be choosing it right now: the bid is read once more before it is closed.
            effects.push(Effect::Read(Key::Bid(id.bid(self.plan.provider.clone()))));
        }
        effects.push(Effect::List(Filter::Orders {
            owner: None,
            dseq: None,
            state: Some(OrderState::Open),
        }));
        effects
    }

    /// Withdraws what a lease has earned.
    fn withdraw(&mut self, id: &OrderId) -> Effect<BidStep> {
        let intent = self.next_intent();
        if let Some(Work {
            stage: Stage::Won { withdrawal, .. },
            ..
        }) = self.orders.get_mut(id)
        {
            *withdrawal = Some(intent);
        }
        self.submit_withdrawal(intent, id)
    }

    fn is_withdrawing(&self, deployment: &DeploymentId) -> bool {
        self.orders.iter().any(|(id, work)| {
            id.group.deployment == *deployment
                && matches!(
                    work.stage,
                    Stage::Won {
                        withdrawal: Some(_),
                        ..
                    }
                )
        })
    }

    fn cancel(&mut self, desk: &mut Desk<'_>) -> Effects {
        self.leaving = true;
        self.orders
            .retain(|_, work| !matches!(work.stage, Stage::Looking | Stage::Finished));
        let placed = |work: &Work| matches!(work.stage, Stage::Placed { .. });
        let ids = self.orders.iter().filter(|(_, work)| placed(work));
        let ids: Vec<OrderId> = ids.map(|(id, _)| id.clone()).collect();
        let close = |id| self.close(&id, Withdrawal::Leaving, desk);
        ids.into_iter().flat_map(close).collect()
    }

    fn decline(&mut self, id: &OrderId, reason: Decline, desk: &mut Desk<'_>) -> Effect<BidStep> {
        desk.inventory.release(id);
        self.stage(id, Stage::Finished);
        Effect::Report(BidStep::Declined {
            order: id.clone(),
            reason,
        })
    }

    /// Gives the resources back and closes the bid.
    fn close(&mut self, id: &OrderId, why: Withdrawal, desk: &mut Desk<'_>) -> Effects {
        desk.inventory.release(id);
        let intent = self.next_intent();
        self.stage(id, Stage::Closing { intent, why });
        vec![self.submit_close(intent, id)]
    }

    fn submit_close(&self, intent: Intent, id: &OrderId) -> Effect<BidStep> {
        let action = Action::CloseBid {
            id: id.bid(self.plan.provider.clone()),
            reason: CloseReason::UNSPECIFIED,
        };
        Effect::Submit {
            intent,
            batch: action.into(),
        }
    }

    fn submit_withdrawal(&self, intent: Intent, id: &OrderId) -> Effect<BidStep> {
        let action = Action::WithdrawLease {
            id: id.bid(self.plan.provider.clone()).lease(),
        };
        Effect::Submit {
            intent,
            batch: Batch::from(action),
        }
    }

    fn next_withdrawal(&self) -> i64 {
        let every = self.plan.withdraw_every.map_or(0, i64::from);
        self.now.height.0.saturating_add(every)
    }

    fn next_intent(&mut self) -> Intent {
        self.intents = self.intents.saturating_add(1);
        Intent(self.intents)
    }

    fn put(&mut self, id: OrderId, order: Option<Order>, stage: Stage) {
        self.orders.insert(id, Work { order, stage });
    }

    fn stage(&mut self, id: &OrderId, stage: Stage) {
        if let Some(work) = self.orders.get_mut(id) {
            work.stage = stage;
        }
    }
}
