//! Transfers, whose form the bank checks only when they are executed.

use super::Deed;
use crate::cosmos::convert::from_wires;
use crate::cosmos::wire::cosmos::bank::v1beta1::{MsgMultiSend, MsgSend};
use crate::cosmos::wire::cosmos::base::v1beta1::Coin as WireCoin;
use crate::devnet::address;
use crate::devnet::ante::Abci;
use akash_market::action::Action;
use akash_market::address::Address;
use akash_sdl::num::{Coin, Coins};

/// What a transfer wants; one whose form is wrong is refused when its turn comes.
pub(super) fn send(m: &MsgSend) -> Deed {
    let action = || {
        Ok(Action::Send {
            from: account("from", &m.from_address)?,
            to: account("to", &m.to_address)?,
            coins: coins(&m.amount)?,
        })
    };
    match action() {
        Ok(action) => Deed::Act(Box::new(action)),
        Err(refused) => Deed::Refused(refused),
    }
}

/// What a transfer to several accounts wants.
pub(super) fn multi_send(m: &MsgMultiSend) -> Deed {
    several(m).unwrap_or_else(Deed::Refused)
}

fn several(m: &MsgMultiSend) -> Result<Deed, Abci> {
    let bank = |code, log: &str| Abci {
        codespace: "bank".to_owned(),
        code,
        log: log.to_owned(),
    };
    let [input] = m.inputs.as_slice() else {
        return Err(if m.inputs.is_empty() {
            bank(2, "no inputs to send transaction")
        } else {
            bank(9, "multiple senders not allowed")
        });
    };
    if m.outputs.is_empty() {
        return Err(bank(3, "no outputs to send transaction"));
    }
    let from = account("input", &input.address)?;
    let all = coins(&input.coins)?;
    let mismatch = || bank(4, "sum inputs != sum outputs");
    let mut rest =
        Coins::from_coins(all.clone()).map_err(|e| Abci::sdk(10, format!("{e}: invalid coins")))?;
    let mut to = Vec::new();
    for output in &m.outputs {
        let receiver = account("output", &output.address)?;
        let coins = coins(&output.coins)?;
        for coin in &coins {
            rest.sub_coin(coin).map_err(|_| mismatch())?;
        }
        to.push((receiver, coins));
    }
    if !rest.as_slice().is_empty() {
        return Err(mismatch());
    }
    Ok(Deed::MultiSend {
        from,
        coins: all,
        to,
    })
}

fn account(role: &str, text: &str) -> Result<Address, Abci> {
    address::read(text)
        .map_err(|why| Abci::sdk(7, format!("invalid {role} address: {why}: invalid address")))
}

/// Coins as the bank wants them: at least one, each of something, sorted by denom, no denom twice.
fn coins(wire: &[WireCoin]) -> Result<Vec<Coin>, Abci> {
    let printed: Vec<String> = wire
        .iter()
        .map(|coin| format!("{}{}", coin.amount, coin.denom))
        .collect();
    let invalid = || Abci::sdk(10, format!("{}: invalid coins", printed.join(",")));
    let is_sorted = wire.is_sorted_by(|a, b| a.denom < b.denom);
    if wire.is_empty() || !is_sorted {
        return Err(invalid());
    }
    let coins: Vec<Coin> = from_wires(wire).map_err(|_| invalid())?;
    if coins.iter().any(Coin::is_zero) {
        return Err(invalid());
    }
    Ok(coins)
}
