use super::ChainError;
use akash_market::change::Change;
use akash_market::time::Block;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::fmt::Debug;
use std::sync::Arc;

/// A place in the stream of changes, to be stored and resumed from; it only grows.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Cursor {
    /// Height of the block.
    pub height: i64,
    /// Number of the change in the block, from 0; changes after this one follow.
    pub index: u32,
}

impl Cursor {
    /// Before everything.
    pub const START: Self = Self {
        height: 0,
        index: 0,
    };

    /// After everything in the block at `height`.
    #[must_use]
    pub const fn after_block(height: i64) -> Self {
        Self {
            height,
            index: u32::MAX,
        }
    }
}

/// A change with its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observed {
    /// Its place.
    pub cursor: Cursor,
    /// The block.
    pub block: Block,
    /// What happened.
    pub change: Change,
}

/// What following a chain gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "followed", rename_all = "snake_case")]
pub enum Followed {
    /// A change.
    Change(Box<Observed>),
    /// A block is complete; nothing more comes of it.
    Block(Block),
    /// Blocks from `from` to `to` can't be had any more: read the state instead.
    Gap {
        /// First missing height.
        from: i64,
        /// Last missing height.
        to: i64,
    },
}

/// Tells what happens on a chain.
#[async_trait]
pub trait Changes: Debug + Send + Sync {
    /// What happened after `after`, in order, up to the newest block; waits for a new block if there is nothing yet.
    ///
    /// Every answer ends with a [`Followed::Block`] or [`Followed::Gap`]. Asking again with the last cursor (or
    /// [`Cursor::after_block`] of the last block) goes on without gap or duplicate.
    async fn next(&self, after: Cursor) -> Result<Vec<Followed>, ChainError>;
}

macro_rules! forward {
    ($($ty:ty),*) => {$(
        #[async_trait]
        impl<T: Changes + ?Sized> Changes for $ty {
            async fn next(&self, after: Cursor) -> Result<Vec<Followed>, ChainError> {
                (**self).next(after).await
            }
        }
    )*};
}

forward!(&T, Box<T>, Arc<T>);
