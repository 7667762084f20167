//! One page with all plots: light or dark as the reader's system is, and readable without scripts.

use super::plot::{Curve, Frame, Ticks, bars, escape, lines, parts, short};
use super::simulate::{History, Sample};
use super::table::{dec, int, spent, tokens};
use akash_market::metrics::{Day, Utilisation};
use akash_sdl::num::Denom;

const STYLE: &str = "
:root { color-scheme: light dark; --page:#f4f3f0; --card:#fcfcfb; --ink:#0b0b0b; --muted:#52514e; --grid:#e4e3df;
  --base:#9a9993; --rest:#dcdbd6; --c0:#2a78d6; --c1:#d9780a; --c2:#178a62; --c3:#7a5bd0; }
@media (prefers-color-scheme: dark) { :root { --page:#111110; --card:#1a1a19; --ink:#ffffff; --muted:#c3c2b7;
  --grid:#32322f; --base:#7d7c76; --rest:#3a3a37; --c0:#5598e7; --c1:#e39a3b; --c2:#33b487; --c3:#a68ff0; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 28px; background: var(--page); color: var(--ink);
  font: 15px/1.45 system-ui, 'DejaVu Sans', sans-serif; }
main { max-width: 1440px; margin: 0 auto; }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 16px; margin: 0; }
p { margin: 2px 0 0; color: var(--muted); } figcaption p { font-size: 13px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 14px; margin: 20px 0; }
.tile, figure { background: var(--card); border: 1px solid var(--grid); border-radius: 8px; padding: 14px 16px; }
.tile b { display: block; font-size: 26px; line-height: 1.2; } .tile span { color: var(--muted); font-size: 13px; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(520px, 100%), 1fr)); gap: 16px; }
figure { margin: 0; } svg { display: block; width: 100%; height: auto; margin-top: 6px; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 18px; margin: 8px 0 0; padding: 0; font-size: 13px; }
.legend i { display: inline-block; width: 12px; height: 12px; border-radius: 3px; margin-right: 6px; vertical-align: -1px; }
i.c0 { background: var(--c0); } i.c1 { background: var(--c1); } i.c2 { background: var(--c2); } i.c3 { background: var(--c3); }
i.rest { background: var(--rest); } rect.rest { fill: var(--rest); }
.bar.c0 { fill: var(--c0); } .bar.c1 { fill: var(--c1); } .bar.c2 { fill: var(--c2); } .bar.c3 { fill: var(--c3); }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.line.c0 { stroke: var(--c0); } .line.c1 { stroke: var(--c1); } .line.c2 { stroke: var(--c2); } .line.c3 { stroke: var(--c3); }
.grid { stroke: var(--grid); } .base { stroke: var(--base); }
text { fill: var(--muted); font-size: 12px; } text.name { fill: var(--ink); font-size: 13px; } text.axis { font-size: 12px; }
footer { margin-top: 18px; font-size: 13px; color: var(--muted); }
";

pub(crate) fn page(history: &History) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Network metrics</title><style>{STYLE}</style></head><body><main>\
         <h1>Network metrics</h1><p>{}</p>\
         {}<div class=\"plots\">{}</div>\
         <footer>Definitions: the module page of <code>akash_market::metrics</code>. Spend is what escrow accounts paid, to \
         the last unit; GPUs in use are spread evenly over the cards of a node.</footer></main></body></html>\n",
        escape(&history.source),
        tiles(history),
        plots(history)
    )
}

fn percent(use_of: Utilisation) -> f64 {
    let points = u32::try_from(use_of.basis_points()).unwrap_or(u32::MAX);
    f64::from(points) / 100.0
}

fn number(value: u64) -> f64 {
    f64::from(u32::try_from(value).unwrap_or(u32::MAX))
}

fn tiles(history: &History) -> String {
    let Some(last) = history.samples.last() else {
        return String::new();
    };
    let figures = &last.figures;
    let days = history.series.days();
    let spend = if days.is_empty() {
        let rate = format!("{} uact", short(rate(last)));
        (rate, "for a block, all leases together".to_owned())
    } else {
        let total: f64 = days.iter().map(spent).sum();
        (format!("{total:.2} ACT"), "spent on leases".to_owned())
    };
    let ratio = last.akt_price;
    let ratio = ratio.and_then(|price| figures.collateral_ratio(price).ok().flatten());
    let ratio = ratio.map_or("–".to_owned(), |r| format!("{} ×", short(dec(r))));
    let tiles = [
        (
            figures.leases_active.to_string(),
            if days.is_empty() {
                format!("active leases, {} out of funds", figures.leases_unfunded)
            } else {
                format!("active leases, of {} ever", figures.leases_ever)
            },
        ),
        spend,
        (
            format!("{:.1} %", percent(last.gpus)),
            "of GPUs in use".to_owned(),
        ),
        (
            last.capacity.providers.to_string(),
            format!("providers online, of {}", figures.providers),
        ),
        (
            short(tokens(int(figures.uact_outstanding))),
            "ACT outstanding".to_owned(),
        ),
        (
            ratio,
            "the value of ACT outstanding in the vault".to_owned(),
        ),
    ];
    let tiles = tiles.map(|(value, what)| {
        format!("<div class=\"tile\"><b>{value}</b><span>{what}</span></div>")
    });
    format!("<div class=\"tiles\">{}</div>", tiles.concat())
}

/// Month and day.
fn date(day: &Day) -> String {
    day.to_string().split_off(5)
}

/// The sum of the prices of active leases in uact for a block.
fn rate(sample: &Sample) -> f64 {
    let uact = sample.figures.rates.get(&Denom::UACT).copied();
    dec(uact.unwrap_or_default())
}

/// Hours, minutes and seconds.
fn clock(second: i64) -> String {
    let of_day = second.rem_euclid(86_400);
    format!(
        "{:02}:{:02}:{:02}",
        of_day / 3_600,
        of_day / 60 % 60,
        of_day % 60
    )
}

/// Whether there is no midnight to look out for.
fn is_within_a_day(history: &History) -> bool {
    history.series.days().len() < 2
}

/// A tick at each midnight; within a day, some along the way.
fn ticks(history: &History) -> (Ticks, Vec<f64>) {
    let seconds: Vec<i64> = history.samples.iter().map(|s| s.time.unix_secs()).collect();
    let (Some(first), Some(last)) = (seconds.first(), seconds.last()) else {
        return (Vec::new(), Vec::new());
    };
    let span = (last - first).max(1);
    // Seconds of some days are exact as floating-point numbers.
    let share = |second: i64| {
        let of = |s: i64| f64::from(i32::try_from(s).unwrap_or(i32::MAX));
        of(second - first) / of(span)
    };
    if is_within_a_day(history) {
        let every = seconds.len().div_ceil(5).max(1);
        let some = seconds.iter().step_by(every);
        let ticks = some.map(|s| (share(*s), clock(*s)));
        let ticks = ticks.filter(|(at, _)| *at <= 0.93).collect();
        return (ticks, seconds.iter().map(|s| share(*s)).collect());
    }
    let days = history.series.days().iter();
    let ticks = days
        .skip(1)
        .map(|day| (share(day.number * 86_400), date(day)))
        .filter(|(at, _)| (0.0..=0.97).contains(at))
        .collect();
    (ticks, seconds.iter().map(|s| share(*s)).collect())
}

fn plots(history: &History) -> String {
    let (ticks, times) = ticks(history);
    let labels: Vec<String> = history.series.days().iter().map(date).collect();
    let hourly = |name, of: &dyn Fn(&Sample) -> f64| Curve {
        name,
        values: history.samples.iter().map(of).collect(),
    };
    let daily = |name, of: &dyn Fn(&Day) -> f64| Curve {
        name,
        values: history.series.days().iter().map(of).collect(),
    };
    let by_hour = |title, note: &str, y, top, curves: &[Curve]| {
        let frame = Frame {
            title,
            note: note.to_owned(),
            y,
            x: if is_within_a_day(history) {
                "time (UTC)"
            } else {
                "time (UTC), ticks at midnight"
            },
            top,
        };
        lines(&frame, &ticks, &times, curves)
    };
    let by_day = |title, note: &str, y, curves: &[Curve]| {
        let frame = Frame {
            title,
            note: note.to_owned(),
            y,
            x: "day (UTC)",
            top: None,
        };
        bars(&frame, &labels, curves)
    };
    let models: Vec<(String, f64, f64)> = history
        .models
        .iter()
        .map(|m| {
            (
                format!("{} {}", m.model.vendor, m.model.model),
                number(m.leased),
                number(m.total),
            )
        })
        .collect();
    let mut plots = vec![
        by_hour(
            "Active leases",
            "Running and paid; those out of funds end when somebody settles them",
            "leases",
            None,
            &[
                hourly("active", &|s| number(s.figures.leases_active)),
                hourly("out of funds", &|s| number(s.figures.leases_unfunded)),
            ],
        ),
        by_hour(
            "Utilisation",
            "Reserved for leases and bids, of what providers that are online have",
            "percent",
            Some(100.0),
            &[
                hourly("GPU", &|s| percent(s.gpus)),
                hourly("CPU", &|s| percent(s.capacity.utilisation(|q| q.cpu))),
                hourly("memory", &|s| percent(s.capacity.utilisation(|q| q.memory))),
            ],
        ),
    ];
    if history.series.days().is_empty() {
        plots.push(by_hour(
            "Rate",
            "Sum of the prices of active leases",
            "uact for a block",
            None,
            &[hourly("rate", &rate)],
        ));
    } else {
        plots.extend([
        by_day(
            "Spend",
            "What tenants paid for leases",
            "ACT a day",
            &[daily("spend", &spent)],
        ),
        by_day(
            "New deployments and leases",
            "A deployment with two groups makes two leases",
            "number a day",
            &[
                daily("deployments", &|d| number(d.flow.deployments)),
                daily("leases", &|d| number(d.flow.leases)),
            ],
        ),
        by_day(
            "Burned and reminted",
            "AKT burned for ACT stays in the vault as credit; ACT that is burned takes AKT from it",
            "AKT a day",
            &[
                daily("AKT burned for ACT", &|d| {
                    tokens(int(d.flow.conversions.uakt_burned))
                }),
                daily("AKT reminted", &|d| {
                    tokens(int(d.flow.conversions.uakt_reminted))
                }),
            ],
        ),
        ]);
    }
    plots.push(by_hour(
        "Providers",
        "Online: answered within 180 minutes",
        "providers",
        None,
        &[
            hourly("online", &|s| number(s.capacity.providers)),
            hourly("with an active lease", &|s| {
                number(s.figures.providers_leased)
            }),
        ],
    ));
    if history.samples.iter().all(|s| s.akt_price.is_some()) {
        plots.push(by_hour(
            "Price of AKT",
            "As the oracle reports it",
            "US dollars",
            None,
            &[hourly("AKT", &|s| s.akt_price.map_or(0.0, dec))],
        ));
    }
    plots.push(parts(
        &Frame {
            title: "GPUs by model",
            note: "At the end, from the providers' reports".to_owned(),
            y: "in use",
            x: "free",
            top: None,
        },
        &models,
    ));
    plots.concat()
}
