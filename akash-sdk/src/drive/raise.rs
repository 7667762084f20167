//! Transactions that were allowed too little gas or offered too small a fee, and with what they are made anew.

use crate::chain::{Inclusion, Rejection, SubmitOptions};
use akash_market::workflow::Intent;
use akash_sdl::num::Coin;
use std::collections::BTreeMap;

/// What the next transaction of an intent gets more.
#[derive(Debug, Default)]
struct Raise {
    gas: Option<u64>,
    fee: Option<Coin>,
    /// What it is for.
    because: Option<Rejection>,
}

/// What was raised: for each intent gas and fee once at most.
#[derive(Debug, Default)]
pub(super) struct Raises(BTreeMap<Intent, Raise>);

impl Raises {
    /// How the next transaction of an intent is made.
    pub(super) fn options(&self, intent: Intent, options: &SubmitOptions) -> SubmitOptions {
        let mut options = options.clone();
        if let Some(raise) = self.0.get(&intent) {
            options.min_gas = options.min_gas.max(raise.gas);
            if raise.fee.is_some() {
                options.min_fee.clone_from(&raise.fee);
            }
        }
        options
    }

    /// Forgets an intent that is settled; says which refusal it was raised for last.
    pub(super) fn settle(&mut self, intent: Intent) -> Option<Rejection> {
        self.0.remove(&intent)?.because
    }

    /// Takes in that a transaction failed in a block. Whether it is to be made anew: only if it ran out of gas, for then
    /// nothing of it was done. It gets 1.3 times what it used.
    pub(super) fn after_block(
        &mut self,
        intent: Intent,
        inclusion: &Inclusion,
        rejection: &Rejection,
    ) -> bool {
        if !rejection.is_out_of_gas() {
            return false;
        }
        let raise = self.0.entry(intent).or_default();
        if raise.gas.is_some() {
            return false;
        }
        let used = inclusion.gas_used.max(inclusion.gas_wanted);
        raise.gas = Some(used.saturating_add(used.saturating_mul(3) / 10));
        raise.because = Some(rejection.clone());
        true
    }

    /// Takes in that a transaction was refused at the door. Whether it is to be made anew: only if the fee was too small
    /// and the node said which one it takes.
    pub(super) fn at_door(&mut self, intent: Intent, fee: &[Coin], rejection: &Rejection) -> bool {
        let mut required = rejection.required_fee().into_iter();
        let Some(asked) = required.find(|asked| fee.iter().any(|one| one.denom() == asked.denom()))
        else {
            return false;
        };
        let raise = self.0.entry(intent).or_default();
        if raise.fee.is_some() {
            return false;
        }
        raise.fee = Some(asked);
        raise.because = Some(rejection.clone());
        true
    }
}
