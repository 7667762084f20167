//! How a provider reads the GPU attributes of an order before it bids
//! (provider `cluster/types/v1beta3/clients/inventory/metrics.go`).
//!
//! Not the chain's rule: there are no patterns but a lone `*`, entries of one model overwrite each
//! other, and one bad key fails the whole request.

use crate::interface::Interface;
use crate::memory::{MemorySize, QuantityError};
use crate::vendor::Vendor;
use serde::{Deserialize, Serialize};

/// What a request says about the cards of one model, beyond its name.
///
/// ```
/// use akash_gpu::attribute::provider::Constraint;
/// assert!(Constraint::default().allows("80Gi", "SXM5"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Constraint {
    /// Memory, compared as text with the inventory's `memory_size`.
    pub ram: Option<MemorySize>,
    /// Interface, compared after making the card's canonical.
    pub interface: Option<Interface>,
}

impl Constraint {
    /// Whether a card with this inventory text satisfies the constraint.
    ///
    /// ```
    /// use akash_gpu::{Interface, attribute::provider::Constraint};
    /// let constraint = Constraint { ram: None, interface: Some(Interface::Sxm) };
    /// assert!(constraint.allows("80Gi", "SXM4"));
    /// assert!(!constraint.allows("80Gi", "PCIe"));
    /// ```
    #[must_use]
    pub fn allows(&self, memory_size: &str, interface: &str) -> bool {
        self.ram.is_none_or(|ram| memory_size.parse() == Ok(ram))
            && self
                .interface
                .as_ref()
                .is_none_or(|wanted| *wanted == Interface::canonical(interface))
    }
}

/// One attribute key as a provider reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// `nvidia` or `amd`.
    pub vendor: Vendor,
    /// The model text; `*` stands for every model that no other entry names.
    pub model: String,
    /// `None` when the key ends with the model; an empty constraint when only unknown pairs follow.
    pub constraint: Option<Constraint>,
}

/// Why a provider refuses a key, and with it the whole request.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// Fewer than four parts or an odd number of them.
    #[error(
        "GPU attribute `{key}` has {parts} parts; a provider needs an even number, at least four"
    )]
    Shape {
        /// The refused key.
        key: String,
        /// Its number of parts.
        parts: usize,
    },
    /// The first part is not `vendor`, or the third not `model`.
    #[error("GPU attribute `{key}` has `{found}` where a provider expects `{expected}`")]
    Word {
        /// The refused key.
        key: String,
        /// What stands there.
        found: String,
        /// `vendor` or `model`.
        expected: &'static str,
    },
    /// A vendor other than `nvidia` and `amd`.
    #[error("providers lease GPUs of the vendors `nvidia` and `amd`, not `{vendor}`")]
    Vendor {
        /// The refused vendor.
        vendor: String,
    },
    /// A `ram` the provider cannot read.
    #[error("providers cannot read GPU memory `{text}`: {source}")]
    Memory {
        /// The refused text.
        text: String,
        /// What is wrong with it.
        source: QuantityError,
    },
    /// An interface other than `pcie` and `sxm`.
    #[error("a GPU interface is `pcie` or `sxm` in lower case, not `{interface}`")]
    Interface {
        /// The refused text.
        interface: String,
    },
}

/// Reads one key as a provider does: `vendor/<v>/model/<m>`, then pairs in any order, of which
/// `ram` and `interface` count (the last of each wins) and others are skipped.
///
/// # Errors
/// The first rule the key breaks.
///
/// ```
/// use akash_gpu::attribute::provider::parse_key;
///
/// let entry = parse_key("vendor/nvidia/model/a100/interface/pcie/ram/81920Mi").unwrap();
/// let constraint = entry.constraint.unwrap();
/// assert_eq!(constraint.ram.unwrap().to_string(), "80Gi");
/// assert!(parse_key("interconnect/group").is_err());
/// ```
pub fn parse_key(key: &str) -> Result<Entry, ParseError> {
    let parts = key.split('/').count();
    if parts < 4 || !parts.is_multiple_of(2) {
        return Err(ParseError::Shape {
            key: key.to_owned(),
            parts,
        });
    }
    let mut rest = key.split('/');
    let mut pair = || Some((rest.next()?, rest.next()?));
    let word = |found: &str, expected| {
        if found == expected {
            return Ok(());
        }
        Err(ParseError::Word {
            key: key.to_owned(),
            found: found.to_owned(),
            expected,
        })
    };
    let (first, vendor) = pair().unwrap_or_default();
    word(first, "vendor")?;
    let (third, model) = pair().unwrap_or_default();
    word(third, "model")?;
    let vendor = Vendor::from(vendor);
    if !vendor.is_leasable() {
        return Err(ParseError::Vendor {
            vendor: vendor.to_string(),
        });
    }
    let mut constraint = None;
    while let Some((name, value)) = pair() {
        let constraint = constraint.get_or_insert_with(Constraint::default);
        match name {
            "ram" => {
                let ram = MemorySize::from_provider_quantity(value).map_err(|source| {
                    ParseError::Memory {
                        text: value.to_owned(),
                        source,
                    }
                })?;
                constraint.ram = Some(ram);
            }
            "interface" => {
                let interface = Interface::from(value);
                if !interface.is_orderable() {
                    return Err(ParseError::Interface {
                        interface: value.to_owned(),
                    });
                }
                constraint.interface = Some(interface);
            }
            _ => {}
        }
    }
    Ok(Entry {
        vendor,
        model: model.to_owned(),
        constraint,
    })
}

/// The GPU attributes of a request as a provider understands them together.
///
/// ```
/// use akash_gpu::Vendor;
/// use akash_gpu::attribute::provider::Request;
///
/// // The second key silently replaces the first one: only 80 GiB cards are left.
/// let request = Request::parse([
///     "vendor/nvidia/model/a100/ram/40Gi",
///     "vendor/nvidia/model/a100/ram/80Gi",
/// ]).unwrap();
/// assert_eq!(request.entries().len(), 1);
/// assert!(request.entry_for(&Vendor::Nvidia, "a100").is_some());
/// assert!(request.entry_for(&Vendor::Nvidia, "h100").is_none());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    entries: Vec<Entry>,
}

impl Request {
    /// Reads the keys in the order of the request; an entry replaces an earlier one of its model.
    ///
    /// # Errors
    /// The first key that cannot be read fails the whole request.
    pub fn parse<'k>(keys: impl IntoIterator<Item = &'k str>) -> Result<Self, ParseError> {
        let mut request = Self::default();
        for key in keys {
            let entry = parse_key(key)?;
            let same = request
                .entries
                .iter_mut()
                .find(|e| e.vendor == entry.vendor && e.model == entry.model);
            match same {
                Some(earlier) => *earlier = entry,
                None => request.entries.push(entry),
            }
        }
        Ok(request)
    }

    /// The entries left, in the order of their models' first mention.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that decides about a card: that of its exact model, else the wildcard's. An exact
    /// entry hides the wildcard even when its constraints fail.
    #[must_use]
    pub fn entry_for(&self, vendor: &Vendor, model: &str) -> Option<&Entry> {
        self.find(vendor.as_str(), model)
    }

    pub(crate) fn find(&self, vendor: &str, model: &str) -> Option<&Entry> {
        let named = |name: &str| {
            self.entries
                .iter()
                .find(|e| e.model == name && e.vendor.as_str() == vendor)
        };
        named(model).or_else(|| named("*"))
    }
}
