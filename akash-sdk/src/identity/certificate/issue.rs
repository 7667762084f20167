use super::check::{EC_PUBLIC_KEY, P256};
use super::der::{self, bits, nest, tlv, unsigned};
use super::parse::COMMON_NAME;
use super::{pem, time};
use akash_market::address::Address;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use p256::ecdsa::{Signature, SigningKey};
use sha2::{Digest, Sha256};
use std::fmt;
use std::net::IpAddr;
use zeroize::Zeroizing;

/// What a new client certificate shall say, besides its owner. Made as the reference makes it (chain-sdk go/util/tls):
/// ECDSA P-256 with SHA-256, for client authentication and, with host names, server authentication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateRequest {
    /// Serial number, part of the id on chain: by habit the Unix time in nanoseconds.
    pub serial: u64,
    /// First second of validity, Unix time, years 1950 to 9999.
    pub not_before: i64,
    /// Last second of validity; by habit a year later.
    pub not_after: i64,
    /// Host names for which it shall serve, ASCII; none for a tenant.
    pub dns_names: Vec<String>,
    /// Addresses for which it shall serve; none for a tenant.
    pub ip_addresses: Vec<IpAddr>,
}

/// Why no certificate was made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IssueError {
    /// The secret is no key.
    #[error("a P-256 secret key is 32 bytes, not zero and below the curve's order")]
    Secret,
    /// A time can't be written, or the end is before the beginning.
    #[error("the validity must lie between the years 1950 and 9999 and end after it begins")]
    Validity,
    /// A host name is not ASCII.
    #[error("{name:?} is not a host name of ASCII characters; write other scripts in punycode")]
    HostName {
        /// Which one.
        name: String,
    },
    /// The signature failed.
    #[error("the certificate could not be signed")]
    Signature,
}

/// A certificate with its key: just made, or read back.
#[derive(Clone)]
pub struct IssuedCertificate {
    pub(super) certificate: Vec<u8>,
    pub(super) public_key: Vec<u8>,
    pub(super) private_key: Zeroizing<Vec<u8>>,
}

impl IssuedCertificate {
    /// The certificate's encoding (DER).
    #[must_use]
    pub fn certificate_der(&self) -> &[u8] {
        &self.certificate
    }

    /// The certificate's PEM text: `cert` of `MsgCreateCertificate`.
    #[must_use]
    pub fn certificate_pem(&self) -> String {
        pem::encode("CERTIFICATE", &self.certificate)
    }

    /// The public key's PEM text, of the type `EC PUBLIC KEY` that the chain wants: `pubkey` of
    /// `MsgCreateCertificate`.
    #[must_use]
    pub fn public_key_pem(&self) -> String {
        pem::encode("EC PUBLIC KEY", &self.public_key)
    }

    /// The private key's encoding (PKCS#8, DER). It is the secret.
    #[must_use]
    pub fn private_key_der(&self) -> &Zeroizing<Vec<u8>> {
        &self.private_key
    }

    /// The private key's PEM text (PKCS#8), for TLS libraries. It is the secret.
    #[must_use]
    pub fn private_key_pem(&self) -> Zeroizing<String> {
        Zeroizing::new(pem::encode("PRIVATE KEY", &self.private_key))
    }
}

impl fmt::Debug for IssuedCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IssuedCertificate(…)")
    }
}

/// ecdsa-with-SHA256, 1.2.840.10045.4.3.2
const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
/// The attribute 2.23.133.2.6, which holds the version of the profile.
const PROFILE: &[u8] = &[0x67, 0x81, 0x05, 0x02, 0x06];
/// keyEncipherment and dataEncipherment, critical.
const KEY_USAGE: &[u8] = &[
    0x30, 0x0e, 0x06, 0x03, 0x55, 0x1d, 0x0f, 0x01, 0x01, 0xff, 0x04, 0x04, 0x03, 0x02, 0x04, 0x30,
];
/// clientAuth.
const CLIENT_AUTH: &[u8] = &[
    0x30, 0x13, 0x06, 0x03, 0x55, 0x1d, 0x25, 0x04, 0x0c, 0x30, 0x0a, 0x06, 0x08, 0x2b, 0x06, 0x01,
    0x05, 0x05, 0x07, 0x03, 0x02,
];
/// clientAuth and serverAuth.
const BOTH_AUTHS: &[u8] = &[
    0x30, 0x1d, 0x06, 0x03, 0x55, 0x1d, 0x25, 0x04, 0x16, 0x30, 0x14, 0x06, 0x08, 0x2b, 0x06, 0x01,
    0x05, 0x05, 0x07, 0x03, 0x02, 0x06, 0x08, 0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01,
];
/// The extensions for alternative names and for name constraints.
const ALTERNATIVE_NAMES: &[u8] = &[0x55, 0x1d, 0x11];
const NAME_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 0x1e];
const CRITICAL: &[u8] = &[0x01, 0x01, 0xff];
/// No certificate authority, critical.
const NO_AUTHORITY: &[u8] = &[
    0x30, 0x0c, 0x06, 0x03, 0x55, 0x1d, 0x13, 0x01, 0x01, 0xff, 0x04, 0x02, 0x30, 0x00,
];

impl CertificateRequest {
    /// Makes the certificate of `owner` with the P-256 key of these 32 secret bytes, which must come from a
    /// cryptographic source, such as the operating system's. The same inputs give the same certificate.
    ///
    /// # Errors
    /// If the secret is no key or the times can't be written.
    pub fn issue(&self, owner: &Address, secret: &[u8]) -> Result<IssuedCertificate, IssueError> {
        // The library would also take shorter ones.
        let secret: &[u8; 32] = secret.try_into().map_err(|_| IssueError::Secret)?;
        let key = SigningKey::from_slice(secret).map_err(|_| IssueError::Secret)?;
        let point = key.verifying_key().to_sec1_point(false);
        let public_key = spki(point.as_bytes());
        let signed = self.signed_part(owner, &public_key)?;
        let signature: Signature = key
            .sign_prehash(&Sha256::digest(&signed))
            .map_err(|_| IssueError::Signature)?;
        let algorithm = algorithm();
        let certificate = nest(
            der::SEQUENCE,
            &[&signed, &algorithm, &bits(signature.to_der().as_bytes())],
        );
        let scalar = Zeroizing::new(key.to_bytes());
        let inner = Zeroizing::new(nest(
            der::SEQUENCE,
            &[
                &unsigned(&[1]),
                &tlv(der::OCTET_STRING, &scalar),
                &tlv(0xa1, &bits(point.as_bytes())),
            ],
        ));
        let private_key = Zeroizing::new(nest(
            der::SEQUENCE,
            &[
                &unsigned(&[0]),
                &key_algorithm(),
                &tlv(der::OCTET_STRING, &inner),
            ],
        ));
        Ok(IssuedCertificate {
            certificate,
            public_key,
            private_key,
        })
    }

    /// The part of the certificate that is signed.
    fn signed_part(&self, owner: &Address, public_key: &[u8]) -> Result<Vec<u8>, IssueError> {
        if self.not_after < self.not_before {
            return Err(IssueError::Validity);
        }
        let name = nest(
            der::SEQUENCE,
            &[
                &attribute(COMMON_NAME, &owner.as_str()),
                &attribute(PROFILE, "v0.0.1"),
            ],
        );
        let validity = nest(
            der::SEQUENCE,
            &[
                &time::write(self.not_before).ok_or(IssueError::Validity)?,
                &time::write(self.not_after).ok_or(IssueError::Validity)?,
            ],
        );
        let serves = !self.dns_names.is_empty() || !self.ip_addresses.is_empty();
        let usage = if serves { BOTH_AUTHS } else { CLIENT_AUTH };
        let hosts = self.host_extensions()?;
        let extensions = nest(der::SEQUENCE, &[KEY_USAGE, usage, NO_AUTHORITY, &hosts]);
        Ok(nest(
            der::SEQUENCE,
            &[
                &tlv(0xa0, &unsigned(&[2])),
                &unsigned(&self.serial.to_be_bytes()),
                &algorithm(),
                &name,
                &validity,
                &name,
                public_key,
                &tlv(0xa3, &extensions),
            ],
        ))
    }
}

impl CertificateRequest {
    /// Alternative names, and the DNS names among them as the only ones permitted.
    fn host_extensions(&self) -> Result<Vec<u8>, IssueError> {
        let mut names = Vec::new();
        let mut permitted = Vec::new();
        for name in &self.dns_names {
            if name.is_empty() || !name.is_ascii() {
                return Err(IssueError::HostName { name: name.clone() });
            }
            let dns = tlv(0x82, name.as_bytes());
            permitted.extend_from_slice(&tlv(der::SEQUENCE, &dns));
            names.extend_from_slice(&dns);
        }
        for address in &self.ip_addresses {
            match address {
                IpAddr::V4(address) => names.extend_from_slice(&tlv(0x87, &address.octets())),
                IpAddr::V6(address) => names.extend_from_slice(&tlv(0x87, &address.octets())),
            }
        }
        let mut out = Vec::new();
        if !names.is_empty() {
            let value = tlv(der::OCTET_STRING, &tlv(der::SEQUENCE, &names));
            let kind = tlv(der::OBJECT, ALTERNATIVE_NAMES);
            out.extend_from_slice(&nest(der::SEQUENCE, &[&kind, &value]));
        }
        if !permitted.is_empty() {
            let value = tlv(der::SEQUENCE, &tlv(0xa0, &permitted));
            let value = tlv(der::OCTET_STRING, &value);
            let kind = tlv(der::OBJECT, NAME_CONSTRAINTS);
            out.extend_from_slice(&nest(der::SEQUENCE, &[&kind, CRITICAL, &value]));
        }
        Ok(out)
    }
}

fn algorithm() -> Vec<u8> {
    nest(der::SEQUENCE, &[&tlv(der::OBJECT, ECDSA_SHA256)])
}

pub(super) fn key_algorithm() -> Vec<u8> {
    nest(
        der::SEQUENCE,
        &[&tlv(der::OBJECT, EC_PUBLIC_KEY), &tlv(der::OBJECT, P256)],
    )
}

pub(super) fn spki(point: &[u8]) -> Vec<u8> {
    nest(der::SEQUENCE, &[&key_algorithm(), &bits(point)])
}

fn attribute(kind: &[u8], text: &str) -> Vec<u8> {
    let pair = nest(
        der::SEQUENCE,
        &[
            &tlv(der::OBJECT, kind),
            &tlv(der::PRINTABLE, text.as_bytes()),
        ],
    );
    tlv(der::SET, &pair)
}
