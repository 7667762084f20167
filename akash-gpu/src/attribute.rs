//! The grammar of GPU attribute keys, and the two different rules by which keys are compared.
//!
//! One GPU has several spellings:
//!
//! | where | spelling |
//! |---|---|
//! | SDL | `vendor: {nvidia: [{model: a100, ram: 80Gi, interface: sxm}]}` |
//! | order, bid | `vendor/nvidia/model/a100/ram/80Gi/interface/sxm` = `true` |
//! | provider on chain | `capabilities/gpu/vendor/nvidia/model/a100/...` = `true` |
//! | node label | `akash.network/capabilities.gpu.vendor.nvidia.model.a100` = count |
//!
//! [`GpuKey`] is the second one. [`chain`] compares it as the chain does when a bid is created,
//! [`provider`] reads it as a provider does before it bids: an order gets a bid only when both agree.

pub mod chain;
pub mod provider;

use crate::interface::Interface;
use crate::memory::{MemorySize, MemorySizeError};
use crate::text;
use crate::vendor::Vendor;
use std::fmt;
use std::str::FromStr;

/// What a provider puts before a [`GpuKey`] in its on-chain attributes.
pub const CAPABILITY_PREFIX: &str = "capabilities/gpu/";

/// What a provider puts before a dotted key in the labels of a node.
pub const LABEL_PREFIX: &str = "akash.network/capabilities.gpu.";

/// The value of every GPU attribute.
pub const VALUE: &str = "true";

/// The key of a GPU attribute in canonical order: vendor, model, then ram, then interface.
///
/// Parsing and printing are inverse. The parts are kept as typed: nothing is lower-cased, and a
/// model nobody knows is a model. Keys with other parts or another order, which a provider still
/// reads, are refused here; see [`provider::parse_key`].
///
/// ```
/// use akash_gpu::{GpuKey, Interface, MemorySize, Vendor};
///
/// let key: GpuKey = "vendor/nvidia/model/a100/ram/80Gi/interface/sxm".parse().unwrap();
/// assert_eq!(key.vendor, Vendor::Nvidia);
/// assert_eq!(key.model, "a100");
/// assert_eq!(key.ram, Some(MemorySize::from_gib(80)));
/// assert_eq!(key.interface, Some(Interface::Sxm));
/// assert_eq!(key.to_string(), "vendor/nvidia/model/a100/ram/80Gi/interface/sxm");
/// assert_eq!(key.capability_key(), format!("capabilities/gpu/{key}"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GpuKey {
    /// The vendor.
    pub vendor: Vendor,
    /// The model: a registry name such as `a100`, the wildcard `*`, a pattern, or empty.
    pub model: String,
    /// Memory of the card, if it matters.
    pub ram: Option<MemorySize>,
    /// Interface of the card, if it matters.
    pub interface: Option<Interface>,
}

impl GpuKey {
    /// A key that names a model and nothing else.
    ///
    /// ```
    /// use akash_gpu::{GpuKey, Vendor};
    /// assert_eq!(GpuKey::new(Vendor::Nvidia, "h100").to_string(), "vendor/nvidia/model/h100");
    /// ```
    #[must_use]
    pub fn new(vendor: Vendor, model: impl Into<String>) -> Self {
        Self {
            vendor,
            model: model.into(),
            ram: None,
            interface: None,
        }
    }

    /// Any model of a vendor.
    #[must_use]
    pub fn any(vendor: Vendor) -> Self {
        Self::new(vendor, "*")
    }

    /// The same key with a memory size.
    #[must_use]
    pub fn with_ram(mut self, ram: MemorySize) -> Self {
        self.ram = Some(ram);
        self
    }

    /// The same key with an interface.
    #[must_use]
    pub fn with_interface(mut self, interface: Interface) -> Self {
        self.interface = Some(interface);
        self
    }

    /// Whether the model is `*`, the only pattern a provider understands.
    #[must_use]
    pub fn is_wildcard(&self) -> bool {
        self.model == "*"
    }

    /// Whether the model is a pattern for the chain.
    #[must_use]
    pub fn is_pattern(&self) -> bool {
        self.model.contains(['*', '?', '[', '\\'])
    }

    /// The key under which a provider publishes this capability on chain.
    #[must_use]
    pub fn capability_key(&self) -> String {
        format!("{CAPABILITY_PREFIX}{self}")
    }

    /// The key of a provider's on-chain attribute, read back. `None` when it is not one of the
    /// `capabilities/gpu/` family; the inner result is the parse of the rest.
    #[must_use]
    pub fn from_capability_key(key: &str) -> Option<Result<Self, KeyError>> {
        key.strip_prefix(CAPABILITY_PREFIX).map(str::parse)
    }

    /// The node label under which a provider publishes the number of such cards.
    ///
    /// ```
    /// use akash_gpu::{GpuKey, Vendor};
    /// assert_eq!(
    ///     GpuKey::new(Vendor::Nvidia, "a100").label(),
    ///     "akash.network/capabilities.gpu.vendor.nvidia.model.a100",
    /// );
    /// ```
    #[must_use]
    pub fn label(&self) -> String {
        format!("{LABEL_PREFIX}{}", self.to_string().replace('/', "."))
    }

    /// The keys a provider should publish for one such card, so that every legal request finds it:
    /// model, model and ram, model and interface, model, ram and interface; sorted.
    ///
    /// The chain compares keys text by text, so a more detailed key does not answer a less detailed
    /// request. The interface is made canonical, because no order can ask for `sxm5`.
    ///
    /// ```
    /// use akash_gpu::GpuKey;
    ///
    /// let card: GpuKey = "vendor/nvidia/model/h100/ram/80Gi/interface/sxm5".parse().unwrap();
    /// let keys: Vec<String> = card.publishable().iter().map(|k| k.capability_key()).collect();
    /// assert_eq!(keys.len(), 4);
    /// assert_eq!(keys[0], "capabilities/gpu/vendor/nvidia/model/h100");
    /// assert_eq!(keys[1], "capabilities/gpu/vendor/nvidia/model/h100/interface/sxm");
    /// ```
    #[must_use]
    pub fn publishable(&self) -> Vec<Self> {
        let bare = Self::new(self.vendor.clone(), self.model.clone());
        let interface = self
            .interface
            .as_ref()
            .map(|i| Interface::canonical(i.as_str()))
            .filter(Interface::is_orderable);
        let mut keys = vec![bare.clone()];
        if let Some(interface) = &interface {
            keys.push(bare.clone().with_interface(interface.clone()));
        }
        if let Some(ram) = self.ram {
            keys.push(bare.clone().with_ram(ram));
            if let Some(interface) = interface {
                keys.push(bare.with_ram(ram).with_interface(interface));
            }
        }
        keys
    }
}

/// Why a text is not a canonical GPU attribute key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// It does not start with `vendor/<vendor>/model/<model>`.
    #[error("GPU attribute key `{key}` must begin with `vendor/<vendor>/model/<model>`")]
    Shape {
        /// The refused key.
        key: String,
    },
    /// A part follows that is not `ram`, then `interface`, each once and with a value.
    #[error(
        "GPU attribute key `{key}` has `{part}` where only `ram/<n>Gi` and then \
         `interface/<interface>` may follow the model"
    )]
    Part {
        /// The refused key.
        key: String,
        /// The first part that is not expected.
        part: String,
    },
    /// The memory is not a whole number of GiB.
    #[error("in GPU attribute key `{key}`: {source}")]
    Memory {
        /// The refused key.
        key: String,
        /// What is wrong with the memory.
        source: MemorySizeError,
    },
    /// A vendor, model or interface holds a `/`, which would read back as another key.
    #[error("GPU {field} `{value}` must not contain `/`")]
    Slash {
        /// Which part: `vendor`, `model` or `interface`.
        field: &'static str,
        /// Its text.
        value: String,
    },
}

impl FromStr for GpuKey {
    type Err = KeyError;

    fn from_str(key: &str) -> Result<Self, Self::Err> {
        let mut parts = key.split('/');
        let shape = || KeyError::Shape {
            key: key.to_owned(),
        };
        let (Some("vendor"), Some(vendor), Some("model"), Some(model)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(shape());
        };
        let mut parsed = Self::new(Vendor::from(vendor), model);
        let mut part = parts.next();
        if part == Some("ram") {
            let ram = parts.next().ok_or_else(|| unexpected(key, "ram"))?;
            let ram = ram.parse().map_err(|source| KeyError::Memory {
                key: key.to_owned(),
                source,
            })?;
            parsed.ram = Some(ram);
            part = parts.next();
        }
        if part == Some("interface") {
            let interface = parts.next().ok_or_else(|| unexpected(key, "interface"))?;
            parsed.interface = Some(Interface::from(interface));
            part = parts.next();
        }
        match part {
            None => Ok(parsed),
            Some(part) => Err(unexpected(key, part)),
        }
    }
}

fn unexpected(key: &str, part: &str) -> KeyError {
    KeyError::Part {
        key: key.to_owned(),
        part: part.to_owned(),
    }
}

impl GpuKey {
    /// Checks that the key reads back as itself: no part typed by hand holds a `/`.
    ///
    /// # Errors
    /// [`KeyError::Slash`] names the first part that does.
    pub fn check(&self) -> Result<(), KeyError> {
        let interface = self.interface.as_ref().map_or("", Interface::as_str);
        let parts = [
            ("vendor", self.vendor.as_str()),
            ("model", &*self.model),
            ("interface", interface),
        ];
        for (field, value) in parts {
            if value.contains('/') {
                return Err(KeyError::Slash {
                    field,
                    value: value.to_owned(),
                });
            }
        }
        Ok(())
    }
}

impl fmt::Display for GpuKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "vendor/{}/model/{}", self.vendor, self.model)?;
        if let Some(ram) = self.ram {
            write!(f, "/ram/{ram}")?;
        }
        if let Some(interface) = &self.interface {
            write!(f, "/interface/{interface}")?;
        }
        Ok(())
    }
}

text::serde_as_text!(GpuKey);
