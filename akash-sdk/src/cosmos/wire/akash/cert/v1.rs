//! Package `akash.cert.v1`.

use crate::cosmos::wire::Enum;
use crate::cosmos::wire::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use crate::cosmos::wire::message::{enums, messages};

messages! {
    "akash.cert.v1";

    /// Identifies a certificate.
    Id "ID" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Serial number, decimal text.
        serial: String = 2,
    }

    /// A client certificate.
    Certificate "Certificate" {
        /// State.
        state: Enum<State> = 2,
        /// Certificate, PEM.
        cert: Vec<u8> = 3,
        /// Public key, PEM.
        pubkey: Vec<u8> = 4,
    }

    /// Conditions on certificates.
    CertificateFilter "CertificateFilter" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Serial number, decimal text.
        serial: String = 2,
        /// Name of the state, such as `valid`; empty for all.
        state: String = 3,
    }

    /// A certificate in a genesis file.
    GenesisCertificate "GenesisCertificate" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// The certificate.
        certificate: Certificate = 2,
    }

    /// State of the module in a genesis file.
    GenesisState "GenesisState" {
        /// Certificates.
        certificates: Vec<GenesisCertificate> = 1,
    }

    /// Transaction message of `/akash.cert.v1.Msg/CreateCertificate`, signed by `owner`.
    MsgCreateCertificate "MsgCreateCertificate" {
        /// Account that owns it (the tenant or provider), bech32.
        owner: String = 1,
        /// Certificate, PEM.
        cert: Vec<u8> = 2,
        /// Public key, PEM.
        pubkey: Vec<u8> = 3,
    }

    /// Answer of `/akash.cert.v1.Msg/CreateCertificate`.
    MsgCreateCertificateResponse "MsgCreateCertificateResponse" {}

    /// Transaction message of `/akash.cert.v1.Msg/RevokeCertificate`, signed by `id.owner`.
    MsgRevokeCertificate "MsgRevokeCertificate" {
        /// Identifies the entity.
        id: Id = 1,
    }

    /// Answer of `/akash.cert.v1.Msg/RevokeCertificate`.
    MsgRevokeCertificateResponse "MsgRevokeCertificateResponse" {}

    /// A certificate and its serial number.
    CertificateResponse "CertificateResponse" {
        /// The certificate.
        certificate: Certificate = 1,
        /// Serial number, decimal text.
        serial: String = 2,
    }

    /// Request of `/akash.cert.v1.Query/Certificates`.
    QueryCertificatesRequest "QueryCertificatesRequest" {
        /// Conditions; empty fields match everything.
        filter: CertificateFilter = 1,
        /// Page asked for.
        pagination: Option<PageRequest> = 2,
    }

    /// Answer of `/akash.cert.v1.Query/Certificates`.
    QueryCertificatesResponse "QueryCertificatesResponse" {
        /// Certificates.
        certificates: Vec<CertificateResponse> = 1,
        /// Where the next page starts.
        pagination: Option<PageResponse> = 2,
    }
}

enums! {
    /// Enum `akash.cert.v1.State`.
    State "akash.cert.v1.State" {
        /// `invalid`.
        Invalid "invalid" = 0,
        /// `valid`.
        Valid "valid" = 1,
        /// `revoked`.
        Revoked "revoked" = 2,
    }
}
