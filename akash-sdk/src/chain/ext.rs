use super::{At, ChainError, Query};
use akash_market::address::Address;
use akash_market::bid::Bid;
use akash_market::deployment::{Deployment, Group};
use akash_market::escrow::{AccountId, EscrowAccount};
use akash_market::id::{BidId, DeploymentId, LeaseId, OrderId};
use akash_market::lease::Lease;
use akash_market::order::Order;
use akash_market::params::Params;
use akash_market::provider::Provider;
use akash_market::query::{Entity, Filter, Key, Page};
use akash_sdl::num::{Coin, Denom};
use async_trait::async_trait;

/// Typed reads on top of [`Query`].
#[async_trait]
pub trait QueryExt: Query {
    /// A deployment with its groups.
    async fn deployment(
        &self,
        id: &DeploymentId,
        at: At,
    ) -> Result<Option<(Deployment, Vec<Group>)>, ChainError> {
        match self.get(&Key::Deployment(id.clone()), at).await? {
            Some(Entity::Deployment { deployment, groups }) => Ok(Some((deployment, groups))),
            other => absent(other.as_ref()),
        }
    }

    /// An order.
    async fn order(&self, id: &OrderId, at: At) -> Result<Option<Order>, ChainError> {
        match self.get(&Key::Order(id.clone()), at).await? {
            Some(Entity::Order(order)) => Ok(Some(order)),
            other => absent(other.as_ref()),
        }
    }

    /// A bid.
    async fn bid(&self, id: &BidId, at: At) -> Result<Option<Bid>, ChainError> {
        match self.get(&Key::Bid(id.clone()), at).await? {
            Some(Entity::Bid(bid)) => Ok(Some(bid)),
            other => absent(other.as_ref()),
        }
    }

    /// A lease.
    async fn lease(&self, id: &LeaseId, at: At) -> Result<Option<Lease>, ChainError> {
        match self.get(&Key::Lease(id.clone()), at).await? {
            Some(Entity::Lease(lease)) => Ok(Some(lease)),
            other => absent(other.as_ref()),
        }
    }

    /// An escrow account.
    async fn escrow(&self, id: &AccountId, at: At) -> Result<Option<EscrowAccount>, ChainError> {
        match self.get(&Key::EscrowAccount(id.clone()), at).await? {
            Some(Entity::EscrowAccount(account)) => Ok(Some(account)),
            other => absent(other.as_ref()),
        }
    }

    /// A provider.
    async fn provider(&self, owner: &Address, at: At) -> Result<Option<Provider>, ChainError> {
        match self.get(&Key::Provider(owner.clone()), at).await? {
            Some(Entity::Provider(provider)) => Ok(Some(provider)),
            other => absent(other.as_ref()),
        }
    }

    /// What an account holds of one denom.
    async fn balance(&self, owner: &Address, denom: &Denom, at: At) -> Result<Coin, ChainError> {
        let key = Key::Balance {
            owner: owner.clone(),
            denom: denom.clone(),
        };
        match self.get(&key, at).await? {
            Some(Entity::Balance(coin)) => Ok(coin),
            other => absent(other.as_ref())?.ok_or_else(|| ChainError::Malformed {
                what: "a balance query answered nothing".to_owned(),
            }),
        }
    }

    /// The market's parameters.
    async fn params(&self, at: At) -> Result<Params, ChainError> {
        match self.get(&Key::Params, at).await? {
            Some(Entity::Params(params)) => Ok(*params),
            other => absent(other.as_ref())?.ok_or_else(|| ChainError::Unsupported {
                what: "reading parameters".to_owned(),
            }),
        }
    }

    /// All objects of a list, page after page, `cap` at most; more is an error, never a silent cut.
    async fn all(&self, filter: &Filter, at: At, cap: usize) -> Result<Vec<Entity>, ChainError> {
        let mut items = Vec::new();
        let mut page = Page::default();
        let mut at = at;
        loop {
            let listing = self.list(filter, &page, at).await?;
            if page.after.is_none() && listing.next.is_some() {
                // Pages of one list have to come from one state.
                at = At::Exactly(listing.at.height);
            }
            items.extend(listing.items);
            if items.len() > cap {
                return Err(ChainError::Usage(format!(
                    "the list has more than {cap} items; raise the cap or narrow the filter"
                )));
            }
            match listing.next {
                None => return Ok(items),
                Some(next) if page.after.as_ref() == Some(&next) => {
                    return Err(ChainError::Malformed {
                        what: "a list's next page starts where this one did".to_owned(),
                    });
                }
                next => page.after = next,
            }
        }
    }
}

impl<T: Query + ?Sized> QueryExt for T {}

fn absent<T>(entity: Option<&Entity>) -> Result<Option<T>, ChainError> {
    match entity {
        None => Ok(None),
        Some(_) => Err(ChainError::Malformed {
            what: "an object of another kind was answered".to_owned(),
        }),
    }
}
