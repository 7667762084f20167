//! Package `cosmos.gov.v1`: gov.

use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::{enums, messages};
use crate::cosmos::wire::{Duration, Enum, Timestamp};

messages! {
    "cosmos.gov.v1";

    /// A deposit.
    Deposit "Deposit" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
        /// Account that deposits, bech32.
        depositor: String = 2,
        /// Amount.
        amount: Vec<Coin> = 3,
    }

    /// Parameters of deposits (deprecated).
    DepositParams "DepositParams" {
        /// Deposit at which voting begins.
        min_deposit: Vec<Coin> = 1,
        /// How long deposits are taken.
        max_deposit_period: Option<Duration> = 2,
    }

    /// Parameters of the module.
    Params "Params" {
        /// Deposit at which voting begins.
        min_deposit: Vec<Coin> = 1,
        /// How long deposits are taken.
        max_deposit_period: Option<Duration> = 2,
        /// How long votes are taken.
        voting_period: Option<Duration> = 3,
        /// Share of the stake that must vote, decimal text.
        quorum: String = 4,
        /// Signatures needed, or share of votes needed.
        threshold: String = 5,
        /// Share of vetoes that rejects, decimal text.
        veto_threshold: String = 6,
        /// Share of the deposit due at submission, decimal text.
        min_initial_deposit_ratio: String = 7,
        /// Share of the deposit kept on cancellation, decimal text.
        proposal_cancel_ratio: String = 8,
        /// Account that receives what is kept; burned if empty.
        proposal_cancel_dest: String = 9,
        /// How long votes on an expedited proposal are taken.
        expedited_voting_period: Option<Duration> = 10,
        /// Share of yes an expedited proposal needs, decimal text.
        expedited_threshold: String = 11,
        /// Deposit of an expedited proposal.
        expedited_min_deposit: Vec<Coin> = 12,
        /// Whether deposits burn without a quorum.
        burn_vote_quorum: bool = 13,
        /// Whether deposits burn if voting never begins.
        burn_proposal_deposit_prevote: bool = 14,
        /// Whether deposits burn on a veto.
        burn_vote_veto: bool = 15,
        /// Smallest deposit, as share of the minimum, decimal text.
        min_deposit_ratio: String = 16,
    }

    /// A proposal.
    Proposal "Proposal" {
        /// Identifies the entity.
        id: u64 = 1,
        /// Messages.
        messages: Vec<Any> = 2,
        /// Status.
        status: Enum<ProposalStatus> = 3,
        /// Result of the vote.
        final_tally_result: Option<TallyResult> = 4,
        /// When it was submitted.
        submit_time: Option<Timestamp> = 5,
        /// When deposits end.
        deposit_end_time: Option<Timestamp> = 6,
        /// Deposits so far.
        total_deposit: Vec<Coin> = 7,
        /// When voting began.
        voting_start_time: Option<Timestamp> = 8,
        /// When voting ends.
        voting_end_time: Option<Timestamp> = 9,
        /// Metadata.
        metadata: String = 10,
        /// Title.
        title: String = 11,
        /// Summary.
        summary: String = 12,
        /// Proposer, bech32.
        proposer: String = 13,
        /// Whether it is expedited.
        expedited: bool = 14,
        /// Why its execution failed.
        failed_reason: String = 15,
    }

    /// Parameters of tallying (deprecated).
    TallyParams "TallyParams" {
        /// Share of the stake that must vote, decimal text.
        quorum: String = 1,
        /// Signatures needed, or share of votes needed.
        threshold: String = 2,
        /// Share of vetoes that rejects, decimal text.
        veto_threshold: String = 3,
    }

    /// Result of a vote.
    TallyResult "TallyResult" {
        /// Stake voting yes, whole number text.
        yes_count: String = 1,
        /// Stake abstaining, whole number text.
        abstain_count: String = 2,
        /// Stake voting no, whole number text.
        no_count: String = 3,
        /// Stake voting no with veto, whole number text.
        no_with_veto_count: String = 4,
    }

    /// A vote.
    Vote "Vote" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
        /// Voter, bech32.
        voter: String = 2,
        /// Choices and their weights.
        options: Vec<WeightedVoteOption> = 4,
        /// Metadata.
        metadata: String = 5,
    }

    /// Parameters of voting (deprecated).
    VotingParams "VotingParams" {
        /// How long votes are taken.
        voting_period: Option<Duration> = 1,
    }

    /// A choice and its weight.
    WeightedVoteOption "WeightedVoteOption" {
        /// Choice.
        option: Enum<VoteOption> = 1,
        /// Weight, decimal text.
        weight: String = 2,
    }
}

enums! {
    /// Enum `cosmos.gov.v1.VoteOption`.
    VoteOption "cosmos.gov.v1.VoteOption" {
        /// `VOTE_OPTION_UNSPECIFIED`.
        Unspecified "VOTE_OPTION_UNSPECIFIED" = 0,
        /// `VOTE_OPTION_YES`.
        Yes "VOTE_OPTION_YES" = 1,
        /// `VOTE_OPTION_ABSTAIN`.
        Abstain "VOTE_OPTION_ABSTAIN" = 2,
        /// `VOTE_OPTION_NO`.
        No "VOTE_OPTION_NO" = 3,
        /// `VOTE_OPTION_NO_WITH_VETO`.
        NoWithVeto "VOTE_OPTION_NO_WITH_VETO" = 4,
    }

    /// Enum `cosmos.gov.v1.ProposalStatus`.
    ProposalStatus "cosmos.gov.v1.ProposalStatus" {
        /// `PROPOSAL_STATUS_UNSPECIFIED`.
        Unspecified "PROPOSAL_STATUS_UNSPECIFIED" = 0,
        /// `PROPOSAL_STATUS_DEPOSIT_PERIOD`.
        DepositPeriod "PROPOSAL_STATUS_DEPOSIT_PERIOD" = 1,
        /// `PROPOSAL_STATUS_VOTING_PERIOD`.
        VotingPeriod "PROPOSAL_STATUS_VOTING_PERIOD" = 2,
        /// `PROPOSAL_STATUS_PASSED`.
        Passed "PROPOSAL_STATUS_PASSED" = 3,
        /// `PROPOSAL_STATUS_REJECTED`.
        Rejected "PROPOSAL_STATUS_REJECTED" = 4,
        /// `PROPOSAL_STATUS_FAILED`.
        Failed "PROPOSAL_STATUS_FAILED" = 5,
    }
}
