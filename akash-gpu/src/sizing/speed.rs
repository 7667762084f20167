//! Roofline bounds: how fast a model can be on a card at best.

use super::fit::Layout;
use super::{Inference, float};
use crate::model::{GpuModel, NumberFormat};
use serde::{Deserialize, Serialize};

/// What limits the speed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// Reading weights and KV cache.
    Bandwidth,
    /// Matrix throughput.
    Compute,
}

/// Upper bounds of throughput, and an estimate of what engines reach.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Speed {
    /// Tokens per second of all sequences together, at most.
    pub decode_tokens_per_s: f64,
    /// Tokens per second one sequence sees, at most.
    pub sequence_tokens_per_s: f64,
    /// What limits decoding. The compute bound is left out where throughput is not known.
    pub decode_bound: Bound,
    /// Estimate of what engines reach in decoding, all sequences together.
    pub decode_estimate: f64,
    /// Prompt tokens per second, at most; `None` where throughput is not known.
    pub prefill_tokens_per_s: Option<f64>,
    /// Estimate of what engines reach in prefill.
    pub prefill_estimate: Option<f64>,
}

impl Inference<'_> {
    /// Floating-point operations of one token at the end of a context of `tokens`: two per active
    /// parameter, and the attention over what is cached.
    #[must_use]
    pub fn flops_per_token(&self, tokens: u64) -> f64 {
        let model = self.model;
        let width = f64::from(model.head_dim());
        let attention = 4.0 * f64::from(model.heads) * width * model.cached_tokens(tokens);
        2.0 * float(model.active_params()) + attention
    }

    /// Bytes of weights read in a step of `batch` sequences: all of a dense model; of routed
    /// experts the share expected to be touched, 1 - (1 - e/E)^batch.
    #[must_use]
    pub fn weights_read(&self, batch: f64) -> f64 {
        let all = float(self.weights_bytes());
        let Some(experts) = &self.model.experts else {
            return all;
        };
        let params = float(self.model.params());
        if params <= 0.0 || experts.total == 0 {
            return all;
        }
        let stored = float(self.model.expert_params()) * self.precision.bits() / 8.0;
        let used = f64::from(experts.active.min(experts.total)) / f64::from(experts.total);
        let touched = 1.0 - (1.0 - used).powf(batch.max(0.0));
        let routed = stored.min(all);
        all - routed + routed * touched
    }

    /// The dense throughput that counts for this precision on a card, in FLOP/s: FP8 and INT8 where
    /// the card has them; 4-bit weights are computed in 16 bits.
    #[must_use]
    pub fn flops(&self, card: &GpuModel) -> Option<f64> {
        let bits = self.precision.bits();
        let sixteen = || {
            card.tflops(NumberFormat::Bf16)
                .or_else(|| card.tflops(NumberFormat::Fp16))
        };
        let name = self.precision.to_string();
        let tflops = if bits >= 32.0 {
            card.tflops(NumberFormat::Tf32)
                .or_else(|| card.tflops(NumberFormat::Fp32))
        } else if name.starts_with("fp8") {
            card.tflops(NumberFormat::Fp8).or_else(sixteen)
        } else if name == "int8" {
            card.tflops(NumberFormat::Int8).or_else(sixteen)
        } else {
            sixteen()
        };
        tflops.filter(|t| *t > 0.0).map(|t| t * 1e12)
    }

    /// Whether a card works in the format of the weights by its hardware: BF16 from Ampere on, FP8
    /// from Ada, Hopper or CDNA 3 on. `None` where that does not matter (formats that are expanded
    /// to 16 bits before use) or is not known. Where it is `Some(false)` some engines convert on the
    /// fly, others refuse.
    ///
    /// ```
    /// use akash_gpu::{Catalog, sizing::{Architecture, Inference, Precision}};
    /// let t4 = Catalog::embedded().named("t4").next().unwrap();
    /// let model = Architecture::find("llama-3.1-8b").unwrap();
    /// assert_eq!(Inference::new(model, Precision::BF16).native_on(t4), Some(false));
    /// assert_eq!(Inference::new(model, Precision::FP16).native_on(t4), Some(true));
    /// ```
    #[must_use]
    pub fn native_on(&self, card: &GpuModel) -> Option<bool> {
        let format = match &*self.precision.to_string() {
            "fp32" => NumberFormat::Fp32,
            "fp16" => NumberFormat::Fp16,
            "bf16" => NumberFormat::Bf16,
            "fp8" | "fp8-block" => NumberFormat::Fp8,
            "int8" => NumberFormat::Int8,
            _ => return None,
        };
        card.supports(format)
    }

    /// Tokens per step from which a dense model is bound by compute, not bandwidth.
    ///
    /// ```
    /// use akash_gpu::{Catalog, sizing::{Architecture, Inference, Precision}};
    /// let work = Inference::new(Architecture::find("llama-3.1-8b").unwrap(), Precision::BF16);
    /// let h100 = Catalog::embedded().named("h100").last().unwrap();
    /// assert_eq!(work.ridge_batch(h100).unwrap().round(), 295.0);
    /// ```
    #[must_use]
    pub fn ridge_batch(&self, card: &GpuModel) -> Option<f64> {
        let bandwidth = card.memory_bandwidth_gb_s.filter(|b| *b > 0.0)? * 1e9;
        Some(self.flops(card)? / bandwidth * self.precision.bits() / 16.0)
    }

    /// Seconds of the two all-reduces per layer that tensor parallelism adds to a step of `tokens`.
    fn communication(&self, layout: Layout, card: &GpuModel, tokens: f64) -> f64 {
        if layout.tensor < 2 {
            return 0.0;
        }
        let rules = &self.assumptions;
        let t = f64::from(layout.tensor);
        let (link, latency) = match card.nvlink_gb_s {
            // The figure counts both directions.
            Some(both) if both > 0.0 => (both / 2.0, rules.nvlink_latency_us),
            _ => (rules.pcie_gb_s, rules.pcie_latency_us),
        };
        let size = tokens * f64::from(self.model.hidden) * 2.0;
        let one = 2.0 * (t - 1.0) / t * size / (link.max(f64::MIN_POSITIVE) * 1e9) + latency * 1e-6;
        2.0 * f64::from(self.model.layers) * one
    }

    /// Bounds on a layout of a card; `None` when its bandwidth is not known.
    ///
    /// Decoding: a step reads the weights (of each stage once per micro-batch in flight) and the KV
    /// cache, and computes the batch; the slower of both is the bound. Prefill: operations of a
    /// prompt over throughput, attention averaged over its causal half. Both ignore communication;
    /// the estimates include it.
    ///
    /// ```
    /// use akash_gpu::{Catalog, sizing::{Architecture, Inference, Layout, Precision}};
    ///
    /// let model = Architecture::find("llama-3.1-8b").unwrap();
    /// let h100 = Catalog::embedded().named("h100").last().unwrap();
    /// let work = Inference::new(model, Precision::BF16).context(1);
    /// let speed = work.speed(Layout::SINGLE, h100).unwrap();
    /// assert!((speed.decode_tokens_per_s - 208.6).abs() < 0.1);
    /// ```
    #[must_use]
    pub fn speed(&self, layout: Layout, card: &GpuModel) -> Option<Speed> {
        let bandwidth = card.memory_bandwidth_gb_s.filter(|b| *b > 0.0)? * 1e9;
        let rules = &self.assumptions;
        let batch = float(self.batch);
        let tensor = f64::from(layout.tensor.max(1));
        let stages = f64::from(layout.pipeline.max(1));
        // Sequences are dealt to as many micro-batches as there are stages, if there are enough.
        let flights = stages.min(batch.max(1.0));
        let weights = self.weights_read(batch / flights) / tensor;
        let kv = float(self.need(layout).kv) * stages / flights;
        let memory = (weights + kv) / bandwidth;
        let flops = self.flops(card);
        let work = batch * self.flops_per_token(self.context);
        let compute = flops.map_or(0.0, |f| work / (f * tensor * flights));
        let step = memory.max(compute).max(f64::MIN_POSITIVE);
        let slow = (memory / rules.bandwidth_efficiency).max(compute / rules.compute_efficiency)
            + self.communication(layout, card, batch);
        let prompt = float(self.context) * self.prefill_flops();
        let prefill = flops.map(|f| prompt / (f * tensor));
        let rate = |seconds: f64| float(self.context) / seconds.max(f64::MIN_POSITIVE);
        Some(Speed {
            decode_tokens_per_s: batch / step,
            sequence_tokens_per_s: 1.0 / step,
            decode_bound: if compute > memory {
                Bound::Compute
            } else {
                Bound::Bandwidth
            },
            decode_estimate: batch / slow.max(f64::MIN_POSITIVE),
            prefill_tokens_per_s: prefill.map(rate),
            prefill_estimate: prefill.map(|seconds| {
                let wire = self.communication(layout, card, float(self.context));
                rate(seconds / rules.compute_efficiency + wire)
            }),
        })
    }

    /// Operations of one prompt token, on average over a causal prompt.
    fn prefill_flops(&self) -> f64 {
        let fixed = self.flops_per_token(0);
        fixed + (self.flops_per_token(self.context) - fixed) / 2.0
    }
}

/// US dollars per million output tokens; `None` when nothing is produced.
///
/// ```
/// use akash_gpu::sizing::usd_per_million_tokens;
/// // 2 dollars an hour at 100 tokens per second.
/// let cost = usd_per_million_tokens(2.0, 100.0).unwrap();
/// assert!((cost - 5.5556).abs() < 1e-4);
/// ```
#[must_use]
pub fn usd_per_million_tokens(usd_per_hour: f64, tokens_per_s: f64) -> Option<f64> {
    (tokens_per_s > 0.0).then(|| usd_per_hour / (tokens_per_s * 3600.0) * 1e6)
}
