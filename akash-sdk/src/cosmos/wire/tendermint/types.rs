//! Package `tendermint.types`.

use crate::cosmos::wire::message::{enums, messages, oneof};
use crate::cosmos::wire::tendermint::crypto::PublicKey;
use crate::cosmos::wire::tendermint::version::Consensus;
use crate::cosmos::wire::{Choice, Enum, Timestamp};

messages! {
    "tendermint.types";

    /// Block.
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

    /// Block id.
    BlockId "BlockID" {
        /// SHA-256 version hash of the manifest, 32 bytes.
        hash: Vec<u8> = 1,
        /// Part set header.
        part_set_header: PartSetHeader = 2,
    }

    /// Commit.
    Commit "Commit" {
        /// Block height.
        height: i64 = 1,
        /// Round.
        round: i32 = 2,
        /// Id of the block.
        block_id: BlockId = 3,
        /// Signatures, one per signer.
        signatures: Vec<CommitSig> = 4,
    }

    /// Commit sig.
    CommitSig "CommitSig" {
        /// Block id flag.
        block_id_flag: Enum<BlockIdFlag> = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: Vec<u8> = 2,
        /// When it was measured.
        timestamp: Timestamp = 3,
        /// Signature.
        signature: Vec<u8> = 4,
    }

    /// Data.
    Data "Data" {
        /// Transactions.
        txs: Vec<Vec<u8>> = 1,
    }

    /// Duplicate vote evidence.
    DuplicateVoteEvidence "DuplicateVoteEvidence" {
        /// Vote a.
        vote_a: Option<Vote> = 1,
        /// Vote b.
        vote_b: Option<Vote> = 2,
        /// Total voting power.
        total_voting_power: i64 = 3,
        /// Validator power.
        validator_power: i64 = 4,
        /// When it was measured.
        timestamp: Timestamp = 5,
    }

    /// Evidence.
    Evidence "Evidence" {
        /// One of the members, or none.
        sum: Choice<EvidenceSum> = 1 | 2,
    }

    /// Evidence list.
    EvidenceList "EvidenceList" {
        /// Evidence of misbehaviour.
        evidence: Vec<Evidence> = 1,
    }

    /// Header.
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
        /// Last commit hash.
        last_commit_hash: Vec<u8> = 6,
        /// Data hash.
        data_hash: Vec<u8> = 7,
        /// Validators hash.
        validators_hash: Vec<u8> = 8,
        /// Next validators hash.
        next_validators_hash: Vec<u8> = 9,
        /// Consensus hash.
        consensus_hash: Vec<u8> = 10,
        /// Hash of the state.
        app_hash: Vec<u8> = 11,
        /// Last results hash.
        last_results_hash: Vec<u8> = 12,
        /// Evidence hash.
        evidence_hash: Vec<u8> = 13,
        /// Validator that proposed.
        proposer_address: Vec<u8> = 14,
    }

    /// Light block.
    LightBlock "LightBlock" {
        /// Signed header.
        signed_header: Option<SignedHeader> = 1,
        /// Validator set.
        validator_set: Option<ValidatorSet> = 2,
    }

    /// Light client attack evidence.
    LightClientAttackEvidence "LightClientAttackEvidence" {
        /// Conflicting block.
        conflicting_block: Option<LightBlock> = 1,
        /// Common height.
        common_height: i64 = 2,
        /// Byzantine validators.
        byzantine_validators: Vec<Validator> = 3,
        /// Total voting power.
        total_voting_power: i64 = 4,
        /// When it was measured.
        timestamp: Timestamp = 5,
    }

    /// Part set header.
    PartSetHeader "PartSetHeader" {
        /// Total.
        total: u32 = 1,
        /// SHA-256 version hash of the manifest, 32 bytes.
        hash: Vec<u8> = 2,
    }

    /// Signed header.
    SignedHeader "SignedHeader" {
        /// Header.
        header: Option<Header> = 1,
        /// Commit.
        commit: Option<Commit> = 2,
    }

    /// Validator.
    Validator "Validator" {
        /// Account address, bech32.
        address: Vec<u8> = 1,
        /// Public key; none before the first transaction.
        pub_key: PublicKey = 2,
        /// Voting power.
        voting_power: i64 = 3,
        /// Proposer priority.
        proposer_priority: i64 = 4,
    }

    /// Validator set.
    ValidatorSet "ValidatorSet" {
        /// Validators.
        validators: Vec<Validator> = 1,
        /// Proposer, bech32.
        proposer: Option<Validator> = 2,
        /// Total voting power.
        total_voting_power: i64 = 3,
    }

    /// Vote.
    Vote "Vote" {
        /// Type.
        r#type: Enum<SignedMsgType> = 1,
        /// Block height.
        height: i64 = 2,
        /// Round.
        round: i32 = 3,
        /// Id of the block.
        block_id: BlockId = 4,
        /// When it was measured.
        timestamp: Timestamp = 5,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: Vec<u8> = 6,
        /// Validator index.
        validator_index: i32 = 7,
        /// Signature.
        signature: Vec<u8> = 8,
        /// Extension.
        extension: Vec<u8> = 9,
        /// Extension signature.
        extension_signature: Vec<u8> = 10,
    }
}

oneof! {
    /// Choice `sum` of [`Evidence`].
    EvidenceSum {
        /// Duplicate vote evidence.
        DuplicateVoteEvidence duplicate_vote_evidence: DuplicateVoteEvidence = 1,
        /// Light client attack evidence.
        LightClientAttackEvidence light_client_attack_evidence: LightClientAttackEvidence = 2,
    }
}

enums! {
    /// Enum `tendermint.types.BlockIDFlag`.
    BlockIdFlag "tendermint.types.BlockIDFlag" {
        /// `BLOCK_ID_FLAG_UNKNOWN`.
        Unknown "BLOCK_ID_FLAG_UNKNOWN" = 0,
        /// `BLOCK_ID_FLAG_ABSENT`.
        Absent "BLOCK_ID_FLAG_ABSENT" = 1,
        /// `BLOCK_ID_FLAG_COMMIT`.
        Commit "BLOCK_ID_FLAG_COMMIT" = 2,
        /// `BLOCK_ID_FLAG_NIL`.
        Nil "BLOCK_ID_FLAG_NIL" = 3,
    }

    /// Enum `tendermint.types.SignedMsgType`.
    SignedMsgType "tendermint.types.SignedMsgType" {
        /// `SIGNED_MSG_TYPE_UNKNOWN`.
        Unknown "SIGNED_MSG_TYPE_UNKNOWN" = 0,
        /// `SIGNED_MSG_TYPE_PREVOTE`.
        Prevote "SIGNED_MSG_TYPE_PREVOTE" = 1,
        /// `SIGNED_MSG_TYPE_PRECOMMIT`.
        Precommit "SIGNED_MSG_TYPE_PRECOMMIT" = 2,
        /// `SIGNED_MSG_TYPE_PROPOSAL`.
        Proposal "SIGNED_MSG_TYPE_PROPOSAL" = 32,
    }
}
