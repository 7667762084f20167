//! Transactions without a place in their signers' sequences: a point in time stands for it.

use super::{Abci, Mode, raw};
use crate::cosmos::convert::time::timestamp;
use crate::cosmos::tx::Decoded;
use crate::devnet::node::Node;
use akash_market::address::Address;
use akash_market::time::{Block, Nanos, Timestamp};

/// How far ahead the end of its time may lie: ten minutes.
const LONGEST: Nanos = Nanos::from_secs(600);

/// The end of its time, if the transaction is unordered.
pub(in crate::devnet) fn end(tx: &Decoded) -> Option<Timestamp> {
    if !tx.body.unordered {
        return None;
    }
    timestamp(tx.body.timeout_timestamp?, "timeout_timestamp").ok()
}

pub(super) fn check(
    node: &Node,
    tx: &Decoded,
    signers: &[Address],
    block: Block,
    mode: Mode,
) -> Result<(), Abci> {
    let invalid = |text: String| Err(Abci::sdk(18, format!("{text}: invalid request")));
    let Some(end) = end(tx).filter(|end| end.unix_secs() != 0) else {
        return invalid("unordered transaction must have timeout_timestamp set".to_owned());
    };
    if end < block.time {
        return invalid(
            "unordered transaction has a timeout_timestamp that has already passed".to_owned(),
        );
    }
    if end > block.time.plus(LONGEST) {
        return invalid("unordered tx ttl exceeds 10m0s".to_owned());
    }
    if mode == Mode::Simulate {
        return Ok(());
    }
    for signer in signers {
        let is_pooled = mode == Mode::Check && node.pool.has_unordered(end, signer);
        if is_pooled || node.state.nonces.contains(&(end, signer.clone())) {
            return invalid(format!(
                "failed to add unordered nonce: already used timeout {} for address {}",
                end.0,
                raw(&signer.bytes())
            ));
        }
    }
    Ok(())
}
