//! Changes as the chain's typed events.

use super::money::{address, dec, wire_dec};
use super::time::{timestamp, wire_timestamp};
use super::{ConvertError, Wire};
use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::akash::audit::v1 as audit;
use crate::cosmos::wire::akash::bme::v1 as bme;
use crate::cosmos::wire::akash::deployment::v1 as deployment;
use crate::cosmos::wire::akash::epochs::v1beta1 as epochs;
use crate::cosmos::wire::akash::escrow::v1::MsgAccountDeposit;
use crate::cosmos::wire::akash::market::v1 as market;
use crate::cosmos::wire::akash::oracle::{v1 as older_oracle, v2 as oracle};
use crate::cosmos::wire::akash::provider::v1beta4 as provider;
use crate::cosmos::wire::cosmos::authz::v1beta1 as authz;
use crate::cosmos::wire::google::protobuf::Any;
use akash_market::bme::{
    CancelReason, CoinPrice, ExecutedRecord, MintStatus, Record, RecordId, RecordState,
};
use akash_market::change::Change;
use akash_market::id::{BidId, DeploymentId, GroupId, Height, LeaseId, OrderId};
use akash_market::lease::CloseReason;
use akash_market::oracle::{AggregatedPrice, PairId};
use akash_sdl::num::{Coin, DecCoin};

/// The typed event with which the chain announces a change; most bookkeeping has none.
#[must_use]
pub fn to_any(change: &Change) -> Option<Any> {
    let any = match change {
        Change::DeploymentCreated { id, hash, .. } => deployment::EventDeploymentCreated {
            id: id.to_wire(),
            hash: hash.clone(),
        }
        .to_any(),
        Change::DeploymentUpdated { id, hash } => deployment::EventDeploymentUpdated {
            id: id.to_wire(),
            hash: hash.clone(),
        }
        .to_any(),
        Change::DeploymentClosed { id } => {
            deployment::EventDeploymentClosed { id: id.to_wire() }.to_any()
        }
        Change::GroupStarted { id } => deployment::EventGroupStarted { id: id.to_wire() }.to_any(),
        Change::GroupPaused { id } => deployment::EventGroupPaused { id: id.to_wire() }.to_any(),
        Change::GroupClosed { id, .. } => {
            deployment::EventGroupClosed { id: id.to_wire() }.to_any()
        }
        Change::OrderCreated { id } => market::EventOrderCreated { id: id.to_wire() }.to_any(),
        Change::OrderClosed { id } => market::EventOrderClosed { id: id.to_wire() }.to_any(),
        Change::BidCreated { id, price } => market::EventBidCreated {
            id: id.to_wire(),
            price: price.to_wire(),
        }
        .to_any(),
        Change::BidClosed { id } => market::EventBidClosed { id: id.to_wire() }.to_any(),
        Change::LeaseCreated { id, price } => market::EventLeaseCreated {
            id: id.to_wire(),
            price: price.to_wire(),
        }
        .to_any(),
        Change::LeaseClosed { id, reason, .. } => market::EventLeaseClosed {
            id: id.to_wire(),
            reason: reason.to_wire(),
        }
        .to_any(),
        Change::LeaseReclaimStarted {
            id,
            reason,
            deadline,
        } => market::EventLeaseReclaimStarted {
            id: id.to_wire(),
            reason: reason.to_wire(),
            deadline: *deadline,
        }
        .to_any(),
        Change::BurnMintSettled { record } => return settled(record),
        Change::MintStatusChanged {
            previous,
            current,
            collateral_ratio,
        } => bme::EventMintStatusChange {
            previous_status: previous.to_wire(),
            new_status: current.to_wire(),
            collateral_ratio: wire_dec(*collateral_ratio),
        }
        .to_any(),
        Change::VaultFunded {
            amount,
            source,
            new_vault_balance,
        } => bme::EventVaultFunded {
            amount: amount.to_wire(),
            source: source.to_string(),
            new_vault_balance: new_vault_balance.to_wire(),
        }
        .to_any(),
        Change::PriceReported {
            source,
            pair,
            price,
            timestamp,
        } => oracle::EventPriceData {
            source: source.to_string(),
            id: pair.to_wire(),
            price: wire_dec(*price),
            timestamp: wire_timestamp(*timestamp),
        }
        .to_any(),
        Change::PriceAggregated { price } => oracle::EventAggregatedPrice {
            price: price.to_wire(),
        }
        .to_any(),
        Change::PriceStaled { pair, last_height } => oracle::EventPriceStaled {
            id: pair.to_wire(),
            last_height: last_height.0,
        }
        .to_any(),
        Change::PriceStaleWarned {
            pair,
            last_height,
            blocks_left,
        } => oracle::EventPriceStaleWarning {
            id: pair.to_wire(),
            last_height: last_height.0,
            blocks_to_stall: *blocks_left,
        }
        .to_any(),
        Change::PriceRecovered { pair, height } => oracle::EventPriceRecovered {
            id: pair.to_wire(),
            height: height.0,
        }
        .to_any(),
        Change::ProviderCreated { owner } => provider::EventProviderCreated {
            owner: owner.to_string(),
        }
        .to_any(),
        Change::ProviderUpdated { owner } => provider::EventProviderUpdated {
            owner: owner.to_string(),
        }
        .to_any(),
        Change::ProviderDeleted { owner } => provider::EventProviderDeleted {
            owner: owner.to_string(),
        }
        .to_any(),
        Change::AttributesSigned { owner, auditor } => audit::EventTrustedAuditorCreated {
            owner: owner.to_string(),
            auditor: auditor.to_string(),
        }
        .to_any(),
        Change::AttributesDeleted { owner, auditor } => audit::EventTrustedAuditorDeleted {
            owner: owner.to_string(),
            auditor: auditor.to_string(),
        }
        .to_any(),
        Change::EpochStarted {
            number, start_time, ..
        } => epochs::EventEpochStart {
            epoch_number: *number,
            epoch_start_time: *start_time,
        }
        .to_any(),
        Change::EpochEnded { number, .. } => epochs::EventEpochEnd {
            epoch_number: *number,
        }
        .to_any(),
        Change::DepositGranted { granter, grantee } => authz::EventGrant {
            msg_type_url: MsgAccountDeposit::TYPE_URL.to_owned(),
            granter: granter.to_string(),
            grantee: grantee.to_string(),
        }
        .to_any(),
        Change::DepositGrantRevoked { granter, grantee } => authz::EventRevoke {
            msg_type_url: MsgAccountDeposit::TYPE_URL.to_owned(),
            granter: granter.to_string(),
            grantee: grantee.to_string(),
        }
        .to_any(),
        _ => return None,
    };
    Some(any)
}

fn settled(record: &Record) -> Option<Any> {
    match &record.state {
        RecordState::Pending { .. } => None,
        RecordState::Executed(executed) => {
            let figures = executed.to_wire();
            Some(
                bme::EventLedgerRecordExecuted {
                    id: record.id.to_wire(),
                    burned_from: figures.burned_from,
                    minted_to: figures.minted_to,
                    burner: figures.burner,
                    minter: figures.minter,
                    burned: figures.burned,
                    minted: figures.minted,
                    spread: figures.spread,
                    remint_credit_issued: figures.remint_credit_issued,
                    remint_credit_accrued: figures.remint_credit_accrued,
                }
                .to_any(),
            )
        }
        RecordState::Canceled {
            owner,
            to,
            coins_to_burn,
            denom_to_mint,
            reason,
        } => Some(
            bme::EventLedgerRecordCanceled {
                id: record.id.to_wire(),
                cancel_reason: reason.to_wire(),
                owner: owner.to_string(),
                to: to.to_string(),
                coins_to_burn: coins_to_burn.to_wire(),
                denom_to_mint: denom_to_mint.to_string(),
            }
            .to_any(),
        ),
    }
}

fn read<M: TypeUrl>(any: &Any) -> Result<M, ConvertError> {
    M::from_any(any).map_err(|e| ConvertError::Decode {
        type_url: any.type_url.clone(),
        reason: e.to_string(),
    })
}

/// The change that a typed event announces, as far as the event tells; `None` for events of other kinds.
///
/// # Errors
/// If the event can't be understood.
pub fn from_any(any: &Any) -> Result<Option<Change>, ConvertError> {
    let change = match any.type_url.as_str() {
        deployment::EventDeploymentCreated::TYPE_URL => {
            let event: deployment::EventDeploymentCreated = read(any)?;
            Change::DeploymentCreated {
                id: DeploymentId::from_wire(&event.id)?,
                hash: event.hash,
                groups: Vec::new(),
                reclamation_min_window: None,
            }
        }
        deployment::EventDeploymentUpdated::TYPE_URL => {
            let event: deployment::EventDeploymentUpdated = read(any)?;
            let id = DeploymentId::from_wire(&event.id)?;
            Change::DeploymentUpdated {
                id,
                hash: event.hash,
            }
        }
        deployment::EventDeploymentClosed::TYPE_URL => {
            let event: deployment::EventDeploymentClosed = read(any)?;
            Change::DeploymentClosed {
                id: DeploymentId::from_wire(&event.id)?,
            }
        }
        deployment::EventGroupStarted::TYPE_URL => {
            let event: deployment::EventGroupStarted = read(any)?;
            Change::GroupStarted {
                id: GroupId::from_wire(&event.id)?,
            }
        }
        deployment::EventGroupPaused::TYPE_URL => {
            let event: deployment::EventGroupPaused = read(any)?;
            Change::GroupPaused {
                id: GroupId::from_wire(&event.id)?,
            }
        }
        deployment::EventGroupClosed::TYPE_URL => {
            let event: deployment::EventGroupClosed = read(any)?;
            Change::GroupClosed {
                id: GroupId::from_wire(&event.id)?,
                insufficient_funds: false,
            }
        }
        url if url.starts_with("/akash.market.") => return market_event(any),
        url if url.starts_with("/akash.bme.") => return bme_event(any),
        url if url.starts_with("/akash.oracle.v1.") => return older_oracle_event(any),
        _ => return other_event(any),
    };
    Ok(Some(change))
}

fn market_event(any: &Any) -> Result<Option<Change>, ConvertError> {
    let change = match any.type_url.as_str() {
        market::EventOrderCreated::TYPE_URL => {
            let event: market::EventOrderCreated = read(any)?;
            Change::OrderCreated {
                id: OrderId::from_wire(&event.id)?,
            }
        }
        market::EventOrderClosed::TYPE_URL => {
            let event: market::EventOrderClosed = read(any)?;
            Change::OrderClosed {
                id: OrderId::from_wire(&event.id)?,
            }
        }
        market::EventBidCreated::TYPE_URL => {
            let event: market::EventBidCreated = read(any)?;
            let id = BidId::from_wire(&event.id)?;
            Change::BidCreated {
                id,
                price: DecCoin::from_wire(&event.price)?,
            }
        }
        market::EventBidClosed::TYPE_URL => {
            let event: market::EventBidClosed = read(any)?;
            Change::BidClosed {
                id: BidId::from_wire(&event.id)?,
            }
        }
        market::EventLeaseCreated::TYPE_URL => {
            let event: market::EventLeaseCreated = read(any)?;
            let id = LeaseId::from_wire(&event.id)?;
            Change::LeaseCreated {
                id,
                price: DecCoin::from_wire(&event.price)?,
            }
        }
        market::EventLeaseClosed::TYPE_URL => {
            let event: market::EventLeaseClosed = read(any)?;
            let reason = CloseReason::from_wire(&event.reason)?;
            Change::LeaseClosed {
                id: LeaseId::from_wire(&event.id)?,
                reason,
                insufficient_funds: reason == CloseReason::INSUFFICIENT_FUNDS,
            }
        }
        market::EventLeaseReclaimStarted::TYPE_URL => {
            let event: market::EventLeaseReclaimStarted = read(any)?;
            Change::LeaseReclaimStarted {
                id: LeaseId::from_wire(&event.id)?,
                reason: CloseReason::from_wire(&event.reason)?,
                deadline: event.deadline,
            }
        }
        _ => return Ok(None),
    };
    Ok(Some(change))
}

fn bme_event(any: &Any) -> Result<Option<Change>, ConvertError> {
    let priced = |p: Option<bme::CoinPrice>| p.as_ref().map(CoinPrice::from_wire).transpose();
    let change = match any.type_url.as_str() {
        bme::EventLedgerRecordExecuted::TYPE_URL => {
            let event: bme::EventLedgerRecordExecuted = read(any)?;
            let executed = ExecutedRecord {
                burned_from: address(&event.burned_from, "burned_from")?,
                minted_to: address(&event.minted_to, "minted_to")?,
                burner: event.burner,
                minter: event.minter,
                burned: priced(event.burned)?,
                minted: priced(event.minted)?,
                spread: Coin::from_wire(&event.spread)?,
                remint_credit_issued: priced(event.remint_credit_issued)?,
                remint_credit_accrued: priced(event.remint_credit_accrued)?,
            };
            let id = RecordId::from_wire(&event.id)?;
            let state = RecordState::Executed(Box::new(executed));
            Change::BurnMintSettled {
                record: Box::new(Record { id, state }),
            }
        }
        bme::EventLedgerRecordCanceled::TYPE_URL => {
            let event: bme::EventLedgerRecordCanceled = read(any)?;
            let id = RecordId::from_wire(&event.id)?;
            let state = RecordState::Canceled {
                owner: address(&event.owner, "owner")?,
                to: address(&event.to, "to")?,
                coins_to_burn: Coin::from_wire(&event.coins_to_burn)?,
                denom_to_mint: super::money::denom(&event.denom_to_mint, "denom_to_mint")?,
                reason: CancelReason::from_wire(&event.cancel_reason)?,
            };
            Change::BurnMintSettled {
                record: Box::new(Record { id, state }),
            }
        }
        bme::EventMintStatusChange::TYPE_URL => {
            let event: bme::EventMintStatusChange = read(any)?;
            Change::MintStatusChanged {
                previous: MintStatus::from_wire(&event.previous_status)?,
                current: MintStatus::from_wire(&event.new_status)?,
                collateral_ratio: dec(&event.collateral_ratio, "collateral_ratio")?,
            }
        }
        bme::EventVaultFunded::TYPE_URL => {
            let event: bme::EventVaultFunded = read(any)?;
            Change::VaultFunded {
                amount: Coin::from_wire(&event.amount)?,
                source: address(&event.source, "source")?,
                new_vault_balance: Coin::from_wire(&event.new_vault_balance)?,
            }
        }
        _ => return Ok(None),
    };
    Ok(Some(change))
}

/// Events of the oracle of nodes before v2.1: all but the report of a price have today's fields, a warning one more.
fn older_oracle_event(any: &Any) -> Result<Option<Change>, ConvertError> {
    if any.type_url == older_oracle::EventPriceData::TYPE_URL {
        let event: older_oracle::EventPriceData = read(any)?;
        return Ok(Some(Change::PriceReported {
            source: address(&event.source, "source")?,
            pair: PairId {
                denom: event.id.denom,
                base_denom: event.id.base_denom,
            },
            price: dec(&event.data.price, "data.price")?,
            timestamp: timestamp(event.data.timestamp, "data.timestamp")?,
        }));
    }
    other_event(&Any {
        type_url: any.type_url.replacen(".v1.", ".v2.", 1),
        value: any.value.clone(),
    })
}

fn other_event(any: &Any) -> Result<Option<Change>, ConvertError> {
    let change = match any.type_url.as_str() {
        oracle::EventPriceData::TYPE_URL => {
            let event: oracle::EventPriceData = read(any)?;
            Change::PriceReported {
                source: address(&event.source, "source")?,
                pair: PairId::from_wire(&event.id)?,
                price: dec(&event.price, "price")?,
                timestamp: timestamp(event.timestamp, "timestamp")?,
            }
        }
        oracle::EventAggregatedPrice::TYPE_URL => {
            let event: oracle::EventAggregatedPrice = read(any)?;
            let price = Box::new(AggregatedPrice::from_wire(&event.price)?);
            Change::PriceAggregated { price }
        }
        oracle::EventPriceStaled::TYPE_URL => {
            let event: oracle::EventPriceStaled = read(any)?;
            let pair = PairId::from_wire(&event.id)?;
            Change::PriceStaled {
                pair,
                last_height: Height(event.last_height),
            }
        }
        oracle::EventPriceStaleWarning::TYPE_URL => {
            let event: oracle::EventPriceStaleWarning = read(any)?;
            Change::PriceStaleWarned {
                pair: PairId::from_wire(&event.id)?,
                last_height: Height(event.last_height),
                blocks_left: event.blocks_to_stall,
            }
        }
        oracle::EventPriceRecovered::TYPE_URL => {
            let event: oracle::EventPriceRecovered = read(any)?;
            let pair = PairId::from_wire(&event.id)?;
            Change::PriceRecovered {
                pair,
                height: Height(event.height),
            }
        }
        provider::EventProviderCreated::TYPE_URL => {
            let event: provider::EventProviderCreated = read(any)?;
            Change::ProviderCreated {
                owner: address(&event.owner, "owner")?,
            }
        }
        provider::EventProviderUpdated::TYPE_URL => {
            let event: provider::EventProviderUpdated = read(any)?;
            Change::ProviderUpdated {
                owner: address(&event.owner, "owner")?,
            }
        }
        provider::EventProviderDeleted::TYPE_URL => {
            let event: provider::EventProviderDeleted = read(any)?;
            Change::ProviderDeleted {
                owner: address(&event.owner, "owner")?,
            }
        }
        audit::EventTrustedAuditorCreated::TYPE_URL => {
            let event: audit::EventTrustedAuditorCreated = read(any)?;
            let auditor = address(&event.auditor, "auditor")?;
            Change::AttributesSigned {
                owner: address(&event.owner, "owner")?,
                auditor,
            }
        }
        audit::EventTrustedAuditorDeleted::TYPE_URL => {
            let event: audit::EventTrustedAuditorDeleted = read(any)?;
            let auditor = address(&event.auditor, "auditor")?;
            Change::AttributesDeleted {
                owner: address(&event.owner, "owner")?,
                auditor,
            }
        }
        epochs::EventEpochStart::TYPE_URL => {
            let event: epochs::EventEpochStart = read(any)?;
            Change::EpochStarted {
                identifier: String::new(),
                number: event.epoch_number,
                start_time: event.epoch_start_time,
            }
        }
        epochs::EventEpochEnd::TYPE_URL => {
            let event: epochs::EventEpochEnd = read(any)?;
            Change::EpochEnded {
                identifier: String::new(),
                number: event.epoch_number,
            }
        }
        _ => return Ok(None),
    };
    Ok(Some(change))
}
