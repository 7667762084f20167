//! Leases (node x/market).

use crate::id::{Height, LeaseId};
use crate::time::Nanos;
use akash_sdl::num::DecCoin;
use serde::{Deserialize, Serialize};

/// Life of a lease.
///
/// | lease | trigger | becomes |
/// |---|---|---|
/// | – | create | active |
/// | active | the provider gives notice | reclaiming |
/// | active, reclaiming | either side closes it | closed |
/// | active, reclaiming | the escrow account runs dry | insufficient funds |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeaseState {
    /// Runs and is paid.
    Active,
    /// The escrow account ran dry.
    InsufficientFunds,
    /// Ended.
    Closed,
    /// Runs and is paid, but the provider has given notice (AEP-82).
    Reclaiming,
}

/// Why a lease ended: 0 to 9,999 by the owner, 10,000 to 19,999 by the provider, 20,000 to 29,999 by the network.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct CloseReason(pub i32);

impl CloseReason {
    /// Not ended.
    pub const INVALID: Self = Self(0);
    /// The tenant ended it.
    pub const OWNER: Self = Self(1);
    /// The provider found the workload unstable.
    pub const UNSTABLE: Self = Self(10_000);
    /// The provider leaves.
    pub const DECOMMISSION: Self = Self(10_001);
    /// The provider gave no reason.
    pub const UNSPECIFIED: Self = Self(10_002);
    /// No manifest came in time.
    pub const MANIFEST_TIMEOUT: Self = Self(10_003);
    /// The escrow account ran dry.
    pub const INSUFFICIENT_FUNDS: Self = Self(20_000);

    /// Whether a provider may give this reason.
    #[must_use]
    pub const fn is_providers(self) -> bool {
        matches!(self.0, 10_000..=19_999)
    }
}

/// Notice of a provider that takes its resources back (AEP-82).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reclamation {
    /// Length of the notice.
    pub window: Nanos,
    /// Height at which it was given; 0 before.
    pub started_at: Height,
    /// When it ends, in Unix seconds; 0 before it was given.
    pub deadline: i64,
    /// The provider's reason.
    pub reason: CloseReason,
}

/// A bid that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// Parts and text of the bid that won.
    pub id: LeaseId,
    /// Where it stands.
    pub state: LeaseState,
    /// Price for one block.
    pub price: DecCoin,
    /// Height of its creation.
    pub created_at: Height,
    /// Height at which it ended; 0 before.
    pub closed_on: Height,
    /// Why it ended.
    pub reason: CloseReason,
    /// The notice the provider must give, if its bid offered one.
    pub reclamation: Option<Reclamation>,
}
