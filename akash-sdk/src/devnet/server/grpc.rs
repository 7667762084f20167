//! gRPC over HTTP/2: one message in, one message out, whatever the method.

use super::backend::Backend;
use super::http::{self, Answer, BodyError, Dropped, Limits, Serve};
use crate::cosmos::wire::service::rpc;
use crate::devnet::query::Failure;
use async_trait::async_trait;
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use std::convert::Infallible;
use std::fmt::Write;
use std::sync::Arc;

const STATUS: HeaderName = HeaderName::from_static("grpc-status");
const MESSAGE: HeaderName = HeaderName::from_static("grpc-message");
const HEIGHT: HeaderName = HeaderName::from_static("x-cosmos-block-height");

#[derive(Debug)]
pub(super) struct Service {
    backend: Arc<Backend>,
}

impl Service {
    pub(super) fn new(backend: &Arc<Backend>) -> Self {
        Self {
            backend: Arc::clone(backend),
        }
    }

    async fn answer(&self, request: Request<Incoming>, limits: Limits) -> Result<Reply, Lost> {
        let path = request.uri().path().to_owned();
        let height = http::height(request.headers()).map_err(|message| failure(3, message))?;
        if rpc(&path).is_none() {
            // A client that streams, such as one that asks for reflection, waits for the answer before it ends its request.
            self.backend.unary(&path, &[], height)?;
        }
        let body = read(request.into_body(), limits).await?;
        let message = unframed(&body)?;
        if path == "/cosmos.tx.v1beta1.Service/BroadcastTx"
            && self.backend.faults().loses_broadcast()
        {
            // The answer is lost, not the transaction.
            let _ = self.backend.unary(&path, message, height);
            return Err(Lost::Dropped);
        }
        let (bytes, height) = self.backend.unary(&path, message, height)?;
        Ok(Reply { bytes, height })
    }
}

/// An answer of a block.
pub(super) struct Reply {
    pub(super) bytes: Vec<u8>,
    pub(super) height: i64,
}

/// Reads a request's body.
async fn read(body: Incoming, limits: Limits) -> Result<Bytes, Failure> {
    http::read(body, limits).await.map_err(|error| {
        let code = match error {
            BodyError::TooLarge => 8,
            BodyError::TooSlow => 4,
            BodyError::Broken => 13,
        };
        failure(code, error.reason())
    })
}

enum Lost {
    Failed(Failure),
    Dropped,
}

impl From<Failure> for Lost {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

pub(super) fn failure(code: u32, message: impl Into<String>) -> Failure {
    Failure {
        code,
        message: message.into(),
    }
}

/// The one message in a request's body: a byte for compression, four for the length, the message.
fn unframed(body: &[u8]) -> Result<&[u8], Failure> {
    let cut = || failure(13, "the request has no complete message");
    let (head, message) = body.split_first_chunk::<5>().ok_or_else(cut)?;
    let [compressed, length @ ..] = *head;
    if compressed != 0 {
        return Err(failure(12, "compressed messages are not supported"));
    }
    let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
    match message.len().cmp(&length) {
        std::cmp::Ordering::Equal => Ok(message),
        std::cmp::Ordering::Less => Err(cut()),
        std::cmp::Ordering::Greater => {
            Err(failure(13, "the method takes one message, there are more"))
        }
    }
}

fn framed(message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
    let mut body = Vec::with_capacity(message.len().saturating_add(5));
    body.push(0);
    body.extend(length.to_be_bytes());
    body.extend(message);
    body
}

/// Text for a header: everything but printable ASCII is escaped.
fn escaped(text: &str) -> HeaderValue {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' '..=b'~' if byte != b'%' => escaped.push(char::from(byte)),
            // Writing to a text can't fail.
            _ => drop(write!(escaped, "%{byte:02X}")),
        }
    }
    HeaderValue::from_str(&escaped).unwrap_or_else(|_| HeaderValue::from_static(""))
}

pub(super) fn ended(reply: Result<Reply, Failure>) -> Answer {
    let mut answer = match reply {
        Ok(reply) => {
            let mut trailers = HeaderMap::new();
            trailers.insert(STATUS, HeaderValue::from_static("0"));
            let body = Full::new(Bytes::from(framed(&reply.bytes)))
                .with_trailers(std::future::ready(Some(Ok::<_, Infallible>(trailers))));
            let mut answer = Response::new(body.boxed());
            answer
                .headers_mut()
                .insert(HEIGHT, HeaderValue::from(reply.height));
            answer
        }
        Err(failure) => {
            let mut answer = Response::new(Full::default().boxed());
            answer
                .headers_mut()
                .insert(STATUS, HeaderValue::from(failure.code));
            answer
                .headers_mut()
                .insert(MESSAGE, escaped(&failure.message));
            answer
        }
    };
    let kind = HeaderValue::from_static("application/grpc");
    answer.headers_mut().insert(CONTENT_TYPE, kind);
    answer
}

/// The answer to what is no call.
pub(super) fn refused(request: &Request<Incoming>) -> Option<Answer> {
    let kind = request.headers().get(CONTENT_TYPE);
    let is_grpc = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"application/grpc"));
    (request.method() != Method::POST || !is_grpc).then(|| {
        http::plain(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "this port speaks gRPC: POST with content-type application/grpc over HTTP/2",
        )
    })
}

#[async_trait]
impl Serve for Service {
    fn faulty(&self) -> Option<&Backend> {
        Some(&self.backend)
    }

    async fn serve(&self, request: Request<Incoming>, limits: Limits) -> Result<Answer, Dropped> {
        if let Some(refusal) = refused(&request) {
            return Ok(refusal);
        }
        match self.answer(request, limits).await {
            Ok(reply) => Ok(ended(Ok(reply))),
            Err(Lost::Failed(failure)) => Ok(ended(Err(failure))),
            Err(Lost::Dropped) => Err(Dropped),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_read_to_the_byte() {
        assert_eq!(unframed(&framed(b"abc")), Ok(&b"abc"[..]));
        for (body, code) in [
            (&b""[..], 13),
            (&[0, 0, 0, 0], 13),
            (&[0, 0, 0, 0, 2, 1], 13),
            (&[0, 0, 0, 0, 1, 1, 1], 13),
            (&[1, 0, 0, 0, 0], 12),
            (&[0, 255, 255, 255, 255, 1], 13),
        ] {
            assert_eq!(unframed(body).unwrap_err().code, code, "{body:?}");
        }
    }

    #[test]
    fn messages_fit_into_headers() {
        assert_eq!(escaped("a 100% ü\n"), "a 100%25 %C3%BC%0A");
    }
}
