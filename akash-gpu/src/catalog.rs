//! The table of rentable GPUs: embedded statics, sorted, nothing is parsed at start-up.
//!
//! Two tables stand behind a [`Catalog`]: [`GpuModel`] rows say what a card can do, [`Device`] rows
//! say which PCI device is which model in the public registry (provider-configs `devices/pcie/gpus.json`).
//! A user lays own rows over both. A name nobody knows is a legal model without figures: look-ups
//! answer with nothing and suggestions, never with a refusal.

pub mod alias;
mod devices;
mod display;
mod models;
pub mod registry;

pub use alias::{Resolution, Suggestion};
pub use display::display_name;
pub use registry::{Device, Quirk};

use crate::attribute::GpuKey;
use crate::model::GpuModel;
use crate::vendor::Vendor;
use std::borrow::Cow;

/// All GPUs a program knows.
///
/// ```
/// use akash_gpu::{Catalog, Vendor};
///
/// let catalog = Catalog::embedded();
/// // By attribute key, as orders and bids carry it.
/// let key = "vendor/nvidia/model/a100/ram/80Gi".parse().unwrap();
/// assert_eq!(catalog.by_key(&key).count(), 2); // PCIe and SXM
/// // By PCI id, as a node reports it.
/// assert_eq!(catalog.device(0x10de, 0x2330).unwrap().model, "h100");
/// // Unknown models are simply not in the table.
/// assert!(catalog.model(&Vendor::Nvidia, "rtx9090").is_empty());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Catalog {
    models: Cow<'static, [GpuModel]>,
    devices: Cow<'static, [Device]>,
    aliases: Vec<(String, GpuKey)>,
}

static EMBEDDED: Catalog = Catalog {
    models: Cow::Borrowed(&models::MODELS),
    devices: Cow::Borrowed(&devices::DEVICES),
    aliases: Vec::new(),
};

impl Default for Catalog {
    fn default() -> Self {
        Self::embedded().clone()
    }
}

impl Catalog {
    /// The embedded table. Costs nothing: the rows are statics. Clone it to lay own rows over it.
    #[must_use]
    pub const fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// A table without rows, to be filled by the user.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            models: Cow::Borrowed(&[]),
            devices: Cow::Borrowed(&[]),
            aliases: Vec::new(),
        }
    }

    /// Adds a row, or replaces the row of the same vendor, model, memory and interface.
    ///
    /// ```
    /// use akash_gpu::Catalog;
    ///
    /// let mut row = Catalog::embedded().named("h100").next().unwrap().clone();
    /// row.model = "h100x".into();
    /// let catalog = Catalog::embedded().clone().with_model(row);
    /// assert_eq!(catalog.named("h100x").count(), 1);
    /// ```
    #[must_use]
    pub fn with_model(mut self, model: GpuModel) -> Self {
        let place = self
            .models
            .binary_search_by(|m| m.order().cmp(&model.order()));
        let rows = self.models.to_mut();
        match place {
            Ok(at) => {
                if let Some(row) = rows.get_mut(at) {
                    *row = model;
                }
            }
            Err(at) => rows.insert(at, model),
        }
        self
    }

    /// Adds a device, or replaces that of the same PCI id.
    #[must_use]
    pub fn with_device(mut self, device: Device) -> Self {
        let place = self
            .devices
            .binary_search_by_key(&device.pci(), Device::pci);
        let rows = self.devices.to_mut();
        match place {
            Ok(at) => {
                if let Some(row) = rows.get_mut(at) {
                    *row = device;
                }
            }
            Err(at) => rows.insert(at, device),
        }
        self
    }

    /// Adds another name for a card, found by [`Catalog::resolve`] before the built-in rules.
    ///
    /// ```
    /// use akash_gpu::{Catalog, Resolution};
    ///
    /// let key: akash_gpu::GpuKey = "vendor/nvidia/model/h100".parse().unwrap();
    /// let catalog = Catalog::embedded().clone().with_alias("big-one", key.clone());
    /// let Resolution::Suggested(found) = catalog.resolve("Big One") else { panic!() };
    /// assert_eq!(found[0].key, key);
    /// ```
    #[must_use]
    pub fn with_alias(mut self, name: &str, key: GpuKey) -> Self {
        self.aliases.push((alias::squeeze(name), key));
        self
    }

    /// Every card, sorted by vendor, model, memory and interface.
    #[must_use]
    pub fn models(&self) -> &[GpuModel] {
        &self.models
    }

    /// Every device of the registry, sorted by PCI id.
    #[must_use]
    pub fn devices(&self) -> &[Device] {
        &self.devices
    }

    /// The variants (memory, interface) of one model; empty when it is not known.
    #[must_use]
    pub fn model(&self, vendor: &Vendor, model: &str) -> &[GpuModel] {
        let wanted = (vendor.as_str(), model);
        let name = |m: &GpuModel| (m.vendor.as_str(), &*m.model) < wanted;
        let start = self.models.partition_point(name);
        let rest = self.models.get(start..).unwrap_or_default();
        // Models have few variants; walking is cheaper than a second search.
        let count = rest
            .iter()
            .take_while(|m| m.model == model && m.vendor == *vendor)
            .count();
        rest.get(..count).unwrap_or_default()
    }

    /// The variants of a model of whichever vendor.
    pub fn named<'c>(&'c self, model: &'c str) -> impl Iterator<Item = &'c GpuModel> {
        self.models.iter().filter(move |m| m.model == model)
    }

    /// The cards a request with this key admits, as a provider decides. `*` admits every model of
    /// the vendor; other patterns admit none.
    pub fn by_key<'c>(&'c self, key: &'c GpuKey) -> impl Iterator<Item = &'c GpuModel> {
        let rows = if key.is_wildcard() {
            &*self.models
        } else {
            self.model(&key.vendor, &key.model)
        };
        rows.iter().filter(move |m| m.answers(key))
    }

    /// The registry's device of a PCI vendor and device id.
    #[must_use]
    pub fn device(&self, vendor_id: u16, device_id: u16) -> Option<&Device> {
        let pci = u32::from(vendor_id) << 16 | u32::from(device_id);
        let at = self.devices.binary_search_by_key(&pci, Device::pci).ok()?;
        self.devices.get(at)
    }

    /// What the card behind a PCI id can do. Where the registry states a wrong memory size the true
    /// one decides (see [`Quirk::Memory`]).
    ///
    /// ```
    /// let catalog = akash_gpu::Catalog::embedded();
    /// // 10de:2803 is the 8 GB RTX 4060 Ti, which the registry advertises as 16Gi.
    /// assert_eq!(catalog.device(0x10de, 0x2803).unwrap().memory.gib(), 16);
    /// assert_eq!(catalog.by_pci(0x10de, 0x2803).unwrap().memory.gib(), 8);
    /// ```
    #[must_use]
    pub fn by_pci(&self, vendor_id: u16, device_id: u16) -> Option<&GpuModel> {
        let device = self.device(vendor_id, device_id)?;
        let memory = device.true_memory();
        let variants = self.model(&device.vendor, &device.model);
        let interface = device.interface();
        variants
            .iter()
            .find(|m| m.memory == memory && m.interface == interface)
            .or_else(|| variants.iter().find(|m| m.memory == memory))
    }

    /// The cards a condition holds for.
    ///
    /// ```
    /// use akash_gpu::{Catalog, NumberFormat};
    /// let catalog = Catalog::embedded();
    /// let wide = catalog.by_capability(|m| m.memory_bandwidth_gb_s > Some(4500.0));
    /// assert!(wide.clone().any(|m| m.model == "h200"));
    /// assert!(wide.clone().all(|m| m.supports(NumberFormat::Bf16) == Some(true)));
    /// ```
    pub fn by_capability<'c, P>(
        &'c self,
        condition: P,
    ) -> impl Iterator<Item = &'c GpuModel> + Clone + 'c
    where
        P: Fn(&GpuModel) -> bool + Clone + 'c,
    {
        self.models.iter().filter(move |m| condition(m))
    }
}
