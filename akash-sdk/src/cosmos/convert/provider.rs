//! Providers, audit records and certificates.

use super::money::address;
use super::{ConvertError, Wire, from_wires, same_variants, to_wires};
use crate::cosmos::wire::akash::audit::v1 as audit;
use crate::cosmos::wire::akash::cert::v1 as cert;
use crate::cosmos::wire::akash::provider::v1beta4 as provider;
use akash_market::address::Address;
use akash_market::audit::AuditRecord;
use akash_market::certificate::{Certificate, CertificateState};
use akash_market::provider::{Provider, ProviderInfo};

same_variants!(CertificateState, cert::State { Valid, Revoked });

impl Wire for ProviderInfo {
    type Message = provider::Info;

    fn to_wire(&self) -> provider::Info {
        provider::Info {
            email: self.email.clone(),
            website: self.website.clone(),
        }
    }

    fn from_wire(info: &provider::Info) -> Result<Self, ConvertError> {
        Ok(Self {
            email: info.email.clone(),
            website: info.website.clone(),
        })
    }
}

impl Wire for Provider {
    type Message = provider::Provider;

    fn to_wire(&self) -> provider::Provider {
        provider::Provider {
            owner: self.owner.to_string(),
            host_uri: self.host_uri.clone(),
            attributes: to_wires(&self.attributes),
            info: self.info.to_wire(),
        }
    }

    fn from_wire(message: &provider::Provider) -> Result<Self, ConvertError> {
        Ok(Self {
            owner: address(&message.owner, "owner")?,
            host_uri: message.host_uri.clone(),
            attributes: from_wires(&message.attributes)?,
            info: ProviderInfo::from_wire(&message.info)?,
        })
    }
}

impl Wire for AuditRecord {
    type Message = audit::AuditedProvider;

    fn to_wire(&self) -> audit::AuditedProvider {
        audit::AuditedProvider {
            owner: self.owner.to_string(),
            auditor: self.auditor.to_string(),
            attributes: to_wires(&self.attributes),
        }
    }

    fn from_wire(record: &audit::AuditedProvider) -> Result<Self, ConvertError> {
        Ok(Self {
            owner: address(&record.owner, "owner")?,
            auditor: address(&record.auditor, "auditor")?,
            attributes: from_wires(&record.attributes)?,
        })
    }
}

/// The message that answers a query for a certificate; it does not say whose it is.
#[must_use]
pub fn certificate_to_wire(certificate: &Certificate) -> cert::CertificateResponse {
    cert::CertificateResponse {
        certificate: cert::Certificate {
            state: certificate.state.to_wire(),
            cert: certificate.cert.clone(),
            pubkey: certificate.pubkey.clone(),
        },
        serial: certificate.serial.clone(),
    }
}

/// The certificate in the answer to a query for those of `owner`.
///
/// # Errors
/// If its state is unknown.
pub fn certificate_from_wire(
    owner: &Address,
    message: &cert::CertificateResponse,
) -> Result<Certificate, ConvertError> {
    Ok(Certificate {
        owner: owner.clone(),
        serial: message.serial.clone(),
        state: CertificateState::from_wire(&message.certificate.state)?,
        cert: message.certificate.cert.clone(),
        pubkey: message.certificate.pubkey.clone(),
    })
}
