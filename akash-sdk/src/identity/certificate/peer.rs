//! Whether the certificate that a peer shows in a TLS handshake is one that its account has registered on chain.
//!
//! The certificate names its owner and serial; with these the registered one is looked up, and the shown one must be
//! the same, valid now and for this use (chain-sdk go/util/tls).
//!
//! ```
//! use akash_sdk::identity::certificate::{CertificateRequest, peer::{Peer, PeerError, Usage}};
//! use akash_sdk::signer::{LocalSigner, Signer};
//!
//! let owner = LocalSigner::from_secret_bytes(&[7; 32], "akash")?;
//! let made = CertificateRequest {
//!     serial: 42,
//!     not_before: 1_750_000_000,
//!     not_after: 1_760_000_000,
//!     dns_names: vec![],
//!     ip_addresses: vec![],
//! }
//! .issue(owner.address(), &[9; 32])?;
//!
//! let peer = Peer::read(&[made.certificate_der()])?;
//! assert_eq!((peer.owner(), peer.serial()), (owner.address(), "42"));
//! // The chain was asked for the valid certificate of this owner and serial.
//! let registered = made.certificate_pem();
//! peer.verify(Some(registered.as_bytes()), Usage::ClientAuth, 1_750_000_000)?;
//! assert_eq!(peer.verify(None, Usage::ClientAuth, 1_750_000_000), Err(PeerError::NotOnChain));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use super::check::{Key, OnChainError};
use super::parse::{CertificateError, CertificateInfo, ExtendedUsage};
use crate::cosmos::address::{ACCOUNT, AccountError, parse};
use akash_market::address::Address;

/// What the peer is in the handshake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// The client: a tenant.
    ClientAuth,
    /// The server: a provider's gateway.
    ServerAuth,
}

/// Why a peer's certificate is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeerError {
    /// The peer shows none.
    #[error("the peer shows no certificate; exactly one was expected")]
    None,
    /// The peer shows a chain.
    #[error("the peer shows {count} certificates; exactly one was expected")]
    TooMany {
        /// How many.
        count: usize,
    },
    /// One of the certificates is no X.509.
    #[error(transparent)]
    Malformed(#[from] CertificateError),
    /// The common name is no account.
    #[error("the certificate's common name is no account: {0}")]
    Owner(#[from] AccountError),
    /// Subject and issuer have different common names.
    #[error("the certificate of {subject} was issued by {issuer:?}; it must be self-signed")]
    Issuer {
        /// Common name of the subject.
        subject: String,
        /// Common name of the issuer.
        issuer: String,
    },
    /// The chain has no valid certificate of this owner and serial: never registered, or revoked.
    #[error("the certificate is not registered on chain, or revoked")]
    NotOnChain,
    /// The registered certificate's key can't verify anything here.
    #[error("the registered certificate's key can't be used: {0}")]
    Key(OnChainError),
    /// The registered key did not sign the shown certificate over SHA-256.
    #[error("the certificate is not signed by the registered key over SHA-256")]
    Signature,
    /// It has a critical extension that nobody knows.
    #[error("the certificate has a critical extension that is not known")]
    Critical,
    /// It is not valid now.
    #[error("the certificate is valid from {not_before} to {not_after}, not at {now} (Unix time)")]
    Validity {
        /// First second of validity, Unix time.
        not_before: i64,
        /// Last second of validity, Unix time.
        not_after: i64,
        /// The time of the check, Unix time.
        now: i64,
    },
    /// It is not the registered one, though of the same owner, serial and key.
    #[error("the certificate is not the registered one; it was made anew with the same key")]
    Other,
    /// It must not be used for this.
    #[error("the certificate must not be used for {usage:?}")]
    Usage {
        /// What it was shown for.
        usage: Usage,
    },
}

impl PeerError {
    /// The reference's name of the reason; none for what fails before, at reading.
    #[must_use]
    pub const fn reason(&self) -> Option<&'static str> {
        Some(match self {
            Self::None => "empty_peer_certificate",
            Self::TooMany { .. } => "too_many_peer_certificates",
            Self::Malformed(_) => return None,
            Self::Owner(_) | Self::Issuer { .. } => "invalid_cn",
            Self::NotOnChain => "expired",
            Self::Key(_)
            | Self::Signature
            | Self::Critical
            | Self::Validity { .. }
            | Self::Other
            | Self::Usage { .. } => "verify",
        })
    }
}

/// A peer's certificate that is well made: it remains to be compared with the chain's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    owner: Address,
    info: CertificateInfo,
}

impl Peer {
    /// Reads the certificates (DER) that a peer shows.
    ///
    /// # Errors
    /// If they are not exactly one, or it is no self-signed certificate of an account.
    pub fn read<B: AsRef<[u8]>>(shown: &[B]) -> Result<Self, PeerError> {
        let bytes = match shown {
            [] => return Err(PeerError::None),
            [one] => one.as_ref(),
            more => return Err(PeerError::TooMany { count: more.len() }),
        };
        let info = CertificateInfo::from_der(bytes)?;
        let owner = parse(ACCOUNT, &info.common_name)?;
        if info.issuer_common_name != info.common_name {
            return Err(PeerError::Issuer {
                subject: info.common_name,
                issuer: info.issuer_common_name,
            });
        }
        Ok(Self { owner, info })
    }

    /// Who it claims to be.
    #[must_use]
    pub const fn owner(&self) -> &Address {
        &self.owner
    }

    /// The serial number, decimal: with the owner the certificate's id on chain.
    #[must_use]
    pub fn serial(&self) -> &str {
        &self.info.serial
    }

    /// What the certificate says.
    #[must_use]
    pub const fn info(&self) -> &CertificateInfo {
        &self.info
    }

    /// Checks it against the certificate that is registered under its owner and serial: the PEM text that the chain's
    /// query gives, if it is in the state valid. `now` is Unix time in seconds.
    ///
    /// A certificate that an authority's certificate on chain has signed is refused too: nothing but the registered one
    /// is trusted.
    ///
    /// # Errors
    /// Why the peer is not to be trusted.
    pub fn verify(
        &self,
        registered: Option<&[u8]>,
        usage: Usage,
        now: i64,
    ) -> Result<(), PeerError> {
        let registered = registered.ok_or(PeerError::NotOnChain)?;
        let registered = CertificateInfo::from_pem(&String::from_utf8_lossy(registered))?;
        let key = Key::from_spki(&registered.public_key).map_err(PeerError::Key)?;
        let info = &self.info;
        if !key.verifies(&info.signed, &info.signature) {
            return Err(PeerError::Signature);
        }
        if info.has_unknown_critical {
            return Err(PeerError::Critical);
        }
        if !(info.not_before..=info.not_after).contains(&now) {
            return Err(PeerError::Validity {
                not_before: info.not_before,
                not_after: info.not_after,
                now,
            });
        }
        if info.whole != registered.whole {
            return Err(PeerError::Other);
        }
        let wanted = match usage {
            Usage::ClientAuth => ExtendedUsage::ClientAuth,
            Usage::ServerAuth => ExtendedUsage::ServerAuth,
        };
        let granted = &info.extended_usages;
        if !granted.is_empty()
            && !granted.contains(&wanted)
            && !granted.contains(&ExtendedUsage::Any)
        {
            return Err(PeerError::Usage { usage });
        }
        Ok(())
    }
}
