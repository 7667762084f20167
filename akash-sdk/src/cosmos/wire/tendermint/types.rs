//! Package `tendermint.types`.

use crate::cosmos::wire::message::{enums, messages, oneof};
use crate::cosmos::wire::tendermint::crypto::PublicKey;
use crate::cosmos::wire::tendermint::version::Consensus;
use crate::cosmos::wire::{Choice, Enum, Timestamp};

messages! {
    "tendermint.types";

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

    /// Identifies a block.
    BlockId "BlockID" {
        /// SHA-256.
        hash: Vec<u8> = 1,
        /// Parts of the block.
        part_set_header: PartSetHeader = 2,
    }

    /// Votes for a block.
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

    /// A vote in a commit.
    CommitSig "CommitSig" {
        /// What was voted for.
        block_id_flag: Enum<BlockIdFlag> = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: Vec<u8> = 2,
        /// When it was signed.
        timestamp: Timestamp = 3,
        /// Signature.
        signature: Vec<u8> = 4,
    }

    /// Transactions of a block.
    Data "Data" {
        /// Transactions.
        txs: Vec<Vec<u8>> = 1,
    }

    /// Proof of two votes in one round.
    DuplicateVoteEvidence "DuplicateVoteEvidence" {
        /// First vote.
        vote_a: Option<Vote> = 1,
        /// Conflicting vote.
        vote_b: Option<Vote> = 2,
        /// Voting power of all validators.
        total_voting_power: i64 = 3,
        /// Voting power of the validator.
        validator_power: i64 = 4,
        /// When it was signed.
        timestamp: Timestamp = 5,
    }

    /// Proof of misbehaviour.
    Evidence "Evidence" {
        /// One of the members, or none.
        sum: Choice<EvidenceSum> = 1..=2,
    }

    /// Proofs of misbehaviour.
    EvidenceList "EvidenceList" {
        /// Evidence of misbehaviour.
        evidence: Vec<Evidence> = 1,
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
        proposer_address: Vec<u8> = 14,
    }

    /// Header and validators.
    LightBlock "LightBlock" {
        /// Header and votes.
        signed_header: Option<SignedHeader> = 1,
        /// Validators.
        validator_set: Option<ValidatorSet> = 2,
    }

    /// Proof of an attack on light clients.
    LightClientAttackEvidence "LightClientAttackEvidence" {
        /// Block that should not be.
        conflicting_block: Option<LightBlock> = 1,
        /// Last height both chains share.
        common_height: i64 = 2,
        /// Validators to blame.
        byzantine_validators: Vec<Validator> = 3,
        /// Voting power of all validators.
        total_voting_power: i64 = 4,
        /// When it was signed.
        timestamp: Timestamp = 5,
    }

    /// Number and hash of the parts of a block.
    PartSetHeader "PartSetHeader" {
        /// Total.
        total: u32 = 1,
        /// SHA-256.
        hash: Vec<u8> = 2,
    }

    /// Header and votes.
    SignedHeader "SignedHeader" {
        /// Header.
        header: Option<Header> = 1,
        /// Votes.
        commit: Option<Commit> = 2,
    }

    /// A validator.
    Validator "Validator" {
        /// Account address, bech32.
        address: Vec<u8> = 1,
        /// Public key; none before the first transaction.
        pub_key: PublicKey = 2,
        /// Voting power.
        voting_power: i64 = 3,
        /// Priority in the choice of the proposer.
        proposer_priority: i64 = 4,
    }

    /// Validators of a block.
    ValidatorSet "ValidatorSet" {
        /// Validators.
        validators: Vec<Validator> = 1,
        /// Proposer, bech32.
        proposer: Option<Validator> = 2,
        /// Voting power of all validators.
        total_voting_power: i64 = 3,
    }

    /// A vote.
    Vote "Vote" {
        /// Type.
        r#type: Enum<SignedMsgType> = 1,
        /// Block height.
        height: i64 = 2,
        /// Round.
        round: i32 = 3,
        /// Id of the block.
        block_id: BlockId = 4,
        /// When it was signed.
        timestamp: Timestamp = 5,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: Vec<u8> = 6,
        /// Index of the validator.
        validator_index: i32 = 7,
        /// Signature.
        signature: Vec<u8> = 8,
        /// Vote extension.
        extension: Vec<u8> = 9,
        /// Signature of the vote extension.
        extension_signature: Vec<u8> = 10,
    }
}

oneof! {
    /// Choice `sum` of [`Evidence`].
    EvidenceSum {
        /// Two votes in one round.
        DuplicateVoteEvidence duplicate_vote_evidence: DuplicateVoteEvidence = 1,
        /// An attack on light clients.
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
