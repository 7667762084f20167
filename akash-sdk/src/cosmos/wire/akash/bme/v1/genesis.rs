//! Package `akash.bme.v1`: genesis.

use super::{LedgerPendingRecord, LedgerRecord, LedgerRecordId, Params};
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::message::messages;

messages! {
    "akash.bme.v1";

    /// An executed record in a genesis file.
    GenesisLedgerRecord "GenesisLedgerRecord" {
        /// Identifies the entity.
        id: LedgerRecordId = 1,
        /// The record.
        record: LedgerRecord = 2,
    }

    /// A pending record in a genesis file.
    GenesisLedgerPendingRecord "GenesisLedgerPendingRecord" {
        /// Identifies the entity.
        id: LedgerRecordId = 1,
        /// The record.
        record: LedgerPendingRecord = 2,
    }

    /// The ledger in a genesis file.
    GenesisLedgerState "GenesisLedgerState" {
        /// Records.
        records: Vec<GenesisLedgerRecord> = 1,
        /// Records not executed yet.
        pending_records: Vec<GenesisLedgerPendingRecord> = 2,
    }

    /// The vault in a genesis file.
    GenesisVaultState "GenesisVaultState" {
        /// Everything burned so far, by denomination.
        total_burned: Vec<Coin> = 1,
        /// Everything minted so far, by denomination.
        total_minted: Vec<Coin> = 2,
        /// Remint credit by denomination.
        remint_credits: Vec<Coin> = 3,
    }

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Parameters of the module.
        params: Params = 1,
        /// State.
        state: GenesisVaultState = 2,
        /// Ledger of burns and mints.
        ledger: Option<GenesisLedgerState> = 3,
    }
}
