//! The chain's state in domain types.

mod list;
mod object;

use super::Client;
use crate::chain::{At, Capabilities, ChainError, Head, Query};
use crate::cosmos::transport::TransportError;
use akash_market::id::Height;
use akash_market::query::{Entity, Filter, Key, Listing, Page};
use akash_market::time::Block;
use async_trait::async_trait;
use prost::Message;

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
        self.look_unless(path, request, at, TransportError::is_not_found)
            .await
    }

    /// Like [`Client::ask`], with what `absent` takes for an absence as `None`.
    async fn look_unless<R: Message + Default>(
        &self,
        path: &str,
        request: impl Message,
        at: At,
        absent: impl Fn(&TransportError) -> bool + Send,
    ) -> Result<Option<R>, ChainError> {
        let height = self.height(at).await?;
        match self
            .transport
            .unary(path, request.encode_to_vec(), height)
            .await
        {
            Ok(answer) => read(path, &answer.bytes).map(Some),
            Err(error) if absent(&error) => Ok(None),
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
}

fn read<R: Message + Default>(path: &str, answer: &[u8]) -> Result<R, ChainError> {
    R::decode(answer).map_err(|e| ChainError::Malformed {
        what: format!("{path}: {e}"),
    })
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
