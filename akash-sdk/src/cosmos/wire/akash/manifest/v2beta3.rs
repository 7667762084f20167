//! Package `akash.manifest.v2beta3`. Used between providers and clients, not on chain.

use crate::cosmos::wire::akash::base::resources::v1beta4::Resources;
use crate::cosmos::wire::message::messages;

messages! {
    "akash.manifest.v2beta3";

    /// A group of a deployment, or of a manifest.
    Group "Group" {
        /// Name.
        name: String = 1,
        /// Services.
        services: Vec<Service> = 2,
    }

    /// HTTP proxy settings of an exposed port.
    ServiceExposeHttpOptions "ServiceExposeHTTPOptions" {
        /// Largest request body, bytes.
        max_body_size: u32 = 1,
        /// Read timeout, milliseconds.
        read_timeout: u32 = 2,
        /// Send timeout, milliseconds.
        send_timeout: u32 = 3,
        /// Tries of the next upstream.
        next_tries: u32 = 4,
        /// Timeout of the next upstream, milliseconds.
        next_timeout: u32 = 5,
        /// When the next upstream is tried.
        next_cases: Vec<String> = 6,
        /// Proxy buffer, bytes.
        proxy_buffer_size: u32 = 7,
    }

    /// Where a volume is mounted.
    StorageParams "StorageParams" {
        /// Name.
        name: String = 1,
        /// Path in the container.
        mount: String = 2,
        /// Whether it cannot be written.
        read_only: bool = 3,
    }

    /// Permissions of a service in the cluster.
    ServicePermissions "ServicePermissions" {
        /// Kubernetes resources the service may read.
        read: Vec<String> = 1,
    }

    /// Trusted execution environment of a service.
    TeeParams "TEEParams" {
        /// Type.
        r#type: String = 1,
        /// Whether attestation is required.
        attestation: bool = 2,
    }

    /// Parameters of a service.
    ServiceParams "ServiceParams" {
        /// Storage volumes.
        storage: Vec<StorageParams> = 1,
        /// Registry credentials.
        credentials: Option<ImageCredentials> = 10,
        /// Permissions.
        permissions: Option<ServicePermissions> = 11,
        /// Trusted execution environment.
        tee: Option<TeeParams> = 12,
    }

    /// Credentials of an image registry.
    ImageCredentials "ImageCredentials" {
        /// Host.
        host: String = 1,
        /// Mail address.
        email: String = 2,
        /// User name.
        username: String = 3,
        /// Password.
        password: String = 4,
    }

    /// A service of a manifest.
    Service "Service" {
        /// Name.
        name: String = 1,
        /// Container image.
        image: String = 2,
        /// Entry point.
        command: Vec<String> = 3,
        /// Arguments.
        args: Vec<String> = 4,
        /// Environment, `NAME=value`.
        env: Vec<String> = 5,
        /// Resources.
        resources: Resources = 6,
        /// Number of replicas.
        count: u32 = 7,
        /// Ports exposed.
        expose: Vec<ServiceExpose> = 8,
        /// Parameters of the module.
        params: Option<ServiceParams> = 9,
        /// Registry credentials.
        credentials: Option<ImageCredentials> = 10,
    }

    /// A port of a service.
    ServiceExpose "ServiceExpose" {
        /// Port of the container.
        port: u32 = 1,
        /// Port outside.
        external_port: u32 = 2,
        /// Transport protocol.
        proto: String = 3,
        /// Service it is exposed to.
        service: String = 4,
        /// Whether it is reachable from outside.
        global: bool = 5,
        /// Host names accepted.
        hosts: Vec<String> = 6,
        /// HTTP proxy settings.
        http_options: ServiceExposeHttpOptions = 7,
        /// IP address or its endpoint name.
        ip: String = 8,
        /// Number of the leased IP endpoint.
        endpoint_sequence_number: u32 = 9,
    }
}
