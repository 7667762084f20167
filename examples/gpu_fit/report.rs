//! The table for people and the JSON for programs.

use super::Failure;
use super::options::Options;
use akash_gpu::compare::{Age, Date, PriceTable};
use akash_gpu::sizing::{Architecture, Choice, Fit, Inference, Layout, choices};
use akash_gpu::{Catalog, GpuModel, Requirement};
use serde_json::json;
use std::fmt::Write as _;

const GIB: f64 = (1u64 << 30) as f64;

/// Where the price of a card comes from.
pub(crate) enum Price {
    /// The user's, or a provider's.
    Given(f64),
    /// The cheapest cloud list price, with its age.
    Cloud(f64, Option<Age>, String),
}

impl Price {
    pub(crate) fn usd(&self) -> f64 {
        match self {
            Self::Given(usd) | Self::Cloud(usd, ..) => *usd,
        }
    }
}

/// The price of one card per hour.
pub(crate) fn price(options: &Options, card: &GpuModel, today: Option<Date>) -> Option<Price> {
    if let Some(usd) = options.prices.get(&*card.model) {
        return Some(Price::Given(*usd));
    }
    let key = card.key();
    let day = today.or_else(|| Date::new(1970, 1, 1))?;
    let offers = PriceTable::embedded().compare(&key, 0.0, day);
    offers.first().map(|offer| {
        let cloud = format!("{} {}", offer.row.cloud, offer.row.as_of);
        Price::Cloud(offer.row.usd_per_gpu_hour, today.map(|_| offer.age), cloud)
    })
}

/// The cards that serve a model, the cheapest first.
pub(crate) fn serving(
    options: &Options,
    work: &Inference<'_>,
    today: Option<Date>,
) -> Vec<Choice<'static>> {
    let any = Requirement {
        unregistered: options.all,
        ..Requirement::new(1)
    };
    let cards = Catalog::embedded()
        .models()
        .iter()
        .filter(|card| any.check(card).is_ok());
    choices(work, cards, options.max_gpus(), |card| {
        price(options, card, today).map(|p| p.usd())
    })
}

/// The table of GPU choices.
pub(crate) fn table(
    options: &Options,
    model: &Architecture,
    today: Option<Date>,
) -> Result<String, Failure> {
    let mut out = String::new();
    let Some(work) = options.inference(model) else {
        return training_table(options, model);
    };
    writeln!(
        out,
        "{}: {:.1} B parameters in {}, {} x {} tokens\nweights {:.1} GiB, KV cache {:.2} GiB\n",
        model.name,
        model.params() as f64 / 1e9,
        work.precision,
        work.batch,
        work.context,
        work.weights_bytes() as f64 / GIB,
        work.kv_bytes() as f64 / GIB,
    )?;
    let found = serving(options, &work, today);
    if found.is_empty() {
        writeln!(
            out,
            "No card fits with at most {} of them.",
            options.max_gpus()
        )?;
        for gib in [24.0, 48.0, 80.0, 141.0] {
            match work.search(gib) {
                Some(fit) => writeln!(out, "{} cards of {gib} GB would.", fit.layout.gpus())?,
                None => writeln!(out, "No number of cards of {gib} GB would.")?,
            }
        }
        return Ok(out);
    }
    writeln!(
        out,
        "{:<26} {:>5} {:>6} {:>13} {:>10} {:>9} {:>8} {:>9}  price of",
        "card", "GPUs", "t x p", "GiB per GPU", "tok/s max", "tok/s est", "USD/h", "USD/Mtok"
    )?;
    let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    for choice in &found {
        let card = choice.card;
        let foreign = if work.native_on(card) == Some(false) {
            " *"
        } else {
            ""
        };
        let name = format!("{} {} {}{foreign}", card.model, card.memory, card.interface);
        let memory = format!(
            "{:.1} / {:.1}",
            choice.fit.need.total() as f64 / GIB,
            choice.fit.allowed as f64 / GIB
        );
        let origin = match price(options, card, today) {
            None => "not known".to_owned(),
            Some(Price::Given(_)) => "given".to_owned(),
            Some(Price::Cloud(_, None, cloud)) => cloud,
            Some(Price::Cloud(_, Some(age), cloud)) => format!("{cloud}, {age} old"),
        };
        writeln!(
            out,
            "{name:<26} {:>5} {:>6} {memory:>13} {:>10} {:>9} {:>8} {:>9}  {origin}",
            choice.fit.layout.gpus(),
            choice.fit.layout.to_string(),
            or_dash(
                choice
                    .speed
                    .map(|s| format!("{:.0}", s.decode_tokens_per_s))
            ),
            or_dash(choice.speed.map(|s| format!("{:.0}", s.decode_estimate))),
            or_dash(choice.usd_per_hour.map(|usd| format!("{usd:.2}"))),
            or_dash(choice.usd_per_million_tokens.map(|usd| format!("{usd:.2}"))),
        )?;
    }
    writeln!(
        out,
        "\n* the hardware does not work in {}: engines convert, or refuse.\ntok/s max is the roofline bound of decoding, all sequences together; est is what engines \
         usually reach.\nUSD/Mtok is at the bound, so at least that. Cloud prices are list prices on \
         demand per GPU;\nUSD/h is what the GPUs of one replica cost at that price. Put your bids in \
         with --price.",
        work.precision
    )?;
    Ok(out)
}

fn training_table(options: &Options, model: &Architecture) -> Result<String, Failure> {
    let mut out = String::new();
    let work = options.training(model).ok_or("no workload")?;
    let need = work.need(1);
    writeln!(
        out,
        "{}: {:.1} B parameters, {} sequences of {} tokens per GPU; one GPU would hold {:.1} GiB\n",
        model.name,
        model.params() as f64 / 1e9,
        work.micro_batch,
        work.sequence,
        need.total() as f64 / GIB,
    )?;
    writeln!(out, "{:<26} {:>5} {:>13}", "card", "GPUs", "GiB per GPU")?;
    let any = Requirement {
        unregistered: options.all,
        ..Requirement::new(1)
    };
    for card in Catalog::embedded()
        .models()
        .iter()
        .filter(|card| any.check(card).is_ok())
    {
        let gib = work.assumptions.nominal_gib(card);
        let Some(gpus) = work.search(gib).filter(|n| *n <= options.max_gpus()) else {
            continue;
        };
        let name = format!("{} {} {}", card.model, card.memory, card.interface);
        let each = work.need(gpus).total() as f64 / GIB;
        writeln!(out, "{name:<26} {gpus:>5} {each:>13.1}")?;
    }
    Ok(out)
}

/// The memory need and the number of cards of one size.
pub(crate) fn json(options: &Options, model: &Architecture) -> Result<String, Failure> {
    let gib = options.card_gib();
    let mut out = json!({
        "model": model.name,
        "params": model.params(),
        "params_active": model.active_params(),
        "card_memory_gib": gib,
    });
    let gpus = |fit: &Option<Fit>| fit.as_ref().map(|f| f.layout.gpus());
    let more = if let Some(work) = options.inference(model) {
        // What one card would have to hold: every component once, undivided.
        let one = work.need(Layout::SINGLE);
        let fit = work.search(gib);
        let power = work.search_power_of_two(gib);
        let shown = fit.clone().unwrap_or_else(|| work.fit(Layout::SINGLE, gib));
        json!({
            "workload": "inference",
            "precision": work.precision,
            "context": work.context,
            "batch": work.batch,
            "weights_bytes": work.weights_bytes(),
            "kv_bytes": work.kv_bytes(),
            "activations_bytes": one.activations,
            "runtime_bytes": one.runtime,
            "total_bytes": one.total(),
            "gpus": gpus(&fit),
            "gpus_power_of_two": gpus(&power),
            "layout": fit.as_ref().map(|f| f.layout),
            "layout_power_of_two": power.as_ref().map(|f| f.layout),
            "per_gpu": shown.need,
            "per_gpu_total_bytes": shown.need.total(),
            "per_gpu_allowed_bytes": shown.allowed,
            "all_gpus_bytes":
                shown.need.total().saturating_mul(u64::from(shown.layout.gpus())),
            "verdict": shown.verdict,
            "reason": shown.reason(),
            "verdict_on_one_gpu": work.fit(Layout::SINGLE, gib).verdict,
        })
    } else {
        let work = options.training(model).ok_or("no workload")?;
        let one = work.need(1);
        let count = work.search(gib);
        let each = count.map(|n| work.need(n));
        let is_full = work.kind == akash_gpu::sizing::TrainingKind::Full;
        let stored = if is_full { None } else { Some(work.base) };
        json!({
            "workload": work.kind,
            "precision": stored.unwrap_or_else(|| options.precision(model)),
            "context": work.sequence,
            "batch": work.micro_batch,
            "rank": (!is_full).then_some(work.rank),
            "adapter_params": (!is_full).then(|| work.adapter_params()),
            "weights_bytes": one.weights,
            "kv_bytes": 0,
            "gradients_bytes": one.gradients,
            "optimizer_bytes": one.optimizer,
            "adapters_bytes": one.adapters,
            "activations_bytes": one.activations,
            "logits_bytes": one.logits,
            "runtime_bytes": one.runtime,
            "total_bytes": one.total(),
            "gpus": count,
            "gpus_power_of_two": work.search_power_of_two(gib),
            "per_gpu": each,
            "per_gpu_total_bytes": each.map(|n| n.total()),
            "per_gpu_allowed_bytes": work.assumptions.allowed_bytes(gib),
        })
    };
    if let (Some(out), Some(more)) = (out.as_object_mut(), more.as_object()) {
        out.extend(more.clone());
    }
    Ok(format!("{}\n", serde_json::to_string_pretty(&out)?))
}
