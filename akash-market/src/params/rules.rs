//! What parameters have to obey when governance sets them (chain-sdk, `Params.Validate` of each module).

use super::{BmeParams, DeploymentParams, MarketParams, OracleParams, Params, ParamsChange};
use crate::address::complaint;
use akash_sdl::num::{Coin, Denom, Int};

/// Why parameters are refused. The chain loses the registered code: it answers `undefined` 1 with this text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct ParamsError {
    /// Which rule they break.
    pub reason: Box<str>,
}

fn ensure(holds: bool, reason: impl FnOnce() -> String) -> Result<(), ParamsError> {
    if holds {
        Ok(())
    } else {
        Err(ParamsError {
            reason: reason().into(),
        })
    }
}

/// Why the chain does not take coins as a set: it has to be sorted by denom, each once, all above zero.
fn coin_set_fault(coins: &[Coin]) -> Option<String> {
    let mut before: Option<&Denom> = None;
    for coin in coins {
        let denom = coin.denom();
        match before {
            None if coin.is_zero() => return Some(format!("coin {coin} amount is not positive")),
            Some(lower) if denom < lower => {
                return Some(format!("denomination {denom} is not sorted"));
            }
            Some(same) if denom == same => return Some(format!("duplicate denomination {denom}")),
            Some(_) if coin.is_zero() => {
                return Some(format!("coin {denom} amount is not positive"));
            }
            _ => before = Some(denom),
        }
    }
    None
}

impl DeploymentParams {
    /// Checks the rules: no denom twice, each amount below 2³¹ − 1, `uact` among them.
    ///
    /// # Errors
    /// The first rule broken.
    pub fn validate(&self) -> Result<(), ParamsError> {
        for (at, coin) in self.min_deposits.iter().enumerate() {
            let mut before = self.min_deposits.iter().take(at);
            ensure(before.all(|c| c.denom() != coin.denom()), || {
                format!("duplicate Min Deposit for denom ({coin})")
            })?;
            ensure(coin.amount() < Int::from(i32::MAX), || {
                format!(
                    "parameter invalid: Min Deposit ({}) - too large: {}",
                    coin.denom(),
                    coin.amount()
                )
            })?;
        }
        ensure(
            self.min_deposits.iter().any(|c| *c.denom() == Denom::UACT),
            || {
                let given = if self.min_deposits.is_empty() {
                    "types.Coins(nil)"
                } else {
                    "types.Coins{…}"
                };
                format!("parameter invalid: Min Deposits - uact not given: {given}")
            },
        )
    }
}

impl MarketParams {
    /// Checks the rules: 1 to 500 bids, minimum deposits are a set of coins, windows in order.
    ///
    /// # Errors
    /// The first rule broken.
    pub fn validate(&self) -> Result<(), ParamsError> {
        let rule = |holds, what: &str| ensure(holds, || format!("parameter invalid: {what}"));
        rule(self.order_max_bids >= 1, "order max bids too low")?;
        rule(self.order_max_bids <= 500, "order max bids too high")?;
        if let Some(fault) = coin_set_fault(&self.bid_min_deposits) {
            rule(false, &fault)?;
        }
        let (min, max) = (self.min_reclamation_window, self.max_reclamation_window);
        rule(min.0 >= 0, "min reclamation window must be >= 0")?;
        rule(max.0 > 0, "max reclamation window must be > 0")?;
        rule(
            max > min,
            "max reclamation window must be > min reclamation window",
        )
    }
}

impl BmeParams {
    /// Checks the rules: at least one block an epoch, thresholds up to 10000 and in order, spreads up to 10 %, back-off
    /// up to 100 %, minimum mints a set of coins.
    ///
    /// # Errors
    /// The first rule broken.
    pub fn validate(&self) -> Result<(), ParamsError> {
        let (warn, halt) = (
            self.circuit_breaker_warn_threshold,
            self.circuit_breaker_halt_threshold,
        );
        ensure(self.min_epoch_blocks > 0, || {
            "min_epoch_blocks must be positive".to_owned()
        })?;
        ensure(warn <= 10_000, || {
            "circuit_breaker_warn_threshold cannot exceed 10000".to_owned()
        })?;
        ensure(halt <= 10_000, || {
            "circuit_breaker_halt_threshold cannot exceed 10000".to_owned()
        })?;
        ensure(warn > halt, || {
            "warn threshold must be greater than halt threshold".to_owned()
        })?;
        ensure(self.mint_spread_bps <= 1_000, || {
            "mint_spread_bps cannot exceed 1000 (10%)".to_owned()
        })?;
        ensure(self.settle_spread_bps <= 1_000, || {
            "settle_spread_bps cannot exceed 1000 (10%)".to_owned()
        })?;
        ensure(self.epoch_blocks_backoff_percent <= 100, || {
            "epoch_blocks_backoff cannot exceed 100%".to_owned()
        })?;
        ensure(coin_set_fault(&self.min_mint).is_none(), || {
            "min_mint coins are invalid".to_owned()
        })
    }
}

impl OracleParams {
    /// Checks the rules: at least one source needed, positive periods, retention not below the window, a named epoch,
    /// no negative limits, every source an address with `prefix` (`None`: of any form).
    ///
    /// # Errors
    /// The first rule broken.
    pub fn validate(&self, prefix: Option<&str>) -> Result<(), ParamsError> {
        ensure(self.min_price_sources >= 1, || {
            "min_price_sources must be at least 1".to_owned()
        })?;
        ensure(self.max_price_staleness_period.0 > 0, || {
            "max_price_staleness_period must be greater than 0".to_owned()
        })?;
        ensure(self.max_price_deviation_bps > 0, || {
            "max_price_deviation_bps must be greater than 0".to_owned()
        })?;
        ensure(self.twap_window.0 > 0, || {
            "twap_window must be greater than 0".to_owned()
        })?;
        ensure(self.price_retention.0 > 0, || {
            "price_retention must be positive".to_owned()
        })?;
        ensure(self.price_retention >= self.twap_window, || {
            format!(
                "price_retention ({}) must be at least twap_window ({})",
                self.price_retention, self.twap_window
            )
        })?;
        ensure(!self.prune_epoch.is_empty(), || {
            "prune_epoch must not be empty".to_owned()
        })?;
        ensure(self.max_prune_per_epoch >= 0, || {
            "max_prune_per_epoch must be non-negative".to_owned()
        })?;
        ensure(self.max_future_time_drift.0 >= 0, || {
            "max_future_time_drift must be non-negative".to_owned()
        })?;
        for source in &self.sources {
            let Some(prefix) = prefix.filter(|prefix| source.prefix() != Some(prefix)) else {
                continue;
            };
            let why = complaint(prefix, &source.as_str());
            ensure(false, || {
                format!("invalid source address \"{source}\": {why}")
            })?;
        }
        Ok(())
    }
}

impl ParamsChange {
    /// Checks the rules of the module; `prefix` as for [`OracleParams::validate`].
    ///
    /// # Errors
    /// The first rule broken.
    pub fn validate(&self, prefix: Option<&str>) -> Result<(), ParamsError> {
        match self {
            Self::Deployment(params) => params.validate(),
            Self::Market(params) => params.validate(),
            Self::Bme(params) => params.validate(),
            Self::Oracle(params) => params.validate(prefix),
        }
    }

    /// The name of the module, such as `market`.
    #[must_use]
    pub const fn module(&self) -> &'static str {
        match self {
            Self::Deployment(_) => "deployment",
            Self::Market(_) => "market",
            Self::Bme(_) => "bme",
            Self::Oracle(_) => "oracle",
        }
    }
}

impl Params {
    /// Checks the rules of all modules; `prefix` as for [`OracleParams::validate`].
    ///
    /// # Errors
    /// The first rule broken.
    pub fn validate(&self, prefix: Option<&str>) -> Result<(), ParamsError> {
        self.deployment.validate()?;
        self.market.validate()?;
        self.bme.validate()?;
        self.oracle.validate(prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Nanos;

    fn reason(change: &ParamsChange) -> String {
        change.validate(Some("akash")).unwrap_err().to_string()
    }

    #[test]
    fn defaults_obey_the_rules() {
        assert_eq!(Params::default().validate(Some("akash")), Ok(()));
    }

    #[test]
    fn deployments_need_a_uact_minimum() {
        let params = |min_deposits| ParamsChange::Deployment(DeploymentParams { min_deposits });
        assert!(reason(&params(vec![Coin::uakt(1)])).contains("uact"));
        assert!(reason(&params(vec![Coin::uact(1), Coin::uact(2)])).contains("duplicate"));
        assert!(reason(&params(vec![Coin::uact(2_147_483_647)])).contains("too large"));
        assert_eq!(
            params(vec![Coin::uact(2_147_483_646)]).validate(None),
            Ok(())
        );
    }

    #[test]
    fn markets_keep_their_windows_in_order() {
        let with = |change: fn(&mut MarketParams)| {
            let mut params = MarketParams::default();
            change(&mut params);
            ParamsChange::Market(params)
        };
        for broken in [
            with(|p| p.order_max_bids = 0),
            with(|p| p.order_max_bids = 501),
            with(|p| p.min_reclamation_window = Nanos(-1)),
            with(|p| p.max_reclamation_window = p.min_reclamation_window),
            with(|p| p.bid_min_deposits.reverse()),
            with(|p| p.bid_min_deposits = vec![Coin::uact(0)]),
        ] {
            assert!(!reason(&broken).is_empty());
        }
    }

    #[test]
    fn sources_are_addresses_of_the_network() {
        let params = |source: &str| {
            ParamsChange::Oracle(OracleParams {
                sources: vec![source.parse().unwrap()],
                ..OracleParams::default()
            })
        };
        assert_eq!(
            reason(&params("bad")),
            "invalid source address \"bad\": decoding bech32 failed: invalid bech32 string length 3"
        );
        assert_eq!(params("bad").validate(None), Ok(()));
    }
}
