//! Events followed over connections that break again and again.

use super::cutter::cutter;
use akash_sdk::chain::Cursor;
use akash_sdk::clock::SystemClock;
use akash_sdk::cosmos::events::{EventStream, Patience, Streamed};
use akash_sdk::cosmos::transport::comet::{Comet, CometSocket};
use akash_sdk::cosmos::transport::{HttpOptions, Transport};
use akash_sdk::devnet::Devnet;
use akash_sdk::devnet::server::Server;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

fn patient() -> Patience {
    let mut patience = Patience::default();
    patience.first_wait = Duration::from_millis(1);
    patience.longest_wait = Duration::from_millis(20);
    patience.silence = Duration::from_millis(500);
    patience
}

/// Everything up to the end of block `end`; `seen` is told how many there are.
async fn gather(
    mut events: EventStream,
    end: i64,
    stop: usize,
    mut seen: impl FnMut(usize),
) -> (Vec<Streamed>, Cursor) {
    let mut all = Vec::new();
    loop {
        let item = events.next().await.unwrap();
        let over = matches!(&item, Streamed::Block(block) if block.height.0 == end);
        all.push(item);
        seen(all.len());
        if over || all.len() == stop {
            return (all, events.cursor());
        }
    }
}

#[tokio::test]
async fn no_event_is_lost_or_repeated_when_connections_break() {
    let devnet = Devnet::builder().build().unwrap();
    let server = Server::builder(devnet.clone())
        .block_interval(Some(Duration::from_millis(10)))
        .start()
        .await
        .unwrap();
    let target = server
        .endpoints()
        .rpc
        .trim_start_matches("http://")
        .to_owned();
    let (cut, cuts) = watch::channel(0);
    let address = cutter(target, cuts).await;
    let socket = CometSocket::new(&format!("ws://{address}/websocket")).unwrap();
    let often = HttpOptions::default().with_poll(Duration::from_millis(5));
    let polled = Comet::with_options(&format!("http://{address}"), often).unwrap();
    let ways: [Arc<dyn Transport>; 2] = [Arc::new(socket), Arc::new(polled)];
    for (node, subscribes) in ways.into_iter().zip([true, false]) {
        let start = devnet.height();
        let end = start + 30;
        let follow = |after| {
            EventStream::new(Arc::clone(&node), SystemClock::new(), after).with_patience(patient())
        };
        let cut_often = |count: usize| {
            if count.is_multiple_of(9) {
                cut.send_modify(|cuts| *cuts += 1);
            }
        };
        // Stopped in the middle, the cursor kept as text, and taken up again.
        let (mut seen, cursor) =
            gather(follow(Cursor::after_block(start)), end, 40, cut_often).await;
        let stored = serde_json::to_string(&cursor).unwrap();
        let cursor = serde_json::from_str(&stored).unwrap();
        seen.extend(gather(follow(cursor), end, usize::MAX, cut_often).await.0);

        let inside = EventStream::new(
            devnet.clone(),
            SystemClock::new(),
            Cursor::after_block(start),
        );
        let (wanted, _) = gather(inside, end, usize::MAX, |_| {}).await;
        assert!(wanted.len() > 60, "{}", wanted.len());
        assert!(seen == wanted, "over a subscription: {subscribes}");
    }
    assert!(*cut.borrow() > 10);
}
