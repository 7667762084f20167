//! Package `akash.escrow.v1`.

use crate::cosmos::wire::Enum;
use crate::cosmos::wire::akash::base::deposit::v1::Deposit;
use crate::cosmos::wire::akash::escrow::types::v1::{Account, Payment};
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::message::{enums, messages};

messages! {
    "akash.escrow.v1";

    /// Permission to deposit from the granter's account.
    DepositAuthorization "DepositAuthorization" {
        /// Spending limit (older single-coin form; always written).
        spend_limit: Coin = 1,
        /// What the grant may be used for.
        scopes: Vec<Enum<DepositAuthorizationScope>> = 2,
        /// Spending limits by denomination.
        spend_limits: Vec<Coin> = 3,
    }

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Accounts.
        accounts: Vec<Account> = 1,
        /// Payments.
        payments: Vec<Payment> = 2,
    }

    /// Transaction message of `/akash.escrow.v1.Msg/AccountDeposit`, signed by `signer`.
    MsgAccountDeposit "MsgAccountDeposit" {
        /// Account that signs, bech32.
        signer: String = 1,
        /// Identifies the entity.
        id: crate::cosmos::wire::akash::escrow::id::v1::Account = 2,
        /// Deposit and where it comes from.
        deposit: Deposit = 3,
    }

    /// Answer of `/akash.escrow.v1.Msg/AccountDeposit`.
    MsgAccountDepositResponse "MsgAccountDepositResponse" {}

    /// Request of `/akash.escrow.v1.Query/Accounts`.
    QueryAccountsRequest "QueryAccountsRequest" {
        /// State.
        state: String = 1,
        /// External id: the owner's scope key, such as `owner/dseq`.
        xid: String = 2,
        /// Page asked for.
        pagination: Option<PageRequest> = 5,
    }

    /// Answer of `/akash.escrow.v1.Query/Accounts`.
    QueryAccountsResponse "QueryAccountsResponse" {
        /// Accounts.
        accounts: Vec<Account> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/akash.escrow.v1.Query/Payments`.
    QueryPaymentsRequest "QueryPaymentsRequest" {
        /// State.
        state: String = 1,
        /// External id: the owner's scope key, such as `owner/dseq`.
        xid: String = 2,
        /// Page asked for.
        pagination: Option<PageRequest> = 6,
    }

    /// Answer of `/akash.escrow.v1.Query/Payments`.
    QueryPaymentsResponse "QueryPaymentsResponse" {
        /// Payments.
        payments: Vec<Payment> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }
}

enums! {
    /// Enum `akash.escrow.v1.DepositAuthorization.Scope`.
    DepositAuthorizationScope "akash.escrow.v1.DepositAuthorization.Scope" {
        /// `invalid`.
        Invalid "invalid" = 0,
        /// `deployment`.
        Deployment "deployment" = 1,
        /// `bid`.
        Bid "bid" = 2,
    }
}
