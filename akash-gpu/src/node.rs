//! Which cards of a node serve one replica, as the reference provider decides
//! (provider `cluster/kube/operators/clients/inventory/inventory.go`).

use crate::attribute::GpuKey;
use crate::attribute::provider::{ParseError, Request};
use crate::vendor::Vendor;
use serde::{Deserialize, Serialize};

/// One card of a node's inventory record, with the registry's raw texts.
///
/// ```
/// use akash_gpu::Card;
/// let card = Card::new("nvidia", "h100", "80Gi", "SXM5");
/// assert_eq!(card.key().to_string(), "vendor/nvidia/model/h100/ram/80Gi/interface/sxm");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Card {
    /// Vendor name, such as `nvidia`.
    pub vendor: String,
    /// Model name of the registry, such as `a100`.
    pub name: String,
    /// Memory text, such as `80Gi`.
    pub memory_size: String,
    /// Interface text, such as `SXM4` or `PCIe`.
    pub interface: String,
}

impl Card {
    /// A card from its four texts: vendor, name, memory size, interface.
    #[must_use]
    pub fn new(vendor: &str, name: &str, memory_size: &str, interface: &str) -> Self {
        Self {
            vendor: vendor.to_owned(),
            name: name.to_owned(),
            memory_size: memory_size.to_owned(),
            interface: interface.to_owned(),
        }
    }

    /// The full attribute key of the card, interface canonical; memory that is not a whole number
    /// of GiB and an empty interface are left out.
    #[must_use]
    pub fn key(&self) -> GpuKey {
        let mut key = GpuKey::new(Vendor::from(&*self.vendor), self.name.clone());
        key.ram = self.memory_size.parse().ok();
        if !self.interface.is_empty() {
            key.interface = Some(crate::Interface::canonical(&self.interface));
        }
        key
    }
}

/// The GPUs of one node: how many, and the static list of its cards.
///
/// The list does not say which cards are busy, and is empty when the registry knows none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeGpus<'n> {
    /// Cards the node can give to containers.
    pub allocatable: u64,
    /// Cards already given.
    pub allocated: u64,
    /// The node's cards in inventory order (vendor, name, memory size).
    pub cards: &'n [Card],
}

/// What a replica gets on a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fit {
    /// The attribute of the bid: the last counted card's model with the constraints of the request
    /// (never ones it had not). `None` when no GPU was asked.
    pub offered: Option<GpuKey>,
    /// Vendor the scheduler is told.
    pub vendor: String,
    /// Model the scheduler is told.
    pub model: String,
    /// Container runtime class: `nvidia` for that vendor, else empty.
    pub runtime_class: String,
    /// Cards given after this replica is placed.
    pub allocated_after: u64,
}

/// Why a replica does not fit on a node.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoFit {
    /// No card is free.
    #[error("all GPUs of the node are given away")]
    Busy,
    /// The request has a key a provider cannot read.
    #[error(transparent)]
    Parse(#[from] ParseError),
    /// Too few cards of the node answer the request.
    #[error("{counted} cards of the node answer the request, {wanted} are wanted")]
    Cards {
        /// Cards that answer the request.
        counted: u64,
        /// Cards wanted.
        wanted: u64,
    },
    /// Enough cards answer the request but too few are free.
    #[error("{free} GPUs of the node are free, {wanted} are wanted")]
    Free {
        /// Cards neither given nor reserved.
        free: u64,
        /// Cards wanted.
        wanted: u64,
    },
}

/// Whether one replica that wants `units` GPUs fits on a node, and what it gets.
///
/// # Errors
/// The first reason against it, in the provider's order.
///
/// ```
/// use akash_gpu::{Card, NodeGpus, fit_replica};
///
/// let cards = vec![Card::new("nvidia", "a100", "80Gi", "SXM4"); 8];
/// let node = NodeGpus { allocatable: 8, allocated: 2, cards: &cards };
/// let fit = fit_replica(node, 4, ["vendor/nvidia/model/*"]).unwrap();
/// assert_eq!(fit.offered.unwrap().to_string(), "vendor/nvidia/model/a100");
/// assert_eq!(fit.allocated_after, 6);
/// assert!(fit_replica(node, 8, ["vendor/nvidia/model/*"]).is_err());
/// ```
pub fn fit_replica<'k>(
    node: NodeGpus<'_>,
    units: u64,
    request: impl IntoIterator<Item = &'k str>,
) -> Result<Fit, NoFit> {
    if units == 0 {
        return Ok(Fit {
            offered: None,
            vendor: String::new(),
            model: String::new(),
            runtime_class: String::new(),
            allocated_after: node.allocated,
        });
    }
    let free = node.allocatable.saturating_sub(node.allocated);
    if free == 0 {
        return Err(NoFit::Busy);
    }
    let request = Request::parse(request)?;
    let choice = choose_cards(node.cards, units, &request)?;
    if units > free {
        return Err(NoFit::Free {
            free,
            wanted: units,
        });
    }
    Ok(Fit {
        vendor: choice.card.vendor.to_lowercase(),
        model: choice.card.name.clone(),
        runtime_class: choice.runtime_class().to_owned(),
        allocated_after: node.allocated.saturating_add(units),
        offered: Some(choice.offered),
    })
}

/// The card that names what a replica gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<'n> {
    /// The last counted card.
    pub card: &'n Card,
    /// The attribute of the bid, rebuilt from that card and the matched entry.
    pub offered: GpuKey,
}

impl Choice<'_> {
    /// The container runtime class the scheduler is told.
    #[must_use]
    pub fn runtime_class(&self) -> &'static str {
        if self.card.vendor == "nvidia" {
            "nvidia"
        } else {
            ""
        }
    }
}

/// Walks the cards in order until `units` of them answer the request; looks at no quantity.
///
/// # Errors
/// [`NoFit::Cards`] when fewer answer it.
pub fn choose_cards<'n>(
    cards: &'n [Card],
    units: u64,
    request: &Request,
) -> Result<Choice<'n>, NoFit> {
    let mut counted = 0_u64;
    for card in cards {
        let Some(entry) = request.find(&card.vendor, &card.name) else {
            continue;
        };
        if let Some(constraint) = &entry.constraint
            && !constraint.allows(&card.memory_size, &card.interface)
        {
            continue;
        }
        counted = counted.saturating_add(1);
        if counted == units {
            let mut offered = GpuKey::new(entry.vendor.clone(), card.name.clone());
            if let Some(constraint) = &entry.constraint {
                offered.ram = constraint.ram;
                offered.interface.clone_from(&constraint.interface);
            }
            return Ok(Choice { card, offered });
        }
    }
    Err(NoFit::Cards {
        counted,
        wanted: units,
    })
}
