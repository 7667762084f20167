//! What a real node answered, as a server.

use super::server::{Reply, Request};
use crate::golden::{json, json_files, unhex};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A recorded query.
#[derive(Debug, Clone)]
pub(crate) struct Query {
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) height: i64,
    pub(crate) request: Vec<u8>,
    /// The answer, or gRPC code and message.
    pub(crate) response: Result<Vec<u8>, (u32, String)>,
    pub(crate) rest_path: String,
    pub(crate) rest_status: u16,
    pub(crate) rest_body: String,
}

pub(crate) fn queries() -> Vec<Query> {
    json_files("chain/query")
        .into_iter()
        .map(|(name, value)| {
            let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
            let error = &value["grpc_error"];
            Query {
                name,
                method: text("method"),
                height: value["height"].as_i64().unwrap_or_default(),
                request: unhex(&text("request_hex")),
                response: if error.is_null() {
                    Ok(unhex(&text("response_hex")))
                } else {
                    Err((
                        u32::try_from(error["grpc_code"].as_u64().unwrap()).unwrap(),
                        error["message"].as_str().unwrap().to_owned(),
                    ))
                },
                rest_path: text("rest_path"),
                rest_status: u16::try_from(value["rest_status"].as_u64().unwrap_or(200)).unwrap(),
                rest_body: value["rest_json"].to_string(),
            }
        })
        .collect()
}

/// A recorded answer of the JSON-RPC.
pub(crate) fn rpc(name: &str) -> Value {
    json(&format!("chain/rpc/{name}.json"))["response"].clone()
}

/// The recorded node's JSON-RPC: `tx` and `block` know what was recorded, `abci_query` every query.
pub(crate) fn comet() -> impl Fn(&Request) -> Reply + Send + Sync + 'static {
    let mut by_request = BTreeMap::new();
    for query in queries() {
        if let Ok(response) = query.response {
            by_request.insert((query.method, query.request, query.height), response);
        }
    }
    move |request| {
        assert_eq!(request.method, "POST");
        let call: Value = serde_json::from_slice(&request.body).unwrap();
        let params = &call["params"];
        let mut answer = match call["method"].as_str().unwrap() {
            "abci_query" => {
                let height = params["height"].as_str().unwrap().parse().unwrap();
                let key = (
                    params["path"].as_str().unwrap().to_owned(),
                    unhex(params["data"].as_str().unwrap()),
                    height,
                );
                let value = by_request.get(&key).map(|bytes| STANDARD.encode(bytes));
                json!({"jsonrpc": "2.0", "id": -1, "result": {"response": {
                    "code": if value.is_some() { 0 } else { 6 },
                    "codespace": if value.is_some() { "" } else { "sdk" },
                    "log": if value.is_some() { "" } else { "unknown query path: unknown request" },
                    "value": value, "height": height.to_string(),
                }}})
            }
            "tx" => {
                let hash = STANDARD.decode(params["hash"].as_str().unwrap()).unwrap();
                let name = if hash[0] == 0xB7 { "tx" } else { "tx-unknown" };
                rpc(name)
            }
            "block_results" => {
                let results = json("chain/blocks/oracle-price-28.json");
                json!({"jsonrpc": "2.0", "id": -1, "result": results})
            }
            "status" => rpc("status"),
            "block" => rpc("block"),
            "tx_search" => rpc("tx_search"),
            "akash" => rpc("akash"),
            other => json!({"jsonrpc": "2.0", "id": -1,
                "error": {"code": -32601, "message": "Method not found", "data": other}}),
        };
        answer["id"] = call["id"].clone();
        let status = if answer["error"].is_null() { 200 } else { 500 };
        Reply::json(status, &answer.to_string())
    }
}

/// The recorded node's REST gateway; the order of query parameters does not matter.
pub(crate) fn gateway() -> impl Fn(&Request) -> Reply + Send + Sync + 'static {
    let mut by_path = BTreeMap::new();
    for query in queries() {
        by_path.insert(
            (parts(&query.rest_path), query.height),
            (query.rest_status, query.rest_body),
        );
    }
    move |request| {
        assert_eq!(request.method, "GET");
        let height = request.header("x-cosmos-block-height").unwrap_or("0");
        let key = (parts(&request.path), height.parse().unwrap());
        by_path.get(&key).map_or_else(
            || {
                Reply::json(
                    501,
                    r#"{"code":12,"message":"Not Implemented","details":[]}"#,
                )
            },
            |(status, body)| {
                let headers = format!("grpc-metadata-x-cosmos-block-height: {height}\r\n");
                Reply::Full(*status, headers, body.as_bytes().to_vec())
            },
        )
    }
}

fn parts(path: &str) -> (String, BTreeSet<String>) {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    // An empty parameter says as much as none.
    let query = query
        .split('&')
        .filter(|p| !p.is_empty() && !p.ends_with('='));
    (path.to_owned(), query.map(ToOwned::to_owned).collect())
}
