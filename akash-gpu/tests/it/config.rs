//! `config.json` texts of published models give the rows of the table.

use akash_gpu::sizing::{Architecture, Attention, ConfigError, Window};
use proptest::prelude::*;

/// The same model read from its configuration and from the table, but for what a configuration
/// does not say.
fn same(config: &str, name: &str) {
    let read = Architecture::from_config(config).unwrap();
    let known = Architecture::find(name).unwrap();
    let expected = Architecture {
        name: read.name.clone(),
        family: read.family.clone(),
        params_total: None,
        params_active: None,
        source: read.source.clone(),
        context_max: if read.context_max == 0 {
            0
        } else {
            known.context_max
        },
        release_dtype: read.release_dtype.clone(),
        ..known.clone()
    };
    assert_eq!(read, expected, "{name}");
    assert_eq!(read.params(), known.params_computed());
}

#[test]
fn dense_models() {
    same(
        r#"{"architectures":["LlamaForCausalLM"],"attention_bias":false,"hidden_act":"silu",
            "hidden_size":8192,"intermediate_size":28672,"max_position_embeddings":131072,
            "model_type":"llama","num_attention_heads":64,"num_hidden_layers":80,
            "num_key_value_heads":8,"tie_word_embeddings":false,"torch_dtype":"bfloat16",
            "vocab_size":128256}"#,
        "llama-3.1-70b",
    );
    same(
        r#"{"hidden_size":3584,"intermediate_size":18944,"max_position_embeddings":131072,
            "max_window_layers":28,"model_type":"qwen2","num_attention_heads":28,
            "num_hidden_layers":28,"num_key_value_heads":4,"sliding_window":131072,
            "tie_word_embeddings":false,"use_sliding_window":false,"vocab_size":152064}"#,
        "qwen2.5-7b",
    );
    same(
        r#"{"attention_bias":false,"head_dim":128,"hidden_size":5120,"intermediate_size":14336,
            "model_type":"mistral","num_attention_heads":32,"num_hidden_layers":40,
            "num_key_value_heads":8,"sliding_window":null,"vocab_size":131072,
            "max_position_embeddings":131072,"tie_word_embeddings":false}"#,
        "mistral-nemo-12b",
    );
    same(
        r#"{"head_dim":128,"hidden_size":4608,"intermediate_size":36864,"model_type":"gemma2",
            "max_position_embeddings":8192,"num_attention_heads":32,"num_hidden_layers":46,
            "num_key_value_heads":16,"sliding_window":4096,"vocab_size":256000}"#,
        "gemma-2-27b",
    );
}

#[test]
fn mixtures_of_experts() {
    same(
        r#"{"hidden_size":4096,"intermediate_size":14336,"max_position_embeddings":32768,
            "model_type":"mixtral","num_attention_heads":32,"num_experts_per_tok":2,
            "num_hidden_layers":32,"num_key_value_heads":8,"num_local_experts":8,
            "sliding_window":null,"tie_word_embeddings":false,"vocab_size":32000}"#,
        "mixtral-8x7b",
    );
    same(
        r#"{"decoder_sparse_step":1,"head_dim":128,"hidden_size":4096,"intermediate_size":12288,
            "max_position_embeddings":40960,"mlp_only_layers":[],"model_type":"qwen3_moe",
            "moe_intermediate_size":1536,"num_attention_heads":64,"num_experts":128,
            "num_experts_per_tok":8,"num_hidden_layers":94,"num_key_value_heads":4,
            "sliding_window":null,"tie_word_embeddings":false,"use_sliding_window":false,
            "vocab_size":151936,"attention_bias":false}"#,
        "qwen3-235b-a22b",
    );
    same(
        r#"{"model_type":"deepseek_v3","first_k_dense_replace":3,"hidden_size":7168,
            "intermediate_size":18432,"kv_lora_rank":512,"max_position_embeddings":131072,
            "moe_intermediate_size":2048,"moe_layer_freq":1,"n_routed_experts":256,
            "n_shared_experts":1,"num_attention_heads":128,"num_experts_per_tok":8,
            "num_hidden_layers":61,"num_key_value_heads":128,"num_nextn_predict_layers":1,
            "q_lora_rank":1536,"qk_nope_head_dim":128,"qk_rope_head_dim":64,"v_head_dim":128,
            "quantization_config":{"quant_method":"fp8","weight_block_size":[128,128]},
            "tie_word_embeddings":false,"vocab_size":129280,"attention_bias":false}"#,
        "deepseek-v3",
    );
    same(
        r#"{"model_type":"deepseek_v2","first_k_dense_replace":1,"hidden_size":2048,
            "intermediate_size":10944,"kv_lora_rank":512,"moe_intermediate_size":1408,
            "moe_layer_freq":1,"n_routed_experts":64,"n_shared_experts":2,
            "num_attention_heads":16,"num_experts_per_tok":6,"num_hidden_layers":27,
            "num_key_value_heads":16,"q_lora_rank":null,"qk_nope_head_dim":128,
            "qk_rope_head_dim":64,"v_head_dim":128,"vocab_size":102400}"#,
        "deepseek-v2-lite",
    );
    same(
        r#"{"model_type":"glm4_moe","attention_bias":false,"first_k_dense_replace":1,"head_dim":128,
            "hidden_size":4096,"intermediate_size":10944,"moe_intermediate_size":1408,
            "n_routed_experts":128,"n_shared_experts":1,"num_attention_heads":96,
            "num_experts_per_tok":8,"num_hidden_layers":46,"num_key_value_heads":8,
            "tie_word_embeddings":false,"vocab_size":151552,"max_position_embeddings":131072}"#,
        "glm-4.5-air",
    );
    let types: Vec<&str> = ["sliding_attention", "full_attention"]
        .into_iter()
        .cycle()
        .take(24)
        .collect();
    let config = serde_json::json!({
        "model_type": "gpt_oss", "head_dim": 64, "hidden_size": 2880, "intermediate_size": 2880,
        "layer_types": types, "num_attention_heads": 64, "num_experts_per_tok": 4,
        "num_hidden_layers": 24, "num_key_value_heads": 8, "num_local_experts": 32,
        "sliding_window": 128, "vocab_size": 201088, "tie_word_embeddings": false,
        "quantization_config": {"quant_method": "mxfp4"}
    });
    same(&config.to_string(), "gpt-oss-20b");
    let read = Architecture::from_config(&config.to_string()).unwrap();
    assert_eq!(read.release_dtype, "mxfp4");
    same(
        r#"{"model_type":"llama4","text_config":{"model_type":"llama4_text","attention_chunk_size":8192,
            "attention_bias":false,"head_dim":128,"hidden_size":5120,"interleave_moe_layer_step":2,
            "intermediate_size":8192,"intermediate_size_mlp":16384,"num_attention_heads":40,
            "num_experts_per_tok":1,"num_hidden_layers":48,"num_key_value_heads":8,
            "num_local_experts":128,"max_position_embeddings":1048576,"vocab_size":202048,
            "tie_word_embeddings":false}}"#,
        "llama-4-maverick",
    );
}

#[test]
fn older_families() {
    // GPT-2: 124 M parameters with 0.8 M of position embeddings and biases that are not counted.
    let gpt2 = Architecture::from_config(
        r#"{"model_type":"gpt2","n_embd":768,"n_head":12,"n_layer":12,"n_positions":1024,
            "vocab_size":50257}"#,
    )
    .unwrap();
    assert_eq!(gpt2.ffn_matrices, 2);
    assert!((gpt2.params() as f64 / 124.4e6 - 1.0).abs() < 0.01);
    // Falcon 7B: multi-query, plain FFN of four times the width, tied.
    let falcon = Architecture::from_config(
        r#"{"model_type":"falcon","hidden_size":4544,"multi_query":true,
            "new_decoder_architecture":false,"num_attention_heads":71,"num_hidden_layers":32,
            "num_kv_heads":71,"vocab_size":65024}"#,
    )
    .unwrap();
    assert_eq!(falcon.kv_heads(), 1);
    assert!(
        (falcon.params() as f64 / 6.92e9 - 1.0).abs() < 0.01,
        "{}",
        falcon.params()
    );
    let falcon40 = Architecture::from_config(
        r#"{"model_type":"falcon","hidden_size":8192,"multi_query":true,
            "new_decoder_architecture":true,"num_attention_heads":128,"num_hidden_layers":60,
            "num_kv_heads":8,"vocab_size":65024}"#,
    )
    .unwrap();
    assert!(matches!(
        falcon40.attention,
        Attention::Grouped {
            kv_heads: 8,
            head_dim: 64,
            ..
        }
    ));
    assert!(
        (falcon40.params() as f64 / 41.3e9 - 1.0).abs() < 0.02,
        "{}",
        falcon40.params()
    );
    let mistral = Architecture::from_config(
        r#"{"model_type":"mistral","hidden_size":4096,"intermediate_size":14336,"vocab_size":32000,
            "num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,
            "sliding_window":4096}"#,
    )
    .unwrap();
    assert_eq!(
        mistral.window,
        Some(Window {
            tokens: 4096,
            layers: 32
        })
    );
    let gemma3 = Architecture::from_config(
        r#"{"model_type":"gemma3","text_config":{"model_type":"gemma3_text","hidden_size":5376,
            "intermediate_size":21504,"num_attention_heads":32,"num_hidden_layers":62,"head_dim":128,
            "num_key_value_heads":16,"sliding_window":1024,"sliding_window_pattern":6,
            "vocab_size":262208}}"#,
    )
    .unwrap();
    assert_eq!(
        gemma3.window,
        Some(Window {
            tokens: 1024,
            layers: 52
        })
    );
    assert!(gemma3.tied_embeddings);
    assert!(
        (gemma3.params() as f64 / 27.0e9 - 1.0).abs() < 0.01,
        "{}",
        gemma3.params()
    );
}

/// Parameters as published with the weights, in billions.
#[test]
fn models_that_are_in_no_table() {
    for (config, billions) in [
        // Gemma 3 leaves out what is its family's default.
        (
            r#"{"model_type":"gemma3","text_config":{"model_type":"gemma3_text","hidden_size":2560,
                "intermediate_size":10240,"num_hidden_layers":34,"sliding_window":1024}}"#,
            3.88,
        ),
        // The parts of DBRX and of MPT's kin have objects of their own.
        (
            r#"{"model_type":"dbrx","d_model":6144,"n_heads":48,"n_layers":40,"vocab_size":100352,
                "attn_config":{"kv_n_heads":8},"tie_word_embeddings":false,
                "ffn_config":{"ffn_hidden_size":10752,"moe_num_experts":16,"moe_top_k":4}}"#,
            131.6,
        ),
        (
            r#"{"model_type":"phi3small","num_hidden_layers":32,"hidden_size":4096,"vocab_size":100352,
                "num_attention_heads":32,"num_key_value_heads":8,"ff_intermediate_size":14336,
                "tie_word_embeddings":true}"#,
            7.39,
        ),
        (
            r#"{"model_type":"ernie4_5_moe","num_hidden_layers":28,"hidden_size":2560,"moe_k":6,
                "num_attention_heads":20,"num_key_value_heads":4,"intermediate_size":12288,
                "moe_num_experts":64,"moe_intermediate_size":1536,"moe_num_shared_experts":2,
                "moe_layer_start_index":1,"vocab_size":103424,"tie_word_embeddings":true}"#,
            21.83,
        ),
        (
            r#"{"model_type":"qwen2_moe","num_hidden_layers":28,"hidden_size":3584,"vocab_size":151936,
                "num_attention_heads":28,"num_key_value_heads":4,"intermediate_size":18944,
                "moe_intermediate_size":2560,"shared_expert_intermediate_size":20480,"num_experts":64,
                "num_experts_per_tok":8,"decoder_sparse_step":1,"tie_word_embeddings":false}"#,
            57.41,
        ),
        (
            r#"{"model_type":"kimi_k2","num_hidden_layers":61,"hidden_size":7168,"kv_lora_rank":512,
                "num_attention_heads":64,"num_key_value_heads":64,"q_lora_rank":1536,
                "qk_rope_head_dim":64,"qk_nope_head_dim":128,"v_head_dim":128,"n_routed_experts":384,
                "num_experts_per_tok":8,"n_shared_experts":1,"moe_intermediate_size":2048,
                "intermediate_size":18432,"first_k_dense_replace":1,"vocab_size":163840}"#,
            1026.0,
        ),
        (
            r#"{"model_type":"nemotron","num_hidden_layers":96,"hidden_size":18432,"vocab_size":256000,
                "num_attention_heads":96,"num_key_value_heads":8,"intermediate_size":73728,
                "tie_word_embeddings":false}"#,
            341.0,
        ),
    ] {
        let model = Architecture::from_config(config).unwrap();
        let off = model.params() as f64 / 1e9 / billions - 1.0;
        assert!(off.abs() < 0.002, "{}: {off}", model.family);
    }
}

#[test]
fn layers_of_other_kinds_are_refused() {
    let base = r#"{"num_hidden_layers":2,"hidden_size":8,"vocab_size":10,"num_attention_heads":2"#;
    for (more, field) in [
        (r#""is_encoder_decoder":true"#, "is_encoder_decoder"),
        (r#""mamba_d_state":16"#, "mamba_d_state"),
        (
            r#""layer_types":["linear_attention","full_attention"]"#,
            "layer_types",
        ),
        (r#""layer_types":["conv","full_attention"]"#, "layer_types"),
    ] {
        let error = Architecture::from_config(&format!("{base},{more}}}")).unwrap_err();
        assert!(
            matches!(error, ConfigError::Unsupported { field: f, .. } if f == field),
            "{error}"
        );
    }
    assert!(Architecture::from_config(&format!("{base}}}")).is_ok());
}

#[test]
fn what_is_wrong_is_said() {
    let error = |text: &str| Architecture::from_config(text).unwrap_err();
    assert!(matches!(error("{"), ConfigError::Json(_)));
    assert!(matches!(error("[]"), ConfigError::NotAnObject));
    assert!(error("{}").to_string().contains("num_hidden_layers"));
    let base = r#"{"num_hidden_layers":1,"hidden_size":8,"vocab_size":10,"num_attention_heads":"#;
    assert!(matches!(
        error(&format!("{base}0}}")),
        ConfigError::Missing { .. }
    ));
    assert!(matches!(
        error(&format!("{base}16}}")),
        ConfigError::Value { .. }
    ));
    assert!(matches!(
        error(&format!("{base}2,\"num_key_value_heads\":4}}")),
        ConfigError::Value { .. }
    ));
    assert!(matches!(
        error(&format!(
            "{base}2,\"num_experts\":4,\"num_experts_per_tok\":5}}"
        )),
        ConfigError::Value { .. }
    ));
    assert!(
        error(&format!("{base}2,\"num_experts\":4}}"))
            .to_string()
            .contains("per_tok")
    );
}

proptest! {
    #[test]
    fn no_configuration_panics(
        numbers in proptest::collection::vec(any::<u64>(), 12),
        family in proptest::sample::select(vec!["llama", "falcon", "qwen2", "gemma2", "llama4"]),
    ) {
        let config = serde_json::json!({
            "model_type": family, "num_hidden_layers": numbers[0], "hidden_size": numbers[1],
            "num_attention_heads": numbers[2], "num_key_value_heads": numbers[3],
            "vocab_size": numbers[4], "intermediate_size": numbers[5], "num_experts": numbers[6],
            "num_experts_per_tok": numbers[7], "decoder_sparse_step": numbers[8],
            "sliding_window": numbers[9], "sliding_window_pattern": numbers[10],
            "first_k_dense_replace": numbers[11]
        });
        if let Ok(model) = Architecture::from_config(&config.to_string()) {
            let _ = model.params();
            let _ = model.kv_bytes(numbers[0], 2.0);
        }
    }
}
