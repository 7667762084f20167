//! One WebSocket with calls and subscriptions going over it at once.
//!
//! A task of its own reads and writes the socket; it lives as long as a [`CometSocket`] or one of its subscriptions
//! does. When the connection breaks, calls that wait get an error and subscriptions end with one; the next call
//! connects anew.

mod task;

use super::answer::{self, RawBlock, TxSearch};
use super::call::{self, Call};
use crate::cosmos::transport::http::{HttpOptions, address, shown};
use crate::cosmos::transport::{Answer, Blocks, Exchange, Request, TransportError, TxResult};
use async_trait::async_trait;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use task::{Command, Feed, Task};
use tokio::sync::{mpsc, oneshot, watch};

/// How a WebSocket is kept alive and bounded.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SocketOptions {
    /// Bounds, trust and headers; `timeout` is that of a call, `max_response` that of a message.
    pub http: HttpOptions,
    /// How often the node is pinged; without a sign of life for twice as long the connection counts as broken. Default 15 s.
    pub ping: Duration,
    /// Messages of a subscription that may wait to be read; one more ends it with an error. Default 64.
    pub backlog: usize,
    /// Calls and subscriptions that may wait for an answer at once. Default 256.
    pub max_pending: usize,
}

impl Default for SocketOptions {
    fn default() -> Self {
        Self {
            http: HttpOptions::default(),
            ping: Duration::from_secs(15),
            backlog: 64,
            max_pending: 256,
        }
    }
}

/// A node's CometBFT JSON-RPC over WebSocket, with subscriptions.
///
/// ```no_run
/// use akash_sdk::cosmos::transport::Transport;
/// use akash_sdk::cosmos::transport::comet::CometSocket;
/// use futures_util::StreamExt;
///
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// let node = CometSocket::new("wss://rpc.sandbox-2.aksh.pw:443/websocket")?;
/// let mut blocks = node.blocks().await?;
/// while let Some(block) = blocks.next().await {
///     println!("{}", block?.height);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct CometSocket {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    endpoint: String,
    options: SocketOptions,
    commands: mpsc::Sender<Command>,
    /// The task's other ends, until the first use starts it: only then there is a runtime for sure.
    task: std::sync::Mutex<Option<Task>>,
    newest: watch::Receiver<i64>,
}

impl CometSocket {
    /// A node at this address: `ws` or `wss`, usually with the path `/websocket`. Connects with the first call.
    ///
    /// # Errors
    /// If it is no address of a WebSocket.
    pub fn new(url: &str) -> Result<Self, TransportError> {
        Self::with_options(url, SocketOptions::default())
    }

    /// Like [`CometSocket::new`], with bounds and trust of the caller's.
    ///
    /// # Errors
    /// If it is no address of a WebSocket, or a header or certificate of the options can't be used.
    pub fn with_options(url: &str, options: SocketOptions) -> Result<Self, TransportError> {
        let url = address(url, &["ws", "wss"])?;
        let endpoint = shown(&url);
        let (commands, inbox) = mpsc::channel(options.max_pending.max(1));
        let (heights, newest) = watch::channel(0);
        let task = Task::new(&url, endpoint.clone(), options.clone(), inbox, heights)?;
        Ok(Self {
            inner: Arc::new(Inner {
                endpoint,
                options,
                commands,
                task: std::sync::Mutex::new(Some(task)),
                newest,
            }),
        })
    }

    /// Subscribes to what a query of CometBFT's event language selects, such as `tm.event='Tx' AND
    /// message.sender='akash1…'`. Each item is a whole message of the node, to be read with [`answer::new_tx`] or
    /// [`answer::new_block`]. The stream ends after its first error.
    ///
    /// # Errors
    /// If the node can't be reached or refuses the subscription.
    pub async fn subscribe(
        &self,
        query: &str,
    ) -> Result<BoxStream<'static, Result<Vec<u8>, TransportError>>, TransportError> {
        let (items, feed) = mpsc::channel(self.inner.options.backlog.max(1));
        let answer = self
            .send(
                "subscribe",
                json!({"query": query}),
                Some(Feed::Queue(items)),
            )
            .await?;
        answer::acknowledged(&self.inner.endpoint, &answer)?;
        // The stream keeps the connection.
        let state = (feed, Arc::clone(&self.inner), false);
        let items = stream::unfold(state, |(mut feed, inner, over)| async move {
            if over {
                return None;
            }
            let item = match feed.recv().await {
                Some(item) => item,
                None => Err(TransportError::Unreachable {
                    endpoint: inner.endpoint.clone(),
                    reason: "the subscription ended".to_owned(),
                }),
            };
            let over = item.is_err();
            Some((item, (feed, inner, over)))
        });
        Ok(items.boxed())
    }

    /// Subscribes to transactions that a query selects beside `tm.event='Tx'`, such as
    /// `message.sender='akash1…'`; empty for all. The stream ends after its first error.
    ///
    /// # Errors
    /// If the node can't be reached or refuses the subscription.
    pub async fn txs(
        &self,
        and: &str,
    ) -> Result<BoxStream<'static, Result<TxResult, TransportError>>, TransportError> {
        let query = if and.is_empty() {
            "tm.event='Tx'".to_owned()
        } else {
            format!("tm.event='Tx' AND {and}")
        };
        let endpoint = self.inner.endpoint.clone();
        let messages = self.subscribe(&query).await?;
        Ok(typed(messages, move |message| {
            answer::new_tx(&endpoint, message)
        }))
    }

    /// Transactions by their events; see [`Comet::tx_search`](super::Comet::tx_search).
    ///
    /// # Errors
    /// See [`TransportError`].
    pub async fn tx_search(
        &self,
        query: &str,
        page: u32,
        per_page: u32,
    ) -> Result<TxSearch, TransportError> {
        call::tx_search(self, query, page, per_page).await
    }

    /// A block's transactions without what came of them; `None` if the node does not have it.
    ///
    /// # Errors
    /// See [`TransportError`].
    pub async fn raw_block(&self, height: i64) -> Result<Option<RawBlock>, TransportError> {
        call::raw_block(self, height).await
    }

    fn start(&self) {
        let mut task = self
            .inner
            .task
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(task) = task.take() {
            tokio::spawn(task.run());
        }
    }

    async fn send(
        &self,
        method: &'static str,
        params: Value,
        feed: Option<Feed>,
    ) -> Result<Vec<u8>, TransportError> {
        self.start();
        let (reply, answer) = oneshot::channel();
        let command = Command {
            method,
            params,
            feed,
            reply,
        };
        let gone = || TransportError::Unreachable {
            endpoint: self.inner.endpoint.clone(),
            reason: "the connection's task has ended".to_owned(),
        };
        let timeout = self.inner.options.http.timeout;
        let exchange = async {
            self.inner
                .commands
                .send(command)
                .await
                .map_err(|_| gone())?;
            answer.await.unwrap_or_else(|_| Err(gone()))
        };
        match tokio::time::timeout(timeout, exchange).await {
            Ok(answer) => answer,
            Err(_) => Err(TransportError::Timeout {
                endpoint: self.inner.endpoint.clone(),
                after: timeout,
            }),
        }
    }
}

/// Messages as what they say, without acknowledgements, up to the first error.
fn typed<T: Send + 'static>(
    messages: BoxStream<'static, Result<Vec<u8>, TransportError>>,
    read: impl Fn(&[u8]) -> Result<Option<T>, TransportError> + Send + Sync + 'static,
) -> BoxStream<'static, Result<T, TransportError>> {
    stream::unfold(
        (messages, read, false),
        |(mut messages, read, over)| async move {
            if over {
                return None;
            }
            loop {
                let item = match messages.next().await? {
                    Ok(message) => match read(&message) {
                        Ok(None) => continue,
                        Ok(Some(item)) => Ok(item),
                        Err(error) => Err(error),
                    },
                    Err(error) => Err(error),
                };
                let over = item.is_err();
                return Some((item, (messages, read, over)));
            }
        },
    )
    .boxed()
}

#[async_trait]
impl Call for CometSocket {
    fn endpoint(&self) -> &str {
        &self.inner.endpoint
    }

    fn poll(&self) -> Duration {
        self.inner.options.http.poll
    }

    async fn call(&self, method: &'static str, params: Value) -> Result<Vec<u8>, TransportError> {
        self.send(method, params, None).await
    }
}

#[async_trait]
impl Exchange for CometSocket {
    async fn exchange(&self, request: Request<'_>) -> Result<Answer, TransportError> {
        match request {
            Request::Blocks => Ok(Answer::Blocks(self.announced().await?)),
            Request::WaitForBlock(height) => {
                self.wait_for_header(height).await?;
                Ok(Answer::WaitForBlock)
            }
            other => call::answer(self, other).await,
        }
    }
}

impl CometSocket {
    async fn announced(&self) -> Result<Blocks, TransportError> {
        let endpoint = self.inner.endpoint.clone();
        let messages = self.subscribe("tm.event='NewBlock'").await?;
        Ok(typed(messages, move |message| {
            answer::new_block(&endpoint, message)
        }))
    }

    /// Waits for the announcement of a block above `height`, but not longer than the timeout of a call.
    async fn wait_for_header(&self, height: i64) -> Result<(), TransportError> {
        let mut newest = self.inner.newest.clone();
        if *newest.borrow_and_update() > height {
            return Ok(());
        }
        // Zero says that the connection is new or broken: then the headers are subscribed to.
        if *newest.borrow() == 0 {
            let params = json!({"query": "tm.event='NewBlockHeader'"});
            let answer = self.send("subscribe", params, Some(Feed::Heights)).await?;
            match answer::acknowledged(&self.inner.endpoint, &answer) {
                // Another waiter was first.
                Err(TransportError::Rpc { message, .. }) if message.contains("subscribed") => {}
                other => other?,
            }
            // A block may have come before the subscription did.
            if call::status(self).await?.height > height {
                return Ok(());
            }
        }
        let announced = newest.wait_for(|newest| *newest > height || *newest == 0);
        let _ = tokio::time::timeout(self.inner.options.http.timeout, announced).await;
        Ok(())
    }
}
