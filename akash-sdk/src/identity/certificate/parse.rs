use super::der::{self, Element, Reader};
use super::extension::Extensions;
use super::{pem, time};

/// Why bytes are no certificate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CertificateError {
    /// There is no PEM block, or another one.
    #[error("a single PEM block CERTIFICATE was expected")]
    Pem,
    /// The structure is not X.509's.
    #[error("the certificate can't be read: {part} is malformed")]
    Malformed {
        /// Which part.
        part: &'static str,
    },
}

/// What this library reads of an X.509 certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateInfo {
    /// Serial number in decimal, as it stands in the id on chain.
    pub serial: String,
    /// Common name of the subject: the owner's address. Empty if there is none.
    pub common_name: String,
    /// Common name of the issuer. Empty if there is none.
    pub issuer_common_name: String,
    /// The public key, as an encoded `SubjectPublicKeyInfo`.
    pub public_key: Vec<u8>,
    /// First second of validity, Unix time.
    pub not_before: i64,
    /// Last second of validity, Unix time.
    pub not_after: i64,
    /// What the key may do, as the bits of RFC 5280 4.2.1.3 with the first as the lowest: 12 is key and data
    /// encipherment, as in certificates made here. 0 if the certificate does not say.
    pub key_usage: u16,
    /// For what the certificate may be shown. Empty if it does not say: then for all.
    pub extended_usages: Vec<ExtendedUsage>,
    /// Whether it is the certificate of an authority.
    pub is_authority: bool,
    /// Whether it has a critical extension that the reference does not know, so that it would not trust it.
    pub has_unknown_critical: bool,
    /// The whole encoding.
    pub(super) whole: Vec<u8>,
    /// The bytes that are signed.
    pub(super) signed: Vec<u8>,
    /// The signature.
    pub(super) signature: Vec<u8>,
}

/// For what a certificate may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ExtendedUsage {
    /// For everything.
    Any,
    /// By a server: a provider's gateway.
    ServerAuth,
    /// By a client: a tenant.
    ClientAuth,
    /// For something else; the encoded object identifier.
    Other(Vec<u8>),
}

impl CertificateInfo {
    /// Reads the PEM text of one certificate.
    ///
    /// # Errors
    /// If it is none.
    pub fn from_pem(text: &str) -> Result<Self, CertificateError> {
        match pem::decode(text) {
            Some((block, "")) if block.label == "CERTIFICATE" => Self::from_der(&block.bytes),
            _ => Err(CertificateError::Pem),
        }
    }

    /// The certificate's encoding (DER).
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.whole
    }

    /// Reads an encoded certificate.
    ///
    /// # Errors
    /// If it is none.
    pub fn from_der(bytes: &[u8]) -> Result<Self, CertificateError> {
        let mut outer = Reader(bytes);
        let certificate = need(outer.expect(der::SEQUENCE), "the outer sequence")?;
        if !outer.is_empty() {
            return Err(CertificateError::Malformed { part: "the end" });
        }
        let mut parts = Reader(certificate.contents);
        let signed = need(parts.expect(der::SEQUENCE), "the signed part")?;
        let algorithm = need(parts.expect(der::SEQUENCE), "the algorithm")?;
        let signature = need(parts.expect(der::BIT_STRING), "the signature")?;
        let signature = need(der::bit_string(&signature), "the signature")?;
        if !parts.is_empty() {
            return Err(CertificateError::Malformed { part: "the end" });
        }

        let mut fields = Reader(signed.contents);
        // Version 1 has no such field.
        let _ = fields.expect(0xa0);
        let serial = need(fields.expect(der::INTEGER), "the serial number")?;
        if !der::minimal(serial.contents) || serial.contents.first().is_some_and(|b| *b >= 0x80) {
            return Err(CertificateError::Malformed {
                part: "the serial number",
            });
        }
        let inner = need(fields.expect(der::SEQUENCE), "the inner algorithm")?;
        if inner.whole != algorithm.whole {
            return Err(CertificateError::Malformed {
                part: "the inner algorithm",
            });
        }
        let issuer = need(fields.expect(der::SEQUENCE), "the issuer")?;
        let validity = need(fields.expect(der::SEQUENCE), "the validity")?;
        let mut times = Reader(validity.contents);
        let mut time = || need(times.next().and_then(|at| time::read(&at)), "the validity");
        let (not_before, not_after) = (time()?, time()?);
        let subject = need(fields.expect(der::SEQUENCE), "the subject")?;
        let public_key = need(fields.expect(der::SEQUENCE), "the public key")?;
        let mut extensions = Extensions::default();
        while !fields.is_empty() {
            let field = need(fields.next(), "an extension")?;
            if field.tag == 0xa3 {
                extensions = need(Extensions::read(field.contents), "an extension")?;
            }
        }
        Ok(Self {
            serial: decimal(serial.contents),
            common_name: common_name(&subject)?,
            issuer_common_name: common_name(&issuer)?,
            public_key: public_key.whole.to_vec(),
            not_before,
            not_after,
            key_usage: extensions.key_usage,
            extended_usages: extensions.extended_usages,
            is_authority: extensions.is_authority,
            has_unknown_critical: extensions.has_unknown_critical,
            whole: bytes.to_vec(),
            signed: signed.whole.to_vec(),
            signature: signature.to_vec(),
        })
    }
}

fn need<T>(value: Option<T>, part: &'static str) -> Result<T, CertificateError> {
    value.ok_or(CertificateError::Malformed { part })
}

/// 2.5.4.3
pub(super) const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];

/// The last common name of a distinguished name.
fn common_name(name: &Element<'_>) -> Result<String, CertificateError> {
    let mut found = String::new();
    let mut sets = Reader(name.contents);
    while !sets.is_empty() {
        let set = need(sets.expect(der::SET), "a name")?;
        let mut pairs = Reader(set.contents);
        while !pairs.is_empty() {
            let pair = need(pairs.expect(der::SEQUENCE), "a name")?;
            let mut pair = Reader(pair.contents);
            let kind = need(pair.expect(der::OBJECT), "a name")?;
            let value = need(pair.next(), "a name")?;
            if kind.contents == COMMON_NAME {
                found = String::from_utf8_lossy(value.contents).into_owned();
            }
        }
    }
    Ok(found)
}

/// Big-endian bytes in decimal.
fn decimal(bytes: &[u8]) -> String {
    // Groups of nine digits, the least significant first; four bytes at a time, since peers choose how many there are.
    const GROUP: u64 = 1_000_000_000;
    let mut groups: Vec<u64> = Vec::new();
    let (first, rest) = bytes.split_at(bytes.len() % 4);
    for chunk in std::iter::once(first).chain(rest.chunks(4)) {
        let mut carry = chunk
            .iter()
            .fold(0, |value, byte| (value << 8) | u64::from(*byte));
        for group in &mut groups {
            let value = (*group << 32) + carry;
            *group = value % GROUP;
            carry = value / GROUP;
        }
        while carry > 0 {
            groups.push(carry % GROUP);
            carry /= GROUP;
        }
    }
    let mut digits = groups.pop().unwrap_or_default().to_string();
    for group in groups.iter().rev() {
        digits.push_str(&format!("{group:09}"));
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_any_size_are_written_in_decimal() {
        assert_eq!(decimal(&[0]), "0");
        assert_eq!(decimal(&[1, 0]), "256");
        for shift in 0..120 {
            let number = u128::MAX >> shift;
            let bytes = number.to_be_bytes();
            assert_eq!(decimal(&bytes), number.to_string());
            let start = bytes.iter().position(|byte| *byte != 0).unwrap();
            assert_eq!(decimal(&bytes[start..]), number.to_string());
        }
        assert_eq!(decimal(&[0xff; 4_000]).len(), 9_633);
    }

    #[test]
    fn cut_certificates_are_refused() {
        assert!(CertificateInfo::from_der(&[]).is_err());
        assert!(CertificateInfo::from_der(&[0x30, 0]).is_err());
        assert_eq!(
            CertificateInfo::from_pem("text"),
            Err(CertificateError::Pem)
        );
    }
}
