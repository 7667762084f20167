use super::money::{address, dec, denom, wire_dec};
use super::{ConvertError, Wire, from_wires, same_variants, to_wires};
use crate::cosmos::wire::akash::bme::v1 as bme;
use akash_market::bme::{
    BmeStatus, CancelReason, CoinPrice, ExecutedRecord, MintStatus, Record, RecordId, RecordState,
    VaultState,
};
use akash_market::id::Height;
use akash_sdl::num::Coin;

same_variants!(
    MintStatus,
    bme::MintStatus {
        Unspecified,
        Healthy,
        Warning,
        HaltCr,
        HaltOracle
    }
);
same_variants!(
    CancelReason,
    bme::CancelReason {
        Unknown,
        Epsilon,
        ZeroPrice,
        InsufficientFunds,
        InvalidDenom,
        InvalidAmount,
        MinimumMint,
        MintFailed,
        BurnFailed,
        MaxAttempts
    }
);

impl Wire for RecordId {
    type Message = bme::LedgerRecordId;

    fn to_wire(&self) -> bme::LedgerRecordId {
        bme::LedgerRecordId {
            denom: self.denom.to_string(),
            to_denom: self.to_denom.to_string(),
            source: self.source.to_string(),
            height: self.height.0,
            sequence: self.sequence,
        }
    }

    fn from_wire(id: &bme::LedgerRecordId) -> Result<Self, ConvertError> {
        Ok(Self {
            denom: denom(&id.denom, "denom")?,
            to_denom: denom(&id.to_denom, "to_denom")?,
            source: address(&id.source, "source")?,
            height: Height(id.height),
            sequence: id.sequence,
        })
    }
}

impl Wire for CoinPrice {
    type Message = bme::CoinPrice;

    fn to_wire(&self) -> bme::CoinPrice {
        bme::CoinPrice {
            coin: self.coin.to_wire(),
            price: wire_dec(self.price),
        }
    }

    fn from_wire(message: &bme::CoinPrice) -> Result<Self, ConvertError> {
        Ok(Self {
            coin: Coin::from_wire(&message.coin)?,
            price: dec(&message.price, "price")?,
        })
    }
}

fn price(message: Option<&bme::CoinPrice>) -> Result<Option<CoinPrice>, ConvertError> {
    message.map(CoinPrice::from_wire).transpose()
}

impl Wire for ExecutedRecord {
    type Message = bme::LedgerRecord;

    fn to_wire(&self) -> bme::LedgerRecord {
        bme::LedgerRecord {
            burned_from: self.burned_from.to_string(),
            minted_to: self.minted_to.to_string(),
            burner: self.burner.clone(),
            minter: self.minter.clone(),
            burned: self.burned.as_ref().map(Wire::to_wire),
            minted: self.minted.as_ref().map(Wire::to_wire),
            spread: self.spread.to_wire(),
            remint_credit_issued: self.remint_credit_issued.as_ref().map(Wire::to_wire),
            remint_credit_accrued: self.remint_credit_accrued.as_ref().map(Wire::to_wire),
        }
    }

    fn from_wire(record: &bme::LedgerRecord) -> Result<Self, ConvertError> {
        Ok(Self {
            burned_from: address(&record.burned_from, "burned_from")?,
            minted_to: address(&record.minted_to, "minted_to")?,
            burner: record.burner.clone(),
            minter: record.minter.clone(),
            burned: price(record.burned.as_ref())?,
            minted: price(record.minted.as_ref())?,
            spread: Coin::from_wire(&record.spread)?,
            remint_credit_issued: price(record.remint_credit_issued.as_ref())?,
            remint_credit_accrued: price(record.remint_credit_accrued.as_ref())?,
        })
    }
}

impl Wire for Record {
    type Message = bme::QueryLedgerRecordEntry;

    fn to_wire(&self) -> bme::QueryLedgerRecordEntry {
        use bme::QueryLedgerRecordEntryRecord as Entry;
        let (status, record) = match &self.state {
            RecordState::Pending {
                owner,
                to,
                coins_to_burn,
                denom_to_mint,
                attempts,
            } => (
                bme::LedgerRecordStatus::Pending,
                Entry::PendingRecord(bme::LedgerPendingRecord {
                    owner: owner.to_string(),
                    to: to.to_string(),
                    coins_to_burn: coins_to_burn.to_wire(),
                    denom_to_mint: denom_to_mint.to_string(),
                    attempts: *attempts,
                }),
            ),
            RecordState::Executed(record) => (
                bme::LedgerRecordStatus::Executed,
                Entry::ExecutedRecord(record.to_wire()),
            ),
            RecordState::Canceled {
                owner,
                to,
                coins_to_burn,
                denom_to_mint,
                reason,
            } => (
                bme::LedgerRecordStatus::Canceled,
                Entry::CanceledRecord(bme::LedgerCanceledRecord {
                    owner: owner.to_string(),
                    cancel_reason: reason.to_wire(),
                    to: to.to_string(),
                    coins_to_burn: coins_to_burn.to_wire(),
                    denom_to_mint: denom_to_mint.to_string(),
                }),
            ),
        };
        bme::QueryLedgerRecordEntry {
            id: self.id.to_wire(),
            status: status.into(),
            record: record.into(),
        }
    }

    fn from_wire(entry: &bme::QueryLedgerRecordEntry) -> Result<Self, ConvertError> {
        use bme::QueryLedgerRecordEntryRecord as Entry;
        let state = match entry.record.0.as_ref() {
            Some(Entry::PendingRecord(record)) => RecordState::Pending {
                owner: address(&record.owner, "owner")?,
                to: address(&record.to, "to")?,
                coins_to_burn: Coin::from_wire(&record.coins_to_burn)?,
                denom_to_mint: denom(&record.denom_to_mint, "denom_to_mint")?,
                attempts: record.attempts,
            },
            Some(Entry::ExecutedRecord(record)) => {
                RecordState::Executed(Box::new(ExecutedRecord::from_wire(record)?))
            }
            Some(Entry::CanceledRecord(record)) => RecordState::Canceled {
                owner: address(&record.owner, "owner")?,
                to: address(&record.to, "to")?,
                coins_to_burn: Coin::from_wire(&record.coins_to_burn)?,
                denom_to_mint: denom(&record.denom_to_mint, "denom_to_mint")?,
                reason: CancelReason::from_wire(&record.cancel_reason)?,
            },
            None => return Err(ConvertError::Missing { field: "record" }),
        };
        Ok(Self {
            id: RecordId::from_wire(&entry.id)?,
            state,
        })
    }
}

impl Wire for BmeStatus {
    type Message = bme::QueryStatusResponse;

    fn to_wire(&self) -> bme::QueryStatusResponse {
        bme::QueryStatusResponse {
            status: self.status.to_wire(),
            collateral_ratio: wire_dec(self.collateral_ratio),
            warn_threshold: wire_dec(self.warn_threshold),
            halt_threshold: wire_dec(self.halt_threshold),
            mints_allowed: self.mints_allowed,
            refunds_allowed: self.refunds_allowed,
        }
    }

    fn from_wire(status: &bme::QueryStatusResponse) -> Result<Self, ConvertError> {
        Ok(Self {
            status: MintStatus::from_wire(&status.status)?,
            collateral_ratio: dec(&status.collateral_ratio, "collateral_ratio")?,
            warn_threshold: dec(&status.warn_threshold, "warn_threshold")?,
            halt_threshold: dec(&status.halt_threshold, "halt_threshold")?,
            mints_allowed: status.mints_allowed,
            refunds_allowed: status.refunds_allowed,
        })
    }
}

impl Wire for VaultState {
    type Message = bme::State;

    fn to_wire(&self) -> bme::State {
        bme::State {
            balances: to_wires(&self.balances),
            total_burned: to_wires(&self.total_burned),
            total_minted: to_wires(&self.total_minted),
            remint_credits: to_wires(&self.remint_credits),
        }
    }

    fn from_wire(state: &bme::State) -> Result<Self, ConvertError> {
        Ok(Self {
            balances: from_wires(&state.balances)?,
            total_burned: from_wires(&state.total_burned)?,
            total_minted: from_wires(&state.total_minted)?,
            remint_credits: from_wires(&state.remint_credits)?,
        })
    }
}
