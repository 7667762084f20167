//! What the GPU attribute of a bid promises.

use super::Requirement;
use crate::attribute::GpuKey;
use crate::catalog::Catalog;
use crate::interface::Interface;
use crate::memory::MemorySize;
use crate::model::{GpuModel, NumberFormat};
use crate::vendor::Vendor;

/// What holds for *every* card that a key admits: the least of each figure.
///
/// A bid's resource offer carries one key per resource unit: the model reserved, with only those
/// constraints the request had. A request for `a100` alone so gets an A100 of any memory.
///
/// ```
/// use akash_gpu::{Catalog, GpuKey, Guarantee};
///
/// let offer: GpuKey = "vendor/nvidia/model/a100".parse().unwrap();
/// let promise = Guarantee::of(Catalog::embedded(), &offer);
/// assert_eq!(promise.memory.unwrap().gib(), 40);
/// assert_eq!(promise.interface, None);
///
/// // An unknown model still promises what its key says.
/// let offer: GpuKey = "vendor/nvidia/model/x900/ram/99Gi".parse().unwrap();
/// let promise = Guarantee::of(Catalog::embedded(), &offer);
/// assert!(!promise.is_known());
/// assert_eq!(promise.memory.unwrap().gib(), 99);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Guarantee<'c> {
    /// The vendor.
    pub vendor: Vendor,
    /// The model; `None` for the wildcard.
    pub model: Option<String>,
    /// The cards of the catalogue it may be; empty when the model is not known.
    pub cards: Vec<&'c GpuModel>,
    /// Nominal memory, at least.
    pub memory: Option<MemorySize>,
    /// Interface, if it is the same for all.
    pub interface: Option<Interface>,
    /// Memory bandwidth in GB/s, at least.
    pub bandwidth_gb_s: Option<f64>,
    /// GPU-to-GPU link in GB/s, at least.
    pub nvlink_gb_s: Option<f64>,
    /// Formats that all of them work in.
    pub formats: Vec<NumberFormat>,
    /// Partitions, at least.
    pub mig_instances: Option<u8>,
    /// Whether all can do confidential computing.
    pub confidential: bool,
}

impl<'c> Guarantee<'c> {
    /// What a key promises.
    #[must_use]
    pub fn of(catalog: &'c Catalog, key: &'c GpuKey) -> Self {
        let cards: Vec<&GpuModel> = catalog.by_key(key).collect();
        // A wildcard may give a card the catalogue does not know.
        let sure: &[&GpuModel] = if key.is_wildcard() { &[] } else { &cards };
        let least = |figure: fn(&GpuModel) -> Option<f64>| {
            let figures: Option<Vec<f64>> = sure.iter().map(|m| figure(m)).collect();
            figures?.into_iter().reduce(f64::min)
        };
        let same_interface = || {
            let first = sure.first()?.interface.clone();
            sure.iter().all(|m| m.interface == first).then_some(first)
        };
        Self {
            vendor: key.vendor.clone(),
            model: (!key.is_wildcard()).then(|| key.model.clone()),
            memory: key.ram.or_else(|| sure.iter().map(|m| m.memory).min()),
            interface: key.interface.clone().or_else(same_interface),
            bandwidth_gb_s: least(|m| m.memory_bandwidth_gb_s),
            nvlink_gb_s: least(|m| m.nvlink_gb_s),
            formats: NumberFormat::ALL
                .into_iter()
                .filter(|f| !sure.is_empty() && sure.iter().all(|m| m.supports(*f) == Some(true)))
                .collect(),
            mig_instances: sure
                .iter()
                .map(|m| m.mig_instances_max)
                .collect::<Option<Vec<u8>>>()
                .and_then(|all| all.into_iter().min()),
            confidential: !sure.is_empty()
                && sure.iter().all(|m| m.confidential_compute == Some(true)),
            cards,
        }
    }

    /// Whether the catalogue knows the model.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.cards.is_empty()
    }

    /// Whether every card it may be satisfies a requirement. An unknown model or a wildcard only
    /// satisfies one that asks nothing of a card.
    ///
    /// ```
    /// use akash_gpu::{Catalog, Guarantee, MemorySize, Requirement};
    ///
    /// let offer = "vendor/nvidia/model/a100".parse().unwrap();
    /// let promise = Guarantee::of(Catalog::embedded(), &offer);
    /// assert!(promise.satisfies(&Requirement::new(1).memory(MemorySize::from_gib(40))));
    /// assert!(!promise.satisfies(&Requirement::new(1).memory(MemorySize::from_gib(80))));
    /// ```
    #[must_use]
    pub fn satisfies(&self, requirement: &Requirement) -> bool {
        if requirement.is_open() {
            return requirement.vendors.is_empty() || requirement.vendors.contains(&self.vendor);
        }
        // A bid is a real card, wherever its provider has the name from.
        let requirement = Requirement {
            unregistered: true,
            ..requirement.clone()
        };
        self.model.is_some()
            && self.is_known()
            && self
                .cards
                .iter()
                .all(|card| requirement.check(card).is_ok())
    }
}
