//! Quirks that an action does not run into itself: it prepares them, or meets what they left behind.

use super::differ::deployment_of;
use super::{Advice, Foreseen, Stake, When, dropped_by_lease, dseq_collisions, free_dseq};
use crate::action::{Action, Batch};
use crate::address::Address;
use crate::deployment::DeploymentState;
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment, EscrowState};
use crate::id::{DeploymentId, Dseq};
use crate::ledger::{Ledger, Quirk};
use crate::query::{Entity, Filter, Key, Page};
use crate::time::Block;
use akash_sdl::num::{Dec, DecCoin, Denom};

/// What a batch, if it passes, will run into later.
pub(super) fn later(ledger: &Ledger, block: Block, batch: &Batch) -> Vec<Foreseen> {
    let mut found = already(ledger, block, batch);
    let mut after = ledger.clone();
    if after.apply(block, batch).is_err() {
        return found;
    }
    let rules = ledger.rules();
    for (at, action) in batch.actions.iter().enumerate() {
        let Some((quirk, stakes, advice)) = prepares(&after, action) else {
            continue;
        };
        if rules.has(quirk) {
            found.push(Foreseen {
                quirk,
                when: When::Later,
                action: at,
                stakes,
                advice,
            });
        }
    }
    found
}

/// Settling actions on accounts that a fallback has frozen: nothing is paid there.
fn already(ledger: &Ledger, block: Block, batch: &Batch) -> Vec<Foreseen> {
    let mut found = Vec::new();
    for (at, action) in batch.actions.iter().enumerate() {
        let settles = !matches!(
            action,
            Action::CreateDeployment { .. }
                | Action::UpdateDeployment { .. }
                | Action::CreateBid { .. }
                | Action::StartReclaim { .. }
                | Action::Deposit { .. }
        );
        let Some(id) = deployment_of(action).filter(|_| settles) else {
            continue;
        };
        let Some(account) = frozen(ledger, id) else {
            continue;
        };
        let payments = payments_of(ledger, id);
        let owed = dropped_by_lease(&account, &payments, block.height).unwrap_or_default();
        let stakes = owed.into_iter().map(|(payment, amount)| Stake {
            owner: payment.0.provider().clone(),
            amount,
        });
        found.push(Foreseen {
            quirk: Quirk::FallbackFreezesAccount,
            when: When::Already,
            action: at,
            stakes: stakes.collect(),
            advice: Advice::DepositAct {
                account: Some(account.id),
            },
        });
    }
    found
}

/// The account of a deployment, if it is open but in debt.
fn frozen(ledger: &Ledger, id: &DeploymentId) -> Option<EscrowAccount> {
    let key = Key::EscrowAccount(AccountId::Deployment(id.clone()));
    let Some(Entity::EscrowAccount(account)) = ledger.get(&key) else {
        return None;
    };
    let fund = account.funds.first()?;
    (account.state == EscrowState::Open && fund.amount.is_negative()).then_some(account)
}

fn payments_of(ledger: &Ledger, id: &DeploymentId) -> Vec<EscrowPayment> {
    let filter = Filter::EscrowPayments {
        deployment: id.clone(),
    };
    list(ledger, &filter, |item| match item {
        Entity::EscrowPayment(payment) => Some(payment),
        _ => None,
    })
}

/// Everything that a filter finds.
fn list<T>(ledger: &Ledger, filter: &Filter, of: impl Fn(Entity) -> Option<T>) -> Vec<T> {
    let page = Page {
        after: None,
        limit: u32::MAX,
    };
    let items = ledger.list(filter, &page).map_or(Vec::new(), |l| l.items);
    items.into_iter().filter_map(of).collect()
}

fn prepares(after: &Ledger, action: &Action) -> Option<(Quirk, Vec<Stake>, Advice)> {
    match action {
        Action::CreateDeployment { id, .. } => {
            let open = open_dseqs(after, &id.owner);
            let collides = dseq_collisions(id.dseq, open.iter().copied());
            let free = free_dseq(id.dseq, &open);
            (!collides.is_empty()).then(|| {
                let advice = Advice::ChooseDseq { collides, free };
                (Quirk::DseqPrefixCollision, Vec::new(), advice)
            })
        }
        Action::CreateBid { id, deposit, .. } if is_closed(after, deployment_of(action)?) => {
            let (denom, amount) = (deposit.amount.denom(), deposit.amount.amount());
            let stake = Stake {
                owner: id.provider.clone(),
                amount: DecCoin::new(denom.clone(), Dec::from_int(amount)).ok()?,
            };
            let closed = id.order.group.deployment.clone();
            let advice = Advice::NewDeployment { closed };
            Some((Quirk::ClosedDeploymentRestarts, vec![stake], advice))
        }
        Action::CreateBid { price, .. } => fraction(price),
        Action::CreateLease { id } => match after.get(&Key::Bid(id.clone())) {
            Some(Entity::Bid(bid)) => fraction(&bid.price),
            _ => None,
        },
        Action::Deposit {
            id: account @ AccountId::Deployment(_),
            deposit,
            ..
        } if *deposit.amount.denom() == Denom::UAKT => {
            let account = Some(account.clone());
            let advice = Advice::DepositAct { account };
            Some((Quirk::FallbackFreezesAccount, Vec::new(), advice))
        }
        Action::GrantDeposit {
            granter, grantee, ..
        } => after.early_end(granter, grantee).map(|end| {
            let advice = Advice::GrantAgain { after: Some(end) };
            (Quirk::RenewedGrantEndsEarly, Vec::new(), advice)
        }),
        _ => None,
    }
}

fn fraction(rate: &DecCoin) -> Option<(Quirk, Vec<Stake>, Advice)> {
    let whole = rate.amount() == rate.amount().truncate_dec();
    (!whole).then(|| {
        let rates = vec![rate.clone()];
        let advice = Advice::WholeRate { rates };
        (Quirk::FractionsDroppedAtSettlement, Vec::new(), advice)
    })
}

fn is_closed(ledger: &Ledger, id: &DeploymentId) -> bool {
    matches!(
        ledger.get(&Key::Deployment(id.clone())),
        Some(Entity::Deployment { deployment, .. }) if deployment.state == DeploymentState::Closed
    )
}

/// Numbers of an owner's deployments that are not closed.
fn open_dseqs(ledger: &Ledger, owner: &Address) -> Vec<Dseq> {
    let filter = Filter::Deployments {
        owner: Some(owner.clone()),
        dseq: None,
        state: Some(DeploymentState::Active),
    };
    list(ledger, &filter, |item| match item {
        Entity::Deployment { deployment, .. } => Some(deployment.id.dseq),
        _ => None,
    })
}
