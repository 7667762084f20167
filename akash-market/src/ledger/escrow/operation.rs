//! The escrow by itself, as other modules of the chain call it.

use super::super::Ledger;
use super::deposit::Drawn;
use crate::address::Address;
use crate::change::Change;
use crate::error::{Error, EscrowError};
use crate::escrow::{AccountId, Deposit, PaymentId};
use crate::grant::GrantScope;
use crate::time::Block;
use akash_sdl::num::DecCoin;
use serde::{Deserialize, Serialize};

/// A call of the escrow that no participant can make: modules make it on the way of an action.
///
/// For simulations of payments without a market around them. Deployments and leases of the same ids, if there are any,
/// follow as they do on the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "operation", rename_all = "snake_case")]
#[non_exhaustive]
pub enum EscrowOperation {
    /// Opens an account.
    Create {
        /// Which.
        id: AccountId,
        /// Who owns it and pays the deposit.
        owner: Address,
        /// First funds, if any.
        deposit: Option<Deposit>,
    },
    /// Adds funds.
    Deposit {
        /// To which account.
        id: AccountId,
        /// Who pays.
        signer: Address,
        /// How much, and from where.
        deposit: Deposit,
    },
    /// Settles an account.
    Settle {
        /// Which.
        id: AccountId,
    },
    /// Ends an account.
    Close {
        /// Which.
        id: AccountId,
    },
    /// Opens a payment.
    CreatePayment {
        /// Which.
        id: PaymentId,
        /// Who is paid.
        owner: Address,
        /// Rate for one block.
        rate: DecCoin,
    },
    /// Pays out what a payment has earned.
    Withdraw {
        /// Which.
        id: PaymentId,
    },
    /// Ends a payment.
    ClosePayment {
        /// Which.
        id: PaymentId,
    },
}

/// What a call of the escrow did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscrowResult {
    /// For a settlement: whether the account is overdrawn.
    pub overdrawn: bool,
    /// What happened.
    pub changes: Vec<Change>,
}

impl Ledger {
    /// Calls the escrow by itself.
    ///
    /// # Errors
    /// As the chain's escrow answers; then nothing has changed.
    pub fn escrow(
        &mut self,
        block: Block,
        operation: &EscrowOperation,
    ) -> Result<EscrowResult, Error> {
        let (overdrawn, changes) =
            self.atomically(block, |ledger| ledger.escrow_operation(operation))?;
        Ok(EscrowResult { overdrawn, changes })
    }

    fn escrow_operation(&mut self, operation: &EscrowOperation) -> Result<bool, Error> {
        match operation {
            EscrowOperation::Create { id, owner, deposit } => {
                let drawn = match deposit {
                    Some(deposit) => {
                        self.draw(owner, scope(id), deposit, EscrowError::InvalidDeposit)?
                    }
                    None => Drawn::new(),
                };
                let holder = self.state.folios.open_holder(id);
                self.account_create(holder, id.clone(), owner.clone(), drawn)
            }
            EscrowOperation::Deposit {
                id,
                signer,
                deposit,
            } => self.deposit(signer, id, deposit),
            EscrowOperation::Settle { id } => return self.account_settle(id),
            EscrowOperation::Close { id } => self.account_close(self.holder(id)?),
            EscrowOperation::CreatePayment { id, owner, rate } => {
                let place = self.state.folios.open_payment(&id.0);
                self.payment_create(place, id.clone(), owner.clone(), rate.clone())
            }
            EscrowOperation::Withdraw { id } => self.payment_withdraw(self.payment_place(&id.0)?),
            EscrowOperation::ClosePayment { id } => self.payment_close(self.payment_place(&id.0)?),
        }?;
        Ok(false)
    }

    /// Draws a deposit from the signer and adds it to an account.
    pub(in super::super) fn deposit(
        &mut self,
        signer: &Address,
        id: &AccountId,
        deposit: &Deposit,
    ) -> Result<(), Error> {
        let drawn = self.draw(signer, scope(id), deposit, EscrowError::InvalidDeposit)?;
        self.account_deposit(id, drawn)
    }
}

const fn scope(id: &AccountId) -> GrantScope {
    match id {
        AccountId::Bid(_) => GrantScope::Bid,
        AccountId::Deployment(_) => GrantScope::Deployment,
    }
}
