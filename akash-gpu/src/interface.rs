//! How a card is attached: the `interface` part of an attribute key.

use crate::text;
use std::borrow::Cow;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

/// The interface of a card in canonical form.
///
/// SDLs, orders and node labels speak the canonical form (`pcie`, `sxm`); inventory records speak
/// the registry's raw text (`PCIe`, `SXM4`, `SXM5`). Compare only after [`Interface::canonical`].
///
/// ```
/// use akash_gpu::Interface;
///
/// assert_eq!(Interface::canonical("SXM5"), Interface::Sxm);
/// assert_eq!(Interface::canonical("PCIe"), Interface::Pcie);
/// assert_eq!(Interface::canonical("OAM").to_string(), "oam");
/// // Parsing keeps the text: `sxm5` is not an interface an order may name.
/// assert!(!"sxm5".parse::<Interface>().unwrap().is_orderable());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Interface {
    /// `pcie`: a card in a slot.
    Pcie,
    /// `sxm`: a module on a baseboard with a switched link, of any revision.
    Sxm,
    /// Any other text, kept verbatim. Built by parsing, so it is never `pcie` or `sxm`.
    Other(Cow<'static, str>),
}

impl Interface {
    /// The canonical form of a registry text, as providers compute it: lower case; everything that
    /// starts with `sxm` is `sxm`; the rest is unchanged.
    #[must_use]
    pub fn canonical(raw: &str) -> Self {
        let lower = raw.to_lowercase();
        if lower.starts_with("sxm") {
            Self::Sxm
        } else {
            Self::from(lower.as_str())
        }
    }

    /// The attribute text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Pcie => "pcie",
            Self::Sxm => "sxm",
            Self::Other(text) => text,
        }
    }

    /// Whether an SDL may ask for it and a provider can parse it: only `pcie` and `sxm`.
    #[must_use]
    pub const fn is_orderable(&self) -> bool {
        matches!(self, Self::Pcie | Self::Sxm)
    }
}

impl From<&str> for Interface {
    fn from(text: &str) -> Self {
        match text {
            "pcie" => Self::Pcie,
            "sxm" => Self::Sxm,
            other => Self::Other(Cow::Owned(other.to_owned())),
        }
    }
}

impl FromStr for Interface {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self::from(text))
    }
}

impl fmt::Display for Interface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

text::serde_as_text!(Interface);
