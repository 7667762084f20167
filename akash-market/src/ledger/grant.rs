//! Deposit grants (AEP-75, cosmos-sdk x/authz).

use super::key::{ByBytes, LOWEST};
use super::{Ledger, validate};
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
        validate::grant(granter, grantee, scopes, spend_limits)?;
        self.check_expiry(expires)?;
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

    /// A grant has to end after this block.
    pub(super) fn check_expiry(&self, expires: Option<Timestamp>) -> Result<(), Error> {
        let now = self.block.time;
        match expires.filter(|end| *end <= now) {
            None => Ok(()),
            Some(end) => Err(SdkError::AuthorizationExpired { now, end }.into()),
        }
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
        validate::different(granter, grantee)?;
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

    /// Grants to an account that have not expired, in the byte order of the granters' addresses. One that ends with
    /// this very block is still there, though nothing of it can be stored anew.
    pub(super) fn grants_to(&self, grantee: &Address) -> impl Iterator<Item = &DepositGrant> {
        let first = (grantee.clone(), ByBytes::new(LOWEST.clone()));
        let grantee = grantee.clone();
        let now = self.block.time;
        self.state
            .grants
            .range(first..)
            .map(|(_, grant)| grant)
            .take_while(move |grant| grant.grantee == grantee)
            .filter(move |grant| grant.expires.is_none_or(|end| end >= now))
    }
}
