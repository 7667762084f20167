//! Package `cosmos.slashing.v1beta1`.

use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.slashing.v1beta1";

    /// Transaction message of `/cosmos.slashing.v1beta1.Msg/Unjail`.
    MsgUnjail "MsgUnjail" {
        /// Validator, bech32 with the `akashvaloper` prefix.
        validator_addr: String = 1,
    }

    /// Answer of `/cosmos.slashing.v1beta1.Msg/Unjail`.
    MsgUnjailResponse "MsgUnjailResponse" {}
}
