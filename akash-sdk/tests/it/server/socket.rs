//! Subscriptions over WebSocket.

use super::http::connect;
use super::{call, served, transfer};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

async fn open(url: &str) -> WebSocketStream<TcpStream> {
    let stream = connect(url).await;
    tokio_tungstenite::client_async(url, stream)
        .await
        .unwrap()
        .0
}

async fn send(socket: &mut WebSocketStream<TcpStream>, request: Value) {
    socket
        .send(Message::Text(request.to_string().into()))
        .await
        .unwrap();
}

async fn next(socket: &mut WebSocketStream<TcpStream>) -> Value {
    loop {
        let message = tokio::time::timeout(Duration::from_secs(20), socket.next());
        if let Message::Text(text) = message.await.unwrap().unwrap().unwrap() {
            return serde_json::from_str(&text).unwrap();
        }
    }
}

fn request(id: u32, method: &str, query: &str) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": {"query": query}})
}

#[tokio::test]
async fn subscribers_are_told_of_blocks_and_transactions() {
    let server = served().await;
    let mut socket = open(&server.endpoints().websocket).await;
    send(&mut socket, request(1, "subscribe", "tm.event='NewBlock'")).await;
    assert_eq!(
        next(&mut socket).await,
        json!({"jsonrpc": "2.0", "id": 1, "result": {}})
    );
    send(
        &mut socket,
        request(2, "subscribe", "tm.event='Tx' AND tx.height>0"),
    )
    .await;
    assert_eq!(next(&mut socket).await["result"], json!({}));
    send(&mut socket, request(3, "subscribe", "tm.event='NewBlock'")).await;
    assert_eq!(
        next(&mut socket).await["error"]["data"],
        "already subscribed"
    );

    let height = server.devnet().height() + 1;
    let tx = STANDARD.encode(transfer(server.devnet()).await);
    let done = call(&server, "broadcast_tx_sync", json!({"tx": tx})).await;
    assert_eq!(done["result"]["code"], 0, "{done}");
    let block = next(&mut socket).await;
    assert_eq!(block["id"], 1);
    let told = &block["result"]["data"];
    assert_eq!(told["type"], "tendermint/event/NewBlock");
    assert_eq!(
        told["value"]["block"]["header"]["height"],
        height.to_string()
    );
    let first = next(&mut socket).await;
    assert_eq!(first["id"], 2);
    assert_eq!(first["result"]["data"]["type"], "tendermint/event/Tx");
    let txs = told["value"]["block"]["data"]["txs"].as_array().unwrap();
    // The price feed's transaction stands before or behind ours.
    let mut seen = vec![first];
    while seen.len() < txs.len() {
        seen.push(next(&mut socket).await);
    }
    let own = seen
        .iter()
        .find(|told| told["result"]["data"]["value"]["TxResult"]["tx"] == tx.as_str())
        .unwrap();
    let hash = &done["result"]["hash"];
    assert_eq!(own["result"]["events"]["tx.hash"][0], *hash);
    assert_eq!(own["result"]["events"]["tx.height"][0], height.to_string());

    // Ordinary calls work here, too, and nothing comes after the last unsubscription.
    send(
        &mut socket,
        json!({"jsonrpc": "2.0", "id": "a", "method": "health"}),
    )
    .await;
    assert_eq!(
        next(&mut socket).await,
        json!({"jsonrpc": "2.0", "id": "a", "result": {}})
    );
    send(&mut socket, request(4, "unsubscribe", "tm.event='nothing'")).await;
    assert_eq!(
        next(&mut socket).await["error"]["data"],
        "subscription not found"
    );
    send(
        &mut socket,
        json!({"jsonrpc": "2.0", "id": 5, "method": "unsubscribe_all"}),
    )
    .await;
    assert_eq!(next(&mut socket).await["result"], json!({}));
    server.devnet().mine(1).unwrap();
    send(
        &mut socket,
        json!({"jsonrpc": "2.0", "id": 6, "method": "health"}),
    )
    .await;
    assert_eq!(next(&mut socket).await["id"], 6);
    // The end of the server is the end of the connection.
    drop(server);
    while let Some(Ok(message)) = socket.next().await {
        assert!(!message.is_text(), "{message}");
    }
}

#[tokio::test]
async fn subscriptions_are_bounded() {
    let server = served().await;
    let mut socket = open(&server.endpoints().websocket).await;
    for height in 0..6_u32 {
        send(
            &mut socket,
            request(height, "subscribe", &format!("tx.height={height}")),
        )
        .await;
        assert_eq!(next(&mut socket).await.get("error").is_some(), height == 5);
    }
    for (text, code) in [
        ("{", -32700),
        ("[]", 0),
        ("7", -32600),
        (r#"{"id":1}"#, -32600),
    ] {
        socket.send(Message::Text(text.into())).await.unwrap();
        if code != 0 {
            assert_eq!(next(&mut socket).await["error"]["code"], code, "{text}");
        }
    }
    send(&mut socket, request(9, "subscribe", "what?")).await;
    assert_eq!(next(&mut socket).await["error"]["code"], -32603);
}
