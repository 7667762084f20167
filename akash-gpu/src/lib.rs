#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod attribute;
pub mod catalog;
pub mod compare;
pub mod csv;
pub mod glob;
mod interface;
pub mod lint;
mod memory;
mod model;
pub mod node;
pub mod requirement;
pub mod sizing;
mod text;
mod vendor;

pub use attribute::{GpuKey, KeyError};
pub use catalog::{Catalog, Device, Quirk, Resolution, Suggestion};
pub use interface::Interface;
pub use memory::{GIB, MemorySize, MemorySizeError, QuantityError};
pub use model::{
    ComputeTarget, ComputeTargetError, GpuModel, NumberFormat, NumberFormatError, Registered,
    TensorBasis, Text,
};
pub use node::{Card, Fit, NoFit, NodeGpus, fit_replica};
pub use requirement::{Guarantee, Plan, Requirement, Unmet};
pub use vendor::Vendor;
