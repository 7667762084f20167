//! Deposit grants (AEP-75, cosmos-sdk x/authz).

use super::Ledger;
use super::key::{ByBytes, LOWEST};
use crate::address::Address;
use crate::change::Change;
use crate::error::{Error, SdkError};
use crate::grant::{DepositGrant, GrantScope};
use crate::time::Timestamp;
use akash_sdl::num::{Coin, Coins};

impl Ledger {
    /// Replaces an earlier grant between the two.
    pub(super) fn grant_deposit(
        &mut self,
        granter: &Address,
        grantee: &Address,
        scopes: &[GrantScope],
        spend_limits: &[Coin],
        expires: Option<Timestamp>,
    ) -> Result<(), Error> {
        if expires.is_some_and(|end| end <= self.block.time) {
            return Err(SdkError::AuthorizationExpired.into());
        }
        let limits = Coins::from_coins(spend_limits.iter().cloned())?;
        let grant = DepositGrant {
            granter: granter.clone(),
            grantee: grantee.clone(),
            scopes: scopes.to_vec(),
            spend_limits: limits.as_slice().to_vec(),
            expires,
        };
        self.put_grant(grant);
        self.grant_changed(granter, grantee);
        Ok(())
    }

    pub(super) fn grant_changed(&mut self, granter: &Address, grantee: &Address) {
        self.changes.push(Change::DepositGranted {
            granter: granter.clone(),
            grantee: grantee.clone(),
        });
    }

    pub(super) fn put_grant(&mut self, grant: DepositGrant) {
        let key = (grant.grantee.clone(), ByBytes::new(grant.granter.clone()));
        self.state.grants.insert(key, grant);
    }

    pub(super) fn revoke_grant(
        &mut self,
        granter: &Address,
        grantee: &Address,
    ) -> Result<(), Error> {
        let standing = self
            .grants_to(grantee)
            .any(|grant| grant.granter == *granter);
        if !standing {
            let context = format!("failed to delete grant from {granter} to {grantee}");
            return Err(SdkError::AuthorizationNotFound {
                context: context.into(),
            }
            .into());
        }
        let key = (grantee.clone(), ByBytes::new(granter.clone()));
        self.state.grants.remove(&key);
        self.changes.push(Change::DepositGrantRevoked {
            granter: granter.clone(),
            grantee: grantee.clone(),
        });
        Ok(())
    }

    /// Grants to an account that have not expired, in the byte order of the granters' addresses.
    pub(super) fn grants_to(&self, grantee: &Address) -> impl Iterator<Item = &DepositGrant> {
        let first = (grantee.clone(), ByBytes::new(LOWEST.clone()));
        let grantee = grantee.clone();
        let now = self.block.time;
        self.state
            .grants
            .range(first..)
            .map(|(_, grant)| grant)
            .take_while(move |grant| grant.grantee == grantee)
            .filter(move |grant| grant.expires.is_none_or(|end| end > now))
    }
}
