//! Package `cosmos.gov.v1`: query.

use super::{
    Deposit, DepositParams, Params, Proposal, ProposalStatus, TallyParams, TallyResult, Vote,
    VotingParams,
};
use crate::cosmos::wire::Enum;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.gov.v1";

    /// Request of `/cosmos.gov.v1.Query/Deposit`.
    QueryDepositRequest "QueryDepositRequest" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
        /// Account that deposits, bech32.
        depositor: String = 2,
    }

    /// Answer of `/cosmos.gov.v1.Query/Deposit`.
    QueryDepositResponse "QueryDepositResponse" {
        /// Deposit and where it comes from.
        deposit: Option<Deposit> = 1,
    }

    /// Request of `/cosmos.gov.v1.Query/Deposits`.
    QueryDepositsRequest "QueryDepositsRequest" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
        /// Page asked for, or where the next page starts.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.gov.v1.Query/Deposits`.
    QueryDepositsResponse "QueryDepositsResponse" {
        /// Deposits not spent yet, oldest first.
        deposits: Vec<Deposit> = 1,
        /// Page asked for, or where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.gov.v1.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {
        /// Params type.
        params_type: String = 1,
    }

    /// Answer of `/cosmos.gov.v1.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Voting params.
        voting_params: Option<VotingParams> = 1,
        /// Deposit params.
        deposit_params: Option<DepositParams> = 2,
        /// Tally params.
        tally_params: Option<TallyParams> = 3,
        /// Parameters of the module.
        params: Option<Params> = 4,
    }

    /// Request of `/cosmos.gov.v1.Query/Proposal`.
    QueryProposalRequest "QueryProposalRequest" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
    }

    /// Answer of `/cosmos.gov.v1.Query/Proposal`.
    QueryProposalResponse "QueryProposalResponse" {
        /// Proposal.
        proposal: Option<Proposal> = 1,
    }

    /// Request of `/cosmos.gov.v1.Query/Proposals`.
    QueryProposalsRequest "QueryProposalsRequest" {
        /// Proposal status.
        proposal_status: Enum<ProposalStatus> = 1,
        /// Voter, bech32.
        voter: String = 2,
        /// Account that deposits, bech32.
        depositor: String = 3,
        /// Page asked for, or where the next page starts.
        pagination: Option<PageRequest> = 4,
    }

    /// Answer of `/cosmos.gov.v1.Query/Proposals`.
    QueryProposalsResponse "QueryProposalsResponse" {
        /// Proposals.
        proposals: Vec<Proposal> = 1,
        /// Page asked for, or where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.gov.v1.Query/TallyResult`.
    QueryTallyResultRequest "QueryTallyResultRequest" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
    }

    /// Answer of `/cosmos.gov.v1.Query/TallyResult`.
    QueryTallyResultResponse "QueryTallyResultResponse" {
        /// Tally.
        tally: Option<TallyResult> = 1,
    }

    /// Request of `/cosmos.gov.v1.Query/Vote`.
    QueryVoteRequest "QueryVoteRequest" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
        /// Voter, bech32.
        voter: String = 2,
    }

    /// Answer of `/cosmos.gov.v1.Query/Vote`.
    QueryVoteResponse "QueryVoteResponse" {
        /// Vote.
        vote: Option<Vote> = 1,
    }

    /// Request of `/cosmos.gov.v1.Query/Votes`.
    QueryVotesRequest "QueryVotesRequest" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
        /// Page asked for, or where the next page starts.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.gov.v1.Query/Votes`.
    QueryVotesResponse "QueryVotesResponse" {
        /// Votes.
        votes: Vec<Vote> = 1,
        /// Page asked for, or where the next page starts.
        pagination: Option<PageResponse> = 2,
    }
}
