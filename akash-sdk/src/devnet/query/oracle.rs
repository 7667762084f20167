use super::page::{COLLECTION, Walk, walked};
use super::{Answer, Failure, Query};
use crate::cosmos::convert::Wire;
use crate::cosmos::convert::time::wire_timestamp;
use crate::cosmos::wire::akash::epochs::v1beta1 as epochs;
use crate::cosmos::wire::akash::oracle::v2 as oracle;
use crate::cosmos::wire::{Duration, Timestamp};
use akash_market::oracle::{PairId, PriceEntry};
use prost::Message;

/// The bounds in a filter: the zero time and the first second of Unix time mean none.
fn is_set(time: Timestamp) -> bool {
    !time.is_zero() && (time.seconds, time.nanos) != (0, 0)
}

fn priced(entry: &PriceEntry) -> oracle::PriceData {
    oracle::PriceData {
        id: oracle::PriceDataRecordId {
            source: entry.source,
            denom: entry.pair.denom.clone(),
            base_denom: entry.pair.base_denom.clone(),
            timestamp: wire_timestamp(entry.timestamp),
            sequence: entry.sequence,
        },
        state: oracle::PriceDataState {
            price: crate::cosmos::convert::money::wire_dec(entry.price),
        },
    }
}

/// Where the chain's store sorts a price: texts with their lengths before them, the time as text.
fn key(entry: &PriceEntry) -> Vec<u8> {
    let mut key = entry.source.to_be_bytes().to_vec();
    for text in [&entry.pair.denom, &entry.pair.base_denom] {
        key.push(u8::try_from(text.len()).unwrap_or(u8::MAX));
        key.extend(text.as_bytes());
    }
    let time = wire_timestamp(entry.timestamp);
    let seconds = crate::cosmos::json::print_time(Timestamp { nanos: 0, ..time });
    let seconds = seconds.unwrap_or_default().replace(['-', 'T', ':'], ".");
    let nanos = format!("{:09}", time.nanos);
    let (millis, rest) = nanos.split_at_checked(3).unwrap_or_default();
    let (micros, nanos) = rest.split_at_checked(3).unwrap_or_default();
    let text = format!(
        "{}.{millis}.{micros}.{nanos}",
        seconds.trim_end_matches('Z')
    );
    key.extend(text.as_bytes());
    key.extend(entry.sequence.to_be_bytes());
    key
}

impl Query<'_> {
    pub(super) fn oracle(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "AggregatedPrice" => self.price(),
            "Prices" => self.prices(),
            "Params" => Ok(oracle::QueryParamsResponse {
                params: self.ledger.params().oracle.to_wire(),
            }
            .encode_to_vec()),
            _ => return None,
        })
    }

    fn price(&self) -> Answer {
        let request: oracle::QueryAggregatedPriceRequest = self.read()?;
        let pair = PairId {
            denom: request.denom,
            ..PairId::akt_usd()
        };
        let missing = |kind: &str| {
            Failure::unknown(format!(
                "collections: not found: key '{}/{}' of type \
                 github.com/cosmos/gogoproto/akash.oracle.v2.{kind}",
                pair.denom, pair.base_denom
            ))
        };
        let oracle = self.ledger.oracle();
        let price = oracle
            .aggregated(&pair)
            .ok_or_else(|| missing("AggregatedPrice"))?;
        let health = oracle.health(&pair).ok_or_else(|| missing("PriceHealth"))?;
        Ok(oracle::QueryAggregatedPriceResponse {
            aggregated_price: price.to_wire(),
            price_health: health.to_wire(),
        }
        .encode_to_vec())
    }

    /// From the last key to the first, unless that is turned round.
    fn prices(&self) -> Answer {
        let request: oracle::QueryPricesRequest = self.read()?;
        let wanted = &request.filters;
        let fits = |wanted: &str, found: &str| wanted.is_empty() || wanted == found;
        let (from, to) = (wanted.start_time, wanted.end_time);
        let found: Vec<PriceEntry> = self
            .ledger
            .oracle()
            .entries()
            .rev()
            .filter(|entry| {
                let at = wire_timestamp(entry.timestamp);
                fits(&wanted.asset_denom, &entry.pair.denom)
                    && fits(&wanted.base_denom, &entry.pair.base_denom)
                    && (!is_set(from) || at >= from)
                    && (!is_set(to) || at <= to)
            })
            .collect();
        let (prices, pagination) = {
            let walk = Walk {
                descends: true,
                ..COLLECTION
            };
            walked(found, request.pagination.as_ref(), walk, key)?
        };
        Ok(oracle::QueryPricesResponse {
            prices: prices.iter().map(priced).collect(),
            pagination: Some(pagination),
        }
        .encode_to_vec())
    }

    pub(super) fn epochs(&self, method: &str) -> Option<Answer> {
        Some(match method {
            "EpochInfos" => {
                let epochs = self.ledger.epochs().map(|epoch| epochs::EpochInfo {
                    id: epoch.identifier.clone(),
                    start_time: wire_timestamp(epoch.start_time),
                    duration: Duration::from_nanos(epoch.duration.0),
                    current_epoch: epoch.current_epoch,
                    current_epoch_start_time: wire_timestamp(epoch.current_epoch_start_time),
                    epoch_counting_started: epoch.epoch_counting_started,
                    current_epoch_start_height: epoch.current_epoch_start_height.0,
                });
                Ok(epochs::QueryEpochInfosResponse {
                    epochs: epochs.collect(),
                }
                .encode_to_vec())
            }
            "CurrentEpoch" => self.current_epoch(),
            _ => return None,
        })
    }

    fn current_epoch(&self) -> Answer {
        let request: epochs::QueryCurrentEpochRequest = self.read()?;
        if request.identifier.is_empty() {
            return Err(Failure::invalid("identifier is empty"));
        }
        let found = self
            .ledger
            .epochs()
            .find(|epoch| epoch.identifier == request.identifier)
            .ok_or_else(|| Failure::unknown("not available identifier"))?;
        Ok(epochs::QueryCurrentEpochResponse {
            current_epoch: found.current_epoch,
        }
        .encode_to_vec())
    }
}
