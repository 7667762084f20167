//! What a provider has and whether a group fits in it, exactly as the reference provider decides
//! (provider `cluster/kube/operators/clients/inventory`).
//!
//! * [`Cluster`] is what the cluster reports: nodes and storage pools as plain integers.
//! * [`Cluster::fit`] places a group's replicas, greedily as the reference does; [`Fit`] says where and with which GPU,
//!   [`NoFit`] why not, [`Cluster::explain`] node by node.
//! * [`ClusterInventory`] adds reservations, over-commitment and leased IPs, and is the stock [`Inventory`].
//! * [`screening`] is the order of checks before a provider looks at its inventory at all.
//!
//! ```
//! use akash_market::inventory::{Amount, Cluster, Node};
//! use akash_sdl::resource::{Bytes, Cpu, Memory, MilliCpu, Resources};
//! # use akash_sdl::group::ResourceUnit;
//! # use akash_sdl::num::{DecCoin, Denom};
//!
//! let cluster = Cluster {
//!     nodes: vec![Node {
//!         name: "node1".to_owned(),
//!         cpu: Amount::free(4000),
//!         memory: Amount::free(8 << 30),
//!         ..Node::default()
//!     }],
//!     pools: Vec::new(),
//! };
//! let resources = Resources {
//!     id: 1,
//!     cpu: Cpu { units: MilliCpu(1500), ..Cpu::default() },
//!     memory: Memory { quantity: Bytes(1 << 30), ..Memory::default() },
//!     ..Resources::default()
//! };
//! let unit = |count| [ResourceUnit { resources: resources.clone(), count, price: DecCoin::zero(Denom::UACT) }];
//! assert!(cluster.fit(&unit(2)).is_ok());
//! assert_eq!(cluster.fit(&unit(3)).unwrap_err().to_string(),
//!     "insufficient capacity: 2 of 3 replicas of resource unit 1 can be placed");
//! ```

mod cluster;
mod fit;
mod overcommit;
mod reservation;
pub mod screening;
mod shortage;

pub use cluster::{Amount, Cluster, Metrics, Node, NodeMetrics, Pool, ResourceMetrics};
pub(crate) use fit::is_true;
pub use fit::{Fit, NoFit, Placement, SchedulerParams};
pub use overcommit::{Overcommit, committed};
pub use reservation::{ClusterInventory, LeasedIps, Reservation, ReserveError};
pub(crate) use reservation::{leased_ips, leased_ips_of};
pub use shortage::{NodeShortage, Shortage, Why};

use crate::id::OrderId;
use akash_sdl::group::GroupSpec;

/// A provider's capacity as its bid engine sees it. Requests are handled one at a time, hence `&mut`.
pub trait Inventory: Send + Sync {
    /// Whether a group fits now, without taking anything.
    ///
    /// # Errors
    /// Why it does not.
    fn fit(&self, group: &GroupSpec) -> Result<Fit, ReserveError>;

    /// Takes what an order needs and keeps it until it is released.
    ///
    /// # Errors
    /// Why it does not fit; nothing was taken then.
    fn reserve(&mut self, order: &OrderId, group: &GroupSpec)
    -> Result<&Reservation, ReserveError>;

    /// Gives back what an order has reserved, if it has.
    fn release(&mut self, order: &OrderId) -> Option<Reservation>;

    /// What an order has reserved.
    fn reservation(&self, order: &OrderId) -> Option<&Reservation>;

    /// Why a group does not fit, node by node, if the inventory can tell; for people to read.
    fn explain(&self, group: &GroupSpec) -> Option<Shortage> {
        let _ = group;
        None
    }
}

impl<T: Inventory + ?Sized> Inventory for Box<T> {
    fn fit(&self, group: &GroupSpec) -> Result<Fit, ReserveError> {
        (**self).fit(group)
    }

    fn reserve(
        &mut self,
        order: &OrderId,
        group: &GroupSpec,
    ) -> Result<&Reservation, ReserveError> {
        (**self).reserve(order, group)
    }

    fn release(&mut self, order: &OrderId) -> Option<Reservation> {
        (**self).release(order)
    }

    fn reservation(&self, order: &OrderId) -> Option<&Reservation> {
        (**self).reservation(order)
    }

    fn explain(&self, group: &GroupSpec) -> Option<Shortage> {
        (**self).explain(group)
    }
}
