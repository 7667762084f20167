//! What a cluster reports of itself.

use akash_gpu::Card;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How much of something there is and how much of it is given away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Amount {
    /// What can be given; −1 stands for "unlimited", except for CPU.
    pub allocatable: i64,
    /// What is given. May exceed the above on an over-allocated node.
    pub allocated: i64,
}

impl Amount {
    /// Nothing given yet.
    #[must_use]
    pub const fn free(allocatable: i64) -> Self {
        Self {
            allocatable,
            allocated: 0,
        }
    }

    /// What is left, reading −1 as 2^63 − 1.
    #[must_use]
    pub fn available(self) -> u64 {
        let capacity = if self.allocatable == -1 {
            i64::MAX
        } else {
            self.allocatable
        };
        u64::try_from(capacity.saturating_sub(self.allocated)).unwrap_or(0)
    }

    /// What is left, without the marker: the reference can't read it for CPU and finds nothing available.
    #[must_use]
    pub fn available_cpu(self) -> u64 {
        u64::try_from(self.allocatable.saturating_sub(self.allocated)).unwrap_or(0)
    }
}

/// One node of a cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Node {
    /// Its name; clusters list nodes in the order of their names.
    pub name: String,
    /// Milli-CPU.
    pub cpu: Amount,
    /// Bytes of memory.
    pub memory: Amount,
    /// Bytes of ephemeral storage.
    pub ephemeral: Amount,
    /// Whole GPUs.
    pub gpu: Amount,
    /// The cards, sorted by vendor, name and memory; says nothing about which are busy.
    pub cards: Vec<Card>,
    /// Classes of persistent storage that can be mounted here.
    pub storage_classes: Vec<String>,
}

/// A pool of persistent storage that the whole cluster shares.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Pool {
    /// Its class, such as `beta2`.
    pub class: String,
    /// Bytes.
    pub amount: Amount,
}

/// A cluster as its inventory reports it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cluster {
    /// The nodes, in the order in which they are filled.
    pub nodes: Vec<Node>,
    /// The pools; of several with one class only the first is used.
    pub pools: Vec<Pool>,
}

/// Quantities as the reference's metrics count them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ResourceMetrics {
    /// Milli-CPU.
    pub cpu: u64,
    /// GPUs.
    pub gpu: u64,
    /// Bytes of memory.
    pub memory: u64,
    /// Bytes of ephemeral storage.
    pub storage_ephemeral: u64,
}

impl ResourceMetrics {
    const fn add(&mut self, other: Self) {
        self.cpu = self.cpu.wrapping_add(other.cpu);
        self.gpu = self.gpu.wrapping_add(other.gpu);
        self.memory = self.memory.wrapping_add(other.memory);
        self.storage_ephemeral = self.storage_ephemeral.wrapping_add(other.storage_ephemeral);
    }
}

/// Metrics of one node.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct NodeMetrics {
    /// Name of the node.
    pub name: String,
    /// What it can give.
    pub allocatable: ResourceMetrics,
    /// What is left of it.
    pub available: ResourceMetrics,
}

/// Metrics of a cluster, as the provider's status shows them: 64-bit two's complement, so that the marker −1 shows
/// as 2^64 − 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Metrics {
    /// Node by node.
    pub nodes: Vec<NodeMetrics>,
    /// Sum of the nodes.
    pub total_allocatable: ResourceMetrics,
    /// Sum of the nodes.
    pub total_available: ResourceMetrics,
    /// Persistent storage by class; of several pools with one class the last shows.
    pub storage_allocatable: BTreeMap<String, u64>,
    /// What is left of it.
    pub storage_available: BTreeMap<String, u64>,
}

impl Cluster {
    /// The metrics of the provider's status.
    #[must_use]
    pub fn metrics(&self) -> Metrics {
        let mut metrics = Metrics::default();
        for node in &self.nodes {
            let allocatable = ResourceMetrics {
                cpu: node.cpu.allocatable.cast_unsigned(),
                gpu: node.gpu.allocatable.cast_unsigned(),
                memory: node.memory.allocatable.cast_unsigned(),
                storage_ephemeral: node.ephemeral.allocatable.cast_unsigned(),
            };
            let available = ResourceMetrics {
                cpu: metric_cpu(node.cpu),
                gpu: node.gpu.available(),
                memory: node.memory.available(),
                storage_ephemeral: node.ephemeral.available(),
            };
            metrics.total_allocatable.add(allocatable);
            metrics.total_available.add(available);
            metrics.nodes.push(NodeMetrics {
                name: node.name.clone(),
                allocatable,
                available,
            });
        }
        for Pool { class, amount } in &self.pools {
            let allocatable = amount.allocatable.cast_unsigned();
            metrics
                .storage_allocatable
                .insert(class.clone(), allocatable);
            metrics
                .storage_available
                .insert(class.clone(), amount.available());
        }
        metrics
    }
}

/// A CPU of −1 to −1000 milli rounds to −1 whole CPUs, the marker; (2^63 − 1) CPUs in milli wrap around to −1000.
fn metric_cpu(cpu: Amount) -> u64 {
    if (-1000..0).contains(&cpu.allocatable) {
        return (-1000_i64).wrapping_sub(cpu.allocated).cast_unsigned();
    }
    cpu.available_cpu()
}
