//! Which cards of a catalogue serve a model, the cheapest first.

use super::fit::Fit;
use super::speed::{Speed, usd_per_million_tokens};
use super::{Inference, float};
use crate::model::GpuModel;

/// A card on which a model fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<'c> {
    /// The card.
    pub card: &'c GpuModel,
    /// How many of them, and how the model is split.
    pub fit: Fit,
    /// How fast it can be; `None` when the card's bandwidth is not known.
    pub speed: Option<Speed>,
    /// Price of all GPUs per hour in US dollars, if a price is known.
    pub usd_per_hour: Option<f64>,
    /// Price of a million output tokens at the decode bound: what it costs *at least*.
    pub usd_per_million_tokens: Option<f64>,
}

/// The cards on which a model fits with at most `gpus_max` of them: each with the fewest, and with
/// the smallest power of two if that is another number. Sorted by price per hour; those without a
/// price come after, sorted by total memory and number.
///
/// `price` gives the US dollars of one GPU per hour.
///
/// ```
/// use akash_gpu::{Catalog, Requirement};
/// use akash_gpu::sizing::{Architecture, Inference, Precision, choices};
///
/// let work = Inference::new(Architecture::find("llama-3.1-70b").unwrap(), Precision::FP8);
/// let need = Requirement::new(1);
/// let cards = need.cards(Catalog::embedded());
/// let found = choices(&work, cards, 8, |card| match &*card.model {
///     "h100" => Some(2.0),
///     "a100" => Some(1.0),
///     _ => None,
/// });
/// assert_eq!(found[0].card.model, "a100");
/// assert!(found[0].usd_per_hour <= found[1].usd_per_hour);
/// ```
pub fn choices<'c>(
    work: &Inference<'_>,
    cards: impl IntoIterator<Item = &'c GpuModel>,
    gpus_max: u32,
    price: impl Fn(&GpuModel) -> Option<f64>,
) -> Vec<Choice<'c>> {
    let mut limited = work.clone();
    limited.assumptions.gpus_max = gpus_max.min(work.assumptions.gpus_max);
    let mut found: Vec<Choice<'c>> = Vec::new();
    for card in cards {
        let gib = work.assumptions.nominal_gib(card);
        let fewest = limited.search(gib);
        // Three or seven GPUs can only be a pipeline: cheaper by the hour, slower by far.
        let power = limited
            .search_power_of_two(gib)
            .filter(|fit| fewest.as_ref() != Some(fit));
        for fit in fewest.into_iter().chain(power) {
            let speed = work.speed(fit.layout, card);
            let usd_per_hour = price(card).map(|usd| usd * f64::from(fit.layout.gpus()));
            let tokens = speed.map(|s| s.decode_tokens_per_s);
            let usd_per_million_tokens = usd_per_hour
                .zip(tokens)
                .and_then(|(usd, rate)| usd_per_million_tokens(usd, rate));
            found.push(Choice {
                card,
                fit,
                speed,
                usd_per_hour,
                usd_per_million_tokens,
            });
        }
    }
    found.sort_by(|a, b| {
        let price = |c: &Choice<'_>| c.usd_per_hour.unwrap_or(f64::INFINITY);
        let memory = |c: &Choice<'_>| float(c.card.memory.gib()) * f64::from(c.fit.layout.gpus());
        price(a)
            .total_cmp(&price(b))
            .then(memory(a).total_cmp(&memory(b)))
            .then(a.fit.layout.gpus().cmp(&b.fit.layout.gpus()))
            .then(a.card.order().cmp(&b.card.order()))
    });
    found
}
