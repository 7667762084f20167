//! The node's methods, over any way of calling them.

use super::answer::{self, RawBlock, TxSearch};
use crate::cosmos::transport::{
    Answer, BlockResult, CheckTx, NodeStatus, Request, TransportError, TxResult, Unary,
};
use crate::cosmos::tx::TxHash;
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::try_join;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::time::Duration;

/// How often the results of a block that is just being made are asked for, and how long apart.
const RESULT_TRIES: u32 = 5;
const RESULT_WAIT: Duration = Duration::from_millis(200);
/// A node this far past a block has made its results or never will have them.
const SETTLED: i64 = 3;

/// A way to call a node's methods.
#[async_trait]
pub(super) trait Call: Send + Sync {
    /// Who is asked, for messages.
    fn endpoint(&self) -> &str;

    /// How often to look for a new block.
    fn poll(&self) -> Duration;

    /// Calls a method; the answer as it came.
    async fn call(&self, method: &'static str, params: Value) -> Result<Vec<u8>, TransportError>;
}

/// The request of JSON-RPC.
pub(super) fn request(id: i64, method: &str, params: &Value) -> Vec<u8> {
    json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params})
        .to_string()
        .into_bytes()
}

/// Makes a call of a transport with the node's methods. What takes more than calls is not supported.
pub(super) async fn answer(
    node: &impl Call,
    request: Request<'_>,
) -> Result<Answer, TransportError> {
    Ok(match request {
        Request::Unary {
            path,
            message,
            height,
        } => Answer::Unary(unary(node, &path, message, height).await?),
        Request::Broadcast(tx) => Answer::Broadcast(broadcast(node, &tx).await?),
        Request::Tx(hash) => Answer::Tx(tx(node, &hash).await?),
        Request::Block(height) => Answer::Block(block(node, height).await?),
        Request::Status => Answer::Status(status(node).await?),
        Request::Discovery => Answer::Discovery(discovery(node).await?),
        Request::Blocks => {
            return Err(TransportError::Unsupported {
                endpoint: node.endpoint().to_owned(),
                what: "a subscription to blocks".to_owned(),
            });
        }
        Request::WaitForBlock(_) => {
            tokio::time::sleep(node.poll()).await;
            Answer::WaitForBlock
        }
    })
}

async fn unary(
    node: &impl Call,
    path: &str,
    request: Vec<u8>,
    height: Option<i64>,
) -> Result<Unary, TransportError> {
    let height = height.unwrap_or_default();
    let mut data = String::with_capacity(request.len() * 2);
    for byte in request {
        let _ = write!(data, "{byte:02x}");
    }
    let params = json!({
        "path": path, "data": data, "height": height.to_string(), "prove": false,
    });
    let answer = node.call("abci_query", params).await?;
    answer::abci_query(node.endpoint(), path, height, &answer)
}

async fn broadcast(node: &impl Call, tx: &[u8]) -> Result<CheckTx, TransportError> {
    let params = json!({"tx": STANDARD.encode(tx)});
    let answer = node.call("broadcast_tx_sync", params).await?;
    answer::broadcast(node.endpoint(), TxHash::of(tx), &answer)
}

async fn tx(node: &impl Call, hash: &TxHash) -> Result<Option<TxResult>, TransportError> {
    let params = json!({"hash": STANDARD.encode(hash.0), "prove": false});
    let answer = node.call("tx", params).await?;
    answer::tx(node.endpoint(), hash, &answer)
}

pub(super) async fn tx_search(
    node: &impl Call,
    query: &str,
    page: u32,
    per_page: u32,
) -> Result<TxSearch, TransportError> {
    let params = json!({
        "query": query,
        "prove": false,
        "page": page.max(1).to_string(),
        "per_page": per_page.clamp(1, 100).to_string(),
        "order_by": "asc",
    });
    let answer = node.call("tx_search", params).await?;
    answer::tx_search(node.endpoint(), &answer)
}

pub(super) async fn raw_block(
    node: &impl Call,
    height: i64,
) -> Result<Option<RawBlock>, TransportError> {
    let params = json!({"height": height.to_string()});
    let answer = node.call("block", params).await?;
    let block = answer::block(node.endpoint(), &answer)?;
    match block {
        Some(block) if block.height != height => Err(TransportError::Malformed {
            endpoint: node.endpoint().to_owned(),
            reason: format!("asked for block {height}, it sent block {}", block.height),
        }),
        block => Ok(block),
    }
}

/// A block with its results. The results of the newest block are made a moment after it: they are waited for.
async fn block(node: &impl Call, height: i64) -> Result<Option<BlockResult>, TransportError> {
    let results = async || {
        let params = json!({"height": height.to_string()});
        let answer = node.call("block_results", params).await?;
        answer::block_results(node.endpoint(), &answer)
    };
    let (block, mut work) = try_join(raw_block(node, height), results()).await?;
    let Some(block) = block else {
        return Ok(None);
    };
    for _ in 0..RESULT_TRIES {
        if let Some(work) = work {
            return answer::join(node.endpoint(), block, work).map(Some);
        }
        if status(node).await?.height >= height.saturating_add(SETTLED) {
            return Ok(None);
        }
        tokio::time::sleep(RESULT_WAIT).await;
        work = results().await?;
    }
    match work {
        Some(work) => answer::join(node.endpoint(), block, work).map(Some),
        None => Err(TransportError::Height {
            height,
            message: "the node has the block but not yet its results".to_owned(),
        }),
    }
}

pub(super) async fn status(node: &impl Call) -> Result<NodeStatus, TransportError> {
    let answer = node.call("status", json!({})).await?;
    answer::status(node.endpoint(), &answer)
}

async fn discovery(node: &impl Call) -> Result<Vec<u8>, TransportError> {
    let answer = node.call("akash", json!({})).await?;
    answer::discovery(node.endpoint(), &answer)
}
