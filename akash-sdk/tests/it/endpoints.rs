//! Sets of endpoints against nodes that fail on purpose, in paused time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

mod fake;

use akash_sdk::clock::SystemClock;
use akash_sdk::cosmos::endpoints::{EndpointPolicy, Endpoints, Rate};
use akash_sdk::cosmos::transport::{Pinned, RateLimited, ReadOnly, Transport, TransportError};
use akash_sdk::cosmos::tx::TxHash;
use fake::{Fake, Fault};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

const PARAMS: &str = "/akash.market.v1beta5.Query/Params";

fn set(nodes: &[&Arc<Fake>], policy: EndpointPolicy) -> Endpoints {
    let mut builder = Endpoints::builder(SystemClock::new()).policy(policy);
    for node in nodes {
        builder = builder.endpoint(node.name, Arc::clone(node));
    }
    builder.chain_id("net").build().unwrap()
}

async fn ask(endpoints: &Endpoints) -> Result<Vec<u8>, TransportError> {
    let answer = endpoints.unary(PARAMS, Vec::new(), None).await?;
    Ok(answer.bytes)
}

#[tokio::test(start_paused = true)]
async fn the_first_healthy_endpoint_answers() {
    let (a, b) = (Fake::new("a", 10), Fake::new("b", 10));
    let endpoints = set(&[&a, &b], EndpointPolicy::default());
    assert_eq!(ask(&endpoints).await.unwrap(), b"a");
    for fault in [
        Fault::Reset,
        Fault::Refused,
        Fault::Malformed,
        Fault::Status(503),
    ] {
        a.script([fault]);
        assert_eq!(ask(&endpoints).await.unwrap(), b"b", "{fault:?}");
        tokio::time::sleep(Duration::from_secs(6)).await;
        assert_eq!(ask(&endpoints).await.unwrap(), b"a", "{fault:?}");
    }
    let health = endpoints.health();
    assert!(health.iter().all(|node| node.usable && node.height == 10));
    assert_eq!((health[0].failures, health[1].failures), (4, 0));
}

#[tokio::test(start_paused = true)]
async fn a_verdict_is_an_answer() {
    let (a, b) = (Fake::new("a", 10), Fake::new("b", 10));
    let endpoints = set(&[&a, &b], EndpointPolicy::default());
    a.script([Fault::NotFound]);
    let error = ask(&endpoints).await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(b.asked("unary"), 0);
    // What one release does not know another may.
    a.script([Fault::Unimplemented]);
    assert_eq!(ask(&endpoints).await.unwrap(), b"b");
    a.script([Fault::Height]);
    assert_eq!(ask(&endpoints).await.unwrap(), b"b");
    assert!(
        endpoints.health()[0].usable,
        "a missing height is no failure"
    );
}

#[tokio::test(start_paused = true)]
async fn foreign_and_catching_up_endpoints_are_not_asked() {
    let (a, b, c) = (Fake::new("a", 10), Fake::new("b", 10), Fake::new("c", 10));
    a.chain("other");
    b.catching_up(true);
    let endpoints = set(&[&a, &b, &c], EndpointPolicy::default());
    assert_eq!(ask(&endpoints).await.unwrap(), b"c");
    assert_eq!(a.asked("unary") + b.asked("unary"), 0);
    let health = endpoints.health();
    assert!(matches!(
        health[0].problem,
        Some(TransportError::WrongChain { .. })
    ));
    assert!(matches!(
        health[1].problem,
        Some(TransportError::Behind { .. })
    ));

    let lonely = set(&[&a], EndpointPolicy::default());
    let error = ask(&lonely).await.unwrap_err();
    assert!(
        matches!(error, TransportError::WrongChain { .. }),
        "{error:?}"
    );
    let error = lonely.broadcast(b"tx").await.unwrap_err();
    assert!(
        matches!(error, TransportError::WrongChain { .. }),
        "{error:?}"
    );
    assert_eq!(a.asked("broadcast"), 0);
    // Once it has caught up it is asked again.
    b.catching_up(false);
    tokio::time::sleep(Duration::from_secs(31)).await;
    assert_eq!(ask(&endpoints).await.unwrap(), b"b");
}

#[tokio::test(start_paused = true)]
async fn who_lags_or_stands_still_is_asked_last() {
    let (a, b) = (Fake::new("a", 10), Fake::new("b", 20));
    let endpoints = set(&[&a, &b], EndpointPolicy::default());
    assert_eq!(ask(&endpoints).await.unwrap(), b"b");
    // It is better than nobody.
    b.script([Fault::Reset]);
    assert_eq!(ask(&endpoints).await.unwrap(), b"a");
    a.height(21);
    for height in 22..40 {
        tokio::time::sleep(Duration::from_secs(10)).await;
        b.height(height);
        let _ = endpoints.check().await;
    }
    let health = endpoints.health();
    let behind = |at: usize| matches!(health[at].problem, Some(TransportError::Behind { .. }));
    assert!(behind(0) && !behind(1));
}

#[tokio::test(start_paused = true)]
async fn hanging_endpoints_cost_one_timeout_or_one_hedge() {
    let (a, b) = (Fake::new("a", 10), Fake::new("b", 10));
    let endpoints = set(&[&a, &b], EndpointPolicy::default());
    let _ = endpoints.check().await;
    a.script([Fault::Hang]);
    let begun = Instant::now();
    assert_eq!(ask(&endpoints).await.unwrap(), b"b");
    assert_eq!(begun.elapsed().as_secs(), 20);

    let mut policy = EndpointPolicy::default();
    policy.hedge_after = Some(Duration::from_millis(300));
    let endpoints = set(&[&a, &b], policy);
    let _ = endpoints.check().await;
    a.script([Fault::Hang]);
    let begun = Instant::now();
    assert_eq!(ask(&endpoints).await.unwrap(), b"b");
    assert!(begun.elapsed() < Duration::from_millis(400));
    // A slow first answer still wins when the second fails.
    a.script([Fault::Slow(Duration::from_secs(1))]);
    b.script([Fault::Reset]);
    assert_eq!(ask(&endpoints).await.unwrap(), b"a");
}

#[tokio::test(start_paused = true)]
async fn a_hanging_endpoint_does_not_hold_up_the_first_check() {
    let (a, b) = (Fake::new("a", 10), Fake::new("b", 10));
    a.script([Fault::Hang]);
    let endpoints = set(&[&a, &b], EndpointPolicy::default());
    let begun = Instant::now();
    assert_eq!(ask(&endpoints).await.unwrap(), b"b");
    assert_eq!(begun.elapsed().as_secs(), 3);
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_kept() {
    let a = Fake::new("a", 10);
    let endpoints = set(&[&a], EndpointPolicy::default());
    let _ = endpoints.check().await;
    a.script([Fault::RateLimited(4)]);
    let begun = Instant::now();
    assert_eq!(ask(&endpoints).await.unwrap(), b"a");
    let waited = begun.elapsed();
    assert!((4..5).contains(&waited.as_secs()), "{waited:?}");
}

#[tokio::test(start_paused = true)]
async fn in_the_end_all_causes_are_told() {
    let (a, b) = (Fake::new("a", 10), Fake::new("b", 10));
    let endpoints = set(&[&a, &b], EndpointPolicy::default());
    let _ = endpoints.check().await;
    a.script([Fault::Reset; 9]);
    b.script([Fault::Status(502); 9]);
    let begun = Instant::now();
    let error = ask(&endpoints).await.unwrap_err();
    let TransportError::Exhausted { causes } = &error else {
        panic!("{error:?}");
    };
    assert!(matches!(causes[0], TransportError::Unreachable { .. }));
    assert!(matches!(
        causes[1],
        TransportError::Status { status: 502, .. }
    ));
    assert!((3..=6).contains(&(a.asked("unary") + b.asked("unary"))));
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert!(error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn the_same_seed_gives_the_same_delays() {
    let mut times = Vec::new();
    for seed in [7, 7, 8] {
        let a = Fake::new("a", 10);
        let mut policy = EndpointPolicy::default();
        policy.seed = seed;
        let endpoints = set(&[&a], policy);
        let _ = endpoints.check().await;
        a.script([Fault::Reset; 2]);
        let begun = Instant::now();
        ask(&endpoints).await.unwrap();
        times.push(begun.elapsed());
    }
    assert_eq!(times[0], times[1]);
    assert_ne!(times[0], times[2]);
    assert!(times[0] >= Duration::from_millis(125 + 250));
}

#[tokio::test(start_paused = true)]
async fn a_rate_is_kept() {
    let a = Fake::new("a", 10);
    let mut policy = EndpointPolicy::default();
    policy.rate = Some(Rate {
        per_second: 10,
        burst: 5,
    });
    let endpoints = set(&[&a], policy);
    let begun = Instant::now();
    for _ in 0..25 {
        ask(&endpoints).await.unwrap();
    }
    let took = begun.elapsed();
    assert!((1900..2200).contains(&took.as_millis()), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_goes_to_the_next() {
    let (a, b) = (Fake::new("a", 10), Fake::new("b", 10));
    let endpoints = set(&[&a, &b], EndpointPolicy::default());
    for fault in [Fault::Refused, Fault::RateLimited(1), Fault::MempoolFull] {
        a.script_for("broadcast", [fault]);
        let checked = endpoints.broadcast(b"tx").await.unwrap();
        assert_eq!((checked.code, checked.log.as_str()), (0, "b"), "{fault:?}");
        tokio::time::sleep(Duration::from_secs(20)).await;
    }
    // A refusal is an answer.
    a.script_for("broadcast", [Fault::Refusal(5)]);
    assert_eq!(endpoints.broadcast(b"tx").await.unwrap().code, 5);
    assert_eq!(b.asked("broadcast"), 3);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_looked_up_before_anything_else() {
    let (a, b) = (Fake::new("a", 10), Fake::new("b", 10));
    let endpoints = set(&[&a, &b], EndpointPolicy::default());
    let hash = TxHash::of(b"tx");
    // It landed: another node has it.
    b.include(hash);
    a.script_for("broadcast", [Fault::Reset]);
    let checked = endpoints.broadcast(b"tx").await.unwrap();
    assert_eq!(checked.code, 0);
    assert_eq!(b.asked("broadcast"), 0);
    // It is nowhere yet: the same bytes go to the next, for which they may be nothing new.
    tokio::time::sleep(Duration::from_secs(20)).await;
    a.script_for("broadcast", [Fault::Status(504)]);
    b.script_for("broadcast", [Fault::Refusal(19)]);
    assert_eq!(endpoints.broadcast(b"other").await.unwrap().code, 19);
    // A refusal does not settle it: it may be due to the first one having landed.
    tokio::time::sleep(Duration::from_secs(20)).await;
    a.script_for("broadcast", [Fault::Reset]);
    b.script_for("broadcast", [Fault::Refusal(32)]);
    let doubt = endpoints.broadcast(b"third").await.unwrap_err();
    assert!(
        matches!(doubt, TransportError::Unreachable { .. }),
        "{doubt:?}"
    );
    assert!(!doubt.was_not_sent());
}

#[tokio::test(start_paused = true)]
async fn not_there_must_be_said_by_one_who_would_know() {
    let (a, b) = (Fake::new("a", 10), Fake::new("b", 10));
    let endpoints = set(&[&a, &b], EndpointPolicy::default());
    let hash = TxHash::of(b"tx");
    assert_eq!(endpoints.tx(&hash).await, Ok(None));
    assert_eq!((a.asked("tx"), b.asked("tx")), (1, 1));
    // Both are behind what was told: they don't know.
    a.height(15);
    assert_eq!(endpoints.status().await.unwrap().height, 15);
    a.height(14);
    let unsure = endpoints.tx(&hash).await.unwrap_err();
    assert!(
        matches!(unsure, TransportError::Exhausted { .. }),
        "{unsure:?}"
    );
    // One that has it settles it, wherever it stands.
    b.include(hash);
    assert!(endpoints.tx(&hash).await.unwrap().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_missing_block_is_looked_for_elsewhere() {
    let (a, b) = (Fake::new("a", 10), Fake::new("b", 10));
    let endpoints = set(&[&a, &b], EndpointPolicy::default());
    a.pruned_below(5);
    assert_eq!(endpoints.block(3).await.unwrap().unwrap().height, 3);
    b.pruned_below(5);
    assert_eq!(endpoints.block(3).await, Ok(None));
    let future = endpoints.block(11).await.unwrap_err();
    assert!(
        matches!(future, TransportError::Height { height: 11, .. }),
        "{future:?}"
    );
    b.height(11);
    assert_eq!(endpoints.block(11).await.unwrap().unwrap().height, 11);
}

#[tokio::test(start_paused = true)]
async fn enough_nodes_must_agree() {
    let nodes = ["a", "b", "c"].map(|name| Fake::new(name, 10));
    for node in &nodes {
        node.says(b"same");
    }
    nodes[0].height(12);
    nodes[2].says(b"lie");
    let endpoints = set(
        &[&nodes[0], &nodes[1], &nodes[2]],
        EndpointPolicy::default(),
    );
    let two = endpoints.agreeing(2);
    let answer = two.unary(PARAMS, Vec::new(), None).await.unwrap();
    // At a height that two of them have.
    assert_eq!((answer.bytes.as_slice(), answer.height), (&b"same"[..], 10));
    let three = endpoints.agreeing(3);
    let disagreement = three.unary(PARAMS, Vec::new(), None).await.unwrap_err();
    assert_eq!(
        disagreement,
        TransportError::Disagreement {
            what: PARAMS.to_owned(),
            asked: 3,
            agreed: 2,
            wanted: 3
        }
    );
    // A node that fails is no vote.
    nodes[1].script_for("unary", [Fault::Reset]);
    let alone = two.unary(PARAMS, Vec::new(), Some(10)).await.unwrap_err();
    assert!(matches!(
        alone,
        TransportError::Disagreement { agreed: 1, .. }
    ));
}

#[test]
fn an_empty_set_is_refused() {
    let empty = Endpoints::builder(SystemClock::new()).build();
    assert!(matches!(empty, Err(TransportError::Configuration { .. })));
}

#[tokio::test(start_paused = true)]
async fn decorators_read_only_pin_and_limit() {
    let node = Fake::new("a", 10);
    let only = ReadOnly(Arc::clone(&node));
    assert_eq!(only.broadcast(b"tx").await, Err(TransportError::ReadOnly));
    let path = "/cosmos.tx.v1beta1.Service/BroadcastTx";
    let sent = only.unary(path, Vec::new(), None).await;
    assert_eq!(sent, Err(TransportError::ReadOnly));
    assert_eq!(node.asked("broadcast") + node.asked("unary"), 0);
    assert_eq!(only.status().await.unwrap().height, 10);

    let pinned = Pinned::newest(Arc::clone(&node)).await.unwrap();
    node.height(20);
    let read = |height| pinned.unary(PARAMS, Vec::new(), height);
    assert_eq!(read(None).await.unwrap().height, 10);
    assert_eq!(read(Some(15)).await.unwrap().height, 15);

    let rate = Rate {
        per_second: 2,
        burst: 1,
    };
    let limited = RateLimited::new(Arc::clone(&node), rate, SystemClock::new());
    let begun = Instant::now();
    for _ in 0..3 {
        limited.clone().status().await.unwrap();
    }
    assert_eq!(begun.elapsed(), Duration::from_secs(1));
}
