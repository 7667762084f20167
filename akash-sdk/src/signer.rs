//! Who signs: one small trait, so that a key may lie in memory, in a file, in hardware or in another process.

#[cfg(feature = "cosmrs")]
mod cosmrs;
mod error;
#[cfg(feature = "certificates")]
#[cfg_attr(docsrs, doc(cfg(feature = "certificates")))]
pub mod keyfile;
mod mnemonic;
mod path;
mod secp256k1;

#[cfg(feature = "cosmrs")]
#[cfg_attr(docsrs, doc(cfg(feature = "cosmrs")))]
pub use self::cosmrs::CosmrsSigner;
pub use error::{KeyError, VerifyError};
pub use mnemonic::Mnemonic;
pub use path::{HdPath, HdStep};
pub use secp256k1::{LocalSigner, verify};

use akash_market::address::Address;
use async_trait::async_trait;
use std::fmt::Debug;
use std::sync::Arc;

/// The prefix of account addresses on Akash.
pub const AKASH_PREFIX: &str = "akash";

/// A compressed secp256k1 public key, 33 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; 33]);

/// A secp256k1 signature: r and s, big endian, with a low s.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Signature(pub [u8; 64]);

/// What is signed. A signer that shows something to its user can tell the kinds apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignBytes<'a> {
    /// The encoding of a sign document (`SIGN_MODE_DIRECT`).
    Direct(&'a [u8]),
    /// The canonical JSON of a sign document (`SIGN_MODE_LEGACY_AMINO_JSON`).
    AminoJson(&'a [u8]),
    /// The JSON document of ADR-36, which wraps arbitrary data.
    Adr36(&'a [u8]),
    /// Any other bytes, such as a token's.
    Raw(&'a [u8]),
}

impl<'a> SignBytes<'a> {
    /// The bytes whose SHA-256 is signed.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        match self {
            Self::Direct(bytes)
            | Self::AminoJson(bytes)
            | Self::Adr36(bytes)
            | Self::Raw(bytes) => bytes,
        }
    }
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SignerError {
    /// The user or the device said no.
    #[error("signing was refused: {reason}")]
    Refused {
        /// In words.
        reason: String,
    },
    /// The signer can't be reached or does not work.
    #[error("the signer does not work: {reason}")]
    Unavailable {
        /// In words.
        reason: String,
    },
}

/// Signs for one account.
#[async_trait]
pub trait Signer: Debug + Send + Sync {
    /// The account.
    fn address(&self) -> &Address;

    /// Its public key.
    fn public_key(&self) -> PublicKey;

    /// Signs the SHA-256 of the bytes.
    async fn sign(&self, bytes: SignBytes<'_>) -> Result<Signature, SignerError>;
}

macro_rules! forward {
    ($($ty:ty),*) => {$(
        #[async_trait]
        impl<T: Signer + ?Sized> Signer for $ty {
            fn address(&self) -> &Address {
                (**self).address()
            }
            fn public_key(&self) -> PublicKey {
                (**self).public_key()
            }
            async fn sign(&self, bytes: SignBytes<'_>) -> Result<Signature, SignerError> {
                (**self).sign(bytes).await
            }
        }
    )*};
}

forward!(&T, Box<T>, Arc<T>);
