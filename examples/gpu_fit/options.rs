//! The command line.

use super::Failure;
use akash_gpu::sizing::{Architecture, Inference, Precision, Training, TrainingKind};
use std::collections::BTreeMap;
use std::str::FromStr;

pub(crate) const USAGE: &str = "\
Which GPUs serve or train a language model, what they cost, and the SDL that asks for them.

usage: gpu_fit MODEL | CONFIG.json [options]

  --model ID          the model, by name (see --list) or as a config.json file
  --models FILE.csv   read further architectures, with the columns of llm-models.csv
  --list              list the known models
  --precision P       bf16, fp8, int4, mxfp4, ... (default: as the model was published)
  --workload W        inference (default), lora, qlora, full
  --context N         tokens per sequence (default 8192)
  --users N, --batch N  sequences at the same time (default 1)
  --max-gpus N        at most so many GPUs of one node (default 8)
  --price CARD=USD    price of one GPU per hour; repeatable (default: cheapest cloud list price)
  --all               also cards the public device registry does not list
  --sdl               write the SDL instead of the table
  --image IMAGE       container image of the SDL (default vllm/vllm-openai:latest)
  --weights REPO      repository of the weights for the SDL (default: the model's name)
  --json              print the memory need and the number of cards as JSON
  --card-memory SIZE  nominal memory of a card for --json, such as 80Gi or 80GB (default 80Gi)
  --measured          --card-memory is what the driver reports, not the nominal size
";

/// What the user asked for.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) help: bool,
    pub(crate) list: bool,
    pub(crate) json: bool,
    pub(crate) sdl: bool,
    pub(crate) all: bool,
    pub(crate) image: Option<String>,
    pub(crate) weights: Option<String>,
    pub(crate) prices: BTreeMap<String, f64>,
    model: Option<String>,
    models: Vec<Architecture>,
    precision: Option<Precision>,
    training: Option<TrainingKind>,
    context: Option<u64>,
    batch: Option<u64>,
    max_gpus: Option<u32>,
    card_gib: Option<f64>,
    measured: bool,
}

impl Options {
    pub(crate) fn parse(mut args: impl Iterator<Item = String>) -> Result<Self, Failure> {
        let mut options = Self::default();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or(format!("{arg} needs a value"));
            match &*arg {
                "--help" | "-h" => options.help = true,
                "--list" => options.list = true,
                "--json" => options.json = true,
                "--sdl" => options.sdl = true,
                "--all" => options.all = true,
                "--measured" => options.measured = true,
                "--model" => options.model = Some(value()?),
                "--image" => options.image = Some(value()?),
                "--weights" => options.weights = Some(value()?),
                "--models" => {
                    let path = value()?;
                    let text = std::fs::read_to_string(&path)
                        .map_err(|error| format!("cannot read {path}: {error}"))?;
                    let models = Architecture::from_csv(&text)
                        .map_err(|error| format!("{path}: {error}"))?;
                    options.models.extend(models);
                }
                "--precision" => options.precision = Some(value()?.parse()?),
                "--workload" => {
                    options.training = match &*value()? {
                        "inference" => None,
                        "lora" => Some(TrainingKind::Lora),
                        "qlora" => Some(TrainingKind::Qlora),
                        "full" => Some(TrainingKind::Full),
                        other => {
                            let text = "is no workload; use inference, lora, qlora or full";
                            return Err(format!("`{other}` {text}").into());
                        }
                    };
                }
                "--context" => options.context = Some(number(&arg, &value()?)?),
                "--users" | "--batch" => options.batch = Some(number(&arg, &value()?)?),
                "--max-gpus" => options.max_gpus = Some(number(&arg, &value()?)?),
                "--card-memory" => options.card_gib = Some(gib(&value()?)?),
                "--price" => {
                    let text = value()?;
                    let (card, usd) = text
                        .split_once('=')
                        .ok_or(format!("`{text}` is not CARD=USD"))?;
                    options.prices.insert(card.to_owned(), number(&arg, usd)?);
                }
                other if other.starts_with('-') => {
                    return Err(format!("unknown option {other}; see --help").into());
                }
                _ => options.model = Some(arg),
            }
        }
        Ok(options)
    }

    /// The model asked for: a configuration file, one of the user's table, or an embedded one.
    pub(crate) fn architecture(&self) -> Result<Architecture, Failure> {
        let name = self
            .model
            .as_deref()
            .ok_or("name a model or a config.json; see --help")?;
        if let Some(own) = self.models.iter().find(|m| m.name == name) {
            return Ok(own.clone());
        }
        if let Some(known) = Architecture::find(name) {
            return Ok(known.clone());
        }
        let looks_like_file = name.ends_with(".json") || name.contains(['/', '\\']);
        if looks_like_file {
            let text = std::fs::read_to_string(name)
                .map_err(|error| format!("cannot read {name}: {error}"))?;
            let mut model = Architecture::from_config(&text)?;
            if model.name.is_empty() {
                model.name = model.family.clone();
            }
            return Ok(model);
        }
        Err(format!("`{name}` is no known model and no file.\n{}", self.known()).into())
    }

    pub(crate) fn known(&self) -> String {
        let names: Vec<&str> = self
            .models
            .iter()
            .chain(Architecture::embedded())
            .map(|m| &*m.name)
            .collect();
        format!("known models: {}", names.join(", "))
    }

    pub(crate) fn precision(&self, model: &Architecture) -> Precision {
        self.precision
            .or_else(|| model.release_dtype.parse().ok())
            .unwrap_or(Precision::BF16)
    }

    /// The serving asked for; `None` when it is a training.
    pub(crate) fn inference<'m>(&self, model: &'m Architecture) -> Option<Inference<'m>> {
        if self.training.is_some() {
            return None;
        }
        let mut work = Inference::new(model, self.precision(model));
        work.context = self.context.unwrap_or(work.context);
        work.batch = self.batch.unwrap_or(1);
        if self.measured {
            work.assumptions.usable = 1.0;
        }
        Some(work)
    }

    /// The training asked for.
    pub(crate) fn training<'m>(&self, model: &'m Architecture) -> Option<Training<'m>> {
        let mut work = Training::new(model, self.training?);
        if let Some(precision) = self.precision {
            work = work.precision(precision);
        }
        work.sequence = self.context.unwrap_or(work.sequence);
        work.micro_batch = self.batch.unwrap_or(1);
        if self.measured {
            work.assumptions.usable = 1.0;
        }
        Some(work)
    }

    pub(crate) fn max_gpus(&self) -> u32 {
        self.max_gpus.unwrap_or(8)
    }

    pub(crate) fn card_gib(&self) -> f64 {
        self.card_gib.unwrap_or(80.0)
    }
}

fn number<T: FromStr>(option: &str, text: &str) -> Result<T, Failure> {
    text.parse()
        .map_err(|_| format!("{option}: `{text}` is not a number that fits").into())
}

/// A nominal card size. "GB" on a card means GiB; a plain number does too, unless it can only be
/// bytes.
fn gib(text: &str) -> Result<f64, Failure> {
    let refuse = || format!("`{text}` is no card memory; write it as 80Gi or 80GB");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text.strip_prefix(digits).unwrap_or_default();
    let amount: f64 = digits
        .parse()
        .ok()
        .filter(|a: &f64| a.is_finite())
        .ok_or_else(refuse)?;
    let scale = match &*unit.to_ascii_lowercase() {
        "" if amount >= 1e6 => 1.0 / (1u64 << 30) as f64,
        "" | "g" | "gb" | "gi" | "gib" => 1.0,
        "m" | "mb" | "mi" | "mib" => 1.0 / 1024.0,
        "t" | "tb" | "ti" | "tib" => 1024.0,
        _ => return Err(refuse().into()),
    };
    Ok(amount * scale)
}
