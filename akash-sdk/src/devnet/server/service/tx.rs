//! `cosmos.tx.v1beta1.Service`.

use super::print::tx_response;
use super::{Answer, failure, paged, read, unknown};
use crate::cosmos::transport::TxResult;
use crate::cosmos::tx::TxHash;
use crate::cosmos::wire::cosmos::base::abci::v1beta1::TxResponse;
use crate::cosmos::wire::cosmos::tx::v1beta1::{
    BroadcastMode, BroadcastTxRequest, BroadcastTxResponse, GetBlockWithTxsRequest,
    GetBlockWithTxsResponse, GetTxRequest, GetTxResponse, GetTxsEventRequest, GetTxsEventResponse,
    OrderBy, SimulateRequest, Tx,
};
use crate::devnet::query;
use crate::devnet::server::backend::Backend;
use crate::devnet::server::chain::whole;
use crate::devnet::server::search::Search;
use prost::Message;

/// Results of a page that does not say how many it wants.
const USUAL: u64 = 100;

pub(super) fn answer(backend: &Backend, method: &str, request: &[u8]) -> Answer {
    match method {
        "Simulate" => simulate(backend, request),
        "BroadcastTx" => broadcast(backend, request),
        "GetTx" => one(backend, request),
        "GetTxsEvent" => search(backend, request),
        "GetBlockWithTxs" => block(backend, request),
        _ => Err(unknown("cosmos.tx.v1beta1.Service", method)),
    }
}

/// Older clients send the transaction as a message instead of its bytes.
fn simulate(backend: &Backend, request: &[u8]) -> Answer {
    let mut request: SimulateRequest = read(request)?;
    if let (Some(tx), true) = (request.tx.take(), request.tx_bytes.is_empty()) {
        request.tx_bytes = tx.encode_to_vec();
    }
    if request.tx_bytes.is_empty() {
        return Err(failure(3, "empty txBytes is not allowed"));
    }
    query::answer(
        &backend.devnet.node(),
        "/cosmos.tx.v1beta1.Service/Simulate",
        &request.encode_to_vec(),
        None,
    )
}

fn broadcast(backend: &Backend, request: &[u8]) -> Answer {
    let request: BroadcastTxRequest = read(request)?;
    if request.tx_bytes.is_empty() {
        return Err(failure(3, "invalid empty tx"));
    }
    match request.mode.known() {
        Some(BroadcastMode::Sync | BroadcastMode::Async) => {}
        _ => {
            let name =
                request
                    .mode
                    .known()
                    .map_or("BROADCAST_MODE_UNSPECIFIED", |mode| match mode {
                        BroadcastMode::Block => "BROADCAST_MODE_BLOCK",
                        _ => "BROADCAST_MODE_UNSPECIFIED",
                    });
            return Err(failure(
                2,
                format!("unsupported return type {name}; supported types: sync, async"),
            ));
        }
    }
    let checked = backend.broadcast(&request.tx_bytes);
    let taken = request.mode.known() == Some(BroadcastMode::Async);
    Ok(BroadcastTxResponse {
        tx_response: Some(TxResponse {
            txhash: checked.hash.to_string(),
            codespace: if taken {
                String::new()
            } else {
                checked.codespace
            },
            code: if taken { 0 } else { checked.code },
            raw_log: if taken { String::new() } else { checked.log },
            ..TxResponse::default()
        }),
    }
    .encode_to_vec())
}

fn decoded(tx: &TxResult) -> Result<Tx, super::Failure> {
    Tx::decode(tx.tx.as_slice()).map_err(|e| failure(13, e.to_string()))
}

fn one(backend: &Backend, request: &[u8]) -> Answer {
    let request: GetTxRequest = read(request)?;
    if request.hash.is_empty() {
        return Err(failure(3, "tx hash cannot be empty"));
    }
    let text = request.hash.strip_prefix("0x").unwrap_or(&request.hash);
    let hash: TxHash = text
        .parse()
        .map_err(|_| failure(2, "encoding/hex: invalid transaction hash"))?;
    let found = backend
        .tx(&hash)
        .ok_or_else(|| failure(5, format!("tx not found: {}", request.hash)))?;
    Ok(GetTxResponse {
        tx: Some(decoded(&found)?),
        tx_response: Some(tx_response(&found, backend.time(found.height))),
    }
    .encode_to_vec())
}

fn search(backend: &Backend, request: &[u8]) -> Answer {
    let request: GetTxsEventRequest = read(request)?;
    let query = if request.query.is_empty() {
        request.events.join(" AND ")
    } else {
        request.query.clone()
    };
    if query.is_empty() {
        return Err(failure(3, "query cannot be empty"));
    }
    let search: Search = query.parse().map_err(|e| failure(3, format!("{e}")))?;
    let mut found = search.txs(&backend.devnet.node());
    if request.order_by.known() == Some(OrderBy::Desc) {
        found.reverse();
    }
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let limit = if request.limit == 0 {
        USUAL
    } else {
        request.limit.min(USUAL)
    };
    let start = request.page.max(1).saturating_sub(1).saturating_mul(limit);
    let size = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let page: Vec<TxResult> = found
        .into_iter()
        .skip(size(start))
        .take(size(limit))
        .collect();
    Ok(GetTxsEventResponse {
        txs: page.iter().map(decoded).collect::<Result<_, _>>()?,
        tx_responses: page
            .iter()
            .map(|tx| tx_response(tx, backend.time(tx.height)))
            .collect(),
        pagination: None,
        total,
    }
    .encode_to_vec())
}

fn block(backend: &Backend, request: &[u8]) -> Answer {
    let request: GetBlockWithTxsRequest = read(request)?;
    let newest = backend.block().height.0;
    if request.height < 1 || request.height > newest {
        return Err(failure(
            3,
            "requested block height is bigger then the chain length or less than 1",
        ));
    }
    let (sealed, result) = backend
        .sealed(Some(request.height))
        .ok_or_else(|| failure(5, "the block is not kept any more"))?;
    let (page, pagination) = paged(result.txs.iter(), request.pagination.as_ref(), USUAL);
    Ok(GetBlockWithTxsResponse {
        txs: page.into_iter().map(decoded).collect::<Result<_, _>>()?,
        block_id: Some(sealed.id.clone()),
        block: Some(whole(&sealed.header, &sealed.last_commit, &result)),
        pagination: Some(pagination),
    }
    .encode_to_vec())
}
