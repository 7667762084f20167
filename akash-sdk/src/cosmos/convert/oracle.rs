use super::money::{dec, wire_dec};
use super::time::{timestamp, wire_timestamp};
use super::{ConvertError, Wire};
use crate::cosmos::wire::akash::oracle::v2 as oracle;
use akash_market::oracle::{AggregatedPrice, PairId, PriceHealth};

impl Wire for PairId {
    type Message = oracle::DataId;

    fn to_wire(&self) -> oracle::DataId {
        oracle::DataId {
            denom: self.denom.clone(),
            base_denom: self.base_denom.clone(),
        }
    }

    fn from_wire(id: &oracle::DataId) -> Result<Self, ConvertError> {
        Ok(Self {
            denom: id.denom.clone(),
            base_denom: id.base_denom.clone(),
        })
    }
}

impl Wire for AggregatedPrice {
    type Message = oracle::AggregatedPrice;

    fn to_wire(&self) -> oracle::AggregatedPrice {
        oracle::AggregatedPrice {
            denom: self.denom.clone(),
            twap: wire_dec(self.twap),
            median_price: wire_dec(self.median_price),
            min_price: wire_dec(self.min_price),
            max_price: wire_dec(self.max_price),
            timestamp: wire_timestamp(self.timestamp),
            num_sources: self.num_sources,
            deviation_bps: self.deviation_bps,
        }
    }

    fn from_wire(price: &oracle::AggregatedPrice) -> Result<Self, ConvertError> {
        Ok(Self {
            denom: price.denom.clone(),
            twap: dec(&price.twap, "twap")?,
            median_price: dec(&price.median_price, "median_price")?,
            min_price: dec(&price.min_price, "min_price")?,
            max_price: dec(&price.max_price, "max_price")?,
            timestamp: timestamp(price.timestamp, "timestamp")?,
            num_sources: price.num_sources,
            deviation_bps: price.deviation_bps,
        })
    }
}

impl Wire for PriceHealth {
    type Message = oracle::PriceHealth;

    fn to_wire(&self) -> oracle::PriceHealth {
        oracle::PriceHealth {
            denom: self.denom.clone(),
            is_healthy: self.is_healthy,
            has_min_sources: self.has_min_sources,
            deviation_ok: self.deviation_ok,
            total_sources: self.total_sources,
            total_healthy_sources: self.total_healthy_sources,
            failure_reason: self.failure_reason.clone(),
        }
    }

    fn from_wire(health: &oracle::PriceHealth) -> Result<Self, ConvertError> {
        Ok(Self {
            denom: health.denom.clone(),
            is_healthy: health.is_healthy,
            has_min_sources: health.has_min_sources,
            deviation_ok: health.deviation_ok,
            total_sources: health.total_sources,
            total_healthy_sources: health.total_healthy_sources,
            failure_reason: health.failure_reason.clone(),
        })
    }
}
