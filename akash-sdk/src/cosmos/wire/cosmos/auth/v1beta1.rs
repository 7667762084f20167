//! Package `cosmos.auth.v1beta1`.

use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.auth.v1beta1";

    /// An account.
    BaseAccount "BaseAccount" {
        /// Account address, bech32.
        address: String = 1,
        /// Public key; none before the first transaction.
        pub_key: Option<Any> = 2,
        /// Account number; 0 for the first account.
        account_number: u64 = 3,
        /// Number of transactions signed so far.
        sequence: u64 = 4,
    }

    /// Account of a module.
    ModuleAccount "ModuleAccount" {
        /// The account proper.
        base_account: Option<BaseAccount> = 1,
        /// Name.
        name: String = 2,
        /// Permissions.
        permissions: Vec<String> = 3,
    }

    /// Key of an account that a module controls.
    ModuleCredential "ModuleCredential" {
        /// Name of the module.
        module_name: String = 1,
        /// Keys the address is derived from.
        derivation_keys: Vec<Vec<u8>> = 2,
    }

    /// Transaction message of `/cosmos.auth.v1beta1.Msg/UpdateParams`.
    MsgUpdateParams "MsgUpdateParams" {
        /// Account allowed to do this: the gov module account, bech32.
        authority: String = 1,
        /// Parameters of the module.
        params: Params = 2,
    }

    /// Answer of `/cosmos.auth.v1beta1.Msg/UpdateParams`.
    MsgUpdateParamsResponse "MsgUpdateParamsResponse" {}

    /// Parameters of the module.
    Params "Params" {
        /// Longest memo, bytes.
        max_memo_characters: u64 = 1,
        /// Most signatures of a transaction.
        tx_sig_limit: u64 = 2,
        /// Gas per byte of a transaction.
        tx_size_cost_per_byte: u64 = 3,
        /// Gas of an ed25519 signature check.
        sig_verify_cost_ed25519: u64 = 4,
        /// Gas of a secp256k1 signature check.
        sig_verify_cost_secp256k1: u64 = 5,
    }

    /// Request of `/cosmos.auth.v1beta1.Query/AccountInfo`.
    QueryAccountInfoRequest "QueryAccountInfoRequest" {
        /// Account address, bech32.
        address: String = 1,
    }

    /// Answer of `/cosmos.auth.v1beta1.Query/AccountInfo`.
    QueryAccountInfoResponse "QueryAccountInfoResponse" {
        /// Contact or hardware information.
        info: Option<BaseAccount> = 1,
    }

    /// Request of `/cosmos.auth.v1beta1.Query/Account`.
    QueryAccountRequest "QueryAccountRequest" {
        /// Account address, bech32.
        address: String = 1,
    }

    /// Answer of `/cosmos.auth.v1beta1.Query/Account`.
    QueryAccountResponse "QueryAccountResponse" {
        /// The account.
        account: Option<Any> = 1,
    }

    /// Request of `/cosmos.auth.v1beta1.Query/Accounts`.
    QueryAccountsRequest "QueryAccountsRequest" {
        /// Page asked for.
        pagination: Option<PageRequest> = 1,
    }

    /// Answer of `/cosmos.auth.v1beta1.Query/Accounts`.
    QueryAccountsResponse "QueryAccountsResponse" {
        /// Accounts.
        accounts: Vec<Any> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.auth.v1beta1.Query/ModuleAccountByName`.
    QueryModuleAccountByNameRequest "QueryModuleAccountByNameRequest" {
        /// Name.
        name: String = 1,
    }

    /// Answer of `/cosmos.auth.v1beta1.Query/ModuleAccountByName`.
    QueryModuleAccountByNameResponse "QueryModuleAccountByNameResponse" {
        /// The account.
        account: Option<Any> = 1,
    }

    /// Request of `/cosmos.auth.v1beta1.Query/ModuleAccounts`.
    QueryModuleAccountsRequest "QueryModuleAccountsRequest" {}

    /// Answer of `/cosmos.auth.v1beta1.Query/ModuleAccounts`.
    QueryModuleAccountsResponse "QueryModuleAccountsResponse" {
        /// Accounts.
        accounts: Vec<Any> = 1,
    }

    /// Request of `/cosmos.auth.v1beta1.Query/Params`.
    QueryParamsRequest "QueryParamsRequest" {}

    /// Answer of `/cosmos.auth.v1beta1.Query/Params`.
    QueryParamsResponse "QueryParamsResponse" {
        /// Parameters of the module.
        params: Params = 1,
    }
}
