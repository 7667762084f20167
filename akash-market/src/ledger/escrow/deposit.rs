//! Deposits: drawn from a balance or from grants, kept with their depositor's name.

use super::super::{Ledger, Quirk};
use super::settle::fund_mut;
use crate::address::Address;
use crate::change::Change;
use crate::error::{Error, MarketError, Panic};
use crate::escrow::{Deposit, DepositSource, Depositor, EscrowAccount, Fund};
use crate::grant::{DepositGrant, GrantScope};
use akash_sdl::num::{Coin, Coins, Dec, DecCoin, Int};
use smallvec::SmallVec;

/// What was drawn for a deposit, by depositor.
pub(in super::super) type Drawn = SmallVec<[Depositor; 1]>;

impl Ledger {
    /// Finds the coins of a deposit in the signer's balance and in grants to it, in the order of the deposit's
    /// sources. Limits of grants are reduced at once; coins move when the deposit is taken.
    ///
    /// `too_large` is the refusal of an amount that the chain's handlers panic about.
    pub(in super::super) fn draw(
        &mut self,
        signer: &Address,
        scope: GrantScope,
        deposit: &Deposit,
        too_large: impl Into<Error>,
    ) -> Result<Drawn, Error> {
        let denom = deposit.amount.denom();
        if deposit.amount.amount().to_i64().is_none() {
            return Err(self.panics(Panic::Int64OutOfBound, too_large));
        }
        let mut missing = deposit.amount.amount();
        let mut drawn = Drawn::new();
        for source in &deposit.sources {
            match source {
                DepositSource::Balance => {
                    let held = self.state.bank.balance(signer, denom);
                    let part = held.min(missing);
                    missing = missing.sub(part)?;
                    // Of a deposit of zero the chain keeps a record, if there is something to take it from.
                    if !held.is_zero() {
                        self.keep(&mut drawn, signer, *source, deposit, part)?;
                    }
                }
                DepositSource::Grant => {
                    for granter in self.granters(signer, scope) {
                        if missing.is_zero() {
                            break;
                        }
                        let part = self.use_grant(&granter, signer, deposit, missing)?;
                        missing = missing.sub(part)?;
                        if !part.is_zero() {
                            self.keep(&mut drawn, &granter, *source, deposit, part)?;
                        }
                    }
                }
            }
            if missing.is_zero() {
                break;
            }
        }
        if missing.is_zero() {
            Ok(drawn)
        } else {
            Err(MarketError::DepositUncovered.into())
        }
    }

    fn keep(
        &self,
        drawn: &mut Drawn,
        owner: &Address,
        source: DepositSource,
        deposit: &Deposit,
        part: Int,
    ) -> Result<(), Error> {
        let denom = deposit.amount.denom().clone();
        drawn.push(Depositor {
            owner: owner.clone(),
            height: self.block.height,
            source,
            balance: DecCoin::new(denom, Dec::from_int(part))?,
        });
        Ok(())
    }

    /// Who lets the grantee spend on this, in the byte order of addresses.
    fn granters(&self, grantee: &Address, scope: GrantScope) -> Vec<Address> {
        self.grants_to(grantee)
            .filter(|grant| grant.scopes.contains(&scope))
            .map(|grant| grant.granter.clone())
            .collect()
    }

    fn use_grant(
        &mut self,
        granter: &Address,
        grantee: &Address,
        deposit: &Deposit,
        wanted: Int,
    ) -> Result<Int, Error> {
        let denom = deposit.amount.denom();
        let Some(grant) = self.grant(granter, grantee) else {
            return Ok(Int::ZERO);
        };
        if self.check_expiry(grant.expires).is_err() {
            return Ok(Int::ZERO);
        }
        let mut limits = limits(grant)?;
        let part = limits.amount_of(denom).min(wanted);
        limits.sub_coin(&Coin::from_int(denom.clone(), part)?)?;
        if !part.is_zero() {
            self.set_limits(granter, grantee, &limits);
        }
        Ok(part)
    }

    /// Gives what came back from a deposit to the limits of its grant, if that still stands.
    pub(super) fn restore_grant(
        &mut self,
        granter: &Address,
        grantee: &Address,
        coin: &Coin,
    ) -> Result<(), Error> {
        let Some(grant) = self.grant(granter, grantee) else {
            return Ok(());
        };
        let now = self.block.time;
        if grant.expires.is_some_and(|end| end < now) {
            return Ok(());
        }
        if let Err(ends) = self.check_expiry(grant.expires) {
            let blocks = self.rules.has(Quirk::EndingGrantBlocksRefund);
            return if blocks { Err(ends) } else { Ok(()) };
        }
        let mut limits = limits(grant)?;
        limits.add_coin(coin)?;
        self.set_limits(granter, grantee, &limits);
        Ok(())
    }

    /// Moves drawn coins into the escrow and enters them in the account. A debt in their denom is forgotten first.
    pub(in super::super) fn take_deposits(
        &mut self,
        account: &mut EscrowAccount,
        deposits: Drawn,
    ) -> Result<(), Error> {
        for deposit in &deposits {
            let denom = deposit.balance.denom();
            if fund_mut(account, denom).is_none() {
                account.funds.push(Fund {
                    denom: denom.clone(),
                    amount: Dec::ZERO,
                });
                account.transferred.push(DecCoin::zero(denom.clone()));
            }
            let (coin, _) = deposit.balance.truncate();
            let escrow = &self.modules.escrow;
            self.state
                .bank
                .transfer(&deposit.owner, escrow, &coin, &mut self.changes)?;
            if let Some(fund) = fund_mut(account, denom) {
                let before = if fund.amount.is_negative() {
                    Dec::ZERO
                } else {
                    fund.amount
                };
                fund.amount = before.add(deposit.balance.amount())?;
            }
        }
        if account.deposits.is_empty() {
            account.deposits = deposits;
        } else {
            account.deposits.extend(deposits);
        }
        Ok(())
    }

    /// Returns what is left of every deposit to its depositor, in whole units. The fraction leaves the books, unless
    /// fractions count.
    pub(super) fn refund(&mut self, account: &mut EscrowAccount) -> Result<(), Error> {
        let drops = self.rules.has(Quirk::FractionsDroppedAtSettlement);
        for mut deposit in std::mem::take(&mut account.deposits) {
            let (coin, rest) = deposit.balance.truncate();
            let gone = if drops {
                deposit.balance.amount()
            } else {
                Dec::from_int(coin.amount())
            };
            if let Some(fund) = fund_mut(account, deposit.balance.denom()) {
                fund.amount = fund.amount.sub(gone)?;
            }
            if !drops && !rest.is_zero() {
                deposit.balance = rest;
                account.deposits.push(deposit.clone());
            }
            if coin.is_zero() {
                continue;
            }
            let escrow = &self.modules.escrow;
            self.state
                .bank
                .transfer(escrow, &deposit.owner, &coin, &mut self.changes)?;
            if deposit.source == DepositSource::Grant {
                self.restore_grant(&deposit.owner, &account.owner, &coin)?;
            }
            self.changes.push(Change::DepositRefunded {
                id: account.id.clone(),
                to: deposit.owner,
                amount: coin,
            });
        }
        Ok(())
    }
}

fn limits(grant: &DepositGrant) -> Result<Coins, Error> {
    Ok(Coins::from_coins(grant.spend_limits.iter().cloned())?)
}
