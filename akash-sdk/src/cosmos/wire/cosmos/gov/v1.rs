//! Package `cosmos.gov.v1`.

pub(in crate::cosmos) mod gov;
pub(in crate::cosmos) mod query;
pub(in crate::cosmos) mod tx;

pub use gov::{
    Deposit, DepositParams, Params, Proposal, ProposalStatus, TallyParams, TallyResult, Vote,
    VoteOption, VotingParams, WeightedVoteOption,
};
pub use query::{
    QueryDepositRequest, QueryDepositResponse, QueryDepositsRequest, QueryDepositsResponse,
    QueryParamsRequest, QueryParamsResponse, QueryProposalRequest, QueryProposalResponse,
    QueryProposalsRequest, QueryProposalsResponse, QueryTallyResultRequest,
    QueryTallyResultResponse, QueryVoteRequest, QueryVoteResponse, QueryVotesRequest,
    QueryVotesResponse,
};
pub use tx::{
    MsgDeposit, MsgDepositResponse, MsgSubmitProposal, MsgSubmitProposalResponse, MsgVote,
    MsgVoteResponse, MsgVoteWeighted, MsgVoteWeightedResponse,
};
