//! What a transaction pays: what the policy gives, more if a node asked for it, and never more than is allowed.

use super::TxPolicy;
use crate::chain::{ChainError, SubmitOptions};
use crate::cosmos::tx::GasPrices;
use akash_sdl::num::{Coin, Int};
use std::borrow::Cow;

/// A node that asks for more than so many times what the gas price gives is not obeyed, unless a cap allows it.
const LARGEST_RAISE: u64 = 10;

/// What gas costs.
pub(super) enum Price<'a> {
    Gas(Cow<'a, GasPrices>),
    Fixed(&'a [Coin]),
}

impl Price<'_> {
    /// What this price gives.
    pub(super) fn fee(&self, gas: u64) -> Result<Vec<Coin>, ChainError> {
        match self {
            Self::Gas(prices) => prices
                .fee(gas)
                .map_err(|e| ChainError::Usage(e.to_string())),
            Self::Fixed(coins) => Ok(coins.to_vec()),
        }
    }

    /// What this price gives, or what was asked for where that is more.
    pub(super) fn raised(
        &self,
        gas: u64,
        policy: &TxPolicy,
        options: &SubmitOptions,
    ) -> Result<Vec<Coin>, ChainError> {
        let mut fee = self.fee(gas)?;
        let Some(asked) = &options.min_fee else {
            return Ok(fee);
        };
        let is_capped = caps(policy, options).next().is_some();
        for coin in &mut fee {
            if coin.denom() != asked.denom() || coin.amount() >= asked.amount() {
                continue;
            }
            let cap = match self {
                Self::Fixed(_) => Some(coin.clone()),
                Self::Gas(_) if is_capped => None,
                Self::Gas(_) => Some(times(coin, LARGEST_RAISE)?),
            };
            if let Some(cap) = cap.filter(|cap| asked.amount() > cap.amount()) {
                let fee = asked.clone();
                return Err(ChainError::FeeAboveCap { fee, cap });
            }
            coin.clone_from(asked);
        }
        Ok(fee)
    }
}

fn times(coin: &Coin, factor: u64) -> Result<Coin, ChainError> {
    let amount = coin.amount().mul(Int::from(factor));
    amount
        .and_then(|amount| Coin::from_int(coin.denom().clone(), amount))
        .map_err(|e| ChainError::Usage(e.to_string()))
}

fn caps<'a>(policy: &'a TxPolicy, options: &'a SubmitOptions) -> impl Iterator<Item = &'a Coin> {
    [&policy.max_fee, &options.max_fee].into_iter().flatten()
}

/// Refuses a fee that is above a cap, or in another coin.
pub(super) fn within(
    fee: &[Coin],
    policy: &TxPolicy,
    options: &SubmitOptions,
) -> Result<(), ChainError> {
    for cap in caps(policy, options) {
        let is_over = |fee: &&Coin| fee.denom() != cap.denom() || fee.amount() > cap.amount();
        if let Some(over) = fee.iter().find(is_over) {
            return Err(ChainError::FeeAboveCap {
                fee: over.clone(),
                cap: cap.clone(),
            });
        }
    }
    Ok(())
}
