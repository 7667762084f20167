//! Package `cosmos.feegrant.v1beta1`.

use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::cosmos::base::v1beta1::Coin;
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::messages;
use crate::cosmos::wire::{Duration, Timestamp};

messages! {
    "cosmos.feegrant.v1beta1";

    /// Fee allowance for some messages only.
    AllowedMsgAllowance "AllowedMsgAllowance" {
        /// The allowance.
        allowance: Option<Any> = 1,
        /// Type URLs of the messages allowed.
        allowed_messages: Vec<String> = 2,
    }

    /// Fee allowance up to a limit.
    BasicAllowance "BasicAllowance" {
        /// Spending limit (older single-coin form; always written).
        spend_limit: Vec<Coin> = 1,
        /// When it ends; none for never.
        expiration: Option<Timestamp> = 2,
    }

    /// A grant.
    Grant "Grant" {
        /// Account that gives, bech32.
        granter: String = 1,
        /// Account that receives the grant, bech32.
        grantee: String = 2,
        /// The allowance.
        allowance: Option<Any> = 3,
    }

    /// Transaction message of `/cosmos.feegrant.v1beta1.Msg/GrantAllowance`.
    MsgGrantAllowance "MsgGrantAllowance" {
        /// Account that gives, bech32.
        granter: String = 1,
        /// Account that receives the grant, bech32.
        grantee: String = 2,
        /// The allowance.
        allowance: Option<Any> = 3,
    }

    /// Answer of `/cosmos.feegrant.v1beta1.Msg/GrantAllowance`.
    MsgGrantAllowanceResponse "MsgGrantAllowanceResponse" {}

    /// Transaction message of `/cosmos.feegrant.v1beta1.Msg/RevokeAllowance`.
    MsgRevokeAllowance "MsgRevokeAllowance" {
        /// Account that gives, bech32.
        granter: String = 1,
        /// Account that receives the grant, bech32.
        grantee: String = 2,
    }

    /// Answer of `/cosmos.feegrant.v1beta1.Msg/RevokeAllowance`.
    MsgRevokeAllowanceResponse "MsgRevokeAllowanceResponse" {}

    /// Fee allowance renewed every period.
    PeriodicAllowance "PeriodicAllowance" {
        /// Overall limits.
        basic: BasicAllowance = 1,
        /// Length of a period.
        period: Duration = 2,
        /// Most that can be spent in a period.
        period_spend_limit: Vec<Coin> = 3,
        /// What is left in this period.
        period_can_spend: Vec<Coin> = 4,
        /// When the next period begins.
        period_reset: Timestamp = 5,
    }

    /// Request of `/cosmos.feegrant.v1beta1.Query/Allowance`.
    QueryAllowanceRequest "QueryAllowanceRequest" {
        /// Account that gives, bech32.
        granter: String = 1,
        /// Account that receives the grant, bech32.
        grantee: String = 2,
    }

    /// Answer of `/cosmos.feegrant.v1beta1.Query/Allowance`.
    QueryAllowanceResponse "QueryAllowanceResponse" {
        /// The allowance.
        allowance: Option<Grant> = 1,
    }

    /// Request of `/cosmos.feegrant.v1beta1.Query/AllowancesByGranter`.
    QueryAllowancesByGranterRequest "QueryAllowancesByGranterRequest" {
        /// Account that gives, bech32.
        granter: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.feegrant.v1beta1.Query/AllowancesByGranter`.
    QueryAllowancesByGranterResponse "QueryAllowancesByGranterResponse" {
        /// Allowances.
        allowances: Vec<Grant> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.feegrant.v1beta1.Query/Allowances`.
    QueryAllowancesRequest "QueryAllowancesRequest" {
        /// Account that receives the grant, bech32.
        grantee: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.feegrant.v1beta1.Query/Allowances`.
    QueryAllowancesResponse "QueryAllowancesResponse" {
        /// Allowances.
        allowances: Vec<Grant> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }
}
