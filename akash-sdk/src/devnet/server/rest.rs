//! The REST gateway: JSON to protobuf and back, by the table of services.

mod query;

use super::backend::Backend;
use super::http::{self, Answer, Dropped, Limits, Serve};
use crate::cosmos::json::{self, Unknown};
use crate::cosmos::wire::service::{self, Rpc, Status, Verb};
use crate::devnet::query::Failure;
use async_trait::async_trait;
use hyper::body::Incoming;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Method, Request, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;

const HEIGHT: HeaderName = HeaderName::from_static("grpc-metadata-x-cosmos-block-height");
/// gRPC code of a method that is not there.
const UNIMPLEMENTED: u32 = 12;

#[derive(Debug)]
pub(super) struct Service {
    backend: Arc<Backend>,
}

fn invalid(message: impl Into<String>) -> Failure {
    Failure {
        code: 3,
        message: message.into(),
    }
}

/// The method behind a request, if a node serves it.
fn served(verb: Verb, path: &str) -> Option<(&'static Rpc, Vec<(&'static str, &str)>)> {
    let path = path.strip_suffix('/').unwrap_or(path);
    service::route(verb, path).filter(|(rpc, _)| {
        matches!(rpc.status, Status::Live | Status::Since21)
            || rpc.path == "/akash.discovery.v1.Discovery/GetInfo"
    })
}

impl Service {
    pub(super) fn new(backend: &Arc<Backend>) -> Self {
        Self {
            backend: Arc::clone(backend),
        }
    }

    async fn answer(
        &self,
        request: Request<Incoming>,
        limits: Limits,
    ) -> Result<Option<(String, i64)>, Failure> {
        let unknown = || Failure {
            code: UNIMPLEMENTED,
            message: "Not Implemented".to_owned(),
        };
        let verb = match *request.method() {
            Method::GET => Verb::Get,
            Method::POST => Verb::Post,
            _ => return Err(unknown()),
        };
        let uri = request.uri().clone();
        let (rpc, fields) = served(verb, uri.path()).ok_or_else(unknown)?;
        let height = http::height(request.headers()).map_err(invalid)?;
        let mut input = match verb {
            Verb::Get => query::from_parameters(rpc.request, uri.query().unwrap_or_default())?,
            Verb::Post => {
                let body = http::read(request.into_body(), limits)
                    .await
                    .map_err(|error| invalid(error.reason()))?;
                if body.is_empty() {
                    json!({})
                } else {
                    serde_json::from_slice(&body).map_err(|e| invalid(e.to_string()))?
                }
            }
        };
        for (field, text) in fields {
            query::set(
                &mut input,
                rpc.request,
                field,
                &http::unescaped(text, false),
            )?;
        }
        let bytes = json::from_json_with(rpc.request, &input, Unknown::Refuse)
            .map_err(|e| invalid(e.to_string()))?;
        let broadcast = rpc.path == "/cosmos.tx.v1beta1.Service/BroadcastTx";
        let lost = broadcast && self.backend.faults().loses_broadcast();
        let (bytes, height) = self
            .backend
            .unary(rpc.path, &bytes, height)
            .map_err(|failure| {
                // The gateway knows only what is registered: the words are its own.
                if failure.code == UNIMPLEMENTED {
                    unknown()
                } else {
                    failure
                }
            })?;
        if lost {
            return Ok(None);
        }
        let text = json::to_text(rpc.response, &bytes).map_err(|e| Failure {
            code: 13,
            message: e.to_string(),
        })?;
        Ok(Some((text, height)))
    }
}

/// The HTTP status that stands for a gRPC code.
const fn status(code: u32) -> StatusCode {
    match code {
        1 => StatusCode::REQUEST_TIMEOUT,
        3 | 9 | 11 => StatusCode::BAD_REQUEST,
        4 => StatusCode::GATEWAY_TIMEOUT,
        5 => StatusCode::NOT_FOUND,
        6 | 10 => StatusCode::CONFLICT,
        7 => StatusCode::FORBIDDEN,
        8 => StatusCode::TOO_MANY_REQUESTS,
        12 => StatusCode::NOT_IMPLEMENTED,
        14 => StatusCode::SERVICE_UNAVAILABLE,
        16 => StatusCode::UNAUTHORIZED,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[async_trait]
impl Serve for Service {
    fn faulty(&self) -> Option<&Backend> {
        Some(&self.backend)
    }

    async fn serve(&self, request: Request<Incoming>, limits: Limits) -> Result<Answer, Dropped> {
        match self.answer(request, limits).await {
            Ok(Some((text, height))) => {
                let mut answer = http::json(StatusCode::OK, text);
                answer
                    .headers_mut()
                    .insert(HEIGHT, HeaderValue::from(height));
                Ok(answer)
            }
            Ok(None) => Err(Dropped),
            Err(failure) => {
                // In the order in which the gateway prints them.
                let message = Value::String(failure.message);
                let text = format!(
                    "{{\"code\":{},\"message\":{message},\"details\":[]}}",
                    failure.code
                );
                Ok(http::json(status(failure.code), text))
            }
        }
    }
}
