//! Reservations: capacity kept for bids and leases.

use super::Inventory;
use super::cluster::Cluster;
use super::fit::{Fit, NoFit, Used, give_back, place};
use super::overcommit::Overcommit;
use super::shortage::{self, Shortage};
use crate::bid::ResourceOffer;
use crate::id::OrderId;
use akash_sdl::group::{GroupSpec, ResourceUnit};
use akash_sdl::resource::{Endpoint, EndpointKind};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Public IP addresses a provider leases, if it does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeasedIps {
    /// All of them.
    pub total: u32,
    /// Those in use by leases.
    pub in_use: u32,
}

/// What an order has reserved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// The units with committed quantities, as fitted.
    pub units: Vec<ResourceUnit>,
    /// How they fit.
    pub fit: Fit,
    /// Leased IPs asked for.
    pub ips: u32,
    /// Whether the IP operator counts them as used.
    pub ips_confirmed: bool,
    /// Whether the cluster's own numbers include the workload.
    pub allocated: bool,
    /// Whether this inventory counts the units as taken.
    held: bool,
}

impl Reservation {
    /// The resources offer of the bid.
    #[must_use]
    pub fn offer(&self) -> Vec<ResourceOffer> {
        self.fit.offer(&self.units)
    }
}

/// Why nothing was reserved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReserveError {
    /// The group does not fit.
    #[error(transparent)]
    NoFit(#[from] NoFit),
    /// Leased IPs are asked for and this provider leases none.
    #[error("the group asks for {wanted} leased IPs, this provider leases none")]
    NoLeasedIps {
        /// How many.
        wanted: u32,
    },
    /// Too few leased IPs are left.
    #[error("the group asks for {wanted} leased IPs, {free} are free")]
    TooFewLeasedIps {
        /// How many.
        wanted: u32,
        /// How many are left.
        free: u32,
    },
    /// The order has a reservation.
    #[error("order {order} has a reservation already: release it first")]
    Reserved {
        /// The order.
        order: Box<OrderId>,
    },
}

/// A cluster with reservations: the stock [`Inventory`].
///
/// A reservation takes capacity at once and gives it back at once; the reference waits for the next report of the
/// cluster. A new report replaces the cluster, and reservations that it does not include yet are fitted again.
///
/// ```
/// use akash_market::inventory::{Amount, Cluster, ClusterInventory, Inventory, Node};
/// # use akash_sdl::group::{GroupSpec, ResourceUnit};
/// # use akash_sdl::num::{DecCoin, Denom};
/// # use akash_sdl::resource::{Cpu, MilliCpu, Resources};
/// let node = Node { name: "n1".into(), cpu: Amount::free(1000), ..Node::default() };
/// let mut inventory = ClusterInventory::new(Cluster { nodes: vec![node], pools: Vec::new() });
/// # let resources = Resources { id: 1, cpu: Cpu { units: MilliCpu(800), ..Cpu::default() }, ..Resources::default() };
/// # let unit = ResourceUnit { resources, count: 1, price: DecCoin::zero(Denom::UACT) };
/// # let group = GroupSpec { name: "g".into(), requirements: Default::default(), resources: vec![unit] };
/// let order = "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0/7/1/1".parse()?;
/// inventory.reserve(&order, &group)?; // 800 of 1000 milli-CPU
/// assert!(inventory.fit(&group).is_err());
/// inventory.release(&order);
/// assert!(inventory.fit(&group).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct ClusterInventory {
    cluster: Cluster,
    used: Used,
    overcommit: Overcommit,
    ips: Option<LeasedIps>,
    reservations: BTreeMap<OrderId, Reservation>,
}

impl ClusterInventory {
    /// An inventory without reservations, over-commitment or leased IPs.
    #[must_use]
    pub fn new(cluster: Cluster) -> Self {
        Self {
            used: Used::of(&cluster),
            cluster,
            ..Self::default()
        }
    }

    /// The same with over-commitment.
    #[must_use]
    pub const fn with_overcommit(mut self, overcommit: Overcommit) -> Self {
        self.overcommit = overcommit;
        self
    }

    /// The same with an IP operator.
    #[must_use]
    pub const fn with_leased_ips(mut self, ips: LeasedIps) -> Self {
        self.ips = Some(ips);
        self
    }

    /// Takes a new report of the IP operator; `None` when there is none.
    pub const fn set_leased_ips(&mut self, ips: Option<LeasedIps>) {
        self.ips = ips;
    }

    /// The cluster as it stands, reservations included.
    #[must_use]
    pub fn cluster(&self) -> Cluster {
        let mut cluster = self.cluster.clone();
        self.used.store(&mut cluster);
        cluster
    }

    /// Takes a new report of the cluster. Reservations that it includes (marked allocated) are left to it, the others
    /// are fitted again in the order of their ids. Those that no longer fit are kept without capacity and returned, as
    /// the reference keeps them.
    pub fn update(&mut self, cluster: Cluster) -> Vec<(OrderId, NoFit)> {
        self.used = Used::of(&cluster);
        self.cluster = cluster;
        let mut lost = Vec::new();
        for (order, reservation) in &mut self.reservations {
            reservation.held = false;
            if reservation.allocated {
                continue;
            }
            match try_place(&self.cluster, &mut self.used, &reservation.units) {
                Ok(fit) => {
                    reservation.fit = fit;
                    reservation.held = true;
                }
                Err(reason) => lost.push((order.clone(), reason)),
            }
        }
        lost
    }

    /// Says whether the cluster's next reports include an order's workload: true once it is deployed. Whether there is
    /// such a reservation.
    pub fn set_allocated(&mut self, order: &OrderId, allocated: bool) -> bool {
        let reservation = self.reservations.get_mut(order);
        reservation.map(|r| r.allocated = allocated).is_some()
    }

    /// Says that the IP operator counts an order's IPs as used from now on. Whether there is such a reservation.
    pub fn confirm_ips(&mut self, order: &OrderId) -> bool {
        let reservation = self.reservations.get_mut(order);
        reservation.map(|r| r.ips_confirmed = true).is_some()
    }

    /// The reservations in the order of their ids.
    pub fn reservations(&self) -> impl Iterator<Item = (&OrderId, &Reservation)> {
        self.reservations.iter()
    }

    /// Why a group does not fit, node by node; `None` if it does.
    #[must_use]
    pub fn explain(&self, group: &GroupSpec) -> Option<Shortage> {
        let units = self.committed(group);
        shortage::explain(&self.cluster, &mut self.used.clone(), &units)
    }

    fn committed<'g>(&self, group: &'g GroupSpec) -> Cow<'g, [ResourceUnit]> {
        if self.overcommit.is_none() {
            Cow::Borrowed(&group.resources)
        } else {
            Cow::Owned(self.overcommit.apply(&group.resources))
        }
    }

    fn check_ips(&self, group: &GroupSpec) -> Result<u32, ReserveError> {
        let wanted = leased_ips(&group.resources);
        if wanted == 0 {
            return Ok(0);
        }
        let Some(ips) = self.ips else {
            return Err(ReserveError::NoLeasedIps { wanted });
        };
        let pending = self
            .reservations
            .values()
            .filter(|r| !r.ips_confirmed)
            .map(|r| r.ips);
        let reserved = pending.fold(0, u32::saturating_add);
        let free = ips
            .total
            .saturating_sub(ips.in_use)
            .saturating_sub(reserved);
        if wanted > free {
            return Err(ReserveError::TooFewLeasedIps { wanted, free });
        }
        Ok(wanted)
    }
}

/// How many distinct leased IPs units ask for.
pub(crate) fn leased_ips(units: &[ResourceUnit]) -> u32 {
    leased_ips_of(units.iter().flat_map(|u| &u.resources.endpoints))
}

/// How many distinct leased IPs endpoints ask for.
pub(crate) fn leased_ips_of<'e>(endpoints: impl IntoIterator<Item = &'e Endpoint>) -> u32 {
    let leased = endpoints
        .into_iter()
        .filter(|e| e.kind == EndpointKind::LeasedIp);
    let distinct: BTreeSet<_> = leased.map(|e| e.sequence_number).collect();
    u32::try_from(distinct.len()).unwrap_or(u32::MAX)
}

fn try_place(cluster: &Cluster, used: &mut Used, units: &[ResourceUnit]) -> Result<Fit, NoFit> {
    place(cluster, used, units).map_err(|failure| {
        give_back(cluster, used, units, &failure.placements);
        failure.reason
    })
}

impl Inventory for ClusterInventory {
    fn fit(&self, group: &GroupSpec) -> Result<Fit, ReserveError> {
        self.check_ips(group)?;
        let units = self.committed(group);
        place(&self.cluster, &mut self.used.clone(), &units)
            .map_err(|failure| failure.reason.into())
    }

    fn reserve(
        &mut self,
        order: &OrderId,
        group: &GroupSpec,
    ) -> Result<&Reservation, ReserveError> {
        if self.reservations.contains_key(order) {
            return Err(ReserveError::Reserved {
                order: Box::new(order.clone()),
            });
        }
        let ips = self.check_ips(group)?;
        let units = self.committed(group).into_owned();
        let fit = try_place(&self.cluster, &mut self.used, &units)?;
        let reservation = Reservation {
            units,
            fit,
            ips,
            ips_confirmed: ips == 0,
            allocated: false,
            held: true,
        };
        Ok(self
            .reservations
            .entry(order.clone())
            .or_insert(reservation))
    }

    fn explain(&self, group: &GroupSpec) -> Option<Shortage> {
        Self::explain(self, group)
    }

    fn release(&mut self, order: &OrderId) -> Option<Reservation> {
        let reservation = self.reservations.remove(order)?;
        if reservation.held {
            give_back(
                &self.cluster,
                &mut self.used,
                &reservation.units,
                &reservation.fit.placements,
            );
        }
        Some(reservation)
    }

    fn reservation(&self, order: &OrderId) -> Option<&Reservation> {
        self.reservations.get(order)
    }
}
