//! Fee grants (cosmos-sdk x/feegrant): one account pays the fees of another.

use super::ante::Abci;
use crate::cosmos::convert::{from_wires, to_wires};
use crate::cosmos::wire::Timestamp as WireTimestamp;
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::cosmos::base::v1beta1::Coin as WireCoin;
use crate::cosmos::wire::cosmos::feegrant::v1beta1::{
    AllowedMsgAllowance, BasicAllowance, PeriodicAllowance,
};
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::address::Address;
use akash_market::time::Timestamp;
use akash_sdl::num::{Coin, Coins, Denom};
use std::collections::BTreeMap;

/// What is granted, by granter and grantee.
pub(super) type Allowances = BTreeMap<(Address, Address), Any>;

/// What becomes of an allowance that pays a fee.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Use {
    /// It goes on as this.
    Update(Any),
    /// It is used up.
    Remove,
}

fn refused(codespace: &str, code: u32, log: &str) -> Abci {
    Abci {
        codespace: codespace.to_owned(),
        code,
        log: log.to_owned(),
    }
}

fn exceeded(kind: &str) -> Abci {
    refused("feegrant", 2, &format!("{kind}: fee limit exceeded"))
}

fn expired(kind: &str) -> Abci {
    refused("feegrant", 3, &format!("{kind}: fee allowance expired"))
}

/// Checks the form of an allowance when it is given.
pub(super) fn check(any: &Any, now: Option<Timestamp>) -> Result<(), Abci> {
    let unknown = || Abci::sdk(18, "unknown allowance: invalid request");
    let future = |end: Option<WireTimestamp>| match (end.and_then(nanos), now) {
        (Some(end), Some(now)) if end < now => Err(Abci::sdk(
            18,
            "expiration is before current block time: invalid request",
        )),
        _ => Ok(()),
    };
    if let Ok(basic) = BasicAllowance::from_any(any) {
        limit(&basic.spend_limit)?;
        return future(basic.expiration);
    }
    if let Ok(periodic) = PeriodicAllowance::from_any(any) {
        limit(&periodic.basic.spend_limit)?;
        return future(periodic.basic.expiration);
    }
    let allowed = AllowedMsgAllowance::from_any(any).map_err(|_| unknown())?;
    if allowed.allowed_messages.is_empty() {
        let text = "allowed messages shouldn't be empty: allowed messages are empty";
        return Err(refused("feegrant", 6, text));
    }
    check(allowed.allowance.as_ref().ok_or_else(unknown)?, now)
}

/// Whether it has an end.
pub(super) fn ends(any: &Any) -> bool {
    let basic = BasicAllowance::from_any(any)
        .or_else(|_| PeriodicAllowance::from_any(any).map(|periodic| periodic.basic));
    match basic {
        Ok(basic) => basic.expiration.is_some(),
        Err(_) => AllowedMsgAllowance::from_any(any)
            .is_ok_and(|allowed| allowed.allowance.as_ref().is_some_and(ends)),
    }
}

/// A limit has amounts above zero, each denom once, in their order.
fn limit(spend: &[WireCoin]) -> Result<(), Abci> {
    let is_sorted = spend.windows(2).all(|pair| match pair {
        [a, b] => a.denom < b.denom,
        _ => true,
    });
    let is_valid = is_sorted
        && spend.iter().all(|coin| {
            Denom::new(&coin.denom).is_ok() && !coin.amount.to_string().starts_with(['-', '0'])
        });
    if is_valid {
        return Ok(());
    }
    let coins: Vec<_> = spend
        .iter()
        .map(|coin| format!("{}{}", coin.amount, coin.denom))
        .collect();
    let log = format!("send amount is invalid: {}: invalid coins", coins.join(","));
    Err(Abci::sdk(10, log))
}

/// Lets an allowance pay a fee for messages of these types.
pub(super) fn accept(
    any: &Any,
    fee: &[Coin],
    now: Timestamp,
    messages: &[&str],
) -> Result<Use, Abci> {
    let broken = |_| Abci::sdk(18, "the allowance can't be read: invalid request");
    if any.type_url == BasicAllowance::TYPE_URL {
        let mut basic = BasicAllowance::from_any(any).map_err(broken)?;
        return Ok(if basic_accepts(&mut basic, fee, now)? {
            Use::Remove
        } else {
            Use::Update(basic.to_any())
        });
    }
    if any.type_url == PeriodicAllowance::TYPE_URL {
        let mut periodic = PeriodicAllowance::from_any(any).map_err(broken)?;
        return Ok(if periodic_accepts(&mut periodic, fee, now)? {
            Use::Remove
        } else {
            Use::Update(periodic.to_any())
        });
    }
    let mut allowed = AllowedMsgAllowance::from_any(any).map_err(broken)?;
    if !messages
        .iter()
        .all(|message| allowed.allowed_messages.iter().any(|m| m == message))
    {
        return Err(refused(
            "feegrant",
            7,
            "message does not exist in allowed messages: message not allowed",
        ));
    }
    let inner = allowed.allowance.clone().unwrap_or_default();
    Ok(match accept(&inner, fee, now, messages)? {
        Use::Remove => Use::Remove,
        Use::Update(inner) => {
            allowed.allowance = Some(inner);
            Use::Update(allowed.to_any())
        }
    })
}

/// Whether the allowance is used up by this.
fn basic_accepts(basic: &mut BasicAllowance, fee: &[Coin], now: Timestamp) -> Result<bool, Abci> {
    if ended(basic.expiration, now) {
        return Err(expired("basic allowance"));
    }
    if basic.spend_limit.is_empty() {
        return Ok(false);
    }
    basic.spend_limit = less(&basic.spend_limit, fee).ok_or_else(|| exceeded("basic allowance"))?;
    Ok(basic.spend_limit.is_empty())
}

fn periodic_accepts(
    periodic: &mut PeriodicAllowance,
    fee: &[Coin],
    now: Timestamp,
) -> Result<bool, Abci> {
    if ended(periodic.basic.expiration, now) {
        return Err(expired("absolute limit"));
    }
    reset(periodic, now);
    periodic.period_can_spend =
        less(&periodic.period_can_spend, fee).ok_or_else(|| exceeded("period limit"))?;
    if periodic.basic.spend_limit.is_empty() {
        return Ok(false);
    }
    periodic.basic.spend_limit =
        less(&periodic.basic.spend_limit, fee).ok_or_else(|| exceeded("absolute limit"))?;
    Ok(periodic.basic.spend_limit.is_empty())
}

/// Fills up what can be spent, if a new period has begun.
fn reset(periodic: &mut PeriodicAllowance, now: Timestamp) {
    let due = nanos(periodic.period_reset).unwrap_or_default();
    if now < due {
        return;
    }
    let period = periodic.period.as_nanos().unwrap_or_default();
    let limit = &periodic.period_spend_limit;
    let total = &periodic.basic.spend_limit;
    periodic.period_can_spend = match coins(limit).as_ref().and_then(|l| less(total, l)) {
        // Less is left in all than a period allows.
        None if !total.is_empty() => total.clone(),
        _ => limit.clone(),
    };
    let next = due.0.saturating_add(period);
    let next = if now.0 > next {
        now.0.saturating_add(period)
    } else {
        next
    };
    periodic.period_reset = crate::cosmos::convert::time::wire_timestamp(Timestamp(next));
}

fn ended(end: Option<WireTimestamp>, now: Timestamp) -> bool {
    end.and_then(nanos).is_some_and(|end| end < now)
}

fn nanos(time: impl Into<Option<WireTimestamp>>) -> Option<Timestamp> {
    crate::cosmos::convert::time::timestamp(time.into()?, "time").ok()
}

fn coins(wire: &[WireCoin]) -> Option<Vec<Coin>> {
    from_wires(wire).ok()
}

/// These coins less the fee; `None` if they don't suffice.
fn less(have: &[WireCoin], fee: &[Coin]) -> Option<Vec<WireCoin>> {
    let mut left = Coins::from_coins(coins(have)?).ok()?;
    for coin in fee {
        if left.amount_of(coin.denom()) < coin.amount() {
            return None;
        }
        left.sub_coin(coin).ok()?;
    }
    Some(to_wires(left.as_slice()))
}

/// Completes a periodic allowance that begins now.
pub(super) fn begun(any: &Any, now: Timestamp) -> Any {
    if let Ok(mut periodic) = PeriodicAllowance::from_any(any) {
        if periodic.period_reset.is_zero() {
            let period = periodic.period.as_nanos().unwrap_or_default();
            let first = Timestamp(now.0.saturating_add(period));
            periodic.period_reset = crate::cosmos::convert::time::wire_timestamp(first);
        }
        return periodic.to_any();
    }
    any.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cosmos::convert::Wire;
    use crate::cosmos::wire::Duration;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_secs(second)
    }

    fn wire(second: i64) -> WireTimestamp {
        crate::cosmos::convert::time::wire_timestamp(at(second))
    }

    const SEND: &str = "/cosmos.bank.v1beta1.MsgSend";

    #[test]
    fn a_basic_allowance_is_spent_to_its_end() {
        let given = BasicAllowance {
            spend_limit: vec![Coin::uakt(10).to_wire()],
            expiration: Some(wire(100)),
        }
        .to_any();
        let Use::Update(left) = accept(&given, &[Coin::uakt(4)], at(1), &[SEND]).unwrap() else {
            panic!("six are left");
        };
        assert_eq!(
            accept(&left, &[Coin::uakt(7)], at(1), &[SEND])
                .unwrap_err()
                .code,
            2
        );
        let last = accept(&left, &[Coin::uakt(6)], at(100), &[SEND]).unwrap();
        assert_eq!(last, Use::Remove);
        let late = accept(&left, &[Coin::uakt(1)], at(101), &[SEND]).unwrap_err();
        assert_eq!(late.log, "basic allowance: fee allowance expired");
    }

    #[test]
    fn a_periodic_allowance_fills_up_again() {
        let given = PeriodicAllowance {
            basic: BasicAllowance {
                spend_limit: vec![Coin::uakt(15).to_wire()],
                expiration: None,
            },
            period: Duration {
                seconds: 60,
                nanos: 0,
            },
            period_spend_limit: vec![Coin::uakt(10).to_wire()],
            period_can_spend: vec![Coin::uakt(10).to_wire()],
            period_reset: WireTimestamp::default(),
        };
        let given = begun(&given.to_any(), at(1000));
        let Use::Update(left) = accept(&given, &[Coin::uakt(10)], at(1001), &[SEND]).unwrap()
        else {
            panic!("five are left in all");
        };
        let fee = &[Coin::uakt(5)];
        assert_eq!(
            accept(&left, fee, at(1059), &[SEND]).unwrap_err().log,
            "period limit: fee limit exceeded"
        );
        assert_eq!(accept(&left, fee, at(1060), &[SEND]).unwrap(), Use::Remove);
    }

    #[test]
    fn a_limit_of_nothing_is_refused() {
        let of = |coins: &[Coin]| {
            let spend_limit = coins.iter().map(Wire::to_wire).collect();
            let expiration = None;
            let basic = BasicAllowance {
                spend_limit,
                expiration,
            };
            check(&basic.to_any(), None).map_err(|refusal| refusal.log)
        };
        assert_eq!(of(&[]), Ok(()));
        assert_eq!(of(&[Coin::uact(1), Coin::uakt(10)]), Ok(()));
        assert_eq!(
            of(&[Coin::uakt(0)]),
            Err("send amount is invalid: 0uakt: invalid coins".to_owned())
        );
        assert_eq!(
            of(&[Coin::uakt(1), Coin::uact(1)]),
            Err("send amount is invalid: 1uakt,1uact: invalid coins".to_owned())
        );
    }

    #[test]
    fn only_the_named_messages_are_paid_for() {
        let given = AllowedMsgAllowance {
            allowance: Some(BasicAllowance::default().to_any()),
            allowed_messages: vec![SEND.to_owned()],
        }
        .to_any();
        assert!(check(&given, None).is_ok());
        assert!(accept(&given, &[], at(0), &[SEND]).is_ok());
        let other = "/akash.market.v1beta5.MsgCreateBid";
        let refusal = accept(&given, &[], at(0), &[SEND, other]).unwrap_err();
        assert_eq!((refusal.codespace.as_str(), refusal.code), ("feegrant", 7));
    }
}
