//! The price oracle (node x/oracle, v2): sources report AKT in US dollars, the chain aggregates them each block.

use crate::time::Timestamp;
use akash_sdl::num::Dec;
use serde::{Deserialize, Serialize};

/// A pair of denoms, such as `akt` in `usd`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PairId {
    /// What is priced.
    pub denom: String,
    /// In what.
    pub base_denom: String,
}

impl PairId {
    /// The only pair the chain takes today.
    #[must_use]
    pub fn akt_usd() -> Self {
        Self {
            denom: "akt".to_owned(),
            base_denom: "usd".to_owned(),
        }
    }
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
