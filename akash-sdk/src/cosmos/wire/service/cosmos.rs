//! Services of the Cosmos SDK.

use super::table;

table! {
    Live "/cosmos.auth.v1beta1.Query/Account"
        "cosmos.auth.v1beta1.QueryAccountRequest" => "cosmos.auth.v1beta1.QueryAccountResponse"
        Get "/cosmos/auth/v1beta1/accounts/{address}";
    Live "/cosmos.auth.v1beta1.Query/Accounts"
        "cosmos.auth.v1beta1.QueryAccountsRequest" => "cosmos.auth.v1beta1.QueryAccountsResponse"
        Get "/cosmos/auth/v1beta1/accounts";
    Live "/cosmos.auth.v1beta1.Query/AccountInfo"
        "cosmos.auth.v1beta1.QueryAccountInfoRequest" => "cosmos.auth.v1beta1.QueryAccountInfoResponse"
        Get "/cosmos/auth/v1beta1/account_info/{address}";
    Live "/cosmos.auth.v1beta1.Query/Params"
        "cosmos.auth.v1beta1.QueryParamsRequest" => "cosmos.auth.v1beta1.QueryParamsResponse"
        Get "/cosmos/auth/v1beta1/params";
    Live "/cosmos.auth.v1beta1.Query/ModuleAccounts"
        "cosmos.auth.v1beta1.QueryModuleAccountsRequest" => "cosmos.auth.v1beta1.QueryModuleAccountsResponse"
        Get "/cosmos/auth/v1beta1/module_accounts";
    Live "/cosmos.auth.v1beta1.Query/ModuleAccountByName"
        "cosmos.auth.v1beta1.QueryModuleAccountByNameRequest" => "cosmos.auth.v1beta1.QueryModuleAccountByNameResponse"
        Get "/cosmos/auth/v1beta1/module_accounts/{name}";
    Live "/cosmos.bank.v1beta1.Query/Balance"
        "cosmos.bank.v1beta1.QueryBalanceRequest" => "cosmos.bank.v1beta1.QueryBalanceResponse"
        Get "/cosmos/bank/v1beta1/balances/{address}/by_denom";
    Live "/cosmos.bank.v1beta1.Query/AllBalances"
        "cosmos.bank.v1beta1.QueryAllBalancesRequest" => "cosmos.bank.v1beta1.QueryAllBalancesResponse"
        Get "/cosmos/bank/v1beta1/balances/{address}";
    Live "/cosmos.bank.v1beta1.Query/SpendableBalances"
        "cosmos.bank.v1beta1.QuerySpendableBalancesRequest" => "cosmos.bank.v1beta1.QuerySpendableBalancesResponse"
        Get "/cosmos/bank/v1beta1/spendable_balances/{address}";
    Live "/cosmos.bank.v1beta1.Query/SpendableBalanceByDenom"
        "cosmos.bank.v1beta1.QuerySpendableBalanceByDenomRequest" => "cosmos.bank.v1beta1.QuerySpendableBalanceByDenomResponse"
        Get "/cosmos/bank/v1beta1/spendable_balances/{address}/by_denom";
    Live "/cosmos.bank.v1beta1.Query/TotalSupply"
        "cosmos.bank.v1beta1.QueryTotalSupplyRequest" => "cosmos.bank.v1beta1.QueryTotalSupplyResponse"
        Get "/cosmos/bank/v1beta1/supply";
    Live "/cosmos.bank.v1beta1.Query/SupplyOf"
        "cosmos.bank.v1beta1.QuerySupplyOfRequest" => "cosmos.bank.v1beta1.QuerySupplyOfResponse"
        Get "/cosmos/bank/v1beta1/supply/by_denom";
    Live "/cosmos.bank.v1beta1.Query/Params"
        "cosmos.bank.v1beta1.QueryParamsRequest" => "cosmos.bank.v1beta1.QueryParamsResponse"
        Get "/cosmos/bank/v1beta1/params";
    Live "/cosmos.bank.v1beta1.Query/DenomMetadata"
        "cosmos.bank.v1beta1.QueryDenomMetadataRequest" => "cosmos.bank.v1beta1.QueryDenomMetadataResponse"
        Get "/cosmos/bank/v1beta1/denoms_metadata/{denom=**}";
    Live "/cosmos.bank.v1beta1.Query/DenomsMetadata"
        "cosmos.bank.v1beta1.QueryDenomsMetadataRequest" => "cosmos.bank.v1beta1.QueryDenomsMetadataResponse"
        Get "/cosmos/bank/v1beta1/denoms_metadata";
    Live "/cosmos.bank.v1beta1.Query/SendEnabled"
        "cosmos.bank.v1beta1.QuerySendEnabledRequest" => "cosmos.bank.v1beta1.QuerySendEnabledResponse"
        Get "/cosmos/bank/v1beta1/send_enabled";
    Live "/cosmos.bank.v1beta1.Query/DenomOwners"
        "cosmos.bank.v1beta1.QueryDenomOwnersRequest" => "cosmos.bank.v1beta1.QueryDenomOwnersResponse"
        Get "/cosmos/bank/v1beta1/denom_owners/{denom=**}";
    Live "/cosmos.tx.v1beta1.Service/Simulate"
        "cosmos.tx.v1beta1.SimulateRequest" => "cosmos.tx.v1beta1.SimulateResponse"
        Post "/cosmos/tx/v1beta1/simulate";
    Live "/cosmos.tx.v1beta1.Service/GetTx"
        "cosmos.tx.v1beta1.GetTxRequest" => "cosmos.tx.v1beta1.GetTxResponse"
        Get "/cosmos/tx/v1beta1/txs/{hash}";
    Live "/cosmos.tx.v1beta1.Service/BroadcastTx"
        "cosmos.tx.v1beta1.BroadcastTxRequest" => "cosmos.tx.v1beta1.BroadcastTxResponse"
        Post "/cosmos/tx/v1beta1/txs";
    Live "/cosmos.tx.v1beta1.Service/GetTxsEvent"
        "cosmos.tx.v1beta1.GetTxsEventRequest" => "cosmos.tx.v1beta1.GetTxsEventResponse"
        Get "/cosmos/tx/v1beta1/txs";
    Live "/cosmos.tx.v1beta1.Service/GetBlockWithTxs"
        "cosmos.tx.v1beta1.GetBlockWithTxsRequest" => "cosmos.tx.v1beta1.GetBlockWithTxsResponse"
        Get "/cosmos/tx/v1beta1/txs/block/{height}";
    Live "/cosmos.base.tendermint.v1beta1.Service/GetNodeInfo"
        "cosmos.base.tendermint.v1beta1.GetNodeInfoRequest" => "cosmos.base.tendermint.v1beta1.GetNodeInfoResponse"
        Get "/cosmos/base/tendermint/v1beta1/node_info";
    Live "/cosmos.base.tendermint.v1beta1.Service/GetSyncing"
        "cosmos.base.tendermint.v1beta1.GetSyncingRequest" => "cosmos.base.tendermint.v1beta1.GetSyncingResponse"
        Get "/cosmos/base/tendermint/v1beta1/syncing";
    Live "/cosmos.base.tendermint.v1beta1.Service/GetLatestBlock"
        "cosmos.base.tendermint.v1beta1.GetLatestBlockRequest" => "cosmos.base.tendermint.v1beta1.GetLatestBlockResponse"
        Get "/cosmos/base/tendermint/v1beta1/blocks/latest";
    Live "/cosmos.base.tendermint.v1beta1.Service/GetBlockByHeight"
        "cosmos.base.tendermint.v1beta1.GetBlockByHeightRequest" => "cosmos.base.tendermint.v1beta1.GetBlockByHeightResponse"
        Get "/cosmos/base/tendermint/v1beta1/blocks/{height}";
    Live "/cosmos.base.tendermint.v1beta1.Service/ABCIQuery"
        "cosmos.base.tendermint.v1beta1.ABCIQueryRequest" => "cosmos.base.tendermint.v1beta1.ABCIQueryResponse"
        Get "/cosmos/base/tendermint/v1beta1/abci_query";
    Live "/cosmos.base.tendermint.v1beta1.Service/GetLatestValidatorSet"
        "cosmos.base.tendermint.v1beta1.GetLatestValidatorSetRequest" => "cosmos.base.tendermint.v1beta1.GetLatestValidatorSetResponse"
        Get "/cosmos/base/tendermint/v1beta1/validatorsets/latest";
    Live "/cosmos.base.node.v1beta1.Service/Config"
        "cosmos.base.node.v1beta1.ConfigRequest" => "cosmos.base.node.v1beta1.ConfigResponse"
        Get "/cosmos/base/node/v1beta1/config";
    Live "/cosmos.base.node.v1beta1.Service/Status"
        "cosmos.base.node.v1beta1.StatusRequest" => "cosmos.base.node.v1beta1.StatusResponse"
        Get "/cosmos/base/node/v1beta1/status";
    Live "/cosmos.authz.v1beta1.Query/Grants"
        "cosmos.authz.v1beta1.QueryGrantsRequest" => "cosmos.authz.v1beta1.QueryGrantsResponse"
        Get "/cosmos/authz/v1beta1/grants";
    Live "/cosmos.authz.v1beta1.Query/GranterGrants"
        "cosmos.authz.v1beta1.QueryGranterGrantsRequest" => "cosmos.authz.v1beta1.QueryGranterGrantsResponse"
        Get "/cosmos/authz/v1beta1/grants/granter/{granter}";
    Live "/cosmos.authz.v1beta1.Query/GranteeGrants"
        "cosmos.authz.v1beta1.QueryGranteeGrantsRequest" => "cosmos.authz.v1beta1.QueryGranteeGrantsResponse"
        Get "/cosmos/authz/v1beta1/grants/grantee/{grantee}";
    Live "/cosmos.feegrant.v1beta1.Query/Allowance"
        "cosmos.feegrant.v1beta1.QueryAllowanceRequest" => "cosmos.feegrant.v1beta1.QueryAllowanceResponse"
        Get "/cosmos/feegrant/v1beta1/allowance/{granter}/{grantee}";
    Live "/cosmos.feegrant.v1beta1.Query/Allowances"
        "cosmos.feegrant.v1beta1.QueryAllowancesRequest" => "cosmos.feegrant.v1beta1.QueryAllowancesResponse"
        Get "/cosmos/feegrant/v1beta1/allowances/{grantee}";
    Live "/cosmos.feegrant.v1beta1.Query/AllowancesByGranter"
        "cosmos.feegrant.v1beta1.QueryAllowancesByGranterRequest" => "cosmos.feegrant.v1beta1.QueryAllowancesByGranterResponse"
        Get "/cosmos/feegrant/v1beta1/issued/{granter}";
    Live "/cosmos.staking.v1beta1.Query/Validators"
        "cosmos.staking.v1beta1.QueryValidatorsRequest" => "cosmos.staking.v1beta1.QueryValidatorsResponse"
        Get "/cosmos/staking/v1beta1/validators";
    Live "/cosmos.staking.v1beta1.Query/Validator"
        "cosmos.staking.v1beta1.QueryValidatorRequest" => "cosmos.staking.v1beta1.QueryValidatorResponse"
        Get "/cosmos/staking/v1beta1/validators/{validator_addr}";
    Live "/cosmos.staking.v1beta1.Query/Delegation"
        "cosmos.staking.v1beta1.QueryDelegationRequest" => "cosmos.staking.v1beta1.QueryDelegationResponse"
        Get "/cosmos/staking/v1beta1/validators/{validator_addr}/delegations/{delegator_addr}";
    Live "/cosmos.staking.v1beta1.Query/DelegatorDelegations"
        "cosmos.staking.v1beta1.QueryDelegatorDelegationsRequest" => "cosmos.staking.v1beta1.QueryDelegatorDelegationsResponse"
        Get "/cosmos/staking/v1beta1/delegations/{delegator_addr}";
    Live "/cosmos.staking.v1beta1.Query/DelegatorUnbondingDelegations"
        "cosmos.staking.v1beta1.QueryDelegatorUnbondingDelegationsRequest" => "cosmos.staking.v1beta1.QueryDelegatorUnbondingDelegationsResponse"
        Get "/cosmos/staking/v1beta1/delegators/{delegator_addr}/unbonding_delegations";
    Live "/cosmos.staking.v1beta1.Query/UnbondingDelegation"
        "cosmos.staking.v1beta1.QueryUnbondingDelegationRequest" => "cosmos.staking.v1beta1.QueryUnbondingDelegationResponse"
        Get "/cosmos/staking/v1beta1/validators/{validator_addr}/delegations/{delegator_addr}/unbonding_delegation";
    Live "/cosmos.staking.v1beta1.Query/ValidatorDelegations"
        "cosmos.staking.v1beta1.QueryValidatorDelegationsRequest" => "cosmos.staking.v1beta1.QueryValidatorDelegationsResponse"
        Get "/cosmos/staking/v1beta1/validators/{validator_addr}/delegations";
    Live "/cosmos.staking.v1beta1.Query/Pool"
        "cosmos.staking.v1beta1.QueryPoolRequest" => "cosmos.staking.v1beta1.QueryPoolResponse"
        Get "/cosmos/staking/v1beta1/pool";
    Live "/cosmos.staking.v1beta1.Query/Params"
        "cosmos.staking.v1beta1.QueryParamsRequest" => "cosmos.staking.v1beta1.QueryParamsResponse"
        Get "/cosmos/staking/v1beta1/params";
    Live "/cosmos.distribution.v1beta1.Query/Params"
        "cosmos.distribution.v1beta1.QueryParamsRequest" => "cosmos.distribution.v1beta1.QueryParamsResponse"
        Get "/cosmos/distribution/v1beta1/params";
    Live "/cosmos.distribution.v1beta1.Query/DelegationRewards"
        "cosmos.distribution.v1beta1.QueryDelegationRewardsRequest" => "cosmos.distribution.v1beta1.QueryDelegationRewardsResponse"
        Get "/cosmos/distribution/v1beta1/delegators/{delegator_address}/rewards/{validator_address}";
    Live "/cosmos.distribution.v1beta1.Query/DelegationTotalRewards"
        "cosmos.distribution.v1beta1.QueryDelegationTotalRewardsRequest" => "cosmos.distribution.v1beta1.QueryDelegationTotalRewardsResponse"
        Get "/cosmos/distribution/v1beta1/delegators/{delegator_address}/rewards";
    Live "/cosmos.distribution.v1beta1.Query/ValidatorCommission"
        "cosmos.distribution.v1beta1.QueryValidatorCommissionRequest" => "cosmos.distribution.v1beta1.QueryValidatorCommissionResponse"
        Get "/cosmos/distribution/v1beta1/validators/{validator_address}/commission";
    Live "/cosmos.distribution.v1beta1.Query/ValidatorOutstandingRewards"
        "cosmos.distribution.v1beta1.QueryValidatorOutstandingRewardsRequest" => "cosmos.distribution.v1beta1.QueryValidatorOutstandingRewardsResponse"
        Get "/cosmos/distribution/v1beta1/validators/{validator_address}/outstanding_rewards";
    Live "/cosmos.distribution.v1beta1.Query/DelegatorWithdrawAddress"
        "cosmos.distribution.v1beta1.QueryDelegatorWithdrawAddressRequest" => "cosmos.distribution.v1beta1.QueryDelegatorWithdrawAddressResponse"
        Get "/cosmos/distribution/v1beta1/delegators/{delegator_address}/withdraw_address";
    Live "/cosmos.distribution.v1beta1.Query/CommunityPool"
        "cosmos.distribution.v1beta1.QueryCommunityPoolRequest" => "cosmos.distribution.v1beta1.QueryCommunityPoolResponse"
        Get "/cosmos/distribution/v1beta1/community_pool";
    Live "/cosmos.gov.v1.Query/Proposal"
        "cosmos.gov.v1.QueryProposalRequest" => "cosmos.gov.v1.QueryProposalResponse"
        Get "/cosmos/gov/v1/proposals/{proposal_id}";
    Live "/cosmos.gov.v1.Query/Proposals"
        "cosmos.gov.v1.QueryProposalsRequest" => "cosmos.gov.v1.QueryProposalsResponse"
        Get "/cosmos/gov/v1/proposals";
    Live "/cosmos.gov.v1.Query/Vote"
        "cosmos.gov.v1.QueryVoteRequest" => "cosmos.gov.v1.QueryVoteResponse"
        Get "/cosmos/gov/v1/proposals/{proposal_id}/votes/{voter}";
    Live "/cosmos.gov.v1.Query/Votes"
        "cosmos.gov.v1.QueryVotesRequest" => "cosmos.gov.v1.QueryVotesResponse"
        Get "/cosmos/gov/v1/proposals/{proposal_id}/votes";
    Live "/cosmos.gov.v1.Query/Params"
        "cosmos.gov.v1.QueryParamsRequest" => "cosmos.gov.v1.QueryParamsResponse"
        Get "/cosmos/gov/v1/params/{params_type}";
    Live "/cosmos.gov.v1.Query/Deposit"
        "cosmos.gov.v1.QueryDepositRequest" => "cosmos.gov.v1.QueryDepositResponse"
        Get "/cosmos/gov/v1/proposals/{proposal_id}/deposits/{depositor}";
    Live "/cosmos.gov.v1.Query/Deposits"
        "cosmos.gov.v1.QueryDepositsRequest" => "cosmos.gov.v1.QueryDepositsResponse"
        Get "/cosmos/gov/v1/proposals/{proposal_id}/deposits";
    Live "/cosmos.gov.v1.Query/TallyResult"
        "cosmos.gov.v1.QueryTallyResultRequest" => "cosmos.gov.v1.QueryTallyResultResponse"
        Get "/cosmos/gov/v1/proposals/{proposal_id}/tally";
    Live "/cosmos.upgrade.v1beta1.Query/CurrentPlan"
        "cosmos.upgrade.v1beta1.QueryCurrentPlanRequest" => "cosmos.upgrade.v1beta1.QueryCurrentPlanResponse"
        Get "/cosmos/upgrade/v1beta1/current_plan";
    Live "/cosmos.mint.v1beta1.Query/Params"
        "cosmos.mint.v1beta1.QueryParamsRequest" => "cosmos.mint.v1beta1.QueryParamsResponse"
        Get "/cosmos/mint/v1beta1/params";
    Live "/cosmos.mint.v1beta1.Query/Inflation"
        "cosmos.mint.v1beta1.QueryInflationRequest" => "cosmos.mint.v1beta1.QueryInflationResponse"
        Get "/cosmos/mint/v1beta1/inflation";
    Live "/cosmos.mint.v1beta1.Query/AnnualProvisions"
        "cosmos.mint.v1beta1.QueryAnnualProvisionsRequest" => "cosmos.mint.v1beta1.QueryAnnualProvisionsResponse"
        Get "/cosmos/mint/v1beta1/annual_provisions";
    Live "/cosmos.auth.v1beta1.Msg/UpdateParams"
        "cosmos.auth.v1beta1.MsgUpdateParams" => "cosmos.auth.v1beta1.MsgUpdateParamsResponse";
    Live "/cosmos.bank.v1beta1.Msg/Send"
        "cosmos.bank.v1beta1.MsgSend" => "cosmos.bank.v1beta1.MsgSendResponse";
    Live "/cosmos.bank.v1beta1.Msg/MultiSend"
        "cosmos.bank.v1beta1.MsgMultiSend" => "cosmos.bank.v1beta1.MsgMultiSendResponse";
    Live "/cosmos.authz.v1beta1.Msg/Grant"
        "cosmos.authz.v1beta1.MsgGrant" => "cosmos.authz.v1beta1.MsgGrantResponse";
    Live "/cosmos.authz.v1beta1.Msg/Exec"
        "cosmos.authz.v1beta1.MsgExec" => "cosmos.authz.v1beta1.MsgExecResponse";
    Live "/cosmos.authz.v1beta1.Msg/Revoke"
        "cosmos.authz.v1beta1.MsgRevoke" => "cosmos.authz.v1beta1.MsgRevokeResponse";
    Live "/cosmos.feegrant.v1beta1.Msg/GrantAllowance"
        "cosmos.feegrant.v1beta1.MsgGrantAllowance" => "cosmos.feegrant.v1beta1.MsgGrantAllowanceResponse";
    Live "/cosmos.feegrant.v1beta1.Msg/RevokeAllowance"
        "cosmos.feegrant.v1beta1.MsgRevokeAllowance" => "cosmos.feegrant.v1beta1.MsgRevokeAllowanceResponse";
    Live "/cosmos.staking.v1beta1.Msg/CreateValidator"
        "cosmos.staking.v1beta1.MsgCreateValidator" => "cosmos.staking.v1beta1.MsgCreateValidatorResponse";
    Live "/cosmos.staking.v1beta1.Msg/EditValidator"
        "cosmos.staking.v1beta1.MsgEditValidator" => "cosmos.staking.v1beta1.MsgEditValidatorResponse";
    Live "/cosmos.staking.v1beta1.Msg/Delegate"
        "cosmos.staking.v1beta1.MsgDelegate" => "cosmos.staking.v1beta1.MsgDelegateResponse";
    Live "/cosmos.staking.v1beta1.Msg/BeginRedelegate"
        "cosmos.staking.v1beta1.MsgBeginRedelegate" => "cosmos.staking.v1beta1.MsgBeginRedelegateResponse";
    Live "/cosmos.staking.v1beta1.Msg/Undelegate"
        "cosmos.staking.v1beta1.MsgUndelegate" => "cosmos.staking.v1beta1.MsgUndelegateResponse";
    Live "/cosmos.staking.v1beta1.Msg/CancelUnbondingDelegation"
        "cosmos.staking.v1beta1.MsgCancelUnbondingDelegation" => "cosmos.staking.v1beta1.MsgCancelUnbondingDelegationResponse";
    Live "/cosmos.distribution.v1beta1.Msg/SetWithdrawAddress"
        "cosmos.distribution.v1beta1.MsgSetWithdrawAddress" => "cosmos.distribution.v1beta1.MsgSetWithdrawAddressResponse";
    Live "/cosmos.distribution.v1beta1.Msg/WithdrawDelegatorReward"
        "cosmos.distribution.v1beta1.MsgWithdrawDelegatorReward" => "cosmos.distribution.v1beta1.MsgWithdrawDelegatorRewardResponse";
    Live "/cosmos.distribution.v1beta1.Msg/WithdrawValidatorCommission"
        "cosmos.distribution.v1beta1.MsgWithdrawValidatorCommission" => "cosmos.distribution.v1beta1.MsgWithdrawValidatorCommissionResponse";
    Live "/cosmos.distribution.v1beta1.Msg/FundCommunityPool"
        "cosmos.distribution.v1beta1.MsgFundCommunityPool" => "cosmos.distribution.v1beta1.MsgFundCommunityPoolResponse";
    Live "/cosmos.gov.v1.Msg/SubmitProposal"
        "cosmos.gov.v1.MsgSubmitProposal" => "cosmos.gov.v1.MsgSubmitProposalResponse";
    Live "/cosmos.gov.v1.Msg/Vote"
        "cosmos.gov.v1.MsgVote" => "cosmos.gov.v1.MsgVoteResponse";
    Live "/cosmos.gov.v1.Msg/VoteWeighted"
        "cosmos.gov.v1.MsgVoteWeighted" => "cosmos.gov.v1.MsgVoteWeightedResponse";
    Live "/cosmos.gov.v1.Msg/Deposit"
        "cosmos.gov.v1.MsgDeposit" => "cosmos.gov.v1.MsgDepositResponse";
    Live "/cosmos.upgrade.v1beta1.Msg/SoftwareUpgrade"
        "cosmos.upgrade.v1beta1.MsgSoftwareUpgrade" => "cosmos.upgrade.v1beta1.MsgSoftwareUpgradeResponse";
    Live "/cosmos.upgrade.v1beta1.Msg/CancelUpgrade"
        "cosmos.upgrade.v1beta1.MsgCancelUpgrade" => "cosmos.upgrade.v1beta1.MsgCancelUpgradeResponse";
    Live "/cosmos.slashing.v1beta1.Msg/Unjail"
        "cosmos.slashing.v1beta1.MsgUnjail" => "cosmos.slashing.v1beta1.MsgUnjailResponse";
}
