//! Package `cosmos.tx.v1beta1`.

use crate::cosmos::wire::cosmos::base::abci::v1beta1::{GasInfo, Result, TxResponse};
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::cosmos::crypto::multisig::v1beta1::CompactBitArray;
use crate::cosmos::wire::cosmos::tx::signing::v1beta1::SignMode;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::{enums, messages, oneof};
use crate::cosmos::wire::tendermint::types::{Block, BlockId};
use crate::cosmos::wire::{Choice, Enum, Timestamp};

messages! {
    "cosmos.tx.v1beta1";

    /// Who signs, and the fee.
    AuthInfo "AuthInfo" {
        /// Signers, in the order in which they must sign.
        signer_infos: Vec<SignerInfo> = 1,
        /// Fee.
        fee: Option<Fee> = 2,
        /// Tip (deprecated; left unset).
        tip: Option<Tip> = 3,
    }

    /// Request of `/cosmos.tx.v1beta1.Service/BroadcastTx`.
    BroadcastTxRequest "BroadcastTxRequest" {
        /// Encoded transaction.
        tx_bytes: Vec<u8> = 1,
        /// Mode.
        mode: Enum<BroadcastMode> = 2,
    }

    /// Answer of `/cosmos.tx.v1beta1.Service/BroadcastTx`.
    BroadcastTxResponse "BroadcastTxResponse" {
        /// What happened to it.
        tx_response: Option<TxResponse> = 1,
    }

    /// Fee and gas limit.
    Fee "Fee" {
        /// Coins paid, sorted by denomination.
        amount: Vec<Coin> = 1,
        /// Most gas the transaction may use.
        gas_limit: u64 = 2,
        /// Account that pays the fee; the first signer if empty.
        payer: String = 3,
        /// Account whose fee grant pays; empty for none.
        granter: String = 4,
    }

    /// Request of `/cosmos.tx.v1beta1.Service/GetBlockWithTxs`.
    GetBlockWithTxsRequest "GetBlockWithTxsRequest" {
        /// Block height.
        height: i64 = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.tx.v1beta1.Service/GetBlockWithTxs`.
    GetBlockWithTxsResponse "GetBlockWithTxsResponse" {
        /// Transactions.
        txs: Vec<Tx> = 1,
        /// Id of the block.
        block_id: Option<BlockId> = 2,
        /// Block.
        block: Option<Block> = 3,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 4,
    }

    /// Request of `/cosmos.tx.v1beta1.Service/GetTx`.
    GetTxRequest "GetTxRequest" {
        /// SHA-256 of the transaction, hexadecimal.
        hash: String = 1,
    }

    /// Answer of `/cosmos.tx.v1beta1.Service/GetTx`.
    GetTxResponse "GetTxResponse" {
        /// Transaction.
        tx: Option<Tx> = 1,
        /// What happened to it.
        tx_response: Option<TxResponse> = 2,
    }

    /// Request of `/cosmos.tx.v1beta1.Service/GetTxsEvent`.
    GetTxsEventRequest "GetTxsEventRequest" {
        /// Deprecated; left unset.
        events: Vec<String> = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
        /// Order of results.
        order_by: Enum<OrderBy> = 3,
        /// Page number, from 1.
        page: u64 = 4,
        /// Most results of a page.
        limit: u64 = 5,
        /// Query in the event language, such as `tx.height=5`.
        query: String = 6,
    }

    /// Answer of `/cosmos.tx.v1beta1.Service/GetTxsEvent`.
    GetTxsEventResponse "GetTxsEventResponse" {
        /// Transactions.
        txs: Vec<Tx> = 1,
        /// What happened to each.
        tx_responses: Vec<TxResponse> = 2,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 3,
        /// Total.
        total: u64 = 4,
    }

    /// How a signer signs.
    ModeInfo "ModeInfo" {
        /// One of the members, or none.
        sum: Choice<ModeInfoSum> = 1..=2,
    }

    /// Modes of the members of a multisig account.
    ModeInfoMulti "ModeInfo.Multi" {
        /// Which members signed.
        bitarray: Option<CompactBitArray> = 1,
        /// How each member signs.
        mode_infos: Vec<ModeInfo> = 2,
    }

    /// One signer's mode.
    ModeInfoSingle "ModeInfo.Single" {
        /// Mode.
        mode: Enum<SignMode> = 1,
    }

    /// What a signer signs in mode DIRECT.
    SignDoc "SignDoc" {
        /// Encoded `TxBody`.
        body_bytes: Vec<u8> = 1,
        /// Encoded `AuthInfo`.
        auth_info_bytes: Vec<u8> = 2,
        /// Chain id, such as `akashnet-2`.
        chain_id: String = 3,
        /// Account number; 0 for the first account.
        account_number: u64 = 4,
    }

    /// What an auxiliary signer signs in mode DIRECT_AUX.
    SignDocDirectAux "SignDocDirectAux" {
        /// Encoded `TxBody`.
        body_bytes: Vec<u8> = 1,
        /// Public key; none before the first transaction.
        public_key: Option<Any> = 2,
        /// Chain id, such as `akashnet-2`.
        chain_id: String = 3,
        /// Account number; 0 for the first account.
        account_number: u64 = 4,
        /// Sequence number of the signer; 0 for the first transaction.
        sequence: u64 = 5,
        /// Tip (deprecated; left unset).
        tip: Option<Tip> = 6,
    }

    /// Key, mode and sequence of a signer.
    SignerInfo "SignerInfo" {
        /// Public key; none before the first transaction.
        public_key: Option<Any> = 1,
        /// How the signer signs.
        mode_info: Option<ModeInfo> = 2,
        /// Sequence number of the signer; 0 for the first transaction.
        sequence: u64 = 3,
    }

    /// Request of `/cosmos.tx.v1beta1.Service/Simulate`.
    SimulateRequest "SimulateRequest" {
        /// Deprecated; left unset.
        tx: Option<Tx> = 1,
        /// Encoded transaction.
        tx_bytes: Vec<u8> = 2,
    }

    /// Answer of `/cosmos.tx.v1beta1.Service/Simulate`.
    SimulateResponse "SimulateResponse" {
        /// Gas.
        gas_info: Option<GasInfo> = 1,
        /// Result.
        result: Option<Result> = 2,
    }

    /// A tip (deprecated).
    Tip "Tip" {
        /// Amount.
        amount: Vec<Coin> = 1,
        /// Account that pays the tip.
        tipper: String = 2,
    }

    /// A transaction.
    Tx "Tx" {
        /// Body.
        body: Option<TxBody> = 1,
        /// Signers and fee.
        auth_info: Option<AuthInfo> = 2,
        /// Signatures, one per signer.
        signatures: Vec<Vec<u8>> = 3,
    }

    /// What a transaction does.
    TxBody "TxBody" {
        /// Messages.
        messages: Vec<Any> = 1,
        /// Note of the sender.
        memo: String = 2,
        /// Height after which the transaction is refused; 0 for none.
        timeout_height: u64 = 3,
        /// Whether it uses no sequence; needs a timeout timestamp.
        unordered: bool = 4,
        /// Block time after which the transaction is refused.
        timeout_timestamp: Option<Timestamp> = 5,
        /// Extensions every node must know.
        extension_options: Vec<Any> = 1023,
        /// Extensions a node may ignore.
        non_critical_extension_options: Vec<Any> = 2047,
    }

    /// A transaction as it is broadcast: the parts stay as they were signed.
    TxRaw "TxRaw" {
        /// Encoded `TxBody`.
        body_bytes: Vec<u8> = 1,
        /// Encoded `AuthInfo`.
        auth_info_bytes: Vec<u8> = 2,
        /// Signatures, one per signer.
        signatures: Vec<Vec<u8>> = 3,
    }
}

oneof! {
    /// Choice `sum` of [`ModeInfo`].
    ModeInfoSum {
        /// One signer.
        Single single: ModeInfoSingle = 1,
        /// Several signers.
        Multi multi: ModeInfoMulti = 2,
    }
}

enums! {
    /// Enum `cosmos.tx.v1beta1.BroadcastMode`.
    BroadcastMode "cosmos.tx.v1beta1.BroadcastMode" {
        /// `BROADCAST_MODE_UNSPECIFIED`.
        Unspecified "BROADCAST_MODE_UNSPECIFIED" = 0,
        /// `BROADCAST_MODE_BLOCK`.
        Block "BROADCAST_MODE_BLOCK" = 1,
        /// `BROADCAST_MODE_SYNC`.
        Sync "BROADCAST_MODE_SYNC" = 2,
        /// `BROADCAST_MODE_ASYNC`.
        Async "BROADCAST_MODE_ASYNC" = 3,
    }

    /// Enum `cosmos.tx.v1beta1.OrderBy`.
    OrderBy "cosmos.tx.v1beta1.OrderBy" {
        /// `ORDER_BY_UNSPECIFIED`.
        Unspecified "ORDER_BY_UNSPECIFIED" = 0,
        /// `ORDER_BY_ASC`.
        Asc "ORDER_BY_ASC" = 1,
        /// `ORDER_BY_DESC`.
        Desc "ORDER_BY_DESC" = 2,
    }
}
