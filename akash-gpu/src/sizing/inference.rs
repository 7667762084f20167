//! Memory of serving a model, and the search for the fewest GPUs.

use super::fit::{Fit, Layout, Need, Verdict};
use super::{Architecture, Assumptions, Attention, Precision, float, whole};
use crate::memory::GIB;

/// A model served with a context and a number of sequences.
///
/// ```
/// use akash_gpu::sizing::{Architecture, Inference, Precision, Verdict};
///
/// let model = Architecture::find("gpt-oss-20b").unwrap();
/// let work = Inference::new(model, Precision::MXFP4).context(8192);
/// // Published as "runs within 16 GB": it does, tightly.
/// assert_eq!(work.fit(akash_gpu::sizing::Layout::SINGLE, 16.0).verdict, Verdict::Tight);
/// assert_eq!(work.fit(akash_gpu::sizing::Layout::SINGLE, 24.0).verdict, Verdict::Fits);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Inference<'m> {
    /// The model.
    pub model: &'m Architecture,
    /// How its weights are stored.
    pub precision: Precision,
    /// Bytes per element of the KV cache: 2 for 16-bit, 1 for 8-bit.
    pub kv_bytes_per_element: f64,
    /// Tokens of each sequence.
    pub context: u64,
    /// Sequences at the same time.
    pub batch: u64,
    /// Parameters of the checkpoint beside the decoder (a multi-token-prediction module, a vision
    /// tower), stored like the rest.
    pub extra_params: u64,
    /// The rules no paper fixes.
    pub assumptions: Assumptions,
}

impl<'m> Inference<'m> {
    /// One sequence of 8192 tokens (or of the model's longest context, if shorter), 16-bit KV cache.
    #[must_use]
    pub fn new(model: &'m Architecture, precision: Precision) -> Self {
        let longest = if model.context_max == 0 {
            u64::MAX
        } else {
            model.context_max
        };
        Self {
            model,
            precision,
            kv_bytes_per_element: 2.0,
            context: longest.min(8192),
            batch: 1,
            extra_params: 0,
            assumptions: Assumptions::default(),
        }
    }

    /// With sequences of so many tokens.
    #[must_use]
    pub const fn context(mut self, tokens: u64) -> Self {
        self.context = tokens;
        self
    }

    /// With so many sequences at the same time.
    #[must_use]
    pub const fn batch(mut self, sequences: u64) -> Self {
        self.batch = sequences;
        self
    }

    /// With other choices.
    #[must_use]
    pub fn assuming(mut self, assumptions: Assumptions) -> Self {
        self.assumptions = assumptions;
        self
    }

    /// Bytes of all weights.
    #[must_use]
    pub fn weights_bytes(&self) -> u64 {
        let extra = float(self.extra_params) * self.precision.bits() / 8.0;
        self.model
            .weight_bytes(self.precision)
            .saturating_add(whole(extra))
    }

    /// Bytes of the KV cache of all sequences, each rounded up to whole pages.
    #[must_use]
    pub fn kv_bytes(&self) -> u64 {
        let page = self.assumptions.kv_page.max(1);
        let tokens = self.context.div_ceil(page).saturating_mul(page);
        let one = self.model.kv_elements() * self.kv_bytes_per_element;
        whole(one * self.model.cached_tokens(tokens) * float(self.batch))
    }

    /// Activations of one prefill chunk on one of `tensor` GPUs, and the logits.
    fn activations(&self, tensor: u32, chunk: u64) -> f64 {
        let model = self.model;
        let t = f64::from(tensor.max(1));
        let tokens = float(self.context.min(chunk));
        let (kv_heads, head_dim) = match model.attention {
            Attention::Grouped {
                kv_heads, head_dim, ..
            } => (kv_heads, head_dim),
            // Keys and values are expanded to every head while they are used.
            Attention::Latent { .. } => (model.heads, model.head_dim()),
        };
        let heads = f64::from(model.heads) + 2.0 * f64::from(kv_heads);
        let split = (2.0 * model.active_ffn() + heads * f64::from(head_dim)) / t;
        let logits = 4.0 * f64::from(model.vocab) * float(self.batch);
        tokens * 2.0 * (3.0 * f64::from(model.hidden) + split) + logits
    }

    /// Part of the KV cache one of `tensor` ranks keeps: heads are divided while there are enough;
    /// a latent is not divisible by heads, so every rank keeps a full copy.
    fn kv_share(&self, tensor: u32) -> f64 {
        let t = f64::from(tensor.max(1));
        match self.model.attention {
            Attention::Grouped { kv_heads, .. } => {
                f64::max(1.0 / t, 1.0 / f64::from(kv_heads.max(1)))
            }
            Attention::Latent { .. } => 1.0,
        }
    }

    fn need_with(&self, layout: Layout, chunk: u64) -> Need {
        let gpus = f64::from(layout.gpus().max(1));
        let runtime = self.assumptions.runtime_gib
            + if layout.gpus() > 1 {
                self.assumptions.multi_gpu_gib
            } else {
                0.0
            };
        let kv = float(self.kv_bytes()) * self.kv_share(layout.tensor);
        Need {
            weights: whole(float(self.weights_bytes()) / gpus),
            kv: whole(kv / f64::from(layout.pipeline.max(1))),
            activations: whole(self.activations(layout.tensor, chunk)),
            runtime: whole(runtime * float(GIB)),
        }
    }

    /// What each GPU of a layout holds.
    #[must_use]
    pub fn need(&self, layout: Layout) -> Need {
        self.need_with(layout, self.assumptions.prefill_chunk)
    }

    /// What each of `gpus` GPUs holds when the routed experts are dealt out among them (expert
    /// parallelism); `None` for a model without experts or with fewer experts than GPUs.
    ///
    /// With `tensor_dense` the other weights are tensor parallel over the same GPUs and the KV cache
    /// is divided as there. Without, they are replicated and attention is data parallel: every GPU
    /// keeps whole sequences, which avoids copies of a latent (MLA) cache.
    ///
    /// ```
    /// use akash_gpu::sizing::{Architecture, Inference, Precision};
    /// let v3 = Architecture::find("deepseek-v3").unwrap();
    /// let work = Inference::new(v3, Precision::FP8).batch(64);
    /// let dealt = work.need_expert_parallel(16, false).unwrap();
    /// let split = work.need_expert_parallel(16, true).unwrap();
    /// assert!(dealt.weights > split.weights); // dense parts are copied
    /// assert_eq!(dealt.kv * 16, split.kv); // sequences are not
    /// ```
    #[must_use]
    pub fn need_expert_parallel(&self, gpus: u32, tensor_dense: bool) -> Option<Need> {
        let experts = self
            .model
            .experts
            .as_ref()
            .filter(|e| gpus > 0 && gpus <= e.total)?;
        let n = f64::from(gpus);
        let all = float(self.weights_bytes());
        // A rank holds whole experts.
        let share = f64::from(experts.total.div_ceil(gpus)) / f64::from(experts.total);
        let routed = (float(self.model.expert_params()) * self.precision.bits() / 8.0).min(all);
        let tensor = if tensor_dense { gpus } else { 1 };
        let mut own = self.clone();
        if !tensor_dense {
            own.batch = self.batch.div_ceil(u64::from(gpus));
        }
        let dense = (all - routed) / if tensor_dense { n } else { 1.0 };
        let mut need = own.need_with(
            Layout {
                tensor,
                pipeline: 1,
            },
            self.assumptions.prefill_chunk,
        );
        need.weights = whole(routed * share + dense);
        need.runtime = self
            .need(Layout {
                tensor: gpus,
                pipeline: 1,
            })
            .runtime;
        Some(need)
    }

    /// Whether a layout may be used: the tensor degree divides the heads and FFN widths, and every
    /// stage has a layer.
    #[must_use]
    pub fn allows(&self, layout: Layout) -> bool {
        layout.tensor > 0
            && layout.pipeline > 0
            && self.model.heads.is_multiple_of(layout.tensor)
            && self.model.ffn.is_multiple_of(layout.tensor)
            && self
                .model
                .experts
                .as_ref()
                .is_none_or(|e| e.width.is_multiple_of(layout.tensor))
            && layout.pipeline <= self.model.layers.max(1)
    }

    /// Whether a layout fits on cards of this nominal size in GiB.
    #[must_use]
    pub fn fit(&self, layout: Layout, nominal_gib: f64) -> Fit {
        let rules = &self.assumptions;
        let usable = nominal_gib * rules.usable * float(GIB);
        let need = self.need(layout);
        let allowed = rules.allowed_bytes(nominal_gib);
        let fits = self.allows(layout) && need.total() <= allowed;
        let tight = || {
            let small = self.need_with(layout, rules.tight_prefill_chunk);
            self.allows(layout) && float(small.total()) <= usable * rules.tight_utilization
        };
        let verdict = if fits {
            Verdict::Fits
        } else if tight() {
            Verdict::Tight
        } else {
            Verdict::No
        };
        let other = need.total().saturating_sub(need.kv);
        let per_token = self.model.kv_elements()
            * f64::from(self.model.layers)
            * self.kv_bytes_per_element
            * self.kv_share(layout.tensor)
            / f64::from(layout.pipeline.max(1));
        let spare = float(allowed.saturating_sub(other));
        let kv_tokens = if per_token > 0.0 {
            whole((spare / per_token).floor())
        } else {
            u64::MAX
        };
        Fit {
            layout,
            need,
            allowed,
            verdict,
            binding: need.binding(),
            kv_tokens,
        }
    }

    /// The best layout of so many GPUs: the largest tensor degree that fits, else the largest one.
    #[must_use]
    pub fn fit_on(&self, gpus: u32, nominal_gib: f64) -> Option<Fit> {
        let mut first = None;
        for tensor in [8, 4, 2, 1] {
            if tensor > self.assumptions.tensor_max || !gpus.is_multiple_of(tensor) {
                continue;
            }
            let layout = Layout {
                tensor,
                pipeline: gpus.checked_div(tensor).unwrap_or(0),
            };
            if !self.allows(layout) {
                continue;
            }
            let fit = self.fit(layout, nominal_gib);
            if fit.verdict == Verdict::Fits {
                return Some(fit);
            }
            first = first.or(Some(fit));
        }
        first
    }

    /// The smallest number of GPUs of this nominal size on which it fits; `None` beyond the largest
    /// number tried.
    ///
    /// All GPUs of one replica come from one node on Akash, at most 24 by protocol: more than that
    /// is several replicas with an interconnect.
    #[must_use]
    pub fn search(&self, nominal_gib: f64) -> Option<Fit> {
        (1..=self.assumptions.gpus_max).find_map(|n| self.fits_on(n, nominal_gib))
    }

    /// The smallest power of two of GPUs on which it fits.
    #[must_use]
    pub fn search_power_of_two(&self, nominal_gib: f64) -> Option<Fit> {
        std::iter::successors(Some(1_u32), |n| n.checked_mul(2))
            .take_while(|n| *n <= self.assumptions.gpus_max)
            .find_map(|n| self.fits_on(n, nominal_gib))
    }

    fn fits_on(&self, gpus: u32, nominal_gib: f64) -> Option<Fit> {
        self.fit_on(gpus, nominal_gib)
            .filter(|fit| fit.verdict == Verdict::Fits)
    }

    /// The longest context, in whole KV pages, that fits on a layout for this batch; at most the
    /// model's own longest context. `None` when not even one page fits.
    ///
    /// ```
    /// use akash_gpu::sizing::{Architecture, Inference, Layout, Precision};
    /// let work = Inference::new(Architecture::find("llama-3.1-8b").unwrap(), Precision::BF16);
    /// let longest = work.longest_context(Layout::SINGLE, 24.0).unwrap();
    /// assert!((30_000..50_000).contains(&longest));
    /// ```
    #[must_use]
    pub fn longest_context(&self, layout: Layout, nominal_gib: f64) -> Option<u64> {
        let page = self.assumptions.kv_page.max(1);
        let longest = match self.model.context_max {
            0 => 1 << 30,
            most => most,
        };
        let fits = |pages: u64| {
            let work = self
                .clone()
                .context(pages.saturating_mul(page).min(longest));
            work.fit(layout, nominal_gib).verdict == Verdict::Fits
        };
        last_that(longest.div_ceil(page), fits).map(|pages| pages.saturating_mul(page).min(longest))
    }

    /// The most sequences of this context that fit on a layout at the same time.
    #[must_use]
    pub fn largest_batch(&self, layout: Layout, nominal_gib: f64) -> Option<u64> {
        let fits = |batch: u64| {
            self.clone().batch(batch).fit(layout, nominal_gib).verdict == Verdict::Fits
        };
        last_that(1 << 32, fits)
    }
}

/// The largest number of `1..=most` that passes, when passing ends once and for all.
fn last_that(most: u64, passes: impl Fn(u64) -> bool) -> Option<u64> {
    if most == 0 || !passes(1) {
        return None;
    }
    let (mut good, mut bad) = (1, most.saturating_add(1));
    while bad.saturating_sub(good) > 1 {
        let middle = good.midpoint(bad);
        if passes(middle) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    Some(good)
}
