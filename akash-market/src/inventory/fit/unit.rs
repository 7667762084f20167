//! One resource unit while it is being placed.

use super::{NodeUse, Used};
use crate::inventory::cluster::{Amount, Cluster, Node};
use akash_gpu::attribute::provider::{ParseError, Request};
use akash_gpu::node::choose_cards;
use akash_gpu::{GpuKey, NoFit as NoCards};
use akash_sdl::attribute::Attribute;
use akash_sdl::group::ResourceUnit;
use akash_sdl::resource::Storage;

/// A unit with its volumes sorted out and its GPU request parsed once.
pub(in crate::inventory) struct Unit<'g> {
    spec: &'g ResourceUnit,
    volumes: Vec<Volume<'g>>,
    /// The GPU request; after pinning, that for the concrete model. `None` until a node with free GPUs is met.
    request: Option<Result<Request, ParseError>>,
    pinned: Option<GpuKey>,
}

/// Where a volume comes from.
#[derive(Debug, Clone, Copy)]
struct Volume<'g> {
    bytes: u64,
    kind: Kind<'g>,
}

#[derive(Debug, Clone, Copy)]
enum Kind<'g> {
    Memory,
    Ephemeral,
    /// A persistent class and the pool that has it.
    Pool {
        class: &'g str,
        pool: Option<usize>,
    },
    /// Persistent without a class, or of class `ram`.
    Nonsense,
}

/// Why a replica can't be placed on a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::inventory) enum Refusal {
    Cpu,
    NoFreeGpu,
    UnreadableGpu,
    Cards,
    FreeGpus,
    Memory,
    /// Memory for the RAM volume at a position.
    RamVolume(usize),
    Ephemeral(usize),
    Class(usize),
    NoPool(usize),
    PoolFull(usize),
    Nonsense(usize),
}

impl Refusal {
    /// Whether the reference gives up on the whole group and not only on this node.
    pub(in crate::inventory) const fn stops_all(self) -> bool {
        matches!(
            self,
            Self::NoPool(_) | Self::PoolFull(_) | Self::Nonsense(_)
        )
    }
}

/// A replica was placed.
pub(super) struct Outcome {
    /// It got another GPU than earlier replicas.
    pub(super) mismatch: bool,
    /// The next one on this node gets the same.
    pub(super) repeats: bool,
}

fn kind_of<'g>(volume: &'g Storage, cluster: &Cluster) -> Kind<'g> {
    let value = |key| {
        volume
            .attributes
            .iter()
            .find(|a: &&Attribute| a.key == key)
            .map(|a| &*a.value)
    };
    let class = value("class").unwrap_or_default();
    if !value("persistent").is_some_and(is_true) {
        return if class == "ram" {
            Kind::Memory
        } else {
            Kind::Ephemeral
        };
    }
    if class.is_empty() || class == "ram" {
        return Kind::Nonsense;
    }
    Kind::Pool {
        class,
        pool: cluster.pools.iter().position(|p| p.class == class),
    }
}

/// The texts that read as true.
pub(crate) fn is_true(text: &str) -> bool {
    matches!(text, "1" | "t" | "T" | "TRUE" | "true" | "True")
}

impl<'g> Unit<'g> {
    pub(in crate::inventory) fn new(cluster: &Cluster, spec: &'g ResourceUnit) -> Self {
        let volume = |v: &'g Storage| Volume {
            bytes: v.quantity.0,
            kind: kind_of(v, cluster),
        };
        Self {
            spec,
            volumes: spec.resources.storage.iter().map(volume).collect(),
            request: None,
            pinned: None,
        }
    }

    pub(in crate::inventory) const fn spec(&self) -> &'g ResourceUnit {
        self.spec
    }

    pub(super) const fn count(&self) -> u32 {
        self.spec.count
    }

    pub(super) fn into_pinned(self) -> Option<GpuKey> {
        self.pinned
    }

    fn cpu(&self) -> u64 {
        self.spec.resources.cpu.units.0
    }

    fn memory(&self) -> u64 {
        self.spec.resources.memory.quantity.0
    }

    fn gpus(&self) -> u64 {
        self.spec.resources.gpu.units
    }

    /// Takes one replica's needs on a node, or nothing.
    pub(super) fn try_place(
        &mut self,
        cluster: &Cluster,
        used: &mut Used,
        node: usize,
        may_pin: bool,
    ) -> Result<Outcome, Refusal> {
        let (Some(capacity), Some(&before)) = (cluster.nodes.get(node), used.nodes.get(node))
        else {
            return Err(Refusal::Cpu);
        };
        let mut after = before;
        if self.cpu() > left_cpu(capacity, &before) {
            return Err(Refusal::Cpu);
        }
        take(&mut after.cpu, self.cpu());
        let mut outcome = Outcome {
            mismatch: false,
            repeats: true,
        };
        if self.gpus() > 0 {
            outcome = self.choose_gpu(capacity, &before, may_pin)?;
            take(&mut after.gpu, self.gpus());
        }
        if self.memory() > left(capacity.memory, after.memory) {
            return Err(Refusal::Memory);
        }
        take(&mut after.memory, self.memory());
        for (position, volume) in self.volumes.iter().enumerate() {
            if let Err(refusal) = volume.take(cluster, capacity, used, &mut after, position) {
                self.give_pools_back(used, position, 1);
                return Err(refusal);
            }
        }
        if let Some(place) = used.nodes.get_mut(node) {
            *place = after;
        }
        Ok(outcome)
    }

    /// The GPU step, which may pin the unit to a model, also when a later step fails.
    fn choose_gpu(
        &mut self,
        node: &Node,
        used: &NodeUse,
        may_pin: bool,
    ) -> Result<Outcome, Refusal> {
        let free = left(node.gpu, used.gpu);
        if free == 0 {
            return Err(Refusal::NoFreeGpu);
        }
        let attributes = &self.spec.resources.gpu.attributes;
        let request = self
            .request
            .get_or_insert_with(|| Request::parse(attributes.iter().map(|a| &*a.key)));
        let Ok(request) = request else {
            return Err(Refusal::UnreadableGpu);
        };
        let units = self.spec.resources.gpu.units;
        let Ok(choice) = choose_cards(&node.cards, units, request) else {
            return Err(Refusal::Cards);
        };
        if units > free {
            return Err(Refusal::FreeGpus);
        }
        let same = self.pinned.as_ref() == Some(&choice.offered);
        if !same && may_pin {
            // The attribute of the bid is read again for the next replica, as the provider reads any other.
            self.request = Some(Request::parse([&*choice.offered.to_string()]));
            self.pinned = Some(choice.offered);
        }
        Ok(Outcome {
            mismatch: !same && !may_pin,
            repeats: same,
        })
    }

    /// Takes as many more equal replicas on a node as are sure to fit, up to `most`; none when it is not sure.
    pub(super) fn take_more(
        &self,
        cluster: &Cluster,
        used: &mut Used,
        node: usize,
        most: u32,
    ) -> u32 {
        let (Some(capacity), Some(place)) = (cluster.nodes.get(node), used.nodes.get_mut(node))
        else {
            return 0;
        };
        let (mut memory, mut ephemeral) = (self.memory(), 0_u64);
        let mut count = u64::from(most);
        let mut limit =
            |free: u64, need: u64| count = count.min(free.checked_div(need).unwrap_or(count));
        limit(left_cpu(capacity, place), self.cpu());
        limit(left(capacity.gpu, place.gpu), self.gpus());
        for volume in &self.volumes {
            match volume.kind {
                Kind::Memory => memory = memory.saturating_add(volume.bytes),
                Kind::Ephemeral => ephemeral = ephemeral.saturating_add(volume.bytes),
                Kind::Pool {
                    pool: Some(pool), ..
                } => {
                    // Volumes of one class share the pool.
                    let need = self.pool_bytes(pool);
                    let taken = used.pools.get(pool).copied().unwrap_or(i64::MAX);
                    let free = cluster.pools.get(pool).map_or(0, |p| left(p.amount, taken));
                    limit(free, need);
                }
                Kind::Pool { pool: None, .. } | Kind::Nonsense => return 0,
            }
        }
        limit(left(capacity.memory, place.memory), memory);
        limit(left(capacity.ephemeral, place.ephemeral), ephemeral);
        let times = |need: u64| need.saturating_mul(count);
        take(&mut place.cpu, times(self.cpu()));
        take(&mut place.gpu, times(self.gpus()));
        take(&mut place.memory, times(memory));
        take(&mut place.ephemeral, times(ephemeral));
        for volume in &self.volumes {
            if let Kind::Pool {
                pool: Some(pool), ..
            } = volume.kind
                && let Some(taken) = used.pools.get_mut(pool)
            {
                take(taken, times(volume.bytes));
            }
        }
        u32::try_from(count).unwrap_or(most)
    }

    /// Bytes of all volumes from one pool.
    fn pool_bytes(&self, wanted: usize) -> u64 {
        let bytes = self.volumes.iter().filter_map(|v| match v.kind {
            Kind::Pool {
                pool: Some(pool), ..
            } if pool == wanted => Some(v.bytes),
            _ => None,
        });
        bytes.fold(0, u64::saturating_add)
    }

    /// Gives replicas on a node back.
    pub(super) fn give_back(&self, used: &mut Used, node: usize, count: u32) {
        if let Some(place) = used.nodes.get_mut(node) {
            let times = |need: u64| need.saturating_mul(count.into());
            give(&mut place.cpu, times(self.cpu()));
            give(&mut place.gpu, times(self.gpus()));
            give(&mut place.memory, times(self.memory()));
            for volume in &self.volumes {
                match volume.kind {
                    Kind::Memory => give(&mut place.memory, times(volume.bytes)),
                    Kind::Ephemeral => give(&mut place.ephemeral, times(volume.bytes)),
                    Kind::Pool { .. } | Kind::Nonsense => {}
                }
            }
        }
        self.give_pools_back(used, self.volumes.len(), count);
    }

    /// Gives the first `volumes` volumes of replicas back to their pools.
    fn give_pools_back(&self, used: &mut Used, volumes: usize, count: u32) {
        for volume in self.volumes.iter().take(volumes) {
            if let Kind::Pool {
                pool: Some(pool), ..
            } = volume.kind
                && let Some(taken) = used.pools.get_mut(pool)
            {
                give(taken, volume.bytes.saturating_mul(count.into()));
            }
        }
    }

    /// The first reason against placing a replica on a node now, as [`Self::try_place`] would find it, and the GPU
    /// reason in detail.
    pub(in crate::inventory) fn refusal(
        &self,
        cluster: &Cluster,
        used: &mut Used,
        node: usize,
    ) -> Option<Refusal> {
        let mut copy = Unit {
            spec: self.spec,
            volumes: self.volumes.clone(),
            request: self.request.clone(),
            pinned: self.pinned.clone(),
        };
        match copy.try_place(cluster, used, node, true) {
            Err(refusal) => Some(refusal),
            Ok(_) => {
                self.give_back(used, node, 1);
                None
            }
        }
    }

    /// How many cards of a node answer the request, or why it can't be read.
    pub(in crate::inventory) fn answering_cards(&self, node: &Node) -> Result<u64, ParseError> {
        let attributes = &self.spec.resources.gpu.attributes;
        let parsed = match &self.request {
            Some(request) => request.clone(),
            None => Request::parse(attributes.iter().map(|a| &*a.key)),
        };
        match choose_cards(&node.cards, u64::MAX, &parsed?) {
            Err(NoCards::Cards { counted, .. }) => Ok(counted),
            _ => Ok(0),
        }
    }

    pub(in crate::inventory) const fn pinned(&self) -> Option<&GpuKey> {
        self.pinned.as_ref()
    }
}

impl Volume<'_> {
    fn take(
        &self,
        cluster: &Cluster,
        node: &Node,
        used: &mut Used,
        place: &mut NodeUse,
        position: usize,
    ) -> Result<(), Refusal> {
        let (amount, taken, refusal) = match self.kind {
            Kind::Nonsense => return Err(Refusal::Nonsense(position)),
            Kind::Memory => (node.memory, &mut place.memory, Refusal::RamVolume(position)),
            Kind::Ephemeral => (
                node.ephemeral,
                &mut place.ephemeral,
                Refusal::Ephemeral(position),
            ),
            Kind::Pool { class, pool } => {
                if !node.storage_classes.iter().any(|c| c == class) {
                    return Err(Refusal::Class(position));
                }
                let pool = pool
                    .and_then(|i| Some((cluster.pools.get(i)?.amount, used.pools.get_mut(i)?)))
                    .ok_or(Refusal::NoPool(position))?;
                (pool.0, pool.1, Refusal::PoolFull(position))
            }
        };
        if self.bytes > left(amount, *taken) {
            return Err(refusal);
        }
        take(taken, self.bytes);
        Ok(())
    }
}

pub(in crate::inventory) fn left(amount: Amount, taken: i64) -> u64 {
    Amount {
        allocated: taken,
        ..amount
    }
    .available()
}

pub(in crate::inventory) fn left_cpu(node: &Node, used: &NodeUse) -> u64 {
    Amount {
        allocated: used.cpu,
        ..node.cpu
    }
    .available_cpu()
}

/// What is taken was available, so it fits `i64`.
fn take(taken: &mut i64, amount: u64) {
    *taken = taken.saturating_add_unsigned(amount);
}

fn give(taken: &mut i64, amount: u64) {
    *taken = taken.saturating_sub_unsigned(amount);
}
