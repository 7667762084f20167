//! The task that owns the socket.

use super::SocketOptions;
use crate::cosmos::transport::comet::{answer, call};
use crate::cosmos::transport::{TransportError, tls};
use futures_util::{SinkExt, StreamExt};
use reqwest::Url;
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::handshake::client::Request;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;
/// What a node answers to a subscription.
const ACKNOWLEDGED: &[u8] = br#"{"jsonrpc":"2.0","id":0,"result":{}}"#;

type Reply = oneshot::Sender<Result<Vec<u8>, TransportError>>;

/// Where the messages of a subscription go.
#[derive(Debug)]
pub(super) enum Feed {
    /// To a reader.
    Queue(mpsc::Sender<Result<Vec<u8>, TransportError>>),
    /// They are headers, of which only the height matters.
    Heights,
}

/// A call to be made.
#[derive(Debug)]
pub(super) struct Command {
    pub(super) method: &'static str,
    pub(super) params: Value,
    pub(super) feed: Option<Feed>,
    pub(super) reply: Reply,
}

/// A call that waits for its answer.
#[derive(Debug)]
struct Pending {
    /// Query and reader of a subscription.
    subscription: Option<(String, Feed)>,
    reply: Reply,
}

/// What one query of the node's event language selects, and who reads it. The node takes each query but once.
#[derive(Debug)]
struct Subscription {
    query: String,
    feeds: Vec<Feed>,
}

impl Feed {
    /// Passes a message on; `false` if its reader is gone or too slow.
    fn take(&self, message: &[u8], heights: &watch::Sender<i64>) -> bool {
        match self {
            Self::Queue(queue) => queue.try_send(Ok(message.to_vec())).is_ok(),
            Self::Heights => {
                if let Some(height) = header_height(message) {
                    heights.send_if_modified(|newest| {
                        let higher = height > *newest;
                        *newest = height.max(*newest);
                        higher
                    });
                }
                true
            }
        }
    }
}

pub(super) struct Task {
    request: Request,
    connector: Arc<rustls::ClientConfig>,
    endpoint: String,
    options: SocketOptions,
    inbox: mpsc::Receiver<Command>,
    /// Newest announced height; 0 while nobody announces.
    heights: watch::Sender<i64>,
    next_id: i64,
    pending: HashMap<i64, Pending>,
    subscriptions: HashMap<i64, Subscription>,
}

impl fmt::Debug for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The request holds the address, and that perhaps a password or a key.
        f.debug_struct("Task")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

impl Task {
    pub(super) fn new(
        url: &Url,
        endpoint: String,
        options: SocketOptions,
        inbox: mpsc::Receiver<Command>,
        heights: watch::Sender<i64>,
    ) -> Result<Self, TransportError> {
        let refused = |reason: String| TransportError::Configuration {
            endpoint: endpoint.clone(),
            reason,
        };
        let mut request = url
            .as_str()
            .into_client_request()
            .map_err(|e| refused(e.to_string()))?;
        request.headers_mut().extend(options.http.headers()?);
        // WebSocket stands on HTTP/1.1; nothing else is offered.
        let connector = Arc::new(tls::config(options.http.roots(), &[])?);
        Ok(Self {
            request,
            connector,
            endpoint,
            options,
            inbox,
            heights,
            next_id: 1,
            pending: HashMap::new(),
            subscriptions: HashMap::new(),
        })
    }

    /// Runs until nobody is left who could give commands.
    pub(super) async fn run(mut self) {
        while let Some(command) = self.inbox.recv().await {
            if command.reply.is_closed() {
                continue;
            }
            match self.connect().await {
                Ok(socket) => {
                    let broken = self.serve(socket, command).await;
                    let Some(error) = broken else { return };
                    self.fail(&error);
                }
                Err(error) => {
                    let _ = command.reply.send(Err(error));
                }
            }
        }
    }

    async fn connect(&self) -> Result<Socket, TransportError> {
        let limit = self.options.http.max_response;
        let config = WebSocketConfig::default()
            .max_message_size(Some(limit))
            .max_frame_size(Some(limit));
        let connecting = tokio_tungstenite::connect_async_tls_with_config(
            self.request.clone(),
            Some(config),
            true,
            Some(Connector::Rustls(Arc::clone(&self.connector))),
        );
        match tokio::time::timeout(self.options.http.connect_timeout, connecting).await {
            Ok(Ok((socket, _))) => Ok(socket),
            Ok(Err(error)) => Err(self.failure(&error, false)),
            Err(_) => Err(TransportError::NotConnected {
                endpoint: self.endpoint.clone(),
                reason: format!("none within {:?}", self.options.http.connect_timeout),
            }),
        }
    }

    /// Serves one connection. Returns what broke it, or nothing when it is no longer wanted.
    async fn serve(&mut self, mut socket: Socket, first: Command) -> Option<TransportError> {
        if let Err(error) = self.send(&mut socket, first).await {
            return Some(error);
        }
        let mut ping = tokio::time::interval(self.options.ping);
        ping.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let silence = self.options.ping.saturating_mul(2);
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                command = self.inbox.recv() => {
                    let Some(command) = command else {
                        let _ = socket.close(None).await;
                        return None;
                    };
                    if let Err(error) = self.send(&mut socket, command).await {
                        return Some(error);
                    }
                }
                message = socket.next() => {
                    heard = Instant::now();
                    match message {
                        Some(Ok(message @ (Message::Text(_) | Message::Binary(_)))) => {
                            let unread = self.dispatch(&message.into_data());
                            if let Some(query) = unread {
                                let params = serde_json::json!({"query": query});
                                let put = self.put(&mut socket, "unsubscribe", &params).await;
                                if let Err(error) = put {
                                    return Some(error);
                                }
                            }
                        }
                        Some(Ok(Message::Close(_))) | None => {
                            return Some(self.unreachable("the node closed the connection"));
                        }
                        Some(Ok(_)) => {}
                        Some(Err(error)) => return Some(self.failure(&error, true)),
                    }
                }
                _ = ping.tick() => {
                    self.forget();
                    if heard.elapsed() > silence {
                        return Some(TransportError::Timeout {
                            endpoint: self.endpoint.clone(),
                            after: silence,
                        });
                    }
                    let ping = Message::Ping(Vec::new().into());
                    if let Err(error) = socket.send(ping).await {
                        return Some(self.failure(&error, true));
                    }
                }
            }
        }
    }

    async fn send(&mut self, socket: &mut Socket, command: Command) -> Result<(), TransportError> {
        if command.reply.is_closed() {
            return Ok(());
        }
        if self.pending.len() >= self.options.max_pending {
            self.forget();
        }
        if self.pending.len() >= self.options.max_pending {
            let _ = command.reply.send(Err(TransportError::RateLimited {
                endpoint: self.endpoint.clone(),
                retry_after: None,
            }));
            return Ok(());
        }
        let subscription = match command.feed {
            None => None,
            Some(feed) => {
                let query = command.params.get("query").and_then(Value::as_str);
                let query = query.unwrap_or_default();
                let known = self.subscriptions.values_mut().find(|s| s.query == query);
                if let Some(known) = known {
                    known.feeds.push(feed);
                    let _ = command.reply.send(Ok(ACKNOWLEDGED.to_vec()));
                    return Ok(());
                }
                Some((query.to_owned(), feed))
            }
        };
        let id = self.put(socket, command.method, &command.params).await?;
        let reply = command.reply;
        self.pending.insert(
            id,
            Pending {
                subscription,
                reply,
            },
        );
        Ok(())
    }

    /// Sends a request; gives its id.
    async fn put(
        &mut self,
        socket: &mut Socket,
        method: &str,
        params: &Value,
    ) -> Result<i64, TransportError> {
        let id = self.next_id;
        self.next_id = self.next_id.wrapping_add(1).max(1);
        let request = call::request(id, method, params);
        let text = String::from_utf8_lossy(&request).into_owned();
        let sending = socket.send(Message::text(text));
        match tokio::time::timeout(self.options.http.timeout, sending).await {
            Ok(Ok(())) => Ok(id),
            Ok(Err(error)) => Err(self.failure(&error, true)),
            Err(_) => Err(TransportError::Timeout {
                endpoint: self.endpoint.clone(),
                after: self.options.http.timeout,
            }),
        }
    }

    /// Gives a message to whom it belongs. Returns the query of a subscription that nobody reads any more.
    fn dispatch(&mut self, message: &[u8]) -> Option<String> {
        // What is not addressed to anyone, nobody waits for.
        let id = answer::id(message)?;
        if let Some(pending) = self.pending.remove(&id) {
            if let Some((query, feed)) = pending.subscription
                && answer::acknowledged(&self.endpoint, message).is_ok()
            {
                if matches!(feed, Feed::Heights) {
                    // From now on there are announcements.
                    self.heights.send_if_modified(|newest| {
                        *newest = (*newest).max(1);
                        false
                    });
                }
                let feeds = vec![feed];
                self.subscriptions.insert(id, Subscription { query, feeds });
            }
            let _ = pending.reply.send(Ok(message.to_vec()));
            return None;
        }
        let subscription = self.subscriptions.get_mut(&id)?;
        let heights = &self.heights;
        // A reader that is dropped here sees its stream end with an error.
        subscription
            .feeds
            .retain(|feed| feed.take(message, heights));
        if subscription.feeds.is_empty() {
            return self.subscriptions.remove(&id).map(|s| s.query);
        }
        None
    }

    /// Drops calls for whose answers nobody waits any more.
    fn forget(&mut self) {
        self.pending.retain(|_, pending| !pending.reply.is_closed());
    }

    /// Tells everyone that the connection broke.
    fn fail(&mut self, error: &TransportError) {
        for (_, pending) in self.pending.drain() {
            let _ = pending.reply.send(Err(error.clone()));
        }
        for feed in self.subscriptions.drain().flat_map(|(_, s)| s.feeds) {
            if let Feed::Queue(queue) = feed {
                let _ = queue.try_send(Err(error.clone()));
            }
        }
        self.heights.send_replace(0);
    }

    fn unreachable(&self, reason: &str) -> TransportError {
        TransportError::Unreachable {
            endpoint: self.endpoint.clone(),
            reason: reason.to_owned(),
        }
    }

    fn failure(&self, error: &tungstenite::Error, connected: bool) -> TransportError {
        let endpoint = self.endpoint.clone();
        if let Some(tls) = tls::cause(error) {
            return TransportError::Tls {
                endpoint,
                reason: tls.to_string(),
            };
        }
        let reason = error.to_string();
        match error {
            tungstenite::Error::Capacity(_) => TransportError::TooLarge {
                endpoint,
                limit: self.options.http.max_response,
            },
            tungstenite::Error::Http(response) => TransportError::Status {
                endpoint,
                status: response.status().as_u16(),
                retry_after: None,
            },
            tungstenite::Error::Protocol(
                tungstenite::error::ProtocolError::ResetWithoutClosingHandshake,
            ) if connected => TransportError::Unreachable { endpoint, reason },
            tungstenite::Error::Protocol(_) | tungstenite::Error::Utf8(_) if connected => {
                TransportError::Malformed { endpoint, reason }
            }
            _ if connected => TransportError::Unreachable { endpoint, reason },
            _ => TransportError::NotConnected { endpoint, reason },
        }
    }
}

/// Height of the header in a message of `NewBlockHeader`.
fn header_height(message: &[u8]) -> Option<i64> {
    #[derive(Deserialize)]
    struct Notice {
        result: Outcome,
    }
    #[derive(Deserialize)]
    struct Outcome {
        data: Data,
    }
    #[derive(Deserialize)]
    struct Data {
        value: Announced,
    }
    #[derive(Deserialize)]
    struct Announced {
        header: Header,
    }
    #[derive(Deserialize)]
    struct Header {
        height: String,
    }
    let notice: Notice = serde_json::from_slice(message).ok()?;
    notice.result.data.value.header.height.parse().ok()
}
