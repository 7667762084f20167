//! The public device registry (provider-configs): PCI id to model, and where it is inconsistent.
//!
//! A provider's node discovery looks a card up by vendor and device id; subsystem ids are not
//! consulted, and a device that is not listed is skipped silently: its node has GPUs that no order
//! can reach. The registry of 98 devices (96 NVIDIA, 2 AMD, 74 models) has these irregularities:
//!
//! | what | where | handled by |
//! |---|---|---|
//! | wrong memory | 10de:2803 is the 8 GB RTX 4060 Ti, listed with 16Gi | [`Quirk::Memory`]; [`crate::Catalog::by_pci`] answers with the 8 GB card |
//! | one id, two cards | 10de:1e30, 1e78 (Quadro RTX 6000 / 8000), 28b0 (RTX 2000 / 2000E Ada) | [`Quirk::SharedId`] |
//! | one name, two cards | `p2000` (5 GB desktop, 4 GB laptop), `gtx960` (2 and 4 GB) | rows per memory size; [`Quirk::SharedName`] |
//! | subsystem ids | 10de:f297 (an RTX 4090 board), 147f (an A100 board) | [`Quirk::SubsystemId`] |
//! | misnamed | 1002:66a1 is `mi60`, the PCI list says Radeon Pro VII / MI50 32 GB | [`Quirk::OtherName`] |
//! | misleading names | `a5000` but `rtxa6000`; `rtx4000`, `rtx5000`, `rtx6000`, `rtx8000` are Turing, not Ada | aliases; [`Quirk::Naming`] |
//! | laptop parts | `mx150`, `gtx1650ti`, `rtx5090m`, `rtx5000` (only the laptop id is listed) | [`Quirk::Laptop`] |
//! | part of a model | `rtx2060` and `rtx3080` are listed for one chip revision only | [`Quirk::Partial`] |
//! | interface text | `SXM`, `SXM2`, `SXM3`, `SXM4`, `SXM5`, `PCIe` | [`crate::Interface::canonical`] |
//! | not listed | B200, B300, GB200, GH200, H100 NVL, L4, L40, L40S, A10, A16, A30, A2, RTX Ada 5000/6000, all RX and Intel parts | [`crate::Registered::No`] |

use crate::attribute::GpuKey;
use crate::csv::{CsvError, Record, Table};
use crate::interface::Interface;
use crate::memory::MemorySize;
use crate::model::Text;
use crate::node::Card;
use crate::vendor::Vendor;
use serde::{Deserialize, Serialize};

/// One device of the registry.
///
/// ```
/// let device = akash_gpu::Catalog::embedded().device(0x10de, 0x20b2).unwrap().clone();
/// assert_eq!(device.key().to_string(), "vendor/nvidia/model/a100/ram/80Gi/interface/sxm");
/// assert_eq!(device.interface_text, "SXM4");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// PCI vendor id.
    pub vendor_id: u16,
    /// PCI device id.
    pub device_id: u16,
    /// The vendor.
    pub vendor: Vendor,
    /// The registry's model name.
    pub model: Text,
    /// The registry's raw interface text, such as `SXM4`.
    pub interface_text: Text,
    /// The memory the registry advertises.
    pub memory: MemorySize,
    /// The name in the public PCI id list, if it is there.
    pub pci_name: Text,
    /// What is irregular about the entry, in words.
    pub note: Text,
}

/// An irregularity of a registry entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Quirk {
    /// The advertised memory is not the card's; the card has this much.
    Memory(MemorySize),
    /// Two different cards share the id, so the entry may describe the other one.
    SharedId,
    /// The model name covers cards with different memory.
    SharedName,
    /// The id is a board's subsystem id, which node discovery never looks up.
    SubsystemId,
    /// The public PCI id list gives the device another name.
    OtherName,
    /// The model name breaks the rule its neighbours follow.
    Naming,
    /// A laptop part.
    Laptop,
    /// Only some chips sold under this name are listed.
    Partial,
    /// The interface text has no revision, and the part is custom.
    Custom,
}

impl Device {
    /// Vendor and device id as one sortable number.
    #[must_use]
    pub const fn pci(&self) -> u32 {
        // Widening casts; `From` is not const.
        (self.vendor_id as u32) << 16 | self.device_id as u32
    }

    /// The canonical interface.
    #[must_use]
    pub fn interface(&self) -> Interface {
        Interface::canonical(&self.interface_text)
    }

    /// The full attribute key a provider publishes for it.
    #[must_use]
    pub fn key(&self) -> GpuKey {
        self.card().key()
    }

    /// The inventory record of such a card.
    #[must_use]
    pub fn card(&self) -> Card {
        let memory = self.memory.to_string();
        Card::new(
            self.vendor.as_str(),
            &self.model,
            &memory,
            &self.interface_text,
        )
    }

    /// The known irregularity of this entry.
    #[must_use]
    pub const fn quirk(&self) -> Option<Quirk> {
        Some(match (self.vendor_id, self.device_id) {
            (0x10de, 0x2803) => Quirk::Memory(MemorySize::from_gib(8)),
            (0x10de, 0x1e30 | 0x1e78 | 0x28b0) => Quirk::SharedId,
            (0x10de, 0x1401 | 0x1cba) => Quirk::SharedName,
            (0x10de, 0xf297 | 0x147f) => Quirk::SubsystemId,
            (0x1002, 0x66a1) | (0x10de, 0x1df0) => Quirk::OtherName,
            (0x10de, 0x2231 | 0x233b | 0x1eb1 | 0x27b0) => Quirk::Naming,
            (0x10de, 0x1f95 | 0x1d10 | 0x1eb5 | 0x2c58) => Quirk::Laptop,
            (0x10de, 0x1e89 | 0x2216) => Quirk::Partial,
            (0x10de, 0x20b3) => Quirk::Custom,
            _ => return None,
        })
    }

    /// The memory the card really has.
    #[must_use]
    pub const fn true_memory(&self) -> MemorySize {
        match self.quirk() {
            Some(Quirk::Memory(memory)) => memory,
            _ => self.memory,
        }
    }

    /// Reads rows with the columns of the crate's `data/gpus.csv`.
    ///
    /// # Errors
    /// The first record that cannot be read.
    pub fn from_csv(text: &str) -> Result<Vec<Self>, CsvError> {
        Table::parse(text)?.read(Self::from_record)
    }

    fn from_record(record: &Record<'_>) -> Result<Self, CsvError> {
        let owned = |column| record.text(column).map(|t| Text::Owned(t.to_owned()));
        let id = |column| {
            let text = record.text(column)?;
            u16::from_str_radix(text, 16).map_err(|_| record.bad(column, "four hex digits"))
        };
        Ok(Self {
            vendor_id: id("pci_vendor_id")?,
            device_id: id("pci_device_id")?,
            vendor: Vendor::from(record.text("vendor")?),
            model: owned("model")?,
            interface_text: owned("interface_registry")?,
            memory: record.required("memory_registry", "a memory size such as `80Gi`")?,
            pci_name: owned("pci_ids_name")?,
            note: owned("note")?,
        })
    }
}
