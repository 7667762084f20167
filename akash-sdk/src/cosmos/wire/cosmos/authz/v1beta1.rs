//! Package `cosmos.authz.v1beta1`.

use crate::cosmos::wire::Timestamp;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::google::protobuf::Any;
use crate::cosmos::wire::message::messages;

messages! {
    "cosmos.authz.v1beta1";

    /// A grant was made.
    EventGrant "EventGrant" {
        /// Type URL of the message.
        msg_type_url: String = 2,
        /// Account that gives, bech32.
        granter: String = 3,
        /// Account that receives the grant, bech32.
        grantee: String = 4,
    }

    /// A grant was revoked.
    EventRevoke "EventRevoke" {
        /// Type URL of the message.
        msg_type_url: String = 2,
        /// Account that gives, bech32.
        granter: String = 3,
        /// Account that receives the grant, bech32.
        grantee: String = 4,
    }

    /// Permission to run any message of one type.
    GenericAuthorization "GenericAuthorization" {
        /// Type URL of the message allowed.
        msg: String = 1,
    }

    /// A grant.
    Grant "Grant" {
        /// What is allowed.
        authorization: Option<Any> = 1,
        /// When it ends; none for never.
        expiration: Option<Timestamp> = 2,
    }

    /// A grant with both parties.
    GrantAuthorization "GrantAuthorization" {
        /// Account that gives, bech32.
        granter: String = 1,
        /// Account that receives the grant, bech32.
        grantee: String = 2,
        /// What is allowed.
        authorization: Option<Any> = 3,
        /// When it ends; none for never.
        expiration: Option<Timestamp> = 4,
    }

    /// Transaction message of `/cosmos.authz.v1beta1.Msg/Exec`.
    MsgExec "MsgExec" {
        /// Account that receives the grant, bech32.
        grantee: String = 1,
        /// Messages.
        msgs: Vec<Any> = 2,
    }

    /// Answer of `/cosmos.authz.v1beta1.Msg/Exec`.
    MsgExecResponse "MsgExecResponse" {
        /// Results.
        results: Vec<Vec<u8>> = 1,
    }

    /// Transaction message of `/cosmos.authz.v1beta1.Msg/Grant`.
    MsgGrant "MsgGrant" {
        /// Account that gives, bech32.
        granter: String = 1,
        /// Account that receives the grant, bech32.
        grantee: String = 2,
        /// The grant.
        grant: Grant = 3,
    }

    /// Answer of `/cosmos.authz.v1beta1.Msg/Grant`.
    MsgGrantResponse "MsgGrantResponse" {}

    /// Transaction message of `/cosmos.authz.v1beta1.Msg/Revoke`.
    MsgRevoke "MsgRevoke" {
        /// Account that gives, bech32.
        granter: String = 1,
        /// Account that receives the grant, bech32.
        grantee: String = 2,
        /// Type URL of the message.
        msg_type_url: String = 3,
    }

    /// Answer of `/cosmos.authz.v1beta1.Msg/Revoke`.
    MsgRevokeResponse "MsgRevokeResponse" {}

    /// Request of `/cosmos.authz.v1beta1.Query/GranteeGrants`.
    QueryGranteeGrantsRequest "QueryGranteeGrantsRequest" {
        /// Account that receives the grant, bech32.
        grantee: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.authz.v1beta1.Query/GranteeGrants`.
    QueryGranteeGrantsResponse "QueryGranteeGrantsResponse" {
        /// Grants.
        grants: Vec<GrantAuthorization> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.authz.v1beta1.Query/GranterGrants`.
    QueryGranterGrantsRequest "QueryGranterGrantsRequest" {
        /// Account that gives, bech32.
        granter: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/cosmos.authz.v1beta1.Query/GranterGrants`.
    QueryGranterGrantsResponse "QueryGranterGrantsResponse" {
        /// Grants.
        grants: Vec<GrantAuthorization> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/cosmos.authz.v1beta1.Query/Grants`.
    QueryGrantsRequest "QueryGrantsRequest" {
        /// Account that gives, bech32.
        granter: String = 1,
        /// Account that receives the grant, bech32.
        grantee: String = 2,
        /// Type URL of the message.
        msg_type_url: String = 3,
        /// Page asked for.
        pagination: Option<PageRequest> = 4,
    }

    /// Answer of `/cosmos.authz.v1beta1.Query/Grants`.
    QueryGrantsResponse "QueryGrantsResponse" {
        /// Grants.
        grants: Vec<Grant> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }
}
