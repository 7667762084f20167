use super::check::{EC_PUBLIC_KEY, P256};
use super::der::{self, Reader};
use super::issue::{IssuedCertificate, spki};
use super::parse::{CertificateError, CertificateInfo};
use p256::ecdsa::SigningKey;
use zeroize::Zeroizing;

/// Why a certificate and a private key are no pair.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PairError {
    /// The certificate can't be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The private key is not the PKCS#8 encoding of a key on P-256.
    #[error("the private key is not a P-256 key in the encoding of PKCS#8")]
    PrivateKey,
    /// The certificate is another key's.
    #[error("the certificate was not made for this private key")]
    Mismatch,
}

impl IssuedCertificate {
    /// Takes a certificate (X.509, DER) and its private key (PKCS#8, DER), read from wherever they were kept.
    ///
    /// # Errors
    /// If one of them can't be read or they do not belong together.
    pub fn from_der(
        certificate: Vec<u8>,
        private_key: Zeroizing<Vec<u8>>,
    ) -> Result<Self, PairError> {
        let key = secret(&private_key).ok_or(PairError::PrivateKey)?;
        let key = SigningKey::from_slice(key.as_slice()).map_err(|_| PairError::PrivateKey)?;
        let public_key = spki(key.verifying_key().to_sec1_point(false).as_bytes());
        if CertificateInfo::from_der(&certificate)?.public_key != public_key {
            return Err(PairError::Mismatch);
        }
        Ok(Self {
            certificate,
            public_key,
            private_key,
        })
    }
}

/// The 32 secret bytes of a key on P-256 in the encoding of PKCS#8.
fn secret(bytes: &[u8]) -> Option<Zeroizing<[u8; 32]>> {
    let mut outer = Reader(bytes);
    let mut parts = Reader(outer.expect(der::SEQUENCE)?.contents);
    parts.expect(der::INTEGER)?;
    let mut kind = Reader(parts.expect(der::SEQUENCE)?.contents);
    let algorithm = kind.expect(der::OBJECT)?.contents;
    let curve = kind.expect(der::OBJECT)?.contents;
    if !outer.is_empty() || algorithm != EC_PUBLIC_KEY || curve != P256 {
        return None;
    }
    let mut inner = Reader(parts.expect(der::OCTET_STRING)?.contents);
    let mut key = Reader(inner.expect(der::SEQUENCE)?.contents);
    key.expect(der::INTEGER)?;
    // Others may leave leading zeros out or put some before.
    let mut scalar = key.expect(der::OCTET_STRING)?.contents;
    while scalar.len() > 32 {
        scalar = scalar.strip_prefix(&[0])?;
    }
    let mut bytes = Zeroizing::new([0; 32]);
    let missing = bytes.len().checked_sub(scalar.len())?;
    bytes.get_mut(missing..)?.copy_from_slice(scalar);
    Some(bytes)
}
