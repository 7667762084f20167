//! Answers of a node's JSON-RPC: nothing panics, and what is read as a block or transaction holds together.

use akash_sdk::cosmos::transport::comet::answer;
use akash_sdk::cosmos::tx::TxHash;

/// The target.
pub fn check(data: &[u8]) {
    let hash = TxHash([7; 32]);
    let _ = answer::is_answer(data);
    let _ = answer::abci_query("node", "/akash.market.v1beta5.Query/Bids", 5, data);
    let _ = answer::broadcast("node", hash, data);
    let _ = answer::status("node", data);
    let _ = answer::discovery("node", data);
    if let Ok(Some(found)) = answer::tx("node", &hash, data) {
        assert_eq!(found.hash, hash);
    }
    if let Ok(search) = answer::tx_search("node", data) {
        for tx in search.txs {
            assert_eq!(tx.hash, TxHash::of(&tx.tx));
        }
    }
    if let (Ok(Some(block)), Ok(Some(work))) = (
        answer::block("node", data),
        answer::block_results("node", data),
    ) {
        let _ = answer::join("node", block, work);
    }
    if let Ok(Some(block)) = answer::new_block("node", data) {
        for tx in block.txs {
            assert_eq!(tx.hash, TxHash::of(&tx.tx));
        }
    }
    let _ = answer::new_tx("node", data);
}
