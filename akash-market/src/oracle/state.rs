//! The oracle's state machine.

use super::{
    AggregatedPrice, Observation, PairId, PriceEntry, PriceHealth, PriceSource, Spot, aggregate,
    health, twap,
};
use crate::address::Address;
use crate::change::Change;
use crate::error::{Error, OracleError, SdkError};
use crate::id::Height;
use crate::params::OracleParams;
use crate::store::{Slot, Table, journaled};
use crate::time::{Block, Nanos, Timestamp};
use akash_sdl::num::{Dec, Denom};
use serde::{Deserialize, Serialize};

/// How far the first entry of a source may lie in the past.
const FIRST_ENTRY_AGE: Nanos = Nanos::from_secs(12);

/// Everything the oracle stores. Only AKT in US dollars is priced; ACT is worth one US dollar by definition.
///
/// | health of the pair | at the end of a block | becomes |
/// |---|---|---|
/// | none | no listed source has reported | none: reading fails |
/// | none or unhealthy | enough fresh sources, close enough | healthy; [`Change::PriceRecovered`], [`Change::PriceAggregated`] |
/// | healthy | enough fresh sources, close enough | healthy; [`Change::PriceAggregated`] |
/// | none or healthy | too few fresh sources, or too far apart | unhealthy; [`Change::PriceStaled`]: reading fails |
/// | unhealthy | too few fresh sources, or too far apart | unhealthy |
/// | any | no listed source has reported | as it was, and as usable |
///
/// ```
/// use akash_market::oracle::{Oracle, OracleEnv, PairId, PriceSource};
/// use akash_market::params::OracleParams;
/// use akash_market::time::Block;
/// use akash_sdl::num::{Dec, Denom};
/// let feed: akash_market::address::Address = "feed".parse()?;
/// let params = OracleParams { sources: vec![feed.clone()], ..OracleParams::default() };
/// let (mut oracle, mut changes) = (Oracle::new(&params), Vec::new());
/// let block = Block::default();
/// let mut env = OracleEnv { block, params: &params, changes: &mut changes };
/// oracle.add_price(&feed, &PairId::akt_usd(), "1.25".parse()?, block.time, &mut env)?;
/// assert!(oracle.price(&Denom::UAKT).is_err()); // not before the end of the block
/// oracle.end_block(&mut env)?;
/// assert_eq!(oracle.price(&Denom::UAKT)?, "1.25".parse()?);
/// assert_eq!(oracle.price(&Denom::UACT)?, Dec::ONE);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oracle {
    /// Numbers of all sources that were ever listed, from 1.
    source_ids: Table<Address, u32>,
    /// The latest entry of each listed source that reported.
    latest: Table<u32, (Timestamp, u64)>,
    /// By source, time and number in the block.
    entries: Table<(u32, Timestamp, u64), Dec>,
    /// Entries made in a block so far.
    made: Slot<(Height, u64)>,
    aggregated: Slot<Option<AggregatedPrice>>,
    health: Slot<Option<PriceHealth>>,
}

/// What the oracle works on besides its own state.
#[derive(Debug)]
pub struct OracleEnv<'a> {
    /// The block.
    pub block: Block,
    /// The parameters in force; after a change call [`Oracle::params_changed`].
    pub params: &'a OracleParams,
    /// Where to report what happened.
    pub changes: &'a mut Vec<Change>,
}

journaled!(Oracle {
    source_ids,
    latest,
    entries,
    made,
    aggregated,
    health,
});

impl Oracle {
    /// An oracle without entries.
    #[must_use]
    pub fn new(params: &OracleParams) -> Self {
        let mut oracle = Self::default();
        oracle.number_sources(params);
        oracle
    }

    /// The last healthy aggregate of a pair; the current price only while [`health`](Self::health) says so.
    #[must_use]
    pub fn aggregated(&self, pair: &PairId) -> Option<&AggregatedPrice> {
        self.aggregated.get().as_ref().filter(|_| pair.is_akt_usd())
    }

    /// The health of a pair as of the last evaluation.
    #[must_use]
    pub fn health(&self, pair: &PairId) -> Option<&PriceHealth> {
        self.health.get().as_ref().filter(|_| pair.is_akt_usd())
    }

    /// All stored entries in key order: by source number, then time.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = PriceEntry> {
        self.entries
            .iter()
            .map(|(&(source, timestamp, sequence), &price)| PriceEntry {
                source,
                pair: PairId::akt_usd(),
                timestamp,
                sequence,
                price,
            })
    }

    /// Takes note of new parameters. A source that is no longer listed starts afresh when it is listed again; its
    /// entries and its number stay.
    pub fn params_changed(&mut self, params: &OracleParams) {
        self.number_sources(params);
        let listed: Vec<u32> = params
            .sources
            .iter()
            .filter_map(|source| self.source_ids.get(source).copied())
            .collect();
        let reported: Vec<u32> = self.latest.iter().map(|(id, _)| *id).collect();
        for id in reported.iter().filter(|id| !listed.contains(id)) {
            self.latest.remove(id);
        }
    }

    /// Numbers are given in the order in which sources first appear, and kept.
    fn number_sources(&mut self, params: &OracleParams) {
        for source in &params.sources {
            if !self.source_ids.contains(source) {
                let next = u32::try_from(self.source_ids.len()).unwrap_or(u32::MAX);
                self.source_ids
                    .insert(source.clone(), next.saturating_add(1));
            }
        }
    }

    /// Takes a price from a source.
    ///
    /// Times may lie in the future, but never before the source's last one; the first may be 12 seconds old.
    ///
    /// # Errors
    /// `sdk` 4 if the source is not listed, `sdk` 18 for anything but a positive price of AKT in US dollars in time.
    pub fn add_price(
        &mut self,
        signer: &Address,
        pair: &PairId,
        price: Dec,
        timestamp: Timestamp,
        env: &mut OracleEnv<'_>,
    ) -> Result<(), Error> {
        let source = self
            .source_ids
            .get(signer)
            .copied()
            .filter(|_| env.params.sources.contains(signer))
            .ok_or_else(|| SdkError::Unauthorized {
                context: format!("source {signer} is not authorized oracle provider").into(),
            })?;
        let invalid = |context: String| {
            Error::from(SdkError::InvalidRequest {
                context: context.into(),
            })
        };
        if pair.denom != PairId::AKT {
            return Err(invalid(format!("unsupported denom {}", pair.denom)));
        }
        if pair.base_denom != PairId::USD {
            return Err(invalid(format!(
                "unsupported base denom {}",
                pair.base_denom
            )));
        }
        if !price.is_positive() {
            return Err(invalid("price must be positive".to_owned()));
        }
        let earliest = match self.latest.get(&source) {
            Some((last, _)) => *last,
            None => env.block.time.plus(Nanos(-FIRST_ENTRY_AGE.0)),
        };
        if timestamp < earliest {
            return Err(invalid("price timestamp is too old".to_owned()));
        }
        let (height, made) = *self.made.get();
        let sequence = if height == env.block.height { made } else { 0 };
        self.made
            .set((env.block.height, sequence.saturating_add(1)));
        self.entries.insert((source, timestamp, sequence), price);
        self.latest.insert(source, (timestamp, sequence));
        env.changes.push(Change::PriceReported {
            source: signer.clone(),
            pair: pair.clone(),
            price,
            timestamp,
        });
        Ok(())
    }

    /// Evaluates the sources at the end of a block.
    ///
    /// # Errors
    /// If extreme prices leave the range of numbers; the chain would stop there.
    pub fn end_block(&mut self, env: &mut OracleEnv<'_>) -> Result<(), Error> {
        if self.latest.is_empty() {
            return Ok(());
        }
        let spots = self.spots(env.block.time, env.params)?;
        let price = aggregate(PairId::AKT, env.block.time, &spots)?;
        let total = u32::try_from(self.latest.len()).unwrap_or(u32::MAX);
        let health = health(PairId::AKT, env.params, total, price.as_ref());
        let healthy = health.is_healthy;
        let before = self.health.get().as_ref();
        if before.map(|h| h.is_healthy) != Some(healthy) {
            let pair = PairId::akt_usd();
            env.changes.push(if healthy {
                Change::PriceRecovered {
                    pair,
                    height: env.block.height,
                }
            } else {
                Change::PriceStaled {
                    pair,
                    last_height: Height(0),
                }
            });
        }
        if before != Some(&health) {
            env.changes.push(Change::PriceHealthStored {
                health: Box::new(health.clone()),
            });
            self.health.set(Some(health));
        }
        if let Some(price) = price.filter(|_| healthy) {
            env.changes.push(Change::PriceAggregated {
                price: Box::new(price.clone()),
            });
            self.aggregated.set(Some(price));
        }
        Ok(())
    }

    /// What each fresh source says, by its number.
    fn spots(&self, now: Timestamp, params: &OracleParams) -> Result<Vec<Spot>, Error> {
        let oldest = now.plus(Nanos(params.max_price_staleness_period.0.saturating_neg()));
        let mut spots = Vec::new();
        for (&source, &(timestamp, sequence)) in self.latest.iter() {
            // A source whose latest entry was pruned has nothing to say, though it may count as fresh.
            let latest = self.entries.get(&(source, timestamp, sequence)).copied();
            if let Some(latest) = latest.filter(|_| timestamp >= oldest) {
                let twap = twap(&self.history(source, now, params.twap_window), now)?;
                spots.push(Spot { latest, twap });
            }
        }
        Ok(spots)
    }

    /// The entries of a source inside the window up to `now`, newest first, and the newest before the window as if
    /// made at its start.
    fn history(&self, source: u32, now: Timestamp, window: Nanos) -> Vec<Observation> {
        let start = now.plus(Nanos(window.0.saturating_neg()));
        let range = (source, Timestamp(i64::MIN), 0)..=(source, now, u64::MAX);
        let mut history = Vec::new();
        for (&(_, timestamp, _), &price) in self.entries.range(range).rev() {
            history.push(Observation {
                timestamp: timestamp.max(start),
                price,
            });
            if timestamp < start {
                break;
            }
        }
        history
    }

    /// Prunes entries at the end of the epoch that the parameters name: those as old as the retention or older, by
    /// source number, oldest first, at most as many as the parameters allow. A source that is no longer listed keeps
    /// its entries until it is listed and reports again.
    pub fn epoch_ended(&mut self, identifier: &str, env: &OracleEnv<'_>) {
        let params = env.params;
        if params.prune_epoch != identifier {
            return;
        }
        let mut left = usize::try_from(params.max_prune_per_epoch).unwrap_or_default();
        let last = env
            .block
            .time
            .plus(Nanos(params.price_retention.0.saturating_neg()));
        let sources: Vec<u32> = self.latest.iter().map(|(source, _)| *source).collect();
        for source in sources {
            let range = (source, Timestamp(i64::MIN), 0)..=(source, last, u64::MAX);
            let old: Vec<_> = self
                .entries
                .range(range)
                .take(left)
                .map(|(key, _)| *key)
                .collect();
            left = left.saturating_sub(old.len());
            for key in &old {
                self.entries.remove(key);
            }
        }
    }
}

impl PriceSource for Oracle {
    /// US dollars for one AKT or ACT, asked for by any of their units.
    fn price(&self, denom: &Denom) -> Result<Dec, Error> {
        if *denom == Denom::ACT || *denom == Denom::UACT {
            return Ok(Dec::ONE);
        }
        if *denom != Denom::AKT && *denom != Denom::UAKT {
            return Err(OracleError::PriceStalled.into());
        }
        let Some(health) = self.health.get() else {
            return Err(OracleError::PriceUnknown.into());
        };
        let healthy = health.is_healthy;
        let price = self.aggregated.get().as_ref().filter(|_| healthy);
        Ok(price.ok_or(OracleError::PriceStalled)?.twap)
    }
}
