//! Package `cosmos.staking.v1beta1`: staking.

use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::{enums, messages};
use crate::cosmos::wire::{Dec, Duration, Enum, Int, Timestamp};

messages! {
    "cosmos.staking.v1beta1";

    /// Commission.
    Commission "Commission" {
        /// Commission rates.
        commission_rates: CommissionRates = 1,
        /// Update time.
        update_time: Timestamp = 2,
    }

    /// Commission rates.
    CommissionRates "CommissionRates" {
        /// Rate per block.
        rate: Dec = 1,
        /// Max rate.
        max_rate: Dec = 2,
        /// Max change rate.
        max_change_rate: Dec = 3,
    }

    /// Delegation.
    Delegation "Delegation" {
        /// Delegator, bech32.
        delegator_address: String = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 2,
        /// Shares.
        shares: Dec = 3,
    }

    /// Delegation response.
    DelegationResponse "DelegationResponse" {
        /// Delegation.
        delegation: Delegation = 1,
        /// Balance.
        balance: Coin = 2,
    }

    /// Description.
    Description "Description" {
        /// Moniker.
        moniker: String = 1,
        /// Identity.
        identity: String = 2,
        /// Web address.
        website: String = 3,
        /// Security contact.
        security_contact: String = 4,
        /// Details.
        details: String = 5,
    }

    /// Parameters of the module.
    Params "Params" {
        /// Unbonding time.
        unbonding_time: Duration = 1,
        /// Max validators.
        max_validators: u32 = 2,
        /// Max entries.
        max_entries: u32 = 3,
        /// Historical entries.
        historical_entries: u32 = 4,
        /// Bond denom.
        bond_denom: String = 5,
        /// Min commission rate.
        min_commission_rate: Dec = 6,
    }

    /// Pool.
    Pool "Pool" {
        /// Not bonded tokens.
        not_bonded_tokens: Int = 1,
        /// Bonded tokens.
        bonded_tokens: Int = 2,
    }

    /// Unbonding delegation.
    UnbondingDelegation "UnbondingDelegation" {
        /// Delegator, bech32.
        delegator_address: String = 1,
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_address: String = 2,
        /// Entries.
        entries: Vec<UnbondingDelegationEntry> = 3,
    }

    /// Unbonding delegation entry.
    UnbondingDelegationEntry "UnbondingDelegationEntry" {
        /// Height at which unbonding began.
        creation_height: i64 = 1,
        /// When the coins are free.
        completion_time: Timestamp = 2,
        /// Initial balance.
        initial_balance: Int = 3,
        /// Balance.
        balance: Int = 4,
        /// Unbonding id.
        unbonding_id: u64 = 5,
        /// Unbonding on hold ref count.
        unbonding_on_hold_ref_count: i64 = 6,
    }

    /// Validator.
    Validator "Validator" {
        /// Operator address.
        operator_address: String = 1,
        /// Consensus pubkey.
        consensus_pubkey: Option<Any> = 2,
        /// Jailed.
        jailed: bool = 3,
        /// Status.
        status: Enum<BondStatus> = 4,
        /// Tokens.
        tokens: Int = 5,
        /// Delegator shares.
        delegator_shares: Dec = 6,
        /// Description.
        description: Description = 7,
        /// Unbonding height.
        unbonding_height: i64 = 8,
        /// Unbonding time.
        unbonding_time: Timestamp = 9,
        /// Commission.
        commission: Commission = 10,
        /// Min self delegation.
        min_self_delegation: Int = 11,
        /// Unbonding on hold ref count.
        unbonding_on_hold_ref_count: i64 = 12,
        /// Unbonding ids.
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
