//! CometBFT's JSON-RPC: by GET with parameters in the address, by POST alone or many at once, and over WebSocket.

mod argument;
mod event;
mod method;
mod page;
mod print;
mod socket;

pub(super) use method::abci_query;

use super::backend::Backend;
use super::http::{self, Answer, Dropped, Limits, Serve};
use argument::Arguments;
use async_trait::async_trait;
use hyper::body::Incoming;
use hyper::{Method, Request, StatusCode};
use serde_json::{Value, json};
use std::sync::Arc;

/// Most requests in one batch.
const BATCH: usize = 100;

#[derive(Debug)]
pub(super) struct Service {
    backend: Arc<Backend>,
}

/// An error in the form of JSON-RPC.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RpcError {
    code: i32,
    message: &'static str,
    data: String,
}

impl RpcError {
    fn parse(data: impl Into<String>) -> Self {
        Self {
            code: -32_700,
            message: "Parse error. Invalid JSON",
            data: data.into(),
        }
    }

    fn request(data: impl Into<String>) -> Self {
        Self {
            code: -32_600,
            message: "Invalid Request",
            data: data.into(),
        }
    }

    const fn method() -> Self {
        Self {
            code: -32_601,
            message: "Method not found",
            data: String::new(),
        }
    }

    fn parameters(data: impl Into<String>) -> Self {
        Self {
            code: -32_602,
            message: "Invalid params",
            data: data.into(),
        }
    }

    fn internal(data: impl Into<String>) -> Self {
        Self {
            code: -32_603,
            message: "Internal error",
            data: data.into(),
        }
    }
}

/// What came of a call.
enum Outcome {
    Done(Result<Value, RpcError>),
    /// The answer gets lost on purpose.
    Lost,
}

fn envelope(id: &Value, result: Result<Value, RpcError>) -> Value {
    match result {
        Ok(result) => json!({"jsonrpc": "2.0", "id": id, "result": result}),
        Err(error) => {
            let mut told = json!({"code": error.code, "message": error.message});
            if let (Some(told), false) = (told.as_object_mut(), error.data.is_empty()) {
                told.insert("data".to_owned(), error.data.into());
            }
            json!({"jsonrpc": "2.0", "id": id, "error": told})
        }
    }
}

fn respond(status: StatusCode, body: &Value) -> Answer {
    http::json(status, body.to_string())
}

/// One request of JSON-RPC: its id (none for a notification), method and parameters.
struct Call {
    id: Option<Value>,
    method: String,
    arguments: Arguments,
}

impl Call {
    fn read(request: &Value) -> Result<Self, RpcError> {
        let members = request
            .as_object()
            .ok_or_else(|| RpcError::request("an object was expected"))?;
        let id = match members.get("id") {
            None | Some(Value::Null) => None,
            Some(id @ (Value::String(_) | Value::Number(_))) => Some(id.clone()),
            Some(_) => return Err(RpcError::request("id must be a number or a string")),
        };
        let method = members
            .get("method")
            .and_then(Value::as_str)
            .ok_or_else(|| RpcError::request("method must be a string"))?;
        let arguments = match members.get("params") {
            None | Some(Value::Null) => Arguments::None,
            Some(Value::Object(named)) => Arguments::Named(named.clone()),
            Some(Value::Array(list)) => Arguments::Listed(list.clone()),
            Some(_) => {
                return Err(RpcError::parameters("params must be an object or an array"));
            }
        };
        Ok(Self {
            id,
            method: method.to_owned(),
            arguments,
        })
    }
}

impl Service {
    pub(super) fn new(backend: &Arc<Backend>) -> Self {
        Self {
            backend: Arc::clone(backend),
        }
    }

    /// By GET: the method is the path, the parameters stand behind the question mark.
    async fn get(&self, request: Request<Incoming>, limits: Limits) -> Result<Answer, Dropped> {
        let path = request.uri().path().trim_matches('/').to_owned();
        if path == "websocket" {
            return Ok(socket::open(&self.backend, request, limits));
        }
        if path.is_empty() {
            return Ok(http::bytes(
                StatusCode::OK,
                "text/html",
                page::index(self.backend.rpc),
            ));
        }
        let parameters = http::parameters(request.uri().query().unwrap_or_default());
        let arguments = Arguments::Address(parameters);
        match method::call(&self.backend, &path, &arguments).await {
            Outcome::Lost => Err(Dropped),
            Outcome::Done(Err(error)) if error == RpcError::method() => {
                Ok(http::plain(StatusCode::NOT_FOUND, "404 page not found\n"))
            }
            Outcome::Done(result) => {
                let status = if result.is_ok() {
                    StatusCode::OK
                } else {
                    StatusCode::INTERNAL_SERVER_ERROR
                };
                Ok(respond(status, &envelope(&json!(-1), result)))
            }
        }
    }

    async fn post(&self, request: Request<Incoming>, limits: Limits) -> Result<Answer, Dropped> {
        if request.uri().path() != "/" {
            return Ok(http::plain(StatusCode::NOT_FOUND, "404 page not found\n"));
        }
        let body = match http::read(request.into_body(), limits).await {
            Ok(body) => body,
            Err(error) => {
                let told = envelope(&json!(-1), Err(RpcError::request(error.reason())));
                return Ok(respond(error.status(), &told));
            }
        };
        let parsed: Value = match serde_json::from_slice(&body) {
            Ok(parsed) => parsed,
            Err(error) => {
                let told = envelope(&json!(-1), Err(RpcError::parse(error.to_string())));
                return Ok(respond(StatusCode::INTERNAL_SERVER_ERROR, &told));
            }
        };
        let Value::Array(batch) = parsed else {
            let answer = self.one(&parsed).await?;
            return Ok(answer.map_or_else(
                || http::bytes(StatusCode::OK, "application/json", ""),
                |answer| respond(StatusCode::OK, &answer),
            ));
        };
        if batch.is_empty() || batch.len() > BATCH {
            let told = format!("a batch has 1 to {BATCH} requests, not {}", batch.len());
            let told = envelope(&json!(-1), Err(RpcError::request(told)));
            return Ok(respond(StatusCode::OK, &told));
        }
        let mut answers = Vec::with_capacity(batch.len());
        for request in &batch {
            answers.extend(self.one(request).await?);
        }
        Ok(respond(StatusCode::OK, &Value::Array(answers)))
    }

    /// Answers one request; a notification gets no answer.
    async fn one(&self, request: &Value) -> Result<Option<Value>, Dropped> {
        let call = match Call::read(request) {
            Ok(call) => call,
            Err(error) => {
                let id = request.get("id").cloned().unwrap_or(json!(-1));
                return Ok(Some(envelope(&id, Err(error))));
            }
        };
        let Some(id) = call.id else {
            return Ok(None);
        };
        match method::call(&self.backend, &call.method, &call.arguments).await {
            Outcome::Done(result) => Ok(Some(envelope(&id, result))),
            Outcome::Lost => Err(Dropped),
        }
    }
}

#[async_trait]
impl Serve for Service {
    fn faulty(&self) -> Option<&Backend> {
        Some(&self.backend)
    }

    async fn serve(&self, request: Request<Incoming>, limits: Limits) -> Result<Answer, Dropped> {
        match *request.method() {
            Method::GET => self.get(request, limits).await,
            Method::POST => self.post(request, limits).await,
            _ => Ok(http::plain(
                StatusCode::METHOD_NOT_ALLOWED,
                "GET or POST was expected\n",
            )),
        }
    }
}
