//! Transactions: building, signing, fees, and reading them back.
//!
//! ```
//! use akash_sdk::cosmos::tx::{Draft, GasPrices, SignAs};
//! use akash_sdk::cosmos::wire::{TypeUrl, akash::deployment::v1beta4::MsgCloseDeployment};
//! use akash_sdk::signer::LocalSigner;
//!
//! # futures_util::FutureExt::now_or_never(async {
//! let signer = LocalSigner::from_secret_bytes(&[7; 32], "akash")?;
//! let prices: GasPrices = "0.025uakt".parse()?;
//!
//! let mut draft = Draft::new(vec![MsgCloseDeployment::default().to_any()]);
//! draft.gas_limit = 200_000;
//! draft.fee = prices.fee(draft.gas_limit)?;
//! draft.timeout_height = 1_000;
//!
//! let signed = draft.sign_direct("akashnet-2", &[SignAs::new(&signer, 3, 7)]).await?;
//! assert_eq!(draft.fee[0].to_string(), "5000uakt");
//! assert_eq!(signed.hash().to_string().len(), 64);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).expect("a local signer does not wait")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod amino;
mod decode;
mod draft;
mod fee;
mod participant;
mod raw;

pub use amino::{AminoError, message_json as amino_message_json};
pub use decode::{Decoded, SignatureError};
pub use draft::{Draft, SignAs, TxError};
pub use fee::{GasPriceError, GasPrices, adjusted_gas};
pub use participant::{SignersError, signers};

use crate::cosmos::wire::TypeUrl;
use crate::cosmos::wire::cosmos::crypto::secp256k1::PubKey;
use crate::cosmos::wire::cosmos::tx::v1beta1::SignDoc;
use crate::cosmos::wire::google::protobuf::Any;
use crate::signer::{KeyError, PublicKey};
use prost::Message;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// A transaction's name: the SHA-256 of its bytes. Text is upper-case hexadecimal; either case is read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TxHash(pub [u8; 32]);

/// A text that is no transaction hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a transaction hash; 64 hexadecimal digits were expected")]
pub struct TxHashError {
    /// What was given.
    pub text: String,
}

impl TxHash {
    /// The hash of an encoded transaction.
    #[must_use]
    pub fn of(tx: &[u8]) -> Self {
        Self(Sha256::digest(tx).into())
    }
}

impl fmt::Display for TxHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02X}"))
    }
}

impl fmt::Debug for TxHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TxHash({self})")
    }
}

impl Serialize for TxHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TxHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl FromStr for TxHash {
    type Err = TxHashError;

    fn from_str(text: &str) -> Result<Self, TxHashError> {
        let refused = || TxHashError {
            text: text.to_owned(),
        };
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(refused());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(pair).map_err(|_| refused())?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| refused())?;
        }
        Ok(Self(bytes))
    }
}

/// A signed transaction, ready to be sent. Its hash is known before it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedTx {
    bytes: Vec<u8>,
    hash: TxHash,
}

impl SignedTx {
    /// Takes the encoding of a `TxRaw`.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        let hash = TxHash::of(&bytes);
        Self { bytes, hash }
    }

    /// The encoded `TxRaw`.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Gives the bytes away.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The name under which the chain will know it.
    #[must_use]
    pub const fn hash(&self) -> TxHash {
        self.hash
    }
}

/// What a signer signs in mode DIRECT: the encoding of the sign document.
#[must_use]
pub fn direct_sign_bytes(
    body_bytes: &[u8],
    auth_info_bytes: &[u8],
    chain_id: &str,
    account_number: u64,
) -> Vec<u8> {
    SignDoc {
        body_bytes: body_bytes.to_vec(),
        auth_info_bytes: auth_info_bytes.to_vec(),
        chain_id: chain_id.to_owned(),
        account_number,
    }
    .encode_to_vec()
}

/// The public key as transactions carry it.
#[must_use]
pub fn public_key_to_any(key: &PublicKey) -> Any {
    PubKey {
        key: key.0.to_vec(),
    }
    .to_any()
}

/// Reads a public key as transactions and accounts carry it.
///
/// # Errors
/// If it is of another kind (multisig, ed25519) or no point of the curve.
pub fn public_key_from_any(any: &Any) -> Result<PublicKey, KeyError> {
    let key = PubKey::from_any(any).map_err(|_| KeyError::PublicKey)?;
    PublicKey::from_slice(&key.key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_read_and_written() {
        let hash = TxHash::of(b"");
        assert_eq!(
            hash.to_string(),
            "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"
        );
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(hash.to_string().to_lowercase().parse(), Ok(hash));
        for text in ["", "E3", &"é".repeat(32), &"g".repeat(64)] {
            assert!(text.parse::<TxHash>().is_err(), "{text}");
        }
    }

    #[test]
    fn keys_survive_packing() {
        use crate::signer::{LocalSigner, Signer};
        let key = LocalSigner::from_secret_bytes(&[7; 32], "akash")
            .unwrap()
            .public_key();
        assert_eq!(public_key_from_any(&public_key_to_any(&key)), Ok(key));
        assert!(public_key_from_any(&Any::default()).is_err());
        assert!(public_key_from_any(&public_key_to_any(&PublicKey([0; 33]))).is_err());
    }
}
