//! Memory of fine-tuning: full, LoRA, QLoRA; optimiser states and their sharding.

use super::{Architecture, Assumptions, Attention, Precision, float, whole};
use crate::memory::GIB;
use serde::{Deserialize, Serialize};

/// What is trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TrainingKind {
    /// Every parameter.
    Full,
    /// Low-rank adapters beside frozen weights of any format.
    Lora,
    /// The same beside weights quantised to 4-bit normal floats.
    Qlora,
}

/// What an optimiser keeps per parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Optimizer {
    /// Mixed-precision Adam: 16-bit weights and gradients, fp32 master and two fp32 moments; 16
    /// bytes per parameter (ZeRO paper).
    Adam,
    /// 16-bit weights and gradients, two fp32 moments, no master; 12 bytes (the QLoRA paper's
    /// figure for full tuning).
    AdamPure16,
    /// 8-bit moments with an fp32 master; 10 bytes.
    Adam8bit,
    /// Everything in fp32; 16 bytes.
    AdamFp32,
    /// No state; 4 bytes.
    Sgd,
    /// One fp32 momentum; 8 bytes.
    SgdMomentum,
}

impl Optimizer {
    /// Bytes per trained parameter: weights, gradients, states.
    #[must_use]
    pub const fn bytes_per_param(self) -> (u32, u32, u32) {
        match self {
            Self::Adam => (2, 2, 12),
            Self::AdamPure16 => (2, 2, 8),
            Self::Adam8bit => (2, 2, 6),
            Self::AdamFp32 => (4, 4, 8),
            Self::Sgd => (2, 2, 0),
            Self::SgdMomentum => (2, 2, 4),
        }
    }
}

/// What data-parallel GPUs share out among them (ZeRO stages; stage 3 is FSDP's full shard).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sharding {
    /// Nothing: every GPU keeps all.
    None,
    /// Stage 1: optimiser states.
    Optimizer,
    /// Stage 2: optimiser states and gradients.
    Gradients,
    /// Stage 3: weights too.
    Full,
}

/// What the forward pass keeps for the backward pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Recompute {
    /// Everything, attention scores too.
    None,
    /// All but attention scores: selective recomputation, or fused attention.
    Selective,
    /// Only the input of each layer; one layer at a time is computed again.
    Full,
}

/// Fine-tuning of a model.
///
/// ```
/// use akash_gpu::sizing::{Architecture, Training, TrainingKind};
///
/// let model = Architecture::find("llama-3.1-8b").unwrap();
/// let full = Training::new(model, TrainingKind::Full).sequence(2048);
/// // 16 bytes per parameter before any activation.
/// let one = full.need(1);
/// assert_eq!(one.weights + one.gradients + one.optimizer, 16 * 8_030_000_000);
/// // Sharded over GPUs of 80 GB; QLoRA needs one of 24 GB.
/// assert_eq!(full.search(80.0), Some(2));
/// let qlora = Training::new(model, TrainingKind::Qlora).sequence(2048);
/// assert_eq!(qlora.search(24.0), Some(1));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Training<'m> {
    /// The model.
    pub model: &'m Architecture,
    /// What is trained.
    pub kind: TrainingKind,
    /// How frozen weights are stored (LoRA, QLoRA).
    pub base: Precision,
    /// The optimiser of the trained parameters.
    pub optimizer: Optimizer,
    /// What the GPUs share out.
    pub sharding: Sharding,
    /// What the forward pass keeps.
    pub recompute: Recompute,
    /// Rank of the adapters.
    pub rank: u32,
    /// Tokens of a sequence.
    pub sequence: u64,
    /// Sequences per GPU and step.
    pub micro_batch: u64,
    /// The rules no paper fixes.
    pub assumptions: Assumptions,
}

/// Bytes one GPU holds in training, by component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TrainingNeed {
    /// Model weights: trained, or frozen.
    pub weights: u64,
    /// Gradients of trained model weights.
    pub gradients: u64,
    /// Optimiser states of trained model weights.
    pub optimizer: u64,
    /// Adapters with their gradients and optimiser states.
    pub adapters: u64,
    /// Activations kept for the backward pass, and the layer being recomputed.
    pub activations: u64,
    /// Logits and their gradient, fp32.
    pub logits: u64,
    /// Runtime context.
    pub runtime: u64,
}

impl TrainingNeed {
    /// All together.
    #[must_use]
    pub fn total(&self) -> u64 {
        let parts = [
            self.weights,
            self.gradients,
            self.optimizer,
            self.adapters,
            self.activations,
            self.logits,
            self.runtime,
        ];
        parts.into_iter().fold(0, u64::saturating_add)
    }
}

impl<'m> Training<'m> {
    /// Defaults: mixed-precision Adam, full sharding, full recomputation, rank 16 on every linear
    /// layer but routed experts, one sequence of 2048 tokens per GPU; QLoRA over `nf4-dq`, LoRA
    /// over `bf16`.
    #[must_use]
    pub fn new(model: &'m Architecture, kind: TrainingKind) -> Self {
        let base = match kind {
            TrainingKind::Qlora => Precision::NF4_DQ,
            TrainingKind::Full | TrainingKind::Lora => Precision::BF16,
        };
        Self {
            model,
            kind,
            base,
            optimizer: Optimizer::Adam,
            sharding: Sharding::Full,
            recompute: Recompute::Full,
            rank: 16,
            sequence: 2048,
            micro_batch: 1,
            assumptions: Assumptions::default(),
        }
    }

    /// With a precision asked for: the base of LoRA; of QLoRA if it is a 4-bit one (else it is the
    /// compute format and the base stays `nf4-dq`); fp32 training if it is `fp32`.
    #[must_use]
    pub fn precision(mut self, precision: Precision) -> Self {
        match self.kind {
            TrainingKind::Lora => self.base = precision,
            TrainingKind::Qlora if precision.bits() < 8.0 => self.base = precision,
            TrainingKind::Full if precision == Precision::FP32 => {
                self.optimizer = Optimizer::AdamFp32;
            }
            TrainingKind::Qlora | TrainingKind::Full => {}
        }
        self
    }

    /// With sequences of so many tokens.
    #[must_use]
    pub const fn sequence(mut self, tokens: u64) -> Self {
        self.sequence = tokens;
        self
    }

    /// With so many sequences per GPU and step.
    #[must_use]
    pub const fn micro_batch(mut self, sequences: u64) -> Self {
        self.micro_batch = sequences;
        self
    }

    /// Parameters of the adapters: rank·(in+out) of every adapted matrix.
    ///
    /// ```
    /// use akash_gpu::sizing::{Architecture, Training, TrainingKind};
    /// let model = Architecture::find("llama-2-7b").unwrap();
    /// // 32 layers of q, k, v, o (4096 to 4096) and gate, up, down (4096 and 11008).
    /// let per_layer = 16 * (4 * (4096 + 4096) + 3 * (4096 + 11008));
    /// assert_eq!(Training::new(model, TrainingKind::Lora).adapter_params(), 32 * per_layer);
    /// ```
    #[must_use]
    pub fn adapter_params(&self) -> u64 {
        let m = self.model;
        let h = f64::from(m.hidden);
        let a = f64::from(m.heads);
        let attention = match m.attention {
            Attention::Grouped {
                kv_heads, head_dim, ..
            } => {
                let (q, kv) = (
                    a * f64::from(head_dim),
                    f64::from(kv_heads) * f64::from(head_dim),
                );
                2.0 * (h + q) + 2.0 * (h + kv)
            }
            Attention::Latent {
                kv_rank,
                query_rank,
                rope_dim,
                nope_dim,
                value_dim,
            } => {
                let (c, q) = (f64::from(kv_rank), f64::from(query_rank));
                let (r, n, v) = (
                    f64::from(rope_dim),
                    f64::from(nope_dim),
                    f64::from(value_dim),
                );
                let heads = a * (n + r);
                let query = if query_rank > 0 {
                    h + q + q + heads
                } else {
                    h + heads
                };
                query + (h + c + r) + (c + a * (n + v)) + (a * v + h)
            }
        };
        let matrices = f64::from(m.ffn_matrices);
        let dense = matrices * (h + f64::from(m.ffn));
        let layers = f64::from(m.layers);
        let ffn = match &m.experts {
            None => layers * dense,
            Some(e) => {
                let shared = f64::from(e.shared) * matrices * (h + f64::from(e.width));
                f64::from(e.dense_layers.min(m.layers)) * dense
                    + f64::from(m.expert_layers()) * shared
            }
        };
        whole(f64::from(self.rank) * (layers * attention + ffn))
    }

    /// Activations of one layer on one of `tensor` GPUs, 16-bit (Korthikanti 2022). With
    /// `sequence_parallel` the parts outside the tensor-parallel blocks are divided too.
    ///
    /// The paper's 34 is for FFNs of two matrices of width 4h; for gated ones 19 of it is replaced
    /// by 3 + 8·f/h.
    #[must_use]
    pub fn activations_per_layer(
        &self,
        recompute: Recompute,
        tensor: u32,
        sequence_parallel: bool,
    ) -> u64 {
        let m = self.model;
        let t = f64::from(tensor.max(1));
        let h = f64::from(m.hidden);
        let s = float(self.sequence);
        let sbh = s * float(self.micro_batch) * h;
        let linear = if m.ffn_matrices == 3 && h > 0.0 {
            18.0 + 8.0 * m.active_ffn() / h
        } else {
            34.0
        };
        let scores = if h > 0.0 {
            5.0 * f64::from(m.heads) * s / h
        } else {
            0.0
        };
        whole(match recompute {
            Recompute::None if sequence_parallel => sbh / t * (linear + scores),
            Recompute::None => sbh * (10.0 + ((linear - 10.0) + scores) / t),
            Recompute::Selective => sbh * linear / t,
            Recompute::Full => 2.0 * sbh,
        })
    }

    /// What each of `gpus` data-parallel GPUs holds.
    #[must_use]
    pub fn need(&self, gpus: u32) -> TrainingNeed {
        let n = f64::from(gpus.max(1));
        let share = |stage: Sharding| if self.sharding >= stage { n } else { 1.0 };
        let params = float(self.model.params());
        let (w, g, o) = self.optimizer.bytes_per_param();
        let per = |bytes: u32, stage| params * f64::from(bytes) / share(stage);
        let (weights, gradients, optimizer, adapters) = match self.kind {
            TrainingKind::Full => (
                per(w, Sharding::Full),
                per(g, Sharding::Gradients),
                per(o, Sharding::Optimizer),
                0.0,
            ),
            TrainingKind::Lora | TrainingKind::Qlora => {
                let trained = float(self.adapter_params());
                let states = f64::from(w) / share(Sharding::Full)
                    + f64::from(g) / share(Sharding::Gradients)
                    + f64::from(o) / share(Sharding::Optimizer);
                let frozen = float(self.model.weight_bytes(self.base)) / share(Sharding::Full);
                (frozen, 0.0, 0.0, trained * states)
            }
        };
        let kept = float(self.activations_per_layer(self.recompute, 1, false))
            * f64::from(self.model.layers);
        let working = match self.recompute {
            Recompute::Full => float(self.activations_per_layer(Recompute::Selective, 1, false)),
            Recompute::None | Recompute::Selective => 0.0,
        };
        let tokens = float(self.sequence) * float(self.micro_batch);
        let runtime = self.assumptions.runtime_gib
            + if gpus > 1 {
                self.assumptions.multi_gpu_gib
            } else {
                0.0
            };
        TrainingNeed {
            weights: whole(weights),
            gradients: whole(gradients),
            optimizer: whole(optimizer),
            adapters: whole(adapters),
            activations: whole(kept + working),
            logits: whole(8.0 * tokens * f64::from(self.model.vocab)),
            runtime: whole(runtime * float(GIB)),
        }
    }

    /// Whether it fits on so many GPUs of this nominal size in GiB.
    #[must_use]
    pub fn fits(&self, gpus: u32, nominal_gib: f64) -> bool {
        self.need(gpus).total() <= self.assumptions.allowed_bytes(nominal_gib)
    }

    /// The smallest number of GPUs on which it fits; `None` beyond the largest number tried.
    #[must_use]
    pub fn search(&self, nominal_gib: f64) -> Option<u32> {
        (1..=self.assumptions.gpus_max).find(|n| self.fits(*n, nominal_gib))
    }

    /// The smallest power of two of GPUs on which it fits.
    #[must_use]
    pub fn search_power_of_two(&self, nominal_gib: f64) -> Option<u32> {
        std::iter::successors(Some(1_u32), |n| n.checked_mul(2))
            .take_while(|n| *n <= self.assumptions.gpus_max)
            .find(|n| self.fits(*n, nominal_gib))
    }

    /// Floating-point operations of training on so many tokens: 6·P per token, 8·P when every layer
    /// is computed again. P counts the parameters a token uses.
    #[must_use]
    pub fn flops(&self, tokens: u64) -> f64 {
        let per = if self.recompute == Recompute::Full {
            8.0
        } else {
            6.0
        };
        per * float(self.model.active_params()) * float(tokens)
    }

    /// Seconds of training on so many tokens with `gpus` of dense `tflops` at a model FLOPs
    /// utilisation (0.3 to 0.5 in practice); `None` if one of them is zero.
    #[must_use]
    pub fn seconds(&self, tokens: u64, gpus: u32, tflops: f64, utilization: f64) -> Option<f64> {
        let rate = f64::from(gpus) * tflops * 1e12 * utilization;
        (rate > 0.0).then(|| self.flops(tokens) / rate)
    }
}
