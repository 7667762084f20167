//! Blocks and transactions in CometBFT's JSON: 64-bit integers as text, hashes as hex, contents as base64.

use crate::cosmos::transport::{BlockResult, Event, TxResult};
use crate::cosmos::wire::tendermint::types::{BlockId, Commit, Header};
use crate::devnet::server::chain::{Sealed, merkle};
use crate::devnet::server::service::print::{hex, time};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn base64_or_null(bytes: &[u8]) -> Value {
    if bytes.is_empty() {
        Value::Null
    } else {
        base64(bytes).into()
    }
}

pub(super) fn id(id: &BlockId) -> Value {
    json!({
        "hash": hex(&id.hash),
        "parts": {"total": id.part_set_header.total, "hash": hex(&id.part_set_header.hash)},
    })
}

pub(super) fn header(header: &Header) -> Value {
    json!({
        "version": {"block": header.version.block.to_string()},
        "chain_id": header.chain_id,
        "height": header.height.to_string(),
        "time": time(header.time),
        "last_block_id": id(&header.last_block_id),
        "last_commit_hash": hex(&header.last_commit_hash),
        "data_hash": hex(&header.data_hash),
        "validators_hash": hex(&header.validators_hash),
        "next_validators_hash": hex(&header.next_validators_hash),
        "consensus_hash": hex(&header.consensus_hash),
        "app_hash": hex(&header.app_hash),
        "last_results_hash": hex(&header.last_results_hash),
        "evidence_hash": hex(&header.evidence_hash),
        "proposer_address": hex(&header.proposer_address),
    })
}

pub(super) fn commit(commit: &Commit) -> Value {
    let signatures: Vec<Value> = commit
        .signatures
        .iter()
        .map(|vote| {
            json!({
                "block_id_flag": vote.block_id_flag.number(),
                "validator_address": hex(&vote.validator_address),
                "timestamp": time(vote.timestamp),
                "signature": base64_or_null(&vote.signature),
            })
        })
        .collect();
    json!({
        "height": commit.height.to_string(),
        "round": commit.round,
        "block_id": id(&commit.block_id),
        "signatures": signatures,
    })
}

pub(super) fn block(sealed: &Sealed, result: &BlockResult) -> Value {
    let txs: Vec<String> = result.txs.iter().map(|tx| base64(&tx.tx)).collect();
    json!({
        "header": header(&sealed.header),
        "data": {"txs": txs},
        "evidence": {"evidence": []},
        "last_commit": commit(&sealed.last_commit),
    })
}

pub(super) fn events(events: &[Event]) -> Value {
    events
        .iter()
        .map(|event| {
            let attributes: Vec<Value> = event
                .attributes
                .iter()
                .map(|attribute| {
                    json!({"key": attribute.key, "value": attribute.value, "index": true})
                })
                .collect();
            json!({"type": event.kind, "attributes": attributes})
        })
        .collect()
}

/// What a transaction gave.
pub(super) fn outcome(tx: &TxResult) -> Value {
    json!({
        "code": tx.code,
        "data": base64_or_null(&tx.data),
        "log": tx.log,
        "info": "",
        "gas_wanted": tx.gas_wanted.to_string(),
        "gas_used": tx.gas_used.to_string(),
        "events": events(&tx.events),
        "codespace": tx.codespace,
    })
}

/// A transaction with what it gave; with a proof that it stands in `block`, if that is given.
pub(super) fn tx(tx: &TxResult, block: Option<&BlockResult>) -> Value {
    let mut printed = json!({
        "hash": tx.hash.to_string(),
        "height": tx.height.to_string(),
        "index": tx.index,
        "tx_result": outcome(tx),
        "tx": base64(&tx.tx),
    });
    let proof = block.and_then(|block| proof(tx, block));
    if let (Some(members), Some(proof)) = (printed.as_object_mut(), proof) {
        members.insert("proof".to_owned(), proof);
    }
    printed
}

fn proof(tx: &TxResult, block: &BlockResult) -> Option<Value> {
    let hashes: Vec<&[u8; 32]> = block.txs.iter().map(|tx| &tx.hash.0).collect();
    let (leaf, aunts) = merkle::proof(&hashes, usize::try_from(tx.index).ok()?)?;
    let aunts: Vec<String> = aunts.iter().map(|aunt| base64(aunt)).collect();
    Some(json!({
        "root_hash": hex(&merkle::root(&hashes)),
        "data": base64(&tx.tx),
        "proof": {
            "total": hashes.len().to_string(),
            "index": tx.index.to_string(),
            "leaf_hash": base64(&leaf),
            "aunts": aunts,
        },
    }))
}

/// What a block did, as an event of it carries it.
pub(super) fn finalized(sealed: &Sealed, result: &BlockResult) -> Value {
    let txs: Vec<Value> = result.txs.iter().map(outcome).collect();
    json!({
        "events": events(&result.events),
        "tx_results": txs,
        "validator_updates": [],
        "app_hash": base64(&sealed.app_hash),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosmos::transport::EventAttribute;

    /// A transaction of a recorded run of a real node, read from its JSON and printed again.
    #[test]
    fn transactions_are_printed_as_a_node_prints_them() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../vectors/chain/rpc/tx.json");
        let text = std::fs::read_to_string(path).unwrap();
        let all: Value = serde_json::from_str(&text).unwrap();
        let recorded = &all["response"]["result"];
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let bytes = |value: &Value| STANDARD.decode(value.as_str().unwrap()).unwrap();
        let number = |value: &Value| value.as_str().unwrap().parse::<u64>().unwrap();
        let outcome = &recorded["tx_result"];
        let events = outcome["events"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| Event {
                kind: text(&event["type"]),
                attributes: event["attributes"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|attribute| EventAttribute {
                        key: text(&attribute["key"]),
                        value: text(&attribute["value"]),
                    })
                    .collect(),
            });
        let result = TxResult {
            hash: recorded["hash"].as_str().unwrap().parse().unwrap(),
            height: 4,
            index: 0,
            tx: bytes(&recorded["tx"]),
            code: 0,
            codespace: String::new(),
            log: String::new(),
            data: bytes(&outcome["data"]),
            gas_wanted: number(&outcome["gas_wanted"]),
            gas_used: number(&outcome["gas_used"]),
            events: events.collect(),
        };
        assert_eq!(tx(&result, None), *recorded);
    }
}
