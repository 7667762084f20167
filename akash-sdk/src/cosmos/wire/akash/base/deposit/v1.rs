//! Package `akash.base.deposit.v1`.

use crate::cosmos::wire::Enum;
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::message::{enums, messages};

messages! {
    "akash.base.deposit.v1";

    /// A deposit.
    Deposit "Deposit" {
        /// Amount.
        amount: Coin = 1,
        /// Where to take it from, in order of preference.
        sources: Vec<Enum<Source>> = 5,
    }
}

enums! {
    /// Enum `akash.base.deposit.v1.Source`.
    Source "akash.base.deposit.v1.Source" {
        /// `invalid`.
        Invalid "invalid" = 0,
        /// `balance`.
        Balance "balance" = 1,
        /// `grant`.
        Grant "grant" = 2,
    }
}
