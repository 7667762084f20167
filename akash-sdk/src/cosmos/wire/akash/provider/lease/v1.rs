//! Package `akash.provider.lease.v1`. Used between providers and clients, not on chain.

use crate::cosmos::wire::akash::manifest::v2beta3::Group;
use crate::cosmos::wire::akash::market::v1::LeaseId;
use crate::cosmos::wire::message::messages;

messages! {
    "akash.provider.lease.v1";

    /// Status of a service of a lease.
    LeaseServiceStatus "LeaseServiceStatus" {
        /// Replicas available.
        available: i32 = 1,
        /// Total.
        total: i32 = 2,
        /// Addresses of the service.
        uris: Vec<String> = 3,
        /// Generation the cluster has seen.
        observed_generation: i64 = 4,
        /// Replicas wanted.
        replicas: i32 = 5,
        /// Replicas of the newest version.
        updated_replicas: i32 = 6,
        /// Replicas ready.
        ready_replicas: i32 = 7,
        /// Replicas available.
        available_replicas: i32 = 8,
    }

    /// A leased IP address.
    LeaseIpStatus "LeaseIPStatus" {
        /// Port of the container.
        port: u32 = 1,
        /// Port outside.
        external_port: u32 = 2,
        /// Transport protocol.
        protocol: String = 3,
        /// IP address or its endpoint name.
        ip: String = 4,
    }

    /// A forwarded port.
    ForwarderPortStatus "ForwarderPortStatus" {
        /// Host.
        host: String = 1,
        /// Port of the container.
        port: u32 = 2,
        /// Port outside.
        external_port: u32 = 3,
        /// Transport protocol.
        proto: String = 4,
        /// Name.
        name: String = 5,
    }

    /// Status of a service with its ports and addresses.
    ServiceStatus "ServiceStatus" {
        /// Name.
        name: String = 1,
        /// Status.
        status: LeaseServiceStatus = 2,
        /// Forwarded ports.
        ports: Vec<ForwarderPortStatus> = 3,
        /// Leased addresses.
        ips: Vec<LeaseIpStatus> = 4,
    }

    /// Request of `/akash.provider.lease.v1.LeaseRPC/SendManifest`.
    SendManifestRequest "SendManifestRequest" {
        /// The lease concerned.
        lease_id: LeaseId = 1,
        /// Manifest.
        manifest: Vec<Group> = 2,
    }

    /// Answer of `/akash.provider.lease.v1.LeaseRPC/SendManifest`.
    SendManifestResponse "SendManifestResponse" {}

    /// Request of `/akash.provider.lease.v1.LeaseRPC/StreamServiceLogs`.
    ServiceLogsRequest "ServiceLogsRequest" {
        /// The lease concerned.
        lease_id: LeaseId = 1,
        /// Services.
        services: Vec<String> = 2,
    }

    /// A piece of log output.
    ServiceLogs "ServiceLogs" {
        /// Name.
        name: String = 1,
        /// Log output.
        logs: Vec<u8> = 2,
    }

    /// Answer of `/akash.provider.lease.v1.LeaseRPC/StreamServiceLogs`.
    ServiceLogsResponse "ServiceLogsResponse" {
        /// Services.
        services: Vec<ServiceLogs> = 1,
    }

    /// Request to open a shell.
    ShellRequest "ShellRequest" {
        /// The lease concerned.
        lease_id: LeaseId = 1,
    }

    /// Request of `/akash.provider.lease.v1.LeaseRPC/StreamServiceStatus`.
    ServiceStatusRequest "ServiceStatusRequest" {
        /// The lease concerned.
        lease_id: LeaseId = 1,
        /// Services.
        services: Vec<String> = 2,
    }

    /// Answer of `/akash.provider.lease.v1.LeaseRPC/StreamServiceStatus`.
    ServiceStatusResponse "ServiceStatusResponse" {
        /// Services.
        services: Vec<ServiceStatus> = 1,
    }

    /// Request of `/akash.provider.lease.v1.LeaseRPC/AttestationQuote`.
    AttestationQuoteRequest "AttestationQuoteRequest" {
        /// The lease concerned.
        lease_id: LeaseId = 1,
        /// Random bytes to be signed into the report.
        nonce: String = 2,
        /// Whether to bind the report to the TLS session.
        bind_tls: bool = 3,
    }

    /// Attestation report of a GPU.
    AttestationGpuReport "AttestationGPUReport" {
        /// Index of the device.
        device_index: u32 = 1,
        /// Attestation report.
        report: String = 2,
    }

    /// Answer of `/akash.provider.lease.v1.LeaseRPC/AttestationQuote`.
    AttestationQuoteResponse "AttestationQuoteResponse" {
        /// Attestation report.
        report: String = 1,
        /// Certificate chain.
        cert_chain: String = 2,
        /// Platform that made the report.
        tee_platform: String = 3,
        /// Auxiliary data of the report.
        auxblob: String = 4,
        /// Reports of the GPUs.
        gpu_reports: Vec<AttestationGpuReport> = 5,
        /// Whether the report is bound to the TLS session.
        tls_bound: bool = 6,
    }
}
