//! What a node tells through its query services alone, where there is no JSON-RPC: over gRPC and the REST gateway.

use super::{CheckTx, Event, EventAttribute, NodeStatus, Transport, TransportError, TxResult};
use crate::cosmos::convert;
use crate::cosmos::tx::TxHash;
use crate::cosmos::wire::Enum;
use crate::cosmos::wire::cosmos::base::abci::v1beta1::TxResponse;
use crate::cosmos::wire::cosmos::base::tendermint::v1beta1::{
    GetBlockByHeightRequest, GetBlockByHeightResponse, GetLatestBlockRequest,
    GetLatestBlockResponse, GetSyncingRequest, GetSyncingResponse,
};
use crate::cosmos::wire::cosmos::tx::v1beta1::{
    BroadcastMode, BroadcastTxRequest, BroadcastTxResponse, GetTxRequest,
};
use crate::cosmos::wire::tendermint::types::{Block, Header};
use akash_market::time::Timestamp;
use prost::Message;

async fn ask<R: Message + Default>(
    node: &(impl Transport + ?Sized),
    path: &str,
    request: Vec<u8>,
) -> Result<R, TransportError> {
    let answer = node.unary(path, request, None).await?;
    R::decode(answer.bytes.as_slice()).map_err(|e| TransportError::Malformed {
        endpoint: path.to_owned(),
        reason: e.to_string(),
    })
}

fn malformed(endpoint: &str, reason: &str) -> TransportError {
    TransportError::Malformed {
        endpoint: endpoint.to_owned(),
        reason: reason.to_owned(),
    }
}

fn time(endpoint: &str, header: &Header) -> Result<Timestamp, TransportError> {
    convert::time::timestamp(header.time, "header.time")
        .map_err(|e| malformed(endpoint, &e.to_string()))
}

async fn block(
    node: &(impl Transport + ?Sized),
    height: i64,
) -> Result<Option<Block>, TransportError> {
    let request = GetBlockByHeightRequest { height }.encode_to_vec();
    let path = "/cosmos.base.tendermint.v1beta1.Service/GetBlockByHeight";
    let answer: GetBlockByHeightResponse = ask(node, path, request).await?;
    Ok(answer.block)
}

/// What a node says of itself.
pub(super) async fn status(
    node: &(impl Transport + ?Sized),
    endpoint: &str,
) -> Result<NodeStatus, TransportError> {
    let path = "/cosmos.base.tendermint.v1beta1.Service/GetSyncing";
    let syncing: GetSyncingResponse = ask(node, path, GetSyncingRequest {}.encode_to_vec()).await?;
    let path = "/cosmos.base.tendermint.v1beta1.Service/GetLatestBlock";
    let newest: GetLatestBlockResponse =
        ask(node, path, GetLatestBlockRequest {}.encode_to_vec()).await?;
    let header = newest
        .block
        .map(|block| block.header)
        .ok_or_else(|| malformed(endpoint, "the newest block is missing"))?;
    Ok(NodeStatus {
        chain_id: header.chain_id.clone(),
        height: header.height,
        time: time(endpoint, &header)?,
        catching_up: syncing.syncing,
    })
}

/// Hands a transaction to the mempool.
pub(super) async fn broadcast(
    node: &(impl Transport + ?Sized),
    tx: &[u8],
) -> Result<CheckTx, TransportError> {
    let request = BroadcastTxRequest {
        tx_bytes: tx.to_vec(),
        mode: Enum::from(BroadcastMode::Sync),
    };
    let path = "/cosmos.tx.v1beta1.Service/BroadcastTx";
    let answer: BroadcastTxResponse = ask(node, path, request.encode_to_vec()).await?;
    let checked = answer
        .tx_response
        .ok_or_else(|| malformed(path, "it does not say what became of the transaction"))?;
    Ok(CheckTx {
        hash: TxHash::of(tx),
        codespace: checked.codespace,
        code: checked.code,
        log: checked.raw_log,
    })
}

/// The request that looks a transaction up.
pub(super) fn get_tx(hash: &TxHash) -> Vec<u8> {
    GetTxRequest {
        hash: hash.to_string(),
    }
    .encode_to_vec()
}

/// A found transaction with its bytes and its place, which are read from its block.
pub(super) async fn tx_result(
    node: &(impl Transport + ?Sized),
    endpoint: &str,
    hash: &TxHash,
    found: TxResponse,
) -> Result<TxResult, TransportError> {
    let block = block(node, found.height).await?.unwrap_or_default();
    let (index, tx) = (0..)
        .zip(block.data.txs)
        .find(|(_, tx)| TxHash::of(tx) == *hash)
        .ok_or_else(|| {
            malformed(
                endpoint,
                "the transaction is not in the block it is said to be in",
            )
        })?;
    Ok(TxResult {
        hash: *hash,
        height: found.height,
        index,
        tx,
        code: found.code,
        codespace: found.codespace,
        log: found.raw_log,
        data: unhex(&found.data)
            .ok_or_else(|| malformed(endpoint, "its data is not hexadecimal"))?,
        gas_wanted: u64::try_from(found.gas_wanted).unwrap_or_default(),
        gas_used: u64::try_from(found.gas_used).unwrap_or_default(),
        events: found
            .events
            .into_iter()
            .map(|event| Event {
                kind: event.r#type,
                attributes: event
                    .attributes
                    .into_iter()
                    .map(|a| EventAttribute {
                        key: a.key,
                        value: a.value,
                    })
                    .collect(),
            })
            .collect(),
    })
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect();
    let digits = digits?;
    let (pairs, []) = digits.as_chunks::<2>() else {
        return None;
    };
    Some(pairs.iter().map(|[high, low]| high << 4 | low).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_in_pairs() {
        assert_eq!(unhex("00fF"), Some(vec![0, 255]));
        assert_eq!(unhex(""), Some(Vec::new()));
        assert_eq!(unhex("0"), None);
        assert_eq!(unhex("0g"), None);
    }
}
