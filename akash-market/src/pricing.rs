//! What a provider asks for a group: one pure decision, and the strategies the reference provider ships
//! (provider `bidengine/pricing.go`, `bidengine/shellscript.go`).
//!
//! A [`PricingStrategy`] answers with a price per block for the whole group or refuses. A refusal is final: no
//! combinator here tries another strategy after one, because a provider whose whitelist says no must not bid by some
//! other rule.
//!
//! ```
//! use akash_market::pricing::{PriceRequest, PricingStrategy, PricingStrategyExt, Rates, Scale};
//! # use akash_sdl::group::{GroupSpec, ResourceUnit};
//! # use akash_sdl::resource::{Bytes, Cpu, Memory, MilliCpu, Resources};
//! # let resources = Resources {
//! #     id: 1, cpu: Cpu { units: MilliCpu(1000), ..Cpu::default() },
//! #     memory: Memory { quantity: Bytes(512 << 20), ..Memory::default() }, ..Resources::default() };
//! # let unit = ResourceUnit { resources, count: 1, price: "100uact".parse()? };
//! # let group = GroupSpec { name: "g".into(), requirements: Default::default(), resources: vec![unit] };
//!
//! // One CPU and 512 MiB: 1000 × 0.004 + 512 × 0.0016
//! let rates = Rates { cpu: "0.004".parse()?, memory: "0.0016".parse()?, ..Rates::default() };
//! let strategy = Scale::new(rates)?.at_least("1".parse()?);
//! let owner = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0".parse()?;
//! let price = strategy.price(&PriceRequest::new(&owner, &group))?;
//! assert_eq!(price, "4.8192uact".parse()?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod combine;
mod generic;
mod random_range;
mod rate;
mod scale;
pub mod script;

pub use combine::{AtLeast, MarkedUp, OnlyFor, PerTenant, PricingStrategyExt};
pub use generic::{GenericScript, GenericScriptError, GpuPrices, MonthlyTargets};
pub use random_range::{DrawSource, PriceRange, RandomRange};
pub use rate::{Rate, RateError};
pub use scale::{FlagError, Rates, Scale, ScaleError, parse_storage_flag};

use crate::address::Address;
use crate::bid::ResourceOffer;
use crate::id::Height;
use crate::matching::{PriceError, order_price};
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{DecCoin, NumError};
use akash_sdl::resource::Storage;

/// Fractional digits that the reference asks its price script for.
pub const PRICE_PRECISION: u32 = 6;

/// What a price is asked for.
#[derive(Debug, Clone, Copy)]
pub struct PriceRequest<'a> {
    /// The tenant.
    pub owner: &'a Address,
    /// What it asks for, with the most it pays.
    pub group: &'a GroupSpec,
    /// What was reserved: committed quantities and concrete GPUs. Empty before a reservation.
    pub allocated: &'a [ResourceOffer],
    /// Fractional digits wanted; 0 for "as the strategy likes".
    pub precision: u32,
    /// Height of the chain, where the caller knows it.
    pub height: Option<Height>,
}

impl<'a> PriceRequest<'a> {
    /// A request before a reservation, with the usual precision.
    #[must_use]
    pub const fn new(owner: &'a Address, group: &'a GroupSpec) -> Self {
        Self {
            owner,
            group,
            allocated: &[],
            precision: PRICE_PRECISION,
            height: None,
        }
    }

    /// The same after a reservation.
    #[must_use]
    pub const fn with_allocated(mut self, allocated: &'a [ResourceOffer]) -> Self {
        self.allocated = allocated;
        self
    }

    /// The most the tenant pays for the whole group; its denom is that of the price.
    ///
    /// # Errors
    /// A group without units, or one that the chain would refuse.
    pub fn max_price(&self) -> Result<DecCoin, PricingError> {
        Ok(order_price(self.group)?)
    }
}

/// Why there is no price.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PricingError {
    /// The group has no price, and so no denom to bid in.
    #[error(transparent)]
    Group(#[from] PriceError),
    /// A storage class for which there is no rate.
    #[error(
        "no pricing configured for storage class {class:?}: add a rate for it or don't offer it"
    )]
    NoStorageRate {
        /// The class.
        class: String,
    },
    /// The exact price has more digits than the chain holds; nothing is rounded.
    #[error("the price {value} has more than 18 fractional digits: use rates with fewer digits")]
    TooPrecise {
        /// The exact price.
        value: String,
    },
    /// The price is zero.
    #[error("a bid of zero was produced: a price must be positive")]
    Zero,
    /// The price is negative, no number, or above 10^18.
    #[error("the bid {value} is invalid: a price is a number from above 0 to 10^18")]
    Invalid {
        /// What was produced.
        value: String,
    },
    /// The price can't be represented at all.
    #[error("the price is out of range: it must stay below 2^256")]
    OutOfRange,
    /// The range of random prices is too wide to draw from.
    #[error("the range from {min} to {max} is too wide to draw a price from")]
    TooWide {
        /// Lower end.
        min: Box<DecCoin>,
        /// Upper end.
        max: Box<DecCoin>,
    },
    /// The strategy refuses this tenant or group.
    #[error("no bid: {reason}")]
    Refused {
        /// Why.
        reason: String,
    },
    /// A price script did not give a price, or its input can't be made.
    #[error(transparent)]
    Script(#[from] script::ScriptError),
    /// The generic script's rules give no price.
    #[error(transparent)]
    Generic(#[from] GenericScriptError),
    /// Arithmetic left its range.
    #[error(transparent)]
    Number(#[from] NumError),
}

/// Decides what a provider asks for a group, or that it does not want it.
///
/// Pure: equal requests get equal answers, apart from sources of chance that the implementer was given. The answer is
/// in the denom of the group's price; the caller compares it with the most the tenant pays
/// ([`check_bid_price`](crate::matching::check_bid_price)).
pub trait PricingStrategy: Send + Sync {
    /// The price for one block of the whole group.
    ///
    /// # Errors
    /// Why there is none. The caller must not bid then.
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError>;
}

impl<T: PricingStrategy + ?Sized> PricingStrategy for &T {
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        (**self).price(request)
    }
}

impl<T: PricingStrategy + ?Sized> PricingStrategy for Box<T> {
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        (**self).price(request)
    }
}

impl<T: PricingStrategy + ?Sized> PricingStrategy for std::sync::Arc<T> {
    fn price(&self, request: &PriceRequest<'_>) -> Result<DecCoin, PricingError> {
        (**self).price(request)
    }
}

/// The class under which a volume is charged by [`Scale`]: that of a persistent volume, else `ephemeral`, RAM included.
fn charged_class(volume: &Storage) -> &str {
    let value = |key| {
        volume
            .attributes
            .iter()
            .find(|a| a.key == key)
            .map(|a| &*a.value)
    };
    let persistent = value("persistent").is_some_and(crate::inventory::is_true);
    let class = value("class").filter(|class| persistent && !class.is_empty());
    class.unwrap_or(EPHEMERAL)
}

/// The class of volumes that name none.
const EPHEMERAL: &str = "ephemeral";
