//! From a Hugging Face `config.json` to an [`Architecture`].

use super::{Architecture, Attention, Experts, Window, family};
use crate::model::Text;
use serde_json::{Map, Value};

/// Why a `config.json` does not describe a model this crate can size.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// Not JSON.
    #[error("the configuration is not valid JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Not an object.
    #[error("the configuration must be a JSON object with the fields of a model")]
    NotAnObject,
    /// A needed field is missing or not a positive whole number below 2^32.
    #[error(
        "the configuration needs a positive whole number in one of: {}",
        names.join(", ")
    )]
    Missing {
        /// The names under which models of different families write it.
        names: &'static [&'static str],
    },
    /// A field has a value that cannot be.
    #[error("`{field}` is {value}, which {reason}")]
    Value {
        /// The field.
        field: &'static str,
        /// Its value.
        value: u64,
        /// Why it cannot be.
        reason: &'static str,
    },
    /// A part of the model is of a kind that is not sized here.
    #[error("the model has {what} (`{field}`), which this calculator does not size")]
    Unsupported {
        /// The field that says so.
        field: &'static str,
        /// What it has.
        what: &'static str,
    },
}

/// What configurations of a family leave out because it is the family's default. The text part of a published Gemma 3
/// configuration holds only what differs from these.
const GEMMA3: [(&str, u32); 6] = [
    ("vocab_size", 262_208),
    ("num_attention_heads", 8),
    ("num_key_value_heads", 4),
    ("head_dim", 256),
    ("sliding_window_pattern", 6),
    ("max_position_embeddings", 131_072),
];

/// Fields that only models with other layers than attention have, and those of encoders.
const FOREIGN: [(&str, &str); 9] = [
    ("attn_layer_period", "state-space layers"),
    ("conv_L_cache", "convolution layers"),
    ("hybrid_override_pattern", "state-space layers"),
    ("layers_block_type", "layers of several kinds"),
    ("linear_num_key_heads", "linear-attention layers"),
    ("lru_width", "recurrent layers"),
    ("mamba_d_state", "state-space layers"),
    ("ssm_cfg", "state-space layers"),
    ("state_size", "state-space layers"),
];

struct Fields<'c>(&'c Map<String, Value>);

impl Fields<'_> {
    /// A field, or the one of that name in the part that describes attention or FFN (DBRX, MPT).
    fn get(&self, name: &str) -> Option<&Value> {
        let parts = ["attn_config", "ffn_config"].into_iter();
        let mut parts = parts.filter_map(|part| self.0.get(part).and_then(Value::as_object));
        self.0
            .get(name)
            .or_else(|| parts.find_map(|part| part.get(name)))
    }

    fn value(&self, names: &[&str]) -> Option<&Value> {
        names
            .iter()
            .find_map(|name| self.get(name))
            .filter(|v| !v.is_null())
    }

    fn number(&self, names: &[&str]) -> Option<u32> {
        names
            .iter()
            .find_map(|name| self.get(name).and_then(Value::as_u64))
            .and_then(|n| u32::try_from(n).ok())
    }

    fn positive(&self, names: &[&str]) -> Option<u32> {
        self.number(names).filter(|n| *n > 0)
    }

    fn required(&self, names: &'static [&'static str]) -> Result<u32, ConfigError> {
        self.positive(names).ok_or(ConfigError::Missing { names })
    }

    fn flag(&self, names: &[&str]) -> Option<bool> {
        self.value(names).and_then(Value::as_bool)
    }

    fn text(&self, names: &[&str]) -> Option<&str> {
        self.value(names).and_then(Value::as_str)
    }

    fn family<'c>(&'c self, outer: &'c Fields<'_>) -> &'c str {
        let own = self.text(&["model_type"]);
        own.or_else(|| outer.text(&["model_type"])).unwrap_or("")
    }
}

/// Refuses what would be sized wrongly without a word.
fn foreign(c: &Fields<'_>) -> Result<(), ConfigError> {
    if c.flag(&["is_encoder_decoder"]) == Some(true) {
        let (field, what) = ("is_encoder_decoder", "an encoder");
        return Err(ConfigError::Unsupported { field, what });
    }
    let types = c.value(&["layer_types"]).and_then(Value::as_array);
    let mut types = types.into_iter().flatten().filter_map(Value::as_str);
    if types.any(|t| !t.ends_with("attention") || t == "linear_attention") {
        let (field, what) = ("layer_types", "layers that are no attention");
        return Err(ConfigError::Unsupported { field, what });
    }
    match FOREIGN
        .into_iter()
        .find(|(field, _)| c.value(&[field]).is_some())
    {
        Some((field, what)) => Err(ConfigError::Unsupported { field, what }),
        None => Ok(()),
    }
}

impl Architecture {
    /// Reads the text of a `config.json` as published with a model on Hugging Face. The text part of
    /// a multi-modal configuration (`text_config`) is read; a vision tower is not counted.
    ///
    /// Known are dense decoders, grouped-query and latent attention, mixtures of experts and sliding
    /// windows under the names the common families give them. Models with convolution, state-space, recurrent or
    /// linear-attention layers and encoder-decoders are refused.
    ///
    /// # Errors
    /// Says which field is missing, or what cannot be.
    ///
    /// ```
    /// use akash_gpu::sizing::Architecture;
    ///
    /// let model = Architecture::from_config(r#"{
    ///     "model_type": "llama", "num_hidden_layers": 32, "hidden_size": 4096,
    ///     "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336,
    ///     "vocab_size": 128256, "max_position_embeddings": 131072, "torch_dtype": "bfloat16"
    /// }"#).unwrap();
    /// assert_eq!(model.params(), 8_030_261_248);
    /// ```
    pub fn from_config(json: &str) -> Result<Self, ConfigError> {
        let value: Value = serde_json::from_str(json)?;
        let outer = value.as_object().ok_or(ConfigError::NotAnObject)?;
        let inner = ["text_config", "language_config", "llm_config"]
            .into_iter()
            .find_map(|name| outer.get(name).and_then(Value::as_object));
        let mut fields = inner.unwrap_or(outer).clone();
        let outer = Fields(outer);
        if Fields(&fields).family(&outer).starts_with("gemma3_text") {
            for (name, default) in GEMMA3 {
                fields.entry(name).or_insert(default.into());
            }
        }
        Self::from_fields(&Fields(&fields), &outer)
    }

    fn from_fields(c: &Fields<'_>, outer: &Fields<'_>) -> Result<Self, ConfigError> {
        let family = c.family(outer);
        foreign(c)?;
        let layers = c.required(&["num_hidden_layers", "n_layer", "num_layers", "n_layers"])?;
        let hidden = c.required(&["hidden_size", "n_embd", "d_model"])?;
        let heads = c.required(&["num_attention_heads", "n_head", "n_heads", "num_heads"])?;
        let vocab = c.required(&["vocab_size", "padded_vocab_size"])?;
        let attention = attention(c, family, hidden, heads)?;
        let experts = experts(c, family, layers)?;
        let ffn = match (family, c.positive(&["intermediate_size_mlp"])) {
            // Llama 4 calls the expert width `intermediate_size`.
            (_, Some(dense)) => dense,
            _ => c
                .positive(&[
                    "intermediate_size",
                    "ffn_hidden_size",
                    "ff_intermediate_size",
                    "n_inner",
                    "ffn_dim",
                    "d_ff",
                ])
                .unwrap_or_else(|| hidden.saturating_mul(4)),
        };
        let tied = c
            .flag(&["tie_word_embeddings"])
            .or_else(|| outer.flag(&["tie_word_embeddings"]))
            .unwrap_or_else(|| family::ties_embeddings(family));
        let gated = c.flag(&["gated_mlp", "use_gated_mlp"]);
        let plain = gated.map_or_else(|| family::has_plain_ffn(family), |g| !g);
        let dtype = c
            .text(&["torch_dtype", "dtype"])
            .or_else(|| outer.text(&["torch_dtype", "dtype"]));
        Ok(Self {
            name: Text::Owned(outer.text(&["_name_or_path"]).unwrap_or("").to_owned()),
            family: Text::Owned(family.to_owned()),
            layers,
            hidden,
            heads,
            attention,
            ffn,
            ffn_matrices: if plain { 2 } else { 3 },
            vocab,
            tied_embeddings: tied,
            experts,
            window: window(c, family, layers),
            context_max: c
                .number(&[
                    "max_position_embeddings",
                    "n_positions",
                    "seq_length",
                    "max_seq_len",
                ])
                .map_or(0, u64::from),
            params_total: None,
            params_active: None,
            release_dtype: Text::Owned(release(c, outer, dtype).to_owned()),
            source: Text::Borrowed("config.json"),
        })
    }
}

/// The published weight format, in this crate's names where it has one.
fn release<'c>(c: &'c Fields<'_>, outer: &'c Fields<'_>, dtype: Option<&'c str>) -> &'c str {
    let names = ["quantization_config"];
    let quantization = c
        .value(&names)
        .or_else(|| outer.value(&names))
        .and_then(Value::as_object);
    if let Some(q) = quantization {
        let q = Fields(q);
        match (q.text(&["quant_method"]).unwrap_or(""), q.number(&["bits"])) {
            ("fp8", _) if q.value(&["weight_block_size"]).is_some() => return "fp8-block",
            ("fp8" | "fbgemm_fp8", _) => return "fp8",
            ("mxfp4", _) => return "mxfp4",
            ("gptq" | "awq", Some(4) | None) => return "int4",
            ("gptq" | "awq", Some(8)) => return "int8",
            ("bitsandbytes", _) if q.flag(&["load_in_4bit"]) == Some(true) => return "nf4",
            ("bitsandbytes", _) => return "int8",
            ("modelopt", _) => match q.text(&["quant_algo"]) {
                Some("NVFP4") => return "nvfp4",
                Some("FP8") => return "fp8",
                _ => {}
            },
            ("compressed-tensors", _) => match q.text(&["format"]) {
                Some("float-quantized") => return "fp8",
                Some("int-quantized") => return "int8",
                Some("pack-quantized") => return "int4",
                Some("nvfp4-pack-quantized") => return "nvfp4",
                _ => {}
            },
            _ => {}
        }
    }
    match dtype.unwrap_or("") {
        "bfloat16" => "bf16",
        "float16" => "fp16",
        "float32" => "fp32",
        other => other,
    }
}

fn attention(
    c: &Fields<'_>,
    family: &str,
    hidden: u32,
    heads: u32,
) -> Result<Attention, ConfigError> {
    if let Some(kv_rank) = c.positive(&["kv_lora_rank"]) {
        return Ok(Attention::Latent {
            kv_rank,
            query_rank: c.number(&["q_lora_rank"]).unwrap_or(0),
            rope_dim: c.required(&["qk_rope_head_dim"])?,
            nope_dim: c.required(&["qk_nope_head_dim"])?,
            value_dim: c.required(&["v_head_dim"])?,
        });
    }
    let multi_query = c
        .flag(&["multi_query"])
        .unwrap_or(matches!(family, "gpt_bigcode"));
    let new_decoder = c.flag(&["new_decoder_architecture"]).unwrap_or(false);
    let listed = c.positive(&[
        "num_key_value_heads",
        "num_kv_heads",
        "multi_query_group_num",
        "kv_n_heads",
    ]);
    let kv_heads = match listed {
        Some(n) if family != "falcon" || new_decoder => n,
        // Falcon's older decoder has one head of keys and values.
        _ if multi_query && !new_decoder => 1,
        Some(n) => n,
        None => c.positive(&["n_head_kv"]).unwrap_or(heads),
    };
    if kv_heads > heads {
        return Err(ConfigError::Value {
            field: "num_key_value_heads",
            value: u64::from(kv_heads),
            reason: "is more than the number of query heads",
        });
    }
    let head_dim = match c.positive(&["head_dim", "kv_channels", "attention_head_dim"]) {
        Some(d) => d,
        None => hidden
            .checked_div(heads)
            .filter(|d| *d > 0)
            .ok_or(ConfigError::Value {
                field: "num_attention_heads",
                value: u64::from(heads),
                reason: "is more than the hidden size, and no `head_dim` is given",
            })?,
    };
    let bias = c
        .flag(&["attention_bias", "qkv_bias", "add_qkv_bias", "use_qkv_bias"])
        .unwrap_or_else(|| family.starts_with("qwen2") || family == "qwen");
    Ok(Attention::Grouped {
        kv_heads,
        head_dim,
        bias,
    })
}

fn experts(c: &Fields<'_>, family: &str, layers: u32) -> Result<Option<Experts>, ConfigError> {
    let Some(total) = c
        .positive(&[
            "n_routed_experts",
            "num_local_experts",
            "num_experts",
            "moe_num_experts",
        ])
        .filter(|n| *n > 1)
    else {
        return Ok(None);
    };
    let active = c.required(&[
        "num_experts_per_tok",
        "num_experts_per_token",
        "experts_per_token",
        "moe_topk",
        "moe_top_k",
        "moe_k",
    ])?;
    if active > total {
        return Err(ConfigError::Value {
            field: "num_experts_per_tok",
            value: u64::from(active),
            reason: "is more than the number of experts",
        });
    }
    let width = c.required(&[
        "moe_intermediate_size",
        "ffn_hidden_size",
        "intermediate_size",
    ])?;
    let shared = match c.number(&[
        "n_shared_experts",
        "num_shared_experts",
        "moe_num_shared_experts",
    ]) {
        Some(n) => n,
        // A shared expert given by its width counts as so many of the routed width.
        None => match c.positive(&["shared_expert_intermediate_size"]) {
            Some(w) => w.checked_div(width).unwrap_or(0).max(1),
            None => u32::from(family.starts_with("llama4")),
        },
    };
    let listed = c
        .value(&["mlp_only_layers"])
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    let listed = u32::try_from(listed).unwrap_or(u32::MAX);
    let moe_listed = c
        .value(&["moe_layers"])
        .and_then(Value::as_array)
        .map(Vec::len);
    let step = c
        .positive(&[
            "decoder_sparse_step",
            "interleave_moe_layer_step",
            "moe_layer_freq",
            "moe_layer_interval",
        ])
        .unwrap_or(1);
    let first = c
        .number(&["first_k_dense_replace", "moe_layer_start_index"])
        .unwrap_or(0);
    let dense_layers = match moe_listed.and_then(|n| u32::try_from(n).ok()) {
        Some(sparse) if sparse > 0 => layers.saturating_sub(sparse),
        _ => {
            let rest = layers.saturating_sub(first);
            let sparse = rest.checked_div(step).unwrap_or(rest);
            layers.saturating_sub(sparse).saturating_add(listed)
        }
    };
    Ok(Some(Experts {
        total,
        active,
        shared,
        width,
        dense_layers: dense_layers.min(layers),
    }))
}

fn window(c: &Fields<'_>, family: &str, layers: u32) -> Option<Window> {
    let tokens = c.positive(&[
        "sliding_window",
        "attention_chunk_size",
        "sliding_window_size",
    ])?;
    if c.flag(&["use_sliding_window"]) == Some(false) {
        return None;
    }
    let every = |n: u32| layers.saturating_sub(layers.checked_div(n).unwrap_or(0));
    let listed = c
        .value(&["layer_types"])
        .and_then(Value::as_array)
        .map(|types| {
            types
                .iter()
                .filter_map(Value::as_str)
                .filter(|t| matches!(*t, "sliding_attention" | "chunked_attention"))
                .count()
        });
    let windowed = match listed.and_then(|n| u32::try_from(n).ok()) {
        Some(n) => n,
        None => match c.positive(&["sliding_window_pattern"]) {
            Some(n) => every(n),
            None => match family {
                "gemma2" | "gpt_oss" => layers.div_ceil(2),
                "gemma3" | "gemma3_text" => every(6),
                "cohere2" => every(4),
                _ if family.starts_with("llama4") => every(4),
                // Qwen2 windows only the layers from this one on.
                "qwen2" | "qwen2_moe" | "qwen3" | "qwen3_moe" => {
                    if c.flag(&["use_sliding_window"]) != Some(true) {
                        return None;
                    }
                    layers.saturating_sub(c.number(&["max_window_layers"]).unwrap_or(0))
                }
                _ => layers,
            },
        },
    };
    (windowed > 0).then(|| Window {
        tokens: u64::from(tokens),
        layers: windowed.min(layers),
    })
}
