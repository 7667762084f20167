//! Listening and answering over HTTP, with bounds on everything.

use super::backend::Backend;
use super::faults::Fate;
use async_trait::async_trait;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// Most connections that one listener holds; more have to wait.
const CONNECTIONS: usize = 1_024;
/// Most requests that one HTTP/2 connection may have under way.
const STREAMS: u32 = 256;

/// The body of an answer.
pub(super) type Body = BoxBody<Bytes, Infallible>;
pub(super) type Answer = Response<Body>;

/// Bounds on what clients send.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Largest body in bytes.
    pub(super) body: usize,
    /// How long a request may take to arrive.
    pub(super) patience: Duration,
}

/// A request that ends with its connection, without an answer.
#[derive(Debug, thiserror::Error)]
#[error("the connection is closed on purpose")]
pub(super) struct Dropped;

/// Answers requests.
#[async_trait]
pub(super) trait Serve: Send + Sync + 'static {
    /// What may go wrong on purpose; `None` if nothing may.
    fn faulty(&self) -> Option<&Backend>;

    /// Answers one request.
    async fn serve(&self, request: Request<Incoming>, limits: Limits) -> Result<Answer, Dropped>;
}

/// Serves whoever connects, until it is dropped; then all connections end.
pub(super) async fn accept<S: Serve>(listener: TcpListener, service: S, limits: Limits) {
    let service = Arc::new(service);
    let mut connections = JoinSet::new();
    loop {
        while connections.len() >= CONNECTIONS {
            connections.join_next().await;
        }
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                // Out of file descriptors, or the client is gone: not ours to end for.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(10)).await;
                    continue;
                }
            },
            Some(_) = connections.join_next() => continue,
        };
        // Small answers must not wait for more to send; if the system refuses, it is slower.
        let _ = stream.set_nodelay(true);
        let service = Arc::clone(&service);
        connections.spawn(async move {
            let answer = service_fn(move |request| {
                let service = Arc::clone(&service);
                async move { fated(&*service, request, limits).await }
            });
            let mut server = auto::Builder::new(TokioExecutor::new());
            server
                .http1()
                .timer(TokioTimer::new())
                .header_read_timeout(limits.patience);
            server
                .http2()
                .timer(TokioTimer::new())
                .max_concurrent_streams(STREAMS)
                .keep_alive_interval(Duration::from_secs(30));
            // How a connection ends is the client's business.
            let _ = server
                .serve_connection_with_upgrades(TokioIo::new(stream), answer)
                .await;
        });
    }
}

async fn fated<S: Serve>(
    service: &S,
    request: Request<Incoming>,
    limits: Limits,
) -> Result<Answer, Dropped> {
    if let Some(backend) = service.faulty() {
        let (fate, delay) = backend.faults().next();
        if !delay.is_zero() {
            tokio::time::sleep(delay).await;
        }
        match fate {
            Fate::Serve => {}
            Fate::Refuse => return Ok(plain(StatusCode::SERVICE_UNAVAILABLE, "out of order")),
            Fate::Drop => return Err(Dropped),
        }
    }
    service.serve(request, limits).await
}

/// Why a body can't be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyError {
    TooLarge,
    TooSlow,
    Broken,
}

impl BodyError {
    pub(super) const fn status(self) -> StatusCode {
        match self {
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken => StatusCode::BAD_REQUEST,
        }
    }

    pub(super) const fn reason(self) -> &'static str {
        match self {
            Self::TooLarge => "http: request body too large",
            Self::TooSlow => "the request body does not arrive",
            Self::Broken => "the request body ends early",
        }
    }
}

/// Reads a body to its end.
pub(super) async fn read(body: Incoming, limits: Limits) -> Result<Bytes, BodyError> {
    let whole = Limited::new(body, limits.body).collect();
    match tokio::time::timeout(limits.patience, whole).await {
        Ok(Ok(all)) => Ok(all.to_bytes()),
        Ok(Err(error)) if error.is::<http_body_util::LengthLimitError>() => {
            Err(BodyError::TooLarge)
        }
        Ok(Err(_)) => Err(BodyError::Broken),
        Err(_) => Err(BodyError::TooSlow),
    }
}

pub(super) fn bytes(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()).boxed());
    *answer.status_mut() = status;
    answer
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

pub(super) fn json(status: StatusCode, text: String) -> Answer {
    bytes(status, "application/json", text)
}

pub(super) fn plain(status: StatusCode, text: &'static str) -> Answer {
    bytes(status, "text/plain; charset=utf-8", text)
}

/// The parameters behind the question mark, decoded, in order.
pub(super) fn parameters(query: &str) -> Vec<(String, String)> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (unescaped(name, true), unescaped(value, true))
        })
        .collect()
}

/// A text with its percent signs resolved. What is no escape stays; what is no UTF-8 is replaced.
pub(super) fn unescaped(text: &str, plus_is_space: bool) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        match byte {
            b'+' if plus_is_space => bytes.push(b' '),
            b'%' => {
                let digits = tail
                    .get(..2)
                    .and_then(|pair| std::str::from_utf8(pair).ok());
                let value = digits
                    .filter(|pair| pair.bytes().all(|digit| digit.is_ascii_hexdigit()))
                    .and_then(|pair| u8::from_str_radix(pair, 16).ok());
                match value {
                    Some(value) => {
                        bytes.push(value);
                        rest = tail.get(2..).unwrap_or_default();
                    }
                    None => bytes.push(b'%'),
                }
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8(bytes)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The height that a request is pinned to; `None` if it asks for the newest.
pub(super) fn height(headers: &hyper::HeaderMap) -> Result<Option<i64>, String> {
    let named = [
        "x-cosmos-block-height",
        "grpc-metadata-x-cosmos-block-height",
    ];
    let Some(value) = named.iter().find_map(|name| headers.get(*name)) else {
        return Ok(None);
    };
    let text = String::from_utf8_lossy(value.as_bytes());
    match text.parse() {
        Ok(height) if height >= 0 => Ok(Some(height)),
        _ => Err(format!(
            "Baseapp.RegisterGRPCServer: invalid height header \"x-cosmos-block-height\": {text:?} is no height: \
             invalid request"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded() {
        assert_eq!(
            parameters("a=1&b.c=x%2Fy+z&&d&e=%zz%4"),
            [("a", "1"), ("b.c", "x/y z"), ("d", ""), ("e", "%zz%4")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
        assert_eq!(unescaped("a+b%20%ff", false), "a+b \u{fffd}");
    }
}
