//! Escrow payments: create, withdraw, close, save.

use super::super::{Ledger, Quirk};
use crate::address::Address;
use crate::change::Change;
use crate::error::{Error, EscrowError, Panic};
use crate::escrow::{EscrowAccount, EscrowPayment, EscrowState, PaymentId};
use crate::id::LeaseId;
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
        let mut stored = self.account_of(&id.0)?;
        let account = Arc::make_mut(&mut stored);
        let settled = self.settle(account)?;
        if settled.overdrawn {
            return Err(EscrowError::AccountOverdrawn.into());
        }
        if account.funds.iter().all(|f| f.denom != *rate.denom()) {
            return Err(EscrowError::InvalidDenomination.into());
        }
        if rate.is_zero() {
            return Err(EscrowError::PaymentRateZero.into());
        }
        if self.state.folios.payment(&id.0).is_some() {
            return Err(EscrowError::PaymentExists.into());
        }
        self.save_account(stored)?;
        if !self.rules.has(Quirk::LeaseCreationDropsAccruedEarnings) {
            self.save_payments(settled.payments)?;
        }
        let nothing = DecCoin::zero(rate.denom().clone());
        self.save_payment(Arc::new(EscrowPayment {
            id,
            owner,
            state: EscrowState::Open,
            withdrawn: Coin::zero(rate.denom().clone()),
            rate,
            balance: nothing.clone(),
            unsettled: nothing,
        }))
    }

    /// Settles and pays out what a payment has earned.
    pub(in super::super) fn payment_withdraw(&mut self, id: &LeaseId) -> Result<(), Error> {
        let mut stored = self.account_of(id)?;
        if self.payment_state(id)? != EscrowState::Open {
            return Err(EscrowError::PaymentClosed.into());
        }
        let mut settled = self.settle(Arc::make_mut(&mut stored))?;
        if !settled.overdrawn {
            match settled.payments.iter_mut().find(|p| p.id.0 == *id) {
                Some(payment) => self.pay_out(Arc::make_mut(payment))?,
                None => {
                    let panic = Panic::PaymentNotFound {
                        id: Box::new(PaymentId(id.clone())),
                    };
                    return Err(self.panics(panic, EscrowError::PaymentNotFound));
                }
            }
        }
        self.save_account(stored)?;
        self.save_payments(settled.payments)
    }

    /// Settles, pays out and ends a payment. What the settlement does not see stays as it was.
    pub(in super::super) fn payment_close(&mut self, id: &LeaseId) -> Result<(), Error> {
        let mut stored = self.account_of(id)?;
        if self.payment_state(id)? == EscrowState::Closed {
            return Err(EscrowError::PaymentClosed.into());
        }
        let mut settled = self.settle(Arc::make_mut(&mut stored))?;
        if !settled.overdrawn
            && let Some(payment) = settled.payments.iter_mut().find(|p| p.id.0 == *id)
        {
            let payment = Arc::make_mut(payment);
            payment.state = EscrowState::Closed;
            self.pay_out(payment)?;
        }
        self.save_account(stored)?;
        self.save_payments(settled.payments)
    }

    fn payment_state(&self, id: &LeaseId) -> Result<EscrowState, Error> {
        let payment = self.state.folios.payment(id);
        let payment = payment.ok_or(EscrowError::PaymentNotFound)?;
        Ok(payment.state)
    }

    /// The account that a lease's payment draws on; changing it makes a copy.
    fn account_of(&self, id: &LeaseId) -> Result<Arc<EscrowAccount>, Error> {
        let folio = self.state.folios.folio(id.deployment());
        let account = folio.and_then(|folio| folio.account.as_ref());
        let account = account.ok_or(EscrowError::AccountNotFound)?;
        Ok(Arc::clone(account))
    }

    /// Stores a payment. One that ended tells the market.
    pub(super) fn save_payment(&mut self, payment: Arc<EscrowPayment>) -> Result<(), Error> {
        let ended = (payment.state != EscrowState::Open).then(|| Arc::clone(&payment));
        self.changes.push(Change::EscrowPaymentStored {
            payment: Arc::clone(&payment),
        });
        self.state.folios.put_payment(payment);
        match ended {
            None => Ok(()),
            Some(payment) => self.payment_ended(&payment.id, payment.state),
        }
    }
}
