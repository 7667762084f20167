//! Groups in the JSON of the reference provider.

use super::Failure;
use super::field::{Fields, present};
use super::group::{attributes, texts};
use akash_market::bid::ResourceOffer;
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit, SignedBy};
use akash_sdl::resource::{
    Bytes, Cpu, Endpoint, EndpointKind, Gpu, Memory, MilliCpu, Resources, Storage,
};
use serde_json::{Value, json};

pub(super) fn group(value: &Value) -> Result<GroupSpec, Failure> {
    let requirements = value.at("requirements");
    let auditors = requirements.at("signed_by");
    let units = value.list("resources").iter().map(unit);
    Ok(GroupSpec {
        name: value.text("name")?.to_owned(),
        requirements: PlacementRequirements {
            signed_by: SignedBy {
                all_of: texts(auditors, "all_of")?,
                any_of: texts(auditors, "any_of")?,
            },
            attributes: attributes(requirements, "attributes")?,
        },
        resources: units.collect::<Result<_, _>>()?,
    })
}

fn unit(value: &Value) -> Result<ResourceUnit, Failure> {
    Ok(ResourceUnit {
        resources: resources(value.at("resource"))?,
        count: value.count("count")?,
        price: value.read("price")?,
    })
}

/// Units that are already allocated, in a member of a case.
pub(super) fn allocated(case: &Value, member: &str) -> Result<Vec<ResourceOffer>, Failure> {
    let one = |unit: &Value| -> Result<ResourceOffer, Failure> {
        Ok(ResourceOffer {
            resources: resources(unit.at("resource"))?,
            count: unit.count("count")?,
        })
    };
    case.list(member).iter().map(one).collect()
}

fn resources(value: &Value) -> Result<Resources, Failure> {
    let (cpu, memory, gpu) = (value.at("cpu"), value.at("memory"), value.at("gpu"));
    let volumes = value.list("storage").iter().map(volume);
    let endpoints = value.list("endpoints").iter().map(endpoint);
    Ok(Resources {
        id: value.count("id")?,
        cpu: Cpu {
            units: MilliCpu(cpu.at("units").count("val")?),
            attributes: attributes(cpu, "attributes")?,
        },
        memory: Memory {
            quantity: Bytes(memory.at("size").count("val")?),
            attributes: attributes(memory, "attributes")?,
        },
        storage: volumes.collect::<Result<_, _>>()?,
        gpu: Gpu {
            units: gpu.at("units").count("val")?,
            attributes: attributes(gpu, "attributes")?,
        },
        endpoints: endpoints.collect::<Result<_, _>>()?,
    })
}

fn volume(value: &Value) -> Result<Storage, Failure> {
    Ok(Storage {
        name: value.text("name")?.to_owned(),
        quantity: Bytes(value.at("size").count("val")?),
        attributes: attributes(value, "attributes")?,
    })
}

fn endpoint(value: &Value) -> Result<Endpoint, Failure> {
    Ok(Endpoint {
        kind: match value.count("kind")? {
            0_u32 => EndpointKind::SharedHttp,
            1 => EndpointKind::RandomPort,
            2 => EndpointKind::LeasedIp,
            other => return Err(format!("there is no kind {other} of endpoints").into()),
        },
        sequence_number: value.count("sequence_number")?,
    })
}

/// Resources as the reference writes them: zero numbers and empty lists are left out, but for
/// endpoints.
pub(super) fn written(resources: &Resources) -> Value {
    let Resources {
        id,
        cpu,
        memory,
        storage,
        gpu,
        endpoints,
    } = resources;
    let volumes: Vec<_> = storage
        .iter()
        .map(|volume| {
            present([
                ("name", json!(volume.name)),
                ("size", json!({"val": volume.quantity.0.to_string()})),
                ("attributes", pairs(&volume.attributes)),
            ])
        })
        .collect();
    let endpoints: Vec<_> = endpoints
        .iter()
        .map(|endpoint| {
            let kind = match endpoint.kind {
                EndpointKind::SharedHttp => 0,
                EndpointKind::RandomPort => 1,
                EndpointKind::LeasedIp => 2,
            };
            present([
                ("kind", nonzero(kind)),
                ("sequence_number", json!(endpoint.sequence_number)),
            ])
        })
        .collect();
    present([
        ("id", json!(id)),
        (
            "cpu",
            present([
                ("units", json!({"val": cpu.units.0.to_string()})),
                ("attributes", pairs(&cpu.attributes)),
            ]),
        ),
        (
            "memory",
            present([
                ("size", json!({"val": memory.quantity.0.to_string()})),
                ("attributes", pairs(&memory.attributes)),
            ]),
        ),
        (
            "storage",
            if volumes.is_empty() {
                Value::Null
            } else {
                volumes.into()
            },
        ),
        (
            "gpu",
            present([
                ("units", json!({"val": gpu.units.to_string()})),
                ("attributes", pairs(&gpu.attributes)),
            ]),
        ),
        ("endpoints", endpoints.into()),
    ])
}

fn nonzero(number: u32) -> Value {
    if number == 0 {
        Value::Null
    } else {
        json!(number)
    }
}

fn pairs(attributes: &[Attribute]) -> Value {
    if attributes.is_empty() {
        return Value::Null;
    }
    let pair = |attribute: &Attribute| json!({"key": attribute.key, "value": attribute.value});
    attributes.iter().map(pair).collect()
}
