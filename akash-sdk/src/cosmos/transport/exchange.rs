//! Calls as data, for what treats all of them alike: decorators, sets of nodes, recorders.

use super::bytes;
use super::{BlockResult, Blocks, CheckTx, NodeStatus, Transport, TransportError, TxResult, Unary};
use crate::cosmos::tx::TxHash;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt::{self, Debug};
use std::sync::Arc;

/// A call of [`Transport`] as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request<'a> {
    /// [`Transport::unary`].
    Unary {
        /// Path of the method.
        path: Cow<'a, str>,
        /// The request message.
        #[serde(with = "bytes")]
        message: Vec<u8>,
        /// Height of the state; the newest if none.
        height: Option<i64>,
    },
    /// [`Transport::broadcast`].
    Broadcast(#[serde(with = "bytes")] Cow<'a, [u8]>),
    /// [`Transport::tx`].
    Tx(TxHash),
    /// [`Transport::block`].
    Block(i64),
    /// [`Transport::status`].
    Status,
    /// [`Transport::discovery`].
    Discovery,
    /// [`Transport::blocks`].
    Blocks,
    /// [`Transport::wait_for_block`].
    WaitForBlock(i64),
}

/// The answer to a [`Request`], each to the one of the same name.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "named and explained by the requests")]
pub enum Answer<S = Blocks> {
    Unary(Unary),
    Broadcast(CheckTx),
    Tx(Option<TxResult>),
    Block(Option<BlockResult>),
    Status(NodeStatus),
    Discovery(#[serde(with = "bytes")] Vec<u8>),
    Blocks(S),
    WaitForBlock,
}

impl<S> Answer<S> {
    /// The same answer with another thing in the place of a subscription's blocks.
    pub fn map_blocks<T>(self, map: impl FnOnce(S) -> T) -> Answer<T> {
        match self {
            Self::Unary(answer) => Answer::Unary(answer),
            Self::Broadcast(answer) => Answer::Broadcast(answer),
            Self::Tx(answer) => Answer::Tx(answer),
            Self::Block(answer) => Answer::Block(answer),
            Self::Status(answer) => Answer::Status(answer),
            Self::Discovery(answer) => Answer::Discovery(answer),
            Self::Blocks(blocks) => Answer::Blocks(map(blocks)),
            Self::WaitForBlock => Answer::WaitForBlock,
        }
    }
}

impl<S> Debug for Answer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unary(answer) => Debug::fmt(answer, f),
            Self::Broadcast(answer) => Debug::fmt(answer, f),
            Self::Tx(answer) => Debug::fmt(answer, f),
            Self::Block(answer) => Debug::fmt(answer, f),
            Self::Status(answer) => Debug::fmt(answer, f),
            Self::Discovery(_) => f.write_str("Discovery"),
            Self::Blocks(_) => f.write_str("Blocks"),
            Self::WaitForBlock => f.write_str("WaitForBlock"),
        }
    }
}

/// A [`Transport`] that answers all calls in one place: one that wraps another, states what it changes and passes the
/// rest on with [`Transport::call`].
///
/// ```
/// use akash_sdk::cosmos::transport::{Answer, Exchange, Request, Transport, TransportError};
/// use akash_sdk::devnet::Devnet;
///
/// /// Tells of every call.
/// #[derive(Debug)]
/// struct Traced<T>(T);
///
/// #[async_trait::async_trait]
/// impl<T: Transport> Exchange for Traced<T> {
///     async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
///         println!("{request:?}");
///         self.0.call(request).await
///     }
/// }
///
/// # futures_util::FutureExt::now_or_never(async {
/// let node = Traced(Devnet::builder().build()?);
/// assert_eq!(node.status().await?.chain_id, "akash-devnet-1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).expect("the embedded network does not wait")?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[async_trait]
pub trait Exchange: Debug + Send + Sync {
    /// Answers a call with the answer of the same name.
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError>;
}

macro_rules! forward {
    ($($ty:ty),*) => {$(
        #[async_trait]
        impl<T: Transport + ?Sized> Exchange for $ty {
            async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
                (**self).call(request).await
            }
        }
    )*};
}

forward!(&T, Box<T>, Arc<T>);

/// An answer to another question than was asked.
fn stray<T>(answer: &Answer) -> Result<T, TransportError> {
    Err(TransportError::Malformed {
        endpoint: "a transport".to_owned(),
        reason: format!("it answered another question: {answer:?}"),
    })
}

#[async_trait]
impl<E: Exchange + ?Sized> Transport for E {
    async fn unary(
        &self,
        path: &str,
        request: Vec<u8>,
        height: Option<i64>,
    ) -> Result<Unary, TransportError> {
        let request = Request::Unary {
            path: path.into(),
            message: request,
            height,
        };
        match self.exchange(request).await? {
            Answer::Unary(answer) => Ok(answer),
            other => stray(&other),
        }
    }

    async fn broadcast(&self, tx: &[u8]) -> Result<CheckTx, TransportError> {
        match self.exchange(Request::Broadcast(tx.into())).await? {
            Answer::Broadcast(answer) => Ok(answer),
            other => stray(&other),
        }
    }

    async fn tx(&self, hash: &TxHash) -> Result<Option<TxResult>, TransportError> {
        match self.exchange(Request::Tx(*hash)).await? {
            Answer::Tx(answer) => Ok(answer),
            other => stray(&other),
        }
    }

    async fn block(&self, height: i64) -> Result<Option<BlockResult>, TransportError> {
        match self.exchange(Request::Block(height)).await? {
            Answer::Block(answer) => Ok(answer),
            other => stray(&other),
        }
    }

    async fn status(&self) -> Result<NodeStatus, TransportError> {
        match self.exchange(Request::Status).await? {
            Answer::Status(answer) => Ok(answer),
            other => stray(&other),
        }
    }

    async fn discovery(&self) -> Result<Vec<u8>, TransportError> {
        match self.exchange(Request::Discovery).await? {
            Answer::Discovery(answer) => Ok(answer),
            other => stray(&other),
        }
    }

    async fn blocks(&self) -> Result<Blocks, TransportError> {
        match self.exchange(Request::Blocks).await? {
            Answer::Blocks(answer) => Ok(answer),
            other => stray(&other),
        }
    }

    async fn wait_for_block(&self, height: i64) -> Result<(), TransportError> {
        match self.exchange(Request::WaitForBlock(height)).await? {
            Answer::WaitForBlock => Ok(()),
            other => stray(&other),
        }
    }

    async fn call(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        self.exchange(request).await
    }
}
