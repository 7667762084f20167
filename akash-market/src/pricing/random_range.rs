//! The reference's strategy `randomRange`.

use super::{PriceRequest, PricingError, PricingStrategy};
use akash_sdl::num::{Dec, DecCoin, Denom, Int};

/// Where random numbers come from. Implemented for functions `Fn(u64) -> u64`.
pub trait DrawSource: Send + Sync {
    /// A number from 0 up to below `bound`, each as likely as the others.
    fn draw(&self, bound: u64) -> u64;
}

impl<F: Fn(u64) -> u64 + Send + Sync> DrawSource for F {
    fn draw(&self, bound: u64) -> u64 {
        self(bound)
    }
}

/// The strategy `randomRange`: a price between two bounds that depend on memory alone. It lands in the lowest
/// hundredth of the range, as the reference's does.
///
/// ```
/// use akash_market::pricing::RandomRange;
/// // No randomness of its own: here the lowest number each time.
/// let strategy = RandomRange::new(|_bound: u64| 0);
/// # let _ = strategy;
/// ```
#[derive(Debug, Clone)]
pub struct RandomRange<D> {
    source: D,
}

impl<D: DrawSource> RandomRange<D> {
    /// With a source of chance.
    pub const fn new(source: D) -> Self {
        Self { source }
    }
}

/// The bounds between which [`RandomRange`] prices a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceRange {
    denom: Denom,
    min: Dec,
    max: Dec,
}

impl PriceRange {
    /// The bounds for a request.
    ///
    /// # Errors
    /// A group without a price; memory beyond the range of decimals.
    pub fn of(request: &PriceRequest<'_>) -> Result<Self, PricingError> {
        let limit = request.max_price()?;
        let mut memory = 0_u128;
        for unit in &request.group.resources {
            let bytes = u128::from(unit.resources.memory.quantity.0);
            memory = memory.saturating_add(bytes.saturating_mul(unit.count.into()));
        }
        let share = |factor: u128| Dec::from_int(Int::from(memory.saturating_mul(factor) >> 30));
        let mut min = share(50);
        let mut max = share(1 << 20).min(limit.amount());
        if min.is_zero() {
            min = Dec::ONE;
        }
        if max.is_zero() {
            max = Dec::ONE;
        }
        Ok(Self {
            denom: limit.denom().clone(),
            min,
            max,
        })
    }

    /// Lower bound; the price where the upper one is not above it.
    #[must_use]
    pub const fn min(&self) -> Dec {
        self.min
    }

    /// Upper bound: at most what the tenant pays.
    #[must_use]
    pub const fn max(&self) -> Dec {
        self.max
    }

    /// How many prices there are to draw from; `None` where the bounds are equal and nothing is drawn.
    ///
    /// # Errors
    /// [`PricingError::TooWide`].
    pub fn draws(&self) -> Result<Option<u64>, PricingError> {
        if self.min == self.max {
            return Ok(None);
        }
        let width = self.max.sub(self.min)?.mul_i64(10_000)?;
        let Ok(draws) = width.truncate_i64() else {
            return Err(PricingError::TooWide {
                min: Box::new(DecCoin::new(self.denom.clone(), self.min)?),
                max: Box::new(DecCoin::new(self.denom.clone(), self.max)?),
            });
        };
        Ok(Some(u64::try_from(draws).unwrap_or(0).max(1)))
    }

    /// The price for a drawn number; with equal bounds every number gives the same.
    ///
    /// # Errors
    /// Arithmetic out of range.
    pub fn price(&self, drawn: u64) -> Result<DecCoin, PricingError> {
        if self.min == self.max {
            return Ok(DecCoin::new(self.denom.clone(), self.max)?);
        }
        let step = Dec::from_u64(drawn).quo_i64(10_000)?.quo_i64(100)?;
        Ok(DecCoin::new(self.denom.clone(), self.min.add(step)?)?)
    }
}

impl<D: DrawSource> PricingStrategy for RandomRange<D> {
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        let range = PriceRange::of(request)?;
        let drawn = range.draws()?.map_or(0, |bound| {
            let last = bound.saturating_sub(1);
            self.source.draw(bound).min(last)
        });
        range.price(drawn)
    }
}
