//! What one GPU costs an hour.

use super::{BlockTime, RateError};
use crate::bid::ResourceOffer;
use crate::matching::{PriceError, order_price};
use akash_gpu::GpuKey;
use akash_sdl::group::GroupSpec;
use akash_sdl::num::{Dec, DecCoin, NumError};
use akash_sdl::resource::Resources;
use serde::{Deserialize, Serialize};

/// US dollars for one GPU and hour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GpuHour {
    /// The attribute key of the one model that serves, such as `vendor/nvidia/model/h100`; `None` if several would, or
    /// nothing is said. What [`akash_gpu::compare`] looks up.
    pub key: Option<GpuKey>,
    /// GPUs in all replicas.
    pub gpus: u64,
    /// The whole price over the GPUs: CPU, memory and storage are included, as in cloud machines' prices.
    pub usd: Dec,
}

/// Why there is no price for a GPU and hour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GpuHourError {
    /// The group asks for none.
    #[error("the group asks for no GPU, so that nothing can be said of a GPU's price")]
    NoGpu,
    /// The group has no price.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// The price can't be turned into US dollars.
    #[error(transparent)]
    Rate(#[from] RateError),
    /// A number left its range.
    #[error(transparent)]
    Number(#[from] NumError),
}

impl GpuHour {
    /// Of a price for one block: of a lease, or of a bid, whose offer may name the model that would serve.
    ///
    /// ```
    /// use akash_gpu::compare::{Date, PriceTable};
    /// use akash_market::cost::{BlockTime, GpuHour};
    /// # use akash_sdl::attribute::Attribute;
    /// # use akash_sdl::group::{GroupSpec, ResourceUnit};
    /// # use akash_sdl::num::Dec;
    /// # use akash_sdl::resource::{Gpu, Resources};
    /// # let key = "vendor/nvidia/model/h100/ram/80Gi/interface/sxm";
    /// # let gpu = Gpu { units: 8, attributes: vec![Attribute::new(key, "true")] };
    /// # let resources = Resources { id: 1, gpu, ..Resources::default() };
    /// # let unit = ResourceUnit { resources, count: 1, price: "40000uact".parse()? };
    /// # let group = GroupSpec { name: "g".into(), requirements: Default::default(), resources: vec![unit] };
    /// // 8 × H100 at 0.02 ACT a block of 6 s: 12 US dollars an hour
    /// let hour = GpuHour::of(&group, &"20000uact".parse()?, &[], BlockTime::CONSOLE_API, Dec::ONE)?;
    /// assert_eq!((hour.gpus, hour.usd), (8, "1.5".parse()?));
    /// let clouds = PriceTable::embedded();
    /// let today = Date::new(2026, 4, 30).expect("a date");
    /// let found = clouds.compare(&hour.key.clone().expect("one model"), hour.usd_f64(), today);
    /// assert!(found[0].saving > 0.7);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// `akt_price` in US dollars for one AKT values a price in uakt.
    ///
    /// # Errors
    /// [`GpuHourError::NoGpu`]; a denom without a dollar value; numbers out of range.
    pub fn of(
        group: &GroupSpec,
        price: &DecCoin,
        offer: &[ResourceOffer],
        block_time: BlockTime,
        akt_price: Dec,
    ) -> Result<Self, GpuHourError> {
        let gpus = group.resources.iter().fold(0_u64, |sum, unit| {
            let one = unit.resources.gpu.units;
            sum.saturating_add(one.saturating_mul(u64::from(unit.count)))
        });
        if gpus == 0 {
            return Err(GpuHourError::NoGpu);
        }
        let usd = block_time.usd_per_hour(price, akt_price)?;
        let asked = group.resources.iter().map(|unit| &unit.resources);
        let offered = offer.iter().map(|offer| &offer.resources);
        Ok(Self {
            key: one_key(offered).or_else(|| one_key(asked)),
            gpus,
            usd: usd.quo(Dec::from_u64(gpus))?,
        })
    }

    /// Of the most that a group of an SDL pays.
    ///
    /// # Errors
    /// As [`of`](Self::of), and a group without a price.
    pub fn of_cap(
        group: &GroupSpec,
        block_time: BlockTime,
        akt_price: Dec,
    ) -> Result<Self, GpuHourError> {
        Self::of(group, &order_price(group)?, &[], block_time, akt_price)
    }

    /// The dollars as a floating-point number, for [`akash_gpu::compare`].
    #[must_use]
    pub fn usd_f64(&self) -> f64 {
        self.usd.to_string().parse().unwrap_or(f64::NAN)
    }
}

/// The one GPU key of all resources that have GPUs.
fn one_key<'r>(all: impl Iterator<Item = &'r Resources>) -> Option<GpuKey> {
    let mut found = None;
    for attribute in all.flat_map(|r| &r.gpu.attributes) {
        let key: GpuKey = attribute.key.parse().ok()?;
        if found.as_ref().is_some_and(|other| *other != key) || key.is_pattern() {
            return None;
        }
        found = Some(key);
    }
    found
}
