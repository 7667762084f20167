//! To and from the types of cosmrs, for programs that hold those.
//!
//! Everything passes as bytes or text, so the two libraries may use different versions of prost.
//!
//! ```
//! use akash_sdk::cosmos::interop::Cosmrs;
//! use akash_sdl::num::Coin;
//!
//! let coin: Coin = "5000uakt".parse()?;
//! let theirs = coin.to_cosmrs()?;
//! assert_eq!(theirs.amount, 5000);
//! assert_eq!(Coin::from_cosmrs(&theirs)?, coin);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::cosmos::wire::google::protobuf::Any;
use crate::signer::PublicKey;
use akash_market::address::Address;
use akash_sdl::num::{Coin, Denom, Int};

/// Why a value of one library has no counterpart in the other.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InteropError {
    /// This library does not take it.
    #[error("cosmrs' {kind} {value:?} has no counterpart here: {reason}")]
    Theirs {
        /// What it is.
        kind: &'static str,
        /// Its text.
        value: String,
        /// Why not.
        reason: String,
    },
    /// cosmrs does not take it.
    #[error("cosmrs does not take the {kind} {value:?}: {reason}")]
    Ours {
        /// What it is.
        kind: &'static str,
        /// Its text.
        value: String,
        /// Why not.
        reason: String,
    },
}

/// A type with a counterpart in cosmrs.
pub trait Cosmrs: Sized {
    /// The counterpart.
    type Theirs;

    /// The counterpart of this value.
    ///
    /// # Errors
    /// If cosmrs does not take it: amounts of coins have 128 bits there, addresses a prefix of lower-case letters and
    /// digits.
    fn to_cosmrs(&self) -> Result<Self::Theirs, InteropError>;

    /// The value of this counterpart.
    ///
    /// # Errors
    /// If it is none here: denominations begin with a letter, public keys are secp256k1's.
    fn from_cosmrs(theirs: &Self::Theirs) -> Result<Self, InteropError>;
}

impl Cosmrs for Any {
    type Theirs = ::cosmrs::Any;

    /// Never fails.
    fn to_cosmrs(&self) -> Result<::cosmrs::Any, InteropError> {
        Ok(::cosmrs::Any {
            type_url: self.type_url.clone(),
            value: self.value.clone(),
        })
    }

    /// Never fails.
    fn from_cosmrs(theirs: &::cosmrs::Any) -> Result<Self, InteropError> {
        Ok(Self {
            type_url: theirs.type_url.clone(),
            value: theirs.value.clone(),
        })
    }
}

impl Cosmrs for Address {
    type Theirs = ::cosmrs::AccountId;

    fn to_cosmrs(&self) -> Result<::cosmrs::AccountId, InteropError> {
        self.as_str()
            .parse()
            .map_err(|error: ::cosmrs::ErrorReport| InteropError::Ours {
                kind: "address",
                value: self.to_string(),
                reason: error.to_string(),
            })
    }

    fn from_cosmrs(theirs: &::cosmrs::AccountId) -> Result<Self, InteropError> {
        let text: &str = theirs.as_ref();
        text.parse().map_err(
            |error: akash_market::address::AddressError| InteropError::Theirs {
                kind: "account id",
                value: text.to_owned(),
                reason: error.to_string(),
            },
        )
    }
}

impl Cosmrs for Coin {
    type Theirs = ::cosmrs::Coin;

    fn to_cosmrs(&self) -> Result<::cosmrs::Coin, InteropError> {
        let refused = |reason: String| InteropError::Ours {
            kind: "coin",
            value: self.to_string(),
            reason,
        };
        let amount: u128 = self
            .amount()
            .to_string()
            .parse()
            .map_err(|_| refused("its amount needs more than 128 bits".to_owned()))?;
        ::cosmrs::Coin::new(amount, self.denom().as_ref())
            .map_err(|error| refused(error.to_string()))
    }

    fn from_cosmrs(theirs: &::cosmrs::Coin) -> Result<Self, InteropError> {
        let refused = |reason: String| InteropError::Theirs {
            kind: "coin",
            value: theirs.to_string(),
            reason,
        };
        let denom =
            Denom::new(theirs.denom.as_ref()).map_err(|error| refused(error.to_string()))?;
        let amount: Int = theirs
            .amount
            .to_string()
            .parse()
            .map_err(|error: akash_sdl::num::NumError| refused(error.to_string()))?;
        Self::from_int(denom, amount).map_err(|error| refused(error.to_string()))
    }
}

impl Cosmrs for PublicKey {
    type Theirs = ::cosmrs::crypto::PublicKey;

    fn to_cosmrs(&self) -> Result<::cosmrs::crypto::PublicKey, InteropError> {
        let any = crate::cosmos::tx::public_key_to_any(self).to_cosmrs()?;
        ::cosmrs::crypto::PublicKey::try_from(any).map_err(|error| InteropError::Ours {
            kind: "public key",
            value: format!("{:02x?}", self.0),
            reason: error.to_string(),
        })
    }

    fn from_cosmrs(theirs: &::cosmrs::crypto::PublicKey) -> Result<Self, InteropError> {
        let refused = |reason: String| InteropError::Theirs {
            kind: "public key",
            value: theirs.to_string(),
            reason,
        };
        if theirs.type_url() != ::cosmrs::crypto::PublicKey::SECP256K1_TYPE_URL {
            return Err(refused("accounts have secp256k1 keys".to_owned()));
        }
        Self::from_slice(&theirs.to_bytes()).map_err(|error| refused(error.to_string()))
    }
}
