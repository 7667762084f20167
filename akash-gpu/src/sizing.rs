//! How much GPU memory a language model needs, how many of which card that is, how fast they can
//! be at best, and what a token costs.
//!
//! # Where the numbers come from
//!
//! | what | formula | source |
//! |---|---|---|
//! | parameters | embeddings + attention + FFN or experts + norms, [`Architecture::params_computed`] | model configurations; equals the published totals of the 38 models of the table within 0.03 % |
//! | weights | parameters * bits / 8, scales included, [`Precision`] | GPTQ, AWQ, QLoRA (Dettmers 2023), OCP MX |
//! | KV cache | GQA 2·L·k·d·b per token; MLA L·(c+r)·b; sliding layers keep at most their window | PagedAttention (Kwon 2023); DeepSeek-V2/V3 reports; Gemma 2 report |
//! | inference activations | 2·T·(3h + (2f + (a+2k)·d)/t) of one prefill chunk of T tokens, and logits | this crate's choice |
//! | training state | 16 bytes per parameter for mixed-precision Adam, sharded as ZeRO stages do | ZeRO (Rajbhandari 2020) |
//! | training activations | s·b·h·34 per layer and its variants | Korthikanti 2022 |
//! | adapters | rank·(in+out) per adapted matrix, 16 bytes each | LoRA; QLoRA |
//! | speed | roofline of bandwidth and dense matrix throughput | data sheets |
//!
//! h hidden width, L layers, a heads, k KV heads, d head width, f FFN width, c KV rank, r rope
//! width, t tensor parallel, b bytes per element.
//!
//! # What is our choice
//!
//! Rules that no paper fixes are fields of [`Assumptions`], with these defaults: 0.97 of the nominal
//! memory (read as GiB) is usable; an engine uses 0.90 of that; 0.75 GiB of runtime context per
//! process and 0.5 GiB more when several GPUs take part; prefill in chunks of 8192 tokens; KV pages
//! of 16 tokens. Pipeline stages are taken as balanced; a real stage may hold one layer more.
//!
//! # How exact it is
//!
//! Against figures published by model makers (bf16, fp8 and int4 sizes, KV tables, ZeRO and QLoRA
//! examples) the formulas agree within 1.5 %; where a published figure is a *minimum
//! recommendation* it is up to 40 % higher because it holds headroom. Throughput figures are upper bounds; real engines
//! reach about 60 to 85 % of the bandwidth bound and 30 to 60 % of the compute bound.
//!
//! ```
//! use akash_gpu::sizing::{Architecture, Inference, Precision};
//!
//! let model = Architecture::find("llama-3.1-70b").unwrap();
//! let work = Inference::new(model, Precision::BF16).context(8192);
//! assert_eq!(work.weights_bytes(), 141_108_000_000);
//! assert_eq!(work.kv_bytes(), 2_684_354_560);
//! // Two cards of 80 GB hold it with a short context, two by tensor parallelism.
//! let fit = work.search(80.0).unwrap();
//! assert_eq!((fit.layout.tensor, fit.layout.pipeline), (2, 1));
//! ```

mod architecture;
mod assumption;
mod choice;
mod config;
mod family;
mod fit;
mod inference;
mod models;
mod precision;
mod speed;
mod training;

pub use architecture::{Architecture, Attention, Experts, Window};
pub use assumption::Assumptions;
pub use choice::{Choice, choices};
pub use config::ConfigError;
pub use fit::{Component, Fit, Layout, Need, Verdict};
pub use inference::Inference;
pub use precision::{Precision, PrecisionError, Scope};
pub use speed::{Bound, Speed, usd_per_million_tokens};
pub use training::{Optimizer, Recompute, Sharding, Training, TrainingKind, TrainingNeed};

/// A non-negative count as a float; exact below 2^53.
pub(crate) fn float(n: u64) -> f64 {
    n as f64
}

/// Bytes or counts back from a float: rounded up, nothing below zero, the most beyond 64 bits.
pub(crate) fn whole(n: f64) -> u64 {
    // Decimal fractions of exact terms (1/3 of a stage) must not add a byte by rounding noise.
    let up = n.ceil();
    let near = n.round();
    let value = if (n - near).abs() < 1e-6 { near } else { up };
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a float cast saturates, and NaN becomes 0"
    )]
    let whole = value as u64;
    whole
}
