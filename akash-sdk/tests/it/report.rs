//! Status documents of providers: the golden messages, the plain JSON, the older JSON.

use crate::golden;
use akash_gpu::Card;
use akash_market::address::Address;
use akash_market::inventory::Amount;
use akash_market::metrics::{ProviderReport, Quantities};
use akash_market::time::Timestamp;
use akash_sdk::cosmos::convert::report::{
    Answered, report_from_json, report_from_status, report_to_status,
};
use akash_sdk::cosmos::wire::akash::provider::v1::Status;
use prost::Message;
use serde_json::{Value, json};

fn from() -> Answered {
    Answered {
        owner: Address::bech32("akash", &[7; 20]).unwrap(),
        host_uri: "https://provider.example:8443".to_owned(),
        at: Timestamp::from_secs(1_000),
    }
}

#[test]
fn golden_messages_say_the_same_in_both_forms() {
    let file = golden::json("wire/akash.provider.v1.json");
    let cases = file["vectors"].as_array().unwrap().iter();
    let cases = cases.filter(|case| case["type"] == "akash.provider.v1.Status");
    let mut numbers = 0;
    for case in cases {
        let bytes = golden::unhex(case["hex"].as_str().unwrap());
        let status = Status::decode(bytes.as_slice()).unwrap();
        let document = &case["json"];
        let report = report_from_status(from(), &status).unwrap();
        let read = report_from_json(from(), &document.to_string()).unwrap();
        assert_eq!(report, read, "{}", case["case"]);
        // Whole numbers of units, however the message writes them.
        let said = document["cluster"]["inventory"]["cluster"]["nodes"].as_array();
        for (node, said) in report.cluster.nodes.iter().zip(said.into_iter().flatten()) {
            let said = &said["resources"];
            for (scale, amount, pair) in [
                (1_000, node.cpu, &said["cpu"]["quantity"]),
                (1, node.memory, &said["memory"]["quantity"]),
                (1, node.gpu, &said["gpu"]["quantity"]),
                (1, node.ephemeral, &said["ephemeral_storage"]),
            ] {
                for (found, text) in [
                    (amount.allocatable, &pair["allocatable"]),
                    (amount.allocated, &pair["allocated"]),
                ] {
                    let said = units(text, scale).filter(|n| *n < i64::MAX / 1_000);
                    numbers += usize::from(said.is_some());
                    assert_eq!(found, said.unwrap_or(found), "{text}");
                }
            }
            assert_eq!(
                node.cards.len(),
                said["gpu"]["info"].as_array().unwrap().len()
            );
        }
    }
    assert!(numbers >= 24, "the vectors have nodes: {numbers}");
}

/// A golden quantity in whole numbers or thousandths; none if it is written otherwise.
fn units(quantity: &Value, scale: i64) -> Option<i64> {
    let Some(text) = quantity.as_str() else {
        return Some(0);
    };
    let (number, of) = match text.strip_suffix('m') {
        Some(milli) => (milli, 1_000),
        None => (text, 1),
    };
    let scaled = number.parse::<i64>().ok()?.checked_mul(scale)?;
    Some(scaled.div_euclid(of) + i64::from(scaled % of != 0))
}

fn document() -> Value {
    let pair =
        |has: &str, given: &str| json!({"allocatable": has, "allocated": given, "capacity": has});
    let card = |model: &str| {
        json!({"vendor": "nvidia", "vendor_id": "", "name": model, "model_id": "2330",
        "interface": "SXM5", "memory_size": "80Gi"})
    };
    let sum = |cpu: &str, gpu: &str| {
        json!({"count": 1, "resources": {"cpu": cpu, "memory": "2Gi", "gpu": gpu,
        "ephemeral_storage": "1G", "storage": {"beta2": "10Gi", "beta3": "1Gi", "ram": "4Gi"}}})
    };
    json!({
        "cluster": {"leases": {"active": 3}, "inventory": {
            "cluster": {
                "nodes": [{"name": "n1", "resources": {
                    "cpu": {"quantity": pair("63500m", "12"), "info": [{"id": "0", "vendor": "x", "model": "y", "vcores": 64}]},
                    "memory": {"quantity": pair("270G", "1k"), "info": null},
                    "gpu": {"quantity": pair("2", "1"), "info": [card("h100"), card("h100")]},
                    "ephemeral_storage": pair("1Ti", "0"),
                    "volumes_attached": pair("0", "0"), "volumes_mounted": pair("0", "0")},
                    "capabilities": {"storage_classes": ["beta2"]}}],
                "storage": [{"quantity": pair("20Gi", "11Gi"), "info": {"class": "beta2", "iops": "0"}}]},
            "reservations": {"pending": sum("500m", "0"), "active": sum("12", "1")},
            "leased_ip": pair("0", "0")}},
        "bid_engine": {"orders": 1}, "manifest": {"deployments": 2}, "public_hostnames": ["a.example"],
        "timestamp": "2026-07-02T10:00:00.5Z", "reclamation_window": 3_600_000_000_000_u64
    })
}

fn expected(cpu: u64, gpu: u64) -> Quantities {
    Quantities {
        cpu,
        gpu,
        memory: 2 << 30,
        ephemeral: 1_000_000_000,
        persistent: 11 << 30,
    }
}

#[test]
fn the_plain_rendering_is_read() {
    let report = report_from_json(from(), &document().to_string()).unwrap();
    assert_eq!(report.seen, Some(Timestamp::from_secs(1_000)));
    assert_eq!(report.active, expected(12_000, 1));
    assert_eq!(report.pending, expected(500, 0));
    let node = &report.cluster.nodes[0];
    let amount = |allocatable, allocated| Amount {
        allocatable,
        allocated,
    };
    assert_eq!(node.cpu, amount(63_500, 12_000));
    assert_eq!(node.memory, amount(270_000_000_000, 1_000));
    assert_eq!(node.gpu, amount(2, 1));
    assert_eq!(node.ephemeral, amount(1 << 40, 0));
    assert_eq!(
        node.cards,
        vec![Card::new("nvidia", "h100", "80Gi", "SXM5"); 2]
    );
    assert_eq!(node.storage_classes, ["beta2"]);
    assert_eq!(report.cluster.pools[0].amount, amount(20 << 30, 11 << 30));
    // Written as a message and read again it is the same.
    assert_eq!(
        report_from_status(from(), &report_to_status(&report)).unwrap(),
        report
    );
}

#[test]
fn the_older_document_is_read() {
    let document = json!({
        "cluster": {"leases": 2, "inventory": {
            "active": [
                {"cpu": 1_500, "gpu": 1, "memory": 100, "storage_ephemeral": 7, "storage": {"beta3": 5, "ram": 9}},
                {"cpu": 500, "gpu": 0, "memory": 1, "storage_ephemeral": 1}],
            "available": {"nodes": [{"name": "n1",
                "allocatable": {"cpu": 8_000, "gpu": 2, "memory": u64::MAX, "storage_ephemeral": 50},
                "available": {"cpu": 6_000, "gpu": 1, "memory": 40, "storage_ephemeral": 42}}],
                "storage": [{"class": "beta3", "size": 95}]}}},
        "bidengine": {"orders": 0}, "manifest": {"deployments": 1}, "address": "akash1…"
    });
    let report = report_from_json(from(), &document.to_string()).unwrap();
    let active = Quantities {
        cpu: 2_000,
        gpu: 1,
        memory: 101,
        ephemeral: 8,
        persistent: 5,
    };
    assert_eq!(
        (report.active, report.pending),
        (active, Quantities::default())
    );
    let left = Quantities::available(&report.cluster);
    assert_eq!(
        (left.cpu, left.gpu, left.ephemeral, left.persistent),
        (6_000, 1, 42, 95)
    );
    // "Unlimited" is the marker −1.
    assert_eq!(report.cluster.nodes[0].memory.allocatable, -1);
    let empty = json!({"cluster": {"leases": 0, "inventory": {"available": {}}}}).to_string();
    let empty = report_from_json(from(), &empty).unwrap();
    assert_eq!(empty.cluster, Default::default());
}

#[test]
fn what_is_no_status_is_refused() {
    let mut broken = document();
    broken["cluster"]["inventory"]["reservations"]["active"]["resources"]["cpu"] =
        json!("12 cores");
    for text in ["", "[]", "{\"cluster\":7}", &broken.to_string()] {
        let read: Result<ProviderReport, _> = report_from_json(from(), text);
        assert!(read.is_err(), "{text}");
    }
    // A provider that says nothing has nothing.
    let nothing = report_from_json(from(), "{}").unwrap();
    assert_eq!(nothing.active, Quantities::default());
}
