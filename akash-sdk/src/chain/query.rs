use super::{Capabilities, ChainError};
use akash_market::id::Height;
use akash_market::query::{Entity, Filter, Key, Listing, Page};
use akash_market::time::Block;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;
use std::sync::Arc;

/// Of which block the state is wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// The newest the chain has.
    #[default]
    Latest,
    /// The newest, but no older than this: to read what one has written.
    AtLeast(Height),
    /// Exactly this one.
    Exactly(Height),
}

/// The newest block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Identifies the network.
    pub chain_id: String,
    /// Height and time.
    pub block: Block,
}

/// Reads a chain's state.
#[async_trait]
pub trait Query: Debug + Send + Sync {
    /// What this chain can do.
    fn capabilities(&self) -> Capabilities;

    /// The newest block.
    async fn head(&self) -> Result<Head, ChainError>;

    /// One object; `None` if the chain says that there is none.
    async fn get(&self, key: &Key, at: At) -> Result<Option<Entity>, ChainError>;

    /// One page of a list, in the chain's order.
    async fn list(&self, filter: &Filter, page: &Page, at: At) -> Result<Listing, ChainError>;
}

macro_rules! forward {
    ($($ty:ty),*) => {$(
        #[async_trait]
        impl<T: Query + ?Sized> Query for $ty {
            fn capabilities(&self) -> Capabilities {
                (**self).capabilities()
            }
            async fn head(&self) -> Result<Head, ChainError> {
                (**self).head().await
            }
            async fn get(&self, key: &Key, at: At) -> Result<Option<Entity>, ChainError> {
                (**self).get(key, at).await
            }
            async fn list(
                &self,
                filter: &Filter,
                page: &Page,
                at: At,
            ) -> Result<Listing, ChainError> {
                (**self).list(filter, page, at).await
            }
        }
    )*};
}

forward!(&T, Box<T>, Arc<T>);
