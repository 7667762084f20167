//! Lists of providers, audit records, certificates, balances, grants and requests to mint and burn.

use super::super::Ledger;
use super::super::key::{ByBytes, LOWEST, Serial};
use super::{QueryError, cursor};
use crate::address::Address;
use crate::bme::{RecordId, Stage};
use crate::certificate::CertificateState;
use crate::provider::Provider;
use crate::query::{Entity, Listing, Page};
use akash_sdl::num::Denom;

impl Ledger {
    pub(super) fn list_providers(&self, page: &Page) -> Result<Listing, QueryError> {
        let first = cursor(page)?.unwrap_or_else(|| ByBytes::new(LOWEST.clone()));
        let walk = self
            .state
            .providers
            .range(first..)
            .map(|(key, provider)| (key, Entity::Provider(Provider::clone(provider))));
        Ok(self.cut(page, walk))
    }

    pub(super) fn list_audits(&self, owner: &Address, page: &Page) -> Result<Listing, QueryError> {
        let from: Option<ByBytes> = cursor(page)?;
        let walk = self
            .audits_of(owner)
            .map(|record| (ByBytes::new(record.auditor.clone()), record))
            .filter(|(at, _)| from.as_ref().is_none_or(|first| at >= first))
            .map(|(at, record)| (at, Entity::Audit(record.clone())));
        Ok(self.cut(page, walk))
    }

    pub(super) fn list_certificates(
        &self,
        owner: &Address,
        state: Option<CertificateState>,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let first = cursor(page)?.unwrap_or_else(|| Serial::new(""));
        let walk = self
            .state
            .certificates
            .range((owner.clone(), first)..)
            .take_while(|((holder, _), _)| holder == owner)
            .filter(|(_, c)| state.is_none_or(|s| c.state == s))
            .map(|((_, serial), c)| (serial, Entity::Certificate(c.clone())));
        Ok(self.cut(page, walk))
    }

    pub(super) fn list_balances(
        &self,
        owner: &Address,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let from: Option<Denom> = cursor(page)?;
        let walk = self
            .state
            .bank
            .coins(owner)
            .filter(|coin| from.as_ref().is_none_or(|first| coin.denom() >= first))
            .map(|coin| (coin.denom().clone(), Entity::Balance(coin)));
        Ok(self.cut(page, walk))
    }

    pub(super) fn list_grants(
        &self,
        grantee: &Address,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let from: Option<ByBytes> = cursor(page)?;
        let walk = self
            .grants_to(grantee)
            .map(|grant| (ByBytes::new(grant.granter.clone()), grant))
            .filter(|(at, _)| from.as_ref().is_none_or(|first| at >= first))
            .map(|(at, grant)| (at, Entity::Grant(grant.clone())));
        Ok(self.cut(page, walk))
    }

    pub(super) fn list_burn_mints(
        &self,
        source: Option<&Address>,
        page: &Page,
    ) -> Result<Listing, QueryError> {
        let from: Option<(Stage, RecordId)> = cursor(page)?;
        let walk = self
            .state
            .bme
            .walk(from.as_ref())
            .filter(|(_, record)| source.is_none_or(|s| record.id.source == *s))
            .map(|(at, record)| (at, Entity::BurnMint(record)));
        Ok(self.cut(page, walk))
    }
}
