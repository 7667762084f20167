//! What a node checks before it does what a transaction asks: form, fee, keys, sequences, signatures.

use super::account::Account;
use super::node::Node;
use crate::cosmos::address;
use crate::cosmos::convert::{ConvertError, action, from_wires};
use crate::cosmos::tx::{Decoded, SignersError, signers};
use crate::cosmos::wire::strict;
use akash_market::action::Batch;
use akash_market::address::Address;
use akash_market::ledger::validate_basic;
use akash_sdl::num::{Coin, Denom};

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
}

/// A transaction that passed.
#[derive(Debug)]
pub(super) struct Passed {
    pub(super) tx: Decoded,
    pub(super) batch: Batch,
    pub(super) signers: Vec<Address>,
    pub(super) fee: Vec<Coin>,
    pub(super) payer: Address,
    pub(super) first: bool,
}

pub(super) fn converted(error: &ConvertError) -> Abci {
    let code = match error {
        ConvertError::Address { .. } => 7,
        ConvertError::UnknownMessage { .. } => 6,
        ConvertError::Number { .. } => 10,
        _ => 18,
    };
    Abci::sdk(code, error.to_string())
}

/// Checks a transaction against the state of `node`, in the node's order. Nothing changes.
pub(super) fn check(node: &Node, bytes: &[u8], mode: Mode) -> Result<Passed, Abci> {
    let parse = |reason: String| Abci::sdk(2, format!("{reason}: tx parse error"));
    strict::check_tx(bytes).map_err(|e| parse(e.to_string()))?;
    let tx = Decoded::from_bytes(bytes).map_err(|e| parse(e.to_string()))?;
    if tx.body.messages.is_empty() {
        return Err(Abci::sdk(
            18,
            "must contain at least one message: invalid request",
        ));
    }
    let mut batch = Batch::default();
    for message in &tx.body.messages {
        let action = action::from_any(message).map_err(|e| converted(&e))?;
        validate_basic(&action).map_err(|error| Abci {
            codespace: error.code().codespace.to_owned(),
            code: error.code().code,
            log: error.to_string(),
        })?;
        batch.actions.push(action);
    }
    let next = node.block.height.0.saturating_add(1);
    let timeout = i64::try_from(tx.body.timeout_height).unwrap_or(i64::MAX);
    if timeout != 0 && next > timeout {
        return Err(Abci::sdk(
            30,
            format!("block height: {next}, timeout height: {timeout}: tx timeout height"),
        ));
    }
    if tx.body.memo.len() > 256 {
        let len = tx.body.memo.len();
        return Err(Abci::sdk(
            12,
            format!(
                "maximum number of characters is 256 but received {len} characters: memo too large"
            ),
        ));
    }
    if tx.body.unordered {
        return Err(Abci::sdk(
            37,
            "unordered transactions are not modelled: not supported",
        ));
    }
    let (fee, payer, signers) = payment(&tx)?;
    let Some(account) = node.accounts.get(&payer) else {
        return Err(Abci::sdk(
            9,
            format!("fee payer address: {payer} does not exist: unknown address"),
        ));
    };
    let first = account.key.is_none();
    if mode == Mode::Check {
        enough(node, &tx, &fee)?;
    }
    if mode != Mode::Simulate || !fee.is_empty() {
        affordable(node, &payer, &fee)?;
    }
    authentic(node, &tx, &signers, mode)?;
    Ok(Passed {
        tx,
        batch,
        signers,
        fee,
        payer,
        first,
    })
}

/// Who pays what, and who has to sign.
fn payment(tx: &Decoded) -> Result<(Vec<Coin>, Address, Vec<Address>), Abci> {
    let fee = tx.fee();
    let coins: Vec<Coin> = from_wires(&fee.amount).map_err(|e| converted(&e))?;
    if !fee.granter.is_empty() {
        return Err(Abci::sdk(
            38,
            format!(
                "{} does not allow to pay fees: fee-grant not found: not found",
                fee.granter
            ),
        ));
    }
    let named = (!fee.payer.is_empty())
        .then(|| address::parse(address::ACCOUNT, &fee.payer))
        .transpose()
        .map_err(|e| Abci::sdk(7, e.to_string()))?;
    let signers = signers(&tx.body, named.as_ref()).map_err(|e| match e {
        SignersError::Address { .. } => Abci::sdk(7, e.to_string()),
        _ => Abci::sdk(2, e.to_string()),
    })?;
    let payer = named
        .or_else(|| signers.first().cloned())
        .ok_or_else(|| Abci::sdk(15, "no signatures supplied"))?;
    Ok((coins, payer, signers))
}

fn printed(coins: &[Coin]) -> String {
    let texts: Vec<String> = coins.iter().map(ToString::to_string).collect();
    texts.join(",")
}

/// The node's own minimum: in AKT, and no other coin beside it counts.
fn enough(node: &Node, tx: &Decoded, fee: &[Coin]) -> Result<(), Abci> {
    let required = node
        .gas_prices
        .fee(tx.fee().gas_limit)
        .map_err(|e| Abci::sdk(13, e.to_string()))?;
    let short = required.iter().any(|wanted| {
        !fee.iter()
            .any(|paid| paid.denom() == wanted.denom() && paid.amount() >= wanted.amount())
    });
    let foreign = fee.iter().any(|coin| *coin.denom() != Denom::UAKT);
    if short || foreign {
        return Err(Abci::sdk(
            13,
            format!(
                "insufficient fees; got: {} required: {}: insufficient fee",
                printed(fee),
                printed(&required)
            ),
        ));
    }
    Ok(())
}

fn affordable(node: &Node, payer: &Address, fee: &[Coin]) -> Result<(), Abci> {
    for coin in fee {
        let held = node.ledger.bank().coin(payer, coin.denom());
        if held.amount() < coin.amount() {
            return Err(Abci::sdk(
                5,
                format!(
                    "spendable balance {held} is smaller than {coin}: insufficient funds: \
                     insufficient funds"
                ),
            ));
        }
    }
    Ok(())
}

/// Keys, sequences and signatures, one signer after the other.
fn authentic(node: &Node, tx: &Decoded, signers: &[Address], mode: Mode) -> Result<(), Abci> {
    let found = tx.auth_info.signer_infos.len();
    if found != signers.len() || tx.signatures.len() != signers.len() {
        return Err(Abci::sdk(
            4,
            format!(
                "invalid number of signer; expected: {}, got {}: unauthorized",
                signers.len(),
                tx.signatures.len()
            ),
        ));
    }
    for (index, (signer, info)) in signers.iter().zip(&tx.auth_info.signer_infos).enumerate() {
        let Some(account) = node.accounts.get(signer) else {
            return Err(Abci::sdk(
                9,
                format!("account {signer} does not exist: unknown address"),
            ));
        };
        let key = match tx.public_key(index) {
            Ok(key) => key,
            Err(e) => match account.key {
                Some(key) if info.public_key.is_none() => key,
                _ => return Err(Abci::sdk(8, format!("{e}: invalid pubkey"))),
            },
        };
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
        let expected = match mode {
            Mode::Check | Mode::Simulate => node.pending_sequence(signer, account),
            Mode::Deliver => account.sequence,
        };
        if info.sequence != expected {
            return Err(Abci::sdk(
                32,
                format!(
                    "account sequence mismatch, expected {expected}, got {}: incorrect account \
                     sequence",
                    info.sequence
                ),
            ));
        }
        if mode != Mode::Simulate {
            signed(node, tx, index, account, &key)?;
        }
    }
    Ok(())
}

fn signed(
    node: &Node,
    tx: &Decoded,
    index: usize,
    account: &Account,
    key: &crate::signer::PublicKey,
) -> Result<(), Abci> {
    // A signature that passed at the door is not computed again in the block: bytes and keys are the same.
    if node.verified.contains(&tx.hash) {
        return Ok(());
    }
    tx.verify(index, &node.chain_id, account.number, key)
        .map_err(|_| {
            Abci::sdk(
                4,
                format!(
                    "signature verification failed; please verify account number ({}) and chain-id \
                 ({}): (unable to verify single signer signature): unauthorized",
                    account.number, node.chain_id
                ),
            )
        })
}
