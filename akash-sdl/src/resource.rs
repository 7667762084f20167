//! Resources: what one replica of a service needs.

use crate::attribute::Attributes;
use serde::{Deserialize, Serialize};

/// Thousandths of a CPU.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct MilliCpu(pub u64);

/// A number of bytes.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Bytes(pub u64);

/// CPU of one replica. Valid groups hold 10 to 384,000 milli-CPU.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cpu {
    /// Thousandths of a CPU.
    pub units: MilliCpu,
    /// Only `arch` is known; sorted by key.
    pub attributes: Attributes,
}

/// Memory of one replica. Valid groups hold 1 MiB to 2 TiB.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Memory {
    /// Bytes.
    pub quantity: Bytes,
    /// Always empty in groups made from an SDL.
    pub attributes: Attributes,
}

/// One storage volume of one replica. Valid groups hold 5 MiB to 32 TiB in each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Storage {
    /// Name of the volume; `default` when the SDL gave none.
    pub name: String,
    /// Bytes.
    pub quantity: Bytes,
    /// `class` and `persistent`, sorted by key.
    pub attributes: Attributes,
}

/// GPUs of one replica. Valid groups hold 0 to 24.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gpu {
    /// Whole devices.
    pub units: u64,
    /// Acceptable models as `vendor/…/model/…` keys, any one of which suffices.
    pub attributes: Attributes,
}

/// How an exposed port is reached.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum EndpointKind {
    /// Through the provider's HTTP ingress (wire value 0).
    #[default]
    #[serde(rename = "SHARED_HTTP")]
    SharedHttp,
    /// On a port that the provider chooses (wire value 1).
    #[serde(rename = "RANDOM_PORT")]
    RandomPort,
    /// On an IP address leased with the workload (wire value 2).
    #[serde(rename = "LEASED_IP")]
    LeasedIp,
}

impl EndpointKind {
    /// The number that stands for this kind on the wire and in manifests.
    #[must_use]
    pub const fn number(self) -> u32 {
        match self {
            Self::SharedHttp => 0,
            Self::RandomPort => 1,
            Self::LeasedIp => 2,
        }
    }

    /// The kind with this number.
    #[must_use]
    pub const fn from_number(number: u32) -> Option<Self> {
        match number {
            0 => Some(Self::SharedHttp),
            1 => Some(Self::RandomPort),
            2 => Some(Self::LeasedIp),
            _ => None,
        }
    }

    /// The name the chain prints, such as `SHARED_HTTP`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SharedHttp => "SHARED_HTTP",
            Self::RandomPort => "RANDOM_PORT",
            Self::LeasedIp => "LEASED_IP",
        }
    }
}

/// One endpoint of a resource unit.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Endpoint {
    /// How it is reached.
    pub kind: EndpointKind,
    /// Which leased IP it belongs to; 0 for the other kinds.
    pub sequence_number: u32,
}

/// What one replica needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Resources {
    /// Number of the unit inside its group, from 1.
    pub id: u32,
    /// CPU.
    pub cpu: Cpu,
    /// Memory.
    pub memory: Memory,
    /// Volumes in the chain's order.
    pub storage: Vec<Storage>,
    /// GPUs.
    pub gpu: Gpu,
    /// Endpoints in the chain's order.
    pub endpoints: Vec<Endpoint>,
}
