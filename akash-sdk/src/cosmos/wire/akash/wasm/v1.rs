//! Package `akash.wasm.v1`.

use crate::cosmos::wire::message::messages;

messages! {
    "akash.wasm.v1";

    /// Event: msg blocked.
    EventMsgBlocked "EventMsgBlocked" {
        /// Address of the contract, bech32.
        contract_address: String = 1,
        /// Type URL of the message.
        msg_type: String = 2,
        /// Why it was blocked.
        reason: String = 3,
    }

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Parameters of the module.
        params: Params = 1,
    }

    /// Parameters of the module.
    Params "Params" {
        /// Addresses contracts may not message.
        blocked_addresses: Vec<String> = 1,
    }

    /// Transaction message of `/akash.wasm.v1.Msg/UpdateParams`, signed by `authority`.
    MsgUpdateParams "MsgUpdateParams" {
        /// Account allowed to do this: the gov module account, bech32.
        authority: String = 1,
        /// Parameters of the module.
        params: Params = 2,
    }

    /// Answer of `/akash.wasm.v1.Msg/UpdateParams`.
    MsgUpdateParamsResponse "MsgUpdateParamsResponse" {}

    /// Request of `/akash.wasm.v1.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {}

    /// Answer of `/akash.wasm.v1.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of the module.
        params: Params = 1,
    }
}
