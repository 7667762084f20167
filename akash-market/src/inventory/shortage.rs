//! Why a group does not fit, node by node.

use super::cluster::{Cluster, Node};
use super::fit::{NoFit, NodeUse, Refusal, Unit, Used, left, left_cpu, place};
use akash_sdl::group::ResourceUnit;
use std::fmt;

/// Why one node does not take the next replica.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// Too little CPU.
    Cpu {
        /// Milli-CPU left.
        free: u64,
        /// Milli-CPU wanted.
        wanted: u64,
    },
    /// Too few GPUs left.
    Gpu {
        /// GPUs left.
        free: u64,
        /// GPUs wanted.
        wanted: u64,
    },
    /// Too few cards of the models asked for.
    Cards {
        /// Cards that answer the request.
        answering: u64,
        /// GPUs wanted.
        wanted: u64,
        /// The model to which the replica is bound since an earlier node, if it is.
        bound_to: Option<String>,
    },
    /// The GPU attributes can't be read by a provider.
    UnreadableGpu {
        /// What is wrong with them.
        error: String,
    },
    /// Too little memory, RAM volumes included.
    Memory {
        /// Bytes left.
        free: u64,
        /// Bytes wanted.
        wanted: u64,
    },
    /// Too little ephemeral storage for a volume.
    Ephemeral {
        /// Name of the volume.
        volume: String,
        /// Bytes left, before this replica's other volumes.
        free: u64,
        /// Bytes wanted by the volume.
        wanted: u64,
    },
    /// A volume's storage class is not on this node.
    Class {
        /// Name of the volume.
        volume: String,
    },
    /// A volume's storage class has no pool in the cluster.
    NoPool {
        /// Name of the volume.
        volume: String,
    },
    /// The pool of a volume's class is too full.
    PoolFull {
        /// Name of the volume.
        volume: String,
        /// Bytes wanted by the volume.
        wanted: u64,
    },
    /// A persistent volume names no class, or `ram`.
    Nonsense {
        /// Name of the volume.
        volume: String,
    },
}

/// A node and why it does not take the next replica.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeShortage {
    /// Name of the node.
    pub node: String,
    /// The first check that fails there.
    pub why: Why,
}

/// Why a group does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage {
    /// The verdict.
    pub error: NoFit,
    /// The nodes as they stand when the next replica finds no place; empty for a cluster without nodes.
    pub nodes: Vec<NodeShortage>,
}

impl Cluster {
    /// Why the units do not fit, node by node; `None` if they do.
    #[must_use]
    pub fn explain(&self, units: &[ResourceUnit]) -> Option<Shortage> {
        explain(self, &mut Used::of(self), units)
    }
}

/// `used` is left as it was when the next replica found no place.
pub(super) fn explain(
    cluster: &Cluster,
    used: &mut Used,
    units: &[ResourceUnit],
) -> Option<Shortage> {
    let failure = place(cluster, used, units).err()?;
    let mut nodes = Vec::new();
    for (position, node) in cluster.nodes.iter().enumerate() {
        let Some(refusal) = failure.unit.refusal(cluster, used, position) else {
            continue;
        };
        let taken = used.nodes.get(position).copied().unwrap_or_default();
        let why = why(&failure.unit, node, &taken, refusal);
        nodes.push(NodeShortage {
            node: node.name.clone(),
            why,
        });
        if refusal.stops_all() {
            break;
        }
    }
    Some(Shortage {
        error: failure.reason,
        nodes,
    })
}

fn why(unit: &Unit<'_>, node: &Node, used: &NodeUse, refusal: Refusal) -> Why {
    let resources = &unit.spec().resources;
    let wanted_gpus = resources.gpu.units;
    let volume = |at: usize| {
        let volume = resources.storage.get(at);
        volume
            .map(|v| (v.name.clone(), v.quantity.0))
            .unwrap_or_default()
    };
    let free_memory = left(node.memory, used.memory);
    match refusal {
        Refusal::Cpu => Why::Cpu {
            free: left_cpu(node, used),
            wanted: resources.cpu.units.0,
        },
        Refusal::NoFreeGpu | Refusal::FreeGpus => Why::Gpu {
            free: left(node.gpu, used.gpu),
            wanted: wanted_gpus,
        },
        Refusal::UnreadableGpu | Refusal::Cards => match unit.answering_cards(node) {
            Err(error) => Why::UnreadableGpu {
                error: error.to_string(),
            },
            Ok(answering) => Why::Cards {
                answering,
                wanted: wanted_gpus,
                bound_to: unit.pinned().map(ToString::to_string),
            },
        },
        Refusal::Memory => Why::Memory {
            free: free_memory,
            wanted: resources.memory.quantity.0,
        },
        Refusal::RamVolume(at) => {
            let wanted = resources.memory.quantity.0.saturating_add(volume(at).1);
            Why::Memory {
                free: free_memory,
                wanted,
            }
        }
        Refusal::Ephemeral(at) => {
            let (volume, wanted) = volume(at);
            Why::Ephemeral {
                volume,
                free: left(node.ephemeral, used.ephemeral),
                wanted,
            }
        }
        Refusal::Class(at) => Why::Class {
            volume: volume(at).0,
        },
        Refusal::NoPool(at) => Why::NoPool {
            volume: volume(at).0,
        },
        Refusal::PoolFull(at) => {
            let (volume, wanted) = volume(at);
            Why::PoolFull { volume, wanted }
        }
        Refusal::Nonsense(at) => Why::Nonsense {
            volume: volume(at).0,
        },
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cpu { free, wanted } => write!(f, "{free} milli-CPU free, {wanted} wanted"),
            Self::Gpu { free, wanted } => write!(f, "{free} GPUs free, {wanted} wanted"),
            Self::Cards {
                answering,
                wanted,
                bound_to,
            } => {
                write!(
                    f,
                    "{answering} GPUs of the models asked for, {wanted} wanted"
                )?;
                match bound_to {
                    Some(key) => write!(f, " (bound to {key} since an earlier node)"),
                    None => Ok(()),
                }
            }
            Self::UnreadableGpu { error } => f.write_str(error),
            Self::Memory { free, wanted } => {
                write!(f, "{free} bytes of memory free, {wanted} wanted")
            }
            Self::Ephemeral {
                volume,
                free,
                wanted,
            } => {
                write!(
                    f,
                    "{free} bytes of ephemeral storage free, volume {volume:?} wants {wanted}"
                )
            }
            Self::Class { volume } => {
                write!(
                    f,
                    "the storage class of volume {volume:?} is not on this node"
                )
            }
            Self::NoPool { volume } => {
                write!(
                    f,
                    "the cluster has no storage of the class of volume {volume:?}"
                )
            }
            Self::PoolFull { volume, wanted } => {
                write!(
                    f,
                    "the storage of the class of volume {volume:?} has less than {wanted} bytes left"
                )
            }
            Self::Nonsense { volume } => {
                write!(
                    f,
                    "volume {volume:?} is persistent but names no storage class, or `ram`"
                )
            }
        }
    }
}

impl fmt::Display for Shortage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)?;
        for shortage in &self.nodes {
            write!(f, "; {}: {}", shortage.node, shortage.why)?;
        }
        Ok(())
    }
}
