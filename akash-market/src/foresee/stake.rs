//! What a quirk costs whom.

use crate::address::Address;
use crate::change::Change;
use crate::escrow::{AccountId, EscrowAccount, EscrowPayment, EscrowState, PaymentId};
use crate::ledger::Ledger;
use crate::query::{Entity, Key};
use akash_sdl::num::{Dec, DecCoin, Denom, NumError};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An amount that somebody loses, or can't get at, because of a quirk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stake {
    /// Whose.
    pub owner: Address,
    /// How much.
    pub amount: DecCoin,
}

type Wealth = BTreeMap<(Address, Denom), Dec>;

/// What each account has less in `with` than in `without`, as far as the changes of either touch it: coins in hand, what
/// is left of deposits for deployments, earnings that can be withdrawn. Deposits of bids don't count: they are what
/// is locked.
pub(super) fn losses<'c>(
    with: &Ledger,
    without: &Ledger,
    changes: impl Iterator<Item = &'c Change> + Clone,
) -> Result<Vec<Stake>, NumError> {
    let (mut accounts, mut payments) = (BTreeSet::new(), BTreeSet::new());
    let mut owners: BTreeSet<(&Address, &Denom)> = BTreeSet::new();
    for change in changes {
        match change {
            Change::EscrowAccountStored { account } => {
                accounts.insert(&account.id);
            }
            Change::EscrowPaymentStored { payment } => {
                payments.insert(&payment.id);
            }
            Change::Transferred { from, to, coin } => {
                owners.extend([(from, coin.denom()), (to, coin.denom())]);
            }
            _ => {}
        }
    }
    let tally = |ledger: &Ledger| -> Result<Wealth, NumError> {
        let mut wealth = Wealth::new();
        for (owner, denom) in &owners {
            if !ledger.modules().is_module(owner) {
                let held = Dec::from_int(ledger.bank().balance(owner, denom));
                add(&mut wealth, owner, denom, held)?;
            }
        }
        for id in &accounts {
            claims(ledger, id, &mut wealth)?;
        }
        for id in &payments {
            earnings(ledger, id, &mut wealth)?;
        }
        Ok(wealth)
    };
    let (poor, rich) = (tally(with)?, tally(without)?);
    let mut losses = Vec::new();
    for ((owner, denom), amount) in rich {
        let key = (owner, denom);
        let less = amount.sub(poor.get(&key).copied().unwrap_or_default())?;
        if less.is_positive() {
            losses.push(Stake {
                owner: key.0,
                amount: DecCoin::new(key.1, less)?,
            });
        }
    }
    Ok(losses)
}

fn add(wealth: &mut Wealth, owner: &Address, denom: &Denom, amount: Dec) -> Result<(), NumError> {
    let sum = wealth.entry((owner.clone(), denom.clone())).or_default();
    *sum = sum.add(amount)?;
    Ok(())
}

fn claims(ledger: &Ledger, id: &AccountId, wealth: &mut Wealth) -> Result<(), NumError> {
    if !matches!(id, AccountId::Deployment(_)) {
        return Ok(());
    }
    if let Some(account) = account(ledger, id) {
        for deposit in &account.deposits {
            let balance = &deposit.balance;
            add(wealth, &deposit.owner, balance.denom(), balance.amount())?;
        }
    }
    Ok(())
}

/// What a payment has earned, unless its account is closed and it can never be paid.
fn earnings(ledger: &Ledger, id: &PaymentId, wealth: &mut Wealth) -> Result<(), NumError> {
    let account_id = AccountId::Deployment(id.0.deployment().clone());
    let gone = account(ledger, &account_id).is_none_or(|a| a.state == EscrowState::Closed);
    match ledger.get(&Key::EscrowPayment(id.clone())) {
        Some(Entity::EscrowPayment(EscrowPayment { owner, balance, .. })) if !gone => {
            add(wealth, &owner, balance.denom(), balance.amount())
        }
        _ => Ok(()),
    }
}

fn account(ledger: &Ledger, id: &AccountId) -> Option<EscrowAccount> {
    match ledger.get(&Key::EscrowAccount(id.clone())) {
        Some(Entity::EscrowAccount(account)) => Some(account),
        _ => None,
    }
}
