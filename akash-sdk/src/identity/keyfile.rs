//! The file in which the reference's tools keep a client certificate and its private key, encrypted with a password that
//! only the account's key can make. Such files can be read here and written for them (chain-sdk go/util/tls).
//!
//! ```no_run
//! use akash_sdk::identity::keyfile::{self, Password};
//! use akash_sdk::signer::{LocalSigner, Signer};
//!
//! # futures_util::FutureExt::now_or_never(async {
//! let owner = LocalSigner::from_secret_bytes(&[7; 32], "akash")?;
//! let text = std::fs::read_to_string(keyfile::file_name(owner.address()))?;
//! let pair = keyfile::read(&text, &Password::all(&owner).await?)?;
//! println!("{}", pair.certificate_pem());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).expect("a local signer does not wait")?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod legacy;
pub(crate) mod pbes2;

use super::certificate::{IssuedCertificate, PairError, pem};
use crate::signer::{SignBytes, Signer, SignerError};
use akash_market::address::Address;
use std::fmt;
use zeroize::Zeroizing;

/// Most rounds of key derivation that are carried out: the reference writes 600,000, and a file must not keep its reader
/// busy for hours.
pub const MAX_ROUNDS: u32 = 10_000_000;

/// The password of an account's key file: a signature, which is the same each time.
///
/// Whoever gets the account to sign its own address (or its 20 bytes) as plain bytes knows the password. Forgotten from
/// memory when dropped.
#[derive(Clone)]
pub struct Password(Zeroizing<Vec<u8>>);

impl Password {
    /// The password of files as they are written today: the signature over the address's text.
    ///
    /// # Errors
    /// If the account does not sign. A signer that is not deterministic gives a password that opens nothing.
    pub async fn current(signer: &dyn Signer) -> Result<Self, SignerError> {
        Self::signed(signer, signer.address().as_str().as_bytes()).await
    }

    /// The password of some older files: the signature over the 20 bytes behind the address.
    ///
    /// # Errors
    /// As [`current`](Self::current).
    pub async fn older(signer: &dyn Signer) -> Result<Self, SignerError> {
        Self::signed(signer, &signer.address().bytes()).await
    }

    /// Both, in the order in which the reference tries them.
    ///
    /// # Errors
    /// As [`current`](Self::current).
    pub async fn all(signer: &dyn Signer) -> Result<Vec<Self>, SignerError> {
        Ok(vec![
            Self::current(signer).await?,
            Self::older(signer).await?,
        ])
    }

    /// Any other password, for files that were written with one.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }

    async fn signed(signer: &dyn Signer, bytes: &[u8]) -> Result<Self, SignerError> {
        let signature = Zeroizing::new(signer.sign(SignBytes::Raw(bytes)).await?.0);
        Ok(Self::from_bytes(signature.as_slice()))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Why a key file was not read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyFileError {
    /// The file lacks one of its two PEM blocks.
    #[error(
        "the key file has no PEM block {block}; the certificate is expected first, then its key"
    )]
    Missing {
        /// Which one.
        block: &'static str,
    },
    /// The private key is not encrypted, or not in a form that the reference knows.
    #[error("the private key is not encrypted in a form that is known, but a block {label:?}")]
    Unencrypted {
        /// The type of the PEM block.
        label: String,
    },
    /// The encryption is none that the reference uses.
    #[error("the private key's encryption is not supported: {part} is not {expected}")]
    Unsupported {
        /// What of it.
        part: &'static str,
        /// What is supported.
        expected: &'static str,
    },
    /// The encryption's parameters can't be read.
    #[error("the private key's encryption can't be read: {part} is malformed")]
    Malformed {
        /// Which part.
        part: &'static str,
    },
    /// Deriving the key would take too long.
    #[error("the key file asks for {rounds} rounds of key derivation; 1 to {MAX_ROUNDS} are done")]
    Rounds {
        /// How many it asks for, at most 64 bits of them.
        rounds: u64,
    },
    /// No password opens it.
    #[error("the password does not open the key file; it belongs to another account or is damaged")]
    Password,
    /// Certificate and private key can't be used.
    #[error(transparent)]
    Pair(#[from] PairError),
}

/// The name that the reference gives the file: the address and `.pem`. Keep it readable for its owner only (0600).
#[must_use]
pub fn file_name(owner: &Address) -> String {
    format!("{owner}.pem")
}

/// Reads a key file's text. The passwords are tried in turn for the older form of encryption; the current form is
/// tried with the first only, as the reference does, since each attempt takes hundreds of thousands of rounds.
///
/// # Errors
/// If it is no such file or no password opens it.
pub fn read(text: &str, passwords: &[Password]) -> Result<IssuedCertificate, KeyFileError> {
    let (certificate, rest) = pem::decode(text)
        .filter(|(block, _)| block.label == "CERTIFICATE")
        .ok_or(KeyFileError::Missing {
            block: "CERTIFICATE",
        })?;
    let (key, _) = pem::decode(rest).ok_or(KeyFileError::Missing {
        block: "ENCRYPTED PRIVATE KEY",
    })?;
    let pair = |private_key| IssuedCertificate::from_der(certificate.bytes.clone(), private_key);

    if key.label == "ENCRYPTED PRIVATE KEY" {
        let password = passwords.first().ok_or(KeyFileError::Password)?;
        return match pair(pbes2::decrypt(&key.bytes, &password.0)?) {
            // Wrong passwords leave something that looks whole once in 256 times.
            Err(PairError::PrivateKey) => Err(KeyFileError::Password),
            done => Ok(done?),
        };
    }
    if !key
        .header("Proc-Type")
        .is_some_and(|kind| kind.contains("ENCRYPTED"))
    {
        return Err(KeyFileError::Unencrypted { label: key.label });
    }
    let parameters = legacy::Parameters::read(&key)?;
    for password in passwords {
        let Some(plain) = parameters.decrypt(&key.bytes, &password.0) else {
            continue;
        };
        match pair(plain) {
            Err(PairError::PrivateKey) => {}
            done => return Ok(done?),
        }
    }
    Err(KeyFileError::Password)
}

/// Writes a key file's text in the current form. Salt and initialisation vector must be new random bytes for each file,
/// from a cryptographic source such as the operating system's; use [`Password::current`].
///
/// # Errors
/// None that is known; the encryption library reserves the right.
pub fn write(
    pair: &IssuedCertificate,
    password: &Password,
    salt: &[u8; 16],
    iv: &[u8; 16],
) -> Result<String, KeyFileError> {
    let key = pbes2::encrypt(pair.private_key_der(), &password.0, salt, iv)?;
    let mut text = pair.certificate_pem();
    text.push_str(&pem::encode("ENCRYPTED PRIVATE KEY", &key));
    Ok(text)
}
