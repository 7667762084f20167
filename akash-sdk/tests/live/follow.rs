//! Events while connections break and the node is killed.

#[path = "../it/transport/cutter.rs"]
mod cutter;

use crate::stage::{PATIENCE, Party, Stage, fresh, pause, say};
use akash_market::action::{Action, Batch};
use akash_market::workflow::Settled;
use akash_sdk::chain::Cursor;
use akash_sdk::clock::SystemClock;
use akash_sdk::cosmos::events::{EventStream, Patience, Streamed};
use akash_sdk::cosmos::transport::Transport;
use akash_sdk::cosmos::transport::comet::{Comet, CometSocket};
use akash_sdk::journal::JobId;
use akash_sdl::num::{Coin, Denom};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// After so many items a reader stops, keeps its cursor as text, and another one goes on.
const SITTING: usize = 7;
/// So often the node is killed, where that is ours to do.
const KILLS: u128 = 4;

fn stream(transport: Arc<dyn Transport>, after: Cursor) -> EventStream {
    let mut patience = Patience::default();
    patience.first_wait = Duration::from_millis(50);
    patience.longest_wait = Duration::from_millis(500);
    patience.silence = Duration::from_secs(2);
    patience.failures = 1_000;
    EventStream::new(transport, SystemClock::new(), after).with_patience(patience)
}

/// Everything after block `start`, up to the block that `end` names at last.
async fn gather(
    transport: Arc<dyn Transport>,
    start: i64,
    end: watch::Receiver<i64>,
    sitting: usize,
) -> Vec<Streamed> {
    let mut all = Vec::new();
    let mut stored = serde_json::to_string(&Cursor::after_block(start)).unwrap();
    loop {
        let cursor = serde_json::from_str(&stored).unwrap();
        let mut events = stream(Arc::clone(&transport), cursor);
        for _ in 0..sitting {
            let item = events.next().await.unwrap();
            let over = matches!(&item, Streamed::Block(block) if block.height.0 >= *end.borrow());
            all.push(item);
            if over {
                return all;
            }
        }
        stored = serde_json::to_string(&events.cursor()).unwrap();
    }
}

/// A gift that is made once, whatever happens to the node meanwhile.
async fn give(from: &Party, to: &Party, amount: u128) {
    let batch = Batch::from(Action::Send {
        from: from.address().clone(),
        to: to.address().clone(),
        coins: vec![Coin::uakt(amount)],
    });
    let job = JobId(format!("gift/{}", fresh()));
    let begun = Instant::now();
    loop {
        match from.sender.send(job.clone(), batch.clone()).await {
            Ok(sent) => {
                assert!(matches!(sent.settled, Settled::Done { .. }), "{sent:?}");
                return;
            }
            Err(error) => assert!(begun.elapsed() < PATIENCE, "{error}"),
        }
        pause().await;
    }
}

pub(crate) async fn every_event_comes_once_while_the_connection_breaks(stage: &Stage<'_>) {
    let rich = stage.rich().await;
    let [till] = stage.others(&rich, 1_000).await;
    let start = stage.transport.status().await.unwrap().height;
    if stage.transport.block(start).await.is_err() {
        // No blocks this way, which is said.
        let mut events = stream(Arc::clone(&stage.transport), Cursor::after_block(start - 1));
        let first = events.next().await.unwrap();
        assert!(
            matches!(first, Streamed::Gap { from, .. } if from == start),
            "{first:?}"
        );
        return;
    }
    let Some(target) = stage.node.rpc.strip_prefix("http://") else {
        say("SKIPPED: connections over TLS are not cut");
        return;
    };
    let (cut, cuts) = watch::channel(0);
    let at = cutter::cutter(target.trim_end_matches('/').to_owned(), cuts).await;
    let broken: Arc<dyn Transport> = if stage.transport.blocks().await.is_ok() {
        Arc::new(CometSocket::new(&format!("ws://{at}/websocket")).unwrap())
    } else {
        Arc::new(Comet::new(&format!("http://{at}")).unwrap())
    };
    let (tell_end, end) = watch::channel(i64::MAX);
    let reading = tokio::spawn(gather(broken, start, end, SITTING));
    let begun = Instant::now();
    for amount in [1, 2, 4] {
        give(&rich, &till, amount).await;
        cut.send_modify(|cuts| *cuts += 1);
    }
    let mut given = 1_007;
    if let Some(restart) = &stage.node.restart {
        for amount in 8..8 + KILLS {
            let mut command = Command::new("sh");
            command.args(["-c", restart]);
            let killing = tokio::task::spawn_blocking(move || command.status());
            give(&rich, &till, amount).await;
            assert!(killing.await.unwrap().unwrap().success());
            // Once more, if that was done before the kill.
            give(&rich, &till, 1).await;
            given += amount + 1;
        }
    }
    assert_eq!(till.holds(&Denom::UAKT).await, given);
    let last = stage.transport.status().await.unwrap().height;
    tell_end.send(last).unwrap();
    let seen = tokio::time::timeout(PATIENCE, reading)
        .await
        .unwrap()
        .unwrap();
    let wanted = gather(
        Arc::clone(&stage.transport),
        start,
        tell_end.subscribe(),
        usize::MAX,
    )
    .await;
    // A block may have been made while the last one was read.
    let shorter = seen.len().min(wanted.len());
    assert!(shorter > 0 && seen[..shorter] == wanted[..shorter]);
    let blocks = |all: &[Streamed]| {
        let ends = all.iter().filter_map(|item| match item {
            Streamed::Block(block) => Some(block.height.0),
            _ => None,
        });
        ends.collect::<Vec<_>>()
    };
    let heights = blocks(&seen);
    assert!(
        heights
            .iter()
            .copied()
            .eq(start + 1..=start + i64::try_from(heights.len()).unwrap())
    );
    assert!(heights.last() >= Some(&last));
    say(&format!(
        "live: {} events of {} blocks, each once, in {:.1} s{}",
        seen.len() - heights.len(),
        heights.len(),
        begun.elapsed().as_secs_f64(),
        if stage.node.restart.is_some() {
            format!(" with {KILLS} kills of the node")
        } else {
            String::new()
        }
    ));
}
