//! Escrow accounts: create, deposit, settle, close, save.

use super::super::Ledger;
use super::settle::Settled;
use crate::address::Address;
use crate::change::Change;
use crate::error::{Error, EscrowError};
use crate::escrow::{AccountId, Depositor, EscrowAccount, EscrowPayment, EscrowState};
use std::sync::Arc;

impl Ledger {
    /// Opens an account with deposits that were drawn for it.
    pub(in super::super) fn account_create(
        &mut self,
        id: AccountId,
        owner: Address,
        deposits: Vec<Depositor>,
    ) -> Result<(), Error> {
        if self.state.folios.account(&id).is_some() {
            return Err(EscrowError::AccountExists.into());
        }
        let mut account = EscrowAccount {
            id,
            owner,
            state: EscrowState::Open,
            transferred: Vec::new(),
            settled_at: self.block.height,
            funds: Vec::new(),
            deposits: Vec::new(),
        };
        self.take_deposits(&mut account, deposits)?;
        self.save_account(account)
    }

    /// Adds deposits that were drawn for the account. On an overdrawn one they pay its debts, and if that pays all,
    /// the account closes.
    pub(in super::super) fn account_deposit(
        &mut self,
        id: &AccountId,
        deposits: Vec<Depositor>,
    ) -> Result<(), Error> {
        let mut account = self.account(id)?;
        if account.state == EscrowState::Closed {
            return Err(EscrowError::AccountClosed.into());
        }
        self.take_deposits(&mut account, deposits)?;
        let mut payments = Vec::new();
        if account.state == EscrowState::Overdrawn {
            let settled = self.settle(&mut account)?;
            payments = settled.payments;
            for payment in &mut payments {
                if payment.state == EscrowState::Open {
                    payment.state = EscrowState::Closed;
                }
                self.pay_out(payment)?;
            }
            if !settled.overdrawn {
                account.state = EscrowState::Closed;
            }
        }
        self.save_account(account)?;
        self.save_payments(payments)
    }

    /// Settles and stores; tells whether the account is overdrawn.
    pub(super) fn account_settle(&mut self, id: &AccountId) -> Result<bool, Error> {
        let mut account = self.account(id)?;
        let blocked = account
            .funds
            .first()
            .is_some_and(|f| f.amount.is_negative());
        let Settled {
            payments,
            overdrawn,
        } = self.settle(&mut account)?;
        if !blocked {
            self.save_account(account)?;
            self.save_payments(payments)?;
        }
        Ok(overdrawn)
    }

    /// Settles, pays out, returns what is left.
    pub(in super::super) fn account_close(&mut self, id: &AccountId) -> Result<(), Error> {
        let mut account = self.account(id)?;
        let mut settled = self.settle(&mut account)?;
        if account.state == EscrowState::Open {
            account.state = EscrowState::Closed;
        }
        for payment in &mut settled.payments {
            if payment.state == EscrowState::Open {
                payment.state = EscrowState::Closed;
            }
            self.pay_out(payment)?;
        }
        self.save_account(account)?;
        self.save_payments(settled.payments)
    }

    /// A copy of a stored account.
    pub(super) fn account(&self, id: &AccountId) -> Result<EscrowAccount, Error> {
        match self.state.folios.account(id) {
            Some(account) => Ok(EscrowAccount::clone(account)),
            None => Err(EscrowError::AccountNotFound.into()),
        }
    }

    /// Stores an account. One that ended gives back what is left and tells the market.
    pub(super) fn save_account(&mut self, mut account: EscrowAccount) -> Result<(), Error> {
        let ended = account.state != EscrowState::Open;
        if ended {
            self.refund(&mut account)?;
        }
        let account = Arc::new(account);
        let ended = ended.then(|| Arc::clone(&account));
        self.changes.push(Change::EscrowAccountStored {
            account: Arc::clone(&account),
        });
        self.state.folios.put_account(account);
        match ended {
            None => Ok(()),
            Some(account) => self.account_ended(&account.id, account.state),
        }
    }

    pub(super) fn save_payments(&mut self, payments: Vec<EscrowPayment>) -> Result<(), Error> {
        payments
            .into_iter()
            .try_for_each(|payment| self.save_payment(payment))
    }
}
