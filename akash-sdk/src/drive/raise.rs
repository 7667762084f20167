//! Transactions that were allowed too little gas or offered too small a fee, and with what they are made anew.

use crate::chain::{Inclusion, Rejection, SubmitOptions};
use crate::journal::Raise;
use akash_market::workflow::Intent;
use akash_sdl::num::Coin;
use std::collections::BTreeMap;

/// What was raised: for each intent gas and fee once at most.
#[derive(Debug, Default)]
pub(super) struct Raises(BTreeMap<Intent, Raise>);

impl Raises {
    /// How the next transaction of an intent is made.
    pub(super) fn options(&self, intent: Intent, options: &SubmitOptions) -> SubmitOptions {
        let mut options = options.clone();
        if let Some(raise) = self.0.get(&intent) {
            options.min_gas = options.min_gas.max(raise.min_gas);
            if raise.min_fee.is_some() {
                options.min_fee.clone_from(&raise.min_fee);
            }
        }
        options
    }

    /// Forgets an intent that is settled; says which refusal it was raised for last.
    pub(super) fn settle(&mut self, intent: Intent) -> Option<Rejection> {
        Some(self.0.remove(&intent)?.because)
    }

    /// Takes in what an earlier run raised.
    pub(super) fn restore(&mut self, intent: Intent, raise: Raise) {
        self.0.insert(intent, raise);
    }

    /// Takes in that a transaction failed in a block. With what it is to be made anew: only if it ran out of gas, for then
    /// nothing of it was done. It gets 1.3 times what it used.
    pub(super) fn after_block(
        &mut self,
        intent: Intent,
        inclusion: &Inclusion,
        rejection: &Rejection,
    ) -> Option<&Raise> {
        if !rejection.is_out_of_gas() {
            return None;
        }
        let used = inclusion.gas_used.max(inclusion.gas_wanted);
        let gas = used.saturating_add(used.saturating_mul(3) / 10);
        self.raise(intent, rejection, |raise| &mut raise.min_gas, gas)
    }

    /// Takes in that a transaction was refused at the door. With what it is to be made anew: only if the fee was too small
    /// and the node said which one it takes.
    pub(super) fn at_door(
        &mut self,
        intent: Intent,
        fee: &[Coin],
        rejection: &Rejection,
    ) -> Option<&Raise> {
        let mut required = rejection.required_fee().into_iter();
        let asked = required.find(|asked| fee.iter().any(|one| one.denom() == asked.denom()))?;
        self.raise(intent, rejection, |raise| &mut raise.min_fee, asked)
    }

    /// Raises one thing, unless it was raised before.
    fn raise<T>(
        &mut self,
        intent: Intent,
        rejection: &Rejection,
        what: impl FnOnce(&mut Raise) -> &mut Option<T>,
        to: T,
    ) -> Option<&Raise> {
        let raise = self.0.entry(intent).or_insert_with(|| Raise {
            min_gas: None,
            min_fee: None,
            because: rejection.clone(),
        });
        let what = what(raise);
        if what.is_some() {
            return None;
        }
        *what = Some(to);
        raise.because = rejection.clone();
        Some(raise)
    }
}
