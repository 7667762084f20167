//! JSON-RPC over WebSocket, with subscriptions.

use super::argument::Arguments;
use super::{Call, Outcome, RpcError, envelope, event, method};
use crate::devnet::server::backend::{Backend, Tip};
use crate::devnet::server::http::{self, Answer, Limits};
use crate::devnet::server::search::Search;
use futures_util::{SinkExt, StreamExt};
use hyper::body::Incoming;
use hyper::header::{
    CONNECTION, HeaderMap, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_VERSION, UPGRADE,
};
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, interval_at, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

/// Subscriptions that one connection may have.
const SUBSCRIPTIONS: usize = 5;
/// How often the other side has to show that it is there.
const PING: Duration = Duration::from_secs(27);
/// How long a message may take to be taken.
const SEND: Duration = Duration::from_secs(10);

type Socket = WebSocketStream<TokioIo<Upgraded>>;

fn names(headers: &HeaderMap, name: hyper::header::HeaderName, wanted: &str) -> bool {
    headers.get_all(name).iter().any(|value| {
        let text = String::from_utf8_lossy(value.as_bytes());
        text.split(',')
            .any(|part| part.trim().eq_ignore_ascii_case(wanted))
    })
}

/// Agrees to a WebSocket and serves it.
pub(super) fn open(
    backend: &Arc<Backend>,
    mut request: Request<Incoming>,
    limits: Limits,
) -> Answer {
    let headers = request.headers();
    let key = headers
        .get(SEC_WEBSOCKET_KEY)
        .filter(|_| {
            names(headers, CONNECTION, "upgrade")
                && names(headers, UPGRADE, "websocket")
                && headers
                    .get(SEC_WEBSOCKET_VERSION)
                    .is_some_and(|version| version == "13")
        })
        .map(|key| derive_accept_key(key.as_bytes()));
    let Some(accept) = key.and_then(|key| HeaderValue::from_str(&key).ok()) else {
        return http::plain(
            StatusCode::BAD_REQUEST,
            "a WebSocket handshake was expected\n",
        );
    };
    let upgrade = hyper::upgrade::on(&mut request);
    // It ends with its connection or with the server, which tells it.
    tokio::spawn(serve(Arc::clone(backend), upgrade, limits));
    let mut answer = http::bytes(StatusCode::SWITCHING_PROTOCOLS, "text/plain", "");
    let headers = answer.headers_mut();
    headers.clear();
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    answer
}

async fn serve(backend: Arc<Backend>, upgrade: OnUpgrade, limits: Limits) {
    let Ok(Ok(upgraded)) = timeout(limits.patience, upgrade).await else {
        return;
    };
    let config = WebSocketConfig::default()
        .max_message_size(Some(limits.body))
        .max_frame_size(Some(limits.body));
    let socket =
        WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await;
    let mut tips = backend.tips();
    let told = *tips.borrow_and_update();
    let mut connection = Connection {
        backend,
        socket,
        subscriptions: Vec::new(),
        told,
    };
    let mut closing = connection.backend.closing();
    let mut ping = interval_at(Instant::now() + PING, PING);
    let mut alive = true;
    loop {
        let goes_on = tokio::select! {
            message = connection.socket.next() => match message {
                Some(Ok(message)) => {
                    alive = true;
                    connection.take(message).await
                }
                _ => None,
            },
            changed = tips.changed() => match changed {
                Ok(()) => {
                    let tip = *tips.borrow_and_update();
                    connection.tell(tip).await
                }
                Err(_) => None,
            },
            _ = ping.tick() => {
                if std::mem::take(&mut alive) {
                    connection.send(Message::Ping(Vec::new().into())).await
                } else {
                    None
                }
            }
            _ = closing.changed() => None,
        };
        if goes_on.is_none() {
            // The other side may be gone.
            let _ = timeout(SEND, connection.socket.close(None)).await;
            return;
        }
    }
}

struct Subscription {
    id: Value,
    text: String,
    search: Search,
}

struct Connection {
    backend: Arc<Backend>,
    socket: Socket,
    subscriptions: Vec<Subscription>,
    /// Up to where the subscribers were told.
    told: Tip,
}

impl Connection {
    /// Sends a message; `None` ends the connection, as when the other side does not read.
    async fn send(&mut self, message: Message) -> Option<()> {
        timeout(SEND, self.socket.send(message)).await.ok()?.ok()
    }

    async fn answer(&mut self, body: &Value) -> Option<()> {
        self.send(Message::Text(body.to_string().into())).await
    }

    async fn take(&mut self, message: Message) -> Option<()> {
        let text = match &message {
            Message::Text(text) => text.as_bytes(),
            Message::Binary(bytes) => bytes,
            Message::Ping(_) | Message::Pong(_) | Message::Frame(_) => return Some(()),
            Message::Close(_) => return None,
        };
        let request: Value = match serde_json::from_slice(text) {
            Ok(request) => request,
            Err(error) => {
                let told = envelope(&json!(-1), Err(RpcError::parse(error.to_string())));
                return self.answer(&told).await;
            }
        };
        match request {
            Value::Array(batch) if batch.len() <= super::BATCH => {
                for request in &batch {
                    self.one(request).await?;
                }
                Some(())
            }
            request => self.one(&request).await,
        }
    }

    async fn one(&mut self, request: &Value) -> Option<()> {
        let call = match Call::read(request) {
            Ok(call) => call,
            Err(error) => {
                let id = request.get("id").cloned().unwrap_or(json!(-1));
                return self.answer(&envelope(&id, Err(error))).await;
            }
        };
        let Some(id) = call.id else {
            return Some(());
        };
        let result = match call.method.as_str() {
            "subscribe" => self.subscribe(&id, &call.arguments),
            "unsubscribe" => self.unsubscribe(&call.arguments),
            "unsubscribe_all" => {
                self.subscriptions.clear();
                Ok(json!({}))
            }
            _ => match method::call(&self.backend, &call.method, &call.arguments).await {
                Outcome::Done(result) => result,
                Outcome::Lost => return None,
            },
        };
        self.answer(&envelope(&id, result)).await
    }

    fn subscribe(&mut self, id: &Value, arguments: &Arguments) -> Result<Value, RpcError> {
        let text = arguments.text(0, "query")?;
        let search: Search = text
            .parse()
            .map_err(|error| RpcError::internal(format!("{error}")))?;
        if self.subscriptions.iter().any(|known| known.text == text) {
            return Err(RpcError::internal("already subscribed"));
        }
        if self.subscriptions.len() >= SUBSCRIPTIONS {
            return Err(RpcError::internal(format!(
                "max_subscriptions_per_client {SUBSCRIPTIONS} reached"
            )));
        }
        self.subscriptions.push(Subscription {
            id: id.clone(),
            text,
            search,
        });
        Ok(json!({}))
    }

    fn unsubscribe(&mut self, arguments: &Arguments) -> Result<Value, RpcError> {
        let text = arguments.text(0, "query")?;
        let before = self.subscriptions.len();
        self.subscriptions.retain(|known| known.text != text);
        if self.subscriptions.len() == before {
            return Err(RpcError::internal("subscription not found"));
        }
        Ok(json!({}))
    }

    /// Tells the subscribers of the blocks up to this one.
    async fn tell(&mut self, tip: Tip) -> Option<()> {
        let (era, height) = tip;
        let from = if era == self.told.0 {
            self.told.1.saturating_add(1)
        } else {
            height
        };
        self.told = tip;
        if self.subscriptions.is_empty() {
            return Some(());
        }
        for height in from..=height {
            // The network may have been set back meanwhile.
            let Some((sealed, result)) = self.backend.sealed(Some(height)) else {
                continue;
            };
            let mut messages = Vec::new();
            for told in event::of_block(&sealed, &result) {
                for subscription in &self.subscriptions {
                    if subscription.search.matches(told.tags()) {
                        let message = told.message(&subscription.text);
                        messages.push(envelope(&subscription.id, Ok(message)));
                    }
                }
            }
            for message in messages {
                self.answer(&message).await?;
            }
        }
        Some(())
    }
}
