//! Strategies around strategies. None tries a second one after a refusal.

use super::{PriceRequest, PricingError, PricingStrategy};
use crate::address::Address;
use akash_sdl::num::{Dec, DecCoin};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Never below a floor.
#[derive(Debug, Clone)]
pub struct AtLeast<S> {
    inner: S,
    floor: Dec,
}

impl<S: PricingStrategy> PricingStrategy for AtLeast<S> {
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        let price = self.inner.price(request)?;
        if price.amount() >= self.floor {
            return Ok(price);
        }
        Ok(DecCoin::new(price.denom().clone(), self.floor)?)
    }
}

/// A multiple of another strategy's price.
#[derive(Debug, Clone)]
pub struct MarkedUp<S> {
    inner: S,
    factor: Dec,
}

impl<S: PricingStrategy> PricingStrategy for MarkedUp<S> {
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        let price = self.inner.price(request)?;
        let amount = price.amount().mul_round_up(self.factor)?;
        if amount.is_zero() {
            return Err(PricingError::Zero);
        }
        Ok(DecCoin::new(price.denom().clone(), amount)?)
    }
}

/// Refuses every tenant but some.
#[derive(Debug, Clone)]
pub struct OnlyFor<S> {
    inner: S,
    tenants: BTreeSet<Address>,
}

impl<S: PricingStrategy> PricingStrategy for OnlyFor<S> {
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        if !self.tenants.contains(request.owner) {
            let reason = format!("tenant {} is not on the whitelist", request.owner);
            return Err(PricingError::Refused { reason });
        }
        self.inner.price(request)
    }
}

/// Own strategies for some tenants, one for all others. A tenant's own strategy decides alone, also when it refuses.
pub struct PerTenant<S> {
    own: BTreeMap<Address, Box<dyn PricingStrategy>>,
    others: S,
}

impl<S: PricingStrategy> PerTenant<S> {
    /// One strategy for all tenants so far.
    #[must_use]
    pub const fn new(others: S) -> Self {
        Self {
            own: BTreeMap::new(),
            others,
        }
    }

    /// The same with a tenant's own strategy.
    #[must_use]
    pub fn with(mut self, tenant: Address, strategy: impl PricingStrategy + 'static) -> Self {
        self.own.insert(tenant, Box::new(strategy));
        self
    }
}

impl<S: PricingStrategy> PricingStrategy for PerTenant<S> {
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        match self.own.get(request.owner) {
            Some(own) => own.price(request),
            None => self.others.price(request),
        }
    }
}

impl<S: fmt::Debug> fmt::Debug for PerTenant<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PerTenant")
            .field("own", &self.own.keys().collect::<Vec<_>>())
            .field("others", &self.others)
            .finish()
    }
}

/// Wraps any strategy.
///
/// ```
/// use akash_market::pricing::{PricingStrategyExt, RandomRange};
/// let strategy = RandomRange::new(|_: u64| 0).marked_up("1.2".parse()?).at_least("5".parse()?);
/// # let _ = strategy;
/// # Ok::<(), akash_sdl::num::NumError>(())
/// ```
pub trait PricingStrategyExt: PricingStrategy + Sized {
    /// Never below a floor, in units of the price's denom.
    fn at_least(self, floor: Dec) -> AtLeast<Self> {
        AtLeast { inner: self, floor }
    }

    /// The price times a factor, rounded up at the 18th digit; 1.2 adds a fifth.
    fn marked_up(self, factor: Dec) -> MarkedUp<Self> {
        MarkedUp {
            inner: self,
            factor,
        }
    }

    /// Refuses every tenant but these.
    fn only_for(self, tenants: impl IntoIterator<Item = Address>) -> OnlyFor<Self> {
        OnlyFor {
            inner: self,
            tenants: tenants.into_iter().collect(),
        }
    }
}

impl<S: PricingStrategy> PricingStrategyExt for S {}
