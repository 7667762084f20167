use super::Client;
use crate::chain::{At, Capabilities, ChainError, Head, Query};
use crate::cosmos::convert::provider::certificate_from_wire;
use crate::cosmos::convert::{ConvertError, Wire};
use crate::cosmos::transport::TransportError;
use crate::cosmos::wire::akash::audit::v1 as audit;
use crate::cosmos::wire::akash::bme::v1 as bme;
use crate::cosmos::wire::akash::cert::v1 as cert;
use crate::cosmos::wire::akash::deployment::v1beta4 as deployment;
use crate::cosmos::wire::akash::escrow::v1 as escrow;
use crate::cosmos::wire::akash::market::v1 as lease;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use crate::cosmos::wire::akash::oracle::v2 as oracle;
use crate::cosmos::wire::akash::provider::v1beta4 as provider;
use crate::cosmos::wire::cosmos::bank::v1beta1 as bank;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use akash_market::address::Address;
use akash_market::audit::AuditRecord;
use akash_market::bid::Bid;
use akash_market::bme::{BmeStatus, Record, VaultState};
use akash_market::deployment::{Deployment, Group};
use akash_market::escrow::AccountId;
use akash_market::id::{Dseq, Height};
use akash_market::lease::Lease;
use akash_market::oracle::{AggregatedPrice, PriceHealth};
use akash_market::order::Order;
use akash_market::params::{BmeParams, DeploymentParams, MarketParams, OracleParams, Params};
use akash_market::provider::Provider;
use akash_market::query::{Entity, Filter, Key, Listing, Page};
use akash_market::time::Block;
use akash_sdl::num::Coin;
use async_trait::async_trait;
use prost::Message;

/// A list's messages and where its next page starts.
type Items = (Vec<Entity>, Option<PageResponse>);

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

fn entities<T: Wire>(
    messages: &[T::Message],
    wrap: impl Fn(T) -> Entity,
) -> Result<Vec<Entity>, ConvertError> {
    messages
        .iter()
        .map(|message| T::from_wire(message).map(&wrap))
        .collect()
}

impl Client {
    async fn ask<R: Message + Default>(
        &self,
        path: &str,
        request: impl Message,
        at: At,
    ) -> Result<R, ChainError> {
        let height = self.height(at).await?;
        let answer = self
            .transport
            .unary(path, request.encode_to_vec(), height)
            .await?;
        R::decode(answer.bytes.as_slice()).map_err(|e| ChainError::Malformed {
            what: format!("{path}: {e}"),
        })
    }

    /// Like [`Client::ask`], with "not found" as `None`.
    async fn look<R: Message + Default>(
        &self,
        path: &str,
        request: impl Message,
        at: At,
    ) -> Result<Option<R>, ChainError> {
        let height = self.height(at).await?;
        match self
            .transport
            .unary(path, request.encode_to_vec(), height)
            .await
        {
            Ok(answer) => {
                R::decode(answer.bytes.as_slice())
                    .map(Some)
                    .map_err(|e| ChainError::Malformed {
                        what: format!("{path}: {e}"),
                    })
            }
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The height to ask for, once the node is known to have a state that will do; `None` for its newest.
    async fn height(&self, at: At) -> Result<Option<i64>, ChainError> {
        self.at_least(at).await?;
        Ok(match at {
            At::Exactly(height) => Some(height.0),
            At::Latest | At::AtLeast(_) => None,
        })
    }

    async fn at_least(&self, at: At) -> Result<(), ChainError> {
        let At::AtLeast(height) = at else {
            return Ok(());
        };
        let newest = self.transport.status().await?.height;
        if newest < height.0 {
            return Err(ChainError::HeightUnavailable {
                height,
                reason: format!("the node is at {newest}"),
            });
        }
        Ok(())
    }

    async fn market_object(&self, key: &Key, at: At) -> Result<Option<Entity>, ChainError> {
        Ok(match key {
            Key::Deployment(id) => {
                let request = deployment::QueryDeploymentRequest { id: id.to_wire() };
                let path = "/akash.deployment.v1beta4.Query/Deployment";
                let found: Option<deployment::QueryDeploymentResponse> =
                    self.look(path, request, at).await?;
                found
                    .map(|answer| {
                        Ok::<_, ConvertError>(Entity::Deployment {
                            deployment: Deployment::from_wire(&answer.deployment)?,
                            groups: answer
                                .groups
                                .iter()
                                .map(Group::from_wire)
                                .collect::<Result<_, _>>()?,
                        })
                    })
                    .transpose()?
            }
            Key::Group(id) => {
                let request = deployment::QueryGroupRequest { id: id.to_wire() };
                let found: Option<deployment::QueryGroupResponse> = self
                    .look("/akash.deployment.v1beta4.Query/Group", request, at)
                    .await?;
                found
                    .map(|answer| Group::from_wire(&answer.group).map(Entity::Group))
                    .transpose()?
            }
            Key::Order(id) => {
                let request = market::QueryOrderRequest { id: id.to_wire() };
                let found: Option<market::QueryOrderResponse> = self
                    .look("/akash.market.v1beta5.Query/Order", request, at)
                    .await?;
                found
                    .map(|answer| Order::from_wire(&answer.order).map(Entity::Order))
                    .transpose()?
            }
            Key::Bid(id) => {
                let request = market::QueryBidRequest { id: id.to_wire() };
                let found: Option<market::QueryBidResponse> = self
                    .look("/akash.market.v1beta5.Query/Bid", request, at)
                    .await?;
                found
                    .map(|answer| Bid::from_wire(&answer.bid).map(Entity::Bid))
                    .transpose()?
            }
            Key::Lease(id) => {
                let request = market::QueryLeaseRequest { id: id.to_wire() };
                let found: Option<market::QueryLeaseResponse> = self
                    .look("/akash.market.v1beta5.Query/Lease", request, at)
                    .await?;
                found
                    .map(|answer| Lease::from_wire(&answer.lease).map(Entity::Lease))
                    .transpose()?
            }
            _ => None,
        })
    }

    async fn account_object(&self, key: &Key, at: At) -> Result<Option<Entity>, ChainError> {
        Ok(match key {
            Key::EscrowAccount(id) => {
                let request = escrow::QueryAccountsRequest {
                    xid: id.to_string(),
                    ..escrow::QueryAccountsRequest::default()
                };
                let answer: escrow::QueryAccountsResponse = self
                    .ask("/akash.escrow.v1.Query/Accounts", request, at)
                    .await?;
                let found = entities(&answer.accounts, Entity::EscrowAccount)?;
                // The node's filter is a prefix: others may come along.
                found
                    .into_iter()
                    .find(|entity| matches!(entity, Entity::EscrowAccount(a) if a.id == *id))
            }
            Key::EscrowPayment(id) => {
                let payments = self
                    .payments(id.0.deployment(), &Page::default(), at)
                    .await?
                    .0;
                payments
                    .into_iter()
                    .find(|entity| matches!(entity, Entity::EscrowPayment(p) if p.id == *id))
            }
            Key::Provider(owner) => {
                let request = provider::QueryProviderRequest {
                    owner: owner.to_string(),
                };
                let found: Option<provider::QueryProviderResponse> = self
                    .look("/akash.provider.v1beta4.Query/Provider", request, at)
                    .await?;
                found
                    .map(|answer| Provider::from_wire(&answer.provider).map(Entity::Provider))
                    .transpose()?
            }
            Key::Audit { owner, auditor } => {
                let request = audit::QueryProviderAuditorRequest {
                    owner: owner.to_string(),
                    auditor: auditor.to_string(),
                };
                let path = "/akash.audit.v1.Query/ProviderAuditorAttributes";
                let found: Option<audit::QueryProvidersResponse> =
                    self.look(path, request, at).await?;
                let records = found.map(|answer| answer.providers).unwrap_or_default();
                entities(&records, Entity::Audit)?.pop()
            }
            Key::Certificate { owner, serial } => {
                let filter = cert::CertificateFilter {
                    owner: owner.to_string(),
                    serial: serial.clone(),
                    state: String::new(),
                };
                self.certificates(owner, filter, None, at).await?.0.pop()
            }
            Key::Balance { owner, denom } => {
                let request = bank::QueryBalanceRequest {
                    address: owner.to_string(),
                    denom: denom.to_string(),
                };
                let answer: bank::QueryBalanceResponse = self
                    .ask("/cosmos.bank.v1beta1.Query/Balance", request, at)
                    .await?;
                let coin = answer
                    .balance
                    .map(|coin| Coin::from_wire(&coin))
                    .transpose()?;
                Some(Entity::Balance(
                    coin.unwrap_or_else(|| Coin::zero(denom.clone())),
                ))
            }
            _ => None,
        })
    }

    async fn network_object(&self, key: &Key, at: At) -> Result<Option<Entity>, ChainError> {
        Ok(match key {
            Key::BurnMint(id) => {
                let filter = Filter::BurnMints {
                    source: Some(id.source.clone()),
                };
                let mut page = Page::default();
                loop {
                    let (items, pagination) = self.items(&filter, &page, at).await?;
                    let found = items.into_iter().find(
                        |entity| matches!(entity, Entity::BurnMint(record) if record.id == *id),
                    );
                    let next = pagination.map(|p| p.next_key).filter(|key| !key.is_empty());
                    match (found, next) {
                        (Some(found), _) => return Ok(Some(found)),
                        (None, None) => return Ok(None),
                        (None, next) => page.after = next,
                    }
                }
            }
            Key::BmeStatus => {
                let path = "/akash.bme.v1.Query/Status";
                let answer: bme::QueryStatusResponse =
                    self.ask(path, bme::QueryStatusRequest {}, at).await?;
                Some(Entity::BmeStatus(BmeStatus::from_wire(&answer)?))
            }
            Key::Vault => {
                let path = "/akash.bme.v1.Query/VaultState";
                let answer: bme::QueryVaultStateResponse =
                    self.ask(path, bme::QueryVaultStateRequest {}, at).await?;
                Some(Entity::Vault(VaultState::from_wire(&answer.vault_state)?))
            }
            Key::Price(pair) => {
                let request = oracle::QueryAggregatedPriceRequest {
                    denom: pair.denom.clone(),
                };
                let path = "/akash.oracle.v2.Query/AggregatedPrice";
                let height = match at {
                    At::Exactly(height) => Some(height.0),
                    At::Latest | At::AtLeast(_) => None,
                };
                match self
                    .transport
                    .unary(path, request.encode_to_vec(), height)
                    .await
                {
                    Ok(answer) => {
                        let answer =
                            oracle::QueryAggregatedPriceResponse::decode(answer.bytes.as_slice())
                                .map_err(|e| ChainError::Malformed {
                                what: e.to_string(),
                            })?;
                        Some(Entity::Price {
                            price: Some(AggregatedPrice::from_wire(&answer.aggregated_price)?),
                            health: Some(PriceHealth::from_wire(&answer.price_health)?),
                        })
                    }
                    Err(TransportError::Query { code: 2 | 5, .. }) => None,
                    Err(error) => return Err(error.into()),
                }
            }
            Key::Params => Some(Entity::Params(Box::new(self.params(at).await?))),
            _ => None,
        })
    }

    async fn params(&self, at: At) -> Result<Params, ChainError> {
        let deployment: deployment::QueryParamsResponse = self
            .ask(
                "/akash.deployment.v1beta4.Query/Params",
                deployment::QueryParamsRequest {},
                at,
            )
            .await?;
        let market: market::QueryParamsResponse = self
            .ask(
                "/akash.market.v1beta5.Query/Params",
                market::QueryParamsRequest {},
                at,
            )
            .await?;
        let bme: bme::QueryParamsResponse = self
            .ask("/akash.bme.v1.Query/Params", bme::QueryParamsRequest {}, at)
            .await?;
        let oracle: oracle::QueryParamsResponse = self
            .ask(
                "/akash.oracle.v2.Query/Params",
                oracle::QueryParamsRequest {},
                at,
            )
            .await?;
        Ok(Params {
            deployment: DeploymentParams::from_wire(&deployment.params)?,
            market: MarketParams::from_wire(&market.params)?,
            bme: BmeParams::from_wire(&bme.params)?,
            oracle: OracleParams::from_wire(&oracle.params)?,
        })
    }

    async fn payments(
        &self,
        deployment: &akash_market::id::DeploymentId,
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

    async fn certificates(
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

    async fn items(&self, filter: &Filter, page: &Page, at: At) -> Result<Items, ChainError> {
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

#[async_trait]
impl Query for Client {
    fn capabilities(&self) -> Capabilities {
        self.capabilities.clone()
    }

    async fn head(&self) -> Result<Head, ChainError> {
        let status = self.transport.status().await?;
        let block = Block {
            height: Height(status.height),
            time: status.time,
        };
        Ok(Head {
            chain_id: status.chain_id,
            block,
        })
    }

    async fn get(&self, key: &Key, at: At) -> Result<Option<Entity>, ChainError> {
        match key {
            Key::Deployment(_) | Key::Group(_) | Key::Order(_) | Key::Bid(_) | Key::Lease(_) => {
                self.market_object(key, at).await
            }
            Key::BurnMint(_) | Key::BmeStatus | Key::Vault | Key::Price(_) | Key::Params => {
                self.network_object(key, at).await
            }
            _ => self.account_object(key, at).await,
        }
    }

    async fn list(&self, filter: &Filter, page: &Page, at: At) -> Result<Listing, ChainError> {
        let at = match at {
            At::AtLeast(_) => {
                self.at_least(at).await?;
                At::Latest
            }
            at => at,
        };
        let status = self.transport.status().await?;
        let (items, pagination) = self.items(filter, page, at).await?;
        let height = match at {
            At::Exactly(height) => height,
            At::Latest | At::AtLeast(_) => Height(status.height),
        };
        Ok(Listing {
            items,
            next: pagination.map(|p| p.next_key).filter(|key| !key.is_empty()),
            at: Block {
                height,
                time: status.time,
            },
        })
    }
}
