//! Actions as messages.

use crate::cosmos::convert::grant::authorization;
use crate::cosmos::convert::market::reclamation;
use crate::cosmos::convert::money::wire_dec;
use crate::cosmos::convert::time::{duration, wire_timestamp};
use crate::cosmos::convert::{Wire, to_wires};
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::akash::audit::v1 as audit;
use crate::cosmos::wire::akash::bme::v1 as bme;
use crate::cosmos::wire::akash::cert::v1 as cert;
use crate::cosmos::wire::akash::deployment::v1beta4 as deployment;
use crate::cosmos::wire::akash::escrow::v1 as escrow;
use crate::cosmos::wire::akash::market::v1beta5 as market;
use crate::cosmos::wire::akash::oracle::v2 as oracle;
use crate::cosmos::wire::akash::provider::v1beta4 as provider;
use crate::cosmos::wire::cosmos::authz::v1beta1 as authz;
use crate::cosmos::wire::cosmos::bank::v1beta1 as bank;
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::action::Action;
use akash_market::lease::CloseReason;
use akash_market::params::ParamsChange;
use akash_sdl::num::Denom;

/// The message that asks for this action.
#[must_use]
pub fn to_any(action: &Action) -> Any {
    match action {
        Action::CreateDeployment {
            id,
            groups,
            hash,
            deposit,
            reclamation_min_window,
        } => deployment::MsgCreateDeployment {
            id: id.to_wire(),
            groups: to_wires(groups),
            hash: hash.clone(),
            deposit: deposit.to_wire(),
            reclamation: reclamation(*reclamation_min_window),
        }
        .to_any(),
        Action::UpdateDeployment { id, hash } => deployment::MsgUpdateDeployment {
            id: id.to_wire(),
            hash: hash.clone(),
        }
        .to_any(),
        Action::CloseDeployment { id } => {
            deployment::MsgCloseDeployment { id: id.to_wire() }.to_any()
        }
        Action::CloseGroup { id } => deployment::MsgCloseGroup { id: id.to_wire() }.to_any(),
        Action::PauseGroup { id } => deployment::MsgPauseGroup { id: id.to_wire() }.to_any(),
        Action::StartGroup { id } => deployment::MsgStartGroup { id: id.to_wire() }.to_any(),
        Action::CreateBid {
            id,
            price,
            deposit,
            resources_offer,
            reclamation_window,
        } => market::MsgCreateBid {
            id: id.to_wire(),
            price: price.to_wire(),
            deposit: deposit.to_wire(),
            resources_offer: to_wires(resources_offer),
            reclamation_window: reclamation_window.map(duration),
        }
        .to_any(),
        Action::CloseBid { id, reason } => market::MsgCloseBid {
            id: id.to_wire(),
            reason: reason.to_wire(),
        }
        .to_any(),
        Action::CreateLease { id } => market::MsgCreateLease {
            bid_id: id.to_wire(),
        }
        .to_any(),
        Action::CloseLease { id } => market::MsgCloseLease {
            id: id.to_wire(),
            // The chain takes its own reason, whatever stands here.
            reason: CloseReason::INVALID.to_wire(),
        }
        .to_any(),
        Action::WithdrawLease { id } => market::MsgWithdrawLease { id: id.to_wire() }.to_any(),
        Action::StartReclaim { id, reason } => market::MsgLeaseStartReclaim {
            id: id.to_wire(),
            reason: reason.to_wire(),
        }
        .to_any(),
        Action::Deposit {
            signer,
            id,
            deposit,
        } => escrow::MsgAccountDeposit {
            signer: signer.to_string(),
            id: id.to_wire(),
            deposit: deposit.to_wire(),
        }
        .to_any(),
        Action::AddPrice {
            signer,
            pair,
            price,
            timestamp,
        } => oracle::MsgAddPriceEntry {
            signer: signer.to_string(),
            id: pair.to_wire(),
            price: wire_dec(*price),
            timestamp: wire_timestamp(*timestamp),
        }
        .to_any(),
        Action::BurnMint { .. } | Action::FundVault { .. } => bme_to_any(action),
        Action::CreateProvider { .. }
        | Action::UpdateProvider { .. }
        | Action::DeleteProvider { .. }
        | Action::SignAttributes { .. }
        | Action::DeleteAttributes { .. }
        | Action::CreateCertificate { .. }
        | Action::RevokeCertificate { .. } => identity_to_any(action),
        Action::Send { from, to, coins } => bank::MsgSend {
            from_address: from.to_string(),
            to_address: to.to_string(),
            amount: to_wires(coins),
        }
        .to_any(),
        Action::GrantDeposit {
            granter,
            grantee,
            scopes,
            spend_limits,
            expires,
        } => authz::MsgGrant {
            granter: granter.to_string(),
            grantee: grantee.to_string(),
            grant: authz::Grant {
                authorization: Some(authorization(scopes, spend_limits)),
                expiration: expires.map(wire_timestamp),
            },
        }
        .to_any(),
        Action::RevokeDepositGrant { granter, grantee } => authz::MsgRevoke {
            granter: granter.to_string(),
            grantee: grantee.to_string(),
            msg_type_url: escrow::MsgAccountDeposit::TYPE_URL.to_owned(),
        }
        .to_any(),
        Action::UpdateParams { authority, params } => {
            let authority = authority.to_string();
            match &**params {
                ParamsChange::Deployment(params) => deployment::MsgUpdateParams {
                    authority,
                    params: params.to_wire(),
                }
                .to_any(),
                ParamsChange::Market(params) => market::MsgUpdateParams {
                    authority,
                    params: params.to_wire(),
                }
                .to_any(),
                ParamsChange::Bme(params) => bme::MsgUpdateParams {
                    authority,
                    params: params.to_wire(),
                }
                .to_any(),
                ParamsChange::Oracle(params) => oracle::MsgUpdateParams {
                    authority,
                    params: params.to_wire(),
                }
                .to_any(),
                _ => Any::default(),
            }
        }
        _ => Any::default(),
    }
}

fn bme_to_any(action: &Action) -> Any {
    match action {
        Action::BurnMint {
            owner,
            to,
            coins_to_burn,
            denom_to_mint,
        } => {
            let (owner, to) = (owner.to_string(), to.to_string());
            let coins = coins_to_burn.to_wire();
            // The two named directions have messages of their own, which wallets show more clearly.
            if *denom_to_mint == Denom::UACT {
                bme::MsgMintAct {
                    owner,
                    to,
                    coins_to_burn: coins,
                }
                .to_any()
            } else if *denom_to_mint == Denom::UAKT {
                bme::MsgBurnAct {
                    owner,
                    to,
                    coins_to_burn: coins,
                }
                .to_any()
            } else {
                let denom_to_mint = denom_to_mint.to_string();
                bme::MsgBurnMint {
                    owner,
                    to,
                    coins_to_burn: coins,
                    denom_to_mint,
                }
                .to_any()
            }
        }
        Action::FundVault {
            authority,
            amount,
            source,
        } => bme::MsgFundVault {
            authority: authority.to_string(),
            amount: amount.to_wire(),
            source: source.to_string(),
        }
        .to_any(),
        _ => Any::default(),
    }
}

fn identity_to_any(action: &Action) -> Any {
    match action.clone() {
        Action::CreateProvider {
            owner,
            host_uri,
            attributes,
            info,
        } => provider::MsgCreateProvider {
            owner: owner.to_string(),
            host_uri,
            attributes: to_wires(&attributes),
            info: info.to_wire(),
        }
        .to_any(),
        Action::UpdateProvider {
            owner,
            host_uri,
            attributes,
            info,
        } => provider::MsgUpdateProvider {
            owner: owner.to_string(),
            host_uri,
            attributes: to_wires(&attributes),
            info: info.to_wire(),
        }
        .to_any(),
        Action::DeleteProvider { owner } => provider::MsgDeleteProvider {
            owner: owner.to_string(),
        }
        .to_any(),
        Action::SignAttributes {
            owner,
            auditor,
            attributes,
        } => audit::MsgSignProviderAttributes {
            owner: owner.to_string(),
            auditor: auditor.to_string(),
            attributes: to_wires(&attributes),
        }
        .to_any(),
        Action::DeleteAttributes {
            owner,
            auditor,
            keys,
        } => audit::MsgDeleteProviderAttributes {
            owner: owner.to_string(),
            auditor: auditor.to_string(),
            keys,
        }
        .to_any(),
        Action::CreateCertificate {
            owner,
            cert,
            pubkey,
            ..
        } => cert::MsgCreateCertificate {
            owner: owner.to_string(),
            cert,
            pubkey,
        }
        .to_any(),
        Action::RevokeCertificate { owner, serial } => cert::MsgRevokeCertificate {
            id: cert::Id {
                owner: owner.to_string(),
                serial,
            },
        }
        .to_any(),
        _ => Any::default(),
    }
}
