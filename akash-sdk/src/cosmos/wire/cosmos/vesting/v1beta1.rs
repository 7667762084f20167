//! Package `cosmos.vesting.v1beta1`.

use crate::cosmos::wire::cosmos::auth::v1beta1::BaseAccount;
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.vesting.v1beta1";

    /// An account whose coins vest.
    BaseVestingAccount "BaseVestingAccount" {
        /// The account proper.
        base_account: Option<BaseAccount> = 1,
        /// Coins that vest.
        original_vesting: Vec<Coin> = 2,
        /// Vested coins delegated.
        delegated_free: Vec<Coin> = 3,
        /// Vesting coins delegated.
        delegated_vesting: Vec<Coin> = 4,
        /// End.
        end_time: i64 = 5,
    }

    /// Coins vest continuously.
    ContinuousVestingAccount "ContinuousVestingAccount" {
        /// The vesting account proper.
        base_vesting_account: Option<BaseVestingAccount> = 1,
        /// Start.
        start_time: i64 = 2,
    }

    /// Coins vest at one moment.
    DelayedVestingAccount "DelayedVestingAccount" {
        /// The vesting account proper.
        base_vesting_account: Option<BaseVestingAccount> = 1,
    }

    /// A period and what vests in it.
    Period "Period" {
        /// Length, seconds.
        length: i64 = 1,
        /// Amount.
        amount: Vec<Coin> = 2,
    }

    /// Coins vest in periods.
    PeriodicVestingAccount "PeriodicVestingAccount" {
        /// The vesting account proper.
        base_vesting_account: Option<BaseVestingAccount> = 1,
        /// Start.
        start_time: i64 = 2,
        /// Periods.
        vesting_periods: Vec<Period> = 3,
    }

    /// Coins never vest.
    PermanentLockedAccount "PermanentLockedAccount" {
        /// The vesting account proper.
        base_vesting_account: Option<BaseVestingAccount> = 1,
    }
}
