//! What one GPU must hold, and whether it does.

use serde::{Deserialize, Serialize};
use std::fmt;

/// How a model is split: `tensor * pipeline` GPUs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Layout {
    /// Tensor parallel degree: every layer is cut in so many parts.
    pub tensor: u32,
    /// Pipeline degree: the layers are dealt to so many stages.
    pub pipeline: u32,
}

impl Layout {
    /// One GPU.
    pub const SINGLE: Self = Self {
        tensor: 1,
        pipeline: 1,
    };

    /// GPUs in all.
    #[must_use]
    pub const fn gpus(self) -> u32 {
        self.tensor.saturating_mul(self.pipeline)
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.tensor, self.pipeline)
    }
}

/// A part of the memory need.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Component {
    /// Model weights.
    Weights,
    /// Keys and values of the sequences served.
    Kv,
    /// Activations.
    Activations,
    /// Runtime context of the process.
    Runtime,
}

impl fmt::Display for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Weights => "weights",
            Self::Kv => "KV cache",
            Self::Activations => "activations",
            Self::Runtime => "runtime context",
        })
    }
}

/// Bytes one GPU holds, by component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Need {
    /// Weights.
    pub weights: u64,
    /// KV cache.
    pub kv: u64,
    /// Activations and logits.
    pub activations: u64,
    /// Runtime context.
    pub runtime: u64,
}

impl Need {
    /// All together.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.weights
            .saturating_add(self.kv)
            .saturating_add(self.activations)
            .saturating_add(self.runtime)
    }

    /// The largest component: the one to shrink first.
    #[must_use]
    pub fn binding(&self) -> Component {
        let parts = [
            (self.weights, Component::Weights),
            (self.kv, Component::Kv),
            (self.activations, Component::Activations),
            (self.runtime, Component::Runtime),
        ];
        parts
            .into_iter()
            .reduce(|most, part| if part.0 > most.0 { part } else { most })
            .map_or(Component::Weights, |(_, component)| component)
    }
}

/// Whether it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Within the usual share of the memory.
    Fits,
    /// Only with nearly all of the memory and short prefill chunks.
    Tight,
    /// Not at all.
    No,
}

/// A layout on a card of some size, with the reason for its verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fit {
    /// How the model is split.
    pub layout: Layout,
    /// What each GPU holds.
    pub need: Need,
    /// What each GPU may hold, in bytes.
    pub allowed: u64,
    /// Whether it fits.
    pub verdict: Verdict,
    /// The largest component of the need.
    pub binding: Component,
    /// KV tokens for which memory is left in all, when the sequences served are not counted.
    pub kv_tokens: u64,
}

impl Fit {
    /// The verdict as a sentence.
    ///
    /// ```
    /// use akash_gpu::sizing::{Architecture, Inference, Layout, Precision};
    /// let work = Inference::new(Architecture::find("llama-3.1-70b").unwrap(), Precision::BF16);
    /// let fit = work.fit(Layout::SINGLE, 80.0);
    /// assert_eq!(
    ///     fit.reason(),
    ///     "does not fit: 136.1 GiB per GPU are needed, 69.8 are allowed; most are weights",
    /// );
    /// ```
    #[must_use]
    pub fn reason(&self) -> String {
        let gib = |bytes: u64| super::float(bytes) / super::float(crate::GIB);
        let (needed, allowed) = (gib(self.need.total()), gib(self.allowed));
        match self.verdict {
            Verdict::Fits => format!("fits: {needed:.1} of {allowed:.1} GiB per GPU"),
            Verdict::Tight => format!(
                "fits tightly, with short prefill chunks and nearly all memory: {needed:.1} GiB per \
                 GPU are needed, {allowed:.1} are allowed as a rule"
            ),
            Verdict::No => format!(
                "does not fit: {needed:.1} GiB per GPU are needed, {allowed:.1} are allowed; most \
                 are {}",
                self.binding
            ),
        }
    }
}
