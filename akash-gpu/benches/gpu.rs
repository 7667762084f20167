//! Look-ups, attribute keys and sizing.
#![allow(clippy::expect_used)]

use akash_gpu::attribute::{chain, provider};
use akash_gpu::sizing::{Architecture, Inference, Precision};
use akash_gpu::{Card, Catalog, GpuKey, NodeGpus, Requirement, Vendor, fit_replica, glob};
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const KEY: &str = "vendor/nvidia/model/a100/ram/80Gi/interface/sxm";

#[divan::bench]
fn parse_key() -> GpuKey {
    black_box(KEY).parse().expect("a key")
}

#[divan::bench]
fn print_key(bencher: Bencher<'_, '_>) {
    let key: GpuKey = KEY.parse().expect("a key");
    bencher.bench_local(|| black_box(&key).to_string());
}

#[divan::bench]
fn provider_parse_key() -> provider::Entry {
    provider::parse_key(black_box(KEY)).expect("a key")
}

#[divan::bench]
fn glob_wildcard() -> bool {
    glob::matches(
        black_box("vendor/nvidia/model/*"),
        black_box("vendor/nvidia/model/a100"),
    )
}

#[divan::bench]
fn glob_literal() -> bool {
    glob::matches(black_box(KEY), black_box(KEY))
}

#[divan::bench]
fn chain_unit_matches() -> bool {
    let request = [
        ("vendor/nvidia/model/h100", "true"),
        ("vendor/nvidia/model/a100", "true"),
    ];
    let offered = [
        ("region", "us-west"),
        ("capabilities/gpu/vendor/nvidia/model/t4", "true"),
        ("capabilities/gpu/vendor/nvidia/model/a100/ram/80Gi", "true"),
        ("capabilities/gpu/vendor/nvidia/model/a100", "true"),
    ];
    chain::unit_matches(black_box(request), black_box(offered))
}

#[divan::bench]
fn look_up_pci() -> bool {
    Catalog::embedded()
        .device(black_box(0x10de), black_box(0x2330))
        .is_some()
}

#[divan::bench]
fn look_up_model() -> usize {
    Catalog::embedded()
        .model(black_box(&Vendor::Nvidia), black_box("h100"))
        .len()
}

#[divan::bench]
fn look_up_key(bencher: Bencher<'_, '_>) {
    let key: GpuKey = KEY.parse().expect("a key");
    bencher.bench_local(|| Catalog::embedded().by_key(black_box(&key)).count());
}

#[divan::bench]
fn resolve_alias() -> bool {
    let resolved = Catalog::embedded().resolve(black_box("NVIDIA GeForce RTX 4090"));
    matches!(resolved, akash_gpu::Resolution::Suggested(_))
}

#[divan::bench]
fn node_fit(bencher: Bencher<'_, '_>) {
    let cards = vec![Card::new("nvidia", "h100", "80Gi", "SXM5"); 8];
    let node = NodeGpus {
        allocatable: 8,
        allocated: 0,
        cards: &cards,
    };
    bencher.bench_local(|| fit_replica(black_box(node), 8, ["vendor/nvidia/model/h100/ram/80Gi"]));
}

#[divan::bench]
fn plan_requirement(bencher: Bencher<'_, '_>) {
    let need = Requirement::new(8).memory(akash_gpu::MemorySize::from_gib(80));
    bencher.bench_local(|| black_box(&need).plan(Catalog::embedded()));
}

#[divan::bench]
fn size_model(bencher: Bencher<'_, '_>) {
    let model = Architecture::find("deepseek-v3").expect("a model");
    let work = Inference::new(model, Precision::FP8).context(8192);
    bencher.bench_local(|| black_box(&work).search(80.0));
}
