//! Package `akash.audit.v1`.

use crate::cosmos::wire::akash::base::attributes::v1::Attribute;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::message::messages;

messages! {
    "akash.audit.v1";

    /// Attributes of a provider as signed by an auditor.
    AuditedProvider "AuditedProvider" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Account of the auditor, bech32.
        auditor: String = 2,
        /// Attributes.
        attributes: Vec<Attribute> = 4,
    }

    /// Stored form of signed attributes.
    AuditedAttributesStore "AuditedAttributesStore" {
        /// Attributes.
        attributes: Vec<Attribute> = 1,
    }

    /// Conditions on signed attributes.
    AttributesFilters "AttributesFilters" {
        /// Accounts of auditors, bech32.
        auditors: Vec<String> = 1,
        /// Accounts of providers, bech32.
        owners: Vec<String> = 2,
    }

    /// Event: trusted auditor created.
    EventTrustedAuditorCreated "EventTrustedAuditorCreated" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Account of the auditor, bech32.
        auditor: String = 2,
    }

    /// Event: trusted auditor deleted.
    EventTrustedAuditorDeleted "EventTrustedAuditorDeleted" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Account of the auditor, bech32.
        auditor: String = 2,
    }

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Providers.
        providers: Vec<AuditedProvider> = 1,
    }

    /// Transaction message of `/akash.audit.v1.Msg/SignProviderAttributes`, signed by
    /// `auditor`.
    MsgSignProviderAttributes "MsgSignProviderAttributes" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Account of the auditor, bech32.
        auditor: String = 2,
        /// Attributes.
        attributes: Vec<Attribute> = 3,
    }

    /// Answer of `/akash.audit.v1.Msg/SignProviderAttributes`.
    MsgSignProviderAttributesResponse "MsgSignProviderAttributesResponse" {}

    /// Transaction message of `/akash.audit.v1.Msg/DeleteProviderAttributes`, signed by
    /// `auditor`.
    MsgDeleteProviderAttributes "MsgDeleteProviderAttributes" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Account of the auditor, bech32.
        auditor: String = 2,
        /// Keys; all attributes if empty.
        keys: Vec<String> = 3,
    }

    /// Answer of `/akash.audit.v1.Msg/DeleteProviderAttributes`.
    MsgDeleteProviderAttributesResponse "MsgDeleteProviderAttributesResponse" {}

    /// Answer of `/akash.audit.v1.Query/AuditorAttributes`.
    QueryProvidersResponse "QueryProvidersResponse" {
        /// Providers.
        providers: Vec<AuditedProvider> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request for the attributes an auditor signed for a provider.
    QueryProviderRequest "QueryProviderRequest" {
        /// Account of the auditor, bech32.
        auditor: String = 1,
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 2,
    }

    /// Request of `/akash.audit.v1.Query/AllProvidersAttributes`.
    QueryAllProvidersAttributesRequest "QueryAllProvidersAttributesRequest" {
        /// Page asked for.
        pagination: Option<PageRequest> = 1,
    }

    /// Request of `/akash.audit.v1.Query/ProviderAttributes`.
    QueryProviderAttributesRequest "QueryProviderAttributesRequest" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Request of `/akash.audit.v1.Query/ProviderAuditorAttributes`.
    QueryProviderAuditorRequest "QueryProviderAuditorRequest" {
        /// Account of the auditor, bech32.
        auditor: String = 1,
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 2,
    }

    /// Request of `/akash.audit.v1.Query/AuditorAttributes`.
    QueryAuditorAttributesRequest "QueryAuditorAttributesRequest" {
        /// Account of the auditor, bech32.
        auditor: String = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }
}
