//! Fit, over-commitment and screening against recorded answers of the reference provider.

use crate::provider_json::{
    attributes, audits, cases, group, list, number, resources, small, text,
};
use akash_gpu::Card;
use akash_market::bid::ResourceOffer;
use akash_market::id::OrderId;
use akash_market::inventory::screening::{Check, Reason, Screener};
use akash_market::inventory::{
    Amount, Cluster, ClusterInventory, Inventory, LeasedIps, Node, Pool, ReserveError,
    ResourceMetrics, committed,
};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, ResourceUnit};
use akash_sdl::num::{DecCoin, Denom};
use akash_sdl::resource::Resources;
use serde_json::{Value, json};

fn amount(value: &Value) -> Amount {
    Amount {
        allocatable: value["allocatable"].as_i64().unwrap(),
        allocated: value["allocated"].as_i64().unwrap(),
    }
}

fn cluster(value: &Value) -> Cluster {
    let card = |c: &Value| {
        let part = |name: &str| c[name].as_str().unwrap_or_default();
        Card::new(
            part("vendor"),
            part("name"),
            part("memory_size"),
            part("interface"),
        )
    };
    let node = |n: &Value| Node {
        name: text(&n["name"]),
        cpu: amount(&n["cpu_milli"]),
        memory: amount(&n["memory"]),
        ephemeral: amount(&n["ephemeral_storage"]),
        gpu: amount(&n["gpu"]),
        cards: list(&n["gpu"]["info"]).iter().map(card).collect(),
        storage_classes: list(&n["storage_classes"]).iter().map(text).collect(),
    };
    let pool = |p: &Value| Pool {
        class: text(&p["class"]),
        amount: amount(p),
    };
    Cluster {
        nodes: list(&value["nodes"]).iter().map(node).collect(),
        pools: list(&value["storage"]).iter().map(pool).collect(),
    }
}

fn check_allocated(cluster: &Cluster, expected: &Value, label: &str) {
    let nodes = list(&expected["nodes"]);
    assert_eq!(cluster.nodes.len(), nodes.len(), "{label}");
    for (node, expected) in cluster.nodes.iter().zip(nodes) {
        let got = json!({
            "name": node.name,
            "cpu_milli": node.cpu.allocated,
            "memory": node.memory.allocated,
            "ephemeral_storage": node.ephemeral.allocated,
            "gpu": node.gpu.allocated,
        });
        assert_eq!(&got, expected, "{label}");
    }
    let mut pools = serde_json::Map::new();
    for pool in &cluster.pools {
        pools.insert(pool.class.clone(), json!(pool.amount.allocated));
    }
    assert_eq!(Value::Object(pools), expected["storage"], "{label}");
}

fn check_metrics(cluster: &Cluster, expected: &Value, label: &str) {
    let metrics = cluster.metrics();
    let plain = |m: ResourceMetrics| serde_json::to_value(m).unwrap();
    let with_storage = |m: ResourceMetrics, storage: &std::collections::BTreeMap<String, u64>| {
        let mut value = plain(m);
        if !storage.is_empty() {
            value["storage"] = json!(storage);
        }
        value
    };
    let node = |n: &akash_market::inventory::NodeMetrics| {
        json!({
            "name": n.name,
            "allocatable": plain(n.allocatable),
            "available": plain(n.available),
        })
    };
    let got = json!({
        "nodes": metrics.nodes.iter().map(node).collect::<Vec<_>>(),
        "total_allocatable": with_storage(metrics.total_allocatable, &metrics.storage_allocatable),
        "total_available": with_storage(metrics.total_available, &metrics.storage_available),
    });
    assert_eq!(&got, expected, "{label}: metrics");
}

fn order(n: usize) -> OrderId {
    format!("akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0/{}/1/1", n + 1)
        .parse()
        .unwrap()
}

fn check_fit(case: &Value) {
    // The fit itself knows nothing of leased IPs: enough of them for all.
    let ips = LeasedIps {
        total: 1000,
        in_use: 0,
    };
    let mut inventory = ClusterInventory::new(cluster(&case["cluster"])).with_leased_ips(ips);
    let mut plain = cluster(&case["cluster"]);
    for (n, request) in list(&case["requests"]).iter().enumerate() {
        let label = format!("{} #{n}", case["name"]);
        let group = group(&request["group"]);
        let expected = &request["expect"];
        let explained = inventory.explain(&group);
        assert_eq!(
            explained.is_none(),
            expected["fit"] == true,
            "{label}: explain"
        );
        let dry = inventory.fit(&group);
        let (fit, alone) = if request["dry_run"] == true {
            (dry, plain.fit(&group.resources))
        } else {
            let taken = inventory.reserve(&order(n), &group).map(|r| r.fit.clone());
            assert_eq!(dry, taken, "{label}: dry run and reservation");
            (taken, plain.adjust(&group.resources))
        };
        match fit {
            Ok(fit) => {
                assert_eq!(expected["fit"], true, "{label}");
                assert_eq!(alone.as_ref(), Ok(&fit), "{label}");
                let offer = fit.offer(&group.resources);
                let wanted = |o: &Value| ResourceOffer {
                    resources: resources(&o["resources"]),
                    count: small(&o["count"]),
                };
                let recorded: Vec<_> = list(&expected["resources_offer"])
                    .iter()
                    .map(wanted)
                    .collect();
                assert_eq!(offer, recorded, "{label}");
                let mut params = serde_json::Map::new();
                for (id, param) in fit.scheduler_params(&group.resources) {
                    let param = param.map(|p| {
                        json!({
                            "runtime_class": p.runtime_class,
                            "resources": {"gpu": {
                                "vendor": p.vendor, "model": p.model,
                                "memory_size": "", "interface": "",
                            }},
                        })
                    });
                    params.insert(id.to_string(), param.unwrap_or_default());
                }
                let recorded = expected["cluster_params"]
                    .as_object()
                    .cloned()
                    .unwrap_or_default();
                assert_eq!(params, recorded, "{label}");
            }
            Err(error) => {
                let ReserveError::NoFit(error) = error else {
                    panic!("{label}: {error}");
                };
                assert_eq!(expected["fit"], false, "{label}: {error}");
                assert_eq!(expected["error"], error.reference_text(), "{label}");
                assert_eq!(alone, Err(error), "{label}");
                let shortage = explained.unwrap();
                let nodes = list(&case["cluster"]["nodes"]).len();
                assert!(
                    shortage.nodes.is_empty() == (nodes == 0),
                    "{label}: {shortage}"
                );
            }
        }
        check_allocated(&inventory.cluster(), &expected["allocated_after"], &label);
        check_allocated(&plain, &expected["allocated_after"], &label);
    }
    check_metrics(&plain, &case["metrics_after"], &case["name"].to_string());
    for n in 0..list(&case["requests"]).len() {
        inventory.release(&order(n));
    }
    assert_eq!(
        inventory.cluster(),
        cluster(&case["cluster"]),
        "{}: all released",
        case["name"]
    );
}

#[test]
fn named_clusters() {
    cases("inventory/fit_named.json").iter().for_each(check_fit);
}

#[test]
fn random_clusters() {
    cases("inventory/fit_random.json")
        .iter()
        .for_each(check_fit);
}

#[test]
fn commit_levels() {
    for case in cases("inventory/commit_level.json") {
        let got = committed(number(&case["value"]), case["factor"].as_f64().unwrap());
        assert_eq!(got, number(&case["result"]), "{case}");
    }
}

#[test]
fn decisions_to_bid() {
    for case in cases("inventory/should_bid.json") {
        let group = group(&case["group"]);
        let own = attributes(&case["provider_attributes"]);
        let audits = audits(&case["audited"]);
        let wanted = attributes(&case["config_attributes"]);
        let matches = |name: &str| case[name].as_bool().unwrap();
        let asked = &group.requirements.attributes;
        use akash_market::matching::{meets_capabilities, meets_requirements, subset};
        assert_eq!(subset(asked, &own), matches("match_attributes"), "{case}");
        assert_eq!(
            subset(&wanted, asked),
            matches("match_config_attributes"),
            "{case}"
        );
        assert_eq!(
            meets_capabilities(&group, &own),
            matches("match_capabilities"),
            "{case}"
        );
        let met = meets_requirements(&group.requirements, &own, &audits);
        assert_eq!(met, matches("match_requirements"), "{case}");

        let screener = Screener::new(own, audits)
            .with_wanted(wanted)
            .with_max_volumes(
                case["max_group_volumes"]
                    .as_u64()
                    .unwrap()
                    .try_into()
                    .unwrap(),
            );
        let decision = screener.should_bid(&group);
        assert_eq!(
            decision.to_string(),
            case["decision"].as_str().unwrap(),
            "{case}"
        );
        let reasons = screener.reasons(&group);
        let first = reasons.first().map(Reason::check);
        assert_eq!(
            decision,
            first.map_or(
                akash_market::inventory::screening::Decision::Bid,
                akash_market::inventory::screening::Decision::Decline
            ),
            "{case}"
        );
    }
}

/// A provider that is not found for its GPUs is told what the lint of requests and of provider attributes says.
#[test]
fn screening_explains_gpus_that_do_not_match() {
    let own = |keys: &[&str]| {
        let keys = keys
            .iter()
            .map(|key| Attribute::new(format!("capabilities/gpu/{key}"), "true"));
        Screener::new(keys, [])
    };
    let group = |key: &str| {
        let mut unit = ResourceUnit {
            resources: Resources {
                id: 1,
                ..Resources::default()
            },
            count: 1,
            price: DecCoin::zero(Denom::UACT),
        };
        unit.resources.gpu.units = 1;
        unit.resources.gpu.attributes = vec![Attribute::new(key, "true")];
        GroupSpec {
            name: "g".to_owned(),
            requirements: Default::default(),
            resources: vec![unit],
        }
    };
    let said = |screener: &Screener, key: &str| -> Vec<String> {
        let reasons = screener.reasons(&group(key)).into_iter();
        let gpu = reasons
            .filter(|r| matches!(r, Reason::GpuRequest { .. } | Reason::GpuUnpublished { .. }));
        gpu.inspect(|r| assert_eq!(r.check(), Check::Capabilities))
            .map(|r| r.to_string())
            .collect()
    };
    let full = "vendor/nvidia/model/h100/ram/80Gi/interface/sxm";
    assert_eq!(
        said(&own(&[full]), "vendor/nvidia/model/h100"),
        [
            "this provider would have to publish capabilities/gpu/vendor/nvidia/model/h100 to be found by \
          resource unit 1"
        ]
    );
    let cheap = own(&["vendor/nvidia/model/rtx4090"]);
    let found = said(&cheap, "vendor/nvidia/model/4090");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].ends_with("vendor/nvidia/model/rtx4090 may be meant"),
        "{found:?}"
    );
    // Cards it does not have are no matter of spelling; and where all is well nothing is said.
    assert_eq!(said(&cheap, "vendor/nvidia/model/h100"), [""; 0]);
    assert_eq!(said(&cheap, "vendor/nvidia/model/rtx4090"), [""; 0]);
}
