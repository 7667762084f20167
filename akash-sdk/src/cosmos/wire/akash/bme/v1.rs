//! Package `akash.bme.v1`.

pub(in crate::cosmos) mod event;
pub(in crate::cosmos) mod genesis;
pub(in crate::cosmos) mod msg;
pub(in crate::cosmos) mod params;
pub(in crate::cosmos) mod query;
pub(in crate::cosmos) mod state;

pub use event::{
    CancelReason, EventLedgerRecordCanceled, EventLedgerRecordExecuted, EventMintStatusChange,
    EventVaultFunded, MintStatus,
};
pub use genesis::{
    GenesisLedgerPendingRecord, GenesisLedgerRecord, GenesisLedgerState, GenesisState,
    GenesisVaultState,
};
pub use msg::{
    MsgBurnAct, MsgBurnActResponse, MsgBurnMint, MsgBurnMintResponse, MsgFundVault,
    MsgFundVaultResponse, MsgMintAct, MsgMintActResponse, MsgUpdateParams, MsgUpdateParamsResponse,
};
pub use params::Params;
pub use query::{
    LedgerRecordFilters, LedgerRecordStatus, QueryLedgerRecordEntry, QueryLedgerRecordEntryRecord,
    QueryLedgerRecordsRequest, QueryLedgerRecordsResponse, QueryParamsRequest, QueryParamsResponse,
    QueryStatusRequest, QueryStatusResponse, QueryVaultStateRequest, QueryVaultStateResponse,
};
pub use state::{
    BurnMintPair, CoinPrice, CollateralRatio, LedgerCanceledRecord, LedgerId, LedgerPendingRecord,
    LedgerRecord, LedgerRecordId, State, Status,
};
