//! Package `cosmos.base.v1beta1`.

use crate::cosmos::wire::message::messages;
use crate::cosmos::wire::{Dec, Int, Text};

messages! {
    "cosmos.base.v1beta1";

    /// A whole amount of a denomination.
    Coin "Coin" {
        /// Denomination, such as `uakt` or `uact`.
        denom: Text = 1,
        /// Whole amount.
        amount: Int = 2,
    }

    /// A fractional amount of a denomination.
    DecCoin "DecCoin" {
        /// Denomination, such as `uakt` or `uact`.
        denom: Text = 1,
        /// Amount with 18 decimals.
        amount: Dec = 2,
    }
}
