//! Package `cosmos.bank.v1beta1`.

use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.bank.v1beta1";

    /// Holder of a denomination.
    DenomOwner "DenomOwner" {
        /// Account address, bech32.
        address: String = 1,
        /// Balance.
        balance: Coin = 2,
    }

    /// A unit of a denomination.
    DenomUnit "DenomUnit" {
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 1,
        /// Power of ten of the base unit.
        exponent: u32 = 2,
        /// Other names.
        aliases: Vec<String> = 3,
    }

    /// Coins taken from an account.
    Input "Input" {
        /// Account address, bech32.
        address: String = 1,
        /// Coins.
        coins: Vec<Coin> = 2,
    }

    /// What a denomination is.
    Metadata "Metadata" {
        /// Description.
        description: String = 1,
        /// Units of the denomination.
        denom_units: Vec<DenomUnit> = 2,
        /// Base unit, with exponent 0.
        base: String = 3,
        /// Unit to show.
        display: String = 4,
        /// Name.
        name: String = 5,
        /// Ticker symbol.
        symbol: String = 6,
        /// Address of a document.
        uri: String = 7,
        /// SHA-256 of the document, hexadecimal.
        uri_hash: String = 8,
    }

    /// Transaction message of `/cosmos.bank.v1beta1.Msg/MultiSend`.
    MsgMultiSend "MsgMultiSend" {
        /// Where coins come from.
        inputs: Vec<Input> = 1,
        /// Where coins go.
        outputs: Vec<Output> = 2,
    }

    /// Answer of `/cosmos.bank.v1beta1.Msg/MultiSend`.
    MsgMultiSendResponse "MsgMultiSendResponse" {}

    /// Transaction message of `/cosmos.bank.v1beta1.Msg/Send`.
    MsgSend "MsgSend" {
        /// Sender, bech32.
        from_address: String = 1,
        /// Recipient, bech32.
        to_address: String = 2,
        /// Coins to send, sorted by denomination.
        amount: Vec<Coin> = 3,
    }

    /// Answer of `/cosmos.bank.v1beta1.Msg/Send`.
    MsgSendResponse "MsgSendResponse" {}

    /// Coins given to an account.
    Output "Output" {
        /// Account address, bech32.
        address: String = 1,
        /// Coins.
        coins: Vec<Coin> = 2,
    }

    /// Parameters of the module.
    Params "Params" {
        /// Whether a denomination can be sent.
        send_enabled: Vec<SendEnabled> = 1,
        /// Whether other denominations can be sent.
        default_send_enabled: bool = 2,
    }

    /// Request of `/cosmos.bank.v1beta1.Query/AllBalances`.
    QueryAllBalancesRequest "QueryAllBalancesRequest" {
        /// Account address, bech32.
        address: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
        /// Whether to print the denomination's path.
        resolve_denom: bool = 3,
    }

    /// Answer of `/cosmos.bank.v1beta1.Query/AllBalances`.
    QueryAllBalancesResponse "QueryAllBalancesResponse" {
        /// Balances.
        balances: Vec<Coin> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.bank.v1beta1.Query/Balance`.
    QueryBalanceRequest "QueryBalanceRequest" {
        /// Account address, bech32.
        address: String = 1,
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 2,
    }

    /// Answer of `/cosmos.bank.v1beta1.Query/Balance`.
    QueryBalanceResponse "QueryBalanceResponse" {
        /// Balance.
        balance: Option<Coin> = 1,
    }

    /// Request of `/cosmos.bank.v1beta1.Query/DenomMetadata`.
    QueryDenomMetadataRequest "QueryDenomMetadataRequest" {
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 1,
    }

    /// Answer of `/cosmos.bank.v1beta1.Query/DenomMetadata`.
    QueryDenomMetadataResponse "QueryDenomMetadataResponse" {
        /// Metadata.
        metadata: Metadata = 1,
    }

    /// Request of `/cosmos.bank.v1beta1.Query/DenomOwners`.
    QueryDenomOwnersRequest "QueryDenomOwnersRequest" {
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.bank.v1beta1.Query/DenomOwners`.
    QueryDenomOwnersResponse "QueryDenomOwnersResponse" {
        /// Holders.
        denom_owners: Vec<DenomOwner> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.bank.v1beta1.Query/DenomsMetadata`.
    QueryDenomsMetadataRequest "QueryDenomsMetadataRequest" {
        /// Page asked for.
        pagination: Option<PageRequest> = 1,
    }

    /// Answer of `/cosmos.bank.v1beta1.Query/DenomsMetadata`.
    QueryDenomsMetadataResponse "QueryDenomsMetadataResponse" {
        /// Metadata of all denominations.
        metadatas: Vec<Metadata> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.bank.v1beta1.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {}

    /// Answer of `/cosmos.bank.v1beta1.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of the module.
        params: Params = 1,
    }

    /// Request of `/cosmos.bank.v1beta1.Query/SendEnabled`.
    QuerySendEnabledRequest "QuerySendEnabledRequest" {
        /// Denominations.
        denoms: Vec<String> = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 99,
    }

    /// Answer of `/cosmos.bank.v1beta1.Query/SendEnabled`.
    QuerySendEnabledResponse "QuerySendEnabledResponse" {
        /// Whether a denomination can be sent.
        send_enabled: Vec<SendEnabled> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 99,
    }

    /// Request of `/cosmos.bank.v1beta1.Query/SpendableBalanceByDenom`.
    QuerySpendableBalanceByDenomRequest "QuerySpendableBalanceByDenomRequest" {
        /// Account address, bech32.
        address: String = 1,
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 2,
    }

    /// Answer of `/cosmos.bank.v1beta1.Query/SpendableBalanceByDenom`.
    QuerySpendableBalanceByDenomResponse "QuerySpendableBalanceByDenomResponse" {
        /// Balance.
        balance: Option<Coin> = 1,
    }

    /// Request of `/cosmos.bank.v1beta1.Query/SpendableBalances`.
    QuerySpendableBalancesRequest "QuerySpendableBalancesRequest" {
        /// Account address, bech32.
        address: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.bank.v1beta1.Query/SpendableBalances`.
    QuerySpendableBalancesResponse "QuerySpendableBalancesResponse" {
        /// Balances.
        balances: Vec<Coin> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.bank.v1beta1.Query/SupplyOf`.
    QuerySupplyOfRequest "QuerySupplyOfRequest" {
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 1,
    }

    /// Answer of `/cosmos.bank.v1beta1.Query/SupplyOf`.
    QuerySupplyOfResponse "QuerySupplyOfResponse" {
        /// Amount.
        amount: Coin = 1,
    }

    /// Request of `/cosmos.bank.v1beta1.Query/TotalSupply`.
    QueryTotalSupplyRequest "QueryTotalSupplyRequest" {
        /// Page asked for.
        pagination: Option<PageRequest> = 1,
    }

    /// Answer of `/cosmos.bank.v1beta1.Query/TotalSupply`.
    QueryTotalSupplyResponse "QueryTotalSupplyResponse" {
        /// Supply.
        supply: Vec<Coin> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Lets another account send coins (`cosmos.authz`).
    SendAuthorization "SendAuthorization" {
        /// How much is left to send.
        spend_limit: Vec<Coin> = 1,
        /// Whom it may be sent to; empty means anybody.
        allow_list: Vec<String> = 2,
    }

    /// Whether a denomination can be sent.
    SendEnabled "SendEnabled" {
        /// Denomination, such as `uakt` or `uact`.
        denom: String = 1,
        /// Whether it is enabled.
        enabled: bool = 2,
    }
}
