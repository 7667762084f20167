//! Keys, sequences and signatures, one signer after the other.

use super::{Abci, Mode, unordered};
use crate::cosmos::address;
use crate::cosmos::json::print_time;
use crate::cosmos::tx::{Decoded, public_key_to_any};
use crate::cosmos::wire::Timestamp as WireTimestamp;
use crate::cosmos::wire::cosmos::tx::signing::v1beta1::SignMode;
use crate::devnet::account::Account;
use crate::devnet::gas;
use crate::devnet::node::Node;
use crate::signer::PublicKey;
use akash_market::address::Address;
use akash_market::time::Block;

/// Checks all signers and says of each whether its key is new to the chain.
pub(super) fn authentic(
    node: &Node,
    tx: &Decoded,
    signers: &[Address],
    block: Block,
    mode: Mode,
) -> Result<Vec<bool>, Abci> {
    let keys = keys(node, tx, signers)?;
    if signers.len() > gas::SIGNATURE_LIMIT {
        let (count, limit) = (signers.len(), gas::SIGNATURE_LIMIT);
        return Err(Abci::sdk(
            14,
            format!("signatures: {count}, limit: {limit}: maximum number of signatures exceeded"),
        ));
    }
    let found = tx.auth_info.signer_infos.len();
    if found != signers.len() {
        let expected = signers.len();
        return Err(Abci::sdk(
            4,
            format!("invalid number of signer;  expected: {expected}, got {found}: unauthorized"),
        ));
    }
    if tx.body.unordered {
        unordered::check(node, tx, signers, block, mode)?;
    }
    let mut first = Vec::with_capacity(signers.len());
    for (index, (signer, key)) in signers.iter().zip(keys).enumerate() {
        let account = account(node, signer)?;
        first.push(account.key.is_none());
        sequence(node, tx, index, signer, account, mode)?;
        if mode != Mode::Simulate {
            signed(node, tx, index, account, &key)?;
        }
    }
    Ok(first)
}

fn account<'n>(node: &'n Node, signer: &Address) -> Result<&'n Account, Abci> {
    node.state.accounts.get(signer).ok_or_else(|| {
        Abci::sdk(
            9,
            format!("account {signer} does not exist: unknown address"),
        )
    })
}

/// The keys that the transaction carries, or those that the chain knows.
fn keys(node: &Node, tx: &Decoded, signers: &[Address]) -> Result<Vec<PublicKey>, Abci> {
    let one = |(index, signer): (usize, &Address)| {
        let info = tx.auth_info.signer_infos.get(index);
        // A key that the chain knows was looked at when it came for the first time.
        if let Some(known) = node.state.accounts.get(signer).and_then(|a| a.key)
            && info.and_then(|info| info.public_key.as_ref()) == Some(&public_key_to_any(&known))
        {
            return Ok(known);
        }
        let carried = tx.public_key(index);
        if carried.is_err() && info.is_none_or(|info| info.public_key.is_none()) {
            let account = account(node, signer)?;
            return account
                .key
                .ok_or_else(|| Abci::sdk(8, "pubkey on account is not set: invalid pubkey"));
        }
        let key = carried.map_err(|e| Abci::sdk(8, format!("{e}: invalid pubkey")))?;
        let own = key
            .address(address::ACCOUNT)
            .map_err(|e| Abci::sdk(8, e.to_string()))?;
        if own != *signer {
            return Err(Abci::sdk(
                8,
                format!(
                    "pubKey does not match signer address {signer} with signer index: {index}: \
                     invalid pubkey"
                ),
            ));
        }
        account(node, signer)?;
        Ok(key)
    };
    signers.iter().enumerate().map(one).collect()
}

fn sequence(
    node: &Node,
    tx: &Decoded,
    index: usize,
    signer: &Address,
    account: &Account,
    mode: Mode,
) -> Result<(), Abci> {
    let carried = tx.auth_info.signer_infos.get(index);
    let carried = carried.map_or(0, |info| info.sequence);
    if tx.body.unordered {
        return if carried == 0 {
            Ok(())
        } else {
            Err(Abci::sdk(
                18,
                "sequence is not allowed for unordered transactions: invalid request",
            ))
        };
    }
    let expected = match mode {
        Mode::Check | Mode::Simulate => node.pending_sequence(signer, account),
        Mode::Deliver => account.sequence,
    };
    if carried != expected {
        return Err(Abci::sdk(
            32,
            format!(
                "account sequence mismatch, expected {expected}, got {carried}: incorrect account \
                 sequence"
            ),
        ));
    }
    Ok(())
}

fn signed(
    node: &Node,
    tx: &Decoded,
    index: usize,
    account: &Account,
    key: &PublicKey,
) -> Result<(), Abci> {
    // A signature that passed at the door is not computed again in the block: bytes and keys are the same.
    if node.verified.contains(&tx.hash) {
        return Ok(());
    }
    let number = account.number;
    let chain = &node.chain_id;
    tx.verify(index, chain, number, key).map_err(|_| {
        let log = if tx.mode(index) == Ok(SignMode::LegacyAminoJson) {
            let sequence = account.sequence;
            format!(
                "signature verification failed; please verify account number ({number}), sequence \
                 ({sequence}) and chain-id ({chain}): unauthorized"
            )
        } else {
            format!(
                "signature verification failed; please verify account number ({number}) and chain-id \
                 ({chain}): (unable to verify single signer signature): unauthorized"
            )
        };
        Abci::sdk(4, log)
    })
}

/// A time as the node's logs print it.
pub(super) fn printed(time: WireTimestamp) -> String {
    let text = print_time(time).unwrap_or_default();
    let text = text.trim_end_matches('Z').replace('T', " ");
    let text = if text.contains('.') {
        text.trim_end_matches('0')
    } else {
        &text
    };
    format!("{text} +0000 UTC")
}
