//! Package `cosmos.base.tendermint.v1beta1`.

use crate::cosmos::wire::Timestamp;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::messages;
use crate::cosmos::wire::tendermint::p2p::DefaultNodeInfo;
use crate::cosmos::wire::tendermint::types::{BlockId, Commit, Data, EvidenceList};
use crate::cosmos::wire::tendermint::version::Consensus;

messages! {
    "cosmos.base.tendermint.v1beta1";

    /// Request of `/cosmos.base.tendermint.v1beta1.Service/ABCIQuery`.
    AbciQueryRequest "ABCIQueryRequest" {
        /// Data.
        data: Vec<u8> = 1,
        /// Path.
        path: String = 2,
        /// Block height.
        height: i64 = 3,
        /// Whether to prove the answer.
        prove: bool = 4,
    }

    /// Answer of `/cosmos.base.tendermint.v1beta1.Service/ABCIQuery`.
    AbciQueryResponse "ABCIQueryResponse" {
        /// 0 for success, else an error of the codespace.
        code: u32 = 1,
        /// Log text; for humans only.
        log: String = 3,
        /// Contact or hardware information.
        info: String = 4,
        /// Index.
        index: i64 = 5,
        /// Key.
        key: Vec<u8> = 6,
        /// Value.
        value: Vec<u8> = 7,
        /// Proof.
        proof_ops: Option<ProofOps> = 8,
        /// Block height.
        height: i64 = 9,
        /// Module that defines the code.
        codespace: String = 10,
    }

    /// A block.
    Block "Block" {
        /// Header.
        header: Header = 1,
        /// Data.
        data: Data = 2,
        /// Evidence of misbehaviour.
        evidence: EvidenceList = 3,
        /// Votes for the block before.
        last_commit: Option<Commit> = 4,
    }

    /// Request of `/cosmos.base.tendermint.v1beta1.Service/GetBlockByHeight`.
    GetBlockByHeightRequest "GetBlockByHeightRequest" {
        /// Block height.
        height: i64 = 1,
    }

    /// Answer of `/cosmos.base.tendermint.v1beta1.Service/GetBlockByHeight`.
    GetBlockByHeightResponse "GetBlockByHeightResponse" {
        /// Id of the block.
        block_id: Option<BlockId> = 1,
        /// Block.
        block: Option<crate::cosmos::wire::tendermint::types::Block> = 2,
        /// Block with the proposer as text.
        sdk_block: Option<Block> = 3,
    }

    /// Request of `/cosmos.base.tendermint.v1beta1.Service/GetLatestBlock`.
    GetLatestBlockRequest "GetLatestBlockRequest" {}

    /// Answer of `/cosmos.base.tendermint.v1beta1.Service/GetLatestBlock`.
    GetLatestBlockResponse "GetLatestBlockResponse" {
        /// Id of the block.
        block_id: Option<BlockId> = 1,
        /// Block.
        block: Option<crate::cosmos::wire::tendermint::types::Block> = 2,
        /// Block with the proposer as text.
        sdk_block: Option<Block> = 3,
    }

    /// Request of `/cosmos.base.tendermint.v1beta1.Service/GetLatestValidatorSet`.
    GetLatestValidatorSetRequest "GetLatestValidatorSetRequest" {
        /// Page asked for.
        pagination: Option<PageRequest> = 1,
    }

    /// Answer of `/cosmos.base.tendermint.v1beta1.Service/GetLatestValidatorSet`.
    GetLatestValidatorSetResponse "GetLatestValidatorSetResponse" {
        /// Height of the block.
        block_height: i64 = 1,
        /// Validators.
        validators: Vec<Validator> = 2,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 3,
    }

    /// Request of `/cosmos.base.tendermint.v1beta1.Service/GetNodeInfo`.
    GetNodeInfoRequest "GetNodeInfoRequest" {}

    /// Answer of `/cosmos.base.tendermint.v1beta1.Service/GetNodeInfo`.
    GetNodeInfoResponse "GetNodeInfoResponse" {
        /// The node's own description.
        default_node_info: Option<DefaultNodeInfo> = 1,
        /// Version of the application.
        application_version: Option<VersionInfo> = 2,
    }

    /// Request of `/cosmos.base.tendermint.v1beta1.Service/GetSyncing`.
    GetSyncingRequest "GetSyncingRequest" {}

    /// Answer of `/cosmos.base.tendermint.v1beta1.Service/GetSyncing`.
    GetSyncingResponse "GetSyncingResponse" {
        /// Whether the node is catching up.
        syncing: bool = 1,
    }

    /// Header of a block.
    Header "Header" {
        /// Version.
        version: Consensus = 1,
        /// Chain id.
        chain_id: String = 2,
        /// Block height.
        height: i64 = 3,
        /// Time of the block.
        time: Timestamp = 4,
        /// Id of the block before.
        last_block_id: BlockId = 5,
        /// Hash of the votes for the block before.
        last_commit_hash: Vec<u8> = 6,
        /// Hash of the transactions.
        data_hash: Vec<u8> = 7,
        /// Hash of the validators of this block.
        validators_hash: Vec<u8> = 8,
        /// Hash of the validators of the next block.
        next_validators_hash: Vec<u8> = 9,
        /// Hash of the consensus parameters.
        consensus_hash: Vec<u8> = 10,
        /// Hash of the state.
        app_hash: Vec<u8> = 11,
        /// Hash of the results of the block before.
        last_results_hash: Vec<u8> = 12,
        /// Hash of the evidence.
        evidence_hash: Vec<u8> = 13,
        /// Validator that proposed.
        proposer_address: String = 14,
    }

    /// A dependency of the application.
    Module "Module" {
        /// Path.
        path: String = 1,
        /// Version.
        version: String = 2,
        /// The choice made.
        sum: String = 3,
    }

    /// A step of a proof.
    ProofOp "ProofOp" {
        /// Type.
        r#type: String = 1,
        /// Key.
        key: Vec<u8> = 2,
        /// Data.
        data: Vec<u8> = 3,
    }

    /// A proof.
    ProofOps "ProofOps" {
        /// Steps of the proof.
        ops: Vec<ProofOp> = 1,
    }

    /// A validator.
    Validator "Validator" {
        /// Account address, bech32.
        address: String = 1,
        /// Public key; none before the first transaction.
        pub_key: Option<Any> = 2,
        /// Voting power.
        voting_power: i64 = 3,
        /// Priority in the choice of the proposer.
        proposer_priority: i64 = 4,
    }

    /// A version the node serves.
    VersionInfo "VersionInfo" {
        /// Name.
        name: String = 1,
        /// Name of the application.
        app_name: String = 2,
        /// Version.
        version: String = 3,
        /// Commit it was built from.
        git_commit: String = 4,
        /// Build tags.
        build_tags: String = 5,
        /// Go version.
        go_version: String = 6,
        /// Dependencies.
        build_deps: Vec<Module> = 7,
        /// Version of the Cosmos SDK.
        cosmos_sdk_version: String = 8,
    }
}
