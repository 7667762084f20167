//! The SDL that asks for the cheapest choice, and for every other card that would do.

use super::Failure;
use super::options::Options;
use super::report::serving;
use akash_gpu::compare::Date;
use akash_gpu::sizing::{Architecture, Inference, Verdict};
use akash_gpu::{Catalog, GpuModel, MemorySize, Requirement, Vendor};
use std::fmt::Write as _;

/// Seconds of a block, for the price cap: what Console shows prices with.
const BLOCK_SECONDS: f64 = 6.098;
/// Price cap per GPU and hour in US dollars when no price is known.
const FALLBACK_USD: f64 = 5.0;

/// The SDL text.
pub(crate) fn write(
    options: &Options,
    model: &Architecture,
    today: Option<Date>,
) -> Result<String, Failure> {
    let work = options
        .inference(model)
        .ok_or("--sdl writes an inference service only")?;
    let found = serving(options, &work, today);
    let usable =
        |card: &GpuModel| card.vendor == Vendor::Nvidia && work.native_on(card) != Some(false);
    let best = found
        .iter()
        .find(|choice| usable(choice.card) && choice.fit.layout.gpus().is_power_of_two())
        .ok_or("no NVIDIA card that works in this precision fits; the SDL can ask for no other")?;
    let units = best.fit.layout.gpus();
    let smallest = found
        .iter()
        .filter(|choice| usable(choice.card) && choice.fit.layout.gpus() == units)
        .map(|choice| choice.card.memory)
        .min()
        .unwrap_or(best.card.memory);
    let plan = requirement(options, &work, units, smallest).plan(Catalog::embedded());
    let keys = plan
        .placements
        .first()
        .ok_or("no request can name a fitting card")?;
    let gpus = f64::from(units);
    let usd = best.usd_per_hour.unwrap_or(FALLBACK_USD * gpus);
    let uact = (usd * 1e6 * BLOCK_SECONDS / 3600.0)
        .ceil()
        .clamp(1.0, 10_000_000.0);
    let weights_gib = (work.weights_bytes() as f64 / (1u64 << 30) as f64).ceil();
    let memory = (weights_gib * 1.2 + 8.0).ceil().min(2048.0);
    let storage = (weights_gib * 1.2 + 20.0).ceil().min(32_768.0);
    let name = options.weights.as_deref().unwrap_or(&model.name);
    let image = options
        .image
        .as_deref()
        .unwrap_or("vllm/vllm-openai:latest");
    let layout = best.fit.layout;
    let mut out = String::new();
    writeln!(
        out,
        "# {}: {} x {} tokens in {}, {} per replica.\n\
         # At most {usd:.2} USD per hour, at a block time of {BLOCK_SECONDS} s.\n\
         version: \"2.0\"\n\
         services:\n  \
           llm:\n    \
             image: {}\n    \
             args:",
        model.name,
        work.batch,
        work.context,
        work.precision,
        if units == 1 {
            "one GPU".to_owned()
        } else {
            format!("{units} GPUs")
        },
        quoted(image),
    )?;
    for arg in [
        "--model".to_owned(),
        name.to_owned(),
        "--max-model-len".to_owned(),
        work.context.to_string(),
        "--max-num-seqs".to_owned(),
        work.batch.to_string(),
        "--tensor-parallel-size".to_owned(),
        layout.tensor.to_string(),
        "--pipeline-parallel-size".to_owned(),
        layout.pipeline.to_string(),
    ] {
        writeln!(out, "      - {}", quoted(&arg))?;
    }
    // Engines exchange data between processes in shared memory.
    let shared = units > 1;
    if shared {
        out.push_str("    params:\n      storage:\n        shm:\n          mount: /dev/shm\n");
    }
    out.push_str(
        "    expose:\n      - port: 8000\n        as: 80\n        to:\n          - global: true\n",
    );
    writeln!(
        out,
        "profiles:\n  compute:\n    llm:\n      resources:\n        cpu:\n          units: {}\n        \
         memory:\n          size: {memory}Gi\n        gpu:\n          units: {units}\n          \
         attributes:\n            vendor:\n              nvidia:",
        units.saturating_mul(4).saturating_add(4).min(256),
    )?;
    for key in keys {
        writeln!(out, "                - model: {}", key.model)?;
        if let Some(ram) = key.ram {
            writeln!(out, "                  ram: {ram}")?;
        }
        if let Some(interface) = &key.interface {
            writeln!(out, "                  interface: {interface}")?;
        }
    }
    writeln!(out, "        storage:\n          - size: {storage}Gi")?;
    if shared {
        out.push_str(
            "          - name: shm\n            size: 10Gi\n            attributes:\n              \
             persistent: false\n              class: ram\n",
        );
    }
    writeln!(
        out,
        "  placement:\n    akash:\n      pricing:\n        llm:\n          denom: uact\n          \
         amount: {uact}\n\
         deployment:\n  llm:\n    akash:\n      profile: llm\n      count: 1"
    )?;
    Ok(out)
}

/// Cards of which so many hold the model: those of that memory or more, but for models of which a
/// variant would not do.
fn requirement(
    options: &Options,
    work: &Inference<'_>,
    units: u32,
    memory: MemorySize,
) -> Requirement {
    let mut need = Requirement::new(units)
        .vendor(Vendor::Nvidia)
        .memory(memory);
    need.unregistered = options.all;
    let fits = |card: &GpuModel| {
        let gib = work.assumptions.nominal_gib(card);
        work.native_on(card) != Some(false)
            && work
                .fit_on(units, gib)
                .is_some_and(|fit| fit.verdict == Verdict::Fits)
    };
    let failing: Vec<String> = need
        .cards(Catalog::embedded())
        .filter(|card| !fits(card))
        .map(|card| card.model.to_string())
        .collect();
    need.exclude = failing;
    need
}

/// A YAML scalar in double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
