//! What comes of the chain's answers to the machine's questions.

use super::{Bid, BidStep, Decline, Desk, Effects, Stage, Withdrawal, Work, decide};
use crate::action::Action;
use crate::bid::{Bid as PlacedBid, BidState};
use crate::deployment::DeploymentState;
use crate::escrow::{Deposit, PaymentId};
use crate::id::{BidId, DeploymentId, LeaseId, OrderId};
use crate::lease::{Lease, LeaseState};
use crate::order::{Order, OrderState};
use crate::query::{Entity, Filter, Key};
use crate::workflow::Effect;
use akash_sdl::num::Coin;
use std::collections::BTreeSet;

impl Bid {
    pub(super) fn listed(&mut self, filter: &Filter, items: Vec<Entity>) -> Effects {
        let mut effects = Vec::new();
        match filter {
            Filter::Orders { .. } => return self.open_orders(items),
            Filter::Leases { .. } => {
                for lease in items.into_iter().filter_map(|item| match item {
                    Entity::Lease(lease) => Some(lease),
                    _ => None,
                }) {
                    let order = lease.id.order().clone();
                    if lease.id.provider() == &self.plan.provider
                        && !self.orders.contains_key(&order)
                    {
                        let price = lease.price;
                        self.put(order.clone(), None, Stage::Adopted { price });
                        effects.push(Effect::Read(Key::Order(order)));
                    }
                }
            }
            Filter::Bids {
                owner: Some(owner),
                dseq: Some(dseq),
                provider: None,
                ..
            } => {
                let deployment = DeploymentId {
                    owner: owner.clone(),
                    dseq: *dseq,
                };
                return self.guard(&deployment, &items);
            }
            Filter::Bids { .. } => {
                for bid in items.into_iter().filter_map(|item| match item {
                    Entity::Bid(bid) => Some(bid),
                    _ => None,
                }) {
                    let order = bid.id.order.clone();
                    if bid.id.provider == self.plan.provider && !self.orders.contains_key(&order) {
                        let price = bid.price;
                        self.put(order.clone(), None, Stage::Found { price });
                        effects.push(Effect::Read(Key::Order(order)));
                    }
                }
            }
            _ => {}
        }
        effects
    }

    /// Takes in the whole auction: new orders are looked at, those that left it concern us if we have a bid there.
    fn open_orders(&mut self, items: Vec<Entity>) -> Effects {
        let mut effects = Vec::new();
        let mut open = BTreeSet::new();
        let mut deployments = BTreeSet::new();
        for item in items {
            let Entity::Order(order) = item else { continue };
            open.insert(order.id.clone());
            if order.state == OrderState::Open
                && !self.leaving
                && !self.orders.contains_key(&order.id)
            {
                deployments.insert(order.id.group.deployment.clone());
                self.put(order.id.clone(), Some(order), Stage::Looking);
            }
        }
        let provider = &self.plan.provider;
        self.orders.retain(|id, work| {
            let gone = !open.contains(id);
            if gone && matches!(work.stage, Stage::Placed { .. }) {
                effects.push(Effect::Read(Key::Bid(id.bid(provider.clone()))));
            }
            !(gone && matches!(work.stage, Stage::Looking | Stage::Finished))
        });
        let new = deployments.into_iter();
        effects.extend(new.map(|id| Effect::Read(Key::Deployment(id))));
        effects.extend(self.watch(&open));
        effects
    }

    pub(super) fn read(
        &mut self,
        key: &Key,
        entity: Option<Entity>,
        desk: &mut Desk<'_>,
    ) -> Effects {
        match (key, entity) {
            (Key::Params, Some(Entity::Params(params))) if self.deposit.is_none() => {
                let least = params.market.bid_min_deposits.first().cloned();
                self.deposit = least.map(Deposit::from_balance);
                let waiting: BTreeSet<DeploymentId> = self.looking().cloned().collect();
                let again = waiting.into_iter();
                again.map(|id| Effect::Read(Key::Deployment(id))).collect()
            }
            (Key::Deployment(id), entity) => self.deployment(id, entity, desk),
            (Key::Order(id), entity) => {
                let order = match entity {
                    Some(Entity::Order(order)) => Some(order),
                    _ => None,
                };
                self.order(id, order, desk)
            }
            (Key::Bid(id), entity) => match entity {
                Some(Entity::Bid(bid)) => self.bid(id, Some(&bid), desk),
                _ => self.bid(id, None, desk),
            },
            (Key::Lease(id), Some(Entity::Lease(lease))) => self.lease(id, &lease, desk),
            (Key::EscrowPayment(id), Some(Entity::EscrowPayment(payment))) => {
                self.payment(id, payment.withdrawn)
            }
            _ => Vec::new(),
        }
    }

    fn looking(&self) -> impl Iterator<Item = &DeploymentId> {
        let looking = |work: &Work| matches!(work.stage, Stage::Looking);
        let orders = self.orders.iter().filter(move |(_, work)| looking(work));
        orders.map(|(id, _)| &id.group.deployment)
    }

    /// The decision on all new orders of a deployment.
    fn deployment(
        &mut self,
        id: &DeploymentId,
        entity: Option<Entity>,
        desk: &mut Desk<'_>,
    ) -> Effects {
        let Some(deposit) = self.deposit.clone() else {
            return Vec::new();
        };
        let active = matches!(
            entity,
            Some(Entity::Deployment { deployment, .. }) if deployment.state == DeploymentState::Active
        );
        let waiting = |(order, work): &(&OrderId, &Work)| {
            order.group.deployment == *id && matches!(work.stage, Stage::Looking)
        };
        let orders: Vec<Order> = self
            .orders
            .iter()
            .filter(waiting)
            .filter_map(|(_, work)| work.order.clone())
            .collect();
        let mut effects = Vec::new();
        for order in orders {
            let quote = if active {
                decide::quote(&order, &self.plan, desk, self.now.height)
            } else {
                Err(Box::new(Decline::NotActive))
            };
            match quote {
                Ok(quote) => {
                    let action = Action::CreateBid {
                        id: order.id.bid(self.plan.provider.clone()),
                        price: quote.price.clone(),
                        deposit: deposit.clone(),
                        resources_offer: quote.offer.into(),
                        reclamation_window: order
                            .reclamation_min_window
                            .and(self.plan.reclamation_window),
                    };
                    let intent = self.next_intent();
                    effects.push(Effect::Submit {
                        intent,
                        batch: action.clone().into(),
                    });
                    let stage = Stage::Bidding {
                        intent,
                        price: quote.price,
                        action: Box::new(action),
                    };
                    self.stage(&order.id, stage);
                }
                Err(reason) => effects.push(self.decline(&order.id, *reason, desk)),
            }
        }
        effects
    }

    fn order(&mut self, id: &OrderId, order: Option<Order>, desk: &mut Desk<'_>) -> Effects {
        let now = self.now.height.0;
        let due = self.next_withdrawal();
        let Some(work) = self.orders.get_mut(id) else {
            return Vec::new();
        };
        let state = order.as_ref().map(|order| order.state);
        if work.order.is_none() {
            work.order = order;
        }
        match work.stage.clone() {
            Stage::Adopted { price } if work.order.is_some() => {
                if let Some(order) = &work.order {
                    // It runs already: a cluster that has no room for it any more still serves it.
                    let _ = decide::reserve(order, desk);
                }
                work.stage = Stage::won(price.clone(), due);
                self.settled.insert(id.group.deployment.clone(), now);
                let lease = id.bid(self.plan.provider.clone()).lease();
                vec![Effect::Report(BidStep::Won { lease, price })]
            }
            Stage::Found { price } if state == Some(OrderState::Open) => {
                let room = match &work.order {
                    Some(order) => decide::reserve(order, desk).is_ok(),
                    None => false,
                };
                work.stage = Stage::Placed {
                    price: price.clone(),
                    since: now,
                };
                let bid = id.bid(self.plan.provider.clone());
                let mut effects = vec![Effect::Report(BidStep::Resumed { bid, price })];
                if self.leaving {
                    effects.extend(self.close(id, Withdrawal::Leaving, desk));
                } else if !room {
                    effects.extend(self.close(id, Withdrawal::NoRoom, desk));
                }
                effects
            }
            Stage::Found { price } | Stage::Placed { price, .. }
                if state != Some(OrderState::Open) =>
            {
                work.stage = Stage::Stranded {
                    price,
                    taken: state == Some(OrderState::Active),
                    since: now,
                };
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn bid(&mut self, id: &BidId, bid: Option<&PlacedBid>, desk: &mut Desk<'_>) -> Effects {
        let state = bid.map(|bid| bid.state);
        let due = self.next_withdrawal();
        let Some(work) = self.orders.get_mut(&id.order) else {
            return Vec::new();
        };
        let (price, stranded, since) = match &work.stage {
            Stage::Placed { price, since } => (price.clone(), None, *since),
            Stage::Stranded {
                price,
                taken,
                since,
            } => (price.clone(), Some(*taken), *since),
            _ => return Vec::new(),
        };
        match (state, stranded) {
            (Some(BidState::Active), _) => {
                work.stage = Stage::won(price.clone(), due);
                let lease = id.lease();
                let now = self.now.height.0;
                self.settled.insert(lease.deployment().clone(), now);
                vec![Effect::Report(BidStep::Won { lease, price })]
            }
            (Some(BidState::Open), None) => {
                let waited = self.now.height.0.saturating_sub(since);
                let timeout = self.plan.bid_timeout.map(i64::from);
                if timeout.is_some_and(|timeout| waited >= timeout) {
                    return self.close(&id.order, Withdrawal::Timeout, desk);
                }
                vec![Effect::Read(Key::Order(id.order.clone()))]
            }
            (Some(BidState::Open), Some(taken)) => {
                let report = if taken {
                    BidStep::Lost {
                        bid: id.clone(),
                        stuck: true,
                    }
                } else {
                    BidStep::OrderGone { bid: id.clone() }
                };
                let mut effects = vec![Effect::Report(report)];
                effects.extend(self.close(&id.order, Withdrawal::Stuck, desk));
                effects
            }
            (state, _) => {
                desk.inventory.release(&id.order);
                self.stage(&id.order, Stage::Finished);
                let bid = id.clone();
                vec![Effect::Report(if state == Some(BidState::Lost) {
                    BidStep::Lost { bid, stuck: false }
                } else {
                    BidStep::OrderGone { bid }
                })]
            }
        }
    }

    fn lease(&mut self, id: &LeaseId, lease: &Lease, desk: &mut Desk<'_>) -> Effects {
        let Some(Stage::Won {
            due, withdrawal, ..
        }) = self.orders.get(id.order()).map(|work| &work.stage)
        else {
            return Vec::new();
        };
        if !matches!(lease.state, LeaseState::Active | LeaseState::Reclaiming) {
            desk.inventory.release(id.order());
            self.orders.remove(id.order());
            return vec![Effect::Report(BidStep::LeaseEnded {
                lease: id.clone(),
                state: lease.state,
                reason: lease.reason,
            })];
        }
        let wanted = self.plan.withdraw_every.is_some() && *due <= self.now.height.0;
        if !wanted || withdrawal.is_some() || self.is_withdrawing(id.deployment()) {
            return Vec::new();
        }
        vec![self.withdraw(id.order())]
    }

    fn payment(&mut self, id: &PaymentId, withdrawn: Coin) -> Effects {
        let Some(Work {
            stage: Stage::Won { unread, paid, .. },
            ..
        }) = self.orders.get_mut(id.0.order())
        else {
            return Vec::new();
        };
        let Some(block) = unread.take() else {
            return Vec::new();
        };
        let before = paid.replace(withdrawn.clone());
        let amount = before.and_then(|before| withdrawn.sub(&before).ok());
        vec![Effect::Report(BidStep::Withdrawn {
            lease: id.0.clone(),
            amount: amount.unwrap_or(withdrawn),
            block,
        })]
    }
}
