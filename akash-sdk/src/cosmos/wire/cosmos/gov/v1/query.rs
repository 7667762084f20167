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
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.gov.v1.Query/Deposits`.
    QueryDepositsResponse "QueryDepositsResponse" {
        /// Deposits not spent yet, oldest first.
        deposits: Vec<Deposit> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.gov.v1.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {
        /// Which parameters: `voting`, `tallying` or `deposit`.
        params_type: String = 1,
    }

    /// Answer of `/cosmos.gov.v1.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of voting (deprecated).
        voting_params: Option<VotingParams> = 1,
        /// Parameters of deposits (deprecated).
        deposit_params: Option<DepositParams> = 2,
        /// Parameters of tallying (deprecated).
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
        /// The proposal.
        proposal: Option<Proposal> = 1,
    }

    /// Request of `/cosmos.gov.v1.Query/Proposals`.
    QueryProposalsRequest "QueryProposalsRequest" {
        /// Status asked for; unspecified for all.
        proposal_status: Enum<ProposalStatus> = 1,
        /// Voter, bech32.
        voter: String = 2,
        /// Account that deposits, bech32.
        depositor: String = 3,
        /// Page asked for.
        pagination: Option<PageRequest> = 4,
    }

    /// Answer of `/cosmos.gov.v1.Query/Proposals`.
    QueryProposalsResponse "QueryProposalsResponse" {
        /// Proposals.
        proposals: Vec<Proposal> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.gov.v1.Query/TallyResult`.
    QueryTallyResultRequest "QueryTallyResultRequest" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
    }

    /// Answer of `/cosmos.gov.v1.Query/TallyResult`.
    QueryTallyResultResponse "QueryTallyResultResponse" {
        /// Result so far.
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
        /// The vote.
        vote: Option<Vote> = 1,
    }

    /// Request of `/cosmos.gov.v1.Query/Votes`.
    QueryVotesRequest "QueryVotesRequest" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.gov.v1.Query/Votes`.
    QueryVotesResponse "QueryVotesResponse" {
        /// Votes.
        votes: Vec<Vote> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }
}
