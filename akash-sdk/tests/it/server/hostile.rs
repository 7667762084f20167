//! Input that no client sends.

use super::http::{connect, get, post, raw};
use akash_sdk::devnet::Devnet;
use akash_sdk::devnet::server::Server;
use proptest::prelude::*;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn strict() -> Server {
    let devnet = Devnet::builder().build().unwrap();
    Server::builder(devnet)
        .block_interval(None)
        .request_limits(1_000, Duration::from_millis(200))
        .start()
        .await
        .unwrap()
}

#[tokio::test]
async fn sizes_and_times_are_bounded() {
    let server = strict().await;
    let at = server.endpoints();
    let large = format!("[{}1]", "1,".repeat(2_000));
    assert_eq!(post(&at.rpc, "/", &large).await.0, 413);
    assert_eq!(post(&at.control, "/mine", &large).await.0, 413);
    assert_eq!(
        post(&at.rest, "/cosmos/tx/v1beta1/txs", &large).await.0,
        400
    );
    // A body that never comes, and a head that never ends.
    let slow = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n{";
    assert!(raw(&at.rpc, slow).await.starts_with(b"HTTP/1.1 408"));
    assert!(
        !raw(&at.rpc, b"GET / HTTP/1.1\r\nhost:")
            .await
            .starts_with(b"HTTP/1.1 200")
    );
    // It still works.
    assert_eq!(get(&at.rpc, "/health").await.0, 200);
}

#[tokio::test]
async fn what_is_no_request_is_answered_with_an_error() {
    let server = strict().await;
    let at = server.endpoints();
    for (body, code) in [
        ("{", -32700),
        ("[]", -32600),
        ("1", -32600),
        (r#"{"id":1,"method":7}"#, -32600),
        (r#"{"id":{},"method":"health"}"#, -32600),
        (
            r#"{"id":1,"method":"block","params":{"height":"x"}}"#,
            -32602,
        ),
        (r#"{"id":1,"method":"block","params":7}"#, -32602),
        (r#"{"id":1,"method":"block","params":["99999999"]}"#, -32603),
        (r#"{"id":1,"method":"block","params":["-1"]}"#, -32603),
        (
            r#"{"id":1,"method":"tx_search","params":{"query":"=="}}"#,
            -32603,
        ),
        (
            r#"{"id":1,"method":"tx_search","params":{"query":"a=1","page":"9"}}"#,
            -32603,
        ),
        (
            r#"{"id":1,"method":"subscribe","params":{"query":"a=1"}}"#,
            -32603,
        ),
        (
            r#"{"id":1,"method":"blockchain","params":["9","2"]}"#,
            -32603,
        ),
    ] {
        let (_, told) = post(&at.rpc, "/", body).await;
        assert!(told.contains(&format!("\"code\":{code}")), "{body}: {told}");
    }
    // A notification gets no answer.
    assert_eq!(
        post(&at.rpc, "/", r#"{"method":"health"}"#).await,
        (200, String::new())
    );
    assert_eq!(get(&at.rpc, "/websocket").await.0, 400);
    assert_eq!(get(&at.rpc, "/nothing").await.0, 404);
    for query in [
        "pagination.limit=x",
        "pagination=1",
        "pagination.key=%%%",
        "filters.dseq=-1",
    ] {
        let (status, _) = get(
            &at.rest,
            &format!("/akash/market/v1beta5/bids/list?{query}"),
        )
        .await;
        assert_eq!(status, 400, "{query}");
    }
    let mut stream = connect(&at.rest).await;
    stream
        .write_all(b"GET /akash/bme/v1/params HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx-cosmos-block-height: -5\r\n\r\n")
        .await
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever bytes come in on whatever port: it goes on serving.
    #[test]
    fn noise_does_no_harm(noise in proptest::collection::vec(any::<u8>(), 0..400), port in 0..4_usize, posted: bool) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let server = strict().await;
            let at = server.endpoints();
            let base = [&at.rpc, &at.grpc, &at.rest, &at.control][port];
            let mut bytes = Vec::new();
            if posted {
                let path = ["/", "/akash.market.v1beta5.Query/Bids", "/cosmos/tx/v1beta1/txs", "/mine"][port];
                bytes.extend(format!(
                    "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/{}\r\ncontent-length: {}\r\n\r\n",
                    if port == 1 { "grpc" } else { "json" },
                    noise.len(),
                ).into_bytes());
            }
            bytes.extend(&noise);
            raw(base, &bytes).await;
            assert_eq!(get(&at.rpc, "/health").await.0, 200);
        });
    }
}
