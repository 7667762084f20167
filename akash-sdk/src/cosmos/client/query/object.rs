//! Single objects by their key.

use super::Client;
use super::list::entities;
use crate::chain::{At, ChainError};
use crate::cosmos::convert::{ConvertError, Wire};
use crate::cosmos::transport::TransportError;
use crate::cosmos::wire::akash::audit::v1 as audit;
use crate::cosmos::wire::akash::bme::v1 as bme;
use crate::cosmos::wire::akash::cert::v1 as cert;
use crate::cosmos::wire::akash::deployment::v1beta4 as deployment;
use crate::cosmos::wire::akash::escrow::v1 as escrow;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use crate::cosmos::wire::akash::oracle::v2 as oracle;
use crate::cosmos::wire::akash::provider::v1beta4 as provider;
use crate::cosmos::wire::cosmos::bank::v1beta1 as bank;
use akash_market::bid::Bid;
use akash_market::bme::{BmeStatus, VaultState};
use akash_market::deployment::{Deployment, Group};
use akash_market::lease::Lease;
use akash_market::oracle::{AggregatedPrice, PriceHealth};
use akash_market::order::Order;
use akash_market::params::{BmeParams, DeploymentParams, MarketParams, OracleParams, Params};
use akash_market::provider::Provider;
use akash_market::query::{Entity, Filter, Key, Page};
use akash_sdl::num::Coin;

impl Client {
    pub(super) async fn market_object(
        &self,
        key: &Key,
        at: At,
    ) -> Result<Option<Entity>, ChainError> {
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

    pub(super) async fn account_object(
        &self,
        key: &Key,
        at: At,
    ) -> Result<Option<Entity>, ChainError> {
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

    pub(super) async fn network_object(
        &self,
        key: &Key,
        at: At,
    ) -> Result<Option<Entity>, ChainError> {
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
                // What was never priced is unknown to the node.
                let found: Option<oracle::QueryAggregatedPriceResponse> = self
                    .look_unless(path, request, at, |error| {
                        matches!(error, TransportError::Query { code: 2 | 5, .. })
                    })
                    .await?;
                found
                    .map(|answer| {
                        Ok::<_, ConvertError>(Entity::Price {
                            price: Some(AggregatedPrice::from_wire(&answer.aggregated_price)?),
                            health: Some(PriceHealth::from_wire(&answer.price_health)?),
                        })
                    })
                    .transpose()?
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
}
