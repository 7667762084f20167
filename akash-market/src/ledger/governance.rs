//! Parameters, changed by governance.

use super::Ledger;
use crate::address::Address;
use crate::change::Change;
use crate::error::{DeploymentError, Error, MarketError, SdkError};
use crate::params::{DeploymentParams, MarketParams, ParamsChange};
use crate::time::Nanos;
use akash_sdl::num::{Coins, Denom, Int};

impl Ledger {
    pub(super) fn update_params(
        &mut self,
        authority: &Address,
        change: &ParamsChange,
    ) -> Result<(), Error> {
        self.check_authority(authority)?;
        check_params(change)?;
        let module = match change {
            ParamsChange::Deployment(new) => {
                self.state.params.modify(|p| p.deployment = new.clone());
                "deployment"
            }
            ParamsChange::Market(new) => {
                self.state.params.modify(|p| p.market = new.clone());
                "market"
            }
            ParamsChange::Bme(new) => {
                self.state.params.modify(|p| p.bme = new.clone());
                "bme"
            }
            ParamsChange::Oracle(new) => {
                self.state.params.modify(|p| p.oracle = new.clone());
                "oracle"
            }
        };
        self.changes.push(Change::ParamsUpdated {
            module: module.to_owned(),
        });
        Ok(())
    }

    /// Only the governance module may do some things.
    pub(super) fn check_authority(&self, authority: &Address) -> Result<(), Error> {
        if *authority == self.modules.gov {
            return Ok(());
        }
        Err(SdkError::NotGovernance {
            expected: self.modules.gov.clone(),
            got: authority.clone(),
        }
        .into())
    }
}

/// The rules that parameters obey.
pub(super) fn check_params(change: &ParamsChange) -> Result<(), Error> {
    match change {
        ParamsChange::Deployment(params) => check_deployment(params),
        ParamsChange::Market(params) => check_market(params),
        ParamsChange::Bme(_) | ParamsChange::Oracle(_) => Ok(()),
    }
}

fn check_deployment(params: &DeploymentParams) -> Result<(), Error> {
    let invalid = |reason: String| {
        Err(DeploymentError::InvalidParams {
            reason: reason.into(),
        }
        .into())
    };
    if let Err(error) = Coins::from_coins(params.min_deposits.iter().cloned()) {
        return invalid(format!("min deposits: {error}"));
    }
    let limit = Int::from(i32::MAX);
    if let Some(coin) = params.min_deposits.iter().find(|c| c.amount() >= limit) {
        return invalid(format!(
            "min deposit {coin} is too large: it must be below {limit}"
        ));
    }
    if params
        .min_deposits
        .iter()
        .all(|c| *c.denom() != Denom::UACT)
    {
        return invalid("min deposits must name uact".to_owned());
    }
    Ok(())
}

fn check_market(params: &MarketParams) -> Result<(), Error> {
    let reason = if let Err(error) = Coins::from_coins(params.bid_min_deposits.iter().cloned()) {
        format!("bid min deposits: {error}")
    } else if !(1..=500).contains(&params.order_max_bids) {
        format!(
            "order max bids is {}: it must be 1 to 500",
            params.order_max_bids
        )
    } else if params.min_reclamation_window < Nanos(0) {
        "min reclamation window must not be negative".to_owned()
    } else if params.max_reclamation_window <= params.min_reclamation_window.max(Nanos(0)) {
        "max reclamation window must be positive and above the minimum".to_owned()
    } else {
        return Ok(());
    };
    Err(MarketError::InvalidParams {
        reason: reason.into(),
    }
    .into())
}
