//! Escrow payments: create, withdraw, close, save.

use super::super::folio::BidPlace;
use super::super::{Ledger, Quirk};
use crate::address::Address;
use crate::change::Change;
use crate::error::{Error, EscrowError, Panic};
use crate::escrow::{EscrowPayment, EscrowState, PaymentId};
use crate::id::LeaseId;
use akash_sdl::num::{Coin, DecCoin};
use std::sync::Arc;

impl Ledger {
    /// Opens a payment stream at a rate for one block.
    pub(in super::super) fn payment_create(
        &mut self,
        place: BidPlace,
        id: PaymentId,
        owner: Address,
        rate: DecCoin,
    ) -> Result<(), Error> {
        let holder = place.deployment();
        let mut stored = self.account(holder)?;
        let account = Arc::make_mut(&mut stored);
        let settled = self.settle(holder, account)?;
        if settled.overdrawn {
            return Err(EscrowError::AccountOverdrawn.into());
        }
        if account.funds.iter().all(|f| f.denom != *rate.denom()) {
            return Err(EscrowError::InvalidDenomination.into());
        }
        if rate.is_zero() {
            return Err(EscrowError::PaymentRateZero.into());
        }
        if self.payment(place).is_ok() {
            return Err(EscrowError::PaymentExists.into());
        }
        self.save_account(holder, stored)?;
        if !self.rules.has(Quirk::LeaseCreationDropsAccruedEarnings) {
            self.save_payments(settled.payments)?;
        }
        let nothing = DecCoin::zero(rate.denom().clone());
        let payment = EscrowPayment {
            id,
            owner,
            state: EscrowState::Open,
            withdrawn: Coin::zero(rate.denom().clone()),
            rate,
            balance: nothing.clone(),
            unsettled: nothing,
        };
        self.save_payment(place, Arc::new(payment))
    }

    /// Settles and pays out what a payment has earned.
    pub(in super::super) fn payment_withdraw(&mut self, place: BidPlace) -> Result<(), Error> {
        let holder = place.deployment();
        let mut stored = self.account(holder)?;
        let payment = self.payment(place)?;
        if payment.state != EscrowState::Open {
            return Err(EscrowError::PaymentClosed.into());
        }
        let mut settled = self.settle(holder, Arc::make_mut(&mut stored))?;
        if settled.is_blocked() {
            return Ok(());
        }
        if !settled.overdrawn {
            match settled.payments.iter_mut().find(|(at, _)| *at == place) {
                Some((_, payment)) => self.pay_out(Arc::make_mut(payment))?,
                None => {
                    let id = Box::new(self.payment(place)?.id.clone());
                    let panic = Panic::PaymentNotFound { id };
                    return Err(self.panics(panic, EscrowError::PaymentNotFound));
                }
            }
        }
        self.save_account(holder, stored)?;
        self.save_payments(settled.payments)
    }

    /// Settles, pays out and ends a payment. What the settlement does not see stays as it was.
    pub(in super::super) fn payment_close(&mut self, place: BidPlace) -> Result<(), Error> {
        let holder = place.deployment();
        let mut stored = self.account(holder)?;
        if self.payment(place)?.state == EscrowState::Closed {
            return Err(EscrowError::PaymentClosed.into());
        }
        let mut settled = self.settle(holder, Arc::make_mut(&mut stored))?;
        if !settled.overdrawn
            && let Some((_, payment)) = settled.payments.iter_mut().find(|(at, _)| *at == place)
        {
            let payment = Arc::make_mut(payment);
            payment.state = EscrowState::Closed;
            self.pay_out(payment)?;
        }
        self.save_account(holder, stored)?;
        self.save_payments(settled.payments)
    }

    fn payment(&self, place: BidPlace) -> Result<&EscrowPayment, Error> {
        let page = self.state.folios.bid_at(place);
        let payment = page.and_then(|page| page.payment.as_deref());
        payment.ok_or_else(|| EscrowError::PaymentNotFound.into())
    }

    /// Where the payment of a lease is kept.
    pub(super) fn payment_place(&self, id: &LeaseId) -> Result<BidPlace, Error> {
        let folio = self.state.folios.folio(id.deployment());
        if folio.is_none_or(|folio| folio.account.is_none()) {
            return Err(EscrowError::AccountNotFound.into());
        }
        let place = self.state.folios.payment_place(id);
        place.ok_or_else(|| EscrowError::PaymentNotFound.into())
    }

    /// Stores a payment. One that ended tells the market.
    pub(super) fn save_payment(
        &mut self,
        place: BidPlace,
        payment: Arc<EscrowPayment>,
    ) -> Result<(), Error> {
        let state = payment.state;
        self.changes.push(Change::EscrowPaymentStored {
            payment: Arc::clone(&payment),
        });
        self.state.folios.put_payment(place, payment);
        if state == EscrowState::Open {
            return Ok(());
        }
        self.payment_ended(place, state)
    }
}
