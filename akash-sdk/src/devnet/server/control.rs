//! The controls: what no real network lets its clients do.

use super::Endpoints;
use super::backend::Backend;
use super::faults::Faults;
use super::http::{self, Answer, Dropped, Limits, Serve};
use akash_market::time::Nanos;
use akash_sdl::num::Dec;
use async_trait::async_trait;
use hyper::body::Incoming;
use hyper::header::CONTENT_TYPE;
use hyper::{Method, Request, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::{Arc, PoisonError};

/// Most blocks that one request makes.
const MINED: u32 = 10_000;

#[derive(Debug)]
pub(super) struct Service {
    backend: Arc<Backend>,
    endpoints: Endpoints,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mine {
    #[serde(default = "one")]
    blocks: u32,
}

const fn one() -> u32 {
    1
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Time {
    advance_seconds: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Price {
    akt_usd: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Revert {
    snapshot: u64,
}

type Result<T> = std::result::Result<T, (StatusCode, String)>;

fn wrong(reason: impl Into<String>) -> (StatusCode, String) {
    (StatusCode::BAD_REQUEST, reason.into())
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    let body = if body.is_empty() { b"{}" } else { body };
    serde_json::from_slice(body).map_err(|e| wrong(e.to_string()))
}

impl Service {
    pub(super) fn new(backend: &Arc<Backend>, endpoints: Endpoints) -> Self {
        Self {
            backend: Arc::clone(backend),
            endpoints,
        }
    }

    fn standing(&self) -> Value {
        let block = self.backend.block();
        let time = super::service::print::time(super::chain::timestamp(block.time));
        json!({"height": block.height.0, "time": time})
    }

    fn about(&self) -> Value {
        let accounts: Vec<Value> = self
            .backend
            .devnet
            .accounts()
            .iter()
            .map(|account| json!({"name": account.name, "address": account.address()}))
            .collect();
        let at = &self.endpoints;
        json!({
            "chain_id": self.backend.devnet.chain_id(),
            "block": self.standing(),
            "accounts": accounts,
            "endpoints": {
                "rpc": at.rpc,
                "websocket": at.websocket,
                "grpc": at.grpc,
                "rest": at.rest,
                "control": at.control,
                "providers": at.providers,
            },
        })
    }

    async fn act(&self, path: &str, body: &[u8]) -> Result<Value> {
        let devnet = &self.backend.devnet;
        match path {
            "/mine" => {
                let Mine { blocks } = parse(body)?;
                if blocks > MINED {
                    return Err(wrong(format!("at most {MINED} blocks in one request")));
                }
                for _ in 0..blocks {
                    let height = devnet.height();
                    devnet
                        .advance_past(height)
                        .await
                        .map_err(|e| wrong(e.to_string()))?;
                }
                Ok(self.standing())
            }
            "/time" => {
                let Time { advance_seconds } = parse(body)?;
                let by = Nanos::from_secs(i64::from(advance_seconds));
                devnet.advance_time(by);
                let mut ahead = self
                    .backend
                    .ahead
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner);
                *ahead = ahead.saturating_add(by.0);
                Ok(self.standing())
            }
            "/price" => {
                let Price { akt_usd } = parse(body)?;
                let price: Option<Dec> = akt_usd
                    .map(|text| text.parse())
                    .transpose()
                    .map_err(|e: akash_sdl::num::NumError| wrong(e.to_string()))?;
                devnet.set_akt_price(price);
                Ok(self.standing())
            }
            "/snapshot" => Ok(json!({"snapshot": devnet.snapshot()})),
            "/revert" => {
                let Revert { snapshot } = parse(body)?;
                devnet
                    .revert(snapshot)
                    .map_err(|e| (StatusCode::NOT_FOUND, e.to_string()))?;
                Ok(self.standing())
            }
            "/faults" => {
                let faults: Faults = parse(body)?;
                *self.backend.faults() = faults.clone();
                // What came while the network stood still goes on now.
                self.backend.came.notify_one();
                Ok(json!(faults))
            }
            _ => Err((
                StatusCode::NOT_FOUND,
                "there are /status, /mine, /time, /price, /snapshot, /revert and /faults"
                    .to_owned(),
            )),
        }
    }

    async fn answer(&self, request: Request<Incoming>, limits: Limits) -> Result<Value> {
        let path = request.uri().path().to_owned();
        match (request.method(), path.as_str()) {
            (&Method::GET, "/" | "/status") => Ok(self.about()),
            (&Method::GET, "/faults") => Ok(json!(*self.backend.faults())),
            (&Method::POST, _) => {
                // A web page of somebody else can't send this without asking first.
                let json = request
                    .headers()
                    .get(CONTENT_TYPE)
                    .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
                if !json {
                    return Err((
                        StatusCode::UNSUPPORTED_MEDIA_TYPE,
                        "content-type application/json was expected".to_owned(),
                    ));
                }
                let body = http::read(request.into_body(), limits)
                    .await
                    .map_err(|error| (error.status(), error.reason().to_owned()))?;
                self.act(&path, &body).await
            }
            _ => Err((
                StatusCode::METHOD_NOT_ALLOWED,
                "GET or POST was expected".to_owned(),
            )),
        }
    }
}

#[async_trait]
impl Serve for Service {
    fn faulty(&self) -> Option<&Backend> {
        None
    }

    async fn serve(
        &self,
        request: Request<Incoming>,
        limits: Limits,
    ) -> std::result::Result<Answer, Dropped> {
        Ok(match self.answer(request, limits).await {
            Ok(value) => http::json(StatusCode::OK, value.to_string()),
            Err((status, reason)) => http::json(status, json!({"error": reason}).to_string()),
        })
    }
}
