//! Placing replicas on nodes.

mod unit;

use super::cluster::Cluster;
use crate::bid::ResourceOffer;
use akash_gpu::{GpuKey, attribute::VALUE};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::ResourceUnit;
use std::collections::BTreeMap;
pub(crate) use unit::is_true;
pub(super) use unit::{Refusal, Unit, left, left_cpu};

/// Replicas of one unit on one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// Position of the unit in the group.
    pub unit: usize,
    /// Position of the node in the cluster.
    pub node: usize,
    /// How many replicas.
    pub count: u32,
}

/// What the cluster's scheduler is told about a unit's GPUs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SchedulerParams {
    /// Vendor, lower case.
    pub vendor: String,
    /// Model.
    pub model: String,
    /// Container runtime class: `nvidia` for that vendor, else empty.
    pub runtime_class: String,
}

/// How a group fits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fit {
    /// Where the replicas go, in the order in which they were placed (last unit first).
    pub placements: Vec<Placement>,
    /// The GPU that each unit with GPUs gets: position of the unit and concrete key.
    pub gpus: Vec<(usize, GpuKey)>,
}

impl Fit {
    /// The GPU of the unit at a position of the group.
    #[must_use]
    pub fn gpu(&self, unit: usize) -> Option<&GpuKey> {
        self.gpus
            .iter()
            .find(|(u, _)| *u == unit)
            .map(|(_, key)| key)
    }

    /// The resources offer of the bid: the units in their order, wildcards replaced by the concrete GPU. `units` are
    /// those that were fitted.
    #[must_use]
    pub fn offer(&self, units: &[ResourceUnit]) -> Vec<ResourceOffer> {
        let offered = |(position, unit): (usize, &ResourceUnit)| {
            let mut resources = unit.resources.clone();
            if let Some(key) = self.gpu(position) {
                resources.gpu.attributes = vec![Attribute::new(key.to_string(), VALUE)];
            }
            ResourceOffer {
                resources,
                count: unit.count,
            }
        };
        units.iter().enumerate().map(offered).collect()
    }

    /// What the scheduler is told, by unit id; `None` for a unit without GPUs. Units without replicas are left out; of
    /// several units with one id the first decides.
    #[must_use]
    pub fn scheduler_params(
        &self,
        units: &[ResourceUnit],
    ) -> BTreeMap<u32, Option<SchedulerParams>> {
        let params = |key: &GpuKey| SchedulerParams {
            vendor: key.vendor.as_str().to_lowercase(),
            model: key.model.clone(),
            runtime_class: if key.vendor == akash_gpu::Vendor::Nvidia {
                "nvidia"
            } else {
                ""
            }
            .to_owned(),
        };
        let placed = units
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, unit)| unit.count > 0);
        placed
            .map(|(at, unit)| (unit.resources.id, self.gpu(at).map(params)))
            .collect()
    }
}

/// Why a group does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoFit {
    /// No node takes the next replica.
    #[error(
        "insufficient capacity: {placed} of {wanted} replicas of resource unit {unit} can be placed"
    )]
    Capacity {
        /// Id of the unit that does not fit.
        unit: u32,
        /// Its position in the group; units are placed from the last to the first.
        position: usize,
        /// Replicas that found a place.
        placed: u32,
        /// Replicas asked for.
        wanted: u32,
    },
    /// Replicas of one unit would get different resources.
    #[error(
        "group resource mismatch: the replicas of resource unit {unit} would get different GPUs"
    )]
    Mismatch {
        /// Id of the unit.
        unit: u32,
    },
}

impl NoFit {
    /// The reference's text for this error.
    #[must_use]
    pub const fn reference_text(&self) -> &'static str {
        match self {
            Self::Capacity { .. } => "insufficient capacity",
            Self::Mismatch { .. } => "group resource mismatch",
        }
    }
}

/// What is given away: the only part of a cluster that changes while groups are placed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Used {
    pub(super) nodes: Vec<NodeUse>,
    pub(super) pools: Vec<i64>,
}

/// What is given away of one node.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct NodeUse {
    pub(super) cpu: i64,
    pub(super) memory: i64,
    pub(super) ephemeral: i64,
    pub(super) gpu: i64,
}

impl Used {
    pub(super) fn of(cluster: &Cluster) -> Self {
        let node = |n: &super::Node| NodeUse {
            cpu: n.cpu.allocated,
            memory: n.memory.allocated,
            ephemeral: n.ephemeral.allocated,
            gpu: n.gpu.allocated,
        };
        Self {
            nodes: cluster.nodes.iter().map(node).collect(),
            pools: cluster.pools.iter().map(|p| p.amount.allocated).collect(),
        }
    }

    pub(super) fn store(&self, cluster: &mut Cluster) {
        for (node, used) in cluster.nodes.iter_mut().zip(&self.nodes) {
            node.cpu.allocated = used.cpu;
            node.memory.allocated = used.memory;
            node.ephemeral.allocated = used.ephemeral;
            node.gpu.allocated = used.gpu;
        }
        for (pool, used) in cluster.pools.iter_mut().zip(&self.pools) {
            pool.amount.allocated = *used;
        }
    }
}

impl Cluster {
    /// Whether the units fit, without taking anything.
    ///
    /// Units are placed from the last to the first, each from the first node on, replicas filling a node before they
    /// spill to the next. There is no way back: a packing may exist and still be refused, as by the reference.
    ///
    /// # Errors
    /// [`NoFit`]; see [`Cluster::explain`] for the reasons node by node.
    pub fn fit(&self, units: &[ResourceUnit]) -> Result<Fit, NoFit> {
        place(self, &mut Used::of(self), units).map_err(|failure| failure.reason)
    }

    /// Places the units and takes what they need.
    ///
    /// # Errors
    /// [`NoFit`]; nothing is taken then.
    pub fn adjust(&mut self, units: &[ResourceUnit]) -> Result<Fit, NoFit> {
        let mut used = Used::of(self);
        let fit = place(self, &mut used, units).map_err(|failure| failure.reason)?;
        used.store(self);
        Ok(fit)
    }
}

/// A failed attempt and what it had placed, still taken.
pub(super) struct Failure<'g> {
    pub(super) reason: NoFit,
    pub(super) placements: Vec<Placement>,
    /// The unit that found no place, as pinned so far.
    pub(super) unit: Unit<'g>,
}

/// Places in place. After a failure the caller undoes with [`give_back`].
pub(super) fn place<'g>(
    cluster: &Cluster,
    used: &mut Used,
    units: &'g [ResourceUnit],
) -> Result<Fit, Box<Failure<'g>>> {
    let mut fit = Fit::default();
    for (position, spec) in units.iter().enumerate().rev() {
        let mut unit = Unit::new(cluster, spec);
        let wanted = spec.count;
        let result = place_unit(cluster, used, position, &mut unit, &mut fit.placements);
        let left = match result {
            Ok(left) => left,
            Err(Mismatch) => {
                let reason = NoFit::Mismatch {
                    unit: spec.resources.id,
                };
                return Err(Box::new(Failure {
                    reason,
                    placements: fit.placements,
                    unit,
                }));
            }
        };
        // A unit without replicas still needs a node to be looked at on.
        if left > 0 || cluster.nodes.is_empty() {
            let placed = wanted.saturating_sub(left);
            let reason = NoFit::Capacity {
                unit: spec.resources.id,
                position,
                placed,
                wanted,
            };
            return Err(Box::new(Failure {
                reason,
                placements: fit.placements,
                unit,
            }));
        }
        if wanted > 0
            && let Some(key) = unit.into_pinned()
        {
            fit.gpus.push((position, key));
        }
    }
    Ok(fit)
}

/// Two replicas of a unit would get different GPUs.
struct Mismatch;

/// Places the replicas of one unit; how many are left.
fn place_unit(
    cluster: &Cluster,
    used: &mut Used,
    position: usize,
    unit: &mut Unit<'_>,
    placements: &mut Vec<Placement>,
) -> Result<u32, Mismatch> {
    let mut left = unit.count();
    for node in 0..cluster.nodes.len() {
        if left == 0 {
            break;
        }
        // The unit may be pinned to a GPU model only until a replica was placed on an earlier node.
        let may_pin = left == unit.count();
        let mut here = 0_u32;
        let refusal = loop {
            if left == 0 {
                break None;
            }
            match unit.try_place(cluster, used, node, may_pin) {
                Err(refusal) => break Some(refusal),
                Ok(outcome) => {
                    left = left.saturating_sub(1);
                    here = here.saturating_add(1);
                    if outcome.mismatch {
                        push(placements, position, node, here);
                        return Err(Mismatch);
                    }
                    if outcome.repeats && left > 0 {
                        let more = unit.take_more(cluster, used, node, left);
                        left = left.saturating_sub(more);
                        here = here.saturating_add(more);
                    }
                }
            }
        };
        push(placements, position, node, here);
        if refusal.is_some_and(Refusal::stops_all) {
            break;
        }
    }
    Ok(left)
}

fn push(placements: &mut Vec<Placement>, unit: usize, node: usize, count: u32) {
    if count > 0 {
        placements.push(Placement { unit, node, count });
    }
}

/// Gives back what placements took.
pub(super) fn give_back(
    cluster: &Cluster,
    used: &mut Used,
    units: &[ResourceUnit],
    placements: &[Placement],
) {
    for placement in placements {
        if let Some(spec) = units.get(placement.unit) {
            Unit::new(cluster, spec).give_back(used, placement.node, placement.count);
        }
    }
}
