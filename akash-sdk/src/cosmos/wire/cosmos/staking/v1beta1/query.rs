//! Package `cosmos.staking.v1beta1`: query.

use super::{DelegationResponse, Params, Pool, UnbondingDelegation, Validator};
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.staking.v1beta1";

    /// Request of `/cosmos.staking.v1beta1.Query/Delegation`.
    QueryDelegationRequest "QueryDelegationRequest" {
        /// Delegator, bech32.
        delegator_addr: String = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_addr: String = 2,
    }

    /// Answer of `/cosmos.staking.v1beta1.Query/Delegation`.
    QueryDelegationResponse "QueryDelegationResponse" {
        /// The delegation and its balance.
        delegation_response: Option<DelegationResponse> = 1,
    }

    /// Request of `/cosmos.staking.v1beta1.Query/DelegatorDelegations`.
    QueryDelegatorDelegationsRequest "QueryDelegatorDelegationsRequest" {
        /// Delegator, bech32.
        delegator_addr: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.staking.v1beta1.Query/DelegatorDelegations`.
    QueryDelegatorDelegationsResponse "QueryDelegatorDelegationsResponse" {
        /// Delegations.
        delegation_responses: Vec<DelegationResponse> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.staking.v1beta1.Query/DelegatorUnbondingDelegations`.
    QueryDelegatorUnbondingDelegationsRequest "QueryDelegatorUnbondingDelegationsRequest" {
        /// Delegator, bech32.
        delegator_addr: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.staking.v1beta1.Query/DelegatorUnbondingDelegations`.
    QueryDelegatorUnbondingDelegationsResponse "QueryDelegatorUnbondingDelegationsResponse" {
        /// Delegations being unbonded.
        unbonding_responses: Vec<UnbondingDelegation> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.staking.v1beta1.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {}

    /// Answer of `/cosmos.staking.v1beta1.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of the module.
        params: Params = 1,
    }

    /// Request of `/cosmos.staking.v1beta1.Query/Pool`.
    QueryPoolRequest "QueryPoolRequest" {}

    /// Answer of `/cosmos.staking.v1beta1.Query/Pool`.
    QueryPoolResponse "QueryPoolResponse" {
        /// Coins in the pool.
        pool: Pool = 1,
    }

    /// Request of `/cosmos.staking.v1beta1.Query/UnbondingDelegation`.
    QueryUnbondingDelegationRequest "QueryUnbondingDelegationRequest" {
        /// Delegator, bech32.
        delegator_addr: String = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_addr: String = 2,
    }

    /// Answer of `/cosmos.staking.v1beta1.Query/UnbondingDelegation`.
    QueryUnbondingDelegationResponse "QueryUnbondingDelegationResponse" {
        /// The delegation being unbonded.
        unbond: UnbondingDelegation = 1,
    }

    /// Request of `/cosmos.staking.v1beta1.Query/ValidatorDelegations`.
    QueryValidatorDelegationsRequest "QueryValidatorDelegationsRequest" {
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_addr: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.staking.v1beta1.Query/ValidatorDelegations`.
    QueryValidatorDelegationsResponse "QueryValidatorDelegationsResponse" {
        /// Delegations.
        delegation_responses: Vec<DelegationResponse> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.staking.v1beta1.Query/Validator`.
    QueryValidatorRequest "QueryValidatorRequest" {
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_addr: String = 1,
    }

    /// Answer of `/cosmos.staking.v1beta1.Query/Validator`.
    QueryValidatorResponse "QueryValidatorResponse" {
        /// The validator.
        validator: Validator = 1,
    }

    /// Request of `/cosmos.staking.v1beta1.Query/Validators`.
    QueryValidatorsRequest "QueryValidatorsRequest" {
        /// Status.
        status: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.staking.v1beta1.Query/Validators`.
    QueryValidatorsResponse "QueryValidatorsResponse" {
        /// Validators.
        validators: Vec<Validator> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }
}
