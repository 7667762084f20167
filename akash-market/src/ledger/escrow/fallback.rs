//! Debts paid in AKT while no ACT can be minted.

use super::super::{Ledger, Quirk};
use super::settle::{Payments, deduct, fund_mut};
use crate::bme::MintStatus;
use crate::change::Change;
use crate::error::Error;
use crate::escrow::{EscrowAccount, EscrowPayment, EscrowState};
use akash_sdl::num::{Coin, Dec, DecCoin, Denom};
use std::sync::Arc;

/// What the escrow asks the burn-mint equilibrium and the oracle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Fallback {
    /// Whether minting is halted.
    pub status: MintStatus,
    /// US dollars per AKT, if the oracle has a healthy price.
    pub akt_price: Option<Dec>,
}

impl Ledger {
    /// The price at which debts are paid in AKT now, if they are.
    fn fallback_price(&self) -> Option<Dec> {
        let Fallback { status, akt_price } = self.fallback();
        match status {
            MintStatus::HaltCr | MintStatus::HaltOracle => akt_price.filter(|p| p.is_positive()),
            MintStatus::Unspecified | MintStatus::Healthy | MintStatus::Warning => None,
        }
    }

    /// Pays the debts of overdrawn payments out of the account's AKT, if minting is halted.
    pub(super) fn fall_back(
        &mut self,
        account: &mut EscrowAccount,
        payments: &mut Payments,
    ) -> Result<(), Error> {
        let Some(price) = self.fallback_price() else {
            return Ok(());
        };
        let has_akt = |account: &EscrowAccount| {
            account
                .funds
                .iter()
                .any(|f| f.denom == Denom::UAKT && f.amount.is_positive())
        };
        if !has_akt(account) {
            return Ok(());
        }
        let freezes = self.rules.has(Quirk::FallbackFreezesAccount);
        for (_, payment) in payments {
            let payment = Arc::make_mut(payment);
            let debt = payment.unsettled.amount();
            if payment.state != EscrowState::Overdrawn || !debt.is_positive() {
                continue;
            }
            let mut need = debt.quo(price)?;
            if !self.rules.has(Quirk::FractionsDroppedAtSettlement) {
                // What can't be paid out is not taken either.
                need = need.truncate_dec().max(Dec::ONE);
            }
            let deducted = deduct(account, &Denom::UAKT, need)?;
            let ran_out = !deducted.missing.is_zero();
            if deducted.taken.is_zero() && freezes {
                // An earlier payment took the very last of it: the chain leaves the fund below zero then.
                continue;
            }
            if ran_out && let Some(fund) = fund_mut(account, &Denom::UAKT) {
                fund.amount = Dec::ZERO;
            }
            if !deducted.taken.is_zero() {
                self.pay_akt(payment, deducted.taken)?;
                let mut left = debt.sub(deducted.taken.mul(price)?)?;
                if left.is_negative() || !freezes && !ran_out {
                    left = Dec::ZERO;
                }
                if left.is_zero() {
                    payment.state = EscrowState::Open;
                }
                payment.unsettled = DecCoin::new(payment.unsettled.denom().clone(), left)?;
                if !freezes && let Some(fund) = fund_mut(account, payment.unsettled.denom()) {
                    fund.amount = fund.amount.add(debt.sub(left)?)?;
                }
            }
            if ran_out {
                break;
            }
        }
        Ok(())
    }

    fn pay_akt(&mut self, payment: &EscrowPayment, amount: Dec) -> Result<(), Error> {
        let coin = Coin::from_int(Denom::UAKT, amount.truncate_int())?;
        if coin.is_zero() {
            return Ok(());
        }
        let escrow = &self.modules.escrow;
        self.state
            .bank
            .transfer(escrow, &payment.owner, &coin, &mut self.changes)?;
        self.changes.push(Change::PaymentWithdrawn {
            id: payment.id.clone(),
            to: payment.owner.clone(),
            amount: coin,
        });
        Ok(())
    }

    /// Pays what a payment has earned in whole units; the fraction stays in its balance.
    pub(super) fn pay_out(&mut self, payment: &mut EscrowPayment) -> Result<(), Error> {
        let (coin, rest) = payment.balance.truncate();
        if coin.is_zero() {
            return Ok(());
        }
        let escrow = &self.modules.escrow;
        self.state
            .bank
            .transfer(escrow, &payment.owner, &coin, &mut self.changes)?;
        payment.withdrawn = payment.withdrawn.add(&coin)?;
        payment.balance = rest;
        self.changes.push(Change::PaymentWithdrawn {
            id: payment.id.clone(),
            to: payment.owner.clone(),
            amount: coin,
        });
        Ok(())
    }
}
