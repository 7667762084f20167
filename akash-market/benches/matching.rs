//! Costs of matching, fitting and pricing.
#![allow(clippy::unwrap_used, missing_docs)]

use akash_gpu::Card;
use akash_market::address::Address;
use akash_market::inventory::screening::Screener;
use akash_market::inventory::{Amount, Cluster, ClusterInventory, Inventory, Node, Pool};
use akash_market::matching::{Index, Profile, meets_capabilities, meets_requirements};
use akash_market::pricing::script::ScriptInput;
use akash_market::pricing::{PriceRequest, PricingStrategy, Rates, Scale};
use akash_market::provider::{Provider, ProviderInfo};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit};
use akash_sdl::num::DecCoin;
use akash_sdl::resource::{Bytes, Cpu, Gpu, Memory, MilliCpu, Resources, Storage};
use std::hint::black_box;

fn main() {
    divan::main();
}

fn price() -> DecCoin {
    "10000uact".parse().unwrap()
}

/// One CPU unit of `count` replicas and one with an 80 GiB GPU.
fn group(count: u32) -> GroupSpec {
    let unit = |id: u32, cpu: u64, memory: u64, gpu: Gpu, count: u32| ResourceUnit {
        resources: Resources {
            id,
            cpu: Cpu {
                units: MilliCpu(cpu),
                ..Cpu::default()
            },
            memory: Memory {
                quantity: Bytes(memory),
                ..Memory::default()
            },
            storage: vec![Storage {
                name: "default".to_owned(),
                quantity: Bytes(1 << 30),
                attributes: Vec::new(),
            }],
            gpu,
            endpoints: Vec::new(),
        },
        count,
        price: price(),
    };
    let gpu = Gpu {
        units: 1,
        attributes: vec![Attribute::new("vendor/nvidia/model/h100/ram/80Gi", "true")],
    };
    GroupSpec {
        name: "g".to_owned(),
        requirements: PlacementRequirements {
            attributes: vec![
                Attribute::new("region", "us-west"),
                Attribute::new("tier", "community"),
            ],
            ..PlacementRequirements::default()
        },
        resources: vec![
            unit(1, 1000, 2 << 30, Gpu::default(), count),
            unit(2, 4000, 16 << 30, gpu, 1),
        ],
    }
}

fn node(cpu: i64, name: usize) -> Node {
    Node {
        name: format!("node{name:03}"),
        cpu: Amount::free(cpu),
        memory: Amount::free(256 << 30),
        ephemeral: Amount::free(1000 << 30),
        gpu: Amount::free(8),
        cards: vec![Card::new("nvidia", "h100", "80Gi", "SXM5"); 8],
        storage_classes: vec!["beta2".to_owned(), "beta3".to_owned()],
    }
}

fn inventory(nodes: usize, without_cpu: usize) -> ClusterInventory {
    let pool = |class: &str| Pool {
        class: class.to_owned(),
        amount: Amount::free(2000 << 30),
    };
    let cpu = |n: usize| if n < without_cpu { 0 } else { 64_000 };
    ClusterInventory::new(Cluster {
        nodes: (0..nodes).map(|n| node(cpu(n), n)).collect(),
        pools: vec![pool("beta2"), pool("beta3")],
    })
}

#[divan::bench(args = [(1, 0), (10, 0), (100, 0), (100, 99)])]
fn fit(bencher: divan::Bencher<'_, '_>, (nodes, without_cpu): (usize, usize)) {
    let inventory = inventory(nodes, without_cpu);
    let group = group(1);
    bencher.bench_local(|| black_box(&inventory).fit(black_box(&group)));
}

#[divan::bench]
fn fit_100_nodes_10_replicas(bencher: divan::Bencher<'_, '_>) {
    let inventory = inventory(100, 0);
    let group = group(10);
    bencher.bench_local(|| black_box(&inventory).fit(black_box(&group)));
}

fn attributes(n: usize) -> Vec<Attribute> {
    let regions = ["us-west", "us-east", "eu-west", "eu-central", "asia"];
    let models = ["a100", "h100", "t4", "rtx4090"];
    let region = regions.get(n % regions.len()).unwrap();
    let model = models.get(n % models.len()).unwrap();
    let gpu = format!("capabilities/gpu/vendor/nvidia/model/{model}");
    let mut attributes = vec![
        Attribute::new("region", *region),
        Attribute::new("tier", "community"),
        Attribute::new("host", "akash"),
        Attribute::new("organization", format!("provider {n}")),
        Attribute::new("capabilities/storage/1/class", "beta2"),
        Attribute::new("capabilities/storage/1/persistent", "true"),
        Attribute::new(&*gpu, "true"),
    ];
    attributes.push(Attribute::new(format!("{gpu}/ram/80Gi"), "true"));
    attributes.push(Attribute::new(
        format!("{gpu}/ram/80Gi/interface/sxm"),
        "true",
    ));
    attributes
}

const PROVIDERS: usize = 1000;

#[divan::bench]
fn match_1000_providers_plain(bencher: divan::Bencher<'_, '_>) {
    let providers: Vec<_> = (0..PROVIDERS).map(attributes).collect();
    let group = group(1);
    bencher.bench_local(|| {
        let serves = |own: &&Vec<Attribute>| {
            meets_requirements(&group.requirements, own, &[]) && meets_capabilities(&group, own)
        };
        black_box(&providers).iter().filter(serves).count()
    });
}

#[divan::bench]
fn match_1000_providers_prepared(bencher: divan::Bencher<'_, '_>) {
    let providers: Vec<_> = (0..PROVIDERS)
        .map(|n| Profile::new(attributes(n), []))
        .collect();
    let group = group(1);
    bencher.bench_local(|| {
        black_box(&providers)
            .iter()
            .filter(|p| p.serves(&group))
            .count()
    });
}

#[divan::bench]
fn match_1000_providers_index(bencher: divan::Bencher<'_, '_>) {
    let mut index = Index::new();
    for n in 0..PROVIDERS {
        let bytes = u32::try_from(n).unwrap().to_be_bytes();
        index.set_provider(&Provider {
            owner: Address::bech32("akash", &bytes).unwrap(),
            host_uri: String::new(),
            attributes: attributes(n),
            info: ProviderInfo::default(),
        });
    }
    let group = group(1);
    bencher.bench_local(|| black_box(&index).count(black_box(&group)));
}

#[divan::bench]
fn should_bid(bencher: divan::Bencher<'_, '_>) {
    let screener = Screener::new(attributes(5), []);
    let group = group(1);
    bencher.bench_local(|| black_box(&screener).should_bid(black_box(&group)));
}

fn scale() -> Scale {
    let rate = |text: &str| text.parse().unwrap();
    Scale::new(Rates {
        cpu: rate("0.004"),
        memory: rate("0.0016"),
        storage: [("ephemeral".to_owned(), rate("0.00016"))].into(),
        endpoint: rate("0.05"),
        ip: rate("5"),
    })
    .unwrap()
}

fn of_units(units: usize) -> GroupSpec {
    let mut group = group(1);
    let unit = group.resources.first().unwrap().clone();
    group.resources = vec![unit; units];
    group
}

#[divan::bench(args = [1, 4])]
fn scale_price(bencher: divan::Bencher<'_, '_>, units: usize) {
    let (scale, group) = (scale(), of_units(units));
    let owner = Address::bech32("akash", &[7; 20]).unwrap();
    bencher.bench_local(|| {
        scale
            .price(black_box(&PriceRequest::new(&owner, &group)))
            .unwrap()
    });
}

#[divan::bench]
fn script_stdin_4_units(bencher: divan::Bencher<'_, '_>) {
    let group = of_units(4);
    let owner = Address::bech32("akash", &[7; 20]).unwrap();
    let request = PriceRequest::new(&owner, &group);
    bencher.bench_local(|| ScriptInput::new(black_box(&request)).unwrap().to_stdin());
}
