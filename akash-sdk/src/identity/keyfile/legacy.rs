//! The older encryption of PEM blocks (RFC 1421): headers name the cipher, the key comes from MD5.

use super::KeyFileError;
use super::pbes2::decrypt_cbc;
use crate::identity::certificate::pem::Block;
use md5::{Digest, Md5};
use zeroize::Zeroizing;

/// What the headers say.
pub(super) struct Parameters {
    iv: [u8; 16],
}

impl Parameters {
    pub(super) fn read(block: &Block) -> Result<Self, KeyFileError> {
        let part = "the header DEK-Info";
        let malformed = KeyFileError::Malformed { part };
        let (cipher, iv) = block
            .header("DEK-Info")
            .and_then(|header| header.split_once(','))
            .ok_or(malformed.clone())?;
        if cipher != "AES-256-CBC" {
            return Err(KeyFileError::Unsupported {
                part: "the cipher",
                expected: "AES-256-CBC",
            });
        }
        Ok(Self {
            iv: unhex(iv).ok_or(malformed)?,
        })
    }

    /// `None` if the padding is wrong: nearly always the password is.
    pub(super) fn decrypt(&self, data: &[u8], password: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (salt, _) = self.iv.split_at(8);
        decrypt_cbc(&derive(password, salt), &self.iv, data)
    }
}

/// OpenSSL's derivation: each hash is over the one before, the password and the salt.
fn derive(password: &[u8], salt: &[u8]) -> Zeroizing<[u8; 32]> {
    let mut key = Zeroizing::new([0; 32]);
    let mut last = Zeroizing::new(Vec::new());
    for part in key.chunks_exact_mut(16) {
        let hash = Zeroizing::new(<[u8; 16]>::from(
            Md5::new()
                .chain_update(&*last)
                .chain_update(password)
                .chain_update(salt)
                .finalize(),
        ));
        part.copy_from_slice(hash.as_slice());
        last = Zeroizing::new(hash.to_vec());
    }
    key
}

fn unhex(text: &str) -> Option<[u8; 16]> {
    if text.len() != 32 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u128::from_str_radix(text, 16).ok().map(u128::to_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::certificate::pem;

    #[test]
    fn headers_are_checked() {
        let read = |info: &str| {
            let text = format!(
                "-----BEGIN PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n{info}\n\nAAAA\n-----END PRIVATE KEY-----\n"
            );
            let (block, _) = pem::decode(&text).unwrap();
            Parameters::read(&block).map(|parameters| parameters.iv)
        };
        let iv = "000102030405060708090a0b0c0d0e0F";
        assert_eq!(
            read(&format!("DEK-Info: AES-256-CBC,{iv}")).unwrap(),
            [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
        );
        assert!(matches!(
            read(&format!("DEK-Info: DES-CBC,{iv}")),
            Err(KeyFileError::Unsupported { .. })
        ));
        for info in [
            "Other: 1".to_owned(),
            "DEK-Info: AES-256-CBC".to_owned(),
            "DEK-Info: AES-256-CBC,00".to_owned(),
            format!("DEK-Info: AES-256-CBC,+{}", &iv[1..]),
        ] {
            assert!(matches!(read(&info), Err(KeyFileError::Malformed { .. })));
        }
    }
}
