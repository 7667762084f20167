//! Coins between accounts.

use super::{Ledger, validate};
use crate::address::Address;
use crate::change::Change;
use crate::error::{BankError, Error};
use crate::time::Block;
use akash_sdl::num::Coin;

impl Ledger {
    /// Takes the fee of a transaction, outside any batch: a node keeps it also when the transaction then fails.
    ///
    /// # Errors
    /// If the payer holds less; then nothing has changed.
    pub fn charge_fee(
        &mut self,
        block: Block,
        payer: &Address,
        fee: &[Coin],
    ) -> Result<Vec<Change>, Error> {
        let ((), changes) = self.atomically(block, |ledger| {
            let collector = ledger.modules.fee_collector.clone();
            ledger.move_coins(payer, &collector, fee)
        })?;
        Ok(changes)
    }

    pub(super) fn send(
        &mut self,
        from: &Address,
        to: &Address,
        coins: &[Coin],
    ) -> Result<(), Error> {
        validate::sent(coins)?;
        if let Some(coin) = coins
            .iter()
            .find(|c| !self.state.bank.send_enabled(c.denom()))
        {
            return Err(BankError::SendDisabled {
                denom: coin.denom().clone(),
            }
            .into());
        }
        if self.modules.is_module(to) {
            return Err(BankError::BlockedAddress {
                address: to.clone(),
            }
            .into());
        }
        self.move_coins(from, to, coins)
    }

    fn move_coins(&mut self, from: &Address, to: &Address, coins: &[Coin]) -> Result<(), Error> {
        coins
            .iter()
            .try_for_each(|coin| self.state.bank.transfer(from, to, coin, &mut self.changes))
    }
}
