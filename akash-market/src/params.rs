//! Parameters of the modules with the chain's genesis defaults. All can be changed by governance: read them, don't
//! assume them.

use crate::address::Address;
use crate::time::Nanos;
use akash_sdl::num::Coin;
use serde::{Deserialize, Serialize};

mod rules;

pub use rules::ParamsError;

/// Parameters of node x/deployment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeploymentParams {
    /// Smallest deposit of a deployment, by denom.
    pub min_deposits: Vec<Coin>,
}

/// Parameters of node x/market.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarketParams {
    /// An older form that no handler reads.
    pub bid_min_deposit: Coin,
    /// Smallest deposit of a bid, by denom.
    pub bid_min_deposits: Vec<Coin>,
    /// Bids on one order; 1 to 500. The chain lets one more through.
    pub order_max_bids: u32,
    /// Shortest reclamation window (AEP-82).
    pub min_reclamation_window: Nanos,
    /// Longest reclamation window (AEP-82).
    pub max_reclamation_window: Nanos,
}

/// Parameters of node x/bme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BmeParams {
    /// Collateral ratio in basis points at or below which epochs grow.
    pub circuit_breaker_warn_threshold: u32,
    /// Collateral ratio in basis points at or below which minting stops.
    pub circuit_breaker_halt_threshold: u32,
    /// Blocks between two runs of a queue.
    pub min_epoch_blocks: i64,
    /// Growth of the epoch for each ten basis points below the warn threshold, in percent.
    pub epoch_blocks_backoff_percent: u32,
    /// Kept by the vault when ACT is minted, in basis points.
    pub mint_spread_bps: u32,
    /// Kept by the vault when ACT is burned, in basis points.
    pub settle_spread_bps: u32,
    /// Smallest amount minted, by denom, before the spread.
    pub min_mint: Vec<Coin>,
    /// Requests worked off in one block over both queues.
    pub max_endblocker_records: u32,
    /// Tries before a request is cancelled.
    pub max_pending_attempts: u32,
}

/// Parameters of node x/oracle (v2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OracleParams {
    /// Accounts that may report prices.
    pub sources: Vec<Address>,
    /// Fresh sources needed for a price.
    pub min_price_sources: u32,
    /// Age at which a source's last price no longer counts.
    pub max_price_staleness_period: Nanos,
    /// Largest distance between sources in basis points.
    pub max_price_deviation_bps: u64,
    /// Window of the time-weighted average.
    pub twap_window: Nanos,
    /// Age at which entries are pruned.
    pub price_retention: Nanos,
    /// Name of the epoch at whose end entries are pruned.
    pub prune_epoch: String,
    /// Entries pruned at one epoch's end; 0 prunes none.
    pub max_prune_per_epoch: i64,
    /// A parameter that no check reads.
    pub max_future_time_drift: Nanos,
}

/// Parameters of all modules.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Params {
    /// Node x/deployment.
    pub deployment: DeploymentParams,
    /// Node x/market.
    pub market: MarketParams,
    /// Node x/bme.
    pub bme: BmeParams,
    /// Node x/oracle.
    pub oracle: OracleParams,
}

/// New parameters of one module, as governance sets them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "module", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ParamsChange {
    /// Of node x/deployment.
    Deployment(DeploymentParams),
    /// Of node x/market.
    Market(MarketParams),
    /// Of node x/bme.
    Bme(BmeParams),
    /// Of node x/oracle.
    Oracle(OracleParams),
}

impl Default for DeploymentParams {
    fn default() -> Self {
        Self {
            min_deposits: vec![Coin::uakt(500_000), Coin::uact(500_000)],
        }
    }
}

impl Default for MarketParams {
    fn default() -> Self {
        Self {
            bid_min_deposit: Coin::uakt(500_000),
            bid_min_deposits: vec![Coin::uact(500_000), Coin::uakt(500_000)],
            order_max_bids: 20,
            min_reclamation_window: Nanos::from_secs(3_600),
            max_reclamation_window: Nanos::from_secs(720 * 3_600),
        }
    }
}

impl Default for BmeParams {
    fn default() -> Self {
        Self {
            circuit_breaker_warn_threshold: 9_500,
            circuit_breaker_halt_threshold: 9_000,
            min_epoch_blocks: 10,
            epoch_blocks_backoff_percent: 10,
            mint_spread_bps: 25,
            settle_spread_bps: 0,
            min_mint: vec![Coin::uact(10_000_000)],
            max_endblocker_records: 50,
            max_pending_attempts: 3,
        }
    }
}

impl Default for OracleParams {
    fn default() -> Self {
        Self {
            sources: Vec::new(),
            min_price_sources: 1,
            max_price_staleness_period: Nanos::from_secs(30),
            max_price_deviation_bps: 150,
            twap_window: Nanos::from_secs(5),
            price_retention: Nanos::from_secs(86_400),
            prune_epoch: "hour".to_owned(),
            max_prune_per_epoch: 1_000,
            max_future_time_drift: Nanos::from_secs(10),
        }
    }
}
