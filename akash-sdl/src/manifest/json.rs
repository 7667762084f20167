//! The manifest's own JSON shape of resources and texts, for `serde`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Protocol;
use super::read::{items, items_or_none, or_default, record};
use crate::attribute::Attributes;
use crate::resource::EndpointKind;

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it by reference"
)]
pub(super) const fn is_zero(value: &u32) -> bool {
    *value == 0
}

pub(super) fn is_empty<T>(list: &super::List<T>) -> bool {
    list.as_slice().is_empty()
}

impl Serialize for Protocol {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Protocol {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text: String = or_default(deserializer)?;
        Ok(match text.as_str() {
            "TCP" => Self::Tcp,
            "UDP" => Self::Udp,
            _ => Self::Other(text),
        })
    }
}

/// A resource value: an integer as text inside an object.
#[derive(Default, Serialize, Deserialize)]
struct Value {
    #[serde(with = "integer_text")]
    val: u64,
}

mod integer_text {
    use super::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| {
            serde::de::Error::custom(format_args!(
                "{text:?} is not a resource value: write an integer from 0 to 2^64-1 as text"
            ))
        })
    }
}

/// Attributes without what is empty in them.
fn attributes<S: Serializer>(attributes: &Attributes, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Short<'a> {
        #[serde(skip_serializing_if = "str::is_empty")]
        key: &'a str,
        #[serde(skip_serializing_if = "str::is_empty")]
        value: &'a str,
    }
    serializer.collect_seq(attributes.iter().map(|attribute| Short {
        key: &attribute.key,
        value: &attribute.value,
    }))
}

/// CPU and GPU.
#[derive(Default, Serialize, Deserialize)]
struct Units {
    #[serde(
        default,
        deserialize_with = "items_or_none",
        serialize_with = "attributes",
        skip_serializing_if = "Vec::is_empty"
    )]
    attributes: Attributes,
    #[serde(deserialize_with = "record")]
    units: Value,
}

#[derive(Default, Serialize, Deserialize)]
struct Memory {
    #[serde(
        default,
        deserialize_with = "items_or_none",
        serialize_with = "attributes",
        skip_serializing_if = "Vec::is_empty"
    )]
    attributes: Attributes,
    #[serde(deserialize_with = "record")]
    size: Value,
}

#[derive(Default, Serialize, Deserialize)]
struct Volume {
    #[serde(
        default,
        deserialize_with = "items_or_none",
        serialize_with = "attributes",
        skip_serializing_if = "Vec::is_empty"
    )]
    attributes: Attributes,
    #[serde(default, deserialize_with = "or_default")]
    name: String,
    #[serde(deserialize_with = "record")]
    size: Value,
}

#[derive(Default, Serialize, Deserialize)]
struct Endpoint {
    #[serde(
        default,
        deserialize_with = "or_default",
        skip_serializing_if = "is_zero"
    )]
    kind: u32,
    #[serde(default, deserialize_with = "or_default")]
    sequence_number: u32,
}

#[derive(Default, Serialize, Deserialize)]
struct Resources {
    #[serde(default, deserialize_with = "or_default")]
    id: u32,
    #[serde(deserialize_with = "record")]
    cpu: Units,
    #[serde(deserialize_with = "record")]
    memory: Memory,
    #[serde(deserialize_with = "items")]
    storage: Vec<Volume>,
    #[serde(deserialize_with = "record")]
    gpu: Units,
    #[serde(deserialize_with = "items")]
    endpoints: Vec<Endpoint>,
}

/// Resources in the manifest's shape.
pub(super) mod resources {
    use serde::de::Error as _;
    use serde::{Deserializer, Serialize as _, Serializer};

    use super::EndpointKind;
    use crate::resource as typed;

    pub(in super::super) fn serialize<S: Serializer>(
        resources: &typed::Resources,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        super::Resources {
            id: resources.id,
            cpu: super::Units {
                attributes: resources.cpu.attributes.clone(),
                units: super::Value {
                    val: resources.cpu.units.0,
                },
            },
            memory: super::Memory {
                attributes: resources.memory.attributes.clone(),
                size: super::Value {
                    val: resources.memory.quantity.0,
                },
            },
            storage: resources
                .storage
                .iter()
                .map(|volume| super::Volume {
                    attributes: volume.attributes.clone(),
                    name: volume.name.clone(),
                    size: super::Value {
                        val: volume.quantity.0,
                    },
                })
                .collect(),
            gpu: super::Units {
                attributes: resources.gpu.attributes.clone(),
                units: super::Value {
                    val: resources.gpu.units,
                },
            },
            endpoints: resources
                .endpoints
                .iter()
                .map(|endpoint| super::Endpoint {
                    kind: endpoint.kind.number(),
                    sequence_number: endpoint.sequence_number,
                })
                .collect(),
        }
        .serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<typed::Resources, D::Error> {
        let resources: super::Resources = super::record(deserializer)?;
        let endpoints = resources
            .endpoints
            .into_iter()
            .map(|endpoint| {
                let kind = EndpointKind::from_number(endpoint.kind).ok_or_else(|| {
                    D::Error::custom(format_args!(
                        "endpoint kind {} is unknown: 0, 1 and 2 exist",
                        endpoint.kind
                    ))
                })?;
                Ok(typed::Endpoint {
                    kind,
                    sequence_number: endpoint.sequence_number,
                })
            })
            .collect::<Result<_, D::Error>>()?;
        Ok(typed::Resources {
            id: resources.id,
            cpu: typed::Cpu {
                units: typed::MilliCpu(resources.cpu.units.val),
                attributes: resources.cpu.attributes,
            },
            memory: typed::Memory {
                quantity: typed::Bytes(resources.memory.size.val),
                attributes: resources.memory.attributes,
            },
            storage: resources
                .storage
                .into_iter()
                .map(|volume| typed::Storage {
                    name: volume.name,
                    quantity: typed::Bytes(volume.size.val),
                    attributes: volume.attributes,
                })
                .collect(),
            gpu: typed::Gpu {
                units: resources.gpu.units.val,
                attributes: resources.gpu.attributes,
            },
            endpoints,
        })
    }
}
