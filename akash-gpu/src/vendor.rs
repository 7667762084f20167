//! GPU vendors as attributes and PCI ids name them.

use crate::text;
use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// The maker of a GPU. Names are case-sensitive, as on chain and at the provider.
///
/// ```
/// use akash_gpu::Vendor;
///
/// let vendor: Vendor = "nvidia".parse().unwrap();
/// assert_eq!(vendor, Vendor::Nvidia);
/// assert_eq!(vendor.pci_id(), Some(0x10de));
/// // Text the table does not know is kept as it is.
/// assert_eq!("NVIDIA".parse::<Vendor>().unwrap().to_string(), "NVIDIA");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Vendor {
    /// `nvidia`, the only vendor the SDL reads today.
    Nvidia,
    /// `amd`; providers bid on it, but the Go SDL parser drops it.
    Amd,
    /// `intel`; no provider can lease it today: its parser refuses the vendor.
    Intel,
    /// Any other text, kept verbatim. Built by parsing, so it is never one of the known names.
    Other(Cow<'static, str>),
}

impl Vendor {
    /// The attribute text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Nvidia => "nvidia",
            Self::Amd => "amd",
            Self::Intel => "intel",
            Self::Other(text) => text,
        }
    }

    /// The PCI vendor id, when it is a known vendor. Provider status documents leave the
    /// `vendor_id` of a card empty, so it has to be derived from the name.
    #[must_use]
    pub const fn pci_id(&self) -> Option<u16> {
        match self {
            Self::Nvidia => Some(0x10de),
            Self::Amd => Some(0x1002),
            Self::Intel => Some(0x8086),
            Self::Other(_) => None,
        }
    }

    /// The vendor of a PCI vendor id.
    #[must_use]
    pub const fn from_pci_id(id: u16) -> Option<Self> {
        match id {
            0x10de => Some(Self::Nvidia),
            0x1002 => Some(Self::Amd),
            0x8086 => Some(Self::Intel),
            _ => None,
        }
    }

    /// Whether a provider can parse an order that names this vendor.
    #[must_use]
    pub const fn is_leasable(&self) -> bool {
        matches!(self, Self::Nvidia | Self::Amd)
    }
}

impl From<&str> for Vendor {
    fn from(text: &str) -> Self {
        match text {
            "nvidia" => Self::Nvidia,
            "amd" => Self::Amd,
            "intel" => Self::Intel,
            other => Self::Other(Cow::Owned(other.to_owned())),
        }
    }
}

impl FromStr for Vendor {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::from(text))
    }
}

impl fmt::Display for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

text::serde_as_text!(Vendor);
