use super::money::int;
use super::{ConvertError, Wire, from_wires, same_variants, to_wires};
use crate::cosmos::wire::akash::base::attributes::v1 as attributes;
use crate::cosmos::wire::akash::base::resources::v1beta4 as resources;
use crate::cosmos::wire::akash::deployment::v1beta4 as deployment;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use akash_market::bid::ResourceOffer;
use akash_sdl::attribute::Attribute;
use akash_sdl::group::{GroupSpec, PlacementRequirements, ResourceUnit, SignedBy};
use akash_sdl::num::DecCoin;
use akash_sdl::resource::{
    Bytes, Cpu, Endpoint, EndpointKind, Gpu, Memory, MilliCpu, Resources, Storage,
};
use std::sync::Arc;

impl Wire for Attribute {
    type Message = attributes::Attribute;

    fn to_wire(&self) -> attributes::Attribute {
        attributes::Attribute {
            key: self.key.as_str().into(),
            value: self.value.as_str().into(),
        }
    }

    fn from_wire(attribute: &attributes::Attribute) -> Result<Self, ConvertError> {
        Ok(Self::new(attribute.key.as_str(), attribute.value.as_str()))
    }
}

fn value(units: u64) -> resources::ResourceValue {
    resources::ResourceValue { val: units.into() }
}

fn units(value: &resources::ResourceValue, field: &'static str) -> Result<u64, ConvertError> {
    int(&value.val, field)?
        .to_u64()
        .ok_or_else(|| ConvertError::Text {
            field,
            text: value.val.to_string(),
            expected: "a whole number below 2^64",
        })
}

same_variants!(
    EndpointKind,
    resources::EndpointKind {
        SharedHttp,
        RandomPort,
        LeasedIp
    }
);

impl Wire for Endpoint {
    type Message = resources::Endpoint;

    fn to_wire(&self) -> resources::Endpoint {
        resources::Endpoint {
            kind: self.kind.to_wire(),
            sequence_number: self.sequence_number,
        }
    }

    fn from_wire(endpoint: &resources::Endpoint) -> Result<Self, ConvertError> {
        Ok(Self {
            kind: EndpointKind::from_wire(&endpoint.kind)?,
            sequence_number: endpoint.sequence_number,
        })
    }
}

impl Wire for Storage {
    type Message = resources::Storage;

    fn to_wire(&self) -> resources::Storage {
        resources::Storage {
            name: self.name.as_str().into(),
            quantity: value(self.quantity.0),
            attributes: to_wires(&self.attributes),
        }
    }

    fn from_wire(storage: &resources::Storage) -> Result<Self, ConvertError> {
        Ok(Self {
            name: storage.name.as_str().to_owned(),
            quantity: Bytes(units(&storage.quantity, "storage.quantity")?),
            attributes: from_wires(&storage.attributes)?,
        })
    }
}

impl Wire for Resources {
    type Message = resources::Resources;

    fn to_wire(&self) -> resources::Resources {
        resources::Resources {
            id: self.id,
            cpu: Some(resources::Cpu {
                units: value(self.cpu.units.0),
                attributes: to_wires(&self.cpu.attributes),
            }),
            memory: Some(resources::Memory {
                quantity: value(self.memory.quantity.0),
                attributes: to_wires(&self.memory.attributes),
            }),
            storage: to_wires(&self.storage),
            gpu: Some(resources::Gpu {
                units: value(self.gpu.units),
                attributes: to_wires(&self.gpu.attributes),
            }),
            endpoints: to_wires(&self.endpoints),
        }
    }

    /// A part that is absent reads as none of it: whether that will do is for the group's own rules to say.
    fn from_wire(message: &resources::Resources) -> Result<Self, ConvertError> {
        let cpu = message.cpu.as_ref().map_or_else(
            || Ok(Cpu::default()),
            |cpu| {
                Ok(Cpu {
                    units: MilliCpu(units(&cpu.units, "cpu.units")?),
                    attributes: from_wires(&cpu.attributes)?,
                })
            },
        )?;
        let memory = message.memory.as_ref().map_or_else(
            || Ok(Memory::default()),
            |memory| {
                Ok(Memory {
                    quantity: Bytes(units(&memory.quantity, "memory.quantity")?),
                    attributes: from_wires(&memory.attributes)?,
                })
            },
        )?;
        let gpu = message.gpu.as_ref().map_or_else(
            || Ok(Gpu::default()),
            |gpu| {
                Ok(Gpu {
                    units: units(&gpu.units, "gpu.units")?,
                    attributes: from_wires(&gpu.attributes)?,
                })
            },
        )?;
        Ok(Self {
            id: message.id,
            cpu,
            memory,
            storage: from_wires(&message.storage)?,
            gpu,
            endpoints: from_wires(&message.endpoints)?,
        })
    }
}

impl Wire for ResourceUnit {
    type Message = deployment::ResourceUnit;

    fn to_wire(&self) -> deployment::ResourceUnit {
        deployment::ResourceUnit {
            resource: self.resources.to_wire(),
            count: self.count,
            price: self.price.to_wire(),
        }
    }

    fn from_wire(unit: &deployment::ResourceUnit) -> Result<Self, ConvertError> {
        Ok(Self {
            resources: Resources::from_wire(&unit.resource)?,
            count: unit.count,
            price: DecCoin::from_wire(&unit.price)?,
        })
    }
}

impl Wire for GroupSpec {
    type Message = deployment::GroupSpec;

    fn to_wire(&self) -> deployment::GroupSpec {
        let PlacementRequirements {
            signed_by,
            attributes: required,
        } = &self.requirements;
        deployment::GroupSpec {
            name: self.name.as_str().into(),
            requirements: attributes::PlacementRequirements {
                signed_by: attributes::SignedBy {
                    all_of: signed_by.all_of.clone(),
                    any_of: signed_by.any_of.clone(),
                },
                attributes: to_wires(required),
            },
            resources: to_wires(&self.resources),
        }
    }

    fn from_wire(group: &deployment::GroupSpec) -> Result<Self, ConvertError> {
        let attributes::PlacementRequirements {
            signed_by,
            attributes: required,
        } = &group.requirements;
        Ok(Self {
            name: group.name.as_str().to_owned(),
            requirements: PlacementRequirements {
                signed_by: SignedBy {
                    all_of: signed_by.all_of.clone(),
                    any_of: signed_by.any_of.clone(),
                },
                attributes: from_wires(required)?,
            },
            resources: from_wires(&group.resources)?,
        })
    }
}

impl Wire for ResourceOffer {
    type Message = market::ResourceOffer;

    fn to_wire(&self) -> market::ResourceOffer {
        market::ResourceOffer {
            resources: self.resources.to_wire(),
            count: self.count,
            prices: None,
        }
    }

    fn from_wire(offer: &market::ResourceOffer) -> Result<Self, ConvertError> {
        Ok(Self {
            resources: Resources::from_wire(&offer.resources)?,
            count: offer.count,
        })
    }
}

pub(super) fn arc_group(group: &deployment::GroupSpec) -> Result<Arc<GroupSpec>, ConvertError> {
    GroupSpec::from_wire(group).map(Arc::new)
}
