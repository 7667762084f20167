use super::{
    AKASH_PREFIX, HdPath, KeyError, Mnemonic, PublicKey, SignBytes, Signature, Signer, SignerError,
    VerifyError,
};
use akash_market::address::Address;
use async_trait::async_trait;
use bip32::{ChildNumber, XPrv};
use k256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use k256::ecdsa::{self, SigningKey, VerifyingKey};
use ripemd::Ripemd160;
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::Zeroizing;

/// A key in this process's memory. Forgotten from memory when dropped; `Debug` shows the address only.
///
/// Signatures are deterministic (RFC 6979) with a low s, so the same key and bytes always give the same signature.
///
/// ```
/// use akash_sdk::signer::{LocalSigner, Signer, verify};
/// let words = "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";
/// let signer = LocalSigner::from_mnemonic(&words.parse()?)?;
/// assert_eq!(signer.address().as_str(), "akash19rl4cm2hmr8afy4kldpxz3fka4jguq0a3mq6x0");
///
/// let signature = signer.sign_now(b"any bytes")?;
/// verify(&signer.public_key(), b"any bytes", &signature)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct LocalSigner {
    key: SigningKey,
    public: PublicKey,
    address: Address,
}

impl LocalSigner {
    /// The first key of a wallet: no passphrase, path `m/44'/118'/0'/0/0`, prefix `akash`.
    ///
    /// # Errors
    /// If the path leads to no key (one in 2^127).
    pub fn from_mnemonic(mnemonic: &Mnemonic) -> Result<Self, KeyError> {
        Self::derive(mnemonic, "", &HdPath::default(), AKASH_PREFIX)
    }

    /// Any key of a wallet, with addresses of the given bech32 prefix.
    ///
    /// # Errors
    /// If the path leads to no key or the prefix is none.
    pub fn derive(
        mnemonic: &Mnemonic,
        passphrase: &str,
        path: &HdPath,
        prefix: &str,
    ) -> Result<Self, KeyError> {
        let seed = mnemonic.seed(passphrase);
        let mut key = XPrv::new(seed.as_slice()).map_err(|_| KeyError::Derivation)?;
        for step in path.steps() {
            key = ChildNumber::new(step.index(), step.is_hardened())
                .and_then(|number| key.derive_child(number))
                .map_err(|_| KeyError::Derivation)?;
        }
        Self::new(key.private_key().clone(), prefix)
    }

    /// From the 32 bytes of a secret key, with an address of the given bech32 prefix. For a new key take 32 bytes from a
    /// cryptographic source, such as the operating system's.
    ///
    /// # Errors
    /// If these bytes are no secret key or the prefix is none.
    pub fn from_secret_bytes(secret: &[u8], prefix: &str) -> Result<Self, KeyError> {
        // The library would also take shorter ones.
        let secret: &[u8; 32] = secret.try_into().map_err(|_| KeyError::SecretKey)?;
        let key = SigningKey::from_slice(secret).map_err(|_| KeyError::SecretKey)?;
        Self::new(key, prefix)
    }

    /// From the 64 hexadecimal digits of a secret key, as `akash keys export --unarmored-hex --unsafe` prints them.
    ///
    /// # Errors
    /// If it is no such text, these bytes are no secret key, or the prefix is none.
    pub fn from_hex(text: &str, prefix: &str) -> Result<Self, KeyError> {
        let digits = text.trim().as_bytes();
        let mut secret = Zeroizing::new([0; 32]);
        if digits.len() != 64 {
            return Err(KeyError::SecretKey);
        }
        for (byte, pair) in secret.iter_mut().zip(digits.chunks(2)) {
            for digit in pair {
                let value = char::from(*digit).to_digit(16).ok_or(KeyError::SecretKey)?;
                *byte = (*byte << 4) | u8::try_from(value).map_err(|_| KeyError::SecretKey)?;
            }
        }
        Self::from_secret_bytes(secret.as_slice(), prefix)
    }

    /// The secret.
    #[cfg(feature = "certificates")]
    pub(super) fn secret(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.key.to_bytes().into())
    }

    fn new(key: SigningKey, prefix: &str) -> Result<Self, KeyError> {
        let point = key.verifying_key().to_sec1_point(true);
        let public = PublicKey(
            point
                .as_bytes()
                .try_into()
                .map_err(|_| KeyError::PublicKey)?,
        );
        let address = public.address(prefix)?;
        Ok(Self {
            key,
            public,
            address,
        })
    }

    /// Signs the SHA-256 of `bytes` at once.
    ///
    /// # Errors
    /// None that is known; the signing library reserves the right.
    pub fn sign_now(&self, bytes: &[u8]) -> Result<Signature, SignerError> {
        let signature: ecdsa::Signature =
            self.key
                .sign_prehash(&Sha256::digest(bytes))
                .map_err(|error| SignerError::Unavailable {
                    reason: error.to_string(),
                })?;
        Ok(Signature(signature.normalize_s().to_bytes().into()))
    }
}

#[async_trait]
impl Signer for LocalSigner {
    fn address(&self) -> &Address {
        &self.address
    }

    fn public_key(&self) -> PublicKey {
        self.public
    }

    async fn sign(&self, bytes: SignBytes<'_>) -> Result<Signature, SignerError> {
        self.sign_now(bytes.as_bytes())
    }
}

impl fmt::Debug for LocalSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LocalSigner({})", self.address)
    }
}

impl PublicKey {
    /// Takes 33 bytes that are a compressed point of the curve.
    ///
    /// # Errors
    /// If they are not.
    pub fn from_slice(bytes: &[u8]) -> Result<Self, KeyError> {
        let key = Self(bytes.try_into().map_err(|_| KeyError::PublicKey)?);
        VerifyingKey::from_sec1_bytes(&key.0).map_err(|_| KeyError::PublicKey)?;
        Ok(key)
    }

    /// The 20 bytes behind the account's address: RIPEMD-160 of SHA-256 of the key.
    #[must_use]
    pub fn address_bytes(&self) -> [u8; 20] {
        Ripemd160::digest(Sha256::digest(self.0)).into()
    }

    /// The account's address with the given bech32 prefix (`akash`).
    ///
    /// # Errors
    /// If the prefix is no bech32 prefix.
    pub fn address(&self, prefix: &str) -> Result<Address, KeyError> {
        Ok(Address::bech32(prefix, &self.address_bytes())?)
    }
}

/// Checks that `key` signed the SHA-256 of `bytes`, as the chain does: a high s is refused.
///
/// # Errors
/// What is wrong with the key or the signature.
pub fn verify(key: &PublicKey, bytes: &[u8], signature: &Signature) -> Result<(), VerifyError> {
    let key = VerifyingKey::from_sec1_bytes(&key.0).map_err(|_| VerifyError::PublicKey)?;
    let signature =
        ecdsa::Signature::from_slice(&signature.0).map_err(|_| VerifyError::Malformed)?;
    if signature.normalize_s() != signature {
        return Err(VerifyError::HighS);
    }
    key.verify_prehash(&Sha256::digest(bytes), &signature)
        .map_err(|_| VerifyError::Mismatch)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_from_hex() {
        let own = LocalSigner::from_secret_bytes(&[0x7f; 32], "akash").unwrap();
        for text in ["7f".repeat(32), "7F".repeat(32) + "\n"] {
            let read = LocalSigner::from_hex(&text, "akash").unwrap();
            assert_eq!(read.address(), own.address());
        }
        for text in [
            "",
            "7f",
            &"00".repeat(32),
            &"zz".repeat(32),
            &"é".repeat(32),
        ] {
            assert!(LocalSigner::from_hex(text, "akash").is_err(), "{text}");
        }
    }

    fn signer() -> LocalSigner {
        LocalSigner::from_secret_bytes(&[7; 32], AKASH_PREFIX).unwrap()
    }

    #[test]
    fn secrets_out_of_range_are_refused() {
        for secret in [&[0; 32][..], &[0xff; 32], &[1; 31], &[1; 33], &[]] {
            assert_eq!(
                LocalSigner::from_secret_bytes(secret, AKASH_PREFIX).unwrap_err(),
                KeyError::SecretKey
            );
        }
    }

    #[test]
    fn a_changed_byte_or_key_or_signature_is_noticed() {
        let signer = signer();
        let good = signer.sign_now(b"abc").unwrap();
        assert_eq!(verify(&signer.public, b"abc", &good), Ok(()));
        assert_eq!(
            verify(&signer.public, b"abd", &good),
            Err(VerifyError::Mismatch)
        );
        assert_eq!(
            verify(&PublicKey([0; 33]), b"abc", &good),
            Err(VerifyError::PublicKey)
        );
        assert_eq!(
            verify(&signer.public, b"abc", &Signature([0; 64])),
            Err(VerifyError::Malformed)
        );
    }

    #[test]
    fn the_other_s_is_refused() {
        let signer = signer();
        let good = signer.sign_now(b"abc").unwrap();
        let parsed = ecdsa::Signature::from_slice(&good.0).unwrap();
        let high = ecdsa::Signature::from_scalars(*parsed.r(), -*parsed.s()).unwrap();
        assert_eq!(
            verify(&signer.public, b"abc", &Signature(high.to_bytes().into())),
            Err(VerifyError::HighS)
        );
    }

    #[test]
    fn what_holds_secrets_is_wiped() {
        const fn wiped<T: zeroize::ZeroizeOnDrop>() {}
        // Of what a `LocalSigner`, a `Mnemonic` and everything else consist.
        wiped::<SigningKey>();
        wiped::<bip39::Mnemonic>();
        wiped::<Zeroizing<Vec<u8>>>();
    }

    #[test]
    fn debug_shows_no_secret() {
        let text = format!("{:?}", signer());
        assert_eq!(text, format!("LocalSigner({})", signer().address));
    }
}
