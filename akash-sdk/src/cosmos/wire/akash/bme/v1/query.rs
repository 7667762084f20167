//! Package `akash.bme.v1`: query.

use super::{
    LedgerCanceledRecord, LedgerPendingRecord, LedgerRecord, LedgerRecordId, MintStatus, Params,
    State,
};
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::message::{enums, messages, oneof};
use crate::cosmos::wire::{Choice, Dec, Enum};

messages! {
    "akash.bme.v1";

    /// Conditions on ledger records.
    LedgerRecordFilters "LedgerRecordFilters" {
        /// Account or source the funds come from.
        source: String = 1,
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 2,
        /// Denomination minted.
        to_denom: String = 3,
        /// Status.
        status: String = 4,
    }

    /// Request of `/akash.bme.v1.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {}

    /// Answer of `/akash.bme.v1.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of the module.
        params: Params = 1,
    }

    /// Request of `/akash.bme.v1.Query/VaultState`.
    QueryVaultStateRequest "QueryVaultStateRequest" {}

    /// Answer of `/akash.bme.v1.Query/VaultState`.
    QueryVaultStateResponse "QueryVaultStateResponse" {
        /// State of the vault.
        vault_state: State = 1,
    }

    /// Request of `/akash.bme.v1.Query/Status`.
    QueryStatusRequest "QueryStatusRequest" {}

    /// Answer of `/akash.bme.v1.Query/Status`.
    QueryStatusResponse "QueryStatusResponse" {
        /// Status.
        status: Enum<MintStatus> = 1,
        /// Collateral ratio: value of the vault over outstanding ACT.
        collateral_ratio: Dec = 2,
        /// Ratio below which minting slows down.
        warn_threshold: Dec = 3,
        /// Ratio below which minting stops.
        halt_threshold: Dec = 4,
        /// Whether ACT can be minted now.
        mints_allowed: bool = 5,
        /// Whether ACT can be burned for AKT now.
        refunds_allowed: bool = 6,
    }

    /// A ledger record in whichever state it is.
    QueryLedgerRecordEntry "QueryLedgerRecordEntry" {
        /// Identifies the entity.
        id: LedgerRecordId = 1,
        /// Status.
        status: Enum<LedgerRecordStatus> = 2,
        /// One of the members, or none.
        record: Choice<QueryLedgerRecordEntryRecord> = 3..=5,
    }

    /// Request of `/akash.bme.v1.Query/LedgerRecords`.
    QueryLedgerRecordsRequest "QueryLedgerRecordsRequest" {
        /// Conditions; empty fields match everything.
        filters: LedgerRecordFilters = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/akash.bme.v1.Query/LedgerRecords`.
    QueryLedgerRecordsResponse "QueryLedgerRecordsResponse" {
        /// Records.
        records: Vec<QueryLedgerRecordEntry> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }
}

oneof! {
    /// Choice `record` of [`QueryLedgerRecordEntry`].
    QueryLedgerRecordEntryRecord {
        /// Not executed yet.
        PendingRecord pending_record: LedgerPendingRecord = 3,
        /// Executed.
        ExecutedRecord executed_record: LedgerRecord = 4,
        /// Cancelled.
        CanceledRecord canceled_record: LedgerCanceledRecord = 5,
    }
}

enums! {
    /// Enum `akash.bme.v1.LedgerRecordStatus`.
    LedgerRecordStatus "akash.bme.v1.LedgerRecordStatus" {
        /// `ledger_record_status_invalid`.
        Invalid "ledger_record_status_invalid" = 0,
        /// `ledger_record_status_pending`.
        Pending "ledger_record_status_pending" = 1,
        /// `ledger_record_status_executed`.
        Executed "ledger_record_status_executed" = 2,
        /// `ledger_record_status_canceled`.
        Canceled "ledger_record_status_canceled" = 3,
    }
}
