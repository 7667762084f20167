//! Blocks and what their work gave: asked for and told of.

use super::envelope::{Refusal, malformed, open, told};
use super::tx::{AbciEvent, ExecTx, events};
use crate::cosmos::transport::comet::scalar::{Base64, Number, Time, or_default};
use crate::cosmos::transport::{BlockResult, Event, TransportError, TxResult};
use crate::cosmos::tx::TxHash;
use serde::Deserialize;

#[derive(Deserialize)]
struct BlockAnswer {
    #[serde(default)]
    block: Option<Block>,
}

#[derive(Deserialize)]
struct Block {
    header: Header,
    #[serde(default)]
    data: BlockData,
}

#[derive(Deserialize)]
struct Header {
    chain_id: String,
    height: Number<i64>,
    time: Time,
}

#[derive(Deserialize, Default)]
struct BlockData {
    #[serde(default, deserialize_with = "or_default")]
    txs: Vec<Base64>,
}

/// A block's header data and transactions, without what came of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawBlock {
    /// Chain id of its network.
    pub chain_id: String,
    /// Its height.
    pub height: i64,
    /// Time of its header.
    pub time: akash_market::time::Timestamp,
    /// Its transactions in order.
    pub txs: Vec<Vec<u8>>,
}

impl From<Block> for RawBlock {
    fn from(block: Block) -> Self {
        Self {
            chain_id: block.header.chain_id,
            height: block.header.height.0,
            time: block.header.time.0,
            txs: block.data.txs.into_iter().map(|tx| tx.0).collect(),
        }
    }
}

/// Answer of `block`; `None` if the node has none at that height, not yet or not any more.
///
/// # Errors
/// The node's refusal, or what is wrong with the answer.
pub fn block(endpoint: &str, answer: &[u8]) -> Result<Option<RawBlock>, TransportError> {
    match open::<BlockAnswer>(endpoint, answer)? {
        Ok(answer) => Ok(answer.block.map(RawBlock::from)),
        Err(refusal) if is_absent_block(&refusal) => Ok(None),
        Err(refusal) => Err(refusal.into_error("block")),
    }
}

/// `height 9 must be less than or equal to the current blockchain height 5`, `height 1 is not available, lowest
/// height is 3`.
fn is_absent_block(refusal: &Refusal) -> bool {
    let text = refusal.text();
    text.contains("must be less than or equal to the current blockchain height")
        || text.contains("is not available, lowest height is")
}

/// What the work of a block gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlockWork {
    height: i64,
    txs: Vec<ExecResult>,
    events: Vec<Event>,
}

/// What came of one transaction, without its bytes.
type ExecResult = TxResult;

#[derive(Deserialize)]
struct BlockResults {
    #[serde(default)]
    height: Number<i64>,
    #[serde(default, deserialize_with = "or_default")]
    txs_results: Vec<ExecTx>,
    #[serde(default, deserialize_with = "or_default")]
    finalize_block_events: Vec<AbciEvent>,
}

/// Answer of `block_results`; `None` if the node has not kept them, or not made them yet.
///
/// # Errors
/// The node's refusal, or what is wrong with the answer.
pub fn block_results(endpoint: &str, answer: &[u8]) -> Result<Option<BlockWork>, TransportError> {
    match open::<BlockResults>(endpoint, answer)? {
        Ok(results) => Ok(Some(work(results))),
        Err(refusal)
            if is_absent_block(&refusal)
                || refusal.text().contains("could not find results for height") =>
        {
            Ok(None)
        }
        Err(refusal) => Err(refusal.into_error("block_results")),
    }
}

fn work(results: BlockResults) -> BlockWork {
    let height = results.height.0;
    BlockWork {
        height,
        txs: (0..)
            .zip(results.txs_results)
            .map(|(index, result)| result.into_result(Vec::new(), height, index))
            .collect(),
        events: events(results.finalize_block_events),
    }
}

/// A block together with what its work gave.
///
/// # Errors
/// If they belong to different blocks.
pub fn join(
    endpoint: &str,
    block: RawBlock,
    work: BlockWork,
) -> Result<BlockResult, TransportError> {
    if work.height != block.height || work.txs.len() != block.txs.len() {
        return Err(malformed(
            endpoint,
            &format!(
                "block {} with {} transactions and results of block {} with {} don't belong together",
                block.height,
                block.txs.len(),
                work.height,
                work.txs.len()
            ),
        ));
    }
    Ok(BlockResult {
        height: block.height,
        time: block.time,
        txs: block
            .txs
            .into_iter()
            .zip(work.txs)
            .map(|(tx, result)| TxResult {
                hash: TxHash::of(&tx),
                tx,
                ..result
            })
            .collect(),
        events: work.events,
    })
}

/// A message of a subscription to new blocks; `None` if it is the acknowledgement, which carries nothing.
///
/// # Errors
/// The node's refusal, or what is wrong with the message.
pub fn new_block(endpoint: &str, message: &[u8]) -> Result<Option<BlockResult>, TransportError> {
    #[derive(Deserialize)]
    struct Value {
        block: Block,
        #[serde(default)]
        result_finalize_block: Finalized,
    }
    #[derive(Deserialize, Default)]
    struct Finalized {
        #[serde(default, deserialize_with = "or_default")]
        events: Vec<AbciEvent>,
        #[serde(default, deserialize_with = "or_default")]
        tx_results: Vec<ExecTx>,
    }
    let Some(value) = told::<Value>(endpoint, message)? else {
        return Ok(None);
    };
    let block = RawBlock::from(value.block);
    let work = work(BlockResults {
        height: Number(block.height),
        txs_results: value.result_finalize_block.tx_results,
        finalize_block_events: value.result_finalize_block.events,
    });
    join(endpoint, block, work).map(Some)
}
