//! The shape of a language model, and what follows from it alone.

use super::{Precision, Scope, family, float, whole};
use crate::csv::{CsvError, Record, Table};
use crate::model::Text;
use serde::{Deserialize, Serialize};

/// How queries, keys and values are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase", tag = "kind")]
pub enum Attention {
    /// Multi-head, grouped-query or multi-query attention.
    Grouped {
        /// Heads of keys and values.
        kv_heads: u32,
        /// Width of a head.
        head_dim: u32,
        /// Whether the query, key and value projections have biases.
        bias: bool,
    },
    /// Multi-head latent attention (DeepSeek): one compressed latent per token.
    Latent {
        /// Rank of the key-value latent.
        kv_rank: u32,
        /// Rank of the query latent; 0 = queries are not compressed.
        query_rank: u32,
        /// Width of the rotary part of a head.
        rope_dim: u32,
        /// Width of the other part of a query or key head.
        nope_dim: u32,
        /// Width of a value head.
        value_dim: u32,
    },
}

/// A mixture of experts in the layers that are not dense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experts {
    /// Routed experts per layer.
    pub total: u32,
    /// Routed experts each token uses.
    pub active: u32,
    /// Experts every token uses.
    pub shared: u32,
    /// FFN width of one expert.
    pub width: u32,
    /// Layers with a plain FFN instead.
    pub dense_layers: u32,
}

/// Layers that attend only to the last tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// How many tokens they see.
    pub tokens: u64,
    /// How many layers do so.
    pub layers: u32,
}

/// The architecture of a decoder-only language model.
///
/// ```
/// use akash_gpu::sizing::Architecture;
///
/// let model = Architecture::find("deepseek-v3").unwrap();
/// assert_eq!(model.params_computed(), 671_026_279_424);
/// assert_eq!(model.kv_bytes_per_token(2.0), 70_272); // one latent, not keys and values
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Architecture {
    /// Its name.
    pub name: Text,
    /// Its family, such as `llama`.
    pub family: Text,
    /// Layers.
    pub layers: u32,
    /// Width of the residual stream.
    pub hidden: u32,
    /// Query heads.
    pub heads: u32,
    /// How attention is made.
    pub attention: Attention,
    /// FFN width of a dense layer.
    pub ffn: u32,
    /// Matrices of an FFN: 3 when gated, 2 when plain.
    pub ffn_matrices: u32,
    /// Size of the vocabulary.
    pub vocab: u32,
    /// Whether input and output embeddings are one matrix.
    pub tied_embeddings: bool,
    /// Mixture of experts.
    pub experts: Option<Experts>,
    /// Sliding-window layers.
    pub window: Option<Window>,
    /// Longest context it was made for, in tokens; 0 = not known.
    pub context_max: u64,
    /// Parameters as published; the computed number is used when this is absent.
    pub params_total: Option<u64>,
    /// Parameters each token uses, as published (not uniform: some leave the input embedding out).
    pub params_active: Option<u64>,
    /// The format the weights were published in.
    pub release_dtype: Text,
    /// Where the facts come from.
    pub source: Text,
}

impl Architecture {
    /// The embedded models, sorted by name.
    #[must_use]
    pub fn embedded() -> &'static [Self] {
        &super::models::MODELS
    }

    /// An embedded model by its name.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        let models = Self::embedded();
        let at = models.binary_search_by(|m| (*m.name).cmp(name)).ok()?;
        models.get(at)
    }

    /// Number of KV heads; 1 for latent attention.
    #[must_use]
    pub const fn kv_heads(&self) -> u32 {
        match self.attention {
            Attention::Grouped { kv_heads, .. } => kv_heads,
            Attention::Latent { .. } => 1,
        }
    }

    /// Width of a query or key head.
    #[must_use]
    pub const fn head_dim(&self) -> u32 {
        match self.attention {
            Attention::Grouped { head_dim, .. } => head_dim,
            Attention::Latent {
                rope_dim, nope_dim, ..
            } => rope_dim.saturating_add(nope_dim),
        }
    }

    /// Parameters of input and output embeddings.
    #[must_use]
    pub fn embedding_params(&self) -> u64 {
        let once = f64::from(self.vocab) * f64::from(self.hidden);
        whole(if self.tied_embeddings {
            once
        } else {
            2.0 * once
        })
    }

    /// Layers with experts.
    #[must_use]
    pub fn expert_layers(&self) -> u32 {
        self.experts
            .as_ref()
            .map_or(0, |e| self.layers.saturating_sub(e.dense_layers))
    }

    /// Parameters of the routed experts of all layers.
    #[must_use]
    pub fn expert_params(&self) -> u64 {
        let one = |e: &Experts| self.expert_ffn(e) * f64::from(e.total);
        whole(
            self.experts
                .as_ref()
                .map_or(0.0, |e| f64::from(self.expert_layers()) * one(e)),
        )
    }

    /// Parameters of one expert.
    fn expert_ffn(&self, experts: &Experts) -> f64 {
        f64::from(self.ffn_matrices) * f64::from(self.hidden) * f64::from(experts.width)
    }

    /// Parameters of the attention of one layer.
    pub(crate) fn attention_params(&self) -> f64 {
        let h = f64::from(self.hidden);
        let a = f64::from(self.heads);
        match self.attention {
            Attention::Grouped {
                kv_heads,
                head_dim,
                bias,
            } => {
                let (k, d) = (f64::from(kv_heads), f64::from(head_dim));
                let biases = if bias { a * d + 2.0 * k * d } else { 0.0 };
                2.0 * h * a * d + 2.0 * h * k * d + biases
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
                let query = if query_rank > 0 {
                    h * q + q * a * (n + r)
                } else {
                    h * a * (n + r)
                };
                query + h * (c + r) + c * a * (n + v) + a * v * h
            }
        }
    }

    /// Parameters with `used` routed experts per layer.
    fn params_with(&self, used: impl Fn(&Experts) -> u32) -> u64 {
        let h = f64::from(self.hidden);
        let layers = f64::from(self.layers);
        let dense = f64::from(self.ffn_matrices) * h * f64::from(self.ffn);
        let ffn = match &self.experts {
            None => layers * dense,
            Some(e) => {
                let routed = f64::from(used(e)) + f64::from(e.shared);
                let router = h * f64::from(e.total);
                f64::from(e.dense_layers.min(self.layers)) * dense
                    + f64::from(self.expert_layers()) * (routed * self.expert_ffn(e) + router)
            }
        };
        let norms = 2.0 * h * layers + h;
        whole(float(self.embedding_params()) + layers * self.attention_params() + ffn + norms)
    }

    /// Parameters by the formula: embeddings, attention, FFN or experts with router, norms.
    #[must_use]
    pub fn params_computed(&self) -> u64 {
        self.params_with(|e| e.total)
    }

    /// Parameters one token uses, by the formula: the experts used in place of all; input and
    /// output embedding both counted.
    #[must_use]
    pub fn params_active_computed(&self) -> u64 {
        self.params_with(|e| e.active)
    }

    /// Parameters: as published, else by the formula.
    #[must_use]
    pub fn params(&self) -> u64 {
        self.params_total.unwrap_or_else(|| self.params_computed())
    }

    /// Parameters one token uses: as published, else by the formula.
    #[must_use]
    pub fn active_params(&self) -> u64 {
        self.params_active
            .unwrap_or_else(|| self.params_active_computed())
    }

    /// Bytes of the weights in a format.
    ///
    /// ```
    /// use akash_gpu::sizing::{Architecture, Precision};
    /// let model = Architecture::find("llama-3.1-8b").unwrap();
    /// assert_eq!(model.weight_bytes(Precision::BF16), 16_060_000_000);
    /// ```
    #[must_use]
    pub fn weight_bytes(&self, precision: Precision) -> u64 {
        let all = float(self.params());
        let stored = match (precision.scope(), &self.experts) {
            (Scope::All, _) => all,
            (Scope::Experts, Some(_)) => float(self.expert_params()).min(all),
            (Scope::Linear | Scope::Experts, _) => all - float(self.embedding_params()).min(all),
        };
        whole(stored * precision.bits() / 8.0 + (all - stored) * 2.0)
    }

    /// Elements of the KV cache of one token in one layer.
    pub(crate) fn kv_elements(&self) -> f64 {
        match self.attention {
            Attention::Grouped {
                kv_heads, head_dim, ..
            } => 2.0 * f64::from(kv_heads) * f64::from(head_dim),
            Attention::Latent {
                kv_rank, rope_dim, ..
            } => f64::from(kv_rank) + f64::from(rope_dim),
        }
    }

    /// Bytes of KV cache one more token takes in all layers, at `bytes` per element, while no
    /// sliding window is full.
    #[must_use]
    pub fn kv_bytes_per_token(&self, bytes: f64) -> u64 {
        whole(self.kv_elements() * f64::from(self.layers) * bytes)
    }

    /// Bytes of KV cache of a sequence of `tokens`, at `bytes` per element; sliding-window layers
    /// keep at most their window.
    #[must_use]
    pub fn kv_bytes(&self, tokens: u64, bytes: f64) -> u64 {
        whole(self.kv_elements() * bytes * self.cached_tokens(tokens))
    }

    /// Tokens cached, summed over layers.
    pub(crate) fn cached_tokens(&self, tokens: u64) -> f64 {
        let layers = f64::from(self.layers);
        match &self.window {
            None => layers * float(tokens),
            Some(window) => {
                let windowed = f64::from(window.layers).min(layers);
                (layers - windowed) * float(tokens) + windowed * float(tokens.min(window.tokens))
            }
        }
    }

    /// FFN width a token passes: of a dense layer, or of the experts it uses together.
    pub(crate) fn active_ffn(&self) -> f64 {
        self.experts.as_ref().map_or_else(
            || f64::from(self.ffn),
            |e| (f64::from(e.active) + f64::from(e.shared)) * f64::from(e.width),
        )
    }

    /// Reads rows with the columns of the crate's `data/llm-models.csv`, empty where they do not
    /// apply. Only the name and the shape are needed; other columns may be missing.
    ///
    /// The file has no columns for biases and for FFNs of two matrices: both are chosen so that the
    /// formula comes closest to `params_total`, if that is given; else a `qwen2` has biases, and the
    /// family (or the name, without one) says whether FFNs are gated.
    ///
    /// # Errors
    /// The first record that cannot be read.
    ///
    /// ```
    /// use akash_gpu::sizing::Architecture;
    ///
    /// let csv = "model_id,layers,hidden,heads,kv_heads,head_dim,attention,ffn,vocab,tied_embeddings\n\
    ///            tiny,2,64,4,2,16,gqa,128,1000,yes\n";
    /// let models = Architecture::from_csv(csv).unwrap();
    /// assert_eq!(models[0].params(), 138_048);
    /// ```
    pub fn from_csv(text: &str) -> Result<Vec<Self>, CsvError> {
        Table::parse(text)?.read(Self::from_record)
    }

    fn from_record(record: &Record<'_>) -> Result<Self, CsvError> {
        const COUNT: &str = "a whole number";
        let count = |column| record.required::<u32>(column, COUNT);
        let maybe = |column| {
            record
                .optional::<u32>(column, COUNT)
                .map(Option::unwrap_or_default)
        };
        let owned = |column| Text::Owned(record.text_or_empty(column).to_owned());
        let heads = count("heads")?;
        let hidden = count("hidden")?;
        let latent = record.text_or_empty("attention") == "mla" || maybe("kv_lora_rank")? > 0;
        let attention = if latent {
            Attention::Latent {
                kv_rank: count("kv_lora_rank")?,
                query_rank: maybe("q_lora_rank")?,
                rope_dim: count("qk_rope_head_dim")?,
                nope_dim: count("qk_nope_head_dim")?,
                value_dim: count("v_head_dim")?,
            }
        } else {
            let usual = if record.text_or_empty("attention") == "mqa" {
                1
            } else {
                heads
            };
            let kv_heads = record.optional("kv_heads", COUNT)?.unwrap_or(usual);
            let head_dim = match record.optional("head_dim", COUNT)? {
                Some(d) => d,
                None => hidden.checked_div(heads).unwrap_or(0),
            };
            let bias = record.text_or_empty("family").starts_with("qwen2");
            Attention::Grouped {
                kv_heads,
                head_dim,
                bias,
            }
        };
        let experts = match maybe("experts")? {
            0 => None,
            total => Some(Experts {
                total,
                active: count("experts_active")?,
                shared: maybe("experts_shared")?,
                width: count("expert_ffn")?,
                dense_layers: maybe("dense_layers")?,
            }),
        };
        // Without a family the name says it: `falcon` of `falcon-40b`.
        let kin = match record.text_or_empty("family") {
            "" => record.text_or_empty("model_id").split('-').next(),
            named => Some(named),
        };
        let kin = kin.unwrap_or_default();
        let layers = count("layers")?;
        let window = record.optional("sliding_window", COUNT)?.map(|tokens| {
            let windowed = record.optional("windowed_layers", COUNT);
            windowed.map(|l| Window {
                tokens,
                layers: l.unwrap_or(layers),
            })
        });
        let model = Self {
            name: owned("model_id"),
            family: owned("family"),
            layers,
            hidden,
            heads,
            attention,
            ffn: maybe("ffn")?,
            ffn_matrices: if family::has_plain_ffn(kin) { 2 } else { 3 },
            vocab: count("vocab")?,
            tied_embeddings: record
                .flag("tied_embeddings")?
                .unwrap_or_else(|| family::ties_embeddings(kin)),
            experts,
            window: window.transpose()?,
            context_max: record.optional("context_max", COUNT)?.unwrap_or(0),
            params_total: record
                .figure("params_total")?
                .filter(|n| *n > 0.0)
                .map(whole),
            params_active: record
                .figure("params_active")?
                .filter(|n| *n > 0.0)
                .map(whole),
            release_dtype: owned("release_dtype"),
            source: owned("source"),
        };
        Ok(model.nearest_to_published())
    }

    /// Of the variants a table cannot tell apart, the one nearest to the published total.
    fn nearest_to_published(self) -> Self {
        let Some(published) = self.params_total else {
            return self;
        };
        let distance = |m: &Self| m.params_computed().abs_diff(published);
        // A published total is rounded: only a clearly better variant is taken.
        let good = published / 2_000;
        if distance(&self) <= good {
            return self;
        }
        let mut best = self.clone();
        for matrices in [3, 2] {
            for bias in [false, true] {
                let mut other = self.clone();
                other.ffn_matrices = matrices;
                if let Attention::Grouped { bias: old, .. } = &mut other.attention {
                    *old = bias;
                }
                if distance(&other) < distance(&best) {
                    best = other;
                }
            }
        }
        best
    }
}
