//! What a node checks before it does what a transaction asks: form, time, fee, keys, sequences, signatures, in the order
//! in which a node does.

mod fee;
mod signature;
mod unordered;

pub(super) use fee::{Paid, Payment};
pub(super) use unordered::end as unordered_end;

use super::gas;
use super::message::{Deed, deed};
use super::node::Node;
use crate::cosmos::tx::{Decoded, SignersError, signers};
use crate::cosmos::wire::strict;
use akash_market::address::Address;
use akash_market::time::Block;

/// Which of the checks are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Before it enters the mempool: all of them, and the minimum fee.
    Check,
    /// In a block.
    Deliver,
    /// To learn the gas: no signatures, no minimum fee.
    Simulate,
}

/// A refusal in the form in which nodes answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Abci {
    pub(super) codespace: String,
    pub(super) code: u32,
    pub(super) log: String,
}

impl Abci {
    pub(super) fn sdk(code: u32, log: impl Into<String>) -> Self {
        Self {
            codespace: "sdk".to_owned(),
            code,
            log: log.into(),
        }
    }

    pub(super) fn is_out_of_gas(&self) -> bool {
        self.codespace == "sdk" && self.code == 11
    }
}

/// A transaction that passed.
#[derive(Debug)]
pub(super) struct Passed {
    pub(super) tx: Decoded,
    pub(super) deeds: Vec<Deed>,
    pub(super) signers: Vec<Address>,
    pub(super) payment: Payment,
    /// Gas of all that is checked and paid before the messages.
    pub(super) gas: u64,
}

/// Bytes as the node's logs print them: what is no text becomes a mark, byte by byte.
pub(super) fn raw(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    text
}

/// Checks a transaction against the state of `node`, in the node's order. Nothing changes. `block` is the block that it
/// is judged in: the newest, or the one that is made.
pub(super) fn check(node: &Node, bytes: &[u8], block: Block, mode: Mode) -> Result<Passed, Abci> {
    let parse = |reason: String| Abci::sdk(2, format!("{reason}: tx parse error"));
    strict::check_tx(bytes).map_err(|e| parse(e.to_string()))?;
    let tx = Decoded::from_bytes(bytes).map_err(|e| parse(e.to_string()))?;
    if tx.body.messages.is_empty() {
        return Err(Abci::sdk(
            18,
            "must contain at least one message: invalid request",
        ));
    }
    let deeds: Vec<Deed> = tx
        .body
        .messages
        .iter()
        .map(|message| deed(&node.state.ledger, message))
        .collect::<Result<_, _>>()?;
    let (named, signers) = participants(&tx)?;
    form(&tx, signers.len())?;
    in_time(&tx, block)?;
    if tx.body.memo.len() > gas::MEMO_LIMIT {
        let (limit, len) = (gas::MEMO_LIMIT, tx.body.memo.len());
        return Err(Abci::sdk(
            12,
            format!(
                "maximum number of characters is {limit} but received {len} characters: memo too large"
            ),
        ));
    }
    let payment = fee::payment(node, &tx, named, &signers, block, mode)?;
    let first = signature::authentic(node, &tx, &signers, block, mode)?;
    let passed = Passed {
        gas: gas::of_checks(node, bytes.len(), &tx, &signers, &payment, &first, mode),
        tx,
        deeds,
        signers,
        payment,
    };
    let wanted = passed.tx.fee().gas_limit;
    if mode != Mode::Simulate && node.metered && passed.gas > wanted {
        return Err(gas::out_of_gas(wanted, passed.gas));
    }
    Ok(passed)
}

/// The payer that the fee names, and who has to sign.
fn participants(tx: &Decoded) -> Result<(Option<Address>, Vec<Address>), Abci> {
    use crate::cosmos::address;
    let fee = tx.fee();
    let named = (!fee.payer.is_empty())
        .then(|| address::parse(address::ACCOUNT, &fee.payer))
        .transpose()
        .map_err(|e| {
            Abci::sdk(
                7,
                format!("invalid fee payer address ({e}): invalid address"),
            )
        })?;
    let signers = signers(&tx.body, named.as_ref()).map_err(|e| match e {
        SignersError::Address { .. } => Abci::sdk(7, format!("{e}: invalid address")),
        _ => Abci::sdk(2, format!("{e}: tx parse error")),
    })?;
    Ok((named, signers))
}

/// What can be said of fee and signatures without looking at any state.
fn form(tx: &Decoded, signers: usize) -> Result<(), Abci> {
    let limit = tx.fee().gas_limit;
    let most = u64::MAX / 2;
    if limit > most {
        return Err(Abci::sdk(
            18,
            format!("invalid gas supplied; {limit} > {most}: invalid request"),
        ));
    }
    if tx.signatures.is_empty() {
        return Err(Abci::sdk(15, "no signatures supplied"));
    }
    if tx.signatures.len() != signers {
        let got = tx.signatures.len();
        return Err(Abci::sdk(
            4,
            format!("wrong number of signers; expected {signers}, got {got}: unauthorized"),
        ));
    }
    Ok(())
}

fn in_time(tx: &Decoded, block: Block) -> Result<(), Abci> {
    let (height, limit) = (block.height.0, tx.body.timeout_height);
    if limit != 0 && u64::try_from(height).is_ok_and(|height| height > limit) {
        return Err(Abci::sdk(
            30,
            format!("block height: {height}, timeout height: {limit}: tx timeout height"),
        ));
    }
    if let Some(end) = tx.body.timeout_timestamp.filter(|end| end.seconds != 0) {
        let now = crate::cosmos::convert::time::wire_timestamp(block.time);
        if now > end {
            let (now, end) = (signature::printed(now), signature::printed(end));
            return Err(Abci::sdk(
                42,
                format!("block time: {now}, timeout timestamp: {end}: tx timeout"),
            ));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::raw;

    #[test]
    fn bytes_print_as_in_the_nodes_logs() {
        assert_eq!(raw(b"a\xe2\x82b\xff"), "a\u{fffd}\u{fffd}b\u{fffd}");
        assert_eq!(raw("é`\u{7f}".as_bytes()), "é`\u{7f}");
    }
}
