//! Escrow payments: create, withdraw, close, save.

use super::super::{Ledger, Quirk};
use crate::address::Address;
use crate::change::Change;
use crate::error::{Error, EscrowError, Panic};
use crate::escrow::{AccountId, EscrowPayment, EscrowState, PaymentId};
use akash_sdl::num::{Coin, DecCoin};
use std::sync::Arc;

impl Ledger {
    /// Opens a payment stream at a rate for one block.
    pub(in super::super) fn payment_create(
        &mut self,
        id: PaymentId,
        owner: Address,
        rate: DecCoin,
    ) -> Result<(), Error> {
        let mut account = self.account(&account_of(&id))?;
        let settled = self.settle(&mut account)?;
        if settled.overdrawn {
            return Err(EscrowError::AccountOverdrawn.into());
        }
        if account.funds.iter().all(|f| f.denom != *rate.denom()) {
            return Err(EscrowError::InvalidDenomination.into());
        }
        if rate.is_zero() {
            return Err(EscrowError::PaymentRateZero.into());
        }
        if self.state.folios.payment(&id).is_some() {
            return Err(EscrowError::PaymentExists.into());
        }
        self.save_account(account)?;
        if !self.rules.has(Quirk::LeaseCreationDropsAccruedEarnings) {
            self.save_payments(settled.payments)?;
        }
        let nothing = DecCoin::zero(rate.denom().clone());
        self.save_payment(EscrowPayment {
            id,
            owner,
            state: EscrowState::Open,
            withdrawn: Coin::zero(rate.denom().clone()),
            rate,
            balance: nothing.clone(),
            unsettled: nothing,
        })
    }

    /// Settles and pays out what a payment has earned.
    pub(in super::super) fn payment_withdraw(&mut self, id: &PaymentId) -> Result<(), Error> {
        let mut account = self.account(&account_of(id))?;
        if self.payment_state(id)? != EscrowState::Open {
            return Err(EscrowError::PaymentClosed.into());
        }
        let mut settled = self.settle(&mut account)?;
        if !settled.overdrawn {
            match settled.payments.iter_mut().find(|p| p.id == *id) {
                Some(payment) => self.pay_out(payment)?,
                None => {
                    let panic = Panic::PaymentNotFound {
                        id: Box::new(id.clone()),
                    };
                    return Err(self.panics(panic, EscrowError::PaymentNotFound));
                }
            }
        }
        self.save_account(account)?;
        self.save_payments(settled.payments)
    }

    /// Settles, pays out and ends a payment. What the settlement does not see stays as it was.
    pub(in super::super) fn payment_close(&mut self, id: &PaymentId) -> Result<(), Error> {
        let mut account = self.account(&account_of(id))?;
        if self.payment_state(id)? == EscrowState::Closed {
            return Err(EscrowError::PaymentClosed.into());
        }
        let mut settled = self.settle(&mut account)?;
        if !settled.overdrawn
            && let Some(payment) = settled.payments.iter_mut().find(|p| p.id == *id)
        {
            payment.state = EscrowState::Closed;
            self.pay_out(payment)?;
        }
        self.save_account(account)?;
        self.save_payments(settled.payments)
    }

    fn payment_state(&self, id: &PaymentId) -> Result<EscrowState, Error> {
        let payment = self.state.folios.payment(id);
        let payment = payment.ok_or(EscrowError::PaymentNotFound)?;
        Ok(payment.state)
    }

    /// Stores a payment. One that ended tells the market.
    pub(super) fn save_payment(&mut self, payment: EscrowPayment) -> Result<(), Error> {
        let payment = Arc::new(payment);
        self.changes.push(Change::EscrowPaymentStored {
            payment: Arc::clone(&payment),
        });
        self.state.folios.put_payment(Arc::clone(&payment));
        if payment.state == EscrowState::Open {
            return Ok(());
        }
        self.payment_ended(&payment.id, payment.state)
    }
}

/// The account that a payment draws on.
pub(super) fn account_of(id: &PaymentId) -> AccountId {
    AccountId::Deployment(id.0.deployment().clone())
}
