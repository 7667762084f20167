//! Value for money.

use crate::model::{GpuModel, NumberFormat};
use serde::{Deserialize, Serialize};

/// What a price is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Dense TFLOP/s in a format.
    Tflops(NumberFormat),
    /// GB/s of memory bandwidth.
    Bandwidth,
    /// GiB of nominal memory.
    Memory,
}

/// A card with its price and what that buys.
#[derive(Debug, Clone, PartialEq)]
pub struct Value<'c> {
    /// The card.
    pub card: &'c GpuModel,
    /// US dollars of one GPU per hour.
    pub usd_per_gpu_hour: f64,
    /// US dollars per hour and unit of the measure.
    pub usd_per_unit: f64,
}

impl Measure {
    /// How much of it a card has.
    #[must_use]
    pub fn of(self, card: &GpuModel) -> Option<f64> {
        match self {
            Self::Tflops(format) => card.tflops(format),
            Self::Bandwidth => card.memory_bandwidth_gb_s,
            Self::Memory => Some(crate::sizing::float(card.memory.gib())),
        }
    }
}

/// Priced cards by value, the best first; those whose figure is not known are left out.
///
/// ```
/// use akash_gpu::Catalog;
/// use akash_gpu::compare::{Measure, rank};
///
/// let catalog = Catalog::embedded();
/// let t4 = catalog.named("t4").next().unwrap();
/// let rtx4090 = catalog.named("rtx4090").next().unwrap();
/// let ranked = rank([(t4, 0.16), (rtx4090, 0.36)], Measure::Memory);
/// assert_eq!(ranked[0].card.model, "t4");
/// assert_eq!(ranked[0].usd_per_unit, 0.01);
/// assert_eq!(rank([(t4, 0.16), (rtx4090, 0.36)], Measure::Bandwidth)[0].card.model, "rtx4090");
/// ```
#[must_use]
pub fn rank<'c>(
    offers: impl IntoIterator<Item = (&'c GpuModel, f64)>,
    measure: Measure,
) -> Vec<Value<'c>> {
    let mut ranked: Vec<Value<'c>> = offers
        .into_iter()
        .filter_map(|(card, usd_per_gpu_hour)| {
            let amount = measure.of(card).filter(|a| *a > 0.0)?;
            Some(Value {
                card,
                usd_per_gpu_hour,
                usd_per_unit: usd_per_gpu_hour / amount,
            })
        })
        .collect();
    ranked.sort_by(|a, b| {
        a.usd_per_unit
            .total_cmp(&b.usd_per_unit)
            .then(a.card.order().cmp(&b.card.order()))
    });
    ranked
}
