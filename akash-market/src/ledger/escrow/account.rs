//! Escrow accounts: create, deposit, settle, close, save.

use super::super::Ledger;
use super::super::folio::Holder;
use super::deposit::Drawn;
use super::settle::Payments;
use crate::address::Address;
use crate::change::Change;
use crate::error::{Error, EscrowError};
use crate::escrow::{AccountId, EscrowAccount, EscrowState};
use smallvec::SmallVec;
use std::sync::Arc;

impl Ledger {
    /// Opens an account with deposits that were drawn for it.
    pub(in super::super) fn account_create(
        &mut self,
        holder: Holder,
        id: AccountId,
        owner: Address,
        deposits: Drawn,
    ) -> Result<(), Error> {
        if self.state.folios.account_at(holder).is_some() {
            return Err(EscrowError::AccountExists.into());
        }
        let mut account = EscrowAccount {
            id,
            owner,
            state: EscrowState::Open,
            transferred: SmallVec::new(),
            settled_at: self.block.height,
            funds: SmallVec::new(),
            deposits: SmallVec::new(),
        };
        self.take_deposits(&mut account, deposits)?;
        self.save_account(holder, Arc::new(account))
    }

    /// Adds deposits that were drawn for the account. On an overdrawn one they pay its debts, and if that pays all,
    /// the account closes.
    pub(in super::super) fn account_deposit(
        &mut self,
        id: &AccountId,
        deposits: Drawn,
    ) -> Result<(), Error> {
        let holder = self.holder(id)?;
        let mut stored = self.account(holder)?;
        let account = Arc::make_mut(&mut stored);
        if account.state == EscrowState::Closed {
            return Err(EscrowError::AccountClosed.into());
        }
        if deposits.is_empty() {
            return Ok(());
        }
        self.take_deposits(account, deposits)?;
        let mut payments = Payments::new();
        if account.state == EscrowState::Overdrawn {
            let settled = self.settle(holder, account)?;
            payments = settled.payments;
            self.pay_out_all(&mut payments)?;
            if !settled.overdrawn {
                account.state = EscrowState::Closed;
            }
        }
        self.save_account(holder, stored)?;
        self.save_payments(payments)
    }

    /// Settles and stores; tells whether the account is overdrawn.
    pub(super) fn account_settle(&mut self, id: &AccountId) -> Result<bool, Error> {
        let holder = self.holder(id)?;
        let mut stored = self.account(holder)?;
        let account = Arc::make_mut(&mut stored);
        let settled = self.settle(holder, account)?;
        if !settled.is_blocked() {
            self.save_account(holder, stored)?;
            self.save_payments(settled.payments)?;
        }
        Ok(settled.overdrawn)
    }

    /// Settles, pays out, returns what is left.
    pub(in super::super) fn account_close(&mut self, holder: Holder) -> Result<(), Error> {
        let mut stored = self.account(holder)?;
        let account = Arc::make_mut(&mut stored);
        let mut payments = self.settle(holder, account)?.payments;
        if account.state == EscrowState::Open {
            account.state = EscrowState::Closed;
        }
        self.pay_out_all(&mut payments)?;
        self.save_account(holder, stored)?;
        self.save_payments(payments)
    }

    /// Pays out what ends with its account.
    fn pay_out_all(&mut self, payments: &mut Payments) -> Result<(), Error> {
        for (_, payment) in payments {
            let payment = Arc::make_mut(payment);
            if payment.state == EscrowState::Open {
                payment.state = EscrowState::Closed;
            }
            self.pay_out(payment)?;
        }
        Ok(())
    }

    /// Where an account is kept.
    pub(super) fn holder(&self, id: &AccountId) -> Result<Holder, Error> {
        let holder = self.state.folios.holder(id);
        holder.ok_or_else(|| EscrowError::AccountNotFound.into())
    }

    /// An account to change and store. As long as it is not stored, nothing has changed.
    pub(super) fn account(&mut self, holder: Holder) -> Result<Arc<EscrowAccount>, Error> {
        let account = self.state.folios.lend_account(holder);
        account.ok_or_else(|| EscrowError::AccountNotFound.into())
    }

    /// Stores an account. One that ended gives back what is left and tells the market.
    pub(super) fn save_account(
        &mut self,
        holder: Holder,
        mut account: Arc<EscrowAccount>,
    ) -> Result<(), Error> {
        let state = account.state;
        if state != EscrowState::Open
            && let Err(error) = self.refund(Arc::make_mut(&mut account))
        {
            // Under its former state the chain has deleted it by now, whoever looks at the error.
            self.state.folios.drop_account(holder, state);
            return Err(error);
        }
        self.changes.push(Change::EscrowAccountStored {
            account: Arc::clone(&account),
        });
        self.state.folios.put_account(holder, account);
        match holder {
            Holder::Deployment(number) if state != EscrowState::Open => {
                self.account_ended(number, state)
            }
            Holder::Deployment(_) | Holder::Bid(_) => Ok(()),
        }
    }

    pub(super) fn save_payments(&mut self, payments: Payments) -> Result<(), Error> {
        payments
            .into_iter()
            .try_for_each(|(place, payment)| self.save_payment(place, payment))
    }
}
