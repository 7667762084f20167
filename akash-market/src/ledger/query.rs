//! Reading a ledger, in the chain's orders.
//!
//! | list | with an owner | with a provider only | else |
//! |---|---|---|---|
//! | deployments, orders, bids, leases | by id, states mixed | by provider, then id | by state, then id |
//! | providers, audit records, grants | by address bytes | | |
//! | payments | by the text of their key | | |
//! | requests to mint and burn | pending, executed, canceled; by id in each | | |

mod market;
mod record;

use self::market::deployment_entity;
use super::Ledger;
use super::folio::Folio;
use super::key::{PaymentKey, Serial};
use crate::audit::AuditRecord;
use crate::certificate::Certificate;
use crate::escrow::{EscrowAccount, EscrowPayment};
use crate::provider::Provider;
use crate::query::{Entity, Filter, Key, Listing, Page};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Items in a page that names no limit.
const DEFAULT_LIMIT: usize = 100;

/// Why a list can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The page does not start where another page of this list ended.
    #[error("this page does not continue the list: pass the `next` of a page of the same list")]
    ForeignCursor,
}

impl Ledger {
    /// Reads one object; `None` if there is none.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<Entity> {
        let state = &self.state;
        match key {
            Key::Deployment(id) => state.folios.folio(id).and_then(deployment_entity),
            Key::Group(id) => state.folios.group(id).cloned().map(Entity::Group),
            Key::Order(id) => state.folios.order(id).cloned().map(Entity::Order),
            Key::Bid(id) => state.folios.bid(id).cloned().map(Entity::Bid),
            Key::Lease(id) => state.folios.lease(id).cloned().map(Entity::Lease),
            Key::EscrowAccount(id) => state
                .folios
                .account(id)
                .map(|a| Entity::EscrowAccount(EscrowAccount::clone(a))),
            Key::EscrowPayment(id) => state
                .folios
                .payment(&id.0)
                .map(|p| Entity::EscrowPayment(EscrowPayment::clone(p))),
            Key::Provider(owner) => self.provider(owner).cloned().map(Entity::Provider),
            Key::Audit { owner, auditor } => self.audit(owner, auditor).cloned().map(Entity::Audit),
            Key::Certificate { owner, serial } => state
                .certificates
                .get(&(owner.clone(), Serial::new(serial)))
                .cloned()
                .map(Entity::Certificate),
            Key::Balance { owner, denom } => Some(Entity::Balance(state.bank.coin(owner, denom))),
            Key::Params => Some(Entity::Params(Box::new(self.params().clone()))),
            Key::BurnMint(id) => state.bme.record(id).map(Entity::BurnMint),
            Key::BmeStatus => self.bme_report().ok().map(Entity::BmeStatus),
            Key::Vault => Some(Entity::Vault(self.vault())),
            Key::Price(pair) => pair.is_akt_usd().then(|| Entity::Price {
                price: state.oracle.aggregated(pair).cloned(),
                health: state.oracle.health(pair).cloned(),
            }),
        }
    }

    /// Reads one page of a list.
    ///
    /// ```
    /// use akash_market::ledger::{Genesis, Ledger};
    /// use akash_market::query::{Filter, Page};
    /// let ledger = Ledger::new(Genesis::default())?;
    /// let listing = ledger.list(&Filter::Providers, &Page::default())?;
    /// assert!(listing.items.is_empty() && listing.next.is_none());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// If the page does not continue this list.
    pub fn list(&self, filter: &Filter, page: &Page) -> Result<Listing, QueryError> {
        match filter {
            Filter::Deployments { owner, dseq, state } => {
                self.list_deployments(owner.as_ref(), *dseq, *state, page)
            }
            Filter::Orders { owner, dseq, state } => {
                self.list_orders(owner.as_ref(), *dseq, *state, page)
            }
            Filter::Bids {
                owner,
                dseq,
                provider,
                state,
            } => self.list_bids(owner.as_ref(), *dseq, provider.as_ref(), *state, page),
            Filter::Leases {
                owner,
                dseq,
                provider,
                state,
            } => self.list_leases(owner.as_ref(), *dseq, provider.as_ref(), *state, page),
            Filter::EscrowPayments { deployment } => self.list_payments(deployment, page),
            Filter::Providers => self.list_providers(page),
            Filter::Audits { owner } => self.list_audits(owner, page),
            Filter::Certificates { owner, state } => self.list_certificates(owner, *state, page),
            Filter::Balances { owner } => self.list_balances(owner, page),
            Filter::Grants { grantee } => self.list_grants(grantee, page),
            Filter::BurnMints { source } => self.list_burn_mints(source.as_ref(), page),
        }
    }

    /// All escrow accounts by id: those of bids, then those of deployments.
    pub fn escrow_accounts(&self) -> impl Iterator<Item = &EscrowAccount> {
        let folios = || self.state.folios.iter();
        let of_bids =
            folios().flat_map(|folio| folio.bids().filter_map(|page| page.account.as_deref()));
        of_bids.chain(folios().filter_map(|folio| folio.account.as_deref()))
    }

    /// All escrow payments in the order of their keys' texts.
    pub fn escrow_payments(&self) -> impl Iterator<Item = &EscrowPayment> {
        let mut payments: Vec<(PaymentKey, &EscrowPayment)> = self
            .state
            .folios
            .iter()
            .flat_map(Folio::payments)
            .map(|payment| (PaymentKey::new(&payment.id), &**payment))
            .collect();
        payments.sort_by(|(a, _), (b, _)| a.cmp(b));
        payments.into_iter().map(|(_, payment)| payment)
    }

    /// All certificates, by owner's text, then serial number.
    pub fn certificates(&self) -> impl Iterator<Item = &Certificate> {
        self.state.certificates.iter().map(|(_, found)| found)
    }

    /// All audit records, by the bytes of the provider's address, then the auditor's.
    pub fn audits(&self) -> impl Iterator<Item = &AuditRecord> {
        self.state.audits.iter().map(|(_, record)| record)
    }

    /// All providers, by the bytes of their addresses.
    pub fn providers(&self) -> impl Iterator<Item = &Provider> {
        self.state.providers.iter().map(|(_, provider)| &**provider)
    }

    /// Cuts a page out of a walk that begins at the page's cursor.
    fn cut<C: Serialize>(
        &self,
        page: &Page,
        mut walk: impl Iterator<Item = (C, Entity)>,
    ) -> Listing {
        let limit = match usize::try_from(page.limit) {
            Ok(0) | Err(_) => DEFAULT_LIMIT,
            Ok(limit) => limit,
        };
        let items = walk
            .by_ref()
            .take(limit)
            .map(|(_, entity)| entity)
            .collect();
        let next = walk
            .next()
            .and_then(|(cursor, _)| serde_json::to_vec(&cursor).ok());
        Listing {
            items,
            next,
            at: self.block,
        }
    }
}

/// The cursor of a page, `None` for the first.
fn cursor<C: DeserializeOwned>(page: &Page) -> Result<Option<C>, QueryError> {
    page.after
        .as_deref()
        .map(|bytes| serde_json::from_slice(bytes).map_err(|_| QueryError::ForeignCursor))
        .transpose()
}
