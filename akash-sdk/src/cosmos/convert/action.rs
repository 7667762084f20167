//! Actions as transaction messages, and their answers.

use super::market::{min_window, reclamation, window};
use super::money::{address, dec, denom, wire_dec};
use super::time::{duration, timestamp, wire_timestamp};
use super::{ConvertError, Wire, from_wires, same_variants, to_wires};
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
use crate::cosmos::wire::{Enum, TypeUrl};
use akash_market::action::{Action, Outcome};
use akash_market::bme::RecordId;
use akash_market::escrow::{AccountId, Deposit};
use akash_market::grant::GrantScope;
use akash_market::id::{BidId, DeploymentId, GroupId, LeaseId};
use akash_market::lease::CloseReason;
use akash_market::oracle::PairId;
use akash_market::params::{BmeParams, DeploymentParams, MarketParams, OracleParams, ParamsChange};
use akash_market::provider::ProviderInfo;
use akash_sdl::num::{Coin, DecCoin, Denom};

same_variants!(
    GrantScope,
    escrow::DepositAuthorizationScope { Deployment, Bid }
);

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
        } => {
            let authorization = escrow::DepositAuthorization {
                // The older single limit has to be there, and to be nothing.
                spend_limit: Coin::zero(Denom::UAKT).to_wire(),
                scopes: to_wires(scopes),
                spend_limits: to_wires(spend_limits),
            };
            authz::MsgGrant {
                granter: granter.to_string(),
                grantee: grantee.to_string(),
                grant: authz::Grant {
                    authorization: Some(authorization.to_any()),
                    expiration: expires.map(wire_timestamp),
                },
            }
            .to_any()
        }
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

fn read<M: TypeUrl>(any: &Any) -> Result<M, ConvertError> {
    M::from_any(any).map_err(|e| ConvertError::Decode {
        type_url: any.type_url.clone(),
        reason: e.to_string(),
    })
}

fn burn_mint(
    owner: &str,
    to: &str,
    coins: &crate::cosmos::wire::cosmos::base::v1beta1::Coin,
    denom_to_mint: Denom,
) -> Result<Action, ConvertError> {
    Ok(Action::BurnMint {
        owner: address(owner, "owner")?,
        to: address(to, "to")?,
        coins_to_burn: Coin::from_wire(coins)?,
        denom_to_mint,
    })
}

fn update_params(authority: &str, params: ParamsChange) -> Result<Action, ConvertError> {
    let authority = address(authority, "authority")?;
    Ok(Action::UpdateParams {
        authority,
        params: Box::new(params),
    })
}

/// The action that a message asks for.
///
/// # Errors
/// If it is no message of the market or can't be understood. Certificates are read by whoever checks them, since the
/// serial number stands inside.
pub fn from_any(any: &Any) -> Result<Action, ConvertError> {
    match any.type_url.as_str() {
        deployment::MsgCreateDeployment::TYPE_URL => {
            let m: deployment::MsgCreateDeployment = read(any)?;
            Ok(Action::CreateDeployment {
                id: DeploymentId::from_wire(&m.id)?,
                groups: from_wires(&m.groups)?,
                hash: m.hash,
                deposit: Deposit::from_wire(&m.deposit)?,
                reclamation_min_window: min_window(m.reclamation.as_ref())?,
            })
        }
        deployment::MsgUpdateDeployment::TYPE_URL => {
            let m: deployment::MsgUpdateDeployment = read(any)?;
            Ok(Action::UpdateDeployment {
                id: DeploymentId::from_wire(&m.id)?,
                hash: m.hash,
            })
        }
        deployment::MsgCloseDeployment::TYPE_URL => {
            let m: deployment::MsgCloseDeployment = read(any)?;
            Ok(Action::CloseDeployment {
                id: DeploymentId::from_wire(&m.id)?,
            })
        }
        deployment::MsgCloseGroup::TYPE_URL => {
            let m: deployment::MsgCloseGroup = read(any)?;
            Ok(Action::CloseGroup {
                id: GroupId::from_wire(&m.id)?,
            })
        }
        deployment::MsgPauseGroup::TYPE_URL => {
            let m: deployment::MsgPauseGroup = read(any)?;
            Ok(Action::PauseGroup {
                id: GroupId::from_wire(&m.id)?,
            })
        }
        deployment::MsgStartGroup::TYPE_URL => {
            let m: deployment::MsgStartGroup = read(any)?;
            Ok(Action::StartGroup {
                id: GroupId::from_wire(&m.id)?,
            })
        }
        deployment::MsgUpdateParams::TYPE_URL => {
            let m: deployment::MsgUpdateParams = read(any)?;
            let params = DeploymentParams::from_wire(&m.params)?;
            update_params(&m.authority, ParamsChange::Deployment(params))
        }
        escrow::MsgAccountDeposit::TYPE_URL => {
            let m: escrow::MsgAccountDeposit = read(any)?;
            Ok(Action::Deposit {
                signer: address(&m.signer, "signer")?,
                id: AccountId::from_wire(&m.id)?,
                deposit: Deposit::from_wire(&m.deposit)?,
            })
        }
        url if url.starts_with("/akash.market.") => market_from_any(any),
        url if url.starts_with("/akash.bme.") || url.starts_with("/akash.oracle.") => {
            money_from_any(any)
        }
        url if url.starts_with("/cosmos.") => cosmos_from_any(any),
        _ => identity_from_any(any),
    }
}

fn market_from_any(any: &Any) -> Result<Action, ConvertError> {
    match any.type_url.as_str() {
        market::MsgCreateBid::TYPE_URL => {
            let m: market::MsgCreateBid = read(any)?;
            Ok(Action::CreateBid {
                id: BidId::from_wire(&m.id)?,
                price: DecCoin::from_wire(&m.price)?,
                deposit: Deposit::from_wire(&m.deposit)?,
                resources_offer: from_wires(&m.resources_offer)?,
                reclamation_window: window(m.reclamation_window)?,
            })
        }
        market::MsgCloseBid::TYPE_URL => {
            let m: market::MsgCloseBid = read(any)?;
            let reason = CloseReason::from_wire(&m.reason)?;
            Ok(Action::CloseBid {
                id: BidId::from_wire(&m.id)?,
                reason,
            })
        }
        market::MsgCreateLease::TYPE_URL => {
            let m: market::MsgCreateLease = read(any)?;
            Ok(Action::CreateLease {
                id: BidId::from_wire(&m.bid_id)?,
            })
        }
        market::MsgCloseLease::TYPE_URL => {
            let m: market::MsgCloseLease = read(any)?;
            Ok(Action::CloseLease {
                id: LeaseId::from_wire(&m.id)?,
            })
        }
        market::MsgWithdrawLease::TYPE_URL => {
            let m: market::MsgWithdrawLease = read(any)?;
            Ok(Action::WithdrawLease {
                id: LeaseId::from_wire(&m.id)?,
            })
        }
        market::MsgLeaseStartReclaim::TYPE_URL => {
            let m: market::MsgLeaseStartReclaim = read(any)?;
            let reason = CloseReason::from_wire(&m.reason)?;
            Ok(Action::StartReclaim {
                id: LeaseId::from_wire(&m.id)?,
                reason,
            })
        }
        market::MsgUpdateParams::TYPE_URL => {
            let m: market::MsgUpdateParams = read(any)?;
            let params = MarketParams::from_wire(&m.params)?;
            update_params(&m.authority, ParamsChange::Market(params))
        }
        _ => unknown(any),
    }
}

fn money_from_any(any: &Any) -> Result<Action, ConvertError> {
    match any.type_url.as_str() {
        bme::MsgMintAct::TYPE_URL => {
            let m: bme::MsgMintAct = read(any)?;
            burn_mint(&m.owner, &m.to, &m.coins_to_burn, Denom::UACT)
        }
        bme::MsgBurnAct::TYPE_URL => {
            let m: bme::MsgBurnAct = read(any)?;
            burn_mint(&m.owner, &m.to, &m.coins_to_burn, Denom::UAKT)
        }
        bme::MsgBurnMint::TYPE_URL => {
            let m: bme::MsgBurnMint = read(any)?;
            let denom = denom(&m.denom_to_mint, "denom_to_mint")?;
            burn_mint(&m.owner, &m.to, &m.coins_to_burn, denom)
        }
        bme::MsgFundVault::TYPE_URL => {
            let m: bme::MsgFundVault = read(any)?;
            Ok(Action::FundVault {
                authority: address(&m.authority, "authority")?,
                amount: Coin::from_wire(&m.amount)?,
                source: address(&m.source, "source")?,
            })
        }
        bme::MsgUpdateParams::TYPE_URL => {
            let m: bme::MsgUpdateParams = read(any)?;
            update_params(
                &m.authority,
                ParamsChange::Bme(BmeParams::from_wire(&m.params)?),
            )
        }
        oracle::MsgAddPriceEntry::TYPE_URL => {
            let m: oracle::MsgAddPriceEntry = read(any)?;
            Ok(Action::AddPrice {
                signer: address(&m.signer, "signer")?,
                pair: PairId::from_wire(&m.id)?,
                price: dec(&m.price, "price")?,
                timestamp: timestamp(m.timestamp, "timestamp")?,
            })
        }
        oracle::MsgUpdateParams::TYPE_URL => {
            let m: oracle::MsgUpdateParams = read(any)?;
            update_params(
                &m.authority,
                ParamsChange::Oracle(OracleParams::from_wire(&m.params)?),
            )
        }
        _ => unknown(any),
    }
}

fn identity_from_any(any: &Any) -> Result<Action, ConvertError> {
    match any.type_url.as_str() {
        provider::MsgCreateProvider::TYPE_URL => {
            let m: provider::MsgCreateProvider = read(any)?;
            Ok(Action::CreateProvider {
                owner: address(&m.owner, "owner")?,
                host_uri: m.host_uri,
                attributes: from_wires(&m.attributes)?,
                info: ProviderInfo::from_wire(&m.info)?,
            })
        }
        provider::MsgUpdateProvider::TYPE_URL => {
            let m: provider::MsgUpdateProvider = read(any)?;
            Ok(Action::UpdateProvider {
                owner: address(&m.owner, "owner")?,
                host_uri: m.host_uri,
                attributes: from_wires(&m.attributes)?,
                info: ProviderInfo::from_wire(&m.info)?,
            })
        }
        provider::MsgDeleteProvider::TYPE_URL => {
            let m: provider::MsgDeleteProvider = read(any)?;
            Ok(Action::DeleteProvider {
                owner: address(&m.owner, "owner")?,
            })
        }
        audit::MsgSignProviderAttributes::TYPE_URL => {
            let m: audit::MsgSignProviderAttributes = read(any)?;
            Ok(Action::SignAttributes {
                owner: address(&m.owner, "owner")?,
                auditor: address(&m.auditor, "auditor")?,
                attributes: from_wires(&m.attributes)?,
            })
        }
        audit::MsgDeleteProviderAttributes::TYPE_URL => {
            let m: audit::MsgDeleteProviderAttributes = read(any)?;
            Ok(Action::DeleteAttributes {
                owner: address(&m.owner, "owner")?,
                auditor: address(&m.auditor, "auditor")?,
                keys: m.keys,
            })
        }
        cert::MsgRevokeCertificate::TYPE_URL => {
            let m: cert::MsgRevokeCertificate = read(any)?;
            let owner = address(&m.id.owner, "owner")?;
            Ok(Action::RevokeCertificate {
                owner,
                serial: m.id.serial,
            })
        }
        _ => unknown(any),
    }
}

fn cosmos_from_any(any: &Any) -> Result<Action, ConvertError> {
    match any.type_url.as_str() {
        bank::MsgSend::TYPE_URL => {
            let m: bank::MsgSend = read(any)?;
            Ok(Action::Send {
                from: address(&m.from_address, "from_address")?,
                to: address(&m.to_address, "to_address")?,
                coins: from_wires(&m.amount)?,
            })
        }
        authz::MsgGrant::TYPE_URL => {
            let m: authz::MsgGrant = read(any)?;
            let authorization = m.grant.authorization.ok_or(ConvertError::Missing {
                field: "authorization",
            })?;
            let grant: escrow::DepositAuthorization = read(&authorization)?;
            Ok(Action::GrantDeposit {
                granter: address(&m.granter, "granter")?,
                grantee: address(&m.grantee, "grantee")?,
                scopes: from_wires(&grant.scopes)?,
                spend_limits: from_wires(&grant.spend_limits)?,
                expires: m
                    .grant
                    .expiration
                    .map(|time| timestamp(time, "expiration"))
                    .transpose()?,
            })
        }
        authz::MsgRevoke::TYPE_URL => {
            let m: authz::MsgRevoke = read(any)?;
            if m.msg_type_url != escrow::MsgAccountDeposit::TYPE_URL {
                return Err(ConvertError::UnknownMessage {
                    type_url: m.msg_type_url,
                });
            }
            Ok(Action::RevokeDepositGrant {
                granter: address(&m.granter, "granter")?,
                grantee: address(&m.grantee, "grantee")?,
            })
        }
        _ => unknown(any),
    }
}

fn unknown(any: &Any) -> Result<Action, ConvertError> {
    Err(ConvertError::UnknownMessage {
        type_url: any.type_url.clone(),
    })
}

/// The answer to the message `request` whose action had this outcome.
#[must_use]
pub fn outcome_to_any(request: &str, outcome: &Outcome) -> Any {
    let Outcome::Queued { id } = outcome else {
        return Any {
            type_url: format!("{request}Response"),
            value: Vec::new(),
        };
    };
    // The chain leaves the status unset.
    let (id, status) = (id.to_wire(), Enum::default());
    match request {
        bme::MsgMintAct::TYPE_URL => bme::MsgMintActResponse { id, status }.to_any(),
        bme::MsgBurnAct::TYPE_URL => bme::MsgBurnActResponse { id, status }.to_any(),
        _ => bme::MsgBurnMintResponse { id, status }.to_any(),
    }
}

/// What the answer to a message says.
///
/// # Errors
/// If a known answer can't be decoded. Other answers mean that it was done.
pub fn outcome_from_any(any: &Any) -> Result<Outcome, ConvertError> {
    let id = match any.type_url.as_str() {
        bme::MsgMintActResponse::TYPE_URL => read::<bme::MsgMintActResponse>(any)?.id,
        bme::MsgBurnActResponse::TYPE_URL => read::<bme::MsgBurnActResponse>(any)?.id,
        bme::MsgBurnMintResponse::TYPE_URL => read::<bme::MsgBurnMintResponse>(any)?.id,
        _ => return Ok(Outcome::Done),
    };
    Ok(Outcome::Queued {
        id: RecordId::from_wire(&id)?,
    })
}
