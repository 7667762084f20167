//! Package `akash.provider.v1beta4`.

use crate::cosmos::wire::akash::base::attributes::v1::Attribute;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::message::messages;

messages! {
    "akash.provider.v1beta4";

    /// Event: provider created.
    EventProviderCreated "EventProviderCreated" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
    }

    /// Event: provider updated.
    EventProviderUpdated "EventProviderUpdated" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
    }

    /// Event: provider deleted.
    EventProviderDeleted "EventProviderDeleted" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
    }

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Providers.
        providers: Vec<Provider> = 1,
    }

    /// Transaction message of `/akash.provider.v1beta4.Msg/CreateProvider`, signed by `owner`.
    MsgCreateProvider "MsgCreateProvider" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Where the provider's gateway listens, `https://host:port`.
        host_uri: String = 2,
        /// Attributes.
        attributes: Vec<Attribute> = 3,
        /// Contact or hardware information.
        info: Info = 4,
    }

    /// Answer of `/akash.provider.v1beta4.Msg/CreateProvider`.
    MsgCreateProviderResponse "MsgCreateProviderResponse" {}

    /// Transaction message of `/akash.provider.v1beta4.Msg/UpdateProvider`, signed by `owner`.
    MsgUpdateProvider "MsgUpdateProvider" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Where the provider's gateway listens, `https://host:port`.
        host_uri: String = 2,
        /// Attributes.
        attributes: Vec<Attribute> = 3,
        /// Contact or hardware information.
        info: Info = 4,
    }

    /// Answer of `/akash.provider.v1beta4.Msg/UpdateProvider`.
    MsgUpdateProviderResponse "MsgUpdateProviderResponse" {}

    /// Transaction message of `/akash.provider.v1beta4.Msg/DeleteProvider`, signed by `owner`.
    MsgDeleteProvider "MsgDeleteProvider" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
    }

    /// Answer of `/akash.provider.v1beta4.Msg/DeleteProvider`.
    MsgDeleteProviderResponse "MsgDeleteProviderResponse" {}

    /// Contact of a provider.
    Info "Info" {
        /// Mail address.
        email: String = 1,
        /// Web address.
        website: String = 2,
    }

    /// A provider.
    Provider "Provider" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Where the provider's gateway listens, `https://host:port`.
        host_uri: String = 2,
        /// Attributes.
        attributes: Vec<Attribute> = 3,
        /// Contact or hardware information.
        info: Info = 4,
    }

    /// Request of `/akash.provider.v1beta4.Query/Providers`.
    QueryProvidersRequest "QueryProvidersRequest" {
        /// Page asked for.
        pagination: Option<PageRequest> = 1,
    }

    /// Answer of `/akash.provider.v1beta4.Query/Providers`.
    QueryProvidersResponse "QueryProvidersResponse" {
        /// Providers.
        providers: Vec<Provider> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }

    /// Request of `/akash.provider.v1beta4.Query/Provider`.
    QueryProviderRequest "QueryProviderRequest" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
    }

    /// Answer of `/akash.provider.v1beta4.Query/Provider`.
    QueryProviderResponse "QueryProviderResponse" {
        /// Account of the provider, bech32.
        provider: Provider = 1,
    }
}
