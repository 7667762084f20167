//! What one GPU can do.

use crate::attribute::GpuKey;
use crate::csv::{CsvError, Record, Table};
use crate::interface::Interface;
use crate::memory::MemorySize;
use crate::text;
use crate::vendor::Vendor;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// Text of a table row: borrowed in the embedded table, owned in a user's.
pub type Text = Cow<'static, str>;

/// One GPU: a model with one memory size and one interface.
///
/// An empty figure is *not known*, never zero. Tensor figures are dense and, where the vendor
/// distinguishes, with FP32 accumulation: half of the sparse figure of a data sheet.
///
/// ```
/// use akash_gpu::{Catalog, NumberFormat};
///
/// let catalog = Catalog::embedded();
/// let key = "vendor/nvidia/model/h100/ram/80Gi/interface/sxm".parse().unwrap();
/// let h100 = catalog.by_key(&key).next().unwrap();
/// assert_eq!(h100.memory_bandwidth_gb_s, Some(3350.0));
/// assert_eq!(h100.tflops(NumberFormat::Bf16), Some(989.5));
/// assert_eq!(h100.supports(NumberFormat::Fp8), Some(true));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GpuModel {
    /// The vendor.
    pub vendor: Vendor,
    /// Name in attributes: the registry's, or our proposal where the registry has none.
    pub model: Text,
    /// Whether a provider with the official registry can offer it.
    pub in_registry: Registered,
    /// The vendor's name for it.
    pub marketing_name: Text,
    /// Canonical interface.
    pub interface: Interface,
    /// Nominal memory.
    pub memory: MemorySize,
    /// Architecture, such as `Hopper`.
    pub architecture: Text,
    /// What compilers target; `None` where there is no such number.
    pub compute: Option<ComputeTarget>,
    /// Memory technology, such as `HBM3` or `GDDR6X`.
    pub memory_type: Text,
    /// Memory bandwidth in GB/s (10^9 bytes).
    pub memory_bandwidth_gb_s: Option<f64>,
    /// Vector FP32 throughput in TFLOP/s.
    pub fp32_tflops: Option<f64>,
    /// Dense TF32 matrix throughput in TFLOP/s.
    pub tf32_tflops: Option<f64>,
    /// Dense FP16 matrix throughput in TFLOP/s; BF16 has the same where supported.
    pub fp16_tflops: Option<f64>,
    /// Whether BF16 is supported.
    pub bf16: bool,
    /// Dense FP8 matrix throughput in TFLOP/s.
    pub fp8_tflops: Option<f64>,
    /// Dense INT8 matrix throughput in TOP/s.
    pub int8_tops: Option<f64>,
    /// Where the matrix figures come from.
    pub tensor_basis: TensorBasis,
    /// GPU-to-GPU link in GB/s per GPU, both directions together.
    pub nvlink_gb_s: Option<f64>,
    /// Board power in watts.
    pub tdp_w: Option<u32>,
    /// Form factor in words.
    pub form_factor: Text,
    /// Partitions (MIG instances) at most; 0 = none; `None` = not known.
    pub mig_instances_max: Option<u8>,
    /// Whether it can run in confidential-computing mode.
    pub confidential_compute: Option<bool>,
    /// Year of release.
    pub release_year: Option<u16>,
    /// Where the figures come from.
    pub source: Text,
}

/// Whether the registry of devices (provider-configs) knows a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Registered {
    /// Model and memory are in the registry.
    Yes,
    /// The model is, but not with this memory.
    OtherMemory,
    /// It is not; the model name is this crate's proposal.
    No,
}

/// Where matrix figures come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TensorBasis {
    /// The vendor's data sheet, sparse figures halved.
    DataSheet,
    /// Per-unit rate of the architecture times the FP32 figure.
    Rate,
    /// No matrix unit, or not known: leave compute bounds open.
    None,
}

/// What compilers target.
///
/// ```
/// use akash_gpu::ComputeTarget;
/// let target: ComputeTarget = "9.0".parse().unwrap();
/// assert!(target >= ComputeTarget::Cuda { major: 8, minor: 9 });
/// assert_eq!("gfx942".parse::<ComputeTarget>().unwrap().to_string(), "gfx942");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComputeTarget {
    /// CUDA compute capability.
    Cuda {
        /// Number before the dot.
        major: u8,
        /// Number behind it.
        minor: u8,
    },
    /// AMD target, such as `gfx942`.
    Gfx(Text),
}

/// A text that is neither `major.minor` nor `gfx...`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("compute target `{0}` is neither a CUDA capability such as `9.0` nor an AMD `gfx` target")]
pub struct ComputeTargetError(String);

impl FromStr for ComputeTarget {
    type Err = ComputeTargetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = || ComputeTargetError(text.to_owned());
        if text.len() > 3 && text.starts_with("gfx") {
            return Ok(Self::Gfx(Cow::Owned(text.to_owned())));
        }
        let (major, minor) = text.split_once('.').ok_or_else(refuse)?;
        let number = |s: &str| {
            let canonical = s == "0" || !s.starts_with(['0', '+']);
            s.parse::<u8>()
                .ok()
                .filter(|_| canonical)
                .ok_or_else(refuse)
        };
        Ok(Self::Cuda {
            major: number(major)?,
            minor: number(minor)?,
        })
    }
}

impl fmt::Display for ComputeTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cuda { major, minor } => write!(f, "{major}.{minor}"),
            Self::Gfx(text) => f.write_str(text),
        }
    }
}

text::serde_as_text!(ComputeTarget);

/// A number format matrix units work in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NumberFormat {
    /// 32-bit floating point (vector units).
    Fp32,
    /// TensorFloat-32.
    Tf32,
    /// 16-bit IEEE floating point.
    Fp16,
    /// bfloat16.
    Bf16,
    /// 8-bit floating point.
    Fp8,
    /// 8-bit integers.
    Int8,
}

impl NumberFormat {
    /// Every format.
    pub const ALL: [Self; 6] = [
        Self::Fp32,
        Self::Tf32,
        Self::Fp16,
        Self::Bf16,
        Self::Fp8,
        Self::Int8,
    ];

    /// Its name in lower case.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Fp32 => "fp32",
            Self::Tf32 => "tf32",
            Self::Fp16 => "fp16",
            Self::Bf16 => "bf16",
            Self::Fp8 => "fp8",
            Self::Int8 => "int8",
        }
    }
}

/// A text that names no number format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no number format; use fp32, tf32, fp16, bf16, fp8 or int8")]
pub struct NumberFormatError(String);

impl FromStr for NumberFormat {
    type Err = NumberFormatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|f| f.as_str() == text)
            .ok_or_else(|| NumberFormatError(text.to_owned()))
    }
}

impl fmt::Display for NumberFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl GpuModel {
    /// The full attribute key of this card. An interface no order may name (`oam`) is left out.
    ///
    /// ```
    /// let model = akash_gpu::Catalog::embedded().named("l40s").next().unwrap();
    /// assert_eq!(model.key().to_string(), "vendor/nvidia/model/l40s/ram/48Gi/interface/pcie");
    /// ```
    #[must_use]
    pub fn key(&self) -> GpuKey {
        let mut key = GpuKey::new(self.vendor.clone(), &*self.model).with_ram(self.memory);
        if self.interface.is_orderable() {
            key.interface = Some(self.interface.clone());
        }
        key
    }

    /// Whether a request with this key admits this card, as a provider decides: vendor and model by
    /// name (or `*`), memory and interface where the key names them.
    #[must_use]
    pub fn answers(&self, key: &GpuKey) -> bool {
        self.vendor == key.vendor
            && (key.is_wildcard() || self.model == key.model)
            && key.ram.is_none_or(|ram| ram == self.memory)
            && key.interface.as_ref().is_none_or(|i| *i == self.interface)
    }

    /// Dense throughput in TFLOP/s (TOP/s for INT8), if known.
    #[must_use]
    pub fn tflops(&self, format: NumberFormat) -> Option<f64> {
        match format {
            NumberFormat::Fp32 => self.fp32_tflops,
            NumberFormat::Tf32 => self.tf32_tflops,
            NumberFormat::Fp16 => self.fp16_tflops,
            NumberFormat::Bf16 => self.fp16_tflops.filter(|_| self.bf16),
            NumberFormat::Fp8 => self.fp8_tflops,
            NumberFormat::Int8 => self.int8_tops,
        }
    }

    /// Whether the hardware works in a format: by its figure, else by its compute target (NVIDIA:
    /// FP8 from 8.9, TF32 from 8.0, INT8 from 6.1, FP16 from 5.3), else not known.
    ///
    /// ```
    /// use akash_gpu::{Catalog, NumberFormat};
    /// let catalog = Catalog::embedded();
    /// let fp8 = |name: &str| catalog.named(name).next().unwrap().supports(NumberFormat::Fp8);
    /// assert_eq!(fp8("rtx4090"), Some(true));
    /// assert_eq!(fp8("a100"), Some(false));
    /// assert_eq!(fp8("max1100"), None);
    /// ```
    #[must_use]
    pub fn supports(&self, format: NumberFormat) -> Option<bool> {
        if format == NumberFormat::Bf16 {
            return Some(self.bf16);
        }
        if format == NumberFormat::Fp32 || self.tflops(format).is_some() {
            return Some(true);
        }
        match &self.compute {
            Some(ComputeTarget::Cuda { major, minor }) => {
                let first = match format {
                    NumberFormat::Fp8 => (8, 9),
                    NumberFormat::Tf32 => (8, 0),
                    NumberFormat::Int8 => (6, 1),
                    _ => (5, 3),
                };
                Some((*major, *minor) >= first)
            }
            // An AMD sheet lists what the part has.
            Some(ComputeTarget::Gfx(_)) => Some(false),
            None => None,
        }
    }

    /// Reads rows with the columns of the crate's `data/gpu-capabilities.csv`; empty cells are
    /// *not known*.
    ///
    /// # Errors
    /// The first record that cannot be read.
    pub fn from_csv(text: &str) -> Result<Vec<Self>, CsvError> {
        Table::parse(text)?.read(Self::from_record)
    }

    fn from_record(record: &Record<'_>) -> Result<Self, CsvError> {
        let owned = |column| record.text(column).map(|t| Text::Owned(t.to_owned()));
        let in_registry = match record.text("in_registry")? {
            "yes" => Registered::Yes,
            "other-memory" => Registered::OtherMemory,
            "no" | "" => Registered::No,
            _ => return Err(record.bad("in_registry", "`yes`, `other-memory` or `no`")),
        };
        let tensor_basis = match record.text("tensor_basis")? {
            "ds" => TensorBasis::DataSheet,
            "rate" => TensorBasis::Rate,
            "none" | "" => TensorBasis::None,
            _ => return Err(record.bad("tensor_basis", "`ds`, `rate` or `none`")),
        };
        Ok(Self {
            vendor: Vendor::from(record.text("vendor")?),
            model: owned("model")?,
            in_registry,
            marketing_name: owned("marketing_name")?,
            interface: Interface::from(record.text("interface")?),
            memory: MemorySize::from_gib(record.required("memory_gib", "a whole number of GiB")?),
            architecture: owned("architecture")?,
            compute: record.optional("compute_target", "a compute target")?,
            memory_type: owned("memory_type")?,
            memory_bandwidth_gb_s: record.figure("memory_bandwidth_gb_s")?,
            fp32_tflops: record.figure("fp32_tflops")?,
            tf32_tflops: record.figure("tf32_dense_tflops")?,
            fp16_tflops: record.figure("fp16_dense_tflops")?,
            bf16: record.flag("bf16_supported")?.unwrap_or(false),
            fp8_tflops: record.figure("fp8_dense_tflops")?,
            int8_tops: record.figure("int8_dense_tops")?,
            tensor_basis,
            nvlink_gb_s: record.figure("nvlink_gb_s")?,
            tdp_w: record.optional("tdp_w", "a whole number of watts")?,
            form_factor: owned("form_factor")?,
            mig_instances_max: record.optional("mig_instances_max", "a small whole number")?,
            confidential_compute: record.flag("confidential_compute")?,
            release_year: record.optional("release_year", "a year")?,
            source: owned("source")?,
        })
    }

    /// Where this card stands in a sorted catalogue.
    pub(crate) fn order(&self) -> (&str, &str, MemorySize, &str) {
        (
            self.vendor.as_str(),
            &self.model,
            self.memory,
            self.interface.as_str(),
        )
    }
}
