//! Package `akash.base.resources.v1beta4`.

use crate::cosmos::wire::akash::base::attributes::v1::Attribute;
use crate::cosmos::wire::message::{enums, messages};
use crate::cosmos::wire::{Enum, Int, Text};

messages! {
    "akash.base.resources.v1beta4";

    /// CPU of one replica.
    Cpu "CPU" {
        /// Amount: CPU in thousandths of a core, GPU in whole devices.
        units: ResourceValue = 1,
        /// Attributes.
        attributes: Vec<Attribute> = 2,
    }

    /// An endpoint of a service.
    Endpoint "Endpoint" {
        /// How the endpoint is reached.
        kind: Enum<EndpointKind> = 1,
        /// Number of the leased IP endpoint; 0 for others.
        sequence_number: u32 = 2,
    }

    /// GPU of one replica.
    Gpu "GPU" {
        /// Amount: CPU in thousandths of a core, GPU in whole devices.
        units: ResourceValue = 1,
        /// Attributes.
        attributes: Vec<Attribute> = 2,
    }

    /// Memory.
    Memory "Memory" {
        /// Amount in bytes.
        quantity: ResourceValue = 1,
        /// Attributes.
        attributes: Vec<Attribute> = 2,
    }

    /// Resources of one replica.
    Resources "Resources" {
        /// Identifies the entity.
        id: u32 = 1,
        /// CPU.
        cpu: Option<Cpu> = 2,
        /// Memory.
        memory: Option<Memory> = 3,
        /// Storage volumes.
        storage: Vec<Storage> = 4,
        /// GPU.
        gpu: Option<Gpu> = 5,
        /// Endpoints.
        endpoints: Vec<Endpoint> = 6,
    }

    /// A whole number of unbounded size.
    ResourceValue "ResourceValue" {
        /// Whole number.
        val: Int = 1,
    }

    /// A volume.
    Storage "Storage" {
        /// Name.
        name: Text = 1,
        /// Amount in bytes.
        quantity: ResourceValue = 2,
        /// Attributes.
        attributes: Vec<Attribute> = 3,
    }
}

enums! {
    /// Enum `akash.base.resources.v1beta4.Endpoint.Kind`.
    EndpointKind "akash.base.resources.v1beta4.Endpoint.Kind" {
        /// `SHARED_HTTP`.
        SharedHttp "SHARED_HTTP" = 0,
        /// `RANDOM_PORT`.
        RandomPort "RANDOM_PORT" = 1,
        /// `LEASED_IP`.
        LeasedIp "LEASED_IP" = 2,
    }
}
