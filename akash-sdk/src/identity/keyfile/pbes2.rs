//! PKCS#8's encryption by password (RFC 8018, PBES2): PBKDF2 with HMAC-SHA-256, then AES-256 in CBC mode.

use super::{KeyFileError, MAX_ROUNDS};
use crate::identity::certificate::der::{self, Element, Reader, nest, tlv, unsigned};
use aes::Aes256;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
use sha2::Sha256;
use zeroize::Zeroizing;

/// 1.2.840.113549.1.5.13 and 12
const PBES2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d];
const PBKDF2: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c];
/// 1.2.840.113549.2.9
const HMAC_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x09];
/// 2.16.840.1.101.3.4.1.42
const AES_256_CBC: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2a];
const NULL: &[u8] = &[0x05, 0x00];

const ROUNDS: u32 = 600_000;

/// Encrypts with the number of rounds that the reference uses.
pub(crate) fn encrypt(
    plain: &[u8],
    password: &[u8],
    salt: &[u8],
    iv: &[u8; 16],
) -> Result<Vec<u8>, KeyFileError> {
    let key = derive(password, salt, ROUNDS);
    let failed = KeyFileError::Malformed {
        part: "the private key",
    };
    // The padding has 1 to 16 bytes.
    let mut buffer = Zeroizing::new(plain.to_vec());
    buffer.resize(plain.len().saturating_add(16), 0);
    let data = cbc::Encryptor::<Aes256>::new(&(*key).into(), &(*iv).into())
        .encrypt_padded::<Pkcs7>(&mut buffer, plain.len())
        .map_err(|_| failed)?;

    let derivation = nest(
        der::SEQUENCE,
        &[
            &tlv(der::OBJECT, PBKDF2),
            &nest(
                der::SEQUENCE,
                &[
                    &tlv(der::OCTET_STRING, salt),
                    &unsigned(&ROUNDS.to_be_bytes()),
                    &nest(der::SEQUENCE, &[&tlv(der::OBJECT, HMAC_SHA256), NULL]),
                ],
            ),
        ],
    );
    let cipher = nest(
        der::SEQUENCE,
        &[&tlv(der::OBJECT, AES_256_CBC), &tlv(der::OCTET_STRING, iv)],
    );
    let scheme = nest(
        der::SEQUENCE,
        &[
            &tlv(der::OBJECT, PBES2),
            &nest(der::SEQUENCE, &[&derivation, &cipher]),
        ],
    );
    Ok(nest(
        der::SEQUENCE,
        &[&scheme, &tlv(der::OCTET_STRING, data)],
    ))
}

/// Decrypts an `EncryptedPrivateKeyInfo`.
pub(crate) fn decrypt(bytes: &[u8], password: &[u8]) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
    let Parameters {
        salt,
        rounds,
        iv,
        data,
    } = Parameters::read(bytes)?;
    let key = derive(password, salt, rounds);
    decrypt_cbc(&key, iv, data).ok_or(KeyFileError::Password)
}

/// AES-256 in CBC mode with the padding of PKCS#7. `None` if the padding is wrong.
pub(crate) fn decrypt_cbc(
    key: &[u8; 32],
    iv: &[u8; 16],
    data: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let mut buffer = Zeroizing::new(data.to_vec());
    let plain = cbc::Decryptor::<Aes256>::new(&(*key).into(), &(*iv).into())
        .decrypt_padded::<Pkcs7>(&mut buffer)
        .ok()?;
    Some(Zeroizing::new(plain.to_vec()))
}

fn derive(password: &[u8], salt: &[u8], rounds: u32) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    pbkdf2::pbkdf2_hmac::<Sha256>(password, salt, rounds, key.as_mut());
    key
}

struct Parameters<'a> {
    salt: &'a [u8],
    rounds: u32,
    iv: &'a [u8; 16],
    data: &'a [u8],
}

impl<'a> Parameters<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, KeyFileError> {
        let mut outer = Reader(bytes);
        let mut parts = inside(outer.expect(der::SEQUENCE), "the outer sequence")?;
        let mut scheme = inside(parts.expect(der::SEQUENCE), "the scheme")?;
        let data = need(parts.expect(der::OCTET_STRING), "the encrypted key")?.contents;
        is(&mut scheme, PBES2, "the scheme", "PBES2")?;
        let mut both = inside(scheme.expect(der::SEQUENCE), "the scheme")?;

        let mut derivation = inside(both.expect(der::SEQUENCE), "the key derivation")?;
        is(&mut derivation, PBKDF2, "the key derivation", "PBKDF2")?;
        let mut derivation = inside(derivation.expect(der::SEQUENCE), "the key derivation")?;
        let salt = need(derivation.expect(der::OCTET_STRING), "the salt")?.contents;
        let rounds = read_rounds(need(derivation.expect(der::INTEGER), "the rounds")?.contents)?;
        // The key's length, if it is written, follows from the cipher.
        let length = derivation.expect(der::INTEGER);
        if length.is_some_and(|length| length.contents != [32]) {
            return Err(KeyFileError::Unsupported {
                part: "the key's length",
                expected: "32 bytes",
            });
        }
        // HMAC-SHA-1 is meant where none is named.
        let Some(function) = derivation.expect(der::SEQUENCE) else {
            return Err(KeyFileError::Unsupported {
                part: "the function of the key derivation",
                expected: "HMAC-SHA-256",
            });
        };
        is(
            &mut Reader(function.contents),
            HMAC_SHA256,
            "the function of the key derivation",
            "HMAC-SHA-256",
        )?;

        let mut cipher = inside(both.expect(der::SEQUENCE), "the cipher")?;
        is(&mut cipher, AES_256_CBC, "the cipher", "AES-256-CBC")?;
        let iv = need(cipher.expect(der::OCTET_STRING), "the cipher")?.contents;
        Ok(Self {
            salt,
            rounds,
            iv: need(iv.try_into().ok(), "the initialisation vector")?,
            data,
        })
    }
}

fn need<T>(value: Option<T>, part: &'static str) -> Result<T, KeyFileError> {
    value.ok_or(KeyFileError::Malformed { part })
}

fn inside<'a>(value: Option<Element<'a>>, part: &'static str) -> Result<Reader<'a>, KeyFileError> {
    need(value, part).map(|element| Reader(element.contents))
}

fn is(
    reader: &mut Reader<'_>,
    object: &[u8],
    part: &'static str,
    expected: &'static str,
) -> Result<(), KeyFileError> {
    let found = need(reader.expect(der::OBJECT), part)?;
    if found.contents != object {
        return Err(KeyFileError::Unsupported { part, expected });
    }
    Ok(())
}

fn read_rounds(contents: &[u8]) -> Result<u32, KeyFileError> {
    let part = "the rounds";
    if !der::minimal(contents) || contents.first().is_some_and(|byte| *byte >= 0x80) {
        return Err(KeyFileError::Malformed { part });
    }
    let digits = contents.strip_prefix(&[0]).unwrap_or(contents);
    let rounds = if digits.len() > 8 {
        u64::MAX
    } else {
        let start = |sum: u64, byte: &u8| (sum << 8) | u64::from(*byte);
        digits.iter().fold(0, start)
    };
    match u32::try_from(rounds) {
        Ok(rounds @ 1..=MAX_ROUNDS) => Ok(rounds),
        _ => Err(KeyFileError::Rounds { rounds }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_have_a_limit() {
        for (bytes, rounds) in [
            (&[0][..], 0),
            (&[0x00, 0x98, 0x96, 0x81], 10_000_001),
            (&[1, 0, 0, 0, 0], 1 << 32),
            (&[1, 0, 0, 0, 0, 0, 0, 0, 0], u64::MAX),
        ] {
            assert_eq!(read_rounds(bytes), Err(KeyFileError::Rounds { rounds }));
        }
        assert_eq!(read_rounds(&[0x09, 0x27, 0xc0]), Ok(ROUNDS));
        for bytes in [&[][..], &[0xff], &[0, 1]] {
            assert!(matches!(
                read_rounds(bytes),
                Err(KeyFileError::Malformed { .. })
            ));
        }
    }

    #[test]
    fn derivation_is_the_standards() {
        // RFC 7914, section 11.
        let expected = [
            0x55, 0xac, 0x04, 0x6e, 0x56, 0xe3, 0x08, 0x9f, 0xec, 0x16, 0x91, 0xc2, 0x25, 0x44,
            0xb6, 0x05, 0xf9, 0x41, 0x85, 0x21, 0x6d, 0xde, 0x04, 0x65, 0xe6, 0x8b, 0x9d, 0x57,
            0xc2, 0x0d, 0xac, 0xbc,
        ];
        assert_eq!(*derive(b"passwd", b"salt", 1), expected);
    }

    #[test]
    fn wrong_padding_and_lengths_are_noticed() {
        assert!(decrypt_cbc(&[0; 32], &[0; 16], &[]).is_none());
        assert!(decrypt_cbc(&[0; 32], &[0; 16], &[0; 15]).is_none());
        assert!(decrypt_cbc(&[0; 32], &[0; 16], &[0; 16]).is_none());
    }
}
