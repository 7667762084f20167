//! Each way of asking against the embedded network on its ports: the same client, the same outcome.

use akash_market::action::Action;
use akash_market::id::Height;
use akash_sdk::chain::{At, Cursor, Query, QueryExt, Resolution, Submit, SubmitOptions};
use akash_sdk::clock::SystemClock;
use akash_sdk::cosmos::Client;
use akash_sdk::cosmos::discovery::NodeVersions;
use akash_sdk::cosmos::endpoints::Endpoints;
use akash_sdk::cosmos::events::{EventStream, Streamed};
use akash_sdk::cosmos::transport::Transport;
use akash_sdk::cosmos::transport::comet::{Comet, CometSocket};
use akash_sdk::cosmos::transport::rest::Rest;
use akash_sdk::devnet::Devnet;
use akash_sdk::devnet::server::Server;
use akash_sdl::num::{Coin, Denom, Int};
use futures_util::StreamExt;
use std::sync::Arc;
use std::time::Duration;

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

fn http(address: &impl std::fmt::Display) -> String {
    let text = address.to_string();
    if text.contains("://") {
        text
    } else {
        format!("http://{text}")
    }
}

/// Sends coins and follows the transaction to its block.
async fn live(server: &Server, transport: Arc<dyn Transport>) {
    let devnet = server.devnet();
    let tenant = devnet.account("tenant").unwrap().clone();
    let to = devnet.account("tenant2").unwrap().address().clone();
    let client = Client::connect(Arc::clone(&transport))
        .await
        .unwrap()
        .with_signer(tenant.signer.clone());
    assert_eq!(client.head().await.unwrap().chain_id, "akash-devnet-1");
    let before = client.balance(&to, &Denom::UAKT, At::Latest).await.unwrap();
    let coins = vec![Coin::uakt(5)];
    let from = tenant.address().clone();
    let batch = Action::Send {
        from,
        to: to.clone(),
        coins,
    }
    .into();
    let prepared = client
        .prepare(&batch, &SubmitOptions::default())
        .await
        .unwrap();
    client.send(&prepared).await.unwrap();
    let mut included = None;
    for _ in 0..200 {
        if let Resolution::Included(inclusion) = client.resolve(&prepared).await.unwrap() {
            included = Some(inclusion);
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let included = included.expect("it is included");
    assert!(included.result.is_ok());
    assert!(included.block.time.0 > 0 && included.gas_used > 0);
    assert_eq!(included.id, prepared.id);
    let at = At::Exactly(included.block.height);
    let after = client.balance(&to, &Denom::UAKT, at).await.unwrap();
    let gained = after.amount().sub(before.amount()).unwrap();
    assert_eq!(gained, Int::from(5_u64));
    let earlier = At::Exactly(Height(included.block.height.0 - 1));
    let then = client.balance(&to, &Denom::UAKT, earlier).await.unwrap();
    assert_eq!(then, before);
    // The bytes of the transaction come back as they were sent.
    let hash = prepared.id.0.parse().unwrap();
    let found = transport.tx(&hash).await.unwrap().unwrap();
    assert_eq!(found.tx, prepared.payload);
    assert_eq!(found.height, included.block.height.0);
}

#[tokio::test]
async fn over_json_rpc() {
    let server = served().await;
    let node = Comet::new(&http(&server.endpoints().rpc)).unwrap();
    live(&server, Arc::new(node.clone())).await;
    let height = node.status().await.unwrap().height;
    // The same block as in the process.
    let block = node.block(height).await.unwrap().unwrap();
    let inside = Transport::block(server.devnet(), height)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(block, inside);
    assert_eq!(node.block(height + 1).await, Ok(None));
    let versions = NodeVersions::discover(&node).await.unwrap();
    assert_eq!(versions.chain_id, "akash-devnet-1");
    assert!(versions.knows("/akash.market.v1beta5.MsgLeaseStartReclaim"));
}

#[tokio::test]
async fn over_rest() {
    let server = served().await;
    let node = Rest::new(&http(&server.endpoints().rest)).unwrap();
    live(&server, Arc::new(node)).await;
}

#[cfg(feature = "grpc")]
#[tokio::test]
async fn over_grpc() {
    use akash_sdk::cosmos::transport::{Grpc, HttpOptions, TransportError};
    let server = served().await;
    let address = http(&server.endpoints().grpc);
    let node = Grpc::new(address.trim_start_matches("http://")).unwrap();
    live(&server, Arc::new(node.clone())).await;
    let unknown = node.unary("/no.Query/Such", Vec::new(), None).await;
    assert!(matches!(
        unknown,
        Err(TransportError::Query { code: 12, .. })
    ));
    let future = node
        .unary("/akash.market.v1beta5.Query/Params", Vec::new(), Some(999))
        .await;
    assert!(
        matches!(future, Err(TransportError::Height { .. })),
        "{future:?}"
    );
    let small = HttpOptions::default().with_max_response(8);
    let small = Grpc::with_options(&address, small).unwrap();
    let large = small
        .unary("/akash.market.v1beta5.Query/Params", Vec::new(), None)
        .await;
    assert!(
        matches!(large, Err(TransportError::TooLarge { .. })),
        "{large:?}"
    );
    let nobody = Grpc::new("127.0.0.1:1")
        .unwrap()
        .status()
        .await
        .unwrap_err();
    assert!(
        matches!(nobody, TransportError::NotConnected { .. }),
        "{nobody:?}"
    );
}

#[tokio::test]
async fn over_web_socket_with_events() {
    let server = served().await;
    let url = http(&server.endpoints().rpc).replace("http://", "ws://");
    let node = CometSocket::new(&format!("{url}/websocket")).unwrap();
    let start = node.status().await.unwrap().height;
    let mut blocks = node.blocks().await.unwrap();
    let mut events = EventStream::new(node.clone(), SystemClock::new(), Cursor::after_block(start));
    live(&server, Arc::new(node)).await;
    let announced = blocks.next().await.unwrap().unwrap();
    assert_eq!(announced.height, start + 1);
    let inside = Transport::block(server.devnet(), start + 1)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(announced, inside);
    let mut kinds = Vec::new();
    while let Streamed::Event(event) = events.next().await.unwrap() {
        kinds.push(event.raw.kind.clone());
    }
    let inner = inside.txs.iter().flat_map(|tx| &tx.events);
    let wanted = inner.count() + inside.events.len();
    assert_eq!(kinds.len(), wanted);
}

#[tokio::test]
async fn over_a_set_with_dead_endpoints() {
    let server = served().await;
    let set = Endpoints::builder(SystemClock::new())
        .chain_id("akash-devnet-1")
        .endpoint("dead", Comet::new("http://127.0.0.1:1").unwrap())
        .endpoint("rest", Rest::new(&http(&server.endpoints().rest)).unwrap())
        .endpoint("rpc", Comet::new(&http(&server.endpoints().rpc)).unwrap())
        .build()
        .unwrap();
    live(&server, Arc::new(set.clone())).await;
    // What one can't tell another does.
    let height = set.status().await.unwrap().height;
    assert!(set.block(height).await.unwrap().is_some());
}
