//! The fit against a plain model of it: the reference's loop written down with copies, one replica at a time.

use akash_gpu::{Card, GpuKey, NodeGpus, fit_replica};
use akash_market::id::OrderId;
use akash_market::inventory::{Amount, Cluster, ClusterInventory, Inventory, Node, Pool};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit};
use akash_sdl::num::{DecCoin, Denom};
use akash_sdl::resource::{Bytes, Cpu, Gpu, Memory, MilliCpu, Resources, Storage};
use proptest::prelude::*;

enum Refused {
    Node,
    Cluster,
}

fn take(amount: &mut Amount, wanted: u64, available: u64) -> bool {
    if wanted > available {
        return false;
    }
    amount.allocated += i64::try_from(wanted).unwrap();
    true
}

/// One replica on copies of the cluster; the concrete GPU is written into `resources` even if a later check fails.
fn try_place(cluster: &mut Cluster, at: usize, resources: &mut Resources) -> Result<(), Refused> {
    let mut copy = cluster.clone();
    let node = &mut copy.nodes[at];
    let free = node.cpu.available_cpu();
    if !take(&mut node.cpu, resources.cpu.units.0, free) {
        return Err(Refused::Node);
    }
    let gpus = NodeGpus {
        allocatable: node.gpu.allocatable.try_into().unwrap(),
        allocated: node.gpu.allocated.try_into().unwrap(),
        cards: &node.cards,
    };
    let keys: Vec<_> = resources
        .gpu
        .attributes
        .iter()
        .map(|a| a.key.clone())
        .collect();
    let fit = fit_replica(gpus, resources.gpu.units, keys.iter().map(String::as_str))
        .map_err(|_| Refused::Node)?;
    if let Some(key) = fit.offered {
        resources.gpu.attributes = vec![Attribute::new(key.to_string(), "true")];
    }
    node.gpu.allocated = i64::try_from(fit.allocated_after).unwrap();
    let free = node.memory.available();
    if !take(&mut node.memory, resources.memory.quantity.0, free) {
        return Err(Refused::Node);
    }
    for volume in &resources.storage {
        let value = |key| {
            volume
                .attributes
                .iter()
                .find(|a| a.key == key)
                .map(|a| &*a.value)
        };
        let persistent = value("persistent") == Some("true");
        let class = value("class").unwrap_or_default();
        let bytes = volume.quantity.0;
        let node = &mut copy.nodes[at];
        let fits = match (persistent, class) {
            (true, "" | "ram") => return Err(Refused::Cluster),
            (false, "ram") => {
                let free = node.memory.available();
                take(&mut node.memory, bytes, free)
            }
            (false, _) => {
                let free = node.ephemeral.available();
                take(&mut node.ephemeral, bytes, free)
            }
            (true, class) => {
                if !node.storage_classes.iter().any(|c| c == class) {
                    return Err(Refused::Node);
                }
                let pool = copy.pools.iter_mut().find(|p| p.class == class);
                let pool = pool.ok_or(Refused::Cluster)?;
                let free = pool.amount.available();
                if !take(&mut pool.amount, bytes, free) {
                    return Err(Refused::Cluster);
                }
                true
            }
        };
        if !fits {
            return Err(Refused::Node);
        }
    }
    *cluster = copy;
    Ok(())
}

/// The cluster after the group, or `None`; and the adjusted units.
fn model(cluster: &Cluster, group: &[ResourceUnit]) -> Option<(Cluster, Vec<ResourceUnit>)> {
    let mut cluster = cluster.clone();
    let mut adjusted = group.to_vec();
    let mut work: Vec<u32> = group.iter().map(|u| u.count).collect();
    'restart: loop {
        'nodes: for at in 0..cluster.nodes.len() {
            let Some(last) = work.len().checked_sub(1) else {
                break 'restart;
            };
            let first_time = work[last] == group[last].count;
            let mut copy = adjusted[last].resources.clone();
            while work[last] > 0 {
                let placed = if first_time {
                    try_place(&mut cluster, at, &mut adjusted[last].resources)
                } else {
                    try_place(&mut cluster, at, &mut copy)
                };
                match placed {
                    Err(Refused::Cluster) => break 'restart,
                    Err(Refused::Node) => continue 'nodes,
                    Ok(()) => {
                        if !first_time && copy != adjusted[last].resources {
                            return None;
                        }
                        work[last] -= 1;
                    }
                }
            }
            work.pop();
            continue 'restart;
        }
        break;
    }
    work.is_empty().then_some((cluster, adjusted))
}

const MODELS: [&str; 3] = ["a100", "h100", "t4"];
const CLASSES: [&str; 4] = ["beta1", "beta2", "ram", ""];

fn amount(max: i64) -> impl Strategy<Value = Amount> {
    (0..=max, 0..=max).prop_map(|(allocatable, allocated)| Amount {
        allocatable,
        allocated: allocated / 3,
    })
}

fn node() -> impl Strategy<Value = Node> {
    let cards = prop::collection::vec((0..3_usize, prop::bool::ANY), 0..4);
    let classes = prop::sample::subsequence(vec!["beta1", "beta2"], 0..=2);
    (amount(20), amount(20), amount(20), cards, classes, 0..3_i64).prop_map(
        |(cpu, memory, ephemeral, cards, classes, busy)| {
            let card = |(model, large): (usize, bool)| {
                Card::new(
                    "nvidia",
                    MODELS[model],
                    if large { "80Gi" } else { "40Gi" },
                    "SXM4",
                )
            };
            let cards: Vec<_> = cards.into_iter().map(card).collect();
            let gpu = Amount {
                allocatable: cards.len().try_into().unwrap(),
                allocated: busy,
            };
            Node {
                name: "n".to_owned(),
                cpu,
                memory,
                ephemeral,
                gpu,
                cards,
                storage_classes: classes.into_iter().map(str::to_owned).collect(),
            }
        },
    )
}

fn cluster() -> impl Strategy<Value = Cluster> {
    let pools = (amount(30), prop::option::of(amount(30)));
    (prop::collection::vec(node(), 0..5), pools).prop_map(|(nodes, (beta1, beta2))| {
        let pool = |class: &str, amount| Pool {
            class: class.to_owned(),
            amount,
        };
        let mut pools = vec![pool("beta1", beta1)];
        pools.extend(beta2.map(|amount| pool("beta2", amount)));
        Cluster { nodes, pools }
    })
}

fn volume() -> impl Strategy<Value = Storage> {
    // Persistent volumes without a usable class end every search, so they are rare.
    let kind = prop_oneof![
        4 => Just((false, 3)), 2 => Just((false, 2)), 4 => Just((true, 0)), 4 => Just((true, 1)),
        1 => Just((true, 3)),
    ];
    (0..6_u64, kind).prop_map(|(bytes, (persistent, class))| {
        let mut attributes = vec![Attribute::new("persistent", persistent.to_string())];
        if !CLASSES[class].is_empty() {
            attributes.push(Attribute::new("class", CLASSES[class]));
        }
        Storage {
            name: "v".to_owned(),
            quantity: Bytes(bytes),
            attributes,
        }
    })
}

fn unit() -> impl Strategy<Value = ResourceUnit> {
    let key = prop_oneof![
        3 => Just("*".to_owned()),
        2 => (0..3_usize).prop_map(|m| MODELS[m].to_owned()),
        1 => (0..3_usize).prop_map(|m| format!("{}/ram/80Gi", MODELS[m])),
    ];
    let gpu = prop_oneof![
        2 => Just((0, Vec::new())),
        1 => (1..3_u64, prop::collection::vec(key, 1..3)),
    ];
    let volumes = prop::collection::vec(volume(), 0..3);
    (0..6_u64, 0..6_u64, gpu, volumes, 0..6_u32).prop_map(
        |(cpu, memory, (units, keys), storage, count)| {
            let key = |k: String| Attribute::new(format!("vendor/nvidia/model/{k}"), "true");
            let resources = Resources {
                id: 1,
                cpu: Cpu {
                    units: MilliCpu(cpu),
                    ..Cpu::default()
                },
                memory: Memory {
                    quantity: Bytes(memory),
                    ..Memory::default()
                },
                gpu: Gpu {
                    units,
                    attributes: keys.into_iter().map(key).collect(),
                },
                storage,
                endpoints: Vec::new(),
            };
            ResourceUnit {
                resources,
                count,
                price: DecCoin::zero(Denom::UACT),
            }
        },
    )
}

fn group() -> impl Strategy<Value = GroupSpec> {
    prop::collection::vec(unit(), 0..4).prop_map(|resources| GroupSpec {
        name: "g".to_owned(),
        requirements: PlacementRequirements::default(),
        resources,
    })
}

fn order(n: usize) -> OrderId {
    format!("akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0/{}/1/1", n + 1)
        .parse()
        .unwrap()
}

fn over_allocated(cluster: &Cluster) -> usize {
    let over = |a: &Amount| a.allocated > a.allocatable;
    let nodes = cluster
        .nodes
        .iter()
        .flat_map(|n| [n.cpu, n.memory, n.ephemeral, n.gpu]);
    nodes
        .chain(cluster.pools.iter().map(|p| p.amount))
        .filter(over)
        .count()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn equals_the_model(mut cluster in cluster(), groups in prop::collection::vec(group(), 1..4)) {
        for group in &groups {
            let expected = model(&cluster, &group.resources);
            let before = cluster.clone();
            match cluster.adjust(&group.resources) {
                Ok(fit) => {
                    let (after, adjusted) = expected.expect("the model refuses");
                    prop_assert_eq!(&cluster, &after);
                    for (offer, unit) in fit.offer(&group.resources).iter().zip(&adjusted) {
                        // The model pins units that place no replica, too; nothing of them is offered.
                        if unit.count > 0 {
                            prop_assert_eq!(&offer.resources, &unit.resources);
                        }
                    }
                    let placed: u64 = fit.placements.iter().map(|p| u64::from(p.count)).sum();
                    let wanted: u64 = group.resources.iter().map(|u| u64::from(u.count)).sum();
                    prop_assert_eq!(placed, wanted);
                    prop_assert!(fit.gpus.iter().all(|(_, key): &(usize, GpuKey)| !key.is_wildcard()));
                }
                Err(_) => {
                    prop_assert!(expected.is_none());
                    prop_assert_eq!(&cluster, &before);
                }
            }
        }
    }

    #[test]
    fn reservations_never_over_allocate_and_give_all_back(
        cluster in cluster(),
        groups in prop::collection::vec(group(), 1..6),
    ) {
        let mut inventory = ClusterInventory::new(cluster.clone());
        let over = over_allocated(&cluster);
        let mut held = Vec::new();
        for (n, group) in groups.iter().enumerate() {
            let fits = inventory.fit(group).is_ok();
            prop_assert_eq!(inventory.explain(group).is_none(), fits);
            prop_assert_eq!(inventory.reserve(&order(n), group).is_ok(), fits);
            if fits {
                held.push(n);
            }
            prop_assert_eq!(over_allocated(&inventory.cluster()), over);
            // Every other reservation goes at once.
            if n % 2 == 1 && let Some(first) = held.first().copied() {
                prop_assert!(inventory.release(&order(first)).is_some());
                held.remove(0);
            }
        }
        for n in held {
            prop_assert!(inventory.release(&order(n)).is_some());
        }
        prop_assert_eq!(inventory.cluster(), cluster);
    }
}

#[test]
fn a_million_replicas_are_placed_at_once() {
    let node = |n: usize| Node {
        name: format!("n{n}"),
        cpu: Amount::free(6_000_000),
        memory: Amount::free(1 << 50),
        ..Node::default()
    };
    let cluster = Cluster {
        nodes: (0..2).map(node).collect(),
        pools: Vec::new(),
    };
    let resources = Resources {
        id: 1,
        cpu: Cpu {
            units: MilliCpu(10),
            ..Cpu::default()
        },
        memory: Memory {
            quantity: Bytes(1 << 20),
            ..Memory::default()
        },
        ..Resources::default()
    };
    let units = [ResourceUnit {
        resources,
        count: 1_000_000,
        price: DecCoin::zero(Denom::UACT),
    }];
    let fit = cluster.fit(&units).unwrap();
    assert_eq!(
        fit.placements.iter().map(|p| p.count).collect::<Vec<_>>(),
        [600_000, 400_000]
    );
}

#[test]
fn a_new_report_keeps_what_it_does_not_include() {
    let node = |allocated| Node {
        name: "n".to_owned(),
        cpu: Amount {
            allocatable: 100,
            allocated,
        },
        ..Node::default()
    };
    let cluster = |allocated| Cluster {
        nodes: vec![node(allocated)],
        pools: Vec::new(),
    };
    let resources = Resources {
        id: 1,
        cpu: Cpu {
            units: MilliCpu(40),
            ..Cpu::default()
        },
        ..Resources::default()
    };
    let unit = ResourceUnit {
        resources,
        count: 1,
        price: DecCoin::zero(Denom::UACT),
    };
    let group = GroupSpec {
        name: "g".to_owned(),
        requirements: PlacementRequirements::default(),
        resources: vec![unit],
    };
    let cpu = |inventory: &ClusterInventory| inventory.cluster().nodes[0].cpu.allocated;

    let mut inventory = ClusterInventory::new(cluster(0));
    inventory.reserve(&order(0), &group).unwrap();
    inventory.reserve(&order(1), &group).unwrap();
    assert!(inventory.reserve(&order(1), &group).is_err());
    assert_eq!(cpu(&inventory), 80);
    // The first workload runs: the report includes it, the second is fitted again.
    assert!(inventory.set_allocated(&order(0), true));
    assert_eq!(inventory.update(cluster(40)), []);
    assert_eq!(cpu(&inventory), 80);
    // What the cluster counts itself is not given back here.
    inventory.release(&order(0));
    assert_eq!(cpu(&inventory), 80);
    // A report without room: the reservation stays, without capacity.
    let lost = inventory.update(cluster(90));
    assert_eq!(lost.len(), 1);
    assert_eq!(cpu(&inventory), 90);
    assert!(inventory.release(&order(1)).is_some());
    assert_eq!(cpu(&inventory), 90);
}
