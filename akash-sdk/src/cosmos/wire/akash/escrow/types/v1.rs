//! Package `akash.escrow.types.v1`.

use crate::cosmos::wire::akash::base::deposit::v1::Source;
use crate::cosmos::wire::cosmos::base::v1beta1::{Coin, DecCoin};
use crate::cosmos::wire::message::{enums, messages};
use crate::cosmos::wire::{Dec, Enum, Text};

messages! {
    "akash.escrow.types.v1";

    /// State of an escrow account.
    AccountState "AccountState" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// State.
        state: Enum<State> = 2,
        /// Total paid out, fractional.
        transferred: Vec<DecCoin> = 3,
        /// Height up to which payments are settled.
        settled_at: i64 = 4,
        /// Balance, fractional.
        funds: Vec<Balance> = 5,
        /// Deposits not spent yet, oldest first.
        deposits: Vec<Depositor> = 6,
    }

    /// An escrow account.
    Account "Account" {
        /// Identifies the entity.
        id: crate::cosmos::wire::akash::escrow::id::v1::Account = 1,
        /// State.
        state: AccountState = 2,
    }

    /// A fractional balance.
    Balance "Balance" {
        /// Denomination, such as `uakt` or `uact`.
        denom: Text = 1,
        /// Amount.
        amount: Dec = 2,
    }

    /// A deposit not spent yet.
    Depositor "Depositor" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Block height.
        height: i64 = 2,
        /// Account or source the funds come from.
        source: Enum<Source> = 3,
        /// Balance, fractional.
        balance: DecCoin = 4,
    }

    /// State of an escrow payment.
    PaymentState "PaymentState" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// State.
        state: Enum<State> = 2,
        /// Rate per block.
        rate: DecCoin = 3,
        /// Balance, fractional.
        balance: DecCoin = 4,
        /// Amount owed that the account could not cover.
        unsettled: DecCoin = 5,
        /// Total withdrawn.
        withdrawn: Coin = 6,
    }

    /// An escrow payment.
    Payment "Payment" {
        /// Identifies the entity.
        id: crate::cosmos::wire::akash::escrow::id::v1::Payment = 1,
        /// State.
        state: PaymentState = 2,
    }
}

enums! {
    /// Enum `akash.escrow.types.v1.State`.
    State "akash.escrow.types.v1.State" {
        /// `invalid`.
        Invalid "invalid" = 0,
        /// `open`.
        Open "open" = 1,
        /// `closed`.
        Closed "closed" = 2,
        /// `overdrawn`.
        Overdrawn "overdrawn" = 3,
    }
}
