//! Messages whose form is wrong in ways that the market's types can't express: what a node says of them, and when.

use super::{Deed, read};
use crate::cosmos::address;
use crate::cosmos::convert::action;
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::akash::base::deposit::v1::Deposit;
use crate::cosmos::wire::akash::bme::v1::{MsgBurnAct, MsgBurnMint, MsgFundVault, MsgMintAct};
use crate::cosmos::wire::akash::deployment::v1beta4::{
    MsgCloseDeployment, MsgCreateDeployment, ResourceUnit,
};
use crate::cosmos::wire::akash::escrow::v1::{DepositAuthorization, MsgAccountDeposit};
use crate::cosmos::wire::akash::market::v1beta5::{
    MsgCreateBid, MsgCreateLease, MsgUpdateParams as MsgUpdateMarket,
};
use crate::cosmos::wire::cosmos::base::v1beta1::{Coin, DecCoin};
use crate::cosmos::wire::google::protobuf::Any;
use crate::devnet::ante::Abci;
use akash_market::action::Action;
use akash_market::address::{Address, complaint};
use akash_market::error::Error;
use akash_market::ledger::{Ledger, validate_basic};
use akash_sdl::num::{self, Denom};
use std::fmt::Display;
use std::num::IntErrorKind;

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
pub(super) fn judge(ledger: &Ledger, any: &Any) -> Option<Result<Deed, Abci>> {
    let judged = match any.type_url.as_str() {
        MsgCreateDeployment::TYPE_URL => Err(deployment(&read(any).ok()?)?),
        MsgCreateBid::TYPE_URL => bid(&read(any).ok()?)?,
        MsgAccountDeposit::TYPE_URL => account_deposit(ledger, &read(any).ok()?)?,
        MsgFundVault::TYPE_URL => Err(gift(&read(any).ok()?)?),
        MsgUpdateMarket::TYPE_URL => Err(minimum_deposits(&read(any).ok()?)?),
        MsgBurnMint::TYPE_URL => Err(burn_mint(&read(any).ok()?)?),
        MsgMintAct::TYPE_URL => {
            let m: MsgMintAct = read(any).ok()?;
            Err(burned(&m.owner, &m.to, &m.coins_to_burn)?)
        }
        MsgBurnAct::TYPE_URL => {
            let m: MsgBurnAct = read(any).ok()?;
            Err(burned(&m.owner, &m.to, &m.coins_to_burn)?)
        }
        _ => return None,
    };
    Some(judged)
}

fn source(deposit: &Deposit) -> Option<Abci> {
    let mut known = Vec::new();
    let numbers = deposit.sources.iter().map(|source| source.number());
    let log = match numbers.into_iter().find(|number| {
        let fresh = (1..=2).contains(number) && !known.contains(number);
        known.push(*number);
        !fresh
    }) {
        None if known.is_empty() => "empty deposit sources".to_owned(),
        None => return None,
        Some(twice) if (1..=2).contains(&twice) => {
            format!("duplicate deposit source type {twice}")
        }
        Some(unknown) => format!("empty deposit source type {unknown}"),
    };
    Some(refused(
        "akash",
        4,
        format!("{log}: invalid deposit source"),
    ))
}

/// What a node finds wrong with a message whose form is otherwise possible.
fn earlier(message: &impl TypeUrl) -> Option<Abci> {
    let action = action::from_any(&message.to_any()).ok()?;
    validate_basic(&action).err().as_ref().map(told)
}

fn told(error: &Error) -> Abci {
    let code = error.code();
    refused(code.codespace, code.code, error.to_string())
}

fn deployment(m: &MsgCreateDeployment) -> Option<Abci> {
    let is_wrong =
        |unit: &ResourceUnit| impossible(&unit.price.denom, &unit.price.amount).is_some();
    let close = MsgCloseDeployment { id: m.id.clone() };
    if let Some(deposit) = deposited(&m.deposit) {
        return earlier(&close).or(Some(deposit));
    }
    let place = m
        .groups
        .iter()
        .position(|group| group.resources.iter().any(is_wrong))?;
    // All that a node looks at before it comes to the price.
    let mut before = m.clone();
    before.groups.truncate(place.saturating_add(1));
    let group = before.groups.last_mut()?;
    for unit in group.resources.iter_mut().filter(|unit| is_wrong(unit)) {
        unit.price = DecCoin {
            denom: m.deposit.amount.denom.clone(),
            ..DecCoin::default()
        };
    }
    let log = format!("group {}: error: invalid price object", group.name);
    earlier(&before).or_else(|| Some(refused("undefined", 1, log)))
}

fn gift(m: &MsgFundVault) -> Option<Abci> {
    coin(&m.amount)?;
    Some(refused("bme", 8, "amount must be positive: invalid amount"))
}

/// The first of the minimum deposits that is impossible decides only if those before it are right.
fn minimum_deposits(m: &MsgUpdateMarket) -> Option<Abci> {
    let coins = &m.params.bid_min_deposits;
    let place = coins.iter().position(|one| coin(one).is_some())?;
    let mut before = m.clone();
    before.params.bid_min_deposits.truncate(place);
    let wrong = coins.get(place)?;
    let what = coin(wrong)?;
    let what = if what.starts_with("negative") {
        let shown = if place == 0 {
            format!("{}{}", wrong.amount, wrong.denom)
        } else {
            wrong.denom.to_string()
        };
        format!("coin {shown} amount is not positive")
    } else {
        what
    };
    earlier(&before).or_else(|| {
        Some(refused(
            "undefined",
            1,
            format!("parameter invalid: {what}"),
        ))
    })
}

fn deposited(deposit: &Deposit) -> Option<Abci> {
    let wrong = coin(&deposit.amount).map(|what| refused("undefined", 1, what));
    wrong.or_else(|| source(deposit))
}

fn bid(m: &MsgCreateBid) -> Option<Result<Deed, Abci>> {
    let accept = MsgCreateLease {
        bid_id: m.id.clone(),
    };
    if let Some(refused) = deposited(&m.deposit) {
        return Some(Err(earlier(&accept).unwrap_or(refused)));
    }
    impossible(&m.price.denom, &m.price.amount)?;
    // Its turn comes where a price above the order's is refused with the same words.
    let mut priced = m.clone();
    priced.price = DecCoin {
        denom: Denom::UACT.as_str().into(),
        ..DecCoin::default()
    };
    let mut action = action::from_any(&priced.to_any()).ok()?;
    if let Action::CreateBid { price, .. } = &mut action {
        *price = num::DecCoin::new(Denom::UACT, num::Dec::MAX).ok()?;
    }
    Some(match validate_basic(&action) {
        Ok(()) => Ok(Deed::Act(Box::new(action))),
        Err(error) => Err(told(&error)),
    })
}

fn account_deposit(ledger: &Ledger, m: &MsgAccountDeposit) -> Option<Result<Deed, Abci>> {
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
            "owner" | "provider" => address::parse(address::ACCOUNT, part)
                .err()
                .map(|_| complaint(address::ACCOUNT, part)),
            _ => part.parse::<u64>().err().map(|error| {
                let why = match error.kind() {
                    IntErrorKind::PosOverflow => "value out of range",
                    _ => "invalid syntax",
                };
                format!("strconv.ParseUint: parsing \"{part}\": {why}")
            }),
        };
        if let Some(wrong) = wrong {
            return invalid(&format!("invalid xid/{name}: {wrong}"));
        }
    }
    if m.deposit.amount.amount.to_string() == "0" {
        return Some(Err(refused("escrow", 16, "invalid deposit")));
    }
    if let Some(refused) = source(&m.deposit) {
        return Some(Err(refused));
    }
    let impossible = coin(&m.deposit.amount)?;
    Some(Ok(Deed::Refused(undrawn(ledger, m, &impossible))))
}

/// How a handler fails to draw a coin that there can't be: it stumbles over it as soon as there is something to draw it
/// from.
fn undrawn(ledger: &Ledger, m: &MsgAccountDeposit, impossible: &str) -> Abci {
    let recovered = |what: &str| refused("undefined", 111_222, format!("recovered: {what}"));
    let (signer, amount) = (m.signer.parse::<Address>(), &m.deposit.amount);
    if amount.amount.to_string().parse::<i64>().is_err() {
        return recovered("Int64() out of bound");
    }
    let held = |signer: &Address| match Denom::new(&amount.denom) {
        Ok(denom) => !ledger.bank().balance(signer, &denom).is_zero(),
        Err(_) => true,
    };
    let granted = |signer: &Address| {
        let now = ledger.block().time;
        ledger.grants().any(|grant| {
            let stands = grant.expires.is_none_or(|end| end >= now);
            grant.grantee == *signer && stands && !grant.spend_limits.is_empty()
        })
    };
    let mut sources = m.deposit.sources.iter().map(|source| source.number());
    let stumbles = signer.is_ok_and(|signer| {
        sources.any(|source| match source {
            1 => held(&signer),
            _ => granted(&signer),
        })
    });
    if stumbles {
        recovered(impossible)
    } else if impossible.starts_with("negative") {
        refused("undefined", 1, "deposit invalid: deposit overflow")
    } else {
        refused("undefined", 1, "deposit invalid: insufficient balance")
    }
}

fn burned(owner: &str, to: &str, coins: &Coin) -> Option<Abci> {
    let log = format!("invalid coins: {}: invalid coins", coin(coins)?);
    Some(strangers(owner, to).unwrap_or_else(|| refused("sdk", 10, log)))
}

fn strangers(owner: &str, to: &str) -> Option<Abci> {
    let log = "owner and to addresses must match: unauthorized";
    (owner != to).then(|| refused("bme", 3, log))
}

fn burn_mint(m: &MsgBurnMint) -> Option<Abci> {
    burned(&m.owner, &m.to, &m.coins_to_burn).or_else(|| {
        let denom = &m.denom_to_mint;
        Denom::new(denom).err()?;
        let nothing = m.coins_to_burn.amount.to_string() == "0";
        let log = format!("invalid denom to mint: invalid denom: {denom}: invalid denomination");
        let wrong = if nothing {
            refused("bme", 8, "amount must not be 0: invalid amount")
        } else {
            refused("bme", 9, log)
        };
        Some(strangers(&m.owner, &m.to).unwrap_or(wrong))
    })
}

/// What a node says of a grant to pay deposits.
pub(super) fn deposit_authorization(any: &Any) -> Result<(), Abci> {
    let Ok(m) = DepositAuthorization::from_any(any) else {
        return Ok(());
    };
    let scope = |log: String| Err(refused("escrow", 17, format!("{log}: invalid authz scope")));
    if m.scopes.is_empty() {
        return scope("empty scope".to_owned());
    }
    let mut known = Vec::new();
    for one in m.scopes.iter().map(|scope| scope.number()) {
        let name = match one {
            0 => "invalid".to_owned(),
            1 => "deployment".to_owned(),
            2 => "bid".to_owned(),
            unknown => unknown.to_string(),
        };
        if !(1..=2).contains(&one) {
            return scope(format!("invalid scope \"{name}\""));
        }
        if known.contains(&one) {
            return scope(format!("duplicate scope \"{name}\""));
        }
        known.push(one);
    }
    if m.spend_limit.amount.to_string() != "0" {
        let log = "spend limit is deprecated and must be zero: invalid coins";
        return Err(refused("sdk", 10, log));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use akash_market::escrow::{self, AccountId, DepositSource};
    use akash_market::grant::{DepositGrant, GrantScope};
    use akash_market::id::DeploymentId;
    use akash_market::ledger::Genesis;

    /// What comes of a deposit whose coin was made impossible after it was written.
    fn deposit(sources: &[DepositSource], granted: bool, amount: i64, denom: &str) -> String {
        let who = |byte| Address::bech32("akash", &[byte; 20]).unwrap();
        let mut genesis = Genesis::default().balance(who(1), num::Coin::uact(10));
        if granted {
            genesis.grants.push(DepositGrant {
                granter: who(2),
                grantee: who(1),
                scopes: vec![GrantScope::Bid],
                spend_limits: vec![num::Coin::uakt(1)],
                expires: None,
            });
        }
        let ledger = Ledger::new(genesis).unwrap();
        let mut any = action::to_any(&Action::Deposit {
            signer: who(1),
            id: AccountId::Deployment(DeploymentId::new(who(1), 1)),
            deposit: escrow::Deposit {
                amount: num::Coin::uact(7),
                sources: sources.to_vec(),
            },
        });
        let mut m = MsgAccountDeposit::from_any(&any).unwrap();
        m.deposit.amount.amount = amount.to_string().parse().unwrap();
        m.deposit.amount.denom = denom.into();
        any = m.to_any();
        match judge(&ledger, &any) {
            Some(Ok(Deed::Refused(refused))) => refused.log,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn impossible_deposits_fail_where_there_is_something_to_draw_them_from() {
        use DepositSource::{Balance, Grant};
        let (none, over) = (
            "deposit invalid: insufficient balance",
            "deposit invalid: deposit overflow",
        );
        let (denom, amount) = (
            "recovered: invalid denom: !",
            "recovered: negative coin amount: -5",
        );
        assert_eq!(deposit(&[Balance], false, 5, "!"), denom);
        assert_eq!(deposit(&[Grant], false, 5, "!"), none);
        assert_eq!(deposit(&[Grant], true, 5, "!"), denom);
        assert_eq!(deposit(&[Grant, Balance], false, 5, "!"), denom);
        assert_eq!(deposit(&[Balance], false, -5, "uact"), amount);
        // Nothing is held of it, and nothing is taken.
        assert_eq!(deposit(&[Balance], true, -5, "uakt"), over);
        assert_eq!(deposit(&[Grant], true, -5, "uakt"), amount);
        assert_eq!(deposit(&[Grant], false, -5, "uact"), over);
    }
}
