//! Changes as the events of a block: the bank's plain ones and the modules' typed ones, in the order in which they
//! happened.

use crate::cosmos::convert::event::to_any;
use crate::cosmos::json;
use crate::cosmos::transport::{Event, EventAttribute};
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::address::Address;
use akash_market::change::Change;
use akash_sdl::num::Coin;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(super) fn attribute(key: &str, value: impl Into<String>) -> EventAttribute {
    EventAttribute {
        key: key.to_owned(),
        value: value.into(),
    }
}

fn plain<const N: usize>(kind: &str, attributes: [(&str, String); N]) -> Event {
    Event {
        kind: kind.to_owned(),
        attributes: attributes
            .into_iter()
            .map(|(key, value)| attribute(key, value))
            .collect(),
    }
}

pub(super) fn printed(coins: &[Coin]) -> String {
    let texts: Vec<String> = coins.iter().map(ToString::to_string).collect();
    texts.join(",")
}

pub(super) fn spent(from: &Address, coins: &[Coin]) -> Event {
    let amount = printed(coins);
    plain(
        "coin_spent",
        [("spender", from.to_string()), ("amount", amount)],
    )
}

pub(super) fn received(to: &Address, coins: &[Coin]) -> Event {
    let amount = printed(coins);
    plain(
        "coin_received",
        [("receiver", to.to_string()), ("amount", amount)],
    )
}

pub(super) fn sender(from: &Address) -> Event {
    plain("message", [("sender", from.to_string())])
}

/// Who received what of whom.
pub(super) fn output(from: &Address, to: &Address, coins: &[Coin]) -> Event {
    plain(
        "transfer",
        [
            ("recipient", to.to_string()),
            ("sender", from.to_string()),
            ("amount", printed(coins)),
        ],
    )
}

/// A transfer, as the bank tells of it.
pub(super) fn transfer(from: &Address, to: &Address, coins: &[Coin]) -> [Event; 4] {
    let moved = output(from, to, coins);
    [spent(from, coins), received(to, coins), moved, sender(from)]
}

/// A typed event.
pub(super) fn of_message(any: &Any) -> Option<Event> {
    let name = any.type_url.trim_start_matches('/');
    let attributes = json::event_attributes(name, &any.value).ok()?;
    Some(Event {
        kind: name.to_owned(),
        attributes: attributes
            .into_iter()
            .map(|(key, value)| EventAttribute { key, value })
            .collect(),
    })
}

/// The events of these changes. Of a transfer of several coins the ledger tells coin by coin; the bank tells of it `at
/// once`.
pub(super) fn of(changes: &[Change], at_once: bool) -> Vec<Event> {
    let mut events = Vec::new();
    let mut rest = changes.iter().peekable();
    while let Some(change) = rest.next() {
        match change {
            Change::Transferred { from, to, coin } => {
                let mut coins = vec![coin.clone()];
                while at_once
                    && let Some(Change::Transferred { coin, .. }) = rest.next_if(|next| {
                        matches!(next, Change::Transferred { from: f, to: t, .. } if f == from && t == to)
                    })
                {
                    coins.push(coin.clone());
                }
                events.extend(transfer(from, to, &coins));
            }
            Change::Minted { to, coin } => {
                let coins = std::slice::from_ref(coin);
                let amount = printed(coins);
                events.push(received(to, coins));
                events.push(plain(
                    "coinbase",
                    [("minter", to.to_string()), ("amount", amount)],
                ));
            }
            Change::Burned { from, coin } => {
                let coins = std::slice::from_ref(coin);
                let amount = printed(coins);
                events.push(spent(from, coins));
                events.push(plain(
                    "burn",
                    [("burner", from.to_string()), ("amount", amount)],
                ));
            }
            typed => events.extend(to_any(typed).as_ref().and_then(of_message)),
        }
    }
    events
}

/// The same events, each with one more attribute at its end.
pub(super) fn marked(events: Vec<Event>, key: &str, value: &str) -> impl Iterator<Item = Event> {
    events.into_iter().map(move |mut event| {
        event.attributes.push(attribute(key, value));
        event
    })
}

/// The event with which a node announces the fee of a transaction.
pub(super) fn fee(amount: &str, payer: &Address) -> Event {
    let amount = amount.to_owned();
    plain("tx", [("fee", amount), ("fee_payer", payer.to_string())])
}

/// The event with which a node announces a signer's place in its sequence.
pub(super) fn signer(account: &Address, sequence: u64) -> Event {
    plain("tx", [("acc_seq", format!("{account}/{sequence}"))])
}

/// The event with which a node announces a signature.
pub(super) fn signature(bytes: &[u8]) -> Event {
    plain("tx", [("signature", STANDARD.encode(bytes))])
}

/// What happened to a fee grant.
pub(super) fn allowance(kind: &str, granter: &Address, grantee: &Address) -> Event {
    let (granter, grantee) = (granter.to_string(), grantee.to_string());
    plain(kind, [("granter", granter), ("grantee", grantee)])
}

/// The event with which a node announces a message.
pub(super) fn message(type_url: &str, sender: &Address) -> Event {
    let mut parts = type_url.trim_start_matches('/').split('.');
    let module = parts.nth(1).unwrap_or_default().to_owned();
    plain(
        "message",
        [
            ("action", type_url.to_owned()),
            ("sender", sender.to_string()),
            ("module", module),
        ],
    )
}
