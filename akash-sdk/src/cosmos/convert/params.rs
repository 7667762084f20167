use super::money::address;
use super::time::{duration, nanos};
use super::{ConvertError, Wire, from_wires, to_wires};
use crate::cosmos::wire::akash::bme::v1 as bme;
use crate::cosmos::wire::akash::deployment::v1beta4 as deployment;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use crate::cosmos::wire::akash::oracle::v2 as oracle;
use akash_market::params::{BmeParams, DeploymentParams, MarketParams, OracleParams};
use akash_sdl::num::Coin;

impl Wire for DeploymentParams {
    type Message = deployment::Params;

    fn to_wire(&self) -> deployment::Params {
        deployment::Params {
            min_deposits: to_wires(&self.min_deposits),
        }
    }

    fn from_wire(params: &deployment::Params) -> Result<Self, ConvertError> {
        Ok(Self {
            min_deposits: from_wires(&params.min_deposits)?,
        })
    }
}

impl Wire for MarketParams {
    type Message = market::Params;

    fn to_wire(&self) -> market::Params {
        market::Params {
            bid_min_deposit: self.bid_min_deposit.to_wire(),
            order_max_bids: self.order_max_bids,
            bid_min_deposits: to_wires(&self.bid_min_deposits),
            min_reclamation_window: duration(self.min_reclamation_window),
            max_reclamation_window: duration(self.max_reclamation_window),
        }
    }

    fn from_wire(params: &market::Params) -> Result<Self, ConvertError> {
        Ok(Self {
            bid_min_deposit: Coin::from_wire(&params.bid_min_deposit)?,
            bid_min_deposits: from_wires(&params.bid_min_deposits)?,
            order_max_bids: params.order_max_bids,
            min_reclamation_window: nanos(params.min_reclamation_window, "min_reclamation_window")?,
            max_reclamation_window: nanos(params.max_reclamation_window, "max_reclamation_window")?,
        })
    }
}

impl Wire for BmeParams {
    type Message = bme::Params;

    fn to_wire(&self) -> bme::Params {
        bme::Params {
            circuit_breaker_warn_threshold: self.circuit_breaker_warn_threshold,
            circuit_breaker_halt_threshold: self.circuit_breaker_halt_threshold,
            min_epoch_blocks: self.min_epoch_blocks,
            epoch_blocks_backoff_percent: self.epoch_blocks_backoff_percent,
            mint_spread_bps: self.mint_spread_bps,
            settle_spread_bps: self.settle_spread_bps,
            max_endblocker_records: self.max_endblocker_records,
            min_mint: to_wires(&self.min_mint),
            max_pending_attempts: self.max_pending_attempts,
        }
    }

    fn from_wire(params: &bme::Params) -> Result<Self, ConvertError> {
        Ok(Self {
            circuit_breaker_warn_threshold: params.circuit_breaker_warn_threshold,
            circuit_breaker_halt_threshold: params.circuit_breaker_halt_threshold,
            min_epoch_blocks: params.min_epoch_blocks,
            epoch_blocks_backoff_percent: params.epoch_blocks_backoff_percent,
            mint_spread_bps: params.mint_spread_bps,
            settle_spread_bps: params.settle_spread_bps,
            min_mint: from_wires(&params.min_mint)?,
            max_endblocker_records: params.max_endblocker_records,
            max_pending_attempts: params.max_pending_attempts,
        })
    }
}

impl Wire for OracleParams {
    type Message = oracle::Params;

    fn to_wire(&self) -> oracle::Params {
        oracle::Params {
            sources: self.sources.iter().map(ToString::to_string).collect(),
            min_price_sources: self.min_price_sources,
            max_price_staleness_period: duration(self.max_price_staleness_period),
            twap_window: duration(self.twap_window),
            max_price_deviation_bps: self.max_price_deviation_bps,
            feed_contracts_params: Vec::new(),
            price_retention: duration(self.price_retention),
            prune_epoch: self.prune_epoch.clone(),
            max_prune_per_epoch: self.max_prune_per_epoch,
            max_future_time_drift: duration(self.max_future_time_drift),
        }
    }

    fn from_wire(params: &oracle::Params) -> Result<Self, ConvertError> {
        Ok(Self {
            sources: params
                .sources
                .iter()
                .map(|source| address(source, "sources"))
                .collect::<Result<_, _>>()?,
            min_price_sources: params.min_price_sources,
            max_price_staleness_period: nanos(
                params.max_price_staleness_period,
                "max_price_staleness_period",
            )?,
            max_price_deviation_bps: params.max_price_deviation_bps,
            twap_window: nanos(params.twap_window, "twap_window")?,
            price_retention: nanos(params.price_retention, "price_retention")?,
            prune_epoch: params.prune_epoch.clone(),
            max_prune_per_epoch: params.max_prune_per_epoch,
            max_future_time_drift: nanos(params.max_future_time_drift, "max_future_time_drift")?,
        })
    }
}
