//! Which GPUs serve or train a language model, what they cost, and the SDL that asks for them.
//!
//! ```text
//! cargo run --example gpu_fit -- llama-3.1-70b --precision fp8 --context 16384 --users 8
//! cargo run --example gpu_fit -- path/to/config.json --sdl
//! cargo run --example gpu_fit -- --model qwen3-8b --workload lora --card-memory 24Gi --json
//! ```

#[path = "gpu_fit/options.rs"]
mod options;
#[path = "gpu_fit/report.rs"]
mod report;
#[path = "gpu_fit/sdl.rs"]
mod sdl;

use akash_gpu::compare::Date;
use options::Options;
use std::io::Write as _;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

/// What goes wrong is told to a person.
type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let today = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i32::try_from(since.as_secs() / 86_400).ok())
        .and_then(Date::from_days_since_epoch);
    let printed = run(std::env::args().skip(1), today)
        .and_then(|text| Ok(std::io::stdout().write_all(text.as_bytes())?));
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Nothing is left to do when the error stream is closed too.
            let _ = writeln!(std::io::stderr(), "gpu_fit: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// The whole program but for the process around it.
fn run(args: impl Iterator<Item = String>, today: Option<Date>) -> Result<String, Failure> {
    let options = Options::parse(args)?;
    if options.help {
        return Ok(options::USAGE.to_owned());
    }
    if options.list {
        return Ok(format!("{}\n", options.known()));
    }
    let model = options.architecture()?;
    if options.json {
        report::json(&options, &model)
    } else if options.sdl {
        sdl::write(&options, &model, today)
    } else {
        report::table(&options, &model, today)
    }
}

#[cfg(test)]
mod tests {
    use super::run;
    use akash_gpu::compare::Date;
    use serde_json::Value;

    fn text(line: &str) -> String {
        let args = line.split_whitespace().map(str::to_owned);
        run(args, Date::new(2026, 4, 1)).unwrap()
    }

    #[test]
    fn json_has_the_components() {
        let out: Value = serde_json::from_str(&text(
            "--model llama-3.1-70b --precision bf16 --workload inference --context 8192 --batch 1 \
             --card-memory 80Gi --json",
        ))
        .unwrap();
        assert_eq!(out["weights_bytes"], 141_108_000_000_u64);
        assert_eq!(out["kv_bytes"], 2_684_354_560_u64);
        assert_eq!(out["gpus"], 2);
        assert_eq!(out["gpus_power_of_two"], 2);
        let parts = [
            "weights_bytes",
            "kv_bytes",
            "activations_bytes",
            "runtime_bytes",
        ];
        let sum: u64 = parts.iter().map(|part| out[part].as_u64().unwrap()).sum();
        assert_eq!(out["total_bytes"], sum);
    }

    #[test]
    fn training_is_sized_too() {
        for workload in ["lora", "qlora", "full"] {
            let line = format!(
                "--model llama-3.1-8b --precision bf16 --workload {workload} --context 2048 \
                 --batch 1 --card-memory 80GB --json"
            );
            let out: Value = serde_json::from_str(&text(&line)).unwrap();
            assert_eq!(out["kv_bytes"], 0, "{workload}");
            assert!(out["gpus"].as_u64().unwrap() >= 1);
            assert!(out["total_bytes"].as_u64() > out["weights_bytes"].as_u64());
        }
    }

    #[test]
    fn tables_and_sdl_name_cards() {
        let table = text("llama-3.1-8b --users 4");
        assert!(
            table.contains("rtx4090") && table.contains("h100"),
            "{table}"
        );
        let sdl = text("llama-3.1-70b --precision fp8 --price h100=1.2 --sdl");
        assert!(sdl.contains("- model: h100"), "{sdl}");
        assert!(sdl.contains("denom: uact"), "{sdl}");
        for line in [
            "llama-3.1-8b --sdl",
            "deepseek-v3 --max-gpus 16 --sdl",
            "gemma-2-9b --sdl",
        ] {
            let sdl = akash_sdl::parse(text(line)).unwrap();
            assert_eq!(sdl.groups().len(), 1, "{line}");
            assert!(sdl.warnings().is_empty(), "{line}: {:?}", sdl.warnings());
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (line, said) in [
            ("", "model"),
            ("gpt-9", "gpt-9"),
            ("llama-3.1-8b --precision int5", "int5"),
            ("llama-3.1-8b --context", "--context"),
            ("llama-3.1-8b --frobnicate", "--frobnicate"),
            ("llama-3.1-8b --card-memory lots --json", "lots"),
        ] {
            let args = line.split_whitespace().map(str::to_owned);
            let failure = run(args, None).unwrap_err().to_string();
            assert!(failure.contains(said), "{line}: {failure}");
        }
    }
}
