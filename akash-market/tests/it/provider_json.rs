//! Reads what was recorded from the reference provider: groups in its own JSON.

use akash_market::address::Address;
use akash_market::audit::AuditRecord;
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit, SignedBy};
use akash_sdl::resource::{
    Bytes, Cpu, Endpoint, EndpointKind, Gpu, Memory, MilliCpu, Resources, Storage,
};
use serde_json::Value;

/// All cases of a file under the top-level `vectors/`.
pub(crate) fn cases(file: &str) -> Vec<Value> {
    let path = format!(concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/{}"), file);
    let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(!cases.is_empty());
    cases
}

pub(crate) fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(crate) fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .or_else(|| value.as_str()?.parse().ok())
        .unwrap_or_default()
}

pub(crate) fn small(value: &Value) -> u32 {
    u32::try_from(number(value)).unwrap()
}

pub(crate) fn attributes(value: &Value) -> Vec<Attribute> {
    let one = |a: &Value| Attribute::new(text(&a["key"]), text(&a["value"]));
    list(value).iter().map(one).collect()
}

pub(crate) fn resources(value: &Value) -> Resources {
    let volume = |v: &Value| Storage {
        name: text(&v["name"]),
        quantity: Bytes(number(&v["size"]["val"])),
        attributes: attributes(&v["attributes"]),
    };
    let endpoint = |e: &Value| Endpoint {
        kind: match small(&e["kind"]) {
            0 => EndpointKind::SharedHttp,
            1 => EndpointKind::RandomPort,
            2 => EndpointKind::LeasedIp,
            other => panic!("endpoint kind {other}"),
        },
        sequence_number: small(&e["sequence_number"]),
    };
    Resources {
        id: small(&value["id"]),
        cpu: Cpu {
            units: MilliCpu(number(&value["cpu"]["units"]["val"])),
            attributes: attributes(&value["cpu"]["attributes"]),
        },
        memory: Memory {
            quantity: Bytes(number(&value["memory"]["size"]["val"])),
            attributes: attributes(&value["memory"]["attributes"]),
        },
        storage: list(&value["storage"]).iter().map(volume).collect(),
        gpu: Gpu {
            units: number(&value["gpu"]["units"]["val"]),
            attributes: attributes(&value["gpu"]["attributes"]),
        },
        endpoints: list(&value["endpoints"]).iter().map(endpoint).collect(),
    }
}

pub(crate) fn unit(value: &Value) -> ResourceUnit {
    ResourceUnit {
        resources: resources(&value["resource"]),
        count: small(&value["count"]),
        price: serde_json::from_value(value["price"].clone()).unwrap(),
    }
}

pub(crate) fn group(value: &Value) -> GroupSpec {
    let requirements = &value["requirements"];
    let auditors = |v: &Value| list(v).iter().map(text).collect();
    GroupSpec {
        name: text(&value["name"]),
        requirements: PlacementRequirements {
            signed_by: SignedBy {
                all_of: auditors(&requirements["signed_by"]["all_of"]),
                any_of: auditors(&requirements["signed_by"]["any_of"]),
            },
            attributes: attributes(&requirements["attributes"]),
        },
        resources: list(&value["resources"]).iter().map(unit).collect(),
    }
}

pub(crate) fn audits(value: &Value) -> Vec<AuditRecord> {
    let owner = Address::bech32("akash", &[7; 20]).unwrap();
    let one = |r: &Value| AuditRecord {
        owner: owner.clone(),
        auditor: text(&r["auditor"]).parse().unwrap(),
        attributes: attributes(&r["attributes"]),
    };
    list(value).iter().map(one).collect()
}
