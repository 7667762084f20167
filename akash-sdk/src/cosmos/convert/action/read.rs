//! Messages as actions.

use crate::cosmos::convert::market::{min_window, window};
use crate::cosmos::convert::money::{address, dec, denom};
use crate::cosmos::convert::time::timestamp;
use crate::cosmos::convert::{ConvertError, Wire, from_wires};
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
use akash_market::bid::ResourceOffer;
use akash_market::escrow::{AccountId, Deposit};
use akash_market::grant::DepositGrant;
use akash_market::id::{BidId, DeploymentId, GroupId, LeaseId};
use akash_market::lease::CloseReason;
use akash_market::oracle::PairId;
use akash_market::params::{BmeParams, DeploymentParams, MarketParams, OracleParams, ParamsChange};
use akash_market::provider::ProviderInfo;
use akash_sdl::num::{Coin, DecCoin, Denom};

pub(super) fn read<M: TypeUrl>(any: &Any) -> Result<M, ConvertError> {
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
                resources_offer: from_wires::<ResourceOffer>(&m.resources_offer)?.into(),
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
            let DepositGrant {
                granter,
                grantee,
                scopes,
                spend_limits,
                expires,
            } = DepositGrant::from_wire(&authz::GrantAuthorization {
                granter: m.granter,
                grantee: m.grantee,
                authorization: m.grant.authorization,
                expiration: m.grant.expiration,
            })?;
            Ok(Action::GrantDeposit {
                granter,
                grantee,
                scopes,
                spend_limits,
                expires,
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
