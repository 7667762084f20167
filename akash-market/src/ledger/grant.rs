//! Deposit grants (AEP-75, cosmos-sdk x/authz).

use super::key::{ByBytes, LOWEST};
use super::{Ledger, Quirk, validate};
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
        self.remember_end(granter, grantee);
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

    fn grant_changed(&mut self, granter: &Address, grantee: &Address) {
        self.changes.push(Change::DepositGranted {
            granter: granter.clone(),
            grantee: grantee.clone(),
        });
    }

    pub(super) fn put_grant(&mut self, grant: DepositGrant) {
        let key = between(&grant.granter, &grant.grantee);
        self.state.grants.insert(key, grant);
    }

    /// Notes when the grant that stands between the two was to end, and forgets what has come.
    fn remember_end(&mut self, granter: &Address, grantee: &Address) {
        let key = between(granter, grantee);
        let now = self.block.time;
        let mut ends = self
            .state
            .earlier_ends
            .get(&key)
            .cloned()
            .unwrap_or_default();
        ends.extend(self.state.grants.get(&key).and_then(|grant| grant.expires));
        ends.retain(|end| *end >= now);
        if ends.is_empty() {
            self.state.earlier_ends.remove(&key);
        } else {
            self.state.earlier_ends.insert(key, ends);
        }
    }

    /// When the chain deletes a grant that says it ends later, or never.
    pub(crate) fn early_end(&self, granter: &Address, grantee: &Address) -> Option<Timestamp> {
        let key = between(granter, grantee);
        let grant = self.state.grants.get(&key)?;
        let end = self.state.earlier_ends.get(&key)?.first().copied()?;
        let is_early = grant.expires.is_none_or(|own| end < own);
        (is_early && self.rules.has(Quirk::RenewedGrantEndsEarly)).then_some(end)
    }

    /// Whether the chain has deleted a grant that says it ends later.
    fn is_deleted(&self, grant: &DepositGrant) -> bool {
        self.early_end(&grant.granter, &grant.grantee)
            .is_some_and(|end| end < self.block.time)
    }

    /// All deposit grants, expired ones included, by grantee's text, then the bytes of the granter's address.
    pub fn grants(&self) -> impl Iterator<Item = &DepositGrant> {
        let all = self.state.grants.iter().map(|(_, grant)| grant);
        all.filter(|grant| !self.is_deleted(grant))
    }

    /// The grant that stands between the two, expired or not.
    pub(super) fn grant(&self, granter: &Address, grantee: &Address) -> Option<&DepositGrant> {
        let grant = self.state.grants.get(&between(granter, grantee));
        grant.filter(|grant| !self.is_deleted(grant))
    }

    pub(super) fn set_limits(&mut self, granter: &Address, grantee: &Address, limits: &Coins) {
        self.state
            .grants
            .modify(&between(granter, grantee), |grant| {
                grant.spend_limits = limits.as_slice().to_vec();
            });
        self.grant_changed(granter, grantee);
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
        self.remember_end(granter, grantee);
        self.state.grants.remove(&between(granter, grantee));
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
            .filter(|grant| !self.is_deleted(grant))
    }
}

/// The key of a grant.
fn between(granter: &Address, grantee: &Address) -> (Address, ByBytes) {
    (grantee.clone(), ByBytes::new(granter.clone()))
}
