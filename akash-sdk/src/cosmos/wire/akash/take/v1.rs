//! Package `akash.take.v1`. Removed in chain release 2.0; kept to read history.

use crate::cosmos::wire::message::messages;

messages! {
    "akash.take.v1";

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Parameters of the module.
        params: Params = 1,
    }

    /// Take rate of a denomination.
    DenomTakeRate "DenomTakeRate" {
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 1,
        /// Take rate, in percent.
        rate: u32 = 2,
    }

    /// Parameters of the module.
    Params "Params" {
        /// Take rates by denomination.
        denom_take_rates: Vec<DenomTakeRate> = 1,
        /// Take rate of other denominations, in percent.
        default_take_rate: u32 = 2,
    }

    /// Transaction message of `/akash.take.v1.Msg/UpdateParams`, signed by `authority`.
    MsgUpdateParams "MsgUpdateParams" {
        /// Account allowed to do this: the gov module account, bech32.
        authority: String = 1,
        /// Parameters of the module.
        params: Params = 2,
    }

    /// Answer of `/akash.take.v1.Msg/UpdateParams`.
    MsgUpdateParamsResponse "MsgUpdateParamsResponse" {}

    /// Request of `/akash.take.v1.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {}

    /// Answer of `/akash.take.v1.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of the module.
        params: Params = 1,
    }
}
