//! Lists followed to their end, over nodes that lead in circles too.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic
)]

use akash_sdk::cosmos::query::{Pages, PagesError};
use akash_sdk::cosmos::transport::{
    BlockResult, CheckTx, NodeStatus, Transport, TransportError, TxResult, Unary,
};
use akash_sdk::cosmos::tx::TxHash;
use akash_sdk::cosmos::wire::akash::provider::v1beta4::{
    Provider, QueryProvidersRequest, QueryProvidersResponse,
};
use akash_sdk::cosmos::wire::cosmos::base::query::v1beta1::PageResponse;
use async_trait::async_trait;
use futures_util::{FutureExt, TryStreamExt};
use prost::Message;
use std::sync::Mutex;

/// A node with a list of providers.
#[derive(Debug)]
struct Node {
    total: u64,
    kind: Kind,
    heights: Mutex<Vec<Option<i64>>>,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Honest,
    Circle,
    /// Five pages round and round.
    Round,
    Endless,
    Empty,
    Garbage,
}

#[async_trait]
impl Transport for Node {
    async fn unary(
        &self,
        path: &str,
        request: Vec<u8>,
        height: Option<i64>,
    ) -> Result<Unary, TransportError> {
        assert_eq!(path, "/akash.provider.v1beta4.Query/Providers");
        self.heights.lock().unwrap().push(height);
        let page = QueryProvidersRequest::decode(request.as_slice())
            .unwrap()
            .pagination
            .unwrap();
        let from = page.key.try_into().map_or(0, u64::from_be_bytes);
        let to = match self.kind {
            Kind::Round | Kind::Endless => from + page.limit,
            _ => (from + page.limit).min(self.total),
        };
        let providers = (from..to).map(|number| Provider {
            owner: number.to_string(),
            ..Provider::default()
        });
        let next = match self.kind {
            Kind::Circle => vec![7],
            Kind::Round => (to % (5 * page.limit)).to_be_bytes().to_vec(),
            Kind::Endless => to.to_be_bytes().to_vec(),
            Kind::Empty => (from + 1).to_be_bytes().to_vec(),
            _ if to < self.total => to.to_be_bytes().to_vec(),
            _ => Vec::new(),
        };
        let answer = QueryProvidersResponse {
            providers: if matches!(self.kind, Kind::Empty) {
                Vec::new()
            } else {
                providers.collect()
            },
            pagination: Some(PageResponse {
                next_key: next,
                total: 0,
            }),
        };
        Ok(Unary {
            bytes: match self.kind {
                Kind::Garbage => vec![0xff; 9],
                _ => answer.encode_to_vec(),
            },
            height: 42,
        })
    }

    async fn broadcast(&self, _: &[u8]) -> Result<CheckTx, TransportError> {
        panic!("a list sends nothing")
    }

    async fn tx(&self, _: &TxHash) -> Result<Option<TxResult>, TransportError> {
        panic!("a list looks nothing up")
    }

    async fn block(&self, _: i64) -> Result<Option<BlockResult>, TransportError> {
        panic!("a list needs no block")
    }

    async fn status(&self) -> Result<NodeStatus, TransportError> {
        panic!("a list needs no status")
    }

    async fn wait_for_block(&self, _: i64) -> Result<(), TransportError> {
        panic!("a list waits for nothing")
    }
}

fn list(kind: Kind, total: u64, cap: usize) -> (Result<Vec<String>, PagesError>, Vec<Option<i64>>) {
    let node = Node {
        total,
        kind,
        heights: Mutex::new(Vec::new()),
    };
    let pages = Pages::new(QueryProvidersRequest::default())
        .size(10)
        .cap(cap);
    let all = pages
        .stream(&node)
        .map_ok(|provider| provider.owner)
        .try_collect()
        .now_or_never()
        .unwrap();
    let heights = node.heights.lock().unwrap().clone();
    (all, heights)
}

#[test]
fn a_list_is_followed_to_its_end_at_one_height() {
    let (all, heights) = list(Kind::Honest, 35, usize::MAX);
    let wanted: Vec<String> = (0..35).map(|number| number.to_string()).collect();
    assert_eq!(all.unwrap(), wanted);
    assert_eq!(heights, [None, Some(42), Some(42), Some(42)]);
    assert_eq!(list(Kind::Honest, 0, 0).0.unwrap(), Vec::<String>::new());
}

#[test]
fn a_cap_is_no_silent_cut() {
    assert_eq!(list(Kind::Honest, 35, 35).0.unwrap().len(), 35);
    let over = list(Kind::Honest, 35, 34).0.unwrap_err();
    assert!(matches!(over, PagesError::Cap { cap: 34, .. }), "{over:?}");
}

#[test]
fn hostile_pages_end() {
    let circle = list(Kind::Circle, 35, usize::MAX).0.unwrap_err();
    assert!(matches!(circle, PagesError::Circle { .. }), "{circle:?}");
    let (round, asked) = list(Kind::Round, 0, usize::MAX);
    assert!(matches!(round, Err(PagesError::Circle { .. })), "{round:?}");
    assert!(asked.len() <= 15, "{}", asked.len());
    let (endless, asked) = list(Kind::Endless, 0, 1_000);
    assert!(
        matches!(endless, Err(PagesError::Cap { cap: 1_000, .. })),
        "{endless:?}"
    );
    assert_eq!(asked.len(), 101);
    let (empty, asked) = list(Kind::Empty, 35, usize::MAX);
    assert!(
        matches!(empty, Err(PagesError::Empty { pages: 17, .. })),
        "{empty:?}"
    );
    assert_eq!(asked.len(), 17);
    let garbage = list(Kind::Garbage, 35, usize::MAX).0.unwrap_err();
    let malformed = PagesError::Transport(TransportError::Malformed {
        endpoint: String::new(),
        reason: String::new(),
    });
    assert_eq!(
        std::mem::discriminant(&garbage),
        std::mem::discriminant(&malformed)
    );
}
