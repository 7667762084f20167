//! The rules no paper fixes.

use crate::memory::GIB;
use crate::model::GpuModel;
use serde::{Deserialize, Serialize};

/// This project's choices, each visible and changeable.
///
/// ```
/// use akash_gpu::sizing::Assumptions;
///
/// let usual = Assumptions::default();
/// // An 80 GB card: 0.97 of 80 GiB is usable, 0.90 of that is used.
/// let allowed = usual.allowed_bytes(80.0) as f64 / (1u64 << 30) as f64;
/// assert!((allowed - 69.84).abs() < 0.001);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Assumptions {
    /// Usable part of the nominal memory read as GiB: 0.97 for HBM and consumer GDDR.
    pub usable: f64,
    /// The same for professional GDDR cards with error correction on, which lose about 6 %: 0.93.
    pub usable_ecc_gddr: f64,
    /// Part of the usable memory an engine takes: 0.90 (the default of vLLM).
    pub utilization: f64,
    /// The part at which a model that does not fit otherwise is called *tight*: 0.97.
    pub tight_utilization: f64,
    /// Runtime context per GPU process, in GiB: 0.75.
    pub runtime_gib: f64,
    /// More of it when several GPUs take part, in GiB: 0.5.
    pub multi_gpu_gib: f64,
    /// Tokens of one prefill chunk, at most: 8192.
    pub prefill_chunk: u64,
    /// The same when checking for *tight*: 2048.
    pub tight_prefill_chunk: u64,
    /// Tokens of a KV page; sequences are rounded up to it: 16.
    pub kv_page: u64,
    /// Largest tensor parallel degree: 8, the GPUs of one node.
    pub tensor_max: u32,
    /// Largest number of GPUs the search tries: 1024.
    pub gpus_max: u32,
    /// Part of the bandwidth bound an engine reaches in practice: 0.7.
    pub bandwidth_efficiency: f64,
    /// Part of the compute bound an engine reaches in practice: 0.45.
    pub compute_efficiency: f64,
    /// Latency of one all-reduce over NVLink, in microseconds: 8.
    pub nvlink_latency_us: f64,
    /// Latency of one all-reduce over PCIe, in microseconds: 30.
    pub pcie_latency_us: f64,
    /// PCIe bandwidth per direction in GB/s where a card has no own link: 32 (PCIe 4 x16).
    pub pcie_gb_s: f64,
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            usable: 0.97,
            usable_ecc_gddr: 0.93,
            utilization: 0.90,
            tight_utilization: 0.97,
            runtime_gib: 0.75,
            multi_gpu_gib: 0.5,
            prefill_chunk: 8192,
            tight_prefill_chunk: 2048,
            kv_page: 16,
            tensor_max: 8,
            gpus_max: 1024,
            bandwidth_efficiency: 0.7,
            compute_efficiency: 0.45,
            nvlink_latency_us: 8.0,
            pcie_latency_us: 30.0,
            pcie_gb_s: 32.0,
        }
    }
}

impl Assumptions {
    /// Bytes an engine may use on a card of this nominal size.
    #[must_use]
    pub fn allowed_bytes(&self, nominal_gib: f64) -> u64 {
        super::whole((nominal_gib * self.usable * self.utilization * super::float(GIB)).floor())
    }

    /// Effective nominal GiB of a card: professional GDDR with error correction counts less, so
    /// that `usable` of the result is what is left.
    ///
    /// ```
    /// use akash_gpu::{Catalog, sizing::Assumptions};
    /// let a40 = Catalog::embedded().named("a40").next().unwrap();
    /// let gib = Assumptions::default().nominal_gib(a40);
    /// assert!((gib * 0.97 - 48.0 * 0.93).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn nominal_gib(&self, card: &GpuModel) -> f64 {
        let gib = super::float(card.memory.gib());
        let professional = card.memory_type.starts_with("GDDR")
            && !["GeForce", "Radeon RX", "Arc"]
                .iter()
                .any(|b| card.marketing_name.starts_with(b));
        if professional && self.usable > 0.0 {
            gib * self.usable_ecc_gddr / self.usable
        } else {
            gib
        }
    }
}
