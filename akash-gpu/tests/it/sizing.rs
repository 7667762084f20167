//! Worked examples: published figures and the rules of this crate.

use akash_gpu::sizing::{
    Architecture, Assumptions, Inference, Layout, Optimizer, Precision, Recompute, Scope, Sharding,
    Training, TrainingKind, Verdict, choices, usd_per_million_tokens,
};
use akash_gpu::{Catalog, GpuModel, Requirement};
use proptest::prelude::*;

const GIB: f64 = 1_073_741_824.0;

fn find(name: &str) -> &'static Architecture {
    Architecture::find(name).unwrap_or_else(|| panic!("{name}"))
}

fn near(got: f64, expected: f64, tolerance: f64) {
    assert!(
        (got - expected).abs() <= tolerance,
        "got {got}, expected {expected}"
    );
}

fn card(name: &str, interface: &str) -> &'static GpuModel {
    Catalog::embedded()
        .models()
        .iter()
        .filter(|m| m.model == name && m.interface.as_str() == interface)
        .max_by_key(|m| m.memory)
        .unwrap()
}

/// The data file states the result of the parameter formula and of the KV formula for each model.
#[test]
fn formulas_give_the_figures_of_the_table() {
    let csv = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/llm-models.csv"));
    let mut lines = csv.lines();
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    let column = |name: &str| header.iter().position(|h| *h == name).unwrap();
    let (computed, kv) = (
        column("params_total_formula"),
        column("kv_bytes_per_token_bf16"),
    );
    let mut rows = 0;
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let model = find(cells[0]);
        assert_eq!(
            model.params_computed(),
            cells[computed].parse::<u64>().unwrap(),
            "{line}"
        );
        assert_eq!(
            model.kv_bytes_per_token(2.0),
            cells[kv].parse::<u64>().unwrap(),
            "{line}"
        );
        let published = model.params_total.unwrap() as f64;
        near(
            model.params_computed() as f64,
            published,
            published * 0.0003,
        );
        rows += 1;
    }
    assert_eq!(rows, 38);
}

#[test]
fn active_parameters_are_those_published() {
    for (name, billions) in [
        ("qwen3-235b-a22b", 22.2),
        ("mixtral-8x7b", 12.9),
        ("llama-4-maverick", 17.2),
    ] {
        near(
            find(name).params_active_computed() as f64 / 1e9,
            billions,
            0.05,
        );
    }
    // DeepSeek and gpt-oss leave the input embedding out.
    let v3 = find("deepseek-v3");
    near(
        (v3.params_active_computed() - v3.embedding_params() / 2) as f64 / 1e9,
        36.6,
        0.05,
    );
    let oss = find("gpt-oss-20b");
    near(
        (oss.params_active_computed() - oss.embedding_params() / 2) as f64 / 1e9,
        3.61,
        0.01,
    );
}

#[test]
fn weights_have_their_published_sizes() {
    let gb = |name: &str, precision: &str| {
        find(name).weight_bytes(precision.parse().unwrap()) as f64 / 1e9
    };
    for (name, precision, expected, tolerance) in [
        ("llama-3.1-8b", "bf16", 16.06, 0.005),
        ("llama-3.1-70b", "bf16", 141.1, 0.05),
        ("llama-3.1-405b", "bf16", 811.7, 0.05),
        ("llama-3.1-8b", "fp8", 8.03, 0.005),
        ("llama-3.1-70b", "fp8", 70.6, 0.05),
        ("llama-3.1-405b", "fp8", 405.9, 0.06),
        ("llama-3.1-8b", "4bit", 4.02, 0.006),
        ("llama-3.1-70b", "4bit", 35.3, 0.05),
        ("llama-3.1-405b", "4bit", 202.9, 0.05),
        ("mixtral-8x7b", "bf16", 93.4, 0.05),
        ("mixtral-8x22b", "bf16", 281.3, 0.07),
        ("mistral-7b-v0.3", "bf16", 14.5, 0.05),
        ("mistral-nemo-12b", "bf16", 24.5, 0.05),
        ("mistral-nemo-12b", "fp8", 12.2, 0.05),
        ("codestral-22b", "bf16", 44.5, 0.05),
    ] {
        near(gb(name, precision), expected, tolerance);
    }
    // gpt-oss: the experts (19.11 B) at 4.25 bits, the rest at 16; published as 12.8 GiB.
    near(
        find("gpt-oss-20b").expert_params() as f64 / 1e9,
        19.11,
        0.005,
    );
    near(
        find("gpt-oss-20b").weight_bytes(Precision::MXFP4) as f64 / GIB,
        12.80,
        0.01,
    );
    // The released DeepSeek-V3 checkpoint holds 11.5 B more.
    let mut v3 = Inference::new(find("deepseek-v3"), Precision::FP8);
    v3.extra_params = 11_500_000_000;
    near(v3.weights_bytes() as f64 / 1e9, 682.5, 0.05);
}

#[test]
fn formats_have_their_bits() {
    for (name, bits) in [
        ("fp32", 32.0),
        ("fp8-block", 8.002),
        ("int4", 4.156),
        ("int4-g32", 4.5),
        ("nf4", 4.5),
        ("nf4-dq", 4.127),
        ("mxfp4", 4.25),
        ("nvfp4", 4.5),
        ("q8_0", 8.5),
        ("q4_0", 4.5),
    ] {
        near(name.parse::<Precision>().unwrap().bits(), bits, 0.0005);
    }
    for precision in Precision::ALL {
        assert_eq!(precision.to_string().parse::<Precision>(), Ok(precision));
    }
    for bad in [
        "", "bit", "-4bit", "0bit", "65bit", "NaNbit", "int5", "infbit",
    ] {
        assert!(bad.parse::<Precision>().is_err(), "{bad}");
    }
}

#[test]
fn caches_have_their_published_sizes() {
    assert_eq!(find("deepseek-v3").kv_bytes_per_token(2.0), 70_272);
    assert_eq!(find("qwen2.5-72b").kv_bytes_per_token(2.0), 327_680);
    assert_eq!(find("llama-3.1-405b").kv_bytes_per_token(2.0), 516_096);
    // The launch post of Llama 3.1, GiB at 1024, 16000 and 128000 tokens; its 405B row is double,
    // because the first upload had 16 KV heads.
    for (name, expected) in [
        ("llama-3.1-8b", [0.125, 1.953, 15.625]),
        ("llama-3.1-70b", [0.3125, 4.883, 39.063]),
        ("llama-3.1-405b", [0.492, 7.690, 61.523]),
    ] {
        for (tokens, gib) in [1024, 16_000, 128_000].into_iter().zip(expected) {
            near(find(name).kv_bytes(tokens, 2.0) as f64 / GIB, gib, 0.001);
        }
    }
    // Half of the layers of Gemma 2 keep at most 4096 tokens.
    let gemma = find("gemma-2-27b");
    assert_eq!(gemma.kv_bytes(4096, 2.0), 4096 * 376_832);
    assert_eq!(gemma.kv_bytes(8192, 2.0), (4096 + 8192) * 376_832 / 2);
}

/// The table of the sizing rules: model, format, context, card GB, layout, GiB needed and allowed
/// per GPU, weights, KV.
#[test]
fn the_search_gives_the_table() {
    let rows = [
        (
            "llama-3.1-8b",
            "bf16",
            8192,
            24.0,
            (1, 1),
            17.43,
            20.95,
            14.96,
            1.00,
        ),
        (
            "llama-3.1-8b",
            "bf16",
            128_000,
            80.0,
            (1, 1),
            32.05,
            69.84,
            14.96,
            15.62,
        ),
        (
            "llama-3.1-70b",
            "bf16",
            8192,
            80.0,
            (2, 1),
            69.10,
            69.84,
            131.42,
            2.50,
        ),
        (
            "llama-3.1-70b",
            "bf16",
            128_000,
            80.0,
            (4, 1),
            44.50,
            69.84,
            131.42,
            39.06,
        ),
        (
            "llama-3.1-70b",
            "int4",
            8192,
            48.0,
            (1, 1),
            41.69,
            41.90,
            37.03,
            2.50,
        ),
        (
            "llama-3.1-405b",
            "bf16",
            8192,
            80.0,
            (8, 2),
            49.73,
            69.84,
            755.95,
            3.94,
        ),
        (
            "llama-3.1-405b",
            "fp8",
            131_072,
            80.0,
            (8, 1),
            57.36,
            69.84,
            377.98,
            63.00,
        ),
        (
            "deepseek-v3",
            "fp8",
            8192,
            80.0,
            (8, 2),
            41.12,
            69.84,
            624.95,
            0.54,
        ),
        (
            "deepseek-v3",
            "fp8",
            131_072,
            141.0,
            (8, 1),
            88.49,
            123.09,
            624.95,
            8.58,
        ),
        (
            "mixtral-8x7b",
            "bf16",
            32_768,
            80.0,
            (2, 1),
            47.42,
            69.84,
            86.99,
            4.00,
        ),
        (
            "qwen2.5-72b",
            "bf16",
            32_768,
            80.0,
            (4, 1),
            38.25,
            69.84,
            135.43,
            10.00,
        ),
        (
            "qwen3-235b-a22b",
            "fp8",
            32_768,
            80.0,
            (4, 1),
            57.77,
            69.84,
            218.94,
            5.88,
        ),
        (
            "gpt-oss-20b",
            "mxfp4",
            131_072,
            24.0,
            (1, 1),
            17.12,
            20.95,
            12.81,
            3.00,
        ),
        (
            "gemma-2-27b",
            "bf16",
            8192,
            80.0,
            (1, 1),
            55.08,
            69.84,
            50.71,
            2.16,
        ),
    ];
    for (name, precision, context, gb, (tensor, pipeline), needed, allowed, weights, kv) in rows {
        let work = Inference::new(find(name), precision.parse().unwrap()).context(context);
        let fit = work.search_power_of_two(gb).unwrap();
        assert_eq!(fit.layout, Layout { tensor, pipeline }, "{name}");
        near(fit.need.total() as f64 / GIB, needed, 0.006);
        near(fit.allowed as f64 / GIB, allowed, 0.006);
        near(work.weights_bytes() as f64 / GIB, weights, 0.006);
        near(work.kv_bytes() as f64 / GIB, kv, 0.006);
        // The search over every number needs no more.
        assert!(work.search(gb).unwrap().layout.gpus() <= fit.layout.gpus());
    }
}

#[test]
fn verdicts_and_reasons() {
    // Published as "runs within 16 GB".
    let oss = Inference::new(find("gpt-oss-20b"), Precision::MXFP4).context(8192);
    assert_eq!(oss.fit(Layout::SINGLE, 16.0).verdict, Verdict::Tight);
    assert_eq!(oss.fit(Layout::SINGLE, 12.0).verdict, Verdict::No);
    assert!(oss.fit(Layout::SINGLE, 12.0).reason().contains("weights"));
    // Seven does not divide the heads.
    let llama = Inference::new(find("llama-3.1-8b"), Precision::BF16);
    assert!(!llama.allows(Layout {
        tensor: 7,
        pipeline: 1
    }));
    assert_eq!(
        llama
            .fit(
                Layout {
                    tensor: 7,
                    pipeline: 1
                },
                80.0
            )
            .verdict,
        Verdict::No
    );
    assert!(llama.fit_on(0, 80.0).is_none());
    assert_eq!(llama.search(0.0), None);
    let kv = llama.clone().context(1_000_000_000);
    assert!(kv.fit(Layout::SINGLE, 80.0).reason().contains("KV cache"));
    // The remaining tokens are what the limits find.
    let fit = llama.fit(Layout::SINGLE, 24.0);
    let longest = llama.longest_context(Layout::SINGLE, 24.0).unwrap();
    assert!(
        longest.abs_diff(fit.kv_tokens) <= 16,
        "{longest} {}",
        fit.kv_tokens
    );
    let batch = llama.largest_batch(Layout::SINGLE, 24.0).unwrap();
    assert!(llama.clone().batch(batch).fit(Layout::SINGLE, 24.0).verdict == Verdict::Fits);
    assert!(
        llama
            .clone()
            .batch(batch + 1)
            .fit(Layout::SINGLE, 24.0)
            .verdict
            != Verdict::Fits
    );
    // A professional GDDR card with error correction gives less than a GeForce of its size.
    let a40 = Assumptions::default().nominal_gib(card("a40", "pcie"));
    near(a40 * 0.97, 48.0 * 0.93, 1e-9);
    near(
        Assumptions::default().nominal_gib(card("rtx4090", "pcie")),
        24.0,
        1e-9,
    );
    near(
        Assumptions::default().nominal_gib(card("h100", "sxm")),
        80.0,
        1e-9,
    );
}

fn billions(params: u64) -> Architecture {
    Architecture {
        params_total: Some(params),
        ..find("llama-2-7b").clone()
    }
}

#[test]
fn optimiser_states_are_those_of_the_zero_paper() {
    let model = billions(7_500_000_000);
    let state = |sharding| {
        let mut work = Training::new(&model, TrainingKind::Full);
        work.sharding = sharding;
        let need = work.need(64);
        (need.weights + need.gradients + need.optimizer) as f64 / 1e9
    };
    near(state(Sharding::None), 120.0, 0.001);
    near(state(Sharding::Optimizer), 31.41, 0.005);
    near(state(Sharding::Gradients), 16.64, 0.005);
    near(state(Sharding::Full), 1.875, 0.001);
}

#[test]
fn tuning_a_65b_model_takes_what_the_qlora_paper_says() {
    let model = billions(65_000_000_000);
    let mut full = Training::new(&model, TrainingKind::Full);
    full.optimizer = Optimizer::AdamPure16;
    let need = full.need(1);
    assert_eq!(
        need.weights + need.gradients + need.optimizer,
        780_000_000_000
    );
    full.optimizer = Optimizer::Adam8bit;
    let need = full.need(1);
    assert_eq!(
        need.weights + need.gradients + need.optimizer,
        650_000_000_000
    );
    full.optimizer = Optimizer::Sgd;
    assert_eq!(full.need(1).total() - full.need(1).runtime, {
        let n = full.need(1);
        260_000_000_000 + n.activations + n.logits
    });
    let base = model.weight_bytes(Precision::NF4_DQ.with_scope(Scope::All));
    near(base as f64 / 1e9, 33.5, 0.05);
    // On 48 GB, as published; the shape is that of LLaMA 65B.
    let shape = Architecture {
        params_total: None,
        layers: 80,
        hidden: 8192,
        heads: 64,
        ffn: 22016,
        attention: akash_gpu::sizing::Attention::Grouped {
            kv_heads: 64,
            head_dim: 128,
            bias: false,
        },
        ..find("llama-2-7b").clone()
    };
    near(shape.params() as f64 / 1e9, 65.3, 0.1);
    let qlora = Training::new(&shape, TrainingKind::Qlora).sequence(512);
    assert!(qlora.fits(1, 48.0), "{:?}", qlora.need(1));
    assert!(!qlora.fits(1, 40.0));
}

#[test]
fn activations_are_those_of_the_recomputation_paper() {
    let mut gpt3 = billions(175_000_000_000);
    (
        gpt3.layers,
        gpt3.hidden,
        gpt3.heads,
        gpt3.ffn,
        gpt3.ffn_matrices,
    ) = (96, 12288, 96, 49152, 2);
    let mut work = Training::new(&gpt3, TrainingKind::Full).sequence(2048);
    let sbh = 2048 * 12288;
    let layer = |w: &Training<'_>, r, t, sp| w.activations_per_layer(r, t, sp) / sbh;
    assert_eq!(layer(&work, Recompute::None, 1, false), 34 + 80);
    assert_eq!(layer(&work, Recompute::Selective, 1, false), 34);
    assert_eq!(layer(&work, Recompute::Full, 1, false), 2);
    assert_eq!(layer(&work, Recompute::None, 8, false), 10 + 3 + 10);
    assert_eq!(
        work.activations_per_layer(Recompute::None, 8, true),
        sbh * (34 + 80) / 8
    );
    work.micro_batch = 2;
    assert_eq!(layer(&work, Recompute::None, 1, false), 2 * 114);
    let mut mtnlg = gpt3.clone();
    (mtnlg.hidden, mtnlg.heads) = (20480, 128);
    let work = Training::new(&mtnlg, TrainingKind::Full).sequence(2048);
    assert_eq!(
        work.activations_per_layer(Recompute::None, 1, false) / (2048 * 20480),
        34 + 64
    );
}

#[test]
fn experts_are_dealt_out() {
    let work = Inference::new(find("deepseek-v3"), Precision::FP8)
        .context(4096)
        .batch(32);
    let one = work.need_expert_parallel(1, false).unwrap();
    assert_eq!(one, work.need(Layout::SINGLE));
    let eight = work.need_expert_parallel(8, false).unwrap();
    let routed = work.model.expert_params();
    assert_eq!(one.weights - eight.weights, routed - routed / 8);
    assert_eq!(eight.kv, one.kv / 8);
    assert!(work.need_expert_parallel(8, true).unwrap().weights < eight.weights);
    // 257 GPUs are more than there are experts; a dense model has none.
    assert!(work.need_expert_parallel(257, true).is_none());
    let dense = Inference::new(find("llama-3.1-8b"), Precision::BF16);
    assert!(dense.need_expert_parallel(2, true).is_none());
}

#[test]
fn tables_of_users_are_read() {
    // A plain FFN is found by the published total; missing columns do not apply.
    let header =
        "model_id,layers,hidden,heads,kv_heads,head_dim,attention,ffn,vocab,tied_embeddings";
    let falcon = "mine-40b,60,8192,128,8,64,gqa,32768,65024,yes";
    let read = |text: String| Architecture::from_csv(&text);
    let gated = &read(format!("{header}\n{falcon}\n")).unwrap()[0];
    assert_eq!(gated.ffn_matrices, 3);
    // Without a published total, the family or the name tells.
    for text in [
        format!("{header}\n{}\n", falcon.replace("mine", "falcon")),
        format!("{header},family\n{falcon},GPT-NeoX\n"),
    ] {
        let plain = &read(text).unwrap()[0];
        near(plain.params() as f64 / 41_303_293_952.0, 1.0, 0.001);
    }
    // Multi-query attention is one head of keys and values, tied embeddings are the family's habit.
    let seven = format!("{header},family\nseven,32,4544,71,,,mqa,18176,65024,,falcon\n");
    let seven = &read(seven).unwrap()[0];
    assert_eq!((seven.kv_heads(), seven.head_dim()), (1, 64));
    near(seven.params() as f64 / 6.92e9, 1.0, 0.001);
    let plain = &read(format!("{header},params_total\n{falcon},41303293952\n")).unwrap()[0];
    assert_eq!(plain.ffn_matrices, 2);
    assert_eq!(plain.params(), 41_303_293_952);
    near(
        plain.params_computed() as f64 / plain.params() as f64,
        1.0,
        0.001,
    );
    assert!(
        read("model_id,layers\nx,1\n".into())
            .unwrap_err()
            .to_string()
            .contains("heads")
    );
    let error = read(format!(
        "{header}\nx,one,8192,128,8,64,gqa,32768,65024,yes\n"
    ))
    .unwrap_err();
    assert!(error.to_string().contains("`one`"), "{error}");
}

#[test]
fn training_compute() {
    let model = find("llama-2-7b");
    let mut work = Training::new(model, TrainingKind::Full);
    near(work.flops(1000) / 8.0 / 1000.0, 6.738e9, 1.0);
    work.recompute = Recompute::Selective;
    near(work.flops(1000) / 6.0 / 1000.0, 6.738e9, 1.0);
    let seconds = work.seconds(1_000_000, 8, 312.0, 0.4).unwrap();
    near(seconds, 6.0 * 6.738e9 * 1e6 / (8.0 * 312e12 * 0.4), 1e-6);
    assert!(work.seconds(1, 0, 312.0, 0.4).is_none());
}

#[test]
fn rooflines() {
    let work = Inference::new(find("llama-3.1-8b"), Precision::BF16).context(0);
    for (name, interface, tokens, ridge) in [
        ("h100", "sxm", 208.6, 295.0),
        ("a100", "sxm", 127.0, 153.0),
        ("rtx4090", "pcie", 62.8, 164.0),
    ] {
        let card = card(name, interface);
        let speed = work.speed(Layout::SINGLE, card).unwrap();
        near(speed.decode_tokens_per_s, tokens, 0.06);
        near(work.ridge_batch(card).unwrap(), ridge, 0.5);
        assert!(speed.decode_estimate < speed.decode_tokens_per_s);
    }
    // 16 experts of 256 touched per token and batch 1; nearly all at a large batch.
    let v3 = Inference::new(find("deepseek-v3"), Precision::FP8);
    let one = v3.weights_read(1.0) / v3.weights_bytes() as f64;
    assert!((0.05..0.07).contains(&one), "{one}");
    assert!(v3.weights_read(1024.0) / v3.weights_bytes() as f64 > 0.99);
    // Unknown bandwidth gives no bound, unknown throughput no compute bound.
    let mut card = card("t4", "pcie").clone();
    card.fp16_tflops = None;
    assert!(
        work.speed(Layout::SINGLE, &card)
            .unwrap()
            .prefill_tokens_per_s
            .is_none()
    );
    card.memory_bandwidth_gb_s = None;
    assert!(work.speed(Layout::SINGLE, &card).is_none());
    near(usd_per_million_tokens(3.6, 1000.0).unwrap(), 1.0, 1e-12);
    assert!(usd_per_million_tokens(1.0, 0.0).is_none());
}

#[test]
fn choices_are_sorted_by_price_and_fit() {
    let work = Inference::new(find("llama-3.1-70b"), Precision::BF16);
    let need = Requirement::new(1);
    let found = choices(&work, need.cards(Catalog::embedded()), 8, |card| {
        (card.model == "h100" || card.model == "a100").then_some(1.5)
    });
    assert!(found.len() > 5);
    // Six cards of 32 GB do as three stages of two; eight by tensor parallelism alone.
    let of = |name: &str| -> Vec<u32> {
        let counts = found.iter().filter(|c| c.card.model == name);
        counts.map(|c| c.fit.layout.gpus()).collect()
    };
    assert_eq!(of("rtx3090"), [8]);
    assert_eq!(of("rtx5090"), [6, 8]);
    let priced = found
        .iter()
        .take_while(|c| c.usd_per_hour.is_some())
        .count();
    assert!(priced >= 4);
    assert!(found[..priced].is_sorted_by_key(|c| c.usd_per_hour.unwrap()));
    assert!(found[priced..].iter().all(|c| c.usd_per_hour.is_none()));
    for choice in &found {
        assert_eq!(choice.fit.verdict, Verdict::Fits);
        assert!(choice.fit.layout.gpus() <= 8);
    }
}

fn any_model() -> impl Strategy<Value = &'static Architecture> {
    (0..Architecture::embedded().len()).prop_map(|i| &Architecture::embedded()[i])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn memory_grows_with_what_it_should_grow_with(
        model in any_model(),
        context in 1_u64..200_000,
        more in 1_u64..200_000,
        batch in 1_u64..64,
        extra in 1_u64..64,
        layout in (0_u32..4, 1_u32..4).prop_map(|(t, p)| Layout { tensor: 1 << t, pipeline: p }),
    ) {
        let work = Inference::new(model, Precision::BF16).context(context).batch(batch);
        let need = work.need(layout).total();
        prop_assert!(work.clone().context(context + more).need(layout).total() >= need);
        prop_assert!(work.clone().batch(batch + extra).need(layout).total() > need);
        let mut wide = work.clone();
        wide.kv_bytes_per_element = 4.0;
        prop_assert!(wide.need(layout).total() > need);
        let mut formats = Precision::ALL.map(|p| p.with_scope(Scope::All)).to_vec();
        formats.sort_by(|a, b| a.bits().total_cmp(&b.bits()));
        prop_assert!(formats.is_sorted_by_key(|p| model.weight_bytes(*p)));
        let mut deeper = model.clone();
        deeper.params_total = None;
        let shallow = deeper.params();
        deeper.layers += 1;
        prop_assert!(deeper.params() > shallow);
        // A larger card never needs more GPUs.
        let small = work.search(48.0).map_or(u32::MAX, |f| f.layout.gpus());
        let large = work.search(80.0).map_or(u32::MAX, |f| f.layout.gpus());
        prop_assert!(large <= small);
    }

    #[test]
    fn training_grows_with_what_it_should_grow_with(
        model in any_model(),
        sequence in 1_u64..50_000,
        more in 1_u64..50_000,
        rank in 1_u32..256,
        gpus in 1_u32..64,
    ) {
        for kind in [TrainingKind::Full, TrainingKind::Lora, TrainingKind::Qlora] {
            let mut work = Training::new(model, kind).sequence(sequence);
            work.rank = rank;
            let need = work.need(gpus).total();
            prop_assert!(work.clone().sequence(sequence + more).need(gpus).total() > need);
            prop_assert!(work.clone().micro_batch(2).need(gpus).total() > need);
            let mut higher = work.clone();
            higher.rank = rank + 1;
            prop_assert!(higher.need(gpus).total() >= need);
            for sharding in [Sharding::None, Sharding::Optimizer, Sharding::Gradients] {
                let mut less = work.clone();
                less.sharding = sharding;
                prop_assert!(less.need(gpus).total() >= need);
            }
        }
        let total = |kind| Training::new(model, kind).sequence(sequence).need(1).total();
        prop_assert!(total(TrainingKind::Full) > total(TrainingKind::Lora));
        prop_assert!(total(TrainingKind::Lora) > total(TrainingKind::Qlora));
    }

    #[test]
    fn extreme_shapes_do_not_panic(
        layers in any::<u32>(), hidden in any::<u32>(), heads in any::<u32>(),
        kv_heads in any::<u32>(), head_dim in any::<u32>(), context in any::<u64>(),
        batch in any::<u64>(), gib in any::<f64>(),
    ) {
        let model = Architecture {
            layers, hidden, heads,
            attention: akash_gpu::sizing::Attention::Grouped { kv_heads, head_dim, bias: true },
            params_total: None,
            ..find("llama-2-7b").clone()
        };
        let mut work = Inference::new(&model, Precision::INT4).context(context).batch(batch);
        work.assumptions.gpus_max = 16;
        let _ = work.search(gib);
        let _ = work.longest_context(Layout::SINGLE, gib);
        let _ = work.largest_batch(Layout::SINGLE, gib);
        let _ = work.speed(Layout { tensor: 2, pipeline: 3 }, card("t4", "pcie"));
        let _ = Training::new(&model, TrainingKind::Lora).sequence(context).need(3).total();
    }
}
