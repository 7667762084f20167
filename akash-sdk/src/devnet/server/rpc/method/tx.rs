//! Transactions: handed in, waiting, in blocks.

use super::Answer;
use super::search::{descending, parsed, window};
use crate::cosmos::transport::{CheckTx, TxResult};
use crate::cosmos::tx::TxHash;
use crate::devnet::server::backend::Backend;
use crate::devnet::server::rpc::RpcError;
use crate::devnet::server::rpc::argument::{Arguments, Bytes};
use crate::devnet::server::rpc::print::{self, base64};
use crate::devnet::server::service::print::hex;
use serde_json::{Value, json};
use std::time::Duration;

/// How long `broadcast_tx_commit` waits for its block.
const COMMIT: Duration = Duration::from_secs(10);

pub(super) fn checked(check: &CheckTx) -> Value {
    json!({
        "code": check.code,
        "data": "",
        "log": check.log,
        "codespace": check.codespace,
        "hash": check.hash.to_string(),
    })
}

/// Hands a transaction in and waits for its block.
pub(super) async fn commit_tx(backend: &Backend, bytes: &[u8]) -> Answer {
    let mut tips = backend.tips();
    let check = backend.broadcast(bytes);
    let told = json!({
        "code": check.code, "data": null, "log": check.log, "info": "", "gas_wanted": "0",
        "gas_used": "0", "events": [], "codespace": check.codespace,
    });
    let hash = check.hash;
    let answer = |height: i64, result: Value| {
        json!({
            "check_tx": told,
            "tx_result": result,
            "hash": hash.to_string(),
            "height": height.to_string(),
        })
    };
    if check.code != 0 {
        let nothing = json!({
            "code": 0, "data": null, "log": "", "info": "", "gas_wanted": "0", "gas_used": "0",
            "events": [], "codespace": "",
        });
        return Ok(answer(0, nothing));
    }
    let included = async {
        loop {
            if let Some(tx) = backend.tx(&hash) {
                return Some(tx);
            }
            tips.changed().await.ok()?;
        }
    };
    match tokio::time::timeout(COMMIT, included).await {
        Ok(Some(tx)) => Ok(answer(tx.height, print::outcome(&tx))),
        _ => Err(RpcError::internal(
            "timed out waiting for tx to be included in a block",
        )),
    }
}

pub(super) fn one_tx(backend: &Backend, arguments: &Arguments) -> Answer {
    let hash = arguments.bytes(0, "hash", Bytes::Base64)?;
    let prove = arguments.flag(1, "prove")?;
    let found = <[u8; 32]>::try_from(hash.as_slice())
        .ok()
        .and_then(|hash| backend.tx(&TxHash(hash)));
    let found =
        found.ok_or_else(|| RpcError::internal(format!("tx ({}) not found", hex(&hash))))?;
    Ok(printed(backend, &found, prove))
}

fn printed(backend: &Backend, tx: &TxResult, prove: bool) -> Value {
    let block = prove
        .then(|| backend.devnet.node().result(tx.height).cloned())
        .flatten();
    print::tx(tx, block.as_ref())
}

pub(super) fn tx_search(backend: &Backend, arguments: &Arguments) -> Answer {
    let search = parsed(arguments)?;
    let prove = arguments.flag(1, "prove")?;
    let mut found = search.txs(&backend.devnet.node());
    if descending(arguments, 4)? {
        found.reverse();
    }
    let (from, size) = window(arguments, 2, found.len())?;
    let txs: Vec<Value> = found
        .iter()
        .skip(from)
        .take(size)
        .map(|tx| printed(backend, tx, prove))
        .collect();
    Ok(json!({"txs": txs, "total_count": found.len().to_string()}))
}

pub(super) fn unconfirmed(backend: &Backend, method: &str, arguments: &Arguments) -> Answer {
    let limit = arguments.integer(0, "limit")?.unwrap_or(30).clamp(1, 100);
    let limit = usize::try_from(limit).unwrap_or(100);
    let node = backend.devnet.node();
    let waiting: Vec<&[u8]> = node.waiting().collect();
    let bytes: usize = waiting.iter().map(|tx| tx.len()).sum();
    let shown: Vec<String> = waiting.iter().take(limit).map(|tx| base64(tx)).collect();
    let (n_txs, txs) = if method == "unconfirmed_txs" {
        (shown.len(), Value::from(shown))
    } else {
        (waiting.len(), Value::Null)
    };
    let mut answer = json!({
        "n_txs": n_txs.to_string(),
        "total": waiting.len().to_string(),
        "total_bytes": bytes.to_string(),
    });
    if let Some(members) = answer.as_object_mut() {
        members.insert("txs".to_owned(), txs);
    }
    Ok(answer)
}
