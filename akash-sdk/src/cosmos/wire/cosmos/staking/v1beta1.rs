//! Package `cosmos.staking.v1beta1`.

pub(in crate::cosmos) mod query;
pub(in crate::cosmos) mod staking;
pub(in crate::cosmos) mod tx;

pub use query::{
    QueryDelegationRequest, QueryDelegationResponse, QueryDelegatorDelegationsRequest,
    QueryDelegatorDelegationsResponse, QueryDelegatorUnbondingDelegationsRequest,
    QueryDelegatorUnbondingDelegationsResponse, QueryParamsRequest, QueryParamsResponse,
    QueryPoolRequest, QueryPoolResponse, QueryUnbondingDelegationRequest,
    QueryUnbondingDelegationResponse, QueryValidatorDelegationsRequest,
    QueryValidatorDelegationsResponse, QueryValidatorRequest, QueryValidatorResponse,
    QueryValidatorsRequest, QueryValidatorsResponse,
};
pub use staking::{
    BondStatus, Commission, CommissionRates, Delegation, DelegationResponse, Description, Params,
    Pool, UnbondingDelegation, UnbondingDelegationEntry, Validator,
};
pub use tx::{
    MsgBeginRedelegate, MsgBeginRedelegateResponse, MsgCancelUnbondingDelegation,
    MsgCancelUnbondingDelegationResponse, MsgCreateValidator, MsgCreateValidatorResponse,
    MsgDelegate, MsgDelegateResponse, MsgEditValidator, MsgEditValidatorResponse, MsgUndelegate,
    MsgUndelegateResponse,
};
