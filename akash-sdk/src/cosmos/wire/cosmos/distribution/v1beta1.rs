//! Package `cosmos.distribution.v1beta1`.

use crate::cosmos::wire::Dec;
use crate::cosmos::wire::cosmos::base::v1beta1::{Coin, DecCoin};
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.distribution.v1beta1";

    /// Rewards from one validator.
    DelegationDelegatorReward "DelegationDelegatorReward" {
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 1,
        /// Rewards, fractional.
        reward: Vec<DecCoin> = 2,
    }

    /// Transaction message of `/cosmos.distribution.v1beta1.Msg/FundCommunityPool`.
    MsgFundCommunityPool "MsgFundCommunityPool" {
        /// Amount.
        amount: Vec<Coin> = 1,
        /// Account that deposits, bech32.
        depositor: String = 2,
    }

    /// Answer of `/cosmos.distribution.v1beta1.Msg/FundCommunityPool`.
    MsgFundCommunityPoolResponse "MsgFundCommunityPoolResponse" {}

    /// Transaction message of `/cosmos.distribution.v1beta1.Msg/SetWithdrawAddress`.
    MsgSetWithdrawAddress "MsgSetWithdrawAddress" {
        /// Delegator, bech32.
        delegator_address: String = 1,
        /// Account that receives rewards, bech32.
        withdraw_address: String = 2,
    }

    /// Answer of `/cosmos.distribution.v1beta1.Msg/SetWithdrawAddress`.
    MsgSetWithdrawAddressResponse "MsgSetWithdrawAddressResponse" {}

    /// Transaction message of `/cosmos.distribution.v1beta1.Msg/WithdrawDelegatorReward`.
    MsgWithdrawDelegatorReward "MsgWithdrawDelegatorReward" {
        /// Delegator, bech32.
        delegator_address: String = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 2,
    }

    /// Answer of `/cosmos.distribution.v1beta1.Msg/WithdrawDelegatorReward`.
    MsgWithdrawDelegatorRewardResponse "MsgWithdrawDelegatorRewardResponse" {
        /// Amount.
        amount: Vec<Coin> = 1,
    }

    /// Transaction message of `/cosmos.distribution.v1beta1.Msg/WithdrawValidatorCommission`.
    MsgWithdrawValidatorCommission "MsgWithdrawValidatorCommission" {
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 1,
    }

    /// Answer of `/cosmos.distribution.v1beta1.Msg/WithdrawValidatorCommission`.
    MsgWithdrawValidatorCommissionResponse "MsgWithdrawValidatorCommissionResponse" {
        /// Amount.
        amount: Vec<Coin> = 1,
    }

    /// Parameters of the module.
    Params "Params" {
        /// Share of rewards for the community pool.
        community_tax: Dec = 1,
        /// Unused.
        base_proposer_reward: Dec = 2,
        /// Unused.
        bonus_proposer_reward: Dec = 3,
        /// Whether rewards may go to another account.
        withdraw_addr_enabled: bool = 4,
    }

    /// Request of `/cosmos.distribution.v1beta1.Query/CommunityPool`.
    QueryCommunityPoolRequest "QueryCommunityPoolRequest" {}

    /// Answer of `/cosmos.distribution.v1beta1.Query/CommunityPool`.
    QueryCommunityPoolResponse "QueryCommunityPoolResponse" {
        /// Coins in the pool.
        pool: Vec<DecCoin> = 1,
    }

    /// Request of `/cosmos.distribution.v1beta1.Query/DelegationRewards`.
    QueryDelegationRewardsRequest "QueryDelegationRewardsRequest" {
        /// Delegator, bech32.
        delegator_address: String = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 2,
    }

    /// Answer of `/cosmos.distribution.v1beta1.Query/DelegationRewards`.
    QueryDelegationRewardsResponse "QueryDelegationRewardsResponse" {
        /// Rewards, fractional.
        rewards: Vec<DecCoin> = 1,
    }

    /// Request of `/cosmos.distribution.v1beta1.Query/DelegationTotalRewards`.
    QueryDelegationTotalRewardsRequest "QueryDelegationTotalRewardsRequest" {
        /// Delegator, bech32.
        delegator_address: String = 1,
    }

    /// Answer of `/cosmos.distribution.v1beta1.Query/DelegationTotalRewards`.
    QueryDelegationTotalRewardsResponse "QueryDelegationTotalRewardsResponse" {
        /// Rewards, fractional.
        rewards: Vec<DelegationDelegatorReward> = 1,
        /// Total.
        total: Vec<DecCoin> = 2,
    }

    /// Request of `/cosmos.distribution.v1beta1.Query/DelegatorWithdrawAddress`.
    QueryDelegatorWithdrawAddressRequest "QueryDelegatorWithdrawAddressRequest" {
        /// Delegator, bech32.
        delegator_address: String = 1,
    }

    /// Answer of `/cosmos.distribution.v1beta1.Query/DelegatorWithdrawAddress`.
    QueryDelegatorWithdrawAddressResponse "QueryDelegatorWithdrawAddressResponse" {
        /// Account that receives rewards, bech32.
        withdraw_address: String = 1,
    }

    /// Request of `/cosmos.distribution.v1beta1.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {}

    /// Answer of `/cosmos.distribution.v1beta1.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of the module.
        params: Params = 1,
    }

    /// Request of `/cosmos.distribution.v1beta1.Query/ValidatorCommission`.
    QueryValidatorCommissionRequest "QueryValidatorCommissionRequest" {
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 1,
    }

    /// Answer of `/cosmos.distribution.v1beta1.Query/ValidatorCommission`.
    QueryValidatorCommissionResponse "QueryValidatorCommissionResponse" {
        /// Commission.
        commission: ValidatorAccumulatedCommission = 1,
    }

    /// Request of `/cosmos.distribution.v1beta1.Query/ValidatorOutstandingRewards`.
    QueryValidatorOutstandingRewardsRequest "QueryValidatorOutstandingRewardsRequest" {
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 1,
    }

    /// Answer of `/cosmos.distribution.v1beta1.Query/ValidatorOutstandingRewards`.
    QueryValidatorOutstandingRewardsResponse "QueryValidatorOutstandingRewardsResponse" {
        /// Rewards, fractional.
        rewards: ValidatorOutstandingRewards = 1,
    }

    /// Commission not withdrawn yet.
    ValidatorAccumulatedCommission "ValidatorAccumulatedCommission" {
        /// Commission.
        commission: Vec<DecCoin> = 1,
    }

    /// Rewards not withdrawn yet.
    ValidatorOutstandingRewards "ValidatorOutstandingRewards" {
        /// Rewards, fractional.
        rewards: Vec<DecCoin> = 1,
    }
}
