//! What the end of a block does: the burn queue, the status, the mint queue.

use super::state::{Breaker, Canceled, Pending, add, amount, canceled_state, sub};
use super::{
    Bme, BmeEnv, CancelReason, CoinPrice, Conversion, ConversionError, ExecutedRecord, MintStatus,
    Record, RecordId, RecordState, Swap, epoch_blocks, ratio_bps, status_at,
};
use crate::address::Address;
use crate::change::Change;
use crate::error::{BmeError, Error, OracleError};
use crate::id::Height;
use crate::store::Journaled;
use akash_sdl::num::{Coin, Dec, Denom};

/// The name under which records list the module.
const MODULE: &str = "bme";

/// What stands in the way of a request.
enum Obstacle {
    /// It will not go away.
    Final(CancelReason),
    /// It may.
    Passing,
}

impl From<Error> for Obstacle {
    fn from(error: Error) -> Self {
        match error {
            Error::Bme(BmeError::Conversion(error)) => error.into(),
            _ => Self::Passing,
        }
    }
}

impl From<ConversionError> for Obstacle {
    fn from(error: ConversionError) -> Self {
        match error {
            ConversionError::Epsilon { .. } => Self::Final(CancelReason::Epsilon),
            ConversionError::MinimumMint { .. } => Self::Final(CancelReason::MinimumMint),
            ConversionError::ZeroPrice | ConversionError::Number(_) => Self::Passing,
        }
    }
}

impl Bme {
    /// Works off the queues whose epoch has come and sets the status. The burn queue runs in every status; the mint
    /// queue only at the very height of its epoch, and after a halt only one epoch later.
    ///
    /// # Errors
    /// If the collateral ratio leaves the range of numbers; the chain would stop there.
    pub fn end_block(&mut self, env: &mut BmeEnv<'_>) -> Result<(), Error> {
        let height = env.block.height.0;
        let mut handled = 0;
        if *self.next_burn_epoch.get() <= height {
            let next = height.saturating_add(env.params.min_epoch_blocks);
            self.next_burn_epoch.set(next);
            self.work_off(&Denom::UACT, &mut handled, env)?;
        }
        let before = self.status();
        self.update_status(env)?;
        if !self.status().mints_allowed() {
            return Ok(());
        }
        let next = height.saturating_add(self.epoch_height_diff());
        if !before.mints_allowed() {
            self.next_mint_epoch.set(next);
        } else if *self.next_mint_epoch.get() == height {
            self.next_mint_epoch.set(next);
            self.work_off(&Denom::UAKT, &mut handled, env)?;
            self.update_status(env)?;
        }
        Ok(())
    }

    fn update_status(&mut self, env: &mut BmeEnv<'_>) -> Result<(), Error> {
        let old = *self.breaker.get();
        let ratio = self.collateral_ratio(env.bank, &env.modules.bme, env.prices);
        let (status, ratio) = match ratio {
            Ok(ratio) => (status_at(ratio_bps(ratio)?, env.params), ratio),
            Err(
                Error::Oracle(OracleError::PriceStalled | OracleError::PriceUnknown)
                | Error::Bme(BmeError::ZeroPrices { .. }),
            ) => (MintStatus::HaltOracle, Dec::ZERO),
            Err(error @ Error::Panic(_)) => return Err(error),
            Err(_) => (MintStatus::HaltCr, Dec::ZERO),
        };
        let epoch_height_diff = if status.mints_allowed() {
            epoch_blocks(ratio_bps(ratio)?, env.params)?
        } else {
            old.epoch_height_diff
        };
        if (status, epoch_height_diff) == (old.status, old.epoch_height_diff) {
            return Ok(());
        }
        self.breaker.set(Breaker {
            status,
            previous: old.status,
            epoch_height_diff,
        });
        env.changes.push(Change::MintStatusChanged {
            previous: old.status,
            current: status,
            collateral_ratio: ratio,
        });
        Ok(())
    }

    /// Handles the queue of one denom. The limit of records is one for both queues of a block and looked at after each
    /// record, so each queue handles at least one.
    fn work_off(
        &mut self,
        denom: &Denom,
        handled: &mut u32,
        env: &mut BmeEnv<'_>,
    ) -> Result<(), Error> {
        let limit = env.params.max_endblocker_records;
        let room = limit.saturating_sub(*handled).max(1);
        let due: Vec<RecordId> = self
            .pending
            .range(first_of(denom)..)
            .take_while(|(id, _)| id.denom == *denom)
            .take(usize::try_from(room).unwrap_or(usize::MAX))
            .map(|(id, _)| id.clone())
            .collect();
        for id in due {
            *handled = handled.saturating_add(1);
            self.attempt(&id, env)?;
        }
        Ok(())
    }

    fn attempt(&mut self, id: &RecordId, env: &mut BmeEnv<'_>) -> Result<(), Error> {
        let Some(pending) = self.pending.get(id).cloned() else {
            return Ok(());
        };
        let state = match self.execute(id, &pending.coins_to_burn, env) {
            Ok(record) => {
                let record = Box::new(record);
                self.executed.insert(id.clone(), record.clone());
                RecordState::Executed(record)
            }
            Err(Obstacle::Final(reason)) => self.cancel(id, &pending, reason, env)?,
            Err(Obstacle::Passing) => {
                let attempts = pending.attempts.saturating_add(1);
                if attempts < env.params.max_pending_attempts {
                    self.pending.modify(id, |p| p.attempts = attempts);
                    return Ok(());
                }
                self.cancel(id, &pending, CancelReason::MaxAttempts, env)?
            }
        };
        self.pending.remove(id);
        sub(&mut self.waiting, &pending.coins_to_burn)?;
        env.changes.push(Change::BurnMintSettled {
            record: Box::new(Record {
                id: id.clone(),
                state,
            }),
        });
        Ok(())
    }

    /// Gives the coins back.
    fn cancel(
        &mut self,
        id: &RecordId,
        pending: &Pending,
        reason: CancelReason,
        env: &mut BmeEnv<'_>,
    ) -> Result<RecordState, Error> {
        let coins = &pending.coins_to_burn;
        env.bank
            .transfer(&env.modules.bme, &id.source, coins, env.changes)?;
        let canceled = Canceled {
            coins_to_burn: coins.clone(),
            reason,
        };
        let state = canceled_state(id, &canceled);
        self.canceled.insert(id.clone(), canceled);
        Ok(state)
    }

    /// Converts, or leaves everything as it was.
    fn execute(
        &mut self,
        id: &RecordId,
        burned: &Coin,
        env: &mut BmeEnv<'_>,
    ) -> Result<ExecutedRecord, Obstacle> {
        let from = env.prices.price(&id.denom)?;
        let to = env.prices.price(&id.to_denom)?;
        let swap = Swap::new(from, to)?;
        let supply = env.bank.supply(&id.denom);
        if id.denom == Denom::UACT && supply < burned.amount() {
            return Err(Obstacle::Passing);
        }
        let conversion = Conversion::new(burned, &id.to_denom, &swap, env.params)?;
        let reported = env.changes.len();
        env.bank.begin();
        self.begin();
        let result = self.convert(&id.source, conversion, env);
        if result.is_ok() {
            env.bank.commit();
            self.commit();
        } else {
            env.bank.rollback();
            self.rollback();
            env.changes.truncate(reported);
        }
        Ok(result?)
    }

    /// Moves the coins of a conversion.
    fn convert(
        &mut self,
        owner: &Address,
        conversion: Conversion,
        env: &mut BmeEnv<'_>,
    ) -> Result<ExecutedRecord, Error> {
        let Conversion {
            burned,
            gross,
            spread,
            paid,
            swap,
        } = conversion;
        let vault = &env.modules.bme;
        let minting = *burned.denom() == Denom::UAKT;
        // AKT is not burned but kept, as credit for those who come back; it pays before anything new is minted.
        let issued = if minting {
            Coin::zero(gross.denom().clone())
        } else {
            let credit = amount(&self.credits, gross.denom());
            Coin::from_int(gross.denom().clone(), credit.min(gross.amount()))?
        };
        let minted = gross.sub(&issued)?;
        if minting {
            add(&mut self.credits, &burned)?;
        } else {
            env.bank.burn(vault, &burned, env.changes)?;
            add(&mut self.burned, &burned)?;
        }
        env.bank.mint(vault, &minted, env.changes)?;
        add(&mut self.minted, &minted)?;
        sub(&mut self.credits, &issued)?;
        env.bank.transfer(vault, owner, &paid, env.changes)?;

        let to = |coin: Coin| (!coin.is_zero()).then(|| swap.price_to(coin));
        let from = |applies: bool| -> Option<CoinPrice> {
            applies.then(|| swap.price_from(burned.clone()))
        };
        Ok(ExecutedRecord {
            burned_from: owner.clone(),
            minted_to: owner.clone(),
            burner: MODULE.to_owned(),
            minter: MODULE.to_owned(),
            burned: from(!minting),
            minted: to(minted),
            spread,
            remint_credit_issued: to(issued),
            remint_credit_accrued: from(minting),
        })
    }
}

/// Before all ids of a denom.
fn first_of(denom: &Denom) -> RecordId {
    RecordId {
        denom: denom.clone(),
        to_denom: Denom::new("A--").unwrap_or(Denom::ACT),
        source: Address::from_parts("", &[]),
        height: Height(i64::MIN),
        sequence: i64::MIN,
    }
}
