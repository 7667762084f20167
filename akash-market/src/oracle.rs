//! The price oracle (node x/oracle, v2): sources report AKT in US dollars, the chain aggregates them each block.

mod aggregate;
mod state;

pub use aggregate::{Observation, Spot, aggregate, health, twap};
pub use state::{Oracle, OracleEnv};

use crate::error::Error;
use crate::time::Timestamp;
use akash_sdl::num::{Dec, Denom};
use serde::{Deserialize, Serialize};

/// Where the other modules read prices.
pub trait PriceSource {
    /// US dollars for one AKT or ACT, asked for by their base unit (`uakt`, `uact`).
    ///
    /// # Errors
    /// `oracle.v2` 4 while there is no usable price.
    fn price(&self, denom: &Denom) -> Result<Dec, Error>;
}

/// A pair of denoms, such as `akt` in `usd`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PairId {
    /// What is priced.
    pub denom: String,
    /// In what.
    pub base_denom: String,
}

impl PairId {
    /// The denom of the only pair the chain takes today.
    pub const AKT: &'static str = "akt";
    /// Its base denom.
    pub const USD: &'static str = "usd";

    /// Whether this is the only pair the chain takes today.
    #[must_use]
    pub fn is_akt_usd(&self) -> bool {
        self.denom == Self::AKT && self.base_denom == Self::USD
    }

    /// The only pair the chain takes today.
    #[must_use]
    pub fn akt_usd() -> Self {
        Self {
            denom: Self::AKT.to_owned(),
            base_denom: Self::USD.to_owned(),
        }
    }
}

/// One stored report of a price.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PriceEntry {
    /// Number of the source, from 1 in the order in which sources were first listed.
    pub source: u32,
    /// What is priced.
    pub pair: PairId,
    /// When it was observed.
    pub timestamp: Timestamp,
    /// Number of the report among those of its block, from 0.
    pub sequence: u64,
    /// Price of one whole unit.
    pub price: Dec,
}

/// The aggregate of all fresh sources at the end of a block.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct AggregatedPrice {
    /// What is priced.
    pub denom: String,
    /// Time-weighted average price, mean over the sources.
    pub twap: Dec,
    /// Median of the sources' latest prices.
    pub median_price: Dec,
    /// Lowest of them.
    pub min_price: Dec,
    /// Highest of them.
    pub max_price: Dec,
    /// Time of the block.
    pub timestamp: Timestamp,
    /// Sources that counted.
    pub num_sources: u32,
    /// Distance of highest from lowest in basis points of the lowest.
    pub deviation_bps: u64,
}

/// Whether a pair's price may be used.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PriceHealth {
    /// The pair's denom.
    pub denom: String,
    /// Whether other modules may read the price.
    pub is_healthy: bool,
    /// Whether enough sources are fresh.
    pub has_min_sources: bool,
    /// Whether the sources agree well enough.
    pub deviation_ok: bool,
    /// Sources that ever reported.
    pub total_sources: u32,
    /// Sources that are fresh.
    pub total_healthy_sources: u32,
    /// What is wrong, in the chain's words.
    pub failure_reason: Vec<String>,
}
