use super::{KeyError, PublicKey, SignBytes, Signature, Signer, SignerError};
use ::cosmrs::crypto::secp256k1::SigningKey;
use akash_market::address::Address;
use async_trait::async_trait;
use std::fmt;

/// Signs with a key of cosmrs: one in memory, or whatever its `EcdsaSigner` stands for, such as a hardware module.
///
/// ```
/// use akash_sdk::signer::{CosmrsSigner, Signer};
/// use cosmrs::crypto::secp256k1::SigningKey;
///
/// let signer = CosmrsSigner::new(SigningKey::from_slice(&[7; 32])?, "akash")?;
/// assert!(signer.address().as_str().starts_with("akash1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct CosmrsSigner {
    key: SigningKey,
    public: PublicKey,
    address: Address,
}

impl CosmrsSigner {
    /// Takes a key, with an address of the given bech32 prefix.
    ///
    /// # Errors
    /// If its public key is no compressed point of the curve or the prefix is none.
    pub fn new(key: SigningKey, prefix: &str) -> Result<Self, KeyError> {
        let public = PublicKey::from_slice(&key.public_key().to_bytes())?;
        let address = public.address(prefix)?;
        Ok(Self {
            key,
            public,
            address,
        })
    }
}

#[async_trait]
impl Signer for CosmrsSigner {
    fn address(&self) -> &Address {
        &self.address
    }

    fn public_key(&self) -> PublicKey {
        self.public
    }

    async fn sign(&self, bytes: SignBytes<'_>) -> Result<Signature, SignerError> {
        let unavailable = |reason: String| SignerError::Unavailable { reason };
        let signature = self
            .key
            .sign(bytes.as_bytes())
            .map_err(|error| unavailable(error.to_string()))?;
        // Hardware may give a high s, which the chain refuses.
        let signature = signature.normalize_s().unwrap_or(signature);
        let bytes = signature.to_bytes();
        bytes
            .as_slice()
            .try_into()
            .map(Signature)
            .map_err(|_| unavailable("the signature does not have 64 bytes".to_owned()))
    }
}

impl fmt::Debug for CosmrsSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CosmrsSigner({})", self.address)
    }
}
