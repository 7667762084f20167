//! The embedded network as a network: what clients see over its ports.

mod hostile;
mod http;
mod socket;
mod typescript;

use akash_market::action::Action;
use akash_sdk::chain::{Submit, SubmitOptions};
use akash_sdk::cosmos::Client;
use akash_sdk::cosmos::transport::Transport;
use akash_sdk::cosmos::wire::service;
use akash_sdk::devnet::Devnet;
use akash_sdk::devnet::server::{Faults, Server};
use akash_sdl::num::Coin;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::stream;
use http::{get, grpc, grpc_then, post};
use serde_json::{Value, json};
use std::time::Duration;

/// A network with some state, served with blocks on demand.
async fn served() -> Server {
    let devnet = Devnet::builder().build().unwrap();
    Server::builder(devnet)
        .block_interval(None)
        .block_after_tx(Some(Duration::from_millis(1)))
        .wall_clock(false)
        .start()
        .await
        .unwrap()
}

/// A signed transfer that was not sent.
async fn transfer(devnet: &Devnet) -> Vec<u8> {
    let signer = devnet.account("tenant").unwrap().signer.clone();
    let from = devnet.account("tenant").unwrap().address().clone();
    let to = devnet.account("tenant2").unwrap().address().clone();
    let client = Client::connect(devnet.clone())
        .await
        .unwrap()
        .with_signer(signer);
    let coins = vec![Coin::uakt(5)];
    let batch = Action::Send { from, to, coins }.into();
    let prepared = client
        .prepare(&batch, &SubmitOptions::default())
        .await
        .unwrap();
    prepared.payload
}

async fn call(server: &Server, method: &str, params: Value) -> Value {
    let request = json!({"jsonrpc": "2.0", "id": 7, "method": method, "params": params});
    let (status, body) = post(&server.endpoints().rpc, "/", &request.to_string()).await;
    assert_eq!(status, 200, "{body}");
    let answer: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(answer["id"], 7);
    answer
}

#[tokio::test]
async fn all_ports_give_the_same_bytes() {
    let server = served().await;
    let devnet = server.devnet();
    let tenant = devnet.account("tenant").unwrap().address().clone();
    let queries = [
        (
            "/akash.market.v1beta5.Query/Bids",
            "/akash/market/v1beta5/bids/list",
            vec![],
        ),
        ("/akash.bme.v1.Query/Status", "/akash/bme/v1/status", vec![]),
        (
            "/akash.deployment.v1beta4.Query/Params",
            "/akash/deployment/v1beta4/params",
            vec![],
        ),
        (
            "/cosmos.auth.v1beta1.Query/Account",
            &format!("/cosmos/auth/v1beta1/accounts/{tenant}"),
            [&[0x0a, 44][..], tenant.as_str().as_bytes()].concat(),
        ),
        (
            "/cosmos.bank.v1beta1.Query/AllBalances",
            &format!("/cosmos/bank/v1beta1/balances/{tenant}"),
            [&[0x0a, 44][..], tenant.as_str().as_bytes()].concat(),
        ),
        (
            "/cosmos.base.tendermint.v1beta1.Service/GetLatestBlock",
            "/cosmos/base/tendermint/v1beta1/blocks/latest",
            vec![],
        ),
        (
            "/cosmos.base.tendermint.v1beta1.Service/GetNodeInfo",
            "/cosmos/base/tendermint/v1beta1/node_info",
            vec![],
        ),
        (
            "/akash.discovery.v1.Discovery/GetInfo",
            "/akash/discovery/v1/info",
            vec![],
        ),
    ];
    for (path, route, request) in queries {
        let (status, bytes) = grpc(&server.endpoints().grpc, path, &request).await;
        assert_eq!(status, "0", "{path}");
        let hex: String = request.iter().map(|byte| format!("{byte:02x}")).collect();
        let answer = call(&server, "abci_query", json!({"path": path, "data": hex})).await;
        let response = &answer["result"]["response"];
        assert_eq!(response["code"], 0, "{response}");
        assert_eq!(response["height"], devnet.height().to_string());
        let value = STANDARD
            .decode(response["value"].as_str().unwrap())
            .unwrap();
        assert_eq!(value, bytes, "{path}");
        if let Ok(own) = devnet.unary(path, request, None).await {
            assert_eq!(own.bytes, bytes, "{path}");
        }
        let (status, text) = get(&server.endpoints().rest, route).await;
        assert_eq!(status, 200, "{text}");
        let message = service::rpc(path).unwrap().response;
        assert_eq!(
            text,
            akash_sdk::cosmos::json::to_text(message, &bytes).unwrap(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_transaction_goes_in_and_is_found() {
    let server = served().await;
    let tx = transfer(server.devnet()).await;
    let encoded = STANDARD.encode(&tx);
    let simulated = json!({"tx_bytes": encoded}).to_string();
    let (status, body) = post(
        &server.endpoints().rest,
        "/cosmos/tx/v1beta1/simulate",
        &simulated,
    )
    .await;
    assert_eq!(status, 200, "{body}");
    assert!(body.contains("\"gas_used\""), "{body}");

    let done = call(&server, "broadcast_tx_commit", json!({"tx": encoded})).await;
    let result = &done["result"];
    assert_eq!(result["check_tx"]["code"], 0, "{done}");
    assert_eq!(result["tx_result"]["code"], 0, "{done}");
    let hash = result["hash"].as_str().unwrap();
    let height = result["height"].as_str().unwrap();

    let (status, body) = get(
        &server.endpoints().rpc,
        &format!("/tx?hash=0x{hash}&prove=true"),
    )
    .await;
    assert_eq!(status, 200, "{body}");
    let found: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(found["id"], -1);
    assert_eq!(found["result"]["tx"], encoded.as_str());
    let (_, body) = get(&server.endpoints().rpc, &format!("/block?height={height}")).await;
    let block: Value = serde_json::from_str(&body).unwrap();
    let header = &block["result"]["block"]["header"];
    assert_eq!(found["result"]["proof"]["root_hash"], header["data_hash"]);
    let id = block["result"]["block_id"]["hash"]
        .as_str()
        .unwrap()
        .to_owned();
    let (_, body) = get(
        &server.endpoints().rpc,
        &format!("/block_by_hash?hash=0x{id}"),
    )
    .await;
    assert_eq!(
        serde_json::from_str::<Value>(&body).unwrap()["result"],
        block["result"]
    );

    let query = format!("tx.height={height} AND message.action='/cosmos.bank.v1beta1.MsgSend'");
    let search = call(&server, "tx_search", json!({"query": query, "page": "1"})).await;
    assert_eq!(search["result"]["total_count"], "1", "{search}");
    let (_, body) = get(
        &server.endpoints().rest,
        &format!("/cosmos/tx/v1beta1/txs/{}", hash.to_lowercase()),
    )
    .await;
    let told: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(told["tx_response"]["txhash"], hash);
    assert_eq!(told["tx_response"]["height"], height);
    assert_eq!(
        told["tx"]["body"]["messages"][0]["amount"][0]["amount"],
        "5"
    );

    // The same once more is refused, on every way in.
    let again = call(&server, "broadcast_tx_sync", json!({"tx": encoded})).await;
    assert_ne!(again["result"]["code"], 0, "{again}");
    let body = json!({"tx_bytes": encoded, "mode": "BROADCAST_MODE_SYNC"}).to_string();
    let (status, body) = post(&server.endpoints().rest, "/cosmos/tx/v1beta1/txs", &body).await;
    assert_eq!(status, 200);
    let told: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(told["tx_response"]["code"], again["result"]["code"]);
    assert_eq!(told["tx_response"]["raw_log"], again["result"]["log"]);
}

#[tokio::test]
async fn headers_form_a_chain() {
    let server = served().await;
    server.devnet().mine(4).unwrap();
    let newest = server.devnet().height();
    let mut before: Option<Value> = None;
    for height in 1..=newest {
        let block = call(&server, "block", json!({"height": height.to_string()})).await;
        let header = &block["result"]["block"]["header"];
        assert_eq!(header["height"], height.to_string());
        if let Some(before) = before {
            assert_eq!(header["last_block_id"], before);
            let commit = call(&server, "commit", json!([(height - 1).to_string()])).await;
            let commit = &commit["result"]["signed_header"]["commit"];
            assert_eq!(*commit, block["result"]["block"]["last_commit"]);
            assert_eq!(commit["signatures"][0]["timestamp"], header["time"]);
        }
        before = Some(block["result"]["block_id"].clone());
    }
    let status = call(&server, "status", json!([])).await;
    assert_eq!(
        status["result"]["sync_info"]["latest_block_height"],
        newest.to_string()
    );
    assert_eq!(
        status["result"]["sync_info"]["latest_block_hash"],
        before.unwrap()["hash"]
    );
}

#[tokio::test]
async fn what_is_not_there_is_said_as_a_node_says_it() {
    let server = served().await;
    let (status, _) = grpc(
        &server.endpoints().grpc,
        "/cosmos.staking.v1beta1.Query/Params",
        &[],
    )
    .await;
    assert_eq!(status, "12 unknown service cosmos.staking.v1beta1.Query");
    // Clients that look for reflection keep their request open until they are answered.
    for version in ["v1", "v1alpha"] {
        let service = format!("grpc.reflection.{version}.ServerReflection");
        let path = format!("/{service}/ServerReflectionInfo");
        let asked = grpc_then(&server.endpoints().grpc, &path, &[], stream::pending());
        let answer = tokio::time::timeout(Duration::from_secs(3), asked).await;
        assert_eq!(answer.unwrap().0, format!("12 unknown service {service}"));
    }
    for route in [
        "/cosmos/staking/v1beta1/params",
        "/cosmos/gov/v1/proposals",
        "/akash/take/v1/params",
        "/nothing",
    ] {
        let (status, body) = get(&server.endpoints().rest, route).await;
        assert_eq!(status, 501, "{route}");
        assert_eq!(
            body,
            r#"{"code":12,"message":"Not Implemented","details":[]}"#
        );
    }
    let path = "/cosmos.staking.v1beta1.Query/Params";
    let answer = call(&server, "abci_query", json!({"path": path, "data": ""})).await;
    assert_eq!(answer["result"]["response"]["code"], 6);
    assert_eq!(answer["result"]["response"]["codespace"], "sdk");

    let nobody = "akash1agmd9sszx7ukqdf04rt5tgxdfflehkmkj3f29n";
    let (status, body) = get(
        &server.endpoints().rest,
        &format!("/cosmos/auth/v1beta1/accounts/{nobody}"),
    )
    .await;
    assert_eq!(status, 404);
    assert_eq!(
        body,
        format!(r#"{{"code":5,"message":"account {nobody} not found","details":[]}}"#)
    );
    let hash = "00".repeat(32);
    let answer = call(&server, "tx", json!({"hash": STANDARD.encode([0; 32])})).await;
    assert_eq!(
        answer["error"],
        json!({"code": -32603, "message": "Internal error", "data": format!("tx ({hash}) not found")})
    );
    let answer = call(&server, "no_such_method", json!({})).await;
    assert_eq!(answer["error"]["code"], -32601);
    let (status, _) = get(
        &server.endpoints().rest,
        "/akash/market/v1beta5/bids/list?filters.state=nosuch",
    )
    .await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn the_controls_move_the_network() {
    let server = served().await;
    let control = &server.endpoints().control;
    let (status, body) = get(control, "/status").await;
    assert_eq!(status, 200);
    let about: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(about["endpoints"]["rpc"], server.endpoints().rpc.as_str());
    let before = server.devnet().height();
    assert_eq!(post(control, "/snapshot", "").await.1, r#"{"snapshot":1}"#);
    let (status, _) = post(control, "/mine", r#"{"blocks": 3}"#).await;
    assert_eq!((status, server.devnet().height()), (200, before + 3));
    let time = server.devnet().block().time;
    post(control, "/time", r#"{"advance_seconds": 3600}"#).await;
    post(control, "/mine", "").await;
    assert!(server.devnet().block().time.0 - time.0 >= 3_600_000_000_000);
    let (status, body) = post(control, "/price", r#"{"akt_usd": "0.5"}"#).await;
    assert_eq!(status, 200, "{body}");
    let block = call(&server, "block", json!({})).await;
    let (status, _) = post(control, "/revert", r#"{"snapshot": 1}"#).await;
    assert_eq!((status, server.devnet().height()), (200, before));
    // What is made after a return is another chain.
    post(control, "/mine", r#"{"blocks": 4}"#).await;
    let other = call(&server, "block", json!({})).await;
    assert_eq!(
        block["result"]["block"]["header"]["height"],
        other["result"]["block"]["header"]["height"]
    );
    assert_ne!(block["result"]["block_id"], other["result"]["block_id"]);
    for (path, body, expected) in [
        ("/revert", r#"{"snapshot": 9}"#, 404),
        ("/mine", r#"{"blocks": -1}"#, 400),
        ("/mine", r#"{"blokcs": 1}"#, 400),
        ("/price", r#"{"akt_usd": "much"}"#, 400),
        ("/nothing", "{}", 404),
    ] {
        let (status, told) = post(control, path, body).await;
        assert_eq!(status, expected, "{path} {told}");
    }
}

#[tokio::test]
async fn faults_happen_and_end() {
    let server = served().await;
    let (status, _) = post(
        &server.endpoints().control,
        "/faults",
        r#"{"refuse": 1, "drop": 1}"#,
    )
    .await;
    assert_eq!(status, 200);
    assert_eq!(get(&server.endpoints().rpc, "/health").await.0, 503);
    assert_eq!(get(&server.endpoints().rpc, "/health").await.0, 0);
    assert_eq!(get(&server.endpoints().rpc, "/health").await.0, 200);

    // The answer to a broadcast gets lost, the transaction does not.
    let tx = STANDARD.encode(transfer(server.devnet()).await);
    server.set_faults(Faults {
        lose_broadcasts: 1,
        ..Faults::default()
    });
    let request =
        json!({"jsonrpc": "2.0", "id": 1, "method": "broadcast_tx_sync", "params": {"tx": tx}});
    assert_eq!(
        post(&server.endpoints().rpc, "/", &request.to_string())
            .await
            .0,
        0
    );
    let again = call(&server, "broadcast_tx_commit", json!({"tx": tx})).await;
    assert_ne!(again["result"]["check_tx"]["code"], 0, "{again}");

    // The network stands still until it goes on.
    server.set_faults(Faults {
        halted: true,
        catching_up: true,
        ..Faults::default()
    });
    let status = call(&server, "status", json!({})).await;
    assert_eq!(status["result"]["sync_info"]["catching_up"], true);
}

#[tokio::test]
async fn the_clock_makes_blocks() {
    let devnet = Devnet::builder().build().unwrap();
    let server = Server::builder(devnet.clone())
        .block_interval(Some(Duration::from_millis(5)))
        .start()
        .await
        .unwrap();
    let mut before = devnet.block();
    let begun = before.height.0;
    tokio::time::timeout(Duration::from_secs(20), async {
        while devnet.height() < begun + 3 {
            tokio::time::sleep(Duration::from_millis(2)).await;
            let now = devnet.block();
            assert!(now.height == before.height || now.time > before.time);
            before = now;
        }
    })
    .await
    .unwrap();
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap();
    let off = i128::try_from(now.as_nanos()).unwrap() - i128::from(devnet.block().time.0);
    assert!((0..20_000_000_000).contains(&off), "{off}");
    drop(server);
}
