//! From what a workload needs to the GPU attributes of an SDL, and back.
//!
//! A [`Requirement`] is a typed query over the catalogue. [`Requirement::plan`] turns the cards that
//! satisfy it into attribute keys such that **every** card a provider may give for them satisfies it
//! too. [`Guarantee`] is the inverse: what the one key of a bid's resource offer promises.

mod guarantee;
mod plan;

pub use guarantee::Guarantee;
pub use plan::Plan;

use crate::catalog::Catalog;
use crate::interface::Interface;
use crate::memory::MemorySize;
use crate::model::{ComputeTarget, GpuModel, NumberFormat, Registered};
use crate::vendor::Vendor;
use serde::{Deserialize, Serialize};

/// What the GPUs of one replica must be able to do. Everything left out does not matter.
///
/// A figure the catalogue does not know fails a condition on it: a requirement is a promise.
///
/// ```
/// use akash_gpu::{Catalog, MemorySize, NumberFormat, Requirement};
///
/// let need = Requirement::new(8)
///     .memory(MemorySize::from_gib(80))
///     .format(NumberFormat::Fp8)
///     .nvlink_gb_s(900.0);
/// let plan = need.plan(Catalog::embedded());
/// let keys: Vec<String> = plan.placements[0].iter().map(ToString::to_string).collect();
/// assert_eq!(keys, [
///     "vendor/nvidia/model/h100/interface/sxm",
///     "vendor/nvidia/model/h200",
///     "vendor/nvidia/model/h200nvl",
/// ]);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Requirement {
    /// GPUs of one replica, all from one node; at most 24 by protocol.
    pub units: u32,
    /// Only these vendors; empty = any that can be leased.
    pub vendors: Vec<Vendor>,
    /// Only these models; empty = any.
    pub models: Vec<String>,
    /// None of these models.
    pub exclude: Vec<String>,
    /// Nominal memory of each card, at least.
    pub memory: Option<MemorySize>,
    /// Nominal memory of all cards of the replica together, at least.
    pub total_memory: Option<MemorySize>,
    /// Number formats the hardware must work in.
    pub formats: Vec<NumberFormat>,
    /// CUDA compute capability, at least; excludes other vendors.
    pub cuda: Option<(u8, u8)>,
    /// Memory bandwidth in GB/s, at least.
    pub bandwidth_gb_s: Option<f64>,
    /// Dense throughput in a format in TFLOP/s, at least.
    pub tflops: Option<(NumberFormat, f64)>,
    /// GPU-to-GPU link in GB/s, both directions, at least.
    pub nvlink_gb_s: Option<f64>,
    /// Interface.
    pub interface: Option<Interface>,
    /// Partitions (MIG instances) of each card, at least.
    pub mig_instances: Option<u8>,
    /// Confidential computing.
    pub confidential: bool,
    /// Board power in watts, at most.
    pub tdp_w_max: Option<u32>,
    /// Also cards the public registry does not list, under this crate's names for them.
    pub unregistered: bool,
}

impl Default for Requirement {
    fn default() -> Self {
        Self::new(1)
    }
}

/// Why a card does not satisfy a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum Unmet {
    /// Its vendor is not asked for or cannot be leased.
    #[error("the vendor is not wanted or cannot be leased")]
    Vendor,
    /// Its model is not asked for, or is excluded.
    #[error("the model is not wanted")]
    Model,
    /// Too little memory per card.
    #[error("a card has too little memory")]
    Memory,
    /// Too little memory together.
    #[error("the cards together have too little memory")]
    TotalMemory,
    /// A format is missing or not known.
    #[error("the hardware does not work in {0}, or it is not known")]
    Format(NumberFormat),
    /// Compute capability too low or not CUDA.
    #[error("the CUDA compute capability is too low or there is none")]
    Cuda,
    /// Bandwidth too low or not known.
    #[error("the memory bandwidth is too low or not known")]
    Bandwidth,
    /// Throughput too low or not known.
    #[error("the throughput is too low or not known")]
    Throughput,
    /// No or too slow a link.
    #[error("the GPU-to-GPU link is missing, too slow or not known")]
    Link,
    /// Other interface.
    #[error("the interface is another one")]
    Interface,
    /// Too few partitions.
    #[error("too few partitions are possible, or it is not known")]
    Partitions,
    /// No confidential computing.
    #[error("confidential computing is not possible, or it is not known")]
    Confidential,
    /// Too much power or not known.
    #[error("the board draws too much power, or it is not known")]
    Power,
    /// Not in the public registry.
    #[error("the public device registry does not list the card")]
    Registry,
}

impl Requirement {
    /// A requirement of so many GPUs per replica and nothing else.
    #[must_use]
    pub const fn new(units: u32) -> Self {
        Self {
            units,
            vendors: Vec::new(),
            models: Vec::new(),
            exclude: Vec::new(),
            memory: None,
            total_memory: None,
            formats: Vec::new(),
            cuda: None,
            bandwidth_gb_s: None,
            tflops: None,
            nvlink_gb_s: None,
            interface: None,
            mig_instances: None,
            confidential: false,
            tdp_w_max: None,
            unregistered: false,
        }
    }

    /// Nominal memory of each card, at least.
    #[must_use]
    pub const fn memory(mut self, memory: MemorySize) -> Self {
        self.memory = Some(memory);
        self
    }

    /// Nominal memory of all cards together, at least.
    #[must_use]
    pub const fn total_memory(mut self, memory: MemorySize) -> Self {
        self.total_memory = Some(memory);
        self
    }

    /// A number format the hardware must work in.
    #[must_use]
    pub fn format(mut self, format: NumberFormat) -> Self {
        self.formats.push(format);
        self
    }

    /// Only this vendor (and others added the same way).
    #[must_use]
    pub fn vendor(mut self, vendor: Vendor) -> Self {
        self.vendors.push(vendor);
        self
    }

    /// Only this model (and others added the same way).
    #[must_use]
    pub fn model(mut self, model: impl Into<String>) -> Self {
        self.models.push(model.into());
        self
    }

    /// Not this model.
    #[must_use]
    pub fn excluding(mut self, model: impl Into<String>) -> Self {
        self.exclude.push(model.into());
        self
    }

    /// CUDA compute capability, at least.
    #[must_use]
    pub const fn cuda(mut self, major: u8, minor: u8) -> Self {
        self.cuda = Some((major, minor));
        self
    }

    /// Memory bandwidth in GB/s, at least.
    #[must_use]
    pub const fn bandwidth_gb_s(mut self, gb_s: f64) -> Self {
        self.bandwidth_gb_s = Some(gb_s);
        self
    }

    /// GPU-to-GPU link in GB/s, both directions together, at least.
    #[must_use]
    pub const fn nvlink_gb_s(mut self, gb_s: f64) -> Self {
        self.nvlink_gb_s = Some(gb_s);
        self
    }

    /// Only this interface.
    #[must_use]
    pub fn interface(mut self, interface: Interface) -> Self {
        self.interface = Some(interface);
        self
    }

    /// Whether a card satisfies it, or the first reason against.
    ///
    /// # Errors
    /// The first condition the card fails.
    pub fn check(&self, card: &GpuModel) -> Result<(), Unmet> {
        let at_least =
            |figure: Option<f64>, least: Option<f64>| least.is_none_or(|l| figure >= Some(l));
        let met = |condition: bool, unmet: Unmet| if condition { Ok(()) } else { Err(unmet) };
        let vendor = card.vendor.is_leasable()
            && (self.vendors.is_empty() || self.vendors.contains(&card.vendor));
        met(vendor, Unmet::Vendor)?;
        let named = |list: &[String]| list.iter().any(|m| *m == card.model);
        met(
            (self.models.is_empty() || named(&self.models)) && !named(&self.exclude),
            Unmet::Model,
        )?;
        met(
            self.unregistered || card.in_registry == Registered::Yes,
            Unmet::Registry,
        )?;
        met(self.memory.is_none_or(|m| card.memory >= m), Unmet::Memory)?;
        let together = card.memory.gib().saturating_mul(u64::from(self.units));
        met(
            self.total_memory.is_none_or(|m| together >= m.gib()),
            Unmet::TotalMemory,
        )?;
        for format in &self.formats {
            met(card.supports(*format) == Some(true), Unmet::Format(*format))?;
        }
        let cuda = self.cuda.is_none_or(|least| {
            matches!(card.compute, Some(ComputeTarget::Cuda { major, minor }) if (major, minor) >= least)
        });
        met(cuda, Unmet::Cuda)?;
        met(
            at_least(card.memory_bandwidth_gb_s, self.bandwidth_gb_s),
            Unmet::Bandwidth,
        )?;
        let tflops = self
            .tflops
            .is_none_or(|(format, least)| card.tflops(format) >= Some(least));
        met(tflops, Unmet::Throughput)?;
        met(at_least(card.nvlink_gb_s, self.nvlink_gb_s), Unmet::Link)?;
        met(
            self.interface.as_ref().is_none_or(|i| *i == card.interface),
            Unmet::Interface,
        )?;
        let mig = self
            .mig_instances
            .is_none_or(|least| card.mig_instances_max >= Some(least));
        met(mig, Unmet::Partitions)?;
        met(
            !self.confidential || card.confidential_compute == Some(true),
            Unmet::Confidential,
        )?;
        met(
            self.tdp_w_max
                .is_none_or(|w| card.tdp_w.is_some_and(|t| t <= w)),
            Unmet::Power,
        )
    }

    /// The cards of the catalogue that satisfy it, in catalogue order.
    pub fn cards<'c>(&'c self, catalog: &'c Catalog) -> impl Iterator<Item = &'c GpuModel> {
        catalog
            .models()
            .iter()
            .filter(|card| self.check(card).is_ok())
    }

    /// Whether it asks nothing of a card, so that even an unknown one satisfies it.
    #[must_use]
    pub fn is_open(&self) -> bool {
        Self {
            units: self.units,
            vendors: self.vendors.clone(),
            ..Self::new(self.units)
        } == *self
    }
}
