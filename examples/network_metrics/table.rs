//! The days as text.

use super::simulate::History;
use akash_market::metrics::Day;
use akash_sdl::num::{Dec, Denom, Int};
use std::fmt::Write as _;

/// Millions of a micro-unit as whole tokens with so many decimals.
pub(crate) fn tokens(micro: f64) -> f64 {
    micro / 1e6
}

pub(crate) fn int(value: Int) -> f64 {
    value.to_string().parse().unwrap_or(f64::NAN)
}

pub(crate) fn dec(value: Dec) -> f64 {
    value.to_string().parse().unwrap_or(f64::NAN)
}

/// ACT spent on a day.
pub(crate) fn spent(day: &Day) -> f64 {
    let uact = day.flow.spent.get(&Denom::UACT).copied();
    tokens(dec(uact.unwrap_or_default()))
}

pub(crate) fn table(history: &History) -> String {
    let mut text = if history.series.days().is_empty() {
        looks(history)
    } else {
        days(history)
    };
    text.push_str("\nmodel            cards  leased  utilisation\n");
    for model in &history.models {
        let name = format!("{} {}", model.model.vendor, model.model.model);
        let _ = writeln!(
            text,
            "{name:<15}  {:>5}  {:>6}  {:>9}.{:02} %",
            model.total,
            model.leased,
            model.basis_points / 100,
            model.basis_points % 100,
        );
    }
    if let Some(last) = history.samples.last() {
        let percent = |bp: u64| format!("{}.{:02} %", bp / 100, bp % 100);
        let _ = writeln!(
            text,
            "\nat the end: {} of {} leases active, {} providers online, GPUs {}, CPUs {}, memory {}",
            last.figures.leases_active,
            last.figures.leases_ever,
            last.capacity.providers,
            percent(last.gpus.basis_points()),
            percent(last.capacity.utilisation(|q| q.cpu).basis_points()),
            percent(last.capacity.utilisation(|q| q.memory).basis_points()),
        );
    }
    text
}

/// What was seen at each look at a live network.
fn looks(history: &History) -> String {
    let mut text = format!("{}\n\n", history.source);
    text.push_str("    height  leases  unfunded  uact a block     GPUs  providers  of\n");
    for sample in &history.samples {
        let figures = &sample.figures;
        let rate = figures.rates.get(&Denom::UACT).copied().unwrap_or_default();
        let gpus = sample.gpus.basis_points();
        // Writing to a string can't fail.
        let _ = writeln!(
            text,
            "{:>10}  {:>6}  {:>8}  {:>12.1}  {:>3}.{:02} %  {:>9}  {:>2}",
            figures.at.height.0,
            figures.leases_active,
            figures.leases_unfunded,
            dec(rate),
            gpus / 100,
            gpus % 100,
            sample.capacity.providers,
            figures.providers,
        );
    }
    text
}

fn days(history: &History) -> String {
    let mut text = String::from(
        "day         deployments  leases  active   spent ACT  AKT burned  ACT minted  ACT burned  AKT reminted\n",
    );
    for day in history.series.days() {
        let flow = &day.flow;
        let c = &flow.conversions;
        // Writing to a string can't fail.
        let _ = writeln!(
            text,
            "{day}  {:>11}  {:>6}  {:>6}  {:>10.2}  {:>10.2}  {:>10.2}  {:>10.2}  {:>12.2}",
            flow.deployments,
            flow.leases,
            day.end.leases_active,
            spent(day),
            tokens(int(c.uakt_burned)),
            tokens(int(c.uact_minted)),
            tokens(int(c.uact_burned)),
            tokens(int(c.uakt_reminted)),
        );
    }
    text
}
