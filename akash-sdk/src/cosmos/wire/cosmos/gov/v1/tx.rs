//! Package `cosmos.gov.v1`: tx.

use super::{VoteOption, WeightedVoteOption};
use crate::cosmos::wire::Enum;
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.gov.v1";

    /// Transaction message of `/cosmos.gov.v1.Msg/Deposit`.
    MsgDeposit "MsgDeposit" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
        /// Account that deposits, bech32.
        depositor: String = 2,
        /// Amount.
        amount: Vec<Coin> = 3,
    }

    /// Answer of `/cosmos.gov.v1.Msg/Deposit`.
    MsgDepositResponse "MsgDepositResponse" {}

    /// Transaction message of `/cosmos.gov.v1.Msg/SubmitProposal`.
    MsgSubmitProposal "MsgSubmitProposal" {
        /// Messages.
        messages: Vec<Any> = 1,
        /// Deposit made with it.
        initial_deposit: Vec<Coin> = 2,
        /// Proposer, bech32.
        proposer: String = 3,
        /// Metadata.
        metadata: String = 4,
        /// Title.
        title: String = 5,
        /// Summary.
        summary: String = 6,
        /// Whether it is expedited.
        expedited: bool = 7,
    }

    /// Answer of `/cosmos.gov.v1.Msg/SubmitProposal`.
    MsgSubmitProposalResponse "MsgSubmitProposalResponse" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
    }

    /// Transaction message of `/cosmos.gov.v1.Msg/Vote`.
    MsgVote "MsgVote" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
        /// Voter, bech32.
        voter: String = 2,
        /// Choice.
        option: Enum<VoteOption> = 3,
        /// Metadata.
        metadata: String = 4,
    }

    /// Answer of `/cosmos.gov.v1.Msg/Vote`.
    MsgVoteResponse "MsgVoteResponse" {}

    /// Transaction message of `/cosmos.gov.v1.Msg/VoteWeighted`.
    MsgVoteWeighted "MsgVoteWeighted" {
        /// Number of the proposal.
        proposal_id: u64 = 1,
        /// Voter, bech32.
        voter: String = 2,
        /// Choices and their weights.
        options: Vec<WeightedVoteOption> = 3,
        /// Metadata.
        metadata: String = 4,
    }

    /// Answer of `/cosmos.gov.v1.Msg/VoteWeighted`.
    MsgVoteWeightedResponse "MsgVoteWeightedResponse" {}
}
