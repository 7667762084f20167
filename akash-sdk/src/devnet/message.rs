//! Messages as what they want done: an action of the market, or something between accounts.

mod bank;
mod form;

use super::ante::Abci;
use super::{address, allowance, authority};
use crate::cosmos::convert::{ConvertError, action};
use crate::cosmos::tx::signers;
use crate::cosmos::wire::Timestamp as WireTimestamp;
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::akash::cert::v1::MsgCreateCertificate;
use crate::cosmos::wire::akash::escrow::v1::{DepositAuthorization, MsgAccountDeposit};
use crate::cosmos::wire::cosmos::authz::v1beta1::{MsgExec, MsgGrant, MsgRevoke};
use crate::cosmos::wire::cosmos::bank::v1beta1::{MsgMultiSend, MsgSend};
use crate::cosmos::wire::cosmos::feegrant::v1beta1::{MsgGrantAllowance, MsgRevokeAllowance};
use crate::cosmos::wire::cosmos::tx::v1beta1::TxBody;
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::action::Action;
use akash_market::address::Address;
use akash_market::ledger::Ledger;
use akash_market::time::Timestamp;
use akash_sdl::num::Coin;

/// What a message wants done.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    /// Something of the market or a plain transfer: the ledger's business.
    Act(Box<Action>),
    MultiSend {
        from: Address,
        coins: Vec<Coin>,
        to: Vec<(Address, Vec<Coin>)>,
    },
    GrantAllowance {
        granter: Address,
        grantee: Address,
        allowance: Any,
    },
    RevokeAllowance {
        granter: Address,
        grantee: Address,
    },
    Authorize {
        granter: Address,
        grantee: Address,
        authorization: Any,
        expires: Option<Timestamp>,
    },
    Unauthorize {
        granter: Address,
        grantee: Address,
        message_type: String,
    },
    /// It is refused when its turn comes.
    Refused(Abci),
    Exec {
        grantee: Address,
        messages: Vec<(Any, Address, Self)>,
    },
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

fn account(text: &str) -> Result<Address, Abci> {
    address::read(text).map_err(|why| Abci::sdk(7, format!("{why}: invalid address")))
}

fn read<M: TypeUrl>(any: &Any) -> Result<M, Abci> {
    M::from_any(any).map_err(|e| Abci::sdk(2, format!("{e}: tx parse error")))
}

fn moment(time: Option<WireTimestamp>) -> Result<Option<Timestamp>, Abci> {
    time.map(|time| crate::cosmos::convert::time::timestamp(time, "expiration"))
        .transpose()
        .map_err(|e| converted(&e))
}

/// What a message wants, and whether its form is right, as a node finds out before all else.
pub(super) fn deed(ledger: &Ledger, any: &Any) -> Result<Deed, Abci> {
    match any.type_url.as_str() {
        MsgMultiSend::TYPE_URL => Ok(bank::multi_send(&read(any)?)),
        MsgGrantAllowance::TYPE_URL => Ok(late(grant_allowance(read(any)?))),
        MsgRevokeAllowance::TYPE_URL => Ok(late(revoke_allowance(&read(any)?))),
        MsgGrant::TYPE_URL => Ok(late(authorize(ledger, any))),
        MsgRevoke::TYPE_URL => Ok(late(unauthorize(ledger, any))),
        MsgExec::TYPE_URL => Ok(late(exec(ledger, &read(any)?))),
        MsgCreateCertificate::TYPE_URL => certificate(&read(any)?),
        MsgSend::TYPE_URL => Ok(bank::send(&read(any)?)),
        _ => act(ledger, any),
    }
}

fn act(ledger: &Ledger, any: &Any) -> Result<Deed, Abci> {
    if any.type_url == MsgAccountDeposit::TYPE_URL
        && let Some(judged) = form::judge(ledger, any)
    {
        return judged;
    }
    let action = match action::from_any(any) {
        Ok(action) => action,
        Err(error) => return form::judge(ledger, any).unwrap_or_else(|| Err(misread(error))),
    };
    ledger.validate_basic(&action).map_err(|error| Abci {
        codespace: error.code().codespace.to_owned(),
        code: error.code().code,
        log: error.to_string(),
    })?;
    Ok(Deed::Act(Box::new(action)))
}

fn misread(error: ConvertError) -> Abci {
    match error {
        ConvertError::UnknownMessage { type_url } => Abci::sdk(
            6,
            format!("no message handler found for {type_url}: unknown request"),
        ),
        error => converted(&error),
    }
}

/// The modules of the Cosmos SDK look at a message's form only when they execute it.
fn late(deed: Result<Deed, Abci>) -> Deed {
    deed.unwrap_or_else(Deed::Refused)
}

fn revoke_allowance(m: &MsgRevokeAllowance) -> Result<Deed, Abci> {
    if m.granter == m.grantee {
        return Err(Abci::sdk(7, "addresses must be different: invalid address"));
    }
    Ok(Deed::RevokeAllowance {
        granter: account(&m.granter)?,
        grantee: account(&m.grantee)?,
    })
}

fn granter_is_grantee() -> Abci {
    Abci {
        codespace: "authz".to_owned(),
        code: 7,
        log: "grantee and granter should be different".to_owned(),
    }
}

fn unauthorize(ledger: &Ledger, any: &Any) -> Result<Deed, Abci> {
    let m: MsgRevoke = read(any)?;
    if m.granter == m.grantee {
        return Err(granter_is_grantee());
    }
    if m.msg_type_url.is_empty() {
        return Err(Abci::sdk(18, "missing msg method name: invalid request"));
    }
    if m.msg_type_url == MsgAccountDeposit::TYPE_URL {
        return act(ledger, any);
    }
    Ok(Deed::Unauthorize {
        granter: account(&m.granter)?,
        grantee: account(&m.grantee)?,
        message_type: m.msg_type_url,
    })
}

fn grant_allowance(m: MsgGrantAllowance) -> Result<Deed, Abci> {
    if m.granter == m.grantee {
        return Err(Abci::sdk(
            7,
            "cannot self-grant fee authorization: invalid address",
        ));
    }
    let allowance = m.allowance.unwrap_or_default();
    allowance::check(&allowance, None)?;
    Ok(Deed::GrantAllowance {
        granter: account(&m.granter)?,
        grantee: account(&m.grantee)?,
        allowance,
    })
}

fn authorize(ledger: &Ledger, any: &Any) -> Result<Deed, Abci> {
    let m: MsgGrant = read(any)?;
    let authorization = m.grant.authorization.unwrap_or_default();
    if m.granter == m.grantee {
        return Err(granter_is_grantee());
    }
    if authorization.type_url == DepositAuthorization::TYPE_URL {
        form::deposit_authorization(&authorization)?;
        return act(ledger, any);
    }
    let message = authority::message_type(&authorization)?;
    if !authority::is_served(&message) {
        return Err(Abci::sdk(
            29,
            format!("{message} doesn't exist.: invalid type"),
        ));
    }
    Ok(Deed::Authorize {
        granter: account(&m.granter)?,
        grantee: account(&m.grantee)?,
        authorization,
        expires: moment(m.grant.expiration)?,
    })
}

fn exec(ledger: &Ledger, m: &MsgExec) -> Result<Deed, Abci> {
    if m.msgs.is_empty() {
        return Err(Abci::sdk(18, "messages cannot be empty: invalid request"));
    }
    let messages = m.msgs.iter().map(|inner| {
        let body = TxBody {
            messages: vec![inner.clone()],
            ..TxBody::default()
        };
        let signers = signers(&body, None).map_err(|e| Abci::sdk(2, e.to_string()))?;
        let [signer] = signers.as_slice() else {
            return Err(Abci {
                codespace: "authz".to_owned(),
                code: 9,
                log: "authorization can be given to msg with only one signer".to_owned(),
            });
        };
        Ok((inner.clone(), signer.clone(), deed(ledger, inner)?))
    });
    Ok(Deed::Exec {
        grantee: account(&m.grantee)?,
        messages: messages.collect::<Result<_, _>>()?,
    })
}

#[cfg(feature = "certificates")]
fn certificate(m: &MsgCreateCertificate) -> Result<Deed, Abci> {
    use crate::identity::certificate::check_on_chain;

    let owner = account(&m.owner)?;
    let info = check_on_chain(&owner, &m.cert, &m.pubkey).map_err(|error| {
        let (codespace, code, log) = error.on_node();
        Abci {
            codespace: codespace.to_owned(),
            code,
            log,
        }
    })?;
    Ok(Deed::Act(Box::new(Action::CreateCertificate {
        owner,
        serial: info.serial,
        cert: m.cert.clone(),
        pubkey: m.pubkey.clone(),
    })))
}

#[cfg(not(feature = "certificates"))]
fn certificate(_: &MsgCreateCertificate) -> Result<Deed, Abci> {
    Err(Abci::sdk(
        6,
        "certificates are not built in (feature `certificates`): unknown request",
    ))
}
