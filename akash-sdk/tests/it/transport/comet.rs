use super::{recorded, server};
use crate::golden::json;
use akash_sdk::cosmos::discovery::{NodeVersions, Release};
use akash_sdk::cosmos::transport::comet::Comet;
use akash_sdk::cosmos::transport::{Transport, TransportError};
use akash_sdk::cosmos::tx::TxHash;

async fn node() -> Comet {
    let address = server::serve(recorded::comet()).await;
    Comet::new(&format!("http://{address}")).unwrap()
}

#[tokio::test]
async fn every_recorded_query_gives_its_bytes() {
    let node = node().await;
    let mut read = 0;
    for query in recorded::queries() {
        let Ok(expected) = query.response else {
            continue;
        };
        let answer = node
            .unary(&query.method, query.request, Some(query.height))
            .await
            .unwrap();
        assert_eq!(answer.bytes, expected, "{}", query.name);
        assert_eq!(answer.height, query.height, "{}", query.name);
        read += 1;
    }
    assert!(read > 140, "{read}");
    let unknown = node.unary("/no.Query/Such", Vec::new(), None).await;
    assert!(matches!(
        unknown,
        Err(TransportError::Query { code: 12, .. })
    ));
}

#[tokio::test]
async fn status_transactions_and_search_are_read() {
    let node = node().await;
    let status = node.status().await.unwrap();
    assert_eq!(
        (status.chain_id.as_str(), status.height),
        ("akash-localnet-1", 3)
    );
    assert!(!status.catching_up);

    let hash: TxHash = "B70907433C8F4F062BF7D1D0D12985D3A4198F2F72F4050DA9A4E49424F51A15"
        .parse()
        .unwrap();
    let found = node.tx(&hash).await.unwrap().unwrap();
    assert_eq!((found.height, found.index, found.code), (4, 0, 0));
    assert_eq!(TxHash::of(&found.tx), hash);
    let recorded = &recorded::rpc("tx")["result"]["tx_result"];
    assert_eq!(
        found.gas_used.to_string(),
        recorded["gas_used"].as_str().unwrap()
    );
    assert_eq!(
        found.events.len(),
        recorded["events"].as_array().unwrap().len()
    );
    assert_eq!(found.events[0].kind, "coin_spent");
    assert_eq!(found.events[0].attributes[1].value, "2635uakt");
    assert_eq!(node.tx(&TxHash([0; 32])).await, Ok(None));

    let search = node
        .tx_search("akash.market.v1.EventLeaseCreated.id EXISTS", 1, 2)
        .await
        .unwrap();
    assert_eq!((search.total, search.txs.len()), (4, 2));
    assert_eq!(
        search.txs[0].hash.to_string(),
        "63B31C10BE154891D7B6A6C7EA8BA63B0D77ECB0D43652281CC66E4A6DB493E1"
    );
    let versions = NodeVersions::discover(&node).await.unwrap();
    assert_eq!(versions.node_version, "2.1.0-3efe26bf");
    assert_eq!(versions.chain_id, "akash-localnet-1");
    assert_eq!(versions.release(), Some(Release::V2_1));
    assert_eq!(versions.modules["market"], "v1beta5");
    assert!(versions.knows("/akash.market.v1beta5.MsgLeaseStartReclaim"));
}

#[tokio::test]
async fn blocks_and_their_results_must_belong_together() {
    let node = node().await;
    let block = node.raw_block(5).await.unwrap().unwrap();
    assert_eq!((block.height, block.txs.len()), (5, 1));
    let other = node.raw_block(6).await;
    assert!(
        matches!(other, Err(TransportError::Malformed { .. })),
        "{other:?}"
    );
    // The recorded results are those of another block.
    let wrong = node.block(5).await;
    assert!(
        matches!(wrong, Err(TransportError::Malformed { .. })),
        "{wrong:?}"
    );
}

#[test]
fn recorded_block_results_are_read() {
    use akash_sdk::cosmos::transport::comet::answer;
    for name in [
        "bme-burn-50",
        "bme-mint-39",
        "mint-status-change-150",
        "oracle-price-28",
        "oracle-price-next-29",
    ] {
        let recorded = json(&format!("chain/blocks/{name}.json"));
        let answer = serde_json::json!({"jsonrpc": "2.0", "id": 1, "result": recorded.clone()});
        let work = answer::block_results("node", answer.to_string().as_bytes())
            .unwrap()
            .unwrap();
        let block = answer::RawBlock {
            chain_id: String::new(),
            height: recorded["height"].as_str().unwrap().parse().unwrap(),
            time: akash_market::time::Timestamp(0),
            txs: vec![Vec::new(); recorded["txs_results"].as_array().map_or(0, Vec::len)],
        };
        let block = answer::join("node", block, work).unwrap();
        let events = recorded["finalize_block_events"].as_array().unwrap();
        assert_eq!(block.events.len(), events.len(), "{name}");
        assert!(!block.events.is_empty(), "{name}");
    }
}

#[test]
fn recorded_notices_are_read() {
    use akash_sdk::cosmos::transport::comet::answer;
    let recorded = json("chain/rpc/subscribe-tx.json");
    let message = recorded["first_message"].to_string();
    let tx = answer::new_tx("node", message.as_bytes()).unwrap().unwrap();
    assert_eq!((tx.height, tx.code, tx.gas_used), (54, 0, 157_830));
    let acknowledged = recorded["ack"].to_string();
    assert_eq!(answer::new_tx("node", acknowledged.as_bytes()), Ok(None));
}
