//! Package `cosmos.vesting.v1beta1`.

use crate::cosmos::wire::cosmos::auth::v1beta1::BaseAccount;
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.vesting.v1beta1";

    /// Base vesting account.
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

    /// Continuous vesting account.
    ContinuousVestingAccount "ContinuousVestingAccount" {
        /// The vesting account proper.
        base_vesting_account: Option<BaseVestingAccount> = 1,
        /// Start.
        start_time: i64 = 2,
    }

    /// Delayed vesting account.
    DelayedVestingAccount "DelayedVestingAccount" {
        /// The vesting account proper.
        base_vesting_account: Option<BaseVestingAccount> = 1,
    }

    /// Period.
    Period "Period" {
        /// Length, seconds.
        length: i64 = 1,
        /// Amount.
        amount: Vec<Coin> = 2,
    }

    /// Periodic vesting account.
    PeriodicVestingAccount "PeriodicVestingAccount" {
        /// The vesting account proper.
        base_vesting_account: Option<BaseVestingAccount> = 1,
        /// Start.
        start_time: i64 = 2,
        /// Periods.
        vesting_periods: Vec<Period> = 3,
    }

    /// Permanent locked account.
    PermanentLockedAccount "PermanentLockedAccount" {
        /// The vesting account proper.
        base_vesting_account: Option<BaseVestingAccount> = 1,
    }
}
