//! Groups as the vectors of the market and of matching write them: flat, resource values as plain
//! numbers.

use super::Failure;
use super::field::{Fields, only};
use akash_market::bid::ResourceOffer;
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit, SignedBy};
use akash_sdl::resource::{Bytes, Cpu, Gpu, Memory, MilliCpu, Resources, Storage};
use serde_json::Value;

/// Attributes in a member of a value.
pub(super) fn attributes(value: &Value, member: &str) -> Result<Vec<Attribute>, Failure> {
    let one = |attribute: &Value| -> Result<Attribute, Failure> {
        only(attribute, &[&["key", "value"]])?;
        Ok(Attribute::new(
            attribute.text("key")?,
            attribute.text("value")?,
        ))
    };
    value.list(member).iter().map(one).collect()
}

/// Texts in a member of a value.
pub(super) fn texts(value: &Value, member: &str) -> Result<Vec<String>, Failure> {
    Ok(value.read::<Option<_>>(member)?.unwrap_or_default())
}

pub(super) fn group(value: &Value) -> Result<GroupSpec, Failure> {
    let requirements = value.at("requirements");
    only(value, &[&["name", "requirements", "resources"]])?;
    only(requirements, &[&["all_of", "any_of", "attributes"]])?;
    let units = value.list("resources").iter().map(unit);
    Ok(GroupSpec {
        name: value.text("name")?.to_owned(),
        requirements: PlacementRequirements {
            signed_by: SignedBy {
                all_of: texts(requirements, "all_of")?,
                any_of: texts(requirements, "any_of")?,
            },
            attributes: attributes(requirements, "attributes")?,
        },
        resources: units.collect::<Result<_, _>>()?,
    })
}

const UNIT: [&str; 10] = [
    "id",
    "count",
    "price",
    "cpu",
    "gpu",
    "memory",
    "storage",
    "cpu_attributes",
    "gpu_attributes",
    "memory_attributes",
];

fn unit(value: &Value) -> Result<ResourceUnit, Failure> {
    only(value, &[&UNIT])?;
    let volume = |volume: &Value| -> Result<Storage, Failure> {
        only(volume, &[&["name", "quantity", "attributes"]])?;
        Ok(Storage {
            name: volume.text("name")?.to_owned(),
            quantity: Bytes(volume.count("quantity")?),
            attributes: attributes(volume, "attributes")?,
        })
    };
    let volumes = value.list("storage").iter().map(volume);
    Ok(ResourceUnit {
        resources: Resources {
            id: value.count("id")?,
            cpu: Cpu {
                units: MilliCpu(value.count("cpu")?),
                attributes: attributes(value, "cpu_attributes")?,
            },
            memory: Memory {
                quantity: Bytes(value.count("memory")?),
                attributes: attributes(value, "memory_attributes")?,
            },
            gpu: Gpu {
                units: value.count("gpu")?,
                attributes: attributes(value, "gpu_attributes")?,
            },
            storage: volumes.collect::<Result<_, _>>()?,
            endpoints: Vec::new(),
        },
        count: value.count("count")?,
        price: value.read("price")?,
    })
}

/// An offer that names its resources by id alone.
pub(super) fn offer(value: &Value) -> Result<Vec<ResourceOffer>, Failure> {
    let one = |offer: &Value| -> Result<ResourceOffer, Failure> {
        only(offer, &[&["id", "count"]])?;
        Ok(ResourceOffer {
            resources: Resources {
                id: offer.count("id")?,
                ..Resources::default()
            },
            count: offer.count("count")?,
        })
    };
    value.list("offer").iter().map(one).collect()
}
