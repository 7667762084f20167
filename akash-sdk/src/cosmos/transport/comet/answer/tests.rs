use super::*;
use crate::cosmos::transport::TransportError;
use crate::cosmos::tx::TxHash;
use serde_json::json;

fn bytes(value: &serde_json::Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

fn refusal(data: &str) -> Vec<u8> {
    bytes(&json!({
        "jsonrpc": "2.0", "id": 1,
        "error": {"code": -32603, "message": "Internal error", "data": data},
    }))
}

fn abci(codespace: &str, code: u32, log: &str) -> TransportError {
    let answer = json!({"jsonrpc": "2.0", "id": 1, "result": {"response": {
        "code": code, "codespace": codespace, "log": log, "value": null, "height": "0",
    }}});
    abci_query("node", "/x.Query/Y", 9, &bytes(&answer)).unwrap_err()
}

#[test]
fn a_query_gives_bytes_and_height() {
    let answer = json!({"jsonrpc": "2.0", "id": 1, "result": {"response": {
        "code": 0, "log": "", "info": "", "index": "0", "key": null, "value": "CgIQAQ==",
        "proofOps": null, "height": "3", "codespace": "",
    }}});
    let read = abci_query("node", "/x.Query/Y", 0, &bytes(&answer)).unwrap();
    assert_eq!((read.bytes, read.height), (vec![0x0a, 2, 0x10, 1], 3));
}

#[test]
fn refused_queries_keep_their_grpc_code() {
    let query = |code: u32, message: &str| TransportError::Query {
        path: "/x.Query/Y".to_owned(),
        code,
        message: message.to_owned(),
    };
    let not_found = "rpc error: code = NotFound desc = order not found: key not found";
    assert_eq!(abci("sdk", 22, not_found), query(5, "order not found"));
    let invalid = "rpc error: code = InvalidArgument desc = invalid state value: invalid request";
    assert_eq!(abci("sdk", 18, invalid), query(3, "invalid state value"));
    let unknown = "rpc error: code = Unknown desc = price stalled: unknown request";
    assert_eq!(abci("sdk", 6, unknown), query(2, "price stalled"));
    let path = "unknown query path: unknown request";
    assert_eq!(abci("sdk", 6, path), query(12, path));
    assert_eq!(abci("market", 7, "odd"), query(2, "odd"));
}

#[test]
fn missing_heights_are_told_apart() {
    let future =
        "cannot query with height in the future; please provide a valid height: invalid height";
    let pruned = "failed to load state at height 9; version does not exist (latest height: 192): invalid request";
    for (code, log) in [(26, future), (18, pruned)] {
        assert_eq!(
            abci("sdk", code, log),
            TransportError::Height {
                height: 9,
                message: log.to_owned()
            }
        );
    }
}

#[test]
fn the_mempools_refusals_have_codes() {
    let hash = TxHash::of(b"tx");
    for (data, code) in [
        ("tx already exists in cache", 19),
        (
            "mempool is full: number of txs 5000 (max: 5000), total txs bytes 1 (max: 2)",
            20,
        ),
        ("Tx too large. Max size is 1048576, but got 2000000", 21),
    ] {
        let checked = broadcast("node", hash, &refusal(data)).unwrap();
        assert_eq!((checked.codespace.as_str(), checked.code), ("sdk", code));
    }
    assert!(matches!(
        broadcast("node", hash, &refusal("something else")),
        Err(TransportError::Rpc { code: -32603, .. })
    ));
    let taken = json!({"jsonrpc": "2.0", "id": 1, "result": {
        "code": 0, "data": "", "log": "", "codespace": "", "hash": hash.to_string(),
    }});
    assert_eq!(broadcast("node", hash, &bytes(&taken)).unwrap().code, 0);
}

#[test]
fn an_answer_about_another_transaction_is_refused() {
    let found = json!({"jsonrpc": "2.0", "id": 1, "result": {
        "hash": "00", "height": "4", "index": 0, "tx": "dHg=",
        "tx_result": {"code": 0, "gas_wanted": "1", "gas_used": "1", "events": null, "data": null},
    }});
    let answer = bytes(&found);
    assert_eq!(
        tx("node", &TxHash::of(b"tx"), &answer).unwrap().unwrap().tx,
        b"tx"
    );
    let other = tx("node", &TxHash::of(b"other"), &answer);
    assert!(
        matches!(other, Err(TransportError::Malformed { .. })),
        "{other:?}"
    );
}

#[test]
fn absent_blocks_are_none() {
    for data in [
        "height 9 must be less than or equal to the current blockchain height 5",
        "height 1 is not available, lowest height is 3",
    ] {
        assert_eq!(block("node", &refusal(data)), Ok(None));
        assert_eq!(block_results("node", &refusal(data)), Ok(None));
    }
    let not_yet = refusal("could not find results for height #5");
    assert_eq!(block_results("node", &not_yet), Ok(None));
    let null = json!({"jsonrpc": "2.0", "id": 1, "result": {"block_id": {}, "block": null}});
    assert_eq!(block("node", &bytes(&null)), Ok(None));
}

#[test]
fn a_new_block_carries_its_results() {
    let notice = json!({"jsonrpc": "2.0", "id": 1, "result": {
        "query": "tm.event='NewBlock'",
        "data": {"type": "tendermint/event/NewBlock", "value": {
            "block": {
                "header": {"chain_id": "c", "height": "5", "time": "2026-11-22T16:42:19Z"},
                "data": {"txs": ["dHg="]},
            },
            "block_id": {},
            "result_finalize_block": {
                "events": [{"type": "e", "attributes": [{"key": "mode", "value": "EndBlock", "index": true}]}],
                "tx_results": [{"gas_wanted": "7", "gas_used": "6", "code": 5, "codespace": "sdk", "log": "no"}],
            },
        }},
    }});
    let result = new_block("node", &bytes(&notice)).unwrap().unwrap();
    assert_eq!((result.height, result.events.len()), (5, 1));
    assert_eq!(result.txs[0].hash, TxHash::of(b"tx"));
    assert_eq!((result.txs[0].code, result.txs[0].gas_used), (5, 6));
    let acknowledged = json!({"jsonrpc": "2.0", "id": 1, "result": {}});
    assert_eq!(new_block("node", &bytes(&acknowledged)), Ok(None));
}

#[test]
fn nonsense_is_malformed() {
    for answer in [
        "",
        "{",
        "null",
        "[]",
        "{}",
        "7",
        r#"{"result":null}"#,
        r#"{"result":7}"#,
        r#"{"jsonrpc":"2.0","id":1,"result":{"response":{"code":"x"}}}"#,
        r#"{"jsonrpc":"2.0","id":1,"result":{"response":{"code":0,"value":"***"}}}"#,
        "\u{0}\u{1}",
    ] {
        let bytes = answer.as_bytes();
        let hash = TxHash([0; 32]);
        for read in [
            abci_query("n", "/p", 0, bytes).err(),
            broadcast("n", hash, bytes).err(),
            tx("n", &hash, bytes).err(),
            status("n", bytes).err(),
        ] {
            assert!(
                matches!(read, Some(TransportError::Malformed { .. })),
                "{answer}: {read:?}"
            );
        }
    }
}
