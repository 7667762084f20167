//! How weights are stored.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Which parameters a format applies to; the others stay 16-bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Every parameter: 16- and 32-bit formats, and 8-bit ones by this crate's choice.
    All,
    /// Every parameter but the embeddings: 4-bit formats.
    Linear,
    /// Only routed experts, in a model that has them (as gpt-oss is published), else as `Linear`.
    Experts,
}

/// A weight format: bits per weight including scales, and what it applies to.
///
/// | name | bits | why |
/// |---|---|---|
/// | `fp32`; `bf16`, `fp16` | 32; 16 | |
/// | `fp8`, `int8` | 8 | scales per tensor or channel are negligible |
/// | `fp8-block` | 8.002 | one 4-byte scale per 128x128 block (DeepSeek) |
/// | `int4` | 4.156 | GPTQ, AWQ: fp16 scale and 4-bit zero per 128 |
/// | `int4-g32` | 4.5 | fp16 scale per 32 |
/// | `nf4` | 4.5 | fp32 absmax per 64 |
/// | `nf4-dq` | 4.127 | the same, quantised again (QLoRA) |
/// | `mxfp4` | 4.25 | 8-bit scale per 32 |
/// | `nvfp4` | 4.5 | 8-bit scale per 16 |
/// | `q8_0`, `q4_0` | 8.5, 4.5 | GGUF: fp16 scale per 32 |
///
/// GGUF K-quants mix formats per tensor: take the size of the file.
///
/// ```
/// use akash_gpu::sizing::{Precision, Scope};
///
/// let int4: Precision = "int4".parse().unwrap();
/// assert_eq!(int4.bits(), 4.15625);
/// assert_eq!(int4.scope(), Scope::Linear);
/// // Some published sizes count exactly four bits for every parameter.
/// assert_eq!("4bit".parse::<Precision>().unwrap().bits(), 4.0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Precision {
    name: Option<&'static str>,
    /// Bits per weight in 2^-14: every format above is exact in that unit.
    bits_q14: u32,
    scope: Scope,
}

const Q14: u32 = 1 << 14;

impl Precision {
    /// 32-bit floating point.
    pub const FP32: Self = Self::named("fp32", 32 * Q14, Scope::All);
    /// bfloat16.
    pub const BF16: Self = Self::named("bf16", 16 * Q14, Scope::All);
    /// 16-bit IEEE floating point.
    pub const FP16: Self = Self::named("fp16", 16 * Q14, Scope::All);
    /// 8-bit floating point, scale per tensor or channel.
    pub const FP8: Self = Self::named("fp8", 8 * Q14, Scope::All);
    /// 8-bit floating point, 4-byte scale per 128x128 block.
    pub const FP8_BLOCK: Self = Self::named("fp8-block", 8 * Q14 + 32, Scope::All);
    /// 8-bit integers, scale per channel.
    pub const INT8: Self = Self::named("int8", 8 * Q14, Scope::All);
    /// 4-bit integers, groups of 128.
    pub const INT4: Self = Self::named("int4", 4 * Q14 + 20 * 128, Scope::Linear);
    /// 4-bit integers, groups of 32.
    pub const INT4_G32: Self = Self::named("int4-g32", 4 * Q14 + 8192, Scope::Linear);
    /// 4-bit normal float, blocks of 64.
    pub const NF4: Self = Self::named("nf4", 4 * Q14 + 8192, Scope::Linear);
    /// 4-bit normal float with double quantisation.
    pub const NF4_DQ: Self = Self::named("nf4-dq", 4 * Q14 + 2048 + 32, Scope::Linear);
    /// OCP MX 4-bit floating point.
    pub const MXFP4: Self = Self::named("mxfp4", 4 * Q14 + 4096, Scope::Experts);
    /// NVIDIA 4-bit floating point.
    pub const NVFP4: Self = Self::named("nvfp4", 4 * Q14 + 8192, Scope::Linear);
    /// GGUF 8-bit.
    pub const Q8_0: Self = Self::named("q8_0", 8 * Q14 + 8192, Scope::Linear);
    /// GGUF 4-bit.
    pub const Q4_0: Self = Self::named("q4_0", 4 * Q14 + 8192, Scope::Linear);

    /// Every named format.
    pub const ALL: [Self; 14] = [
        Self::FP32,
        Self::BF16,
        Self::FP16,
        Self::FP8,
        Self::FP8_BLOCK,
        Self::INT8,
        Self::INT4,
        Self::INT4_G32,
        Self::NF4,
        Self::NF4_DQ,
        Self::MXFP4,
        Self::NVFP4,
        Self::Q8_0,
        Self::Q4_0,
    ];

    const fn named(name: &'static str, bits_q14: u32, scope: Scope) -> Self {
        Self {
            name: Some(name),
            bits_q14,
            scope,
        }
    }

    /// Bits per weight, scales included.
    #[must_use]
    pub fn bits(self) -> f64 {
        f64::from(self.bits_q14) / f64::from(Q14)
    }

    /// What the format applies to.
    #[must_use]
    pub const fn scope(self) -> Scope {
        self.scope
    }

    /// The same format applied to other parameters.
    #[must_use]
    pub const fn with_scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// Whether weights are stored in fewer than 16 bits.
    #[must_use]
    pub const fn is_quantized(self) -> bool {
        self.bits_q14 < 16 * Q14
    }
}

/// A text that names no weight format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is no weight format; use fp32, bf16, fp16, fp8, fp8-block, int8, int4, int4-g32, nf4, \
     nf4-dq, mxfp4, nvfp4, q8_0, q4_0, or a number of bits such as `4.5bit`"
)]
pub struct PrecisionError {
    /// The refused text.
    pub text: String,
}

impl FromStr for Precision {
    type Err = PrecisionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let lower = text.trim().to_ascii_lowercase();
        // GGUF names are the only ones with an underscore of their own.
        let dashed = lower.replace(['_', ' '], "-");
        let name = match &*dashed {
            "float32" | "f32" => "fp32",
            "bfloat16" => "bf16",
            "float16" | "half" | "f16" => "fp16",
            "float8" | "fp8-e4m3" => "fp8",
            "fp8-blocks" | "fp8-128x128" => "fp8-block",
            "int4-g128" | "int4-group128" | "gptq" | "awq" => "int4",
            "int4-group32" => "int4-g32",
            "nf4-double" | "nf4-double-quant" => "nf4-dq",
            "q8-0" => "q8_0",
            "q4-0" => "q4_0",
            other => other,
        };
        if let Some(found) = Self::ALL.into_iter().find(|p| p.name == Some(name)) {
            return Ok(found);
        }
        let refuse = || PrecisionError {
            text: text.to_owned(),
        };
        let bits: f64 = lower
            .strip_suffix("bit")
            .and_then(|n| n.parse().ok())
            .ok_or_else(refuse)?;
        if !(bits > 0.0 && bits <= 64.0) {
            return Err(refuse());
        }
        let bits_q14 = u32::try_from(super::whole(bits * f64::from(Q14))).map_err(|_| refuse())?;
        Ok(Self {
            name: None,
            bits_q14,
            scope: Scope::All,
        })
    }
}

impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name {
            Some(name) => f.write_str(name),
            None => write!(f, "{}bit", self.bits()),
        }
    }
}

crate::text::serde_as_text!(Precision);
