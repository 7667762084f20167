//! Attribute keys that admit only cards that satisfy a requirement.

use super::Requirement;
use crate::attribute::GpuKey;
use crate::catalog::Catalog;
use crate::interface::Interface;
use crate::memory::MemorySize;
use crate::model::{GpuModel, Registered};
use crate::vendor::Vendor;
use serde::{Deserialize, Serialize};

/// The GPU attributes to ask for.
///
/// A provider keeps only one key per model of a list, so a model of which some variants satisfy the
/// requirement and others do not may need several lists: one per placement of the SDL, each a
/// separate group that gets its own bids. The first list holds every model once and is the one to
/// use when there is only one placement.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// GPUs of one replica.
    pub units: u32,
    /// Lists of keys, each sorted and with one key per model; empty when no card satisfies.
    pub placements: Vec<Vec<GpuKey>>,
}

impl Plan {
    /// Every key of every list.
    pub fn keys(&self) -> impl Iterator<Item = &GpuKey> {
        self.placements.iter().flatten()
    }
}

impl Requirement {
    /// The keys to ask for. Sound: every card of the catalogue that a key admits (and that the
    /// registry lists, unless `unregistered`) satisfies the requirement. Complete: every card that
    /// satisfies it and can be named is admitted by a key of some list.
    ///
    /// ```
    /// use akash_gpu::{Catalog, MemorySize, Requirement};
    ///
    /// // The A100 comes with 40, 64 and 80 GiB: two keys, which one list cannot hold.
    /// let need = Requirement::new(1).model("a100").memory(MemorySize::from_gib(60));
    /// let plan = need.plan(Catalog::embedded());
    /// assert_eq!(plan.placements.len(), 2);
    /// assert_eq!(plan.placements[0][0].to_string(), "vendor/nvidia/model/a100/ram/80Gi");
    /// assert_eq!(plan.placements[1][0].to_string(), "vendor/nvidia/model/a100/ram/64Gi");
    /// ```
    #[must_use]
    pub fn plan(&self, catalog: &Catalog) -> Plan {
        let mut plan = Plan {
            units: self.units,
            placements: Vec::new(),
        };
        if self.is_open() {
            let vendors = if self.vendors.is_empty() {
                vec![Vendor::Nvidia]
            } else {
                self.vendors.clone()
            };
            let mut keys: Vec<GpuKey> = vendors
                .into_iter()
                .filter(Vendor::is_leasable)
                .map(GpuKey::any)
                .collect();
            keys.sort();
            keys.dedup();
            if !keys.is_empty() {
                plan.placements.push(keys);
            }
            return plan;
        }
        let mut rest: &[GpuModel] = catalog.models();
        while let Some(first) = rest.first() {
            let variants = catalog.model(&first.vendor, &first.model);
            rest = rest.get(variants.len().max(1)..).unwrap_or_default();
            for (at, key) in self.keys_of(variants).into_iter().enumerate() {
                match plan.placements.get_mut(at) {
                    Some(list) => list.push(key),
                    None => plan.placements.push(vec![key]),
                }
            }
        }
        for list in &mut plan.placements {
            list.sort();
        }
        plan
    }

    /// Keys that together admit exactly the satisfying variants of one model, the widest first.
    fn keys_of(&self, variants: &[GpuModel]) -> Vec<GpuKey> {
        let offered: Vec<&GpuModel> = variants
            .iter()
            .filter(|m| self.unregistered || m.in_registry == Registered::Yes)
            .collect();
        let mut open: Vec<&GpuModel> = offered
            .iter()
            .copied()
            .filter(|m| self.check(m).is_ok())
            .collect();
        let mut keys = Vec::new();
        while !open.is_empty() {
            let widest = open
                .iter()
                .flat_map(|m| shapes(m))
                .filter(|key| {
                    offered
                        .iter()
                        .all(|m| !m.answers(key) || self.check(m).is_ok())
                })
                .map(|key| (open.iter().filter(|m| m.answers(&key)).count(), key))
                // The most cards; then the largest memory, then the shortest key.
                .max_by(|(a, ka), (b, kb)| {
                    let size = |k: &GpuKey| k.ram.map_or(u64::MAX, MemorySize::gib);
                    let parts =
                        |k: &GpuKey| u8::from(k.ram.is_some()) + u8::from(k.interface.is_some());
                    a.cmp(b)
                        .then(size(ka).cmp(&size(kb)))
                        .then(parts(kb).cmp(&parts(ka)))
                        .then(kb.cmp(ka))
                });
            // A card no key can single out (its interface has no name in orders) is left out.
            let Some((_, key)) = widest else { break };
            open.retain(|m| !m.answers(&key));
            keys.push(key);
        }
        keys
    }
}

/// The keys a request can name a card by.
fn shapes(card: &GpuModel) -> Vec<GpuKey> {
    let bare = GpuKey::new(card.vendor.clone(), &*card.model);
    let mut shapes = vec![bare.clone(), bare.clone().with_ram(card.memory)];
    if Interface::is_orderable(&card.interface) {
        let with = bare.with_interface(card.interface.clone());
        shapes.push(with.clone().with_ram(card.memory));
        shapes.push(with);
    }
    shapes
}
