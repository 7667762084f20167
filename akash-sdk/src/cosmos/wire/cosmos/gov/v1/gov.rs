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

    /// Deposit params.
    DepositParams "DepositParams" {
        /// Min deposit.
        min_deposit: Vec<Coin> = 1,
        /// Max deposit period.
        max_deposit_period: Option<Duration> = 2,
    }

    /// Parameters of the module.
    Params "Params" {
        /// Min deposit.
        min_deposit: Vec<Coin> = 1,
        /// Max deposit period.
        max_deposit_period: Option<Duration> = 2,
        /// Voting period.
        voting_period: Option<Duration> = 3,
        /// Quorum.
        quorum: String = 4,
        /// Signatures needed, or share of votes needed.
        threshold: String = 5,
        /// Veto threshold.
        veto_threshold: String = 6,
        /// Min initial deposit ratio.
        min_initial_deposit_ratio: String = 7,
        /// Proposal cancel ratio.
        proposal_cancel_ratio: String = 8,
        /// Proposal cancel dest.
        proposal_cancel_dest: String = 9,
        /// Expedited voting period.
        expedited_voting_period: Option<Duration> = 10,
        /// Expedited threshold.
        expedited_threshold: String = 11,
        /// Expedited min deposit.
        expedited_min_deposit: Vec<Coin> = 12,
        /// Burn vote quorum.
        burn_vote_quorum: bool = 13,
        /// Burn proposal deposit prevote.
        burn_proposal_deposit_prevote: bool = 14,
        /// Burn vote veto.
        burn_vote_veto: bool = 15,
        /// Min deposit ratio.
        min_deposit_ratio: String = 16,
    }

    /// Proposal.
    Proposal "Proposal" {
        /// Identifies the entity.
        id: u64 = 1,
        /// Messages.
        messages: Vec<Any> = 2,
        /// Status.
        status: Enum<ProposalStatus> = 3,
        /// Final tally result.
        final_tally_result: Option<TallyResult> = 4,
        /// Submit time.
        submit_time: Option<Timestamp> = 5,
        /// Deposit end time.
        deposit_end_time: Option<Timestamp> = 6,
        /// Total deposit.
        total_deposit: Vec<Coin> = 7,
        /// Voting start time.
        voting_start_time: Option<Timestamp> = 8,
        /// Voting end time.
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
        /// Failed reason.
        failed_reason: String = 15,
    }

    /// Tally params.
    TallyParams "TallyParams" {
        /// Quorum.
        quorum: String = 1,
        /// Signatures needed, or share of votes needed.
        threshold: String = 2,
        /// Veto threshold.
        veto_threshold: String = 3,
    }

    /// Tally result.
    TallyResult "TallyResult" {
        /// Yes count.
        yes_count: String = 1,
        /// Abstain count.
        abstain_count: String = 2,
        /// No count.
        no_count: String = 3,
        /// No with veto count.
        no_with_veto_count: String = 4,
    }

    /// Vote.
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

    /// Voting params.
    VotingParams "VotingParams" {
        /// Voting period.
        voting_period: Option<Duration> = 1,
    }

    /// Weighted vote option.
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
