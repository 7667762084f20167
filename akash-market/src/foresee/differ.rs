//! What comes out differently without a quirk.

use super::stake::{self, Stake};
use super::{Advice, Foreseen, When};
use crate::action::{Action, Batch, Outcome};
use crate::change::Change;
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment, PaymentId};
use crate::id::{DeploymentId, LeaseId};
use crate::ledger::{Ledger, Quirk, Refused, Rules};
use crate::query::{Entity, Key};
use crate::time::Block;
use std::collections::{BTreeMap, BTreeSet};

/// A batch on a copy of a ledger.
struct Trial {
    ledger: Ledger,
    refused: Option<Refused>,
    outcomes: Vec<Outcome>,
    /// What happened in each action, without what was stored as it was before.
    actions: Vec<Vec<Change>>,
}

impl Trial {
    fn new(before: &Ledger, rules: Rules, block: Block, batch: &Batch) -> Self {
        let mut ledger = before.clone();
        ledger.set_rules(rules);
        match ledger.apply(block, batch) {
            Ok(done) => Self {
                ledger,
                refused: None,
                actions: effects(before, done.changes, &done.ends),
                outcomes: done.outcomes,
            },
            Err(refused) => Self {
                ledger,
                refused: Some(refused),
                outcomes: Vec::new(),
                actions: Vec::new(),
            },
        }
    }

    fn changes(&self) -> impl Iterator<Item = &Change> + Clone {
        self.actions.iter().flatten()
    }

    fn has(&self, change: &Change) -> bool {
        self.changes().any(|own| own == change)
    }

    fn equals(&self, other: &Self) -> bool {
        self.refused == other.refused
            && self.outcomes == other.outcomes
            && self.actions == other.actions
    }

    /// The first action that comes out differently in the two.
    fn first_difference(&self, other: &Self) -> usize {
        match (&self.refused, &other.refused) {
            (Some(one), Some(two)) => one.index.min(two.index),
            (Some(refused), None) | (None, Some(refused)) => refused.index,
            (None, None) => {
                let mut pairs = self.actions.iter().zip(&other.actions);
                pairs.position(|(one, two)| one != two).unwrap_or(0)
            }
        }
    }
}

/// Cuts changes into those of each action, and leaves out what was stored as it was: rules differ in what they store
/// again.
fn effects(before: &Ledger, changes: Vec<Change>, ends: &[usize]) -> Vec<Vec<Change>> {
    let mut accounts: BTreeMap<AccountId, EscrowAccount> = BTreeMap::new();
    let mut payments: BTreeMap<PaymentId, EscrowPayment> = BTreeMap::new();
    let mut actions = vec![Vec::new(); ends.len()];
    for (at, change) in changes.into_iter().enumerate() {
        let again = match &change {
            Change::EscrowAccountStored { account } => {
                let new = EscrowAccount::clone(account);
                let old = accounts.insert(account.id.clone(), new).or_else(|| {
                    match before.get(&Key::EscrowAccount(account.id.clone())) {
                        Some(Entity::EscrowAccount(account)) => Some(account),
                        _ => None,
                    }
                });
                old.is_some_and(|old| old == **account)
            }
            Change::EscrowPaymentStored { payment } => {
                let new = EscrowPayment::clone(payment);
                let old = payments.insert(payment.id.clone(), new).or_else(|| {
                    match before.get(&Key::EscrowPayment(payment.id.clone())) {
                        Some(Entity::EscrowPayment(payment)) => Some(payment),
                        _ => None,
                    }
                });
                old.is_some_and(|old| old == **payment)
            }
            _ => false,
        };
        let action = ends.partition_point(|end| *end <= at);
        if !again && let Some(effects) = actions.get_mut(action) {
            effects.push(change);
        }
    }
    actions
}

/// The quirks by which a batch comes out differently in this block.
pub(super) fn now(ledger: &Ledger, block: Block, batch: &Batch) -> Vec<Foreseen> {
    let rules = ledger.rules();
    let real = Trial::new(ledger, rules, block, batch);
    let meant = Trial::new(ledger, Rules::intended(), block, batch);
    if real.equals(&meant) {
        return Vec::new();
    }
    let alone: Vec<Foreseen> = rules
        .quirks()
        .filter_map(|quirk| {
            let without = Trial::new(ledger, rules.without(quirk), block, batch);
            (!real.equals(&without)).then(|| blame(quirk, &real, &without, batch))
        })
        .collect();
    if !alone.is_empty() {
        return alone;
    }
    // Each hides another: take them away one after the other.
    let mut found = Vec::new();
    let mut with = real;
    let mut left = rules;
    for quirk in rules.quirks() {
        left = left.without(quirk);
        let without = Trial::new(ledger, left, block, batch);
        if !with.equals(&without) {
            found.push(blame(quirk, &with, &without, batch));
        }
        with = without;
    }
    found
}

fn blame(quirk: Quirk, with: &Trial, without: &Trial, batch: &Batch) -> Foreseen {
    let at = with.first_difference(without);
    let action = batch.actions.get(at);
    let stakes = match quirk {
        // Another answer, not another sum.
        Quirk::BidLimitOffByOne
        | Quirk::ClosedDeploymentRestarts
        | Quirk::HandlerPanics
        | Quirk::RenewedGrantEndsEarly => Vec::new(),
        _ => losses(with, without),
    };
    Foreseen {
        quirk,
        when: When::Now,
        action: at,
        stakes,
        advice: advice(quirk, with, without, action),
    }
}

fn losses(with: &Trial, without: &Trial) -> Vec<Stake> {
    let changes = with.changes().chain(without.changes());
    // A sum out of range: nothing can be said.
    stake::losses(&with.ledger, &without.ledger, changes).unwrap_or_default()
}

fn advice(quirk: Quirk, with: &Trial, without: &Trial, action: Option<&Action>) -> Advice {
    let deployment = action.and_then(deployment_of).cloned();
    match quirk {
        Quirk::LeaseCreationDropsAccruedEarnings => Advice::WithdrawFirst {
            leases: only_stored_in(without, with),
        },
        Quirk::OnlyFirstLoserReleased => Advice::CloseBids {
            bids: without
                .changes()
                .filter(|change| !with.has(change))
                .filter_map(|change| match change {
                    Change::BidLost { id } => Some(id.clone()),
                    _ => None,
                })
                .collect(),
        },
        Quirk::SecondSettlementIgnoresPayments => Advice::AnotherBlock { deployment },
        Quirk::DseqPrefixCollision => Advice::KeepApart {
            deployments: settled_in(with, deployment),
        },
        Quirk::FractionsDroppedAtSettlement => Advice::WholeRate {
            rates: with
                .changes()
                .chain(without.changes())
                .filter_map(|change| match change {
                    Change::EscrowPaymentStored { payment }
                        if payment.rate.amount() != payment.rate.amount().truncate_dec() =>
                    {
                        Some(payment.rate.clone())
                    }
                    _ => None,
                })
                .fold(Vec::new(), |mut rates, rate| {
                    if !rates.contains(&rate) {
                        rates.push(rate);
                    }
                    rates
                }),
        },
        Quirk::BidLimitOffByOne => Advice::LimitIsLoose {
            limit: with.ledger.params().market.order_max_bids,
        },
        Quirk::ClosedDeploymentRestarts => match deployment {
            Some(closed) => Advice::NewDeployment { closed },
            None => Advice::MendInput,
        },
        Quirk::HandlerPanics => Advice::MendInput,
        Quirk::FallbackFreezesAccount => Advice::DepositAct {
            account: deployment.map(AccountId::Deployment),
        },
        Quirk::RenewedGrantEndsEarly => Advice::GrantAgain { after: None },
        Quirk::EndingGrantBlocksRefund => Advice::AfterGrant,
    }
}

/// Leases whose payments the one stores otherwise than the other, new ones not counted.
fn only_stored_in(one: &Trial, other: &Trial) -> Vec<LeaseId> {
    let leases: BTreeSet<&LeaseId> = one
        .changes()
        .filter(|change| !other.has(change))
        .filter_map(|change| match change {
            Change::EscrowPaymentStored { payment } => Some(&payment.id.0),
            _ => None,
        })
        .collect();
    leases.into_iter().cloned().collect()
}

/// The deployments whose payments were stored, and the one that was acted on.
fn settled_in(trial: &Trial, acted: Option<DeploymentId>) -> Vec<DeploymentId> {
    let mut deployments: BTreeSet<DeploymentId> = acted.into_iter().collect();
    for change in trial.changes() {
        if let Change::EscrowPaymentStored { payment } = change {
            deployments.insert(payment.id.0.deployment().clone());
        }
    }
    deployments.into_iter().collect()
}

/// The deployment that an action is about.
pub(super) fn deployment_of(action: &Action) -> Option<&DeploymentId> {
    match action {
        Action::CreateDeployment { id, .. }
        | Action::UpdateDeployment { id, .. }
        | Action::CloseDeployment { id } => Some(id),
        Action::CloseGroup { id } | Action::PauseGroup { id } | Action::StartGroup { id } => {
            Some(&id.deployment)
        }
        Action::CreateBid { id, .. } | Action::CloseBid { id, .. } | Action::CreateLease { id } => {
            Some(&id.order.group.deployment)
        }
        Action::CloseLease { id }
        | Action::WithdrawLease { id }
        | Action::StartReclaim { id, .. } => Some(id.deployment()),
        Action::Deposit {
            id: AccountId::Deployment(id),
            ..
        } => Some(id),
        _ => None,
    }
}
