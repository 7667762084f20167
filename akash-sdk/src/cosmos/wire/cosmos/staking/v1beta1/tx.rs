//! Package `cosmos.staking.v1beta1`: tx.

use super::{CommissionRates, Description};
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::messages;
use crate::cosmos::wire::{Dec, Int, Timestamp};

messages! {
    "cosmos.staking.v1beta1";

    /// Transaction message of `/cosmos.staking.v1beta1.Msg/BeginRedelegate`.
    MsgBeginRedelegate "MsgBeginRedelegate" {
        /// Delegator, bech32.
        delegator_address: String = 1,
        /// Validator to leave, bech32.
        validator_src_address: String = 2,
        /// Validator to go to, bech32.
        validator_dst_address: String = 3,
        /// Amount.
        amount: Coin = 4,
    }

    /// Answer of `/cosmos.staking.v1beta1.Msg/BeginRedelegate`.
    MsgBeginRedelegateResponse "MsgBeginRedelegateResponse" {
        /// When the coins are free.
        completion_time: Timestamp = 1,
    }

    /// Transaction message of `/cosmos.staking.v1beta1.Msg/CancelUnbondingDelegation`.
    MsgCancelUnbondingDelegation "MsgCancelUnbondingDelegation" {
        /// Delegator, bech32.
        delegator_address: String = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 2,
        /// Amount.
        amount: Coin = 3,
        /// Height at which unbonding began.
        creation_height: i64 = 4,
    }

    /// Answer of `/cosmos.staking.v1beta1.Msg/CancelUnbondingDelegation`.
    MsgCancelUnbondingDelegationResponse "MsgCancelUnbondingDelegationResponse" {}

    /// Transaction message of `/cosmos.staking.v1beta1.Msg/CreateValidator`.
    MsgCreateValidator "MsgCreateValidator" {
        /// Description.
        description: Description = 1,
        /// Commission.
        commission: CommissionRates = 2,
        /// Least the validator must delegate to itself.
        min_self_delegation: Int = 3,
        /// Delegator, bech32.
        delegator_address: String = 4,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 5,
        /// Public key, PEM.
        pubkey: Option<Any> = 6,
        /// Value.
        value: Coin = 7,
    }

    /// Answer of `/cosmos.staking.v1beta1.Msg/CreateValidator`.
    MsgCreateValidatorResponse "MsgCreateValidatorResponse" {}

    /// Transaction message of `/cosmos.staking.v1beta1.Msg/Delegate`.
    MsgDelegate "MsgDelegate" {
        /// Delegator, bech32.
        delegator_address: String = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 2,
        /// Amount.
        amount: Coin = 3,
    }

    /// Answer of `/cosmos.staking.v1beta1.Msg/Delegate`.
    MsgDelegateResponse "MsgDelegateResponse" {}

    /// Transaction message of `/cosmos.staking.v1beta1.Msg/EditValidator`.
    MsgEditValidator "MsgEditValidator" {
        /// Description.
        description: Description = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 2,
        /// Commission.
        commission_rate: Option<Dec> = 3,
        /// Least the validator must delegate to itself.
        min_self_delegation: Option<Int> = 4,
    }

    /// Answer of `/cosmos.staking.v1beta1.Msg/EditValidator`.
    MsgEditValidatorResponse "MsgEditValidatorResponse" {}

    /// Transaction message of `/cosmos.staking.v1beta1.Msg/Undelegate`.
    MsgUndelegate "MsgUndelegate" {
        /// Delegator, bech32.
        delegator_address: String = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 2,
        /// Amount.
        amount: Coin = 3,
    }

    /// Answer of `/cosmos.staking.v1beta1.Msg/Undelegate`.
    MsgUndelegateResponse "MsgUndelegateResponse" {
        /// When the coins are free.
        completion_time: Timestamp = 1,
        /// Amount.
        amount: Coin = 2,
    }
}
