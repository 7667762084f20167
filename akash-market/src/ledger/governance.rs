//! Parameters, changed by governance.

use super::Ledger;
use super::state::State;
use crate::address::Address;
use crate::change::Change;
use crate::error::{Error, SdkError};
use crate::params::ParamsChange;

impl Ledger {
    pub(super) fn update_params(
        &mut self,
        authority: &Address,
        change: &ParamsChange,
    ) -> Result<(), Error> {
        self.check_authority(authority)?;
        change.validate(Some(&self.modules.prefix))?;
        let State { params, oracle, .. } = &mut self.state;
        params.modify(|params| match change {
            ParamsChange::Deployment(new) => params.deployment = new.clone(),
            ParamsChange::Market(new) => params.market = new.clone(),
            ParamsChange::Bme(new) => params.bme = new.clone(),
            ParamsChange::Oracle(new) => params.oracle = new.clone(),
        });
        if let ParamsChange::Oracle(new) = change {
            oracle.params_changed(new);
        }
        self.changes.push(Change::ParamsUpdated {
            module: change.module().to_owned(),
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
