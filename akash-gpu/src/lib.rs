#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![forbid(unsafe_code)]

pub mod attribute;
pub mod glob;
mod interface;
mod memory;
pub mod node;
mod text;
mod vendor;

pub use attribute::{GpuKey, KeyError};
pub use interface::Interface;
pub use memory::{GIB, MemorySize, MemorySizeError, QuantityError};
pub use node::{Card, Fit, NoFit, NodeGpus, fit_replica};
pub use vendor::Vendor;
