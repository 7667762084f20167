//! Escrow accounts: create, deposit, settle, close, save.

use super::super::Ledger;
use super::deposit::Drawn;
use super::settle::{Payments, Settled};
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
        id: AccountId,
        owner: Address,
        deposits: Drawn,
    ) -> Result<(), Error> {
        if self.state.folios.account(&id).is_some() {
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
        self.save_account(Arc::new(account))
    }

    /// Adds deposits that were drawn for the account. On an overdrawn one they pay its debts, and if that pays all,
    /// the account closes.
    pub(in super::super) fn account_deposit(
        &mut self,
        id: &AccountId,
        deposits: Drawn,
    ) -> Result<(), Error> {
        let mut stored = self.account(id)?;
        let account = Arc::make_mut(&mut stored);
        if account.state == EscrowState::Closed {
            return Err(EscrowError::AccountClosed.into());
        }
        self.take_deposits(account, deposits)?;
        let mut payments = Payments::new();
        if account.state == EscrowState::Overdrawn {
            let settled = self.settle(account)?;
            payments = settled.payments;
            for payment in payments.iter_mut().map(Arc::make_mut) {
                if payment.state == EscrowState::Open {
                    payment.state = EscrowState::Closed;
                }
                self.pay_out(payment)?;
            }
            if !settled.overdrawn {
                account.state = EscrowState::Closed;
            }
        }
        self.save_account(stored)?;
        self.save_payments(payments)
    }

    /// Settles and stores; tells whether the account is overdrawn.
    pub(super) fn account_settle(&mut self, id: &AccountId) -> Result<bool, Error> {
        let mut stored = self.account(id)?;
        let account = Arc::make_mut(&mut stored);
        let blocked = account
            .funds
            .first()
            .is_some_and(|f| f.amount.is_negative());
        let Settled {
            payments,
            overdrawn,
        } = self.settle(account)?;
        if !blocked {
            self.save_account(stored)?;
            self.save_payments(payments)?;
        }
        Ok(overdrawn)
    }

    /// Settles, pays out, returns what is left.
    pub(in super::super) fn account_close(&mut self, id: &AccountId) -> Result<(), Error> {
        let mut stored = self.account(id)?;
        let account = Arc::make_mut(&mut stored);
        let mut settled = self.settle(account)?;
        if account.state == EscrowState::Open {
            account.state = EscrowState::Closed;
        }
        for payment in settled.payments.iter_mut().map(Arc::make_mut) {
            if payment.state == EscrowState::Open {
                payment.state = EscrowState::Closed;
            }
            self.pay_out(payment)?;
        }
        self.save_account(stored)?;
        self.save_payments(settled.payments)
    }

    /// A stored account; changing it makes a copy.
    pub(super) fn account(&self, id: &AccountId) -> Result<Arc<EscrowAccount>, Error> {
        match self.state.folios.account(id) {
            Some(account) => Ok(Arc::clone(account)),
            None => Err(EscrowError::AccountNotFound.into()),
        }
    }

    /// Stores an account. One that ended gives back what is left and tells the market.
    pub(super) fn save_account(&mut self, mut account: Arc<EscrowAccount>) -> Result<(), Error> {
        let ended = account.state != EscrowState::Open;
        if ended {
            self.refund(Arc::make_mut(&mut account))?;
        }
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

    pub(super) fn save_payments(&mut self, payments: Payments) -> Result<(), Error> {
        payments
            .into_iter()
            .try_for_each(|payment| self.save_payment(payment))
    }
}
