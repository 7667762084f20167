//! Messages whose form is wrong in ways that the market's types can't express: what a node says of them, and when.

use super::{Deed, read};
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::akash::base::deposit::v1::Deposit;
use crate::cosmos::wire::akash::bme::v1::{MsgBurnAct, MsgBurnMint, MsgMintAct};
use crate::cosmos::wire::akash::deployment::v1beta4::MsgCreateDeployment;
use crate::cosmos::wire::akash::escrow::v1::{DepositAuthorization, MsgAccountDeposit};
use crate::cosmos::wire::akash::market::v1beta5::MsgCreateBid;
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::google::protobuf::Any;
use crate::devnet::address;
use crate::devnet::ante::Abci;
use akash_market::action::Action;
use akash_sdl::num::Denom;
use std::fmt::Display;

fn refused(codespace: &str, code: u32, log: impl Into<String>) -> Abci {
    Abci {
        codespace: codespace.to_owned(),
        code,
        log: log.into(),
    }
}

/// What a node says of a coin that there can't be.
fn impossible(denom: &str, amount: &impl Display) -> Option<String> {
    if Denom::new(denom).is_err() {
        return Some(format!("invalid denom: {denom}"));
    }
    let amount = amount.to_string();
    let is_negative = amount.starts_with('-');
    is_negative.then(|| format!("negative coin amount: {amount}"))
}

fn coin(coin: &Coin) -> Option<String> {
    impossible(&coin.denom, &coin.amount)
}

/// What a node makes of a message that can't be read as an action; `None` if it reads it as this library does.
pub(super) fn judge(any: &Any) -> Option<Result<Deed, Abci>> {
    let judged = match any.type_url.as_str() {
        MsgCreateDeployment::TYPE_URL => Err(deployment(&read(any).ok()?)?),
        MsgCreateBid::TYPE_URL => bid(&read(any).ok()?)?,
        MsgAccountDeposit::TYPE_URL => account_deposit(&read(any).ok()?)?,
        MsgBurnMint::TYPE_URL => Err(burn_mint(&read(any).ok()?)?),
        MsgMintAct::TYPE_URL => Err(burned(&read::<MsgMintAct>(any).ok()?.coins_to_burn)?),
        MsgBurnAct::TYPE_URL => Err(burned(&read::<MsgBurnAct>(any).ok()?.coins_to_burn)?),
        _ => return None,
    };
    Some(judged)
}

fn source(deposit: &Deposit) -> Option<Abci> {
    let unknown = deposit.sources.iter().map(|source| source.number());
    let unknown = unknown
        .into_iter()
        .find(|number| !(1..=2).contains(number))?;
    let log = format!("empty deposit source type {unknown}: invalid deposit source");
    Some(refused("akash", 4, log))
}

fn deployment(m: &MsgCreateDeployment) -> Option<Abci> {
    let priced = m.groups.iter().find(|group| {
        let mut units = group.resources.iter();
        units.any(|unit| impossible(&unit.price.denom, &unit.price.amount).is_some())
    });
    if let Some(group) = priced {
        let log = format!("group {}: error: invalid price object", group.name);
        return Some(refused("undefined", 1, log));
    }
    deposited(&m.deposit)
}

/// A list of volumes without any is none at all in a transaction, and that is refused.
pub(super) fn volumes(action: &Action) -> Result<(), Abci> {
    let Action::CreateDeployment { groups, .. } = action else {
        return Ok(());
    };
    let mut units = groups.iter().flat_map(|group| &group.resources);
    if units.any(|unit| unit.resources.storage.is_empty()) {
        let log = "error: invalid unit storage, cannot be nil";
        return Err(refused("undefined", 1, log));
    }
    Ok(())
}

fn deposited(deposit: &Deposit) -> Option<Abci> {
    let wrong = coin(&deposit.amount).map(|what| refused("undefined", 1, what));
    wrong.or_else(|| source(deposit))
}

fn bid(m: &MsgCreateBid) -> Option<Result<Deed, Abci>> {
    if let Some(refused) = deposited(&m.deposit) {
        return Some(Err(refused));
    }
    impossible(&m.price.denom, &m.price.amount)?;
    let late = refused("market", 22, "bid price is invalid");
    Some(Ok(Deed::Refused(late)))
}

fn account_deposit(m: &MsgAccountDeposit) -> Option<Result<Deed, Abci>> {
    let invalid = |what: &str| Some(Err(refused("escrow", 12, format!("{what}: invalid ID"))));
    let count = match m.id.scope.number() {
        1 => 2,
        2 => 5,
        _ => return invalid("invalid scope"),
    };
    let parts: Vec<&str> = m.id.xid.split('/').collect();
    if parts.len() != count {
        return invalid("invalid xid format");
    }
    for (part, name) in parts
        .into_iter()
        .zip(["owner", "dseq", "gseq", "oseq", "provider"])
    {
        let wrong = match name {
            "owner" | "provider" => address::read(part).err(),
            _ => part
                .parse::<u64>()
                .err()
                .map(|_| format!("strconv.ParseUint: parsing \"{part}\": invalid syntax")),
        };
        if let Some(wrong) = wrong {
            return invalid(&format!("invalid xid/{name}: {wrong}"));
        }
    }
    if let Some(refused) = source(&m.deposit) {
        return Some(Err(refused));
    }
    let log = format!("recovered: {}", coin(&m.deposit.amount)?);
    Some(Ok(Deed::Refused(refused("undefined", 111_222, log))))
}

fn burned(coins: &Coin) -> Option<Abci> {
    let log = format!("invalid coins: {}: invalid coins", coin(coins)?);
    Some(refused("sdk", 10, log))
}

fn burn_mint(m: &MsgBurnMint) -> Option<Abci> {
    burned(&m.coins_to_burn).or_else(|| {
        let denom = &m.denom_to_mint;
        Denom::new(denom).is_err().then(|| {
            let log =
                format!("invalid denom to mint: invalid denom: {denom}: invalid denomination");
            refused("bme", 9, log)
        })
    })
}

/// What a node says of a grant to pay deposits.
pub(super) fn deposit_authorization(any: &Any) -> Result<(), Abci> {
    let Ok(m) = DepositAuthorization::from_any(any) else {
        return Ok(());
    };
    if m.spend_limit.amount.to_string() != "0" {
        let log = "spend limit is deprecated and must be zero: invalid coins";
        return Err(refused("sdk", 10, log));
    }
    let scope = |log: String| Err(refused("escrow", 17, format!("{log}: invalid authz scope")));
    if m.scopes.is_empty() {
        return scope("empty scope".to_owned());
    }
    let mut known = Vec::new();
    for one in m.scopes.iter().map(|scope| scope.number()) {
        if known.contains(&one) {
            let name = if one == 1 { "deployment" } else { "bid" };
            return scope(format!("duplicate scope \"{name}\""));
        }
        known.push(one);
    }
    Ok(())
}
