//! Package `akash.discovery.v1`. Used between providers and clients, not on chain.

use crate::cosmos::wire::message::messages;

messages! {
    "akash.discovery.v1";

    /// What a node says of itself.
    Akash "Akash" {
        /// Client information.
        client_info: ClientInfo = 1,
        /// Versions the node serves.
        supported_versions: Vec<VersionInfo> = 2,
        /// Chain id.
        chain_id: String = 3,
        /// Version of the node.
        node_version: String = 4,
        /// Oldest client version the node supports.
        min_client_version: String = 5,
    }

    /// API version for clients.
    ClientInfo "ClientInfo" {
        /// Version of the API.
        api_version: String = 1,
    }

    /// Version of a module.
    ModuleVersion "ModuleVersion" {
        /// Name of the module.
        module: String = 1,
        /// Version.
        version: String = 2,
    }

    /// A version the node serves.
    VersionInfo "VersionInfo" {
        /// Version of the API.
        api_version: String = 1,
        /// Modules and their versions.
        modules: Vec<ModuleVersion> = 2,
        /// Features.
        features: Vec<String> = 3,
    }

    /// Request of `/akash.discovery.v1.Discovery/GetInfo`.
    GetInfoRequest "GetInfoRequest" {}

    /// Answer of `/akash.discovery.v1.Discovery/GetInfo`.
    GetInfoResponse "GetInfoResponse" {
        /// Contact or hardware information.
        info: Option<Akash> = 1,
    }
}
