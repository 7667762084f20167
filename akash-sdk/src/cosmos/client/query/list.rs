//! Lists by their filter, a page at a time.

use super::Client;
use crate::chain::{At, ChainError};
use crate::cosmos::convert::provider::certificate_from_wire;
use crate::cosmos::convert::{ConvertError, Wire};
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::akash::audit::v1 as audit;
use crate::cosmos::wire::akash::bme::v1 as bme;
use crate::cosmos::wire::akash::cert::v1 as cert;
use crate::cosmos::wire::akash::deployment::v1beta4 as deployment;
use crate::cosmos::wire::akash::escrow::v1 as escrow;
use crate::cosmos::wire::akash::market::v1 as lease;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use crate::cosmos::wire::akash::provider::v1beta4 as provider;
use crate::cosmos::wire::cosmos::authz::v1beta1 as authz;
use crate::cosmos::wire::cosmos::bank::v1beta1 as bank;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use akash_market::address::Address;
use akash_market::audit::AuditRecord;
use akash_market::bme::Record;
use akash_market::deployment::{Deployment, Group};
use akash_market::escrow::AccountId;
use akash_market::id::{DeploymentId, Dseq};
use akash_market::query::{Entity, Filter, Page};
use akash_sdl::num::Coin;

/// A list's messages and where its next page starts.
pub(super) type Items = (Vec<Entity>, Option<PageResponse>);

fn text(address: Option<&Address>) -> String {
    address.map(ToString::to_string).unwrap_or_default()
}

fn number(dseq: Option<Dseq>) -> u64 {
    dseq.map(|dseq| dseq.0).unwrap_or_default()
}

/// A state as filters name it, which is also how it is serialised here.
fn state<T: serde::Serialize>(state: Option<&T>) -> String {
    match state.map(serde_json::to_value) {
        Some(Ok(serde_json::Value::String(text))) => text,
        _ => String::new(),
    }
}

pub(super) fn entities<T: Wire>(
    messages: &[T::Message],
    wrap: impl Fn(T) -> Entity,
) -> Result<Vec<Entity>, ConvertError> {
    messages
        .iter()
        .map(|message| T::from_wire(message).map(&wrap))
        .collect()
}

impl Client {
    pub(super) async fn payments(
        &self,
        deployment: &DeploymentId,
        page: &Page,
        at: At,
    ) -> Result<Items, ChainError> {
        let id = AccountId::Deployment(deployment.clone());
        let request = escrow::QueryPaymentsRequest {
            xid: id.to_string(),
            pagination: Some(request(page)),
            ..escrow::QueryPaymentsRequest::default()
        };
        let answer: escrow::QueryPaymentsResponse = self
            .ask("/akash.escrow.v1.Query/Payments", request, at)
            .await?;
        let mut found = entities(&answer.payments, Entity::EscrowPayment)?;
        // The node's filter is a prefix of the text: dseq 1 finds dseq 12 as well.
        found.retain(
            |entity| matches!(entity, Entity::EscrowPayment(p) if p.id.0.deployment() == deployment),
        );
        Ok((found, answer.pagination))
    }

    pub(super) async fn certificates(
        &self,
        owner: &Address,
        filter: cert::CertificateFilter,
        pagination: Option<PageRequest>,
        at: At,
    ) -> Result<Items, ChainError> {
        let request = cert::QueryCertificatesRequest { filter, pagination };
        let answer: cert::QueryCertificatesResponse = self
            .ask("/akash.cert.v1.Query/Certificates", request, at)
            .await?;
        let found = answer
            .certificates
            .iter()
            .map(|message| certificate_from_wire(owner, message).map(Entity::Certificate))
            .collect::<Result<_, _>>()?;
        Ok((found, answer.pagination))
    }

    pub(super) async fn items(
        &self,
        filter: &Filter,
        page: &Page,
        at: At,
    ) -> Result<Items, ChainError> {
        let pagination = Some(request(page));
        match filter {
            Filter::Deployments {
                owner,
                dseq,
                state: wanted,
            } => {
                let filters = deployment::DeploymentFilters {
                    owner: text(owner.as_ref()),
                    dseq: number(*dseq),
                    state: state(wanted.as_ref()),
                };
                let request = deployment::QueryDeploymentsRequest {
                    filters,
                    pagination,
                };
                let answer: deployment::QueryDeploymentsResponse = self
                    .ask("/akash.deployment.v1beta4.Query/Deployments", request, at)
                    .await?;
                let mut items = Vec::new();
                for found in &answer.deployments {
                    items.push(Entity::Deployment {
                        deployment: Deployment::from_wire(&found.deployment)?,
                        groups: found
                            .groups
                            .iter()
                            .map(Group::from_wire)
                            .collect::<Result<_, _>>()?,
                    });
                }
                Ok((items, answer.pagination))
            }
            Filter::Orders {
                owner,
                dseq,
                state: wanted,
            } => {
                let filters = market::OrderFilters {
                    owner: text(owner.as_ref()),
                    dseq: number(*dseq),
                    state: state(wanted.as_ref()),
                    ..market::OrderFilters::default()
                };
                let request = market::QueryOrdersRequest {
                    filters,
                    pagination,
                };
                let answer: market::QueryOrdersResponse = self
                    .ask("/akash.market.v1beta5.Query/Orders", request, at)
                    .await?;
                Ok((entities(&answer.orders, Entity::Order)?, answer.pagination))
            }
            Filter::Bids {
                owner,
                dseq,
                provider,
                state: wanted,
            } => {
                let filters = market::BidFilters {
                    owner: text(owner.as_ref()),
                    dseq: number(*dseq),
                    provider: text(provider.as_ref()),
                    state: state(wanted.as_ref()),
                    ..market::BidFilters::default()
                };
                let request = market::QueryBidsRequest {
                    filters,
                    pagination,
                };
                let answer: market::QueryBidsResponse = self
                    .ask("/akash.market.v1beta5.Query/Bids", request, at)
                    .await?;
                let bids: Vec<market::Bid> = answer.bids.into_iter().map(|b| b.bid).collect();
                Ok((entities(&bids, Entity::Bid)?, answer.pagination))
            }
            Filter::Leases {
                owner,
                dseq,
                provider,
                state: wanted,
            } => {
                let filters = lease::LeaseFilters {
                    owner: text(owner.as_ref()),
                    dseq: number(*dseq),
                    provider: text(provider.as_ref()),
                    state: state(wanted.as_ref()),
                    ..lease::LeaseFilters::default()
                };
                let request = market::QueryLeasesRequest {
                    filters,
                    pagination,
                };
                let answer: market::QueryLeasesResponse = self
                    .ask("/akash.market.v1beta5.Query/Leases", request, at)
                    .await?;
                let leases: Vec<lease::Lease> =
                    answer.leases.into_iter().map(|l| l.lease).collect();
                Ok((entities(&leases, Entity::Lease)?, answer.pagination))
            }
            Filter::EscrowPayments { deployment } => self.payments(deployment, page, at).await,
            _ => self.other_items(filter, pagination, at).await,
        }
    }

    async fn other_items(
        &self,
        filter: &Filter,
        pagination: Option<PageRequest>,
        at: At,
    ) -> Result<Items, ChainError> {
        match filter {
            Filter::Providers => {
                let request = provider::QueryProvidersRequest { pagination };
                let answer: provider::QueryProvidersResponse = self
                    .ask("/akash.provider.v1beta4.Query/Providers", request, at)
                    .await?;
                Ok((
                    entities(&answer.providers, Entity::Provider)?,
                    answer.pagination,
                ))
            }
            Filter::Audits { owner } => {
                let request = audit::QueryProviderAttributesRequest {
                    owner: owner.to_string(),
                    pagination,
                };
                let path = "/akash.audit.v1.Query/ProviderAttributes";
                let found: Option<audit::QueryProvidersResponse> =
                    self.look(path, request, at).await?;
                let records: Vec<audit::AuditedProvider> =
                    found.map(|answer| answer.providers).unwrap_or_default();
                Ok((entities::<AuditRecord>(&records, Entity::Audit)?, None))
            }
            Filter::Certificates {
                owner,
                state: wanted,
            } => {
                let filter = cert::CertificateFilter {
                    owner: owner.to_string(),
                    serial: String::new(),
                    state: state(wanted.as_ref()),
                };
                self.certificates(owner, filter, pagination, at).await
            }
            Filter::BurnMints { source } => {
                let filters = bme::LedgerRecordFilters {
                    source: text(source.as_ref()),
                    ..bme::LedgerRecordFilters::default()
                };
                let request = bme::QueryLedgerRecordsRequest {
                    filters,
                    pagination,
                };
                let answer: bme::QueryLedgerRecordsResponse = self
                    .ask("/akash.bme.v1.Query/LedgerRecords", request, at)
                    .await?;
                Ok((
                    entities::<Record>(&answer.records, Entity::BurnMint)?,
                    answer.pagination,
                ))
            }
            Filter::Balances { owner } => {
                let request = bank::QueryAllBalancesRequest {
                    address: owner.to_string(),
                    pagination,
                    resolve_denom: false,
                };
                let answer: bank::QueryAllBalancesResponse = self
                    .ask("/cosmos.bank.v1beta1.Query/AllBalances", request, at)
                    .await?;
                Ok((
                    entities::<Coin>(&answer.balances, Entity::Balance)?,
                    answer.pagination,
                ))
            }
            Filter::Grants { grantee } => {
                let request = authz::QueryGranteeGrantsRequest {
                    grantee: grantee.to_string(),
                    pagination,
                };
                let mut answer: authz::QueryGranteeGrantsResponse = self
                    .ask("/cosmos.authz.v1beta1.Query/GranteeGrants", request, at)
                    .await?;
                // Grants of other kinds are listed among them.
                answer.grants.retain(|found| {
                    let any = found.authorization.as_ref();
                    any.is_some_and(|any| any.type_url == escrow::DepositAuthorization::TYPE_URL)
                });
                Ok((entities(&answer.grants, Entity::Grant)?, answer.pagination))
            }
            _ => Err(ChainError::Unsupported {
                what: "this list".to_owned(),
            }),
        }
    }
}

fn request(page: &Page) -> PageRequest {
    PageRequest {
        key: page.after.clone().unwrap_or_default(),
        limit: u64::from(page.limit),
        ..PageRequest::default()
    }
}
