//! Package `cosmos.staking.v1beta1`: staking.

use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::{enums, messages};
use crate::cosmos::wire::{Dec, Duration, Enum, Int, Timestamp};

messages! {
    "cosmos.staking.v1beta1";

    /// Commission of a validator.
    Commission "Commission" {
        /// Rates.
        commission_rates: CommissionRates = 1,
        /// When the rate last changed.
        update_time: Timestamp = 2,
    }

    /// Rates of commission.
    CommissionRates "CommissionRates" {
        /// Current commission.
        rate: Dec = 1,
        /// Highest commission.
        max_rate: Dec = 2,
        /// Largest change in a day.
        max_change_rate: Dec = 3,
    }

    /// A delegation.
    Delegation "Delegation" {
        /// Delegator, bech32.
        delegator_address: String = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 2,
        /// Shares in the validator's tokens.
        shares: Dec = 3,
    }

    /// A delegation and its balance.
    DelegationResponse "DelegationResponse" {
        /// The delegation.
        delegation: Delegation = 1,
        /// Balance.
        balance: Coin = 2,
    }

    /// Description of a validator.
    Description "Description" {
        /// Name chosen by the operator.
        moniker: String = 1,
        /// Identity proof, such as a Keybase id.
        identity: String = 2,
        /// Web address.
        website: String = 3,
        /// Mail address for security matters.
        security_contact: String = 4,
        /// Details.
        details: String = 5,
    }

    /// Parameters of the module.
    Params "Params" {
        /// How long unbonding takes, or when it ends.
        unbonding_time: Duration = 1,
        /// Number of active validators.
        max_validators: u32 = 2,
        /// Most unbondings at a time for one pair.
        max_entries: u32 = 3,
        /// Number of past headers kept.
        historical_entries: u32 = 4,
        /// Denomination of stake.
        bond_denom: String = 5,
        /// Lowest commission.
        min_commission_rate: Dec = 6,
    }

    /// Stake of the whole chain.
    Pool "Pool" {
        /// Stake that is not bonded.
        not_bonded_tokens: Int = 1,
        /// Stake that is bonded.
        bonded_tokens: Int = 2,
    }

    /// Delegation being unbonded.
    UnbondingDelegation "UnbondingDelegation" {
        /// Delegator, bech32.
        delegator_address: String = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 2,
        /// Unbondings.
        entries: Vec<UnbondingDelegationEntry> = 3,
    }

    /// One unbonding.
    UnbondingDelegationEntry "UnbondingDelegationEntry" {
        /// Height at which unbonding began.
        creation_height: i64 = 1,
        /// When the coins are free.
        completion_time: Timestamp = 2,
        /// Coins at the beginning.
        initial_balance: Int = 3,
        /// Balance.
        balance: Int = 4,
        /// Number of the unbonding.
        unbonding_id: u64 = 5,
        /// How many modules hold the unbonding back.
        unbonding_on_hold_ref_count: i64 = 6,
    }

    /// A validator.
    Validator "Validator" {
        /// Operator, bech32 with the `akashvaloper` prefix.
        operator_address: String = 1,
        /// Key the validator signs blocks with.
        consensus_pubkey: Option<Any> = 2,
        /// Whether it is jailed.
        jailed: bool = 3,
        /// Status.
        status: Enum<BondStatus> = 4,
        /// Stake.
        tokens: Int = 5,
        /// Shares in the validator's tokens.
        delegator_shares: Dec = 6,
        /// Description.
        description: Description = 7,
        /// Height at which unbonding began.
        unbonding_height: i64 = 8,
        /// How long unbonding takes, or when it ends.
        unbonding_time: Timestamp = 9,
        /// Commission.
        commission: Commission = 10,
        /// Least the validator must delegate to itself.
        min_self_delegation: Int = 11,
        /// How many modules hold the unbonding back.
        unbonding_on_hold_ref_count: i64 = 12,
        /// Number of the unbonding.
        unbonding_ids: Vec<u64> = 13,
    }
}

enums! {
    /// Enum `cosmos.staking.v1beta1.BondStatus`.
    BondStatus "cosmos.staking.v1beta1.BondStatus" {
        /// `BOND_STATUS_UNSPECIFIED`.
        Unspecified "BOND_STATUS_UNSPECIFIED" = 0,
        /// `BOND_STATUS_UNBONDED`.
        Unbonded "BOND_STATUS_UNBONDED" = 1,
        /// `BOND_STATUS_UNBONDING`.
        Unbonding "BOND_STATUS_UNBONDING" = 2,
        /// `BOND_STATUS_BONDED`.
        Bonded "BOND_STATUS_BONDED" = 3,
    }
}
