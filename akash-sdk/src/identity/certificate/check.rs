use super::der::{self, Reader};
use super::parse::{CertificateError, CertificateInfo};
use super::pem;
use crate::cosmos::address::{ACCOUNT, AccountError, parse};
use akash_market::address::Address;
use k256::ecdsa::signature::hazmat::PrehashVerifier;
use sha2::{Digest, Sha256};

/// Why the chain does not take a certificate (node x/cert).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OnChainError {
    /// The public key is not one PEM block `EC PUBLIC KEY` with an ECDSA key. Codespace cert, code 7.
    #[error("the public key is refused: {reason}")]
    PublicKey {
        /// Why.
        reason: &'static str,
    },
    /// The certificate is not one PEM block, is not signed by the key, or not the owner's. Codespace cert, code 6.
    #[error("the certificate is refused: {reason}")]
    Certificate {
        /// Why.
        reason: String,
    },
    /// The certificate is no X.509. An error without a code of its own.
    #[error(transparent)]
    Parse(#[from] CertificateError),
}

impl OnChainError {
    /// The chain's code in codespace `cert`, if the error has one.
    #[must_use]
    pub const fn code(&self) -> Option<u32> {
        match self {
            Self::PublicKey { .. } => Some(7),
            Self::Certificate { .. } => Some(6),
            Self::Parse(_) => None,
        }
    }

    /// Codespace, code and log of a node's refusal. Where the node says more than the registered text it loses the
    /// code: codespace `undefined`, code 1.
    #[must_use]
    pub fn on_node(&self) -> (&'static str, u32, String) {
        let (code, text, detail) = match self {
            Self::PublicKey { reason } => (7, "invalid pubkey value", node_detail(reason)),
            Self::Certificate { reason } => (6, "invalid certificate value", node_detail(reason)),
            Self::Parse(_) => return ("undefined", 1, "x509: malformed certificate".to_owned()),
        };
        match detail {
            None => ("cert", code, text.to_owned()),
            Some(detail) => ("undefined", 1, format!("{text}: {detail}")),
        }
    }
}

const NOT_PEM: &str = "it is not PEM";
const TRAILING: &str = "something follows the PEM block";
const UNSIGNED: &str = "it is not signed by this key over SHA-256";
const FOREIGN: &str = "its common name is not the owner";
const NO_KEY: &str = "it is no SubjectPublicKeyInfo";
const NOT_ECDSA: &str = "it must be an ECDSA key";
const CURVE: &str = "its curve must be P-224, P-256, P-384 or P-521";
const KEY_LABEL: &str = "the PEM block must be EC PUBLIC KEY";
const CERTIFICATE_LABEL: &str = "the PEM block must be CERTIFICATE";

/// What a node says beside the registered text.
fn node_detail(reason: &str) -> Option<&str> {
    match reason {
        NOT_PEM | TRAILING => None,
        KEY_LABEL | CERTIFICATE_LABEL => Some("invalid pem block type"),
        UNSIGNED => Some("invalid certificate signature"),
        FOREIGN => Some("CommonName does not match owner"),
        NO_KEY => Some("asn1: structure error"),
        NOT_ECDSA => Some("invalid public key type"),
        CURVE => Some("x509: unsupported elliptic curve"),
        other => Some(other),
    }
}

/// Checks a certificate and its public key (both PEM texts) as the chain does when they are registered. Validity times,
/// issuer and usages do not matter there.
///
/// # Errors
/// Why the chain would refuse it.
pub fn check_on_chain(
    owner: &Address,
    certificate: &[u8],
    public_key: &[u8],
) -> Result<CertificateInfo, OnChainError> {
    let refused = |reason| OnChainError::PublicKey { reason };
    let text = String::from_utf8_lossy(public_key);
    let (block, "") = pem::decode(&text).ok_or(refused(NOT_PEM))? else {
        return Err(refused(TRAILING));
    };
    if block.label != "EC PUBLIC KEY" {
        return Err(refused(KEY_LABEL));
    }
    let key = Key::from_spki(&block.bytes)?;

    let refused = |reason: &str| OnChainError::Certificate {
        reason: reason.to_owned(),
    };
    let text = String::from_utf8_lossy(certificate);
    let (block, "") = pem::decode(&text).ok_or_else(|| refused(NOT_PEM))? else {
        return Err(refused(TRAILING));
    };
    if block.label != "CERTIFICATE" {
        return Err(refused(CERTIFICATE_LABEL));
    }
    let info = CertificateInfo::from_der(&block.bytes)?;
    if !key.verifies(&info.signed, &info.signature) {
        return Err(refused(UNSIGNED));
    }
    let named = parse(ACCOUNT, &info.common_name)
        .map_err(|error: AccountError| refused(&error.to_string()))?;
    if named != *owner {
        return Err(refused(FOREIGN));
    }
    Ok(info)
}

/// A public key on one of the curves that the chain takes.
pub(super) enum Key {
    P224(p224::ecdsa::VerifyingKey),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    P521(p521::ecdsa::VerifyingKey),
}

/// id-ecPublicKey, 1.2.840.10045.2.1
pub(super) const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// prime256v1, 1.2.840.10045.3.1.7
pub(super) const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
const P224: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x21];
const P384: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x22];
const P521: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x23];

impl Key {
    pub(super) fn from_spki(bytes: &[u8]) -> Result<Self, OnChainError> {
        let malformed = || OnChainError::PublicKey { reason: NO_KEY };
        let Spki {
            algorithm,
            curve,
            point,
        } = Spki::read(bytes).ok_or_else(malformed)?;
        if algorithm != EC_PUBLIC_KEY {
            return Err(OnChainError::PublicKey { reason: NOT_ECDSA });
        }
        match curve {
            Some(P256) => p256::ecdsa::VerifyingKey::from_sec1_bytes(point)
                .map(Self::P256)
                .map_err(|_| malformed()),
            Some(P384) => p384::ecdsa::VerifyingKey::from_sec1_bytes(point)
                .map(Self::P384)
                .map_err(|_| malformed()),
            Some(P521) => p521::ecdsa::VerifyingKey::from_sec1_bytes(point)
                .map(Self::P521)
                .map_err(|_| malformed()),
            Some(P224) => p224::ecdsa::VerifyingKey::from_sec1_bytes(point)
                .map(Self::P224)
                .map_err(|_| malformed()),
            _ => Err(OnChainError::PublicKey { reason: CURVE }),
        }
    }

    /// Whether the key signed these bytes with SHA-256, whatever the certificate says of the algorithm.
    pub(super) fn verifies(&self, signed: &[u8], signature: &[u8]) -> bool {
        let digest = Sha256::digest(signed);
        match self {
            Self::P224(key) => p224::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
            Self::P256(key) => p256::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
            Self::P384(key) => p384::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
            Self::P521(key) => p521::ecdsa::Signature::from_der(signature)
                .is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()),
        }
    }
}

/// A public key as certificates carry it (`SubjectPublicKeyInfo`).
struct Spki<'a> {
    algorithm: &'a [u8],
    curve: Option<&'a [u8]>,
    point: &'a [u8],
}

impl<'a> Spki<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut outer = Reader(bytes);
        let mut parts = Reader(outer.expect(der::SEQUENCE)?.contents);
        let mut kind = Reader(parts.expect(der::SEQUENCE)?.contents);
        let algorithm = kind.expect(der::OBJECT)?.contents;
        let curve = kind.expect(der::OBJECT).map(|curve| curve.contents);
        let point = der::bit_string(&parts.expect(der::BIT_STRING)?)?;
        (outer.is_empty() && parts.is_empty()).then_some(Self {
            algorithm,
            curve,
            point,
        })
    }
}
