//! Authorizations beside those for deposits (cosmos-sdk x/authz): one account acts for another.

use super::ante::Abci;
use crate::cosmos::convert::{from_wires, to_wires};
use crate::cosmos::wire::cosmos::authz::v1beta1::GenericAuthorization;
use crate::cosmos::wire::cosmos::bank::v1beta1::{MsgSend, SendAuthorization};
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::{TypeUrl, descriptor};
use akash_market::address::Address;
use akash_market::time::Timestamp;
use akash_sdl::num::{Coin, Coins};
use std::collections::BTreeMap;

/// Grantee, granter, and the type of message that may be sent.
pub(super) type Which = (Address, Address, String);

/// What is granted.
pub(super) type Authorities = BTreeMap<Which, Authority>;

/// One authorization as it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Authority {
    pub(super) authorization: Any,
    pub(super) expires: Option<Timestamp>,
}

/// What becomes of an authorization that is used.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Use {
    /// It stays as it is.
    Keep,
    /// It goes on as this.
    Update(Any),
    /// It is used up.
    Remove,
}

/// The type of message that an authorization is for.
///
/// # Errors
/// If it is of a kind that is not modelled.
pub(super) fn message_type(authorization: &Any) -> Result<String, Abci> {
    if let Ok(generic) = GenericAuthorization::from_any(authorization) {
        return Ok(generic.msg);
    }
    if SendAuthorization::from_any(authorization).is_ok() {
        return Ok(MsgSend::TYPE_URL.to_owned());
    }
    Err(Abci::sdk(
        18,
        format!(
            "authorizations of type {} are not served: invalid request",
            authorization.type_url
        ),
    ))
}

/// Whether there is such a message, by its type URL.
pub(super) fn is_served(message: &str) -> bool {
    let Some(name) = message.strip_prefix('/') else {
        return false;
    };
    let is_message = name
        .rsplit('.')
        .next()
        .is_some_and(|name| name.starts_with("Msg"));
    is_message && descriptor(name).is_some()
}

/// Lets an authorization stand for a message.
pub(super) fn accept(authorization: &Any, message: &Any) -> Result<Use, Abci> {
    let Ok(mut send) = SendAuthorization::from_any(authorization) else {
        return Ok(Use::Keep);
    };
    let broken = || Abci::sdk(29, "type mismatch: invalid type");
    let sent = MsgSend::from_any(message).map_err(|_| broken())?;
    let coins: Vec<Coin> = from_wires(&sent.amount).map_err(|_| broken())?;
    let limits: Vec<Coin> = from_wires(&send.spend_limit).map_err(|_| broken())?;
    let mut left = Coins::from_coins(limits).map_err(|_| broken())?;
    for coin in &coins {
        if left.amount_of(coin.denom()) < coin.amount() {
            return Err(Abci::sdk(
                5,
                "requested amount is more than spend limit: insufficient funds",
            ));
        }
        left.sub_coin(coin).map_err(|_| broken())?;
    }
    if !send.allow_list.is_empty() && !send.allow_list.contains(&sent.to_address) {
        return Err(Abci::sdk(
            4,
            format!("cannot send to {} address: unauthorized", sent.to_address),
        ));
    }
    send.spend_limit = to_wires(left.as_slice());
    Ok(if send.spend_limit.is_empty() {
        Use::Remove
    } else {
        Use::Update(send.to_any())
    })
}
