//! Account keys in a file, encrypted with a password.
//!
//! The form is the one of OpenSSL: a PEM block `ENCRYPTED PRIVATE KEY` (PKCS#8; PBES2 with PBKDF2-HMAC-SHA-256 and
//! AES-256-CBC) around a private key on secp256k1. `openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256` writes
//! it, `openssl ec` reads it. A key that `akash keys export --unarmored-hex --unsafe` printed is read by
//! [`LocalSigner::from_hex`], words by [`LocalSigner::from_mnemonic`].
//!
//! ```
//! use akash_sdk::signer::{LocalSigner, Signer, keyfile};
//!
//! let signer = LocalSigner::from_secret_bytes(&[7; 32], "akash")?;
//! // 32 new random bytes for each file: take them from the operating system.
//! let (salt, iv) = ([1; 16], [2; 16]);
//! let text = keyfile::write(&signer, b"correct horse", &salt, &iv)?;
//! let again = keyfile::read(&text, b"correct horse", "akash")?;
//! assert_eq!(again.address(), signer.address());
//! assert!(keyfile::read(&text, b"wrong", "akash").is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::LocalSigner;
use crate::identity::certificate::der::{self, Reader, nest, tlv, unsigned};
use crate::identity::certificate::pem;
use crate::identity::keyfile::{KeyFileError, pbes2};
use zeroize::Zeroizing;

const LABEL: &str = "ENCRYPTED PRIVATE KEY";
/// 1.2.840.10045.2.1
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
/// 1.3.132.0.10
const SECP256K1: &[u8] = &[0x2b, 0x81, 0x04, 0x00, 0x0a];

/// Writes an account's key as the text of a key file. Salt and initialisation vector must be new random bytes for each
/// file, from a cryptographic source such as the operating system's. Keep the file readable for its owner only (0600).
///
/// # Errors
/// None that is known; the encryption library reserves the right.
pub fn write(
    signer: &LocalSigner,
    password: &[u8],
    salt: &[u8; 16],
    iv: &[u8; 16],
) -> Result<String, KeyFileError> {
    let secret = Zeroizing::new(tlv(der::OCTET_STRING, signer.secret().as_slice()));
    let key = Zeroizing::new(nest(der::SEQUENCE, &[&unsigned(&[1]), &secret]));
    let kind = nest(
        der::SEQUENCE,
        &[
            &tlv(der::OBJECT, EC_PUBLIC_KEY),
            &tlv(der::OBJECT, SECP256K1),
        ],
    );
    let wrapped = Zeroizing::new(tlv(der::OCTET_STRING, &key));
    let info = Zeroizing::new(nest(der::SEQUENCE, &[&unsigned(&[0]), &kind, &wrapped]));
    Ok(pem::encode(
        LABEL,
        &pbes2::encrypt(&info, password, salt, iv)?,
    ))
}

/// Reads the text of a key file; addresses get this bech32 prefix, which is `akash` on Akash.
///
/// # Errors
/// If it is no such file, the password is wrong, or the key is not on secp256k1.
pub fn read(text: &str, password: &[u8], prefix: &str) -> Result<LocalSigner, KeyFileError> {
    let (block, _) = pem::decode(text).ok_or(KeyFileError::Missing { block: LABEL })?;
    if block.label != LABEL {
        return Err(KeyFileError::Unencrypted { label: block.label });
    }
    let plain = pbes2::decrypt(&block.bytes, password)?;
    // Wrong passwords leave something that looks whole once in 256 times.
    let (kind, key) = parts(&plain).ok_or(KeyFileError::Password)?;
    if kind != [EC_PUBLIC_KEY, SECP256K1] {
        return Err(KeyFileError::Unsupported {
            part: "the private key",
            expected: "a key on secp256k1",
        });
    }
    LocalSigner::from_secret_bytes(key, prefix).map_err(|_| KeyFileError::Malformed {
        part: "the private key",
    })
}

/// The two names of the key's kind, and its secret bytes.
fn parts(info: &[u8]) -> Option<([&[u8]; 2], &[u8])> {
    let mut fields = Reader(Reader(info).expect(der::SEQUENCE)?.contents);
    fields.expect(der::INTEGER)?;
    let mut kind = Reader(fields.expect(der::SEQUENCE)?.contents);
    let names = [
        kind.expect(der::OBJECT)?.contents,
        kind.expect(der::OBJECT)?.contents,
    ];
    let mut key = Reader(fields.expect(der::OCTET_STRING)?.contents);
    let mut key = Reader(key.expect(der::SEQUENCE)?.contents);
    key.expect(der::INTEGER)?;
    Some((names, key.expect(der::OCTET_STRING)?.contents))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signer::Signer;

    /// Written by OpenSSL 3.0 from the key of 32 bytes 0x07, password `correct horse`, 2048 rounds.
    const OPENSSL: &str = "\
-----BEGIN ENCRYPTED PRIVATE KEY-----
MIGrMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAgvQNEx7jDTCwICCAAw
DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEN6p5mwuGWqvEmNNO709fREEUGVr
WFkDcA+ox0N7bcOAhktu/wycQOLc+AlnFuWFf6jqFKINLCs96PrEnclrgpeVNqVj
pB0ixNH+lFX3c48mnnJ4xX5rPmt/taCj/BtGuE2v
-----END ENCRYPTED PRIVATE KEY-----
";

    #[test]
    fn a_file_of_openssl_is_read() {
        let own = LocalSigner::from_secret_bytes(&[7; 32], "akash").unwrap();
        let read = read(OPENSSL, b"correct horse", "akash").unwrap();
        assert_eq!(read.address(), own.address());
        assert_eq!(
            format!("{read:?}"),
            format!("LocalSigner({})", own.address())
        );
    }

    #[test]
    fn what_is_no_key_file_is_refused() {
        assert_eq!(
            read(OPENSSL, b"battery staple", "akash").unwrap_err(),
            KeyFileError::Password
        );
        assert_eq!(
            read("words", b"", "akash").unwrap_err(),
            KeyFileError::Missing { block: LABEL }
        );
        let plain = pem::encode("PRIVATE KEY", &[0x30, 0]);
        assert!(matches!(
            read(&plain, b"", "akash").unwrap_err(),
            KeyFileError::Unencrypted { .. }
        ));
        // Cut anywhere it is refused, never misread.
        for end in (0..OPENSSL.len()).step_by(7) {
            assert!(
                read(&OPENSSL[..end], b"correct horse", "akash").is_err(),
                "{end}"
            );
        }
    }
}
