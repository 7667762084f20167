//! Settlement: what payments earned since the last one moves out of the account.

use super::super::folio::{BidPlace, Holder};
use super::super::{Ledger, Quirk};
use crate::error::{Error, EscrowError, Panic};
use crate::escrow::{EscrowAccount, EscrowPayment, EscrowState, Fund};
use akash_sdl::num::{Dec, DecCoin, Denom};
use smallvec::SmallVec;
use std::sync::Arc;

/// Payments that a settlement saw, as they were or as they are to be stored, and where they are kept.
pub(in super::super) type Payments = SmallVec<[(BidPlace, Arc<EscrowPayment>); 1]>;

type Places = SmallVec<[BidPlace; 2]>;

/// What a settlement touched; nothing of it is stored yet.
pub(in super::super) struct Settled {
    pub(in super::super) payments: Payments,
    pub(in super::super) overdrawn: bool,
}

impl Settled {
    /// Whether an old debt kept the settlement from doing anything, so that there is nothing to store.
    pub(super) fn is_blocked(&self) -> bool {
        self.overdrawn && self.payments.is_empty()
    }
}

/// What a deduction got, and what was missing.
pub(super) struct Deducted {
    pub(super) taken: Dec,
    pub(super) missing: Dec,
}

impl Ledger {
    /// Settles an account up to this block. Works on the caller's copy; what overdrew is paid out at once.
    pub(in super::super) fn settle(
        &mut self,
        holder: Holder,
        account: &mut EscrowAccount,
    ) -> Result<Settled, Error> {
        if account.state == EscrowState::Closed {
            return Err(EscrowError::AccountClosed.into());
        }
        let Some(first) = account.funds.first() else {
            return Err(self.panics(Panic::IndexOutOfRange, EscrowError::InvalidDeposit));
        };
        if first.amount.is_negative() {
            return Ok(Settled {
                payments: Payments::new(),
                overdrawn: true,
            });
        }
        let denom = first.denom.clone();
        let mut elapsed = 0;
        if account.state != EscrowState::Overdrawn {
            elapsed = self.block.height.0.saturating_sub(account.settled_at.0);
            account.settled_at = self.block.height;
        }
        let mut payments = self.payments_to_settle(holder, elapsed);
        if payments.is_empty() {
            return Ok(Settled {
                payments,
                overdrawn: false,
            });
        }
        self.check_rates(&denom, &payments)?;
        let mut overdrew = false;
        for (_, payment) in &mut payments {
            overdrew |= self.settle_payment(account, Arc::make_mut(payment), elapsed)?;
        }
        if overdrew {
            self.fall_back(account, &mut payments)?;
        }
        let overdrawn = overdrew
            && payments
                .iter()
                .any(|(_, p)| p.state == EscrowState::Overdrawn);
        if overdrawn {
            account.state = EscrowState::Overdrawn;
            for (_, payment) in &mut payments {
                let payment = Arc::make_mut(payment);
                payment.state = EscrowState::Overdrawn;
                self.pay_out(payment)?;
            }
        }
        Ok(Settled {
            payments,
            overdrawn,
        })
    }

    /// Overdrawn payments first, then open ones, each in the order of their key's text.
    fn payments_to_settle(&mut self, holder: Holder, elapsed: i64) -> Payments {
        let Holder::Deployment(number) = holder else {
            return Payments::new();
        };
        let folios = &mut self.state.folios;
        let Some(folio) = folios.at(number) else {
            return Payments::new();
        };
        let with_open = elapsed != 0 || !self.rules.has(Quirk::SecondSettlementIgnoresPayments);
        let (mut overdrawn, mut open) = (Places::new(), Places::new());
        let mut sort = |(place, payment): (BidPlace, &EscrowPayment)| match payment.state {
            EscrowState::Overdrawn => overdrawn.push(place),
            EscrowState::Open if with_open => open.push(place),
            EscrowState::Open | EscrowState::Closed => {}
        };
        folio.live_payments(number).for_each(&mut sort);
        // The chain takes more payments for those of the account than there are.
        if self.rules.has(Quirk::DseqPrefixCollision) {
            let others = folios.prefixed(&folio.id).into_iter();
            others
                .flat_map(|(number, folio)| folio.live_payments(number))
                .for_each(sort);
        }
        let places = overdrawn.into_iter().chain(open);
        places
            .filter_map(|place| Some((place, folios.lend_payment(place)?)))
            .collect()
    }

    /// The chain adds the rates up in the first fund's denom, which fails for another one.
    fn check_rates(&self, denom: &Denom, payments: &Payments) -> Result<(), Error> {
        match payments.iter().find(|(_, p)| p.rate.denom() != denom) {
            None => Ok(()),
            Some((_, payment)) => Err(self.panics(
                Panic::DecCoinDenoms {
                    left: denom.clone(),
                    right: payment.rate.denom().clone(),
                },
                EscrowError::InvalidDenomination,
            )),
        }
    }

    /// Moves what one payment is due; tells whether the account ran out.
    fn settle_payment(
        &self,
        account: &mut EscrowAccount,
        payment: &mut EscrowPayment,
        elapsed: i64,
    ) -> Result<bool, Error> {
        let denom = payment.rate.denom();
        let due = if payment.state == EscrowState::Overdrawn {
            let debt = payment.unsettled.amount();
            payment.unsettled = DecCoin::zero(denom.clone());
            debt
        } else {
            let due = payment.rate.amount().mul_i64(elapsed)?;
            if self.rules.has(Quirk::FractionsDroppedAtSettlement) {
                due.truncate_dec()
            } else {
                due
            }
        };
        let deducted = deduct(account, denom, due)?;
        payment.balance.increase(deducted.taken)?;
        if deducted.missing.is_zero() {
            payment.state = EscrowState::Open;
            return Ok(false);
        }
        payment.unsettled.increase(deducted.missing)?;
        payment.state = EscrowState::Overdrawn;
        Ok(true)
    }
}

/// Takes an amount out of the deposits of its denom, oldest first. What is missing makes the fund negative.
pub(super) fn deduct(
    account: &mut EscrowAccount,
    denom: &Denom,
    amount: Dec,
) -> Result<Deducted, Error> {
    let mut missing = amount;
    for deposit in &mut account.deposits {
        if missing.is_zero() {
            break;
        }
        if deposit.balance.denom() != denom {
            continue;
        }
        let part = deposit.balance.amount().min(missing);
        deposit.balance.decrease(part)?;
        missing.decrease(part)?;
    }
    if account.deposits.iter().any(|d| d.balance.is_zero()) {
        account.deposits.retain(|d| !d.balance.is_zero());
    }
    let taken = amount.sub(missing)?;
    if let Some(fund) = fund_mut(account, denom) {
        fund.amount.decrease(amount)?;
    }
    if let Some(total) = account.transferred.iter_mut().find(|t| t.denom() == denom) {
        total.increase(taken)?;
    }
    Ok(Deducted { taken, missing })
}

pub(super) fn fund_mut<'a>(account: &'a mut EscrowAccount, denom: &Denom) -> Option<&'a mut Fund> {
    account.funds.iter_mut().find(|f| f.denom == *denom)
}
