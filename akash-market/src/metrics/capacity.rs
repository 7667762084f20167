//! What providers have and use, by their own reports.

use crate::address::Address;
use crate::inventory::{Amount, Cluster, is_true};
use crate::time::{Nanos, Timestamp};
use akash_sdl::group::GroupSpec;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Amounts of the five resources that are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantities {
    /// Thousandths of a CPU.
    pub cpu: u64,
    /// Whole GPUs.
    pub gpu: u64,
    /// Bytes of memory.
    pub memory: u64,
    /// Bytes of storage that ends with its container.
    pub ephemeral: u64,
    /// Bytes of storage that outlives it.
    pub persistent: u64,
}

impl Quantities {
    /// What a group asks for: units × count. Sums stay at the end of the range.
    #[must_use]
    pub fn of_group(group: &GroupSpec) -> Self {
        let mut sum = Self::default();
        for unit in &group.resources {
            let (r, count) = (&unit.resources, u64::from(unit.count));
            let times = |amount: u64| amount.saturating_mul(count);
            let mut one = Self {
                cpu: times(r.cpu.units.0),
                gpu: times(r.gpu.units),
                memory: times(r.memory.quantity.0),
                ..Self::default()
            };
            for volume in &r.storage {
                let bytes = times(volume.quantity.0);
                let lasting = volume.attributes.iter();
                let lasting = lasting
                    .clone()
                    .any(|a| a.key == "persistent" && is_true(&a.value));
                let kind = if lasting {
                    &mut one.persistent
                } else {
                    &mut one.ephemeral
                };
                *kind = kind.saturating_add(bytes);
            }
            sum = sum.plus(one);
        }
        sum
    }

    /// The sum; stays at the end of the range.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self {
            cpu: self.cpu.saturating_add(other.cpu),
            gpu: self.gpu.saturating_add(other.gpu),
            memory: self.memory.saturating_add(other.memory),
            ephemeral: self.ephemeral.saturating_add(other.ephemeral),
            persistent: self.persistent.saturating_add(other.persistent),
        }
    }

    /// What is left of a cluster: over its nodes, what is allocatable beyond what is allocated; of persistent storage over
    /// its pools. A node that says "unlimited" (−1) counts as nothing.
    #[must_use]
    pub fn available(cluster: &Cluster) -> Self {
        let left = |amount: Amount| amount.available_cpu();
        let mut sum = Self::default();
        for node in &cluster.nodes {
            sum = sum.plus(Self {
                cpu: left(node.cpu),
                gpu: left(node.gpu),
                memory: left(node.memory),
                ephemeral: left(node.ephemeral),
                persistent: 0,
            });
        }
        for pool in &cluster.pools {
            sum.persistent = sum.persistent.saturating_add(left(pool.amount));
        }
        sum
    }
}

/// A part of a whole, such as GPUs in use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Utilisation {
    /// What is used.
    pub used: u64,
    /// What there is.
    pub total: u64,
}

impl Utilisation {
    /// Hundredths of a percent, rounded half up; 0 of nothing.
    ///
    /// ```
    /// use akash_market::metrics::Utilisation;
    /// assert_eq!(Utilisation { used: 1, total: 3 }.basis_points(), 3_333);
    /// assert_eq!(Utilisation { used: 0, total: 0 }.basis_points(), 0);
    /// ```
    #[must_use]
    pub fn basis_points(self) -> u64 {
        let (used, total) = (u128::from(self.used), u128::from(self.total));
        let doubled = used.saturating_mul(20_000).saturating_add(total);
        let points = doubled.checked_div(total.saturating_mul(2)).unwrap_or(0);
        u64::try_from(points).unwrap_or(u64::MAX)
    }
}

/// What the status document of one provider says (`provider.v1.Status`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderReport {
    /// The provider.
    pub owner: Address,
    /// Where its gateway listens; reports of one address count once.
    pub host_uri: String,
    /// When it last answered; `None` if it never did.
    pub seen: Option<Timestamp>,
    /// Reserved for leases (`reservations.active`).
    pub active: Quantities,
    /// Reserved for bids (`reservations.pending`).
    pub pending: Quantities,
    /// Nodes and pools.
    pub cluster: Cluster,
}

/// How long a provider counts as online after its last answer.
const ONLINE: Nanos = Nanos::from_secs(180 * 60);

impl ProviderReport {
    /// Whether it answered within the last 180 minutes.
    #[must_use]
    pub fn is_online(&self, now: Timestamp) -> bool {
        self.seen.is_some_and(|seen| seen.plus(ONLINE) >= now)
    }
}

/// Those that count: online, and the first of each host address.
pub(super) fn counted(
    reports: &[ProviderReport],
    now: Timestamp,
) -> impl Iterator<Item = &ProviderReport> {
    let mut hosts = BTreeSet::new();
    reports
        .iter()
        .filter(move |r| r.is_online(now) && hosts.insert(r.host_uri.as_str()))
}

/// Capacity of the network.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Capacity {
    /// Providers that are online, by distinct host address.
    pub providers: u64,
    /// Reserved for leases.
    pub active: Quantities,
    /// Reserved for bids.
    pub pending: Quantities,
    /// Neither.
    pub available: Quantities,
}

impl Capacity {
    /// Sums the reports of providers that are online at `now`; of several with one host address the first counts.
    #[must_use]
    pub fn of(reports: &[ProviderReport], now: Timestamp) -> Self {
        counted(reports, now).fold(Self::default(), |sum, report| Self {
            providers: sum.providers.saturating_add(1),
            active: sum.active.plus(report.active),
            pending: sum.pending.plus(report.pending),
            available: sum.available.plus(Quantities::available(&report.cluster)),
        })
    }

    /// Active, pending and available together (not the sum of what is allocatable).
    #[must_use]
    pub const fn total(&self) -> Quantities {
        self.active.plus(self.pending).plus(self.available)
    }

    /// Use of one resource: active and pending over the total.
    ///
    /// ```
    /// use akash_market::metrics::{Capacity, Quantities};
    /// let cpu = |n| Quantities { cpu: n, ..Quantities::default() };
    /// let capacity = Capacity { providers: 1, active: cpu(50), pending: cpu(25), available: cpu(25) };
    /// assert_eq!(capacity.utilisation(|q| q.cpu).basis_points(), 7_500);
    /// ```
    #[must_use]
    pub fn utilisation(&self, of: impl Fn(&Quantities) -> u64) -> Utilisation {
        let used = of(&self.active).saturating_add(of(&self.pending));
        Utilisation {
            used,
            total: used.saturating_add(of(&self.available)),
        }
    }
}
