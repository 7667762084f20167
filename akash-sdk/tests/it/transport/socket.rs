use super::server::{Reply, Request};
use super::{recorded, server};
use crate::golden::json;
use akash_sdk::cosmos::transport::comet::{CometSocket, SocketOptions};
use akash_sdk::cosmos::transport::{HttpOptions, Transport, TransportError};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

type Server = WebSocketStream<TcpStream>;

/// Accepts WebSockets; gives each with its number, from 0, to the test.
async fn listen<F>(serve: impl Fn(usize, Server) -> F + Send + Sync + 'static) -> String
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut number = 0;
        while let Ok((stream, _)) = listener.accept().await {
            if let Ok(socket) = tokio_tungstenite::accept_async(stream).await {
                tokio::spawn(serve(number, socket));
            }
            number += 1;
        }
    });
    format!("ws://{address}/websocket")
}

async fn next_call(socket: &mut Server) -> Option<Value> {
    loop {
        match socket.next().await?.ok()? {
            Message::Text(text) => return serde_json::from_str(&text).ok(),
            Message::Close(_) => return None,
            _ => {}
        }
    }
}

async fn put(socket: &mut Server, value: &Value) {
    let _ = socket.send(Message::text(value.to_string())).await;
}

/// Answers calls as the recorded node does.
async fn answer(socket: &mut Server, call: &Value) {
    let request = Request {
        method: "POST".to_owned(),
        path: "/".to_owned(),
        headers: Vec::new(),
        body: call.to_string().into_bytes(),
    };
    type Node = Box<dyn Fn(&Request) -> Reply + Send + Sync>;
    static NODE: LazyLock<Node> = LazyLock::new(|| Box::new(recorded::comet()));
    let Reply::Full(_, _, body) = NODE(&request) else {
        panic!("the recorded node always answers");
    };
    let text = String::from_utf8(body).unwrap();
    let _ = socket.send(Message::text(text)).await;
}

fn new_block(id: &Value, height: i64) -> Value {
    json!({"jsonrpc": "2.0", "id": id, "result": {"query": "tm.event='NewBlock'", "data": {
        "type": "tendermint/event/NewBlock",
        "value": {
            "block": {
                "header": {"chain_id": "c", "height": height.to_string(), "time": "2026-11-22T16:42:19Z"},
                "data": {"txs": []},
            },
            "result_finalize_block": {"events": [], "tx_results": null},
        },
    }}})
}

fn quick() -> SocketOptions {
    let mut options = SocketOptions::default();
    options.http = HttpOptions::default()
        .with_timeout(Duration::from_millis(400))
        .with_max_response(100_000);
    options
}

#[tokio::test]
async fn calls_and_subscriptions_share_a_socket() {
    let url = listen(|_, mut socket| async move {
        while let Some(call) = next_call(&mut socket).await {
            if call["method"] == "subscribe" {
                let ack = json!({"jsonrpc": "2.0", "id": call["id"], "result": {}});
                put(&mut socket, &ack).await;
                for height in [7, 8] {
                    put(&mut socket, &new_block(&call["id"], height)).await;
                }
            } else {
                answer(&mut socket, &call).await;
            }
        }
    })
    .await;
    let node = CometSocket::new(&url).unwrap();
    let mut blocks = node.blocks().await.unwrap();
    let (status, block) = tokio::join!(node.status(), blocks.next());
    assert_eq!(status.unwrap().height, 3);
    assert_eq!(block.unwrap().unwrap().height, 7);
    assert_eq!(blocks.next().await.unwrap().unwrap().height, 8);
    // Queries go over it too.
    let query = &recorded::queries()[0];
    let read = node
        .unary(&query.method, query.request.clone(), Some(query.height))
        .await
        .unwrap();
    assert_eq!(Ok(read.bytes), query.response);
}

#[tokio::test]
async fn a_broken_connection_ends_subscriptions_and_the_next_call_connects_anew() {
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    let url = listen(move |number, mut socket| {
        counted.fetch_add(1, Ordering::SeqCst);
        async move {
            while let Some(call) = next_call(&mut socket).await {
                if call["method"] == "subscribe" {
                    let ack = json!({"jsonrpc": "2.0", "id": call["id"], "result": {}});
                    put(&mut socket, &ack).await;
                    put(&mut socket, &new_block(&call["id"], 7)).await;
                    if number == 0 {
                        return;
                    }
                } else {
                    answer(&mut socket, &call).await;
                }
            }
        }
    })
    .await;
    let node = CometSocket::with_options(&url, quick()).unwrap();
    let mut blocks = node.blocks().await.unwrap();
    assert_eq!(blocks.next().await.unwrap().unwrap().height, 7);
    let broken = blocks.next().await.unwrap();
    assert!(
        matches!(broken, Err(TransportError::Unreachable { .. })),
        "{broken:?}"
    );
    assert!(blocks.next().await.is_none());
    assert_eq!(node.status().await.unwrap().height, 3);
    let mut blocks = node.blocks().await.unwrap();
    assert_eq!(blocks.next().await.unwrap().unwrap().height, 7);
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_slow_reader_loses_its_subscription_not_the_connection() {
    let url = listen(|_, mut socket| async move {
        while let Some(call) = next_call(&mut socket).await {
            if call["method"] == "subscribe" {
                let ack = json!({"jsonrpc": "2.0", "id": call["id"], "result": {}});
                put(&mut socket, &ack).await;
                for height in 1..50 {
                    put(&mut socket, &new_block(&call["id"], height)).await;
                }
            } else if call["method"] != "unsubscribe" {
                answer(&mut socket, &call).await;
            }
        }
    })
    .await;
    let mut options = quick();
    options.backlog = 4;
    let node = CometSocket::with_options(&url, options).unwrap();
    let mut blocks = node.blocks().await.unwrap();
    assert_eq!(node.status().await.unwrap().height, 3);
    let mut read = 0;
    let last = loop {
        match blocks.next().await.unwrap() {
            Ok(block) => {
                read += 1;
                assert_eq!(block.height, read);
            }
            Err(error) => break error,
        }
    };
    assert!(matches!(last, TransportError::Unreachable { .. }));
    assert!((4..=5).contains(&read), "{read}");
}

#[tokio::test]
async fn a_node_that_does_not_answer_times_out() {
    let url =
        listen(|_, mut socket| async move { while next_call(&mut socket).await.is_some() {} })
            .await;
    let node = CometSocket::with_options(&url, quick()).unwrap();
    let error = node.status().await.unwrap_err();
    assert!(matches!(error, TransportError::Timeout { .. }), "{error:?}");
}

#[tokio::test]
async fn a_refused_subscription_is_an_error() {
    let url = listen(|_, mut socket| async move {
        while let Some(call) = next_call(&mut socket).await {
            let refusal = json!({"jsonrpc": "2.0", "id": call["id"], "error": {
                "code": -32603, "message": "Internal error", "data": "max_subscriptions_per_client 5 reached",
            }});
            put(&mut socket, &refusal).await;
        }
    })
    .await;
    let node = CometSocket::with_options(&url, quick()).unwrap();
    let Err(error) = node.blocks().await else {
        panic!("it was refused");
    };
    assert!(
        matches!(error, TransportError::Rpc { code: -32603, .. }),
        "{error:?}"
    );
}

/// A server that completes the handshake and then writes these bytes and closes.
async fn after_handshake(bytes: &'static [u8]) -> TransportError {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut socket = tokio_tungstenite::accept_async(stream).await.unwrap();
        let _ = next_call(&mut socket).await;
        let mut stream = socket.into_inner();
        stream.write_all(bytes).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest).await;
    });
    let node = CometSocket::with_options(&format!("ws://{address}"), quick()).unwrap();
    node.status().await.unwrap_err()
}

#[tokio::test]
async fn truncated_and_broken_frames_are_typed_errors() {
    // A text frame of 100 bytes of which 3 come.
    let cut = after_handshake(b"\x81\x64abc").await;
    assert!(matches!(cut, TransportError::Unreachable { .. }), "{cut:?}");
    // Only half a header.
    let half = after_handshake(b"\x81\x7e\x01").await;
    assert!(
        matches!(half, TransportError::Unreachable { .. }),
        "{half:?}"
    );
    // Reserved bits and an unknown kind of frame.
    let reserved = after_handshake(b"\xff\x00").await;
    assert!(
        matches!(reserved, TransportError::Malformed { .. }),
        "{reserved:?}"
    );
    // Text that is not UTF-8.
    let text = after_handshake(b"\x81\x02\xff\xfe").await;
    assert!(matches!(text, TransportError::Malformed { .. }), "{text:?}");
    // A frame that announces 2^62 bytes.
    let huge = after_handshake(b"\x81\x7f\x40\x00\x00\x00\x00\x00\x00\x00").await;
    assert!(matches!(huge, TransportError::TooLarge { .. }), "{huge:?}");
}

#[tokio::test]
async fn a_server_of_something_else_is_refused() {
    let address = server::serve(|_| Reply::json(403, "no")).await;
    let node = CometSocket::with_options(&format!("ws://{address}/websocket"), quick()).unwrap();
    let error = node.status().await.unwrap_err();
    assert!(
        matches!(error, TransportError::Status { status: 403, .. }),
        "{error:?}"
    );
    assert!(CometSocket::new("http://127.0.0.1").is_err());
}

#[tokio::test]
async fn headers_wake_who_waits_for_a_block() {
    let url = listen(|_, mut socket| async move {
        while let Some(call) = next_call(&mut socket).await {
            if call["method"] == "subscribe" {
                let recorded = json("chain/rpc/subscribe-new-block-header.json");
                for part in ["ack", "first_message"] {
                    let mut message = recorded[part].clone();
                    message["id"] = call["id"].clone();
                    put(&mut socket, &message).await;
                }
            } else {
                answer(&mut socket, &call).await;
            }
        }
    })
    .await;
    let node = CometSocket::new(&url).unwrap();
    let started = std::time::Instant::now();
    node.wait_for_block(10).await.unwrap();
    node.wait_for_block(53).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(10));
}
