//! Who pays the fee, and whether it suffices.

use super::{Abci, Mode, raw};
use crate::cosmos::address;
use crate::cosmos::convert::from_wires;
use crate::cosmos::tx::Decoded;
use crate::devnet::allowance;
use crate::devnet::event::printed;
use crate::devnet::message::converted;
use crate::devnet::node::Node;
use akash_market::address::Address;
use akash_market::time::Block;
use akash_sdl::num::Coin;

/// A fee and where it comes from.
#[derive(Debug)]
pub(in crate::devnet) struct Payment {
    pub(in crate::devnet) fee: Vec<Coin>,
    /// Whose coins it is.
    pub(in crate::devnet) from: Address,
    pub(in crate::devnet) granted: Option<Paid>,
}

/// A fee that another account pays by its grant.
#[derive(Debug)]
pub(in crate::devnet) struct Paid {
    pub(in crate::devnet) granter: Address,
    pub(in crate::devnet) grantee: Address,
    pub(in crate::devnet) then: allowance::Use,
}

pub(super) fn payment(
    node: &Node,
    tx: &Decoded,
    named: Option<Address>,
    signers: &[Address],
    block: Block,
    mode: Mode,
) -> Result<Payment, Abci> {
    let wire = tx.fee();
    let fee: Vec<Coin> = from_wires(&wire.amount).map_err(|e| converted(&e))?;
    if mode != Mode::Simulate && block.height.0 > 0 && wire.gas_limit == 0 {
        return Err(Abci::sdk(
            41,
            "must provide positive gas: invalid gas limit",
        ));
    }
    if mode == Mode::Check {
        enough(node, wire.gas_limit, &fee)?;
    }
    let payer = named
        .or_else(|| signers.first().cloned())
        .ok_or_else(|| Abci::sdk(15, "no signatures supplied"))?;
    let mut from = payer.clone();
    let mut granted = None;
    if !wire.granter.is_empty() {
        let granter = address::parse(address::ACCOUNT, &wire.granter)
            .map_err(|e| Abci::sdk(7, format!("{e}: invalid address")))?;
        if granter != payer {
            granted = Some(allowed(node, tx, &granter, &payer, &fee, block)?);
        }
        from = granter;
    }
    let is_known = node.state.accounts.contains_key(&from) || node.state.module_of(&from).is_some();
    if !is_known {
        return Err(Abci::sdk(
            9,
            format!(
                "fee payer address: {} does not exist: unknown address",
                raw(&from.bytes())
            ),
        ));
    }
    affordable(node, &from, &fee)?;
    Ok(Payment { fee, from, granted })
}

/// The use of a fee grant.
fn allowed(
    node: &Node,
    tx: &Decoded,
    granter: &Address,
    payer: &Address,
    fee: &[Coin],
    block: Block,
) -> Result<Paid, Abci> {
    let key = (granter.clone(), payer.clone());
    let types: Vec<&str> = tx
        .body
        .messages
        .iter()
        .map(|message| message.type_url.as_str())
        .collect();
    let then = node
        .state
        .allowances
        .get(&key)
        .ok_or_else(|| Abci::sdk(38, "fee-grant not found: not found"))
        .and_then(|any| allowance::accept(any, fee, block.time, &types))
        .map_err(|refused| Abci {
            log: format!(
                "{} does not allow to pay fees for {}: {}",
                raw(&granter.bytes()),
                raw(&payer.bytes()),
                refused.log
            ),
            ..refused
        })?;
    Ok(Paid {
        granter: granter.clone(),
        grantee: payer.clone(),
        then,
    })
}

/// The node's own minimum: one of its prices must be met.
fn enough(node: &Node, gas: u64, fee: &[Coin]) -> Result<(), Abci> {
    let required = node
        .gas_prices
        .fee(gas)
        .map_err(|e| Abci::sdk(13, e.to_string()))?;
    let is_enough = required.is_empty()
        || required.iter().any(|wanted| {
            fee.iter()
                .any(|paid| paid.denom() == wanted.denom() && paid.amount() >= wanted.amount())
        });
    if !is_enough {
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
        let held = node.state.ledger.bank().coin(payer, coin.denom());
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
